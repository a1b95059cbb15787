"""Texts that are written to take time or memory outside of the pages' own budget."""

from __future__ import annotations

import io
import subprocess
import threading
import time
import tracemalloc
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import requests
from urllib3 import HTTPResponse

from syncer.handbook.own_settings import MAX_BYTES, read_own_settings
from syncer.manifest.mail import MASK, mask_mail, replace_mail
from syncer.net.deadlines import Patience, begin_request
from syncer.web import fetch
from syncer.web.answers import Absence
from syncer.web.fragments import MAX_PAGE_BYTES, AnchorSearch

Syncer = Callable[..., "subprocess.CompletedProcess[str]"]

_PARTS = "a." * 30_000
_PIECE = 8192


def read_settings(text: str) -> tuple[str, float, int]:
    """Return the first problem of a `.syncer.toml`, the time in s, and the memory in bytes."""
    tracemalloc.start()
    start = time.process_time()
    own = read_own_settings(text, [], [], codes={"link-broken"}, today=date(2026, 11, 29))
    took_s, peak = time.process_time() - start, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return str(own.problems[0].reason.args), took_s, peak


@pytest.mark.parametrize(
    "text",
    [
        f"{_PARTS}a = 1",
        f"[{_PARTS}a]",
        f"x = {{ {_PARTS}a = 1 }}",
        f'"\\\\".{_PARTS}"" = 1',
        f'"\x85".{_PARTS}a = 1',
        f"'\"'.{_PARTS}a = 1",
        f'x = """a"""""\n{_PARTS}a = 1',
        f"x = '''a'''''\n{_PARTS}a = 1",
        f'#"""\n{_PARTS}a = 1',
    ],
)
def test_a_key_of_many_parts_is_refused(text: str) -> None:
    """However strings and comments before it are written: tomllib would take gigabytes."""
    problem, took_s, peak = read_settings(text)
    assert "a key of many parts" in problem
    assert (took_s < 1, peak < 20 << 20) == (True, True)


@pytest.mark.parametrize(
    "text", ['x="' + '"\\\\' * 20_000, 'x="""' + '"""a' * 15_000 + "\\", "x='''" + "'''a" * 15_000]
)
def test_strings_without_an_end_take_no_time(text: str) -> None:
    """Each place is scanned once."""
    _, took_s, peak = read_settings(text[:MAX_BYTES])
    assert (took_s < 1, peak < 20 << 20) == (True, True)


def test_dots_in_texts_are_no_keys() -> None:
    """A reason may be of many sentences, also in several lines, and a comment too."""
    reason = 'Se a.b.c.d.e.f.g.h.i.j.k. \\" Og l.m.n. '
    text = (
        f'# {reason * 3}\n[[waive]] # {reason}\ncode = "link-broken"\nsubject = "a"\n'
        f'until = 2027-02-01\nreason = """{reason}\n{reason}"""\n'
    )
    own = read_own_settings(text, [], [], codes={"link-broken"}, today=date(2026, 11, 29))
    assert (len(own.waivers), own.problems) == (1, ())


@pytest.mark.parametrize(
    "text",
    [
        "U" + "%40a.a.a.a.a." * 8_000,
        "a@" * 50_000,
        "a@a." * 25_000,
        "a" * 64 + "@" + "a." * 50_000,
    ],
)
def test_mail_addresses_are_searched_quickly(text: str) -> None:
    """100 kB of what looks like the start of one."""
    start = time.process_time()
    replace_mail(text, MASK)
    assert time.process_time() - start < 0.2


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Skriv til a.b+c@d-e.dk, x", f"Skriv til {MASK}, x"),
        ("?til=a%40b.dk&x", f"?til={MASK}&x"),
        ("a@b.dk%40c.dk", MASK),
        ("a@b.dk,c@d.dk", f"{MASK},{MASK}"),
        ("https://x.dk/p@1.2.3", "https://x.dk/p@1.2.3"),
        ("@a.dk", "@a.dk"),
    ],
)
def test_mail_addresses_are_masked_as_before(text: str, masked: str) -> None:
    """Whole addresses, encoded or not, and nothing else."""
    assert mask_mail(text) == masked


@pytest.mark.parametrize("end", [b"</b>", b"</p>"])
def test_a_deep_web_page_is_left_unread(end: bytes) -> None:
    """For each end tag libxml2 looks through all open elements: minutes for this page."""
    page = b"<html><body>" + b"<div>" * 200_000 + end * 245_000
    start = time.process_time()
    search = AnchorSearch({"x"}, "utf-8")
    for at in range(0, len(page), _PIECE):
        if not search.feed(page[at : at + _PIECE]):
            break
    assert search.finish(complete=True).absence is Absence.UNREAD
    assert time.process_time() - start < 3


def test_a_page_of_ordinary_depth_is_read_to_its_end() -> None:
    """Six hundred levels throughout a page of the full size."""
    page = b"<p>" + b"<b>" * 600
    page += b"<i></i>" * ((MAX_PAGE_BYTES - len(page) - 20) // 7) + b"<p id=x>"
    search = AnchorSearch({"x"}, "utf-8")
    pieces = (page[at : at + _PIECE] for at in range(0, len(page), _PIECE))
    assert not all(search.feed(piece) for piece in pieces)
    assert search.finish(complete=True).found == {"x"}


@pytest.mark.parametrize("stopped", [True, False])
def test_parsing_a_web_page_ends_with_the_request(*, stopped: bool) -> None:
    """After a stop, or at its deadline, also when the whole page is already here."""
    stop = threading.Event()
    if stopped:
        stop.set()
    begin_request(Patience(answer_s=60 if stopped else 0, stop=stop))
    response = requests.Response()
    response.raw = HTTPResponse(io.BytesIO(b"<p id=a>" * 1000), preload_content=False)
    search = AnchorSearch({"a"}, "utf-8")
    try:
        _, complete = fetch._read_body(response, search)
    finally:
        begin_request(Patience())
    assert not complete
    assert search.finish(complete=complete).found == frozenset()


@pytest.mark.parametrize(
    "front_matter",
    [
        'title: "a\\ud800b"',
        'permalink: "/a\\ud800b/"',
        'redirect_from: "/a\\ud800b"',
        '"a\\ud800": x',
        '? "\\ud800"\n: !!str "\\udfff"',
    ],
)
def test_half_a_character_in_front_matter_ends_no_run(
    syncer: Syncer, tmp_path: Path, front_matter: str
) -> None:
    """YAML's escapes can write what no UTF-8 file can hold; Jekyll reads no such front matter."""
    (tmp_path / "_config.yml").write_text("title: x\n", "utf-8")
    (tmp_path / "index.md").write_text(f"---\n{front_matter}\n---\n# Side\n\n[a](b.md)\n", "utf-8")
    done = syncer("audit", "--offline", "--no-config", "--format", "json", "--handbook", tmp_path)
    assert done.returncode == 1, done.stderr
    assert "link-broken" in done.stdout
    assert "front-matter-not-yaml" in done.stdout
