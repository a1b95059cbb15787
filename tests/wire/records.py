"""The recorded answers of a running Nextcloud 32.0.1, read from the table that describes them."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "nextcloud-32"
PASSWORD: Final = "kodeord-æ"
ACCOUNT: Final = ("admin", "app-kode")

_ROW = re.compile(
    r"\| (?P<name>[a-z0-9-]+) \| `?(?P<asked>[^|]*?)`? \| ([^|]+) \| (\d+) \| (.*) \|"
)


@dataclass(frozen=True, slots=True)
class Record:
    """One line of the table, with the body where there is a file of that name.

    Attributes:
        target: path and query of the request.
        login: user and password of a Basic header, None for no Authorization.
        headers: those of the answer that the table names, names in lower case.
        body: None where only status and headers were kept.
    """

    name: str
    method: str
    target: str
    depth: str | None
    login: tuple[str, str] | None = field(repr=False)
    status: int
    headers: dict[str, str]
    body: bytes | None

    @property
    def authorization(self) -> str | None:
        """The header that the request carried."""
        if self.login is None:
            return None
        return "Basic " + b64encode(":".join(self.login).encode()).decode()


def read_records() -> tuple[Record, ...]:
    """Return every record, in the table's order."""
    lines = (FOLDER / "README.md").read_text(encoding="utf-8").splitlines()
    return tuple(_read(found) for line in lines if (found := _ROW.fullmatch(line)))


def _read(row: re.Match[str]) -> Record:
    name, asked, who, status, headers = row.groups()
    method, target, *depth = asked.replace(" Depth: ", " ").replace("`", "").split(" ")
    files = list(FOLDER.glob(f"{name}.*"))
    return Record(
        name=name,
        method=method,
        target=target,
        depth=depth[0] if method == "PROPFIND" else None,
        login=_read_login(who),
        status=int(status),
        headers=dict(_read_header(each) for each in headers.split("; ") if ": " in each),
        body=files[0].read_bytes() if files else None,
    )


def _read_header(text: str) -> tuple[str, str]:
    name, _, value = text.partition(": ")
    return name.lower(), value


def _read_login(who: str) -> tuple[str, str] | None:
    if who == "none":
        return None
    if "account" in who:
        return ACCOUNT
    user = re.match(r"Basic user=(\w+)", who)
    assert user is not None, who
    password = {"empty": "", "a wrong": "forkert"}.get(
        who.partition("+ ")[2].rpartition(" password")[0]
    )
    return user[1], PASSWORD if password is None else password
