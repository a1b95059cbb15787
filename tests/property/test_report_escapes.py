"""Every report shows the strings of any manifest as plain text."""

from __future__ import annotations

import unicodedata
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import cmarkgfm
import msgspec
import openpyxl
from cmarkgfm.cmark import Options
from hypothesis import example, given
from hypothesis import strategies as st

from syncer.manifest.document import FindingRecord, ReasonRecord, StatusManifest
from syncer.report.github import render_github
from syncer.report.html import render_html
from syncer.report.junit import render_junit
from syncer.report.markdown import render_markdown
from syncer.report.sarif import render_sarif
from syncer.report.terminal import render_terminal
from syncer.report.words import Lang
from syncer.report.xlsx import render_xlsx

KEPT = Path(__file__).parents[1] / "golden" / "manifests" / "well.json"
WELL = msgspec.json.decode(KEPT.read_bytes(), type=StatusManifest)
names = st.one_of(
    st.text(min_size=1, max_size=60),
    st.text("<>|*_`[]()#!&;:%\\\"'=\n\r\t\x1b\u202e\u2028@.-+ a/", min_size=1, max_size=40),
    st.sampled_from(
        [
            "www.example.org/x",
            "http://example.org",
            "a@example.org",
            "ftp://a.b",
            "@os2",
            "     code",
            "\r\r    code",
            "mailto:a@b.dk",
            "- [x] done",
        ]
    ),
    st.sampled_from(["<script>alert(1)</script>", "]]>", "-->", "::error::", "{{ x }}", "x" * 255]),
)


def _with(name: str, code: str) -> StatusManifest:
    """Return a manifest in which a row, its file, its page and a finding have a given name."""
    first = WELL.resources[0]
    row = replace(
        first,
        name=name,
        label=name,
        section=name,
        page=name,
        status="missing",
        suggestion=name,
        files=(replace(first.files[0], path=name),),
    )
    finding = FindingRecord(
        id="f1",
        code=code,
        severity="error",
        owner="secretariat",
        page=name,
        line=3,
        subject=name,
        args={"name": name, "files": (name, name), "n": 3, "nothing": None},
        hint=ReasonRecord(code="put-file", args={"file_name": name, "folder": name, "url": name}),
        caused_by=None,
        first_seen_at=datetime(2026, 11, 1, tzinfo=UTC),
        runs=2,
        waived_until=None,
        resource=row.id,
    )
    return replace(WELL, resources=(row, *WELL.resources[1:]), findings=(finding,))


class _Tags(HTMLParser):
    """Collects the elements that a browser would find in a page."""

    def __init__(self, page: str) -> None:
        """Parse a page."""
        super().__init__()
        self.tags: list[str] = []
        self.bad: list[tuple[str, str | None]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Store the tag, and attributes that run or fetch something."""
        self.tags.append(tag)
        self.bad += [
            (name, value)
            for name, value in attrs
            if name.startswith("on")
            or name in ("src", "style")
            or (name == "href" and not (value or "").startswith(("http://", "https://", "#")))
        ]


_PLAIN = _Tags(render_html(_with("x", "resource-missing"), lang=Lang.DA))


@given(name=names)
def test_html_has_no_other_tags_for_any_name(name: str) -> None:
    """A name adds no tag, no active attribute and no foreign link."""
    read = _Tags(render_html(_with(name, "resource-missing"), lang=Lang.DA))
    assert read.bad == []
    tags, plain = Counter(read.tags), Counter(_PLAIN.tags)
    assert tags.keys() <= plain.keys()
    # Which details are shown depends on the name: a mail address, for example, is hidden.
    assert all(tags[tag] == plain[tag] for tag in ("html", "head", "body", "script", "style", "h2"))


_AS_GITHUB = Options.CMARK_OPT_UNSAFE  # so that HTML in the text would be seen


def _tags_on_github(name: str, code: str) -> Counter[str]:
    page = render_markdown(_with(name, code), lang=Lang.DA)
    read = _Tags(cmarkgfm.github_flavored_markdown_to_html(page, options=_AS_GITHUB))
    assert read.bad == []
    return Counter(read.tags)


@example(name="    bilag", code="link-broken")
@example(name="\r\r\r", code="resource-missing")
@example(name="\t\tbilag", code="    kode")
@given(name=names, code=st.one_of(st.just("link-broken"), names))
def test_markdown_has_no_other_tags_for_any_name(name: str, code: str) -> None:
    """With GitHub's own parser a name adds no link, image, HTML, heading, table or code block."""
    tags = _tags_on_github(name, code)
    assert tags["h2"] == 5
    assert not {"img", "pre", "blockquote", "script", "input", "hr", "del", "table"} & set(tags)
    # The row's page and place are links of our own, and so is the folder to put the file in.
    assert tags["a"] <= _tags_on_github("x", code)["a"]


@given(name=names, code=names, width=st.integers(0, 200))
def test_the_terminal_obeys_no_name(name: str, code: str, width: int) -> None:
    """Without colour the output contains no control character except our line feeds."""
    shown = render_terminal(_with(name, code), lang=Lang.EN, width=width, color=False)
    categories = set(map(unicodedata.category, set(shown) - {"\n"}))
    assert not categories & {"Cc", "Cs", "Zl", "Zp"}
    assert not set(shown) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068")


@given(name=names, code=names)
def test_machine_formats_stay_readable(name: str, code: str) -> None:
    """SARIF is JSON, JUnit is XML, xlsx opens without formulas, an annotation is one line."""
    manifest = _with(name, code)
    assert len(msgspec.json.decode(render_sarif(manifest, lang=Lang.DA))["runs"]) == 1
    assert ET.fromstring(render_junit(manifest, lang=Lang.DA)).tag == "testsuites"  # noqa: S314
    workbook = openpyxl.load_workbook(BytesIO(render_xlsx(manifest, lang=Lang.DA)))
    kinds = {cell.data_type for sheet in workbook.worksheets for row in sheet for cell in row}
    assert "s" in kinds <= {"s", "n", "d"}
    shown = render_github(manifest, lang=Lang.DA)
    assert len(shown.splitlines()) == 2
    shown.encode()
