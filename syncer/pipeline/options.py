"""What one run is asked to do: the command line beside the settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from syncer.manifest.document import ScopeRecord

Only = Literal["resources", "links"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditOptions:
    """The options that `audit` and `run` share.

    Attributes:
        handbook: instead of the settings' source.
        pages: globs; only pages that match one are audited; () means all.
        share_folders: token to the folder on disk that is read instead of the share.
        only: one half of the audit, None for both.
        offline: nothing is asked over the network.
        full: nothing that was remembered is used.
        accept_empty: a share that is suddenly empty is believed.
    """

    handbook: str | None = None
    pages: tuple[str, ...] = ()
    share_folders: Mapping[str, Path] = field(default_factory=dict)
    only: Only | None = None
    offline: bool = False
    full: bool = False
    accept_empty: bool = False

    @property
    def scope(self) -> ScopeRecord:
        """What is looked at, as the manifest tells it."""
        return ScopeRecord(only=self.only, offline=self.offline, pages=self.pages)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunParams:
    """What a run was called with, beside the options of the audit itself.

    Attributes:
        config: the settings file that was named.
        audit: what is looked at.
        fail_on: the severity from which findings give exit code 1, "never" for none.
        baseline: a manifest or a git ref; only findings that are not in it count.
        allow_incomplete: an incomplete run is not answered with 3.
        lang: of what people read; None: the settings'.
        wait: for another run to end.
        verbosity: -1 errors, 0 warnings, 1 progress, 2 everything.
    """

    config: Path | None = None
    audit: AuditOptions = field(default_factory=AuditOptions)
    fail_on: str = "never"
    baseline: str | None = None
    allow_incomplete: bool = False
    lang: str | None = None
    wait: bool = False
    verbosity: int = 0
