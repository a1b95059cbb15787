"""The report with one line for each finding, as editors and pagers understand it."""

from __future__ import annotations

from collections.abc import Collection

from syncer.manifest.document import StatusManifest
from syncer.redact import make_visible
from syncer.report.view.annotations import Annotation, list_annotations
from syncer.report.words import Lang


def render_short(
    manifest: StatusManifest,
    *,
    lang: Lang,
    new: Collection[str] | None = None,
    only: Collection[str] | None = None,
) -> str:
    """Return one line for each open finding, by page, line and column; "" without any.

    `path:line:column: severity code: what → correction`. Paths start at the top of the handbook's
    repository. `new` is as in `render_github`: what the baseline has is not shown. `only` are the
    ids of the findings to show, whatever the baseline has.
    """
    shown = [
        one
        for one in list_annotations(manifest, lang=lang, new=new)
        if (one.id in only if only is not None else not (one.waived or one.explained or one.known))
    ]
    shown.sort(key=lambda one: (one.page or "", one.line or 0, one.column or 0, one.id))
    return "".join(f"{write_line(one, manifest.handbook.prefix)}\n" for one in shown)


def write_line(one: Annotation, prefix: str) -> str:
    """Return the line of a finding; one that concerns no page begins with "-"."""
    page = "-" if one.page is None else make_visible(prefix + one.page)
    correction = f" → {one.action}" if one.action else ""
    return (
        f"{page}:{one.line or 1}:{one.column or 1}: {make_visible(one.severity)} {one.code}: "
        f"{one.sentence or one.title}{correction}"
    )
