"""The report as one HTML file: no network, no script needed, nothing beside it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Collection
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from syncer.manifest.document import StatusManifest
from syncer.report.view import build_view
from syncer.report.words import Lang, words_of

_TEMPLATES = "templates"
_AFTER_NUMBER = re.compile(r"(?<=\d) (?=\w)")


def render_html(manifest: StatusManifest, *, lang: Lang, new: Collection[str] | None = None) -> str:
    """Return the report as a page, byte-equal for the same manifest and language.

    Everything is escaped by Jinja, and the page's policy lets no script run but its own, known by
    its hash, and no request leave the file. The script only improves: it filters the list of
    everything and warns when the page is over 30 hours old. `new` as in `build_view`.
    """
    style, script = _read_asset("report.css"), _read_asset("report.js")
    return (
        _environment()
        .get_template("report.html.jinja")
        .render(
            view=build_view(manifest, lang, new),
            labels=words_of(lang).labels,
            words=words_of(lang),
            style=Markup(style),  # noqa: S704 - our own file
            script=Markup(script),  # noqa: S704 - our own file
            script_hash=_hash_for_policy(script),
        )
    )


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
    """Return the text with every number kept on the line of what it counts."""
    return _AFTER_NUMBER.sub("\N{NO-BREAK SPACE}", text)


@cache
def _read_asset(name: str) -> str:
    return files("syncer.report").joinpath(_TEMPLATES, name).read_text(encoding="utf-8")


def _hash_for_policy(script: str) -> str:
    """Return what a Content-Security-Policy knows a script by (CSP level 2, section 4.2.5)."""
    digest = hashlib.sha256(script.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"
