"""The settings as records: one per section of the file, with the built-in defaults.

The type of a field is its check. A relative path in the file is relative to the file's folder.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from msgspec import Meta

from syncer.handbook.rows.resource_tables import DEFAULT_WORDS
from syncer.model.shares import join_share_id, split_share_id


def _like(pattern: str, description: str) -> Meta:
    # `$` also matches before a line feed at the end.
    whole = f"{pattern[:-1]}\\Z" if pattern.endswith("$") else pattern
    return Meta(pattern=whole, description=description)


Seconds = Annotated[float, Meta(gt=0, le=600)]
Text = Annotated[str, Meta(min_length=1, description="a text in quotes that is not empty")]
EnvName = Annotated[
    str,
    _like(r"^[A-Za-z_][A-Za-z0-9_]*$", "the name of a variable: letters, digits and _"),
]
Host = Annotated[
    str,
    _like(
        r"^[a-zA-Z0-9.\-]+(:[0-9]{1,5})?$",
        'a host without https:// and without a path, as in "boks.example.org"',
    ),
]
HostName = Annotated[
    str, _like(r"^[a-zA-Z0-9.\-]+$", 'the name of a server alone, as in "smtp.example.org"')
]
ShareId = Annotated[
    str,
    _like(
        r"^[^/\s]+(/[A-Za-z0-9._~\-]+)*/[A-Za-z0-9_\-]+$",
        'host and token of a share link, as in "boks.example.org/TOKEN"',
    ),
]
HttpUrl = Annotated[
    str, _like(r"^https?://[^\s/]+", "an address that begins with https:// or http://")
]
MailAddress = Annotated[
    str,
    _like(
        r"^[!#-;=?A-Z\[-~]{1,64}@[A-Za-z0-9.\-]{1,255}$",
        'a mail address alone, as in "syncer@example.org"',
    ),
]
# It is shown in the report: an address with a password in it is none.
ReportTo = Annotated[
    str,
    _like(
        r"^((mailto:)?[!#-;=?A-Z\[-~]{1,64}@[A-Za-z0-9.\-]{1,255}"
        r"|https://[^\s/?#@\"<>]{1,255}(/[^\s#\"<>]{0,500})?)$",
        "a mail address, or the https:// address of a form for a new issue, as in "
        '"https://git.example.org/handbook/issues/new"',
    ),
]
# Any other pattern matches no absolute address from its beginning to its end.
LinkPattern = Annotated[
    str,
    _like(
        r"^(\*|//|[A-Za-z][A-Za-z0-9+.\-]*:)",
        'a pattern of whole addresses, in which * matches anything, as in "https://example.org/*"',
    ),
]
UrlPrefix = Annotated[
    str,
    _like(
        r"^([Hh][Tt]{2}[Pp][Ss]?:)?//", "the beginning of addresses, from https:// or http:// on"
    ),
]


def _lower_host(share: str) -> str:
    host, webroot, token = split_share_id(share)
    return join_share_id(host.lower() + webroot, token)


FileFormat = Literal["markdown", "html", "sarif", "junit", "prometheus", "xlsx"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandbookSettings:
    """`[handbook]`: where it is, which pages are audited, how resource tables are recognised.

    `source_url` is a template with `{page}` and `{line}`. `site`: as what it is read. Without
    `pages` every Markdown file is audited.
    """

    source: Text = "."
    branch: Text | None = None
    pages: tuple[Text, ...] = ()
    exclude: tuple[Text, ...] = ()
    site: Literal["auto", "jekyll", "github", "files"] = "auto"
    site_url: HttpUrl | None = None
    source_url: HttpUrl | None = None
    table_headers: tuple[Text, ...] = DEFAULT_WORDS.table_headers
    place_headers: tuple[Text, ...] = DEFAULT_WORDS.place_headers
    todo_markers: tuple[Text, ...] = DEFAULT_WORDS.todo_markers


@dataclass(frozen=True, slots=True, kw_only=True)
class StateSettings:
    """`[state]`: the state folder; None: `$STATE_DIRECTORY`, else the XDG folder."""

    folder: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordSource:
    """Where a password is: a file (also by its name in `$CREDENTIALS_DIRECTORY`) or a variable."""

    password_file: Path | None = None
    password_env: EnvName | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NextcloudSettings:
    """`[[nextcloud]]`: one server. `shares` and `folders` are keyed by token.

    `folders` narrows a share: only these are walked, and they are the scope. With `user` and an
    app password, places that need a login are read as that account.
    """

    host: Host
    base_url: HttpUrl | None = None
    ca_file: Path | None = None
    shares: dict[str, PasswordSource] = field(default_factory=dict)
    user: Text | None = None
    app_password_file: Path | None = None
    app_password_env: EnvName | None = None
    folders: dict[str, tuple[str, ...]] = field(default_factory=dict)
    workers: Annotated[int, Meta(ge=1, le=4)] = 4
    full_walk_every_days: Annotated[int, Meta(ge=1, le=365)] = 7

    @property
    def webroot(self) -> str:
        """The path of `base_url`; "" without one. Other Nextclouds of the host are strangers."""
        return urlsplit(self.base_url or "").path.rstrip("/")


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasSettings:
    """`[[alias]]`: a plain-text place, and the share ("host/TOKEN") and folder that it means."""

    label: Text
    share: ShareId
    path: str = ""

    def __post_init__(self) -> None:
        """Lower the host's case, which makes no difference."""
        object.__setattr__(self, "share", _lower_host(self.share))


