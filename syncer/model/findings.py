"""Findings: what a person should do or know, how serious it is, and whose task it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from syncer.model.reason import Args, Reason


class Severity(StrEnum):
    """How serious a finding is; `--fail-on` compares it."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Owner(StrEnum):
    """Who can act on a finding."""

    SECRETARIAT = "secretariat"
    MAINTAINER = "maintainer"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a person should do or know.

    Attributes:
        id: stable; derived from code and subject.
        code: one of the codes of `audit.codes`.
        page, line, column: the place in the handbook; None where no page is concerned, the column
            also where the finding is about a whole line or page.
        subject: a row's name, a URL, a share or a path.
        args: the values that its sentence needs.
        hint: the next step, None without one.
        caused_by: id of the finding that explains it.
        waived_until, waiver_reason, waiver_origin: of the waiver that covers it, else None: an ISO
            date, the reason, and "settings" or "handbook".
        row, link: id of the row or link concerned.
        fixable: whether the program knows a correction; None where nobody looked for one.
    """

    id: str
    code: str
    severity: Severity
    owner: Owner
    page: str | None
    line: int | None
    subject: str
    args: Args
    hint: Reason | None = None
    caused_by: str | None = None
    waived_until: str | None = None
    waiver_reason: str | None = None
    waiver_origin: str | None = None
    row: str | None = None
    link: str | None = None
    column: int | None = None
    fixable: bool | None = None
