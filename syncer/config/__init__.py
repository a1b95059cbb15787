"""The settings: the file, the environment and the credentials, checked as a whole."""

from syncer.config.load import LoadedSettings, load_settings
from syncer.config.secrets import Secrets, read_secrets
from syncer.config.settings import Settings

__all__ = ["LoadedSettings", "Secrets", "Settings", "load_settings", "read_secrets"]
