"""What every run opens before it starts: settings, secrets, log, state."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import structlog

from syncer.audit.codes import FINDING_CODES
from syncer.config import LoadedSettings, Secrets, load_settings, read_secrets
from syncer.errors import ConfigError, StoreError
from syncer.handbook.source.committed_links import explain_refused_output
from syncer.log import set_up_log
from syncer.manifest.codec import YEARS
from syncer.nightly.earlier_runs import RUNS
from syncer.pipeline.options import ConfigChoice, RunParams
from syncer.redact import Redactor
from syncer.report.words import Lang
from syncer.store.database import Database, open_database
from syncer.store.files import give_back, hold_lock
from syncer.surroundings import Surroundings

# Where deploy/systemd/ has the settings and the state of each handbook.
_SERVICE_SETTINGS, _SERVICE_STATE = Path("/etc/syncer"), Path("/var/lib/syncer")


@dataclass(frozen=True, slots=True)
class Session:
    """A run's settings and secrets, its state folder, and the language of its reports."""

    loaded: LoadedSettings
    secrets: Secrets
    state_folder: Path
    lang: Lang
    redactor: Redactor


def open_session(
    config: ConfigChoice,
    *,
    lang: str | None,
    verbosity: int,
    handbook: str | None = None,
    env: Mapping[str, str] = os.environ,
    with_secrets: bool = True,
) -> Session:
    """Set up the log, and read settings and secrets; log their warnings.

    `handbook` is the one that the command line names. Commands that ask no server need no secrets,
    which their users may not be allowed to read.

    Raises:
        ConfigError: the settings or the secrets cannot be used, or a folder is behind a link that
            a git repository holds.
    """
    redactor = Redactor()
    set_up_log(verbosity=verbosity, redactor=redactor)
    loaded = load_settings(config, env, handbook=handbook, finding_codes=tuple(FINDING_CODES))
    secrets = read_secrets(loaded.settings, env) if with_secrets else Secrets()
    for secret in secrets.values():
        redactor.add(secret)
    log = structlog.get_logger("syncer")
    for warning in loaded.warnings:
        log.warning("settings", text=warning)
    for warning in secrets.warnings:
        log.warning("secret-readable-by-others", text=warning)
    session = Session(
        loaded=loaded,
        secrets=secrets,
        state_folder=find_state_folder(loaded.settings.state.folder, env),
        lang=Lang(lang or loaded.settings.output.lang),
        redactor=redactor,
    )
    _refuse_folders(session)
    return session


def _refuse_folders(session: Session) -> None:
    """Refuse a folder of git's own, and one that a committed link leads to.

    Raises:
        ConfigError: state, output or copy would be written there.
    """
    output, copy = find_output_folder(session), session.loaded.settings.documents.copy
    places = {
        "state.folder": (session.state_folder,),
        "output.folder": (output, output / RUNS),
        "documents.copy": () if copy is None else (copy,),
    }
    problems = {
        f"{name}: {place} is not used: {linked}. Name the folder itself."
        for name, folders in places.items()
        for place in folders
        if (linked := explain_refused_output(place))
    }
    if problems:
        raise ConfigError(*sorted(problems))


def find_state_folder(configured: Path | None, env: Mapping[str, str]) -> Path:
    """Return the settings' folder, else `$STATE_DIRECTORY` (systemd), else the XDG folder.

    Raises:
        ConfigError: none of them is there, and the user has no home folder.
    """
    if configured is not None:
        return configured
    if env.get("STATE_DIRECTORY"):
        return Path(env["STATE_DIRECTORY"].partition(":")[0])
    if env.get("XDG_STATE_HOME"):
        return Path(env["XDG_STATE_HOME"]) / "syncer"
    try:
        return Path("~/.local/state/syncer").expanduser()
    except RuntimeError as error:
        raise ConfigError(
            "This user has no home folder for the state: set folder in [state], or "
            "$STATE_DIRECTORY."
        ) from error


def find_service_state(loaded: LoadedSettings) -> Path | None:
    """Return the state folder of the systemd service whose settings these are; None: of none."""
    file = loaded.sources.file
    if loaded.settings.state.folder or file is None or file.absolute().parent != _SERVICE_SETTINGS:
        return None
    return _SERVICE_STATE / file.stem


def find_output_folder(session: Session) -> Path:
    """Return where `run` writes; `reports` in the state folder unless the settings name one."""
    return session.loaded.settings.output.folder or session.state_folder / "reports"


@contextmanager
def hold_state(
    session: Session, params: RunParams, around: Surroundings, *, required: bool
) -> Iterator[Database | None]:
    """Hold the run lock and open the state database; None for a run without state.

    An offline audit remembers nothing and takes no lock. A state folder that cannot be used ends
    the run when it is `required`; otherwise the audit continues without it, with a warning.

    Raises:
        ConfigError: the clock shows a year in which no run can be.
        RunLocked: another run holds the lock.
        StoreError: the folder cannot be used, and it is required.
    """
    now = around.now()
    if now.year not in YEARS:
        raise ConfigError(
            f"The clock of this machine shows {now:%Y-%m-%d}. Set it, and start the run again."
        )
    if params.audit.offline and not required:
        yield None
        return
    log = structlog.get_logger("syncer")
    with ExitStack() as stack:
        database: Database | None = None
        try:
            stack.enter_context(
                hold_lock(
                    session.state_folder,
                    wait=params.wait,
                    sleep=around.sleep,
                    stop=around.stop,
                    on_wait=lambda text: log.warning("waiting-for-lock", text=text),
                )
            )
            stack.callback(give_back, session.state_folder)
            database = open_database(
                session.state_folder,
                lambda reason: log.warning(reason.code, **dict(reason.args)),
            )
            stack.callback(database.close)
            # Now as well: a run that is killed must not lock the folder's owner out.
            give_back(session.state_folder)
        except StoreError as error:
            if required:
                raise
            log.warning("state-unusable", text=str(error))
        yield database
