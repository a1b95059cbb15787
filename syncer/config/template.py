"""What was found in a handbook → a commented settings file (pure).

Everything that a page says is in a comment, on one line and escaped; in force are the handbook and
the hosts that the administrator named. A host of a settings file may be asked at a private address,
which is not for a page to decide.
"""

from __future__ import annotations

import dataclasses
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from syncer.config.settings import (
    AliasSettings,
    NextcloudSettings,
    PinSettings,
    Settings,
    WaiveSettings,
)
from syncer.config.toml_text import quote, write_value
from syncer.redact import make_printable, mask_user_info

_LONGEST = 96
_WIDTH = 100
_REFERENCE = (
    "docs/administrators.md explains every key; `syncer check-config` prints what is in force."
)


@dataclass(frozen=True, slots=True)
class FoundTable:
    """The rows of one resource table; `line` is that of the first row, `places` are its labels."""

    page: str
    line: int
    section: str
    rows: int
    planned: int
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundShare:
    """A share, the texts of the links to it, and its state in words; "" when it was not asked.

    `asks_password` is true when the server said so.
    """

    token: str
    texts: tuple[str, ...]
    state: str = ""
    asks_password: bool = False


@dataclass(frozen=True, slots=True)
class FoundCloud:
    """A Nextcloud that pages link to; `base_url` is that of the links.

    `asked` is true when the administrator named it; `version` is None when it is unknown.
    """

    host: str
    base_url: str
    shares: tuple[FoundShare, ...]
    asked: bool = False
    version: str | None = None


@dataclass(frozen=True, slots=True)
class FoundHandbook:
    """What a settings file for a handbook is written from; each list in the order to show.

    `source` is an absolute folder or an address without a password, `labels` are plain-text places
    that no row explains.
    """

    source: str
    pages: int
    tables: tuple[FoundTable, ...] = ()
    clouds: tuple[FoundCloud, ...] = ()
    labels: tuple[str, ...] = ()


def write_template(found: FoundHandbook) -> str:
    """Return the text of a settings file; every setting is in it, most as comments."""
    lines = [f"# Settings of syncer. {_REFERENCE}", "# A line that begins with # has no effect."]
    lines += ["", "[handbook]", f"source = {quote(found.source)}"]
    lines += _list_defaults(Settings().handbook, "source")
    lines += ["", f"# Found: {found.pages} pages, {len(found.tables)} resource tables"]
    for table in found.tables:
        counts = f"{table.rows} rows, {table.planned} ToDo"
        lines.append(_comment(f"{table.page}:{table.line} {table.section}: {counts}"))
        lines += [_comment(f"    {place}") for place in table.places]
    for cloud in found.clouds:
        lines += ["", *_list_cloud(cloud)]
    if found.labels:
        lines += ["", "# Places in plain text. An alias says which folder one means:"]
        for label in found.labels:
            lines += ["# [[alias]]", f"# label = {quote(mask_user_info(label))}"]
            lines += ['# share = "HOST/TOKEN"', '# path = "FOLDER"']
    for name, entry in (
        ("alias", AliasSettings),
        ("pin", PinSettings),
        ("waive", WaiveSettings),
    ):
        keys = ", ".join(field.name for field in dataclasses.fields(entry))
        lines += ["", f"# [[{name}]]", f"# not set: {keys}"]
    for section in dataclasses.fields(Settings):
        value = getattr(Settings(), section.name)
        if section.name != "handbook" and dataclasses.is_dataclass(value):
            lines += ["", *_list_section(section.name, value)]
    return "\n".join(lines) + "\n"


def _list_cloud(cloud: FoundCloud) -> Iterator[str]:
    """Yield the section of a Nextcloud: in force if the administrator named it."""
    mark = "" if cloud.asked else "# "
    if not cloud.asked:
        yield "# Not asked. If it is yours, remove the # before these lines, or name it with --ask:"
    elif cloud.version is not None:
        yield _comment(f"Nextcloud {cloud.version}")
    yield f"{mark}[[nextcloud]]"
    yield f"{mark}host = {quote(cloud.host)}"
    if cloud.base_url != f"https://{cloud.host}":
        yield f"{mark}base_url = {quote(cloud.base_url)}"
    for share in cloud.shares:
        state = f" ({share.state})" if share.state else ""
        yield _comment(f"{share.token}{state}: {', '.join(share.texts)}")
        if share.asks_password:
            yield f'# shares.{share.token}.password_file = "FILE"'
    yield from _list_defaults(NextcloudSettings(host=cloud.host), "host", "base_url", "shares")


def _list_section(name: str, settings: Any) -> Iterator[str]:
    yield f"# [{name}]"
    yield from _list_defaults(settings)
    for field in dataclasses.fields(settings):
        value = getattr(settings, field.name)
        if dataclasses.is_dataclass(value):
            yield "#"
            yield from _list_section(f"{name}.{field.name}", value)


def _list_defaults(settings: Any, *without: str) -> list[str]:
    """Return a comment for each key: its default, and the keys that have none on one line."""
    fields = [field for field in dataclasses.fields(settings) if field.name not in without]
    values = {field.name: getattr(settings, field.name) for field in fields}
    plain = {key: value for key, value in values.items() if not dataclasses.is_dataclass(value)}
    lines = [f"# {key} = {write_value(value)}" for key, value in plain.items() if _is_set(value)]
    if unset := ", ".join(key for key, value in plain.items() if not _is_set(value)):
        lines += textwrap.wrap(f"# not set: {unset}", _WIDTH, subsequent_indent="#   ")
    return lines


def _is_set(value: object) -> bool:
    return value is not None and value not in ((), {}, "")


def _comment(text: str) -> str:
    """Return a comment of one line, in which a text of a page acts on nothing."""
    shown = make_printable(text)
    return f"# {shown}" if len(shown) <= _LONGEST else f"# {shown[:_LONGEST]}…"
