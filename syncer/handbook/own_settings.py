"""The handbook's own settings: `.syncer.toml` at its root and ignore comments in pages (pure).

Whoever edits the handbook writes these, so that they may do little: accept a finding until a date,
name a row's file or a place's folder in a share that a page links to anyway, and exclude addresses
of one host. An entry with a mistake has no effect and becomes a finding.
Source: `docs/contract.md`, "The handbook's own file".
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice
from typing import Any, TypeVar

import msgspec
from msgspec import structs

from syncer.handbook.comment_blocks import CommentBlocks
from syncer.model.handbook import FileProblem, PageText, UnreadablePage
from syncer.model.reason import Args, Reason

FILE_NAME = ".syncer.toml"
MAX_BYTES = 64 << 10
MAX_ENTRIES = 200
_MAX_AHEAD = timedelta(days=366)
_SECTIONS = ("waive", "pin", "alias", "links")

# Strings and comments, as TOML reads them. One that is not closed goes to the end of its line or
# of the file, so that each place is scanned once.
_STRINGS = re.compile(
    r'"""(?:[^"\\]|\\.?|"{1,2}(?!"))*(?:"{3,5}|\Z)'
    r"|'''(?:[^']|'{1,2}(?!'))*(?:'{3,5}|\Z)"
    r'|"(?:[^"\\\n]|\\[^\n]?)*"?'
    r"|'[^'\n]*'?"
    r"|#[^\n]*",
    re.DOTALL,
)
# tomllib keeps a copy of each beginning of a dotted key.
_MAX_DOTS = 8
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
# It ends before the next opener, so that no text is scanned twice.
_COMMENT = re.compile(r"<!--[ \t]*syncer:((?:[^\n<-]|<(?!!--)|-(?!->)){0,500})-->")
_IGNORE = re.compile(r"ignore\s+([a-z-]+)\s+until\s+(\d{4}-\d\d-\d\d)\s*:\s*(\S.*)")
_WHOLE_HOST = re.compile(r"https?://[^/*?\[\s]+(?:/|$)")

_OF_COMMENTS = frozenset({"lines", "covered"})
_Entry = TypeVar("_Entry", bound=msgspec.Struct)


class OwnWaiver(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A finding that the handbook accepts until a day.

    Attributes:
        code: of the finding.
        reason: why, in the words of whoever accepted it.
        until: the last day on which it holds.
        subject: exactly the finding's, None for any on the page.
        page: the page, None for any.
        lines: first and last line on the page, None for the whole page; comments have them.
        covered: a digest of these lines and of what they refer to, None for the whole page.
    """

    code: str
    reason: str
    until: date
    subject: str | None = None
    page: str | None = None
    lines: tuple[int, int] | None = None
    covered: str | None = None

    @property
    def names_target(self) -> bool:
        """Whether it says what it accepts: not any finding of a page, nor where Liquid leads."""
        if self.lines is not None:
            return True
        return self.subject is not None and "{{" not in self.subject and "{%" not in self.subject


class OwnPin(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row's file, as `[[pin]]` of the settings."""

    name: str
    share: str
    page: str | None = None
    path: str | None = None
    file_id: int | None = None


class OwnAlias(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A plain-text place's folder, as `[[alias]]` of the settings."""

    label: str
    share: str
    path: str


class _Links(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnSettings:
    """The entries without a mistake, in the order of file and pages, and the mistakes."""

    waivers: tuple[OwnWaiver, ...] = ()
    pins: tuple[OwnPin, ...] = ()
    aliases: tuple[OwnAlias, ...] = ()
    excludes: tuple[str, ...] = ()
    problems: tuple[FileProblem, ...] = ()


def read_own_settings(
    text: str | None,
    pages: Iterable[PageText],
    unreadable: Iterable[UnreadablePage],
    *,
    codes: Collection[str],
    today: date,
    site: str = "",
) -> OwnSettings:
    """Read the handbook's own file and the comments of its pages.

    Args:
        text: of the file, None when there is none; which shares the pages link to is checked by
            `limit_shares`.
        pages: of the handbook.
        unreadable: its files that are no text; the file itself may be among them.
        codes: the finding codes that may be waived.
        today: no waiver may last more than a year from it.
        site: the text of the settings that decide where Liquid leads.
    """
    own = _read_file(text, codes, today)
    waivers, problems = list(own.waivers), list(own.problems)
    for page in unreadable:
        if page.path == FILE_NAME:
            reason = Reason("own-settings-unreadable", {"detail": page.reason.code})
            problems.append(FileProblem(FILE_NAME, None, reason))
    comments = (one for page in pages for one in _read_comments(page, codes, today, site))
    for comment in islice(comments, MAX_ENTRIES + 1):
        if isinstance(comment, OwnWaiver):
            waivers.append(comment)
        else:
            problems.append(comment)
    room = MAX_ENTRIES - len(own.pins) - len(own.aliases) - len(own.excludes)
    if len(waivers) > room:
        reason = Reason("own-settings-too-many", {"limit": MAX_ENTRIES})
        problems.append(FileProblem(FILE_NAME, None, reason))
    return replace(
        own, waivers=tuple(waivers[: max(room, 0)]), problems=tuple(problems[:MAX_ENTRIES])
    )


def limit_shares(own: OwnSettings, linked: Collection[str]) -> OwnSettings:
    """Drop the pins and aliases of shares that no page links to; each is a problem."""
    shares = [*(pin.share for pin in own.pins), *(alias.share for alias in own.aliases)]
    problems = [
        FileProblem(FILE_NAME, None, Reason("own-settings-share", {"share": share}))
        for share in dict.fromkeys(shares)
        if share not in linked
    ]
    return replace(
        own,
        pins=tuple(pin for pin in own.pins if pin.share in linked),
        aliases=tuple(alias for alias in own.aliases if alias.share in linked),
        problems=(*own.problems, *problems),
    )


def keep_trusted(own: OwnSettings, trusted: OwnSettings) -> OwnSettings:
    """Return what of a change's own settings counts: what was there before it.

    The file counts as it was. A comment counts where the same page had the same comment on the
    same text, at whatever line it is now.
    """
    known = {_identify(waiver) for waiver in trusted.waivers}
    comments = tuple(w for w in own.waivers if w.lines is not None and _identify(w) in known)
    return replace(trusted, waivers=(*_without_lines(trusted), *comments), problems=own.problems)


def list_added(own: OwnSettings, trusted: OwnSettings) -> tuple[str, ...]:
    """Return one line for each entry that a change adds, as people read it, in order."""
    known = {_identify(waiver) for waiver in trusted.waivers}
    added = [
        f"waive {w.code} ({', '.join(filter(None, (w.page, w.subject)))}): {w.reason}"
        for w in own.waivers
        if _identify(w) not in known
    ]
    added += [f"pin {pin.name}" for pin in own.pins if pin not in trusted.pins]
    added += [f"alias {alias.label}" for alias in own.aliases if alias not in trusted.aliases]
    added += [f"exclude {text}" for text in own.excludes if text not in trusted.excludes]
    return tuple(added)


def _identify(waiver: OwnWaiver) -> tuple[object, ...]:
    """Return what makes two waivers one: a comment may move on its page, with its text."""
    about = (waiver.subject, waiver.page, waiver.covered)
    return waiver.code, waiver.reason, waiver.until, *about


def _without_lines(own: OwnSettings) -> tuple[OwnWaiver, ...]:
    return tuple(waiver for waiver in own.waivers if waiver.lines is None)


def _read_file(text: str | None, codes: Collection[str], today: date) -> OwnSettings:
    if text is None:
        return OwnSettings()
    try:
        if len(text.encode()) > MAX_BYTES:
            raise ValueError(f"more than {MAX_BYTES} bytes")  # noqa: TRY301 - one way to report
        if any(line.count(".") > _MAX_DOTS for line in _STRINGS.sub("", text).split("\n")):
            raise ValueError("a key of many parts")  # noqa: TRY301
        content = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        deep = isinstance(error, RecursionError)
        detail = "nested too deeply" if deep else str(error)
        reason = Reason("own-settings-unreadable", {"detail": detail})
        return OwnSettings(problems=(FileProblem(FILE_NAME, None, reason),))
    problems = [
        FileProblem(FILE_NAME, None, Reason("own-settings-section", {"section": name}))
        for name in content
        if name not in _SECTIONS
    ]
    lines = _find_lines(text)
    waivers = [
        waiver
        for waiver, line in _read_entries(content, "waive", OwnWaiver, lines, problems)
        if _accept(FILE_NAME, line, waiver, codes, today, problems)
    ]
    pins = [pin for pin, _ in _read_entries(content, "pin", OwnPin, lines, problems)]
    aliases = [alias for alias, _ in _read_entries(content, "alias", OwnAlias, lines, problems)]
    links = {"links": [content["links"]]} if "links" in content else {}
    excludes: list[str] = []
    for section, line in _read_entries(links, "links", _Links, lines, problems):
        for pattern in section.exclude:
            if _WHOLE_HOST.match(pattern):
                excludes.append(pattern)
            else:
                reason = Reason("own-settings-pattern", {"pattern": pattern})
                problems.append(FileProblem(FILE_NAME, line, reason))
    return OwnSettings(
        waivers=tuple(waivers),
        pins=tuple(pins[:MAX_ENTRIES]),
        aliases=tuple(aliases[:MAX_ENTRIES]),
        excludes=tuple(excludes[:MAX_ENTRIES]),
        problems=tuple(problems),
    )


def _find_lines(text: str) -> Mapping[str, list[int]]:
    """Return the lines at which the entries of each section begin."""
    lines: dict[str, list[int]] = {name: [] for name in _SECTIONS}
    for number, line in enumerate(text.split("\n"), 1):
        found = re.match(r"\s*\[\[?\s*(\w+)\s*\]", line)
        if found and found[1] in lines:
            lines[found[1]].append(number)
    return lines


def _read_entries(
    content: Mapping[str, Any],
    section: str,
    kind: type[_Entry],
    lines: Mapping[str, list[int]],
    problems: list[FileProblem],
) -> Iterator[tuple[_Entry, int | None]]:
    """Yield the entries of a section that have its shape, each with its line."""
    entries = content.get(section, [])
    for number, entry in enumerate(entries if isinstance(entries, list) else [entries]):
        line = lines[section][number] if number < len(lines[section]) else None
        mistakes = list(_find_mistakes(entry, section, kind))
        problems += (FileProblem(FILE_NAME, line, reason) for reason in mistakes)
        if not mistakes:
            yield msgspec.convert(entry, type=kind), line


def _find_mistakes(entry: object, section: str, kind: type[msgspec.Struct]) -> Iterator[Reason]:
    """Yield what is wrong with the shape of an entry: its keys, then their types."""
    if not isinstance(entry, dict):
        yield Reason("own-settings-entry", {"section": section})
        return
    fields = {one.name: one for one in structs.fields(kind) if one.name not in _OF_COMMENTS}
    for key in (key for key in entry if key not in fields):
        known = ", ".join(fields)
        yield Reason("own-settings-key", {"section": section, "key": key[:60], "known": known})
    for key, field in fields.items():
        args: Args = {"section": section, "key": key}
        if key not in entry:
            if field.required:
                yield Reason("own-settings-required", args)
            continue
        try:
            msgspec.convert(entry[key], type=field.type)
        except msgspec.ValidationError:
            yield _name_wanted(field.type, args)


def _name_wanted(hint: object, args: Args) -> Reason:
    if hint is date:
        return Reason("own-settings-not-day", args)
    if hint == int | None:
        return Reason("own-settings-not-number", args)
    if hint == tuple[str, ...]:
        return Reason("own-settings-not-list", args)
    return Reason("own-settings-not-text", args)


def _accept(
    file: str,
    line: int | None,
    waiver: OwnWaiver,
    codes: Collection[str],
    today: date,
    problems: list[FileProblem],
) -> bool:
    """Return whether a waiver is one that a handbook may have; if not, add the problem."""
    reason = None
    if waiver.code not in codes:
        reason = Reason("own-settings-code", {"code": waiver.code})
    elif not waiver.reason.strip() or not (waiver.subject or waiver.page):
        reason = Reason("own-settings-waiver", {"code": waiver.code})
    elif waiver.until > today + _MAX_AHEAD:
        latest = (today + _MAX_AHEAD).isoformat()
        reason = Reason("own-settings-date", {"until": waiver.until.isoformat(), "latest": latest})
    if reason is not None:
        problems.append(FileProblem(file, line, reason))
    return reason is None


def _read_comments(
    page: PageText, codes: Collection[str], today: date, site: str
) -> Iterator[OwnWaiver | FileProblem]:
    """Yield what the comments of a page say, in order; comments in fenced code are text."""
    if "syncer:" not in page.text:
        return
    blocks = CommentBlocks(page.text, site)
    fence = ""
    for number, line in enumerate(blocks.lines, 1):
        mark = _FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
            continue
        for comment in () if fence else _COMMENT.finditer(line):
            yield _read_comment(page.path, blocks, number, comment, codes, today)


def _read_comment(
    path: str,
    blocks: CommentBlocks,
    number: int,
    comment: re.Match[str],
    codes: Collection[str],
    today: date,
) -> OwnWaiver | FileProblem:
    words = comment[1].strip()
    invalid = FileProblem(path, number, Reason("own-comment-invalid", {"text": words[:200]}))
    parts = _IGNORE.fullmatch(words)
    if parts is None:
        return invalid
    try:
        until = date.fromisoformat(parts[2])
    except ValueError:
        return invalid
    covered, digest = blocks.find_covered(number, comment)
    waiver = OwnWaiver(parts[1], parts[3].strip(), until, page=path, lines=covered, covered=digest)
    problems: list[FileProblem] = []
    return waiver if _accept(path, number, waiver, codes, today, problems) else problems[0]
