"""Finding codes, each with its severity and owner (`docs/contract.md`, "Finding codes")."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from syncer.model.findings import Finding, Owner, Severity
from syncer.model.handbook import SourceSpan
from syncer.model.ids import make_id
from syncer.model.reason import Args, Reason

_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
_SECRETARIAT, _MAINTAINER = Owner.SECRETARIAT, Owner.MAINTAINER
_ADMINISTRATOR = Owner.ADMINISTRATOR

FINDING_CODES: Mapping[str, tuple[Severity, Owner]] = MappingProxyType(
    {
        "resource-missing": (_ERROR, _SECRETARIAT),
        "resource-planned": (_WARNING, _SECRETARIAT),
        "resource-partial": (_WARNING, _SECRETARIAT),
        "resource-arrived": (_WARNING, _MAINTAINER),
        "resource-elsewhere": (_WARNING, _SECRETARIAT),
        "resource-draft": (_WARNING, _SECRETARIAT),
        "resource-outdated": (_WARNING, _SECRETARIAT),
        "resource-ambiguous": (_WARNING, _SECRETARIAT),
        "resource-likely": (_INFO, _SECRETARIAT),
        "resource-undetermined": (_WARNING, _ADMINISTRATOR),
        "resource-no-access": (_INFO, _ADMINISTRATOR),
        "file-empty": (_ERROR, _SECRETARIAT),
        "file-old": (_INFO, _SECRETARIAT),
        "file-damaged": (_ERROR, _SECRETARIAT),
        "file-other-type": (_ERROR, _SECRETARIAT),
        "file-locked": (_WARNING, _SECRETARIAT),
        "file-blank": (_WARNING, _SECRETARIAT),
        "file-unlisted": (_INFO, _SECRETARIAT),
        "file-name-unsafe": (_INFO, _SECRETARIAT),
        "place-missing": (_ERROR, _MAINTAINER),
        "place-unresolved": (_WARNING, _MAINTAINER),
        "places-disagree": (_WARNING, _MAINTAINER),
        "share-gone": (_ERROR, _ADMINISTRATOR),
        "share-needs-password": (_ERROR, _ADMINISTRATOR),
        "share-writable": (_WARNING, _ADMINISTRATOR),
        "share-expires": (_WARNING, _ADMINISTRATOR),
        "share-changed": (_WARNING, _ADMINISTRATOR),
        "share-unreadable": (_WARNING, _ADMINISTRATOR),
        "share-suddenly-empty": (_ERROR, _ADMINISTRATOR),
        "share-link-opens-root": (_WARNING, _MAINTAINER),
        "link-broken": (_ERROR, _MAINTAINER),
        "link-download-empty": (_ERROR, _MAINTAINER),
        "link-empty": (_ERROR, _MAINTAINER),
        "link-anchor-missing": (_ERROR, _MAINTAINER),
        "link-needs-login": (_INFO, _MAINTAINER),
        "link-redirected": (_INFO, _MAINTAINER),
        "link-blocked": (_INFO, _MAINTAINER),
        "link-timed-out": (_WARNING, _MAINTAINER),
        "link-unconfirmed": (_INFO, _MAINTAINER),
        "link-private-address": (_WARNING, _MAINTAINER),
        "link-bare": (_INFO, _MAINTAINER),
        "page-unreadable": (_WARNING, _MAINTAINER),
        "page-not-published": (_INFO, _MAINTAINER),
        "page-empty": (_INFO, _MAINTAINER),
        "address-clash": (_WARNING, _MAINTAINER),
        "table-malformed": (_WARNING, _MAINTAINER),
        "handbook-stale": (_WARNING, _ADMINISTRATOR),
        "handbook-settings-invalid": (_WARNING, _MAINTAINER),
        "waiver-unused": (_INFO, _ADMINISTRATOR),
        "copy-incomplete": (_WARNING, _ADMINISTRATOR),
        "publish-failed": (_WARNING, _ADMINISTRATOR),
        "notice-failed": (_WARNING, _ADMINISTRATOR),
        "nothing-found": (_ERROR, _ADMINISTRATOR),
    }
)


class _Place(NamedTuple):
    page: str | None = None
    line: int | None = None
    column: int | None = None


def make_finding_id(code: str, *key: str) -> str:
    """Return the id of the finding with that code and key; repeats get an ordinal later."""
    return make_id("f", code, *key)


def make_finding(
    code: str,
    subject: str,
    key: tuple[str, ...],
    args: Args,
    *,
    at: SourceSpan | tuple[str, int | None] | None = None,
    hint: Reason | None = None,
    row: str | None = None,
    link: str | None = None,
) -> Finding:
    """Make a finding, with severity and owner from `FINDING_CODES`.

    Args:
        code: one of `FINDING_CODES`.
        subject: what it is about; waivers match it. What has no name is named by its page.
        key: determines the id together with the code; must not change from run to run.
        args: the values that its sentence needs.
        at: the place, or page and line; None where no page is concerned.
        hint: the next step.
        row: id of the row concerned.
        link: id of the link concerned.

    Raises:
        KeyError: no such code.
    """
    if isinstance(at, SourceSpan):
        page, line, column = _Place(at.file, at.line, at.column)
    else:
        page, line, column = _Place(*(at or ()))
    severity, owner = FINDING_CODES[code]
    return Finding(
        id=make_finding_id(code, *key),
        code=code,
        severity=severity,
        owner=owner,
        page=page,
        line=line,
        subject=subject or page or "",
        args=args,
        hint=hint,
        row=row,
        link=link,
        column=column,
    )


def add_why(args: Args, reason: Reason | None) -> Args:
    """Return `args` with the reason merged in: its code as "why", and its arguments.

    The arguments of a finding are flat, and its sentence phrases the reason from them.
    """
    return args if reason is None else {**reason.args, **args, "why": reason.code}
