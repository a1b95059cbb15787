"""Danish and English words for people: the only package that has any.

The rest of syncer uses codes and arguments, and `words_of` returns the `Words` that phrase them.
A code that is not in the tables, of a newer manifest, is shown in a sentence that names it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar, cast

from syncer.redact import make_visible
from syncer.report.words import danish_tables, english_tables, phrasing
from syncer.report.words.catalog import FindingWords, Labels, MailWords, Tables, Topic
from syncer.report.words.phrasing import Value, Values

# Arguments that hold the code of another reason, which takes the remaining arguments.
_REASON_ARGUMENTS = frozenset({"why", "because"})
# The argument that holds the code of a `RemoteError`.
_REMOTE_ARGUMENT = "detail"

_Code = TypeVar("_Code", bound=StrEnum)


class Lang(StrEnum):
    """The languages of the reports."""

    DA = "da"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """The tables of a language, and methods that phrase codes and values with them."""

    tables: Tables

    @property
    def labels(self) -> Labels:
        """The texts of the report itself."""
        return self.tables.labels

    def fill(self, template: str, values: Values | None = None, /, **more: Value) -> str:
        """Return a template with its gaps filled; "" when one outside brackets has no value."""
        return phrasing.fill(template, {**(values or {}), **more}, self.tables.conventions)

    def verdict(self, status: str) -> str:
        """Return the words for the status of a row."""
        return self._look_up(self.tables.verdicts, status)

    def last_seen(self, status: str, on: str, now: datetime) -> str:
        """Return what a row was on an ISO date, and on which; without the year of `now`."""
        known = cast("Mapping[str, str]", self.tables.last_seen)
        day = phrasing.format_near_day(on, now, self.tables.conventions)
        return self.fill(known.get(status, ""), on=day)

    def link_status(self, status: str) -> str:
        """Return the words for the status of a link."""
        return self._look_up(self.tables.link_statuses, status)

    def link_kind(self, kind: str) -> str:
        """Return the words for a kind of link."""
        return self._look_up(self.tables.link_kinds, kind)

    def share_status(self, status: str) -> str:
        """Return the words for the status of a share."""
        return self._look_up(self.tables.share_statuses, status)

    def owner(self, owner: str) -> str:
        """Return the words for the owner of a finding."""
        return self._look_up(self.tables.owners, owner)

    def severity(self, severity: str) -> str:
        """Return the words for a severity."""
        return self._look_up(self.tables.severities, severity)

    def finding(self, code: str) -> FindingWords:
        """Return the words of a finding; they name the code when it is not known."""
        tables = self.tables
        if code in tables.badges:
            sentence = tables.sentences[code]
            card = tables.cards.get(code, sentence)
            return FindingWords(tables.badges[code], sentence, card, tables.actions.get(code, ""))
        # The manifest may come from anywhere: its code must not act as a template.
        shown = make_visible(code).replace("{", "(").replace("}", ")")
        sentence = self.labels.unknown_finding.replace("{code}", shown)
        return FindingWords(shown, sentence, sentence, "")

    def instead(self, reason: str) -> str:
        """Return the sentence that tells a finding and its reason in one; "" for most reasons."""
        return self.tables.instead.get(reason, "")

    @property
    def mail(self) -> MailWords:
        """The texts of a mail."""
        return self.tables.mail

    def explain(self, code: str) -> str:
        """Return what a badge means, and what to do; "" for a code that is not known."""
        tables = self.tables
        return f"{tables.meanings[code]} {tables.remedies[code]}" if code in tables.meanings else ""

    def brief(self, code: str, subject: str) -> str:
        """Return a finding in a few words; "" for a code that is not known."""
        return self.fill(self.tables.briefs.get(code, ""), subject=subject)

    def together(self, code: str) -> str:
        """Return the sentence of several items with one cause; "" for a code without one."""
        return self.tables.together.get(code, "")

    def reason(self, code: str, args: Values) -> str:
        """Return the sentence of a reason; one that cannot be phrased names the code."""
        return self.find_reason(code, args) or self.fill(self.labels.unknown_reason, code=code)

    def find_reason(self, code: str, args: Values) -> str:
        """Return the sentence of a reason; "" when the code or what it needs is not known."""
        template = self.tables.reasons.get(code, "")
        return self.fill(template, {name: self._phrase_code(args, name) for name in args})

    def names_argument(self, code: str, argument: str, *, needed: bool = False) -> bool:
        """Return whether the sentence of a reason shows an argument, or cannot be without it."""
        return argument in phrasing.gaps_of(self.tables.reasons.get(code, ""), needed=needed)

    def _phrase_code(self, args: Values, name: str) -> Value:
        """Return an argument, in words when it is the code of a reason or a `RemoteError`."""
        value = args[name]
        if not isinstance(value, str):
            return value
        if name in _REASON_ARGUMENTS and value in self.tables.reasons:
            others = [other for other in args if other not in _REASON_ARGUMENTS]
            rest = {other: self._phrase_code(args, other) for other in others}
            return self.fill(self.tables.reasons[value], rest) or None
        return self.tables.remote.get(value, value) if name == _REMOTE_ARGUMENT else value

    def day(self, when: datetime) -> str:
        """Return a date in Copenhagen."""
        return phrasing.format_day(when, self.tables.conventions)

    def number(self, number: int) -> str:
        """Return a number with thousands separators."""
        return phrasing.format_number(number, self.tables.conventions)

    def size(self, size_bytes: int) -> str:
        """Return a size in decimal units."""
        return phrasing.format_size(size_bytes, self.tables.conventions)

    def join(self, items: Sequence[str]) -> str:
        """Return the items as a list in a sentence."""
        return phrasing.join(items, self.tables.conventions)

    def _look_up(self, table: Mapping[_Code, str], code: str) -> str:
        # The keys are members of a StrEnum, which equal their strings.
        known = cast("Mapping[str, str]", table)
        return known.get(code) or self.fill(self.labels.unknown_state, code=code)


_WORDS = {Lang.DA: Words(danish_tables.TABLES), Lang.EN: Words(english_tables.TABLES)}


def words_of(lang: Lang) -> Words:
    """Return the words of a language."""
    return _WORDS[lang]


__all__ = ["FindingWords", "Labels", "Lang", "Topic", "Value", "Words", "words_of"]
