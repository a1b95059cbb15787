"""What `syncer fix` corrects and what it cannot, for people."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from syncer.handbook.jekyll.permalink import extension_of
from syncer.handbook.kramdown.options import GITHUB_EXTENSIONS
from syncer.manifest.document import StatusManifest
from syncer.model.corrections import Uncorrected
from syncer.model.findings import Owner
from syncer.redact import make_visible, mask_user_info
from syncer.report.markdown import escape
from syncer.report.short import write_line
from syncer.report.view.annotations import Annotation, list_annotations
from syncer.report.words import Lang, words_of

_UNTIL = timedelta(days=182)


def render_patch_head(
    manifest: StatusManifest, mended: Collection[str], pages: int, *, lang: Lang
) -> str:
    """Return the text above a patch: which findings it corrects; `git apply` skips it."""
    labels, words = words_of(lang).labels, words_of(lang)
    lines = [words.fill(labels.fix_head, count=len(mended), pages=pages)]
    lines += [
        f"  {write_line(one, manifest.handbook.prefix)}" for one in _select(manifest, mended, lang)
    ]
    return "\n".join(lines) + "\n\n"


def render_corrected(
    manifest: StatusManifest,
    mended: Collection[str],
    changes: Mapping[str, Sequence[tuple[str, str]]],
    pages: int,
    *,
    lang: Lang,
    check: bool,
) -> str:
    """Return the Markdown that names what was corrected, or with `check` what can be.

    `changes` are the texts before and after, by the id of the finding that they mend. What a person
    would do is not said: nothing is left to do.
    """
    words = words_of(lang)
    if not mended:
        return f"{escape(words.labels.fix_none)}\n"
    title = words.labels.fix_would if check else words.labels.fix_made
    lines = [f"## {escape(words.fill(title, count=len(mended), pages=pages))}"]
    page = None
    for one in _select(manifest, mended, lang):
        if one.page != page:
            page = one.page
            lines += ["", f"### {escape(make_visible(page or ''))}", ""]
        lines.append(f"- {one.line}: {escape(one.title)}. {escape(one.sentence)}")
        lines += [
            f"  - {_show_line(before)} → {_show_line(after)}"
            for before, after in changes.get(one.id, ())
        ]
    return "\n".join(lines) + "\n"


def _show_line(text: str) -> str:
    """Return a piece of a page, without the passwords of its addresses."""
    return escape(make_visible(mask_user_info(text)))


def list_uncorrected(
    manifest: StatusManifest,
    rest: Sequence[Uncorrected],
    waivable: Collection[str],
    today: date,
    *,
    lang: Lang,
) -> Iterator[str]:
    """Yield a line for each finding of a maintainer that has no correction, and why.

    A finding that must be corrected by hand gets the ready line that accepts it. What others must
    do, such as bringing a document, is only counted.
    """
    words = words_of(lang)
    reasons = {one.finding.id: one.reason for one in rest}
    mine = [one for one in rest if _is_for_maintainers(one)]
    shown = _select(manifest, {one.finding.id for one in mine}, lang)
    if shown:
        yield words.fill(words.labels.fix_rest, count=len(shown))
    for one in shown:
        reason = reasons[one.id]
        yield f"  {write_line(one, manifest.handbook.prefix)}"
        yield f"    {words.reason(reason.code, reason.args)}"
        if one.code in waivable and reason.code != "fix-not-asked":
            yield from (f"    {line}" for line in _write_waiver(one, today, lang))
    others = len(rest) - len(mine)
    if others:
        yield words.fill(words.labels.fix_others, count=others)


def _is_for_maintainers(one: Uncorrected) -> bool:
    return one.finding.owner is Owner.MAINTAINER or one.reason.code != "fix-by-hand"


def _select(manifest: StatusManifest, ids: Collection[str], lang: Lang) -> list[Annotation]:
    found: Iterable[Annotation] = list_annotations(manifest, lang=lang)
    return sorted(
        (one for one in found if one.id in ids),
        key=lambda one: (one.page or "", one.line or 0, one.column or 0, one.id),
    )


def _write_waiver(one: Annotation, today: date, lang: Lang) -> Iterator[str]:
    """Yield how to accept a finding: the comment, or the lines of `.syncer.toml`, ready to copy."""
    words = words_of(lang)
    labels, until = words.labels, (today + _UNTIL).isoformat()
    if one.line is not None and extension_of(one.page or "") in GITHUB_EXTENSIONS:
        comment = f"<!-- syncer: ignore {one.code} until {until}: {labels.fix_why} -->"
        yield words.fill(labels.fix_ignore, line=comment)
        return
    yield labels.fix_ignore_file
    yield "[[waive]]"
    yield f'code = "{one.code}"'
    yield f"page = {json.dumps(make_visible(one.page or ''), ensure_ascii=False)}"
    yield f'reason = "{labels.fix_why}"'
    yield f"until = {until}"
