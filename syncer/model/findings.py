"""Words of the findings: what somebody should do or know, how bad, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from syncer.model.reason import Args, Reason


class Severity(StrEnum):
    """How bad a finding is; `--fail-on` compares."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Owner(StrEnum):
    """Who can do something about a finding."""

    SECRETARIAT = "secretariat"
    MAINTAINER = "maintainer"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that somebody should do or know.

    Attributes:
        id: stable: code and subject decide it.
        code: one of the contract's finding codes.
        page, line: where the handbook says it; None where it concerns no page.
        subject: what it is about: a row's name, a URL, a share, a path.
        args: what its sentence needs.
        hint: the next step, None when there is nothing to say.
        caused_by: id of the finding that explains it.
        waived_until: ISO date of the waiver that covers it, None when none does.
        row, link: id of the row or link it speaks of, None when of neither.
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
    row: str | None = None
    link: str | None = None
