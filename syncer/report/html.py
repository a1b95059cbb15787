"""The report as one HTML file that needs no network, no script and no other file."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from syncer.manifest.document import StatusManifest
from syncer.report.objections import write_objection
from syncer.report.view import build_view
from syncer.report.view.records import Item
from syncer.report.words import Lang, words_of

MOST_NEWS = 5
"""How many new and how many solved things the first screen names; the others are below."""

# How many reasons of an incomplete run are not folded away.
_MOST_REASONS = 3
_TEMPLATES = "templates"
_AFTER_NUMBER = re.compile(r"(?<=\d) (?=\w)")


@dataclass(frozen=True, slots=True)
class OtherReport:
    """A page beside the report: the newest one (`newer`), or the last complete one."""

    file: str
    newer: bool


def render_html(
    manifest: StatusManifest,
    *,
    lang: Lang,
    new: Collection[str] | None = None,
    lists: str | None = None,
    report_to: str | None = None,
    other: OtherReport | None = None,
) -> str:
    """Return the report as a page, byte-equal for the same manifest and language.

    Jinja escapes everything. The page's policy allows no requests, and no script except its own,
    which is identified by its hash. The script filters the full list and warns when the page is
    over 30 hours old. `new` is as in `build_view`. `lists` is the name of the
    spreadsheet beside the page, `report_to` whom readers write to that an item is wrong, `other` a
    page that the top leads to.
    """
    script = _read_asset("report.js")
    # A Content-Security-Policy identifies a script by its hash (CSP level 2, section 4.2.5).
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")
    view, words = build_view(manifest, lang, new), words_of(lang)

    def write_link(item: Item) -> str:
        return write_objection(report_to, item, words, view.made_at) if report_to else ""

    return render_template(
        "report.html.jinja",
        view=view,
        labels=words.labels,
        words=words,
        objection=write_link,
        terms=frozenset(term.code for term in view.legend),
        lists=lists,
        other=other,
        most_news=MOST_NEWS,
        most_reasons=_MOST_REASONS,
        style=Markup(_read_asset("report.css")),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        script_hash=f"sha256-{digest}",
    )


def render_template(name: str, **values: object) -> str:
    """Return one of our templates as HTML; Jinja escapes every value."""
    return _environment().get_template(name).render(**values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("syncer.report", _TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.filters["keep_together"] = _keep_together
    return environment


def _keep_together(text: str) -> str:
    """Return the text with a no-break space between every number and its noun."""
    return _AFTER_NUMBER.sub("\N{NO-BREAK SPACE}", text)


@cache
def _read_asset(name: str) -> str:
    return files("syncer.report").joinpath(_TEMPLATES, name).read_text(encoding="utf-8")
