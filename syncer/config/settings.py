"""The settings as records: one per section of the file, the built-in defaults in them.

The type of a field is its check: `load` converts each value on its own, so that every problem is
named at once. A path that is relative in the file is relative to the file's folder.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta

Seconds = Annotated[float, Meta(gt=0, le=600)]
Text = Annotated[str, Meta(min_length=1)]
Host = Annotated[str, Meta(pattern=r"^[a-zA-Z0-9.\-]+(:[0-9]{1,5})?$")]
ShareId = Annotated[str, Meta(pattern=r"^[^/\s]+/[A-Za-z0-9_\-]+$")]
HttpUrl = Annotated[str, Meta(pattern=r"^https?://[^\s/]+")]

FormatName = Literal["terminal", "json", "markdown", "html", "sarif", "junit", "github"]
FileFormat = Literal["markdown", "html", "sarif", "junit"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandbookSettings:
    """`[handbook]`: where it is, which pages are audited, how its resource tables are told.

    `source_url` is a template with `{page}` and `{line}`.
    """

    source: Text = "."
    branch: Text | None = None
    pages: tuple[Text, ...] = ("**/*.md", "**/*.markdown")
    exclude: tuple[Text, ...] = ()
    site_url: HttpUrl | None = None
    source_url: HttpUrl | None = None
    table_headers: tuple[Text, ...] = (
        "Ressource",
        "Ressourcer",
        "Dokument",
        "Dokumenter",
        "Skabelon",
        "Dokument / skabelon",
    )
    place_headers: tuple[Text, ...] = ("Placering",)
    todo_markers: tuple[Text, ...] = ("(ToDo)", "ToDo")


@dataclass(frozen=True, slots=True, kw_only=True)
class StateSettings:
    """`[state]`: where what is remembered lies; None: `$STATE_DIRECTORY`, else the XDG folder."""

    folder: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordSource:
    """Where a password is: a file (also by its name in `$CREDENTIALS_DIRECTORY`) or a variable."""

    password_file: Path | None = None
    password_env: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NextcloudSettings:
    """`[[nextcloud]]`: one server. `shares` and `folders` go by token.

    `folders` narrows a share: only these are walked, and they are then the scope.
    """

    host: Host
    base_url: HttpUrl | None = None
    ca_file: Path | None = None
    shares: dict[str, PasswordSource] = field(default_factory=dict)
    folders: dict[str, tuple[str, ...]] = field(default_factory=dict)
    workers: Annotated[int, Meta(ge=1, le=4)] = 4
    full_walk_every_days: Annotated[int, Meta(ge=1, le=365)] = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasSettings:
    """`[[alias]]`: a plain-text place, and the share ("host/TOKEN") and folder that it means."""

    label: Text
    share: ShareId
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PinSettings:
    """`[[pin]]`: the matching is told: this row is that file, by path or by file id."""

    name: Text
    share: ShareId
    page: Text | None = None
    path: Text | None = None
    file_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiveSettings:
    """`[[waive]]`: a finding that is accepted until a date, with the reason why."""

    code: Text
    subject: Text
    reason: Text
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchingSettings:
    """`[matching]`: words that are added to the built-in lists; `synonyms` are groups of equals."""

    archive_words: tuple[Text, ...] = ()
    draft_words: tuple[Text, ...] = ()
    final_words: tuple[Text, ...] = ()
    signed_words: tuple[Text, ...] = ()
    synonyms: tuple[tuple[Text, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LinksSettings:
    """`[links]`: how web links are asked, and which are not."""

    accept: tuple[Annotated[int, Meta(ge=100, le=999)], ...] = ()
    timeout_s: Seconds = 20.0
    per_host: Annotated[int, Meta(ge=1, le=8)] = 2
    threads: Annotated[int, Meta(ge=1, le=64)] = 64
    cache_days: Annotated[float, Meta(ge=0, le=365)] = 7.0
    exclude: tuple[Text, ...] = ()
    inside_hosts: tuple[Host, ...] = ()
    allow_private: bool = False
    remap: dict[Text, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputSettings:
    """`[output]`: what `run` writes; `folder` None is `reports` in the state folder."""

    folder: Path | None = None
    formats: tuple[FileFormat, ...] = ("html", "markdown")
    lang: Literal["da", "en"] = "da"
    keep_runs: Annotated[int, Meta(ge=1, le=3650)] = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleSettings:
    """`[schedule]`: when the worker runs. 03:15 is there once in every night of the year."""

    cron: Text = "15 3 * * *"
    timezone: Text = "Europe/Copenhagen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything in force. Lists of tables keep the file's order."""

    handbook: HandbookSettings = field(default_factory=HandbookSettings)
    state: StateSettings = field(default_factory=StateSettings)
    nextcloud: tuple[NextcloudSettings, ...] = ()
    alias: tuple[AliasSettings, ...] = ()
    pin: tuple[PinSettings, ...] = ()
    waive: tuple[WaiveSettings, ...] = ()
    matching: MatchingSettings = field(default_factory=MatchingSettings)
    links: LinksSettings = field(default_factory=LinksSettings)
    output: OutputSettings = field(default_factory=OutputSettings)
    schedule: ScheduleSettings = field(default_factory=ScheduleSettings)
