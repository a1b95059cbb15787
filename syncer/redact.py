"""What is secret never reaches a log, a report or an exception text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

MASK = "***"

_AUTHORIZATION = re.compile(r"(?i)\b(basic|bearer)\s+[A-Za-z0-9+/=._~-]{4,}")
_USER_INFO = re.compile(r"(?<=://)[^/@\s]{1,512}@")
_SECRET_KEYS = frozenset({"authorization", "password", "app_password", "secret", "cookie"})
# Shorter ones would mask half of the log; such a password is a finding of its own.
_SHORTEST = 4


class Redactor:
    """Takes known secrets, Authorization values and credentials in URLs out of what is shown."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        """Know these secrets; more may come with `add`."""
        self._secrets: set[str] = set()
        for secret in secrets:
            self.add(secret)

    def add(self, secret: str) -> None:
        """Know one more secret."""
        if len(secret) >= _SHORTEST:
            self._secrets.add(secret)

    def clean(self, value: Any) -> Any:
        """Return `value` (text, mapping, sequence) with the secrets masked."""
        if isinstance(value, str):
            return self._clean_text(value)
        if isinstance(value, Mapping):
            return {
                key: MASK if str(key).lower() in _SECRET_KEYS and item else self.clean(item)
                for key, item in value.items()
            }
        if isinstance(value, list | tuple):
            return type(value)(self.clean(item) for item in value)
        if isinstance(value, bytes):
            return self._clean_text(value.decode("utf-8", "replace"))
        return value

    def _clean_text(self, text: str) -> str:
        for secret in sorted(self._secrets, key=len, reverse=True):
            text = text.replace(secret, MASK)
        return _USER_INFO.sub(f"{MASK}@", _AUTHORIZATION.sub(rf"\1 {MASK}", text))
