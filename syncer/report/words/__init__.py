"""Danish and English words for people: the only place that has any.

Everything before the reports speaks in codes and arguments; `words_of` gives the `Words` that say
them. The tables are closed and tested complete. A code from a newer manifest is said with a
sentence that names it: a reader of 1.x tolerates values that it does not know.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import TypeVar, assert_never, cast

from syncer.report.visible import make_visible
from syncer.report.words import phrasing
from syncer.report.words.catalog import FindingWords, Labels, Tables, Topic, TopicWords
from syncer.report.words.phrasing import Value, Values

# Arguments that hold the code of a reason beneath, whose own arguments stand beside it.
_REASON_ARGUMENTS = frozenset({"why", "because"})
# The argument that holds the code of a `RemoteError`.
_REMOTE_ARGUMENT = "detail"

_Code = TypeVar("_Code", bound=StrEnum)


class Lang(StrEnum):
    """The languages that reports are made in."""

    DA = "da"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """One language's tables with the means to say them."""

    tables: Tables

    @property
    def labels(self) -> Labels:
        """The words that belong to the report itself."""
        return self.tables.labels

    def fill(self, template: str, values: Values | None = None, /, **more: Value) -> str:
        """Return a template with its gaps filled; what is unknown shows as "…"."""
        return phrasing.fill(template, {**(values or {}), **more}, self.tables.conventions)

    def verdict(self, status: str) -> str:
        """Return the words for the status of a row."""
        return self._look_up(self.tables.verdicts, status)

    def link_status(self, status: str) -> str:
        """Return the words for the status of a link."""
        return self._look_up(self.tables.link_statuses, status)

    def link_kind(self, kind: str) -> str:
        """Return the words for what a link points to."""
        return self._look_up(self.tables.link_kinds, kind)

    def share_status(self, status: str) -> str:
        """Return the words for what is known of a share."""
        return self._look_up(self.tables.share_statuses, status)

    def owner(self, owner: str) -> str:
        """Return the words for who can do something."""
        return self._look_up(self.tables.owners, owner)

    def severity(self, severity: str) -> str:
        """Return the words for how bad something is."""
        return self._look_up(self.tables.severities, severity)

    def topic(self, topic: Topic) -> TopicWords:
        """Return the heading and introduction of a topic."""
        return self.tables.topics[topic]

    def finding(self, code: str) -> FindingWords:
        """Return how a finding is said; one that names the code when it is not known."""
        known = self.tables.findings.get(code)
        if known is not None:
            return known
        # A code is our own kebab-case, yet a manifest may come from anywhere.
        shown = make_visible(code).replace("{", "(").replace("}", ")")
        return FindingWords(
            badge=shown, sentence=self.labels.unknown_finding.replace("{code}", shown)
        )

    def reason(self, code: str, args: Values) -> str:
        """Return a reason as a sentence; one that names the code when it is not known."""
        template = self.tables.reasons.get(code)
        if template is None:
            return self.fill(self.labels.unknown_reason, code=code)
        return self.fill(template, {name: self._say_beneath(args, name) for name in args})

    def speaks_of(self, code: str, argument: str) -> bool:
        """Tell whether the sentence for a reason names an argument."""
        return argument in phrasing.gaps_of(self.tables.reasons.get(code, ""))

    def _say_beneath(self, args: Values, name: str) -> Value:
        """Return an argument, said when it is itself a code: a reason beneath, a server's fault."""
        value = args[name]
        if not isinstance(value, str):
            return value
        if name in _REASON_ARGUMENTS and value in self.tables.reasons:
            beneath = {other: args[other] for other in args if other not in _REASON_ARGUMENTS}
            return self.fill(self.tables.reasons[value], beneath)
        return self.tables.remote.get(value, value) if name == _REMOTE_ARGUMENT else value

    def moment(self, when: datetime) -> str:
        """Return a time of day in Copenhagen."""
        return phrasing.say_moment(when, self.tables.conventions)

    def day(self, when: datetime) -> str:
        """Return a day in Copenhagen."""
        return phrasing.say_day(when, self.tables.conventions)

    def number(self, number: int) -> str:
        """Return a number with its thousands set apart."""
        return phrasing.say_number(number, self.tables.conventions)

    def size(self, size_bytes: int) -> str:
        """Return a size in decimal units."""
        return phrasing.say_size(size_bytes, self.tables.conventions)

    def join(self, items: tuple[str, ...]) -> str:
        """Return the items as a list in a sentence."""
        return phrasing.say_list(items, self.tables.conventions)

    def _look_up(self, table: Mapping[_Code, str], code: str) -> str:
        # The keys are members of a StrEnum, which equal the string they bear.
        known = cast("Mapping[str, str]", table)
        return known.get(code) or self.fill(self.labels.unknown_state, code=code)


@cache
def words_of(lang: Lang) -> Words:
    """Return the words of a language."""
    from syncer.report.words import da, en

    match lang:
        case Lang.DA:
            return Words(da.TABLES)
        case Lang.EN:
            return Words(en.TABLES)
        case _ as never:
            assert_never(never)


__all__ = ["FindingWords", "Labels", "Lang", "Topic", "TopicWords", "Value", "Words", "words_of"]
