"""Every format of the golden manifests, byte for byte.

People's formats are kept in both languages, machine formats in Danish. `SYNCER_UPDATE_GOLDEN=1`
writes the files again; read the changes before you commit them.
"""

from __future__ import annotations

import json
import os
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import jsonschema
import msgspec
import pytest

from syncer.manifest.document import StatusManifest
from syncer.manifest.news import find_news
from syncer.report.github import render_github, render_job_summary
from syncer.report.html import render_html
from syncer.report.junit import render_junit
from syncer.report.mail_digest import digest_run
from syncer.report.mail_texts import MailTexts, render_mail
from syncer.report.markdown import render_markdown
from syncer.report.sarif import render_sarif
from syncer.report.terminal import render_summary_line, render_terminal
from syncer.report.words import Lang
from tests.golden.golden_manifests import NAMES

REPORTS = Path(__file__).parent / "reports"
# The style and the script of the page are files of their own.
_ASSETS = re.compile(r"(?s)(?<=<style>).*?(?=</style>)|(?<=<script>).*?(?=</script>)|sha256-[^']+")
Render = Callable[[StatusManifest, Lang], str]
FORMATS: dict[str, Render] = {
    "terminal.txt": lambda manifest, lang: render_terminal(
        manifest, lang=lang, width=80, color=False
    ),
    "color.txt": lambda manifest, lang: render_terminal(manifest, lang=lang, width=80, color=True),
    "summary.txt": lambda manifest, lang: render_summary_line(manifest, lang=lang) + "\n",
    "md": lambda manifest, lang: render_markdown(manifest, lang=lang),
    "html": lambda manifest, lang: _ASSETS.sub("", render_html(manifest, lang=lang)),
    "sarif": lambda manifest, lang: render_sarif(manifest, lang=lang),
    "junit.xml": lambda manifest, lang: render_junit(manifest, lang=lang),
    "github.txt": lambda manifest, lang: render_github(manifest, lang=lang),
    "mail.txt": lambda manifest, lang: _write_mail(manifest, lang).text,
    "mail.html": lambda manifest, lang: _write_mail(manifest, lang).html,
}


def _write_mail(manifest: StatusManifest, lang: Lang) -> MailTexts:
    """Return the mail after a complete night with none of the manifest's changes."""
    changes = manifest.changes
    before = replace(
        manifest,
        findings=tuple(one for one in manifest.findings if one.id not in changes.new),
        changes=replace(changes, fixed=()),
        run=replace(manifest.run, complete=True),
    )
    news = find_news(manifest, None if changes.since is None else before)
    digest = digest_run(manifest, news, lang=lang, weekly=not news.is_notable)
    texts = render_mail(digest, report_url="https://boks.example.dk/f/12345")
    return replace(texts, text=f"{texts.subject}\n\n{texts.text}")


_FOR_PEOPLE = ("terminal.txt", "summary.txt", "md", "html", "mail.txt")
CASES = [(form, lang) for form in FORMATS for lang in (Lang if form in _FOR_PEOPLE else (Lang.DA,))]


@pytest.mark.parametrize(("form", "lang"), CASES)
def test_a_report_is_byte_equal(golden: tuple[str, StatusManifest], form: str, lang: Lang) -> None:
    """The same manifest renders to the same bytes on every day and in every environment."""
    name, manifest = golden
    shown = FORMATS[form](manifest, lang)
    assert shown.endswith("\n")
    file = REPORTS / f"{name}.{lang}.{form}"
    if os.environ.get("SYNCER_UPDATE_GOLDEN"):
        file.write_bytes(shown.encode("utf-8"))
    assert shown == file.read_bytes().decode("utf-8")
    assert FORMATS[form](manifest, lang) == shown


def test_no_golden_report_is_obsolete() -> None:
    """Every file in the folder belongs to a manifest, a format and a language."""
    expected = {f"{name}.{lang}.{form}" for name in NAMES for form, lang in CASES}
    assert {path.name for path in REPORTS.iterdir()} == expected


def test_machine_formats_can_be_read_back(golden: tuple[str, StatusManifest]) -> None:
    """SARIF is JSON, JUnit is XML, and every annotation is one line."""
    _, manifest = golden
    assert msgspec.json.decode(render_sarif(manifest, lang=Lang.DA))
    assert ET.fromstring(render_junit(manifest, lang=Lang.DA)).tag == "testsuites"  # noqa: S314
    annotations = render_github(manifest, lang=Lang.DA).splitlines()
    assert annotations
    assert all(line.startswith(("::error ", "::warning", "::notice")) for line in annotations)


def test_the_job_summary_is_the_markdown(golden: tuple[str, StatusManifest]) -> None:
    """A report within GitHub's limit is not cut."""
    _, manifest = golden
    assert render_job_summary(manifest, lang=Lang.EN) == render_markdown(manifest, lang=Lang.EN)


@pytest.mark.parametrize("lang", list(Lang))
def test_sarif_is_valid(golden: tuple[str, StatusManifest], lang: Lang) -> None:
    """The published schema of SARIF 2.1.0 accepts every report."""
    schema = os.environ.get("SYNCER_TEST_SARIF")
    if not schema:
        pytest.skip("set SYNCER_TEST_SARIF to the schema sarif-2.1.0.json")
    manifest = replace(golden[1], handbook=replace(golden[1].handbook, prefix="hånd bog/"))
    document = json.loads(render_sarif(manifest, lang=lang))
    validator = jsonschema.Draft202012Validator(
        json.loads(Path(schema).read_text("utf-8")),
        format_checker=jsonschema.FormatChecker(),
    )
    assert [error.message for error in validator.iter_errors(document)] == []
    # The schema must reject a level that does not exist.
    document["runs"][0]["results"] = [{"message": {"text": "x"}, "level": "fatal"}]
    assert not validator.is_valid(document)
