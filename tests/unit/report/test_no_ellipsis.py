"""A missing argument never leaves a hole in a sentence, in any format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from syncer.audit.codes import FINDING_CODES
from syncer.delivery.mail import build_mail
from syncer.manifest.document import FindingRecord, ReasonRecord, StatusManifest
from syncer.manifest.news import News
from syncer.report.explain import render_explanation
from syncer.report.github import render_github
from syncer.report.html import render_html
from syncer.report.junit import render_junit
from syncer.report.markdown import render_markdown
from syncer.report.notice import phrase_notice
from syncer.report.sarif import render_sarif
from syncer.report.short import render_short
from syncer.report.terminal import render_state, render_summary_line, render_terminal
from syncer.report.words import Lang, words_of

if TYPE_CHECKING:
    from tests.unit.report.records import Make

ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


def _write_mail(manifest: StatusManifest, lang: Lang) -> str:
    ids = {finding.id for finding in manifest.findings}
    notice = phrase_notice(manifest, lang=lang, new=ids, fixed=())
    news = News(new=manifest.findings, fixed=(), completeness=False, rules=False, first=False)
    mail = build_mail(
        manifest,
        news,
        lang=lang,
        sender="a@example.dk",
        to=("b@example.dk",),
        report_url=None,
        now=datetime(2026, 11, 23, 2, 15, tzinfo=UTC),
    )
    parts = [part.get_content() for part in mail.walk() if not part.is_multipart()]
    return "\n".join([*notice.lines, str(mail["Subject"]), *parts])


FORMATS: dict[str, Callable[[StatusManifest, Lang], str]] = {
    "html": lambda manifest, lang: render_html(manifest, lang=lang),
    "markdown": lambda manifest, lang: render_markdown(manifest, lang=lang),
    "terminal": lambda manifest, lang: render_terminal(manifest, lang=lang, width=200, color=False),
    "summary": lambda manifest, lang: render_summary_line(manifest, lang=lang),
    "status": lambda manifest, lang: "\n".join(render_state(manifest, lang=lang)),
    "short": lambda manifest, lang: render_short(manifest, lang=lang),
    "sarif": lambda manifest, lang: render_sarif(manifest, lang=lang),
    "junit": lambda manifest, lang: render_junit(manifest, lang=lang),
    "github": lambda manifest, lang: render_github(manifest, lang=lang),
    "explain": lambda manifest, lang: (
        render_explanation(manifest, "Aftale", lang=lang, width=200) or ""
    ),
    "mail": _write_mail,
}


def _find_bare(make: Make) -> Iterator[FindingRecord]:
    """Yield each finding code with no argument at all: alone, of a row, and of a link."""
    for code in sorted(FINDING_CODES):
        severity, owner = FINDING_CODES[code]
        for about in (None, make.row("Aftale", places=()), make.link("")):
            yield make.finding(code, about, severity=severity, owner=owner)


def _find_reasons(make: Make) -> Iterator[FindingRecord]:
    """Yield each reason without arguments: as a hint, and as the cause of a finding."""
    for code in sorted(words_of(Lang.DA).tables.reasons):
        link = make.link("https://example.dk", "broken")
        yield make.finding("link-broken", link, hint=ReasonRecord(code=code))
        yield make.finding("link-broken", make.link("", "broken"), args={"why": code})


def _make_manifest(make: Make, findings: tuple[FindingRecord, ...]) -> StatusManifest:
    """Return a manifest whose records have every reason, none with its arguments."""
    reasons = [ReasonRecord(code=code) for code in sorted(words_of(Lang.DA).tables.reasons)]
    rows = tuple(
        make.row(f"Aftale {reason.code}", "undetermined", reason=reason) for reason in reasons
    )
    links = tuple(make.link("", "blocked", reason=reason) for reason in reasons)
    shares = tuple(
        make.share(id=f"boks.example.dk/{n}", status="unreadable", reason=reason)
        for n, reason in enumerate(reasons)
    )
    run = make.run(complete=False, incomplete_because=tuple(reasons))
    return make.manifest(rows, links, findings, shares=shares, run=run)


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("form", list(FORMATS))
def test_what_is_missing_leaves_no_hole(make: Make, form: str, lang: Lang) -> None:
    """Whatever a manifest omits, no format shows a sentence with a hole."""
    manifest = _make_manifest(make, (*_find_bare(make), *_find_reasons(make)))
    shown = FORMATS[form](manifest, lang)
    assert ELLIPSIS not in shown
    assert "\\u2026" not in shown


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("form", ["html", "markdown", "terminal", "short", "sarif", "junit"])
@pytest.mark.parametrize("url", ["../processer/rejser.md", "https://example.dk/ny"])
def test_no_correction_is_lost(make: Make, form: str, lang: Lang, url: str) -> None:
    """The address to write is shown, once for a reader, whether it is relative or whole."""
    link = make.link("gammel", "broken")
    for code in ("link-use", "use-link"):
        hint = ReasonRecord(code=code, args={"url": url})
        finding = make.finding("link-broken", link, owner="maintainer", hint=hint)
        manifest = make.manifest(links=(link,), findings=(finding,))
        shown = FORMATS[form](manifest, lang)
        assert ELLIPSIS not in shown
        assert url in shown.replace("\\_", "_").replace("\\", "")


@pytest.mark.parametrize("lang", list(Lang))
def test_a_finding_without_its_arguments_is_still_named(make: Make, lang: Lang) -> None:
    """The badge and the subject remain of a finding that an earlier version described otherwise."""
    finding = make.finding("resource-missing", subject="Vedtægter")
    manifest = make.manifest(findings=(replace(finding, args={}),))
    badge = words_of(lang).finding("resource-missing").badge
    assert f"**Vedtægter** – {badge}" in FORMATS["markdown"](manifest, lang)
    assert f"{badge}." in FORMATS["short"](manifest, lang)