@dataclass(frozen=True, slots=True, kw_only=True)
class PinSettings:
    """`[[pin]]`: this row is that file, by path or by file id."""

    name: Text
    share: ShareId
    page: Text | None = None
    path: Text | None = None
    file_id: int | None = None

    def __post_init__(self) -> None:
        """Lower the host's case, which makes no difference."""
        object.__setattr__(self, "share", _lower_host(self.share))


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiveSettings:
    """`[[waive]]`: a finding that is accepted until a date, and why."""

    code: Text
    subject: Text
    reason: Text
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchingSettings:
    """`[matching]`: words added to the built-in lists, which `Vocabulary` explains.

    `synonyms` are groups of equal words. `old_after_years`: documents that
    have not changed for so long are told; None: nothing is said of age.
    """

    archive_words: tuple[Text, ...] = ()
    draft_words: tuple[Text, ...] = ()
    final_words: tuple[Text, ...] = ()
    signed_words: tuple[Text, ...] = ()
    synonyms: tuple[tuple[Text, ...], ...] = ()
    organisation_words: tuple[Text, ...] = ()
    party_words: tuple[Text, ...] = ()
    template_words: tuple[Text, ...] = ()
    filler_words: tuple[Text, ...] = ()
    document_words: tuple[Text, ...] = ()
    aspect_words: tuple[Text, ...] = ()
    occasion_words: tuple[Text, ...] = ()
    picture_words: tuple[Text, ...] = ()
    known_words: tuple[Text, ...] = ()
    old_after_years: Annotated[int, Meta(ge=1, le=100)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinksSettings:
    """`[links]`: how web links are checked, and which are not."""

    accept: tuple[Annotated[int, Meta(ge=100, le=999)], ...] = ()
    timeout_s: Seconds = 20.0
    per_host: Annotated[int, Meta(ge=1, le=8)] = 2
    threads: Annotated[int, Meta(ge=1, le=64)] = 64
    cache_days: Annotated[float, Meta(ge=0, le=365)] = 7.0
    exclude: tuple[LinkPattern, ...] = ()
    inside_hosts: tuple[Host, ...] = ()
    allow_private: bool = False
    remap: dict[UrlPrefix, UrlPrefix] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsSettings:
    """`[documents]`: which documents are opened, and the folder that they are copied to.

    `open` "auto": `run` fetches and opens what changed; `audit` opens what is on disk. `copy` None
    keeps no copy.
    """

    open: Literal["auto"] | bool = "auto"
    copy: Path | None = None
    max_file_mb: Annotated[int, Meta(ge=1, le=10_000)] = 100
    max_total_mb: Annotated[int, Meta(ge=1, le=1_000_000)] = 5_000
    keep_removed_days: Annotated[int, Meta(ge=1, le=3_650)] = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputSettings:
    """`[output]`: what `run` writes; `folder` None is `reports` in the state folder.

    `report_to` is whom readers of the report write to that an item is wrong.
    """

    folder: Path | None = None
    formats: tuple[FileFormat, ...] = ("html", "markdown", "xlsx")
    lang: Literal["da", "en"] = "da"
    keep_runs: Annotated[int, Meta(ge=1, le=3650)] = 60
    report_to: ReportTo | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishSettings:
    """`[publish]`: the Nextcloud folder that the reports are uploaded to.

    Either a share link with upload right, secret like a password, or an account: `base_url` and
    `user`. The password is the share's, or the account's app password. `folder` is below the
    share or account, and is created when missing.
    """

    link_file: Path | None = None
    link_env: EnvName | None = None
    base_url: HttpUrl | None = None
    user: Text | None = None
    password_file: Path | None = None
    password_env: EnvName | None = None
    folder: str = ""
    ca_file: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PingSettings:
    """`[notify.ping]`: an address of healthchecks.io's kind, secret because it holds a token."""

    url_file: Path | None = None
    url_env: EnvName | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookSettings:
    """`[notify.webhook]`: an address that changes are posted to, secret like the ping's.

    `shape` is the receiver's format; `secret_file` and `secret_env` hold a Talk bot's secret.
    """

    url_file: Path | None = None
    url_env: EnvName | None = None
    shape: Literal["json", "slack", "mattermost", "talk"] = "json"
    secret_file: Path | None = None
    secret_env: EnvName | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """`[notify.mail]`: receivers and mail server; no mail without `to`.

    `port` None is 587 for `starttls`, 465 for `tls`, 25 for `none`, which is for a relay on this
    machine. `weekly` sends a mail also after seven days
    without changes.
    """

    to: tuple[MailAddress, ...] = ()
    sender: MailAddress | None = None
    host: HostName | None = None
    port: Annotated[int, Meta(ge=1, le=65_535)] | None = None
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: Text | None = None
    password_file: Path | None = None
    password_env: EnvName | None = None
    ca_file: Path | None = None
    weekly: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifySettings:
    """`[notify]`: who is notified of a run. `report_url` is where they can read the report.

    `ping_url` is the address of `[notify.ping]`, written into the settings themselves; a field
    without `repr` is never shown.
    """

    report_url: HttpUrl | None = None
    ping_url: HttpUrl | None = field(default=None, repr=False)
    mail: MailSettings = field(default_factory=MailSettings)
    ping: PingSettings = field(default_factory=PingSettings)
    webhook: WebhookSettings = field(default_factory=WebhookSettings)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleSettings:
    """`[schedule]`: when the worker runs. 03:15 occurs exactly once every night of the year."""

    cron: Text = "15 3 * * *"
    timezone: Text = "Europe/Copenhagen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings. Lists of tables keep the file's order."""

    handbook: HandbookSettings = field(default_factory=HandbookSettings)
    state: StateSettings = field(default_factory=StateSettings)
    nextcloud: tuple[NextcloudSettings, ...] = ()
    alias: tuple[AliasSettings, ...] = ()
    pin: tuple[PinSettings, ...] = ()
    waive: tuple[WaiveSettings, ...] = ()
    matching: MatchingSettings = field(default_factory=MatchingSettings)
    links: LinksSettings = field(default_factory=LinksSettings)
    documents: DocumentsSettings = field(default_factory=DocumentsSettings)
    output: OutputSettings = field(default_factory=OutputSettings)
    publish: PublishSettings = field(default_factory=PublishSettings)
    notify: NotifySettings = field(default_factory=NotifySettings)
    schedule: ScheduleSettings = field(default_factory=ScheduleSettings)
