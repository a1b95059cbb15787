"""From finding to correction: proposed, proven, and taken by `git apply`."""

from __future__ import annotations

import re
import subprocess
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from syncer.config import Secrets, Settings
from syncer.config.settings import (
    AliasSettings,
    HandbookSettings,
    LinksSettings,
    NextcloudSettings,
)
from syncer.fix.edited_pages import encode_page
from syncer.fix.patch import render_patch
from syncer.pipeline import corrections
from syncer.pipeline.corrections import Corrections, FixChoice, find_corrections
from syncer.pipeline.job import Job, Memory
from syncer.pipeline.options import AuditOptions
from syncer.pipeline.run import Judged, Knowledge, conclude, judge, look
from syncer.surroundings import Surroundings
from tests.cloud.server import CloudServer
from tests.pipeline.handbooks import START, TOKEN, FakeClock

CONFIG = """title: Håndbog
baseurl: /handbook
url: https://haandbog.example
aux_links:
  "Aftaler": "{base}/s/{token}?{ignored}=%2FAftaler"
  'Vejen': /handbook/docs/vejen
footer_content: 'Se <a href="/docs/vejen.html">vejen</a>.'
"""
INDEX = """---
title: Samarbejde
---

# Samarbejde

Se [det]({base}/s/{token}?{ignored}=/Aftaler "Titel"), <a class='x' href="/docs/vejen.html">v</a>,
<{base}/s/{token}?{ignored}=%2FSkabeloner>,
[vejen][v], [gammel](docs/gamle/plads.html#møder), [lige](docs/VEJEN.html),
[b](docs/vejen.html#forord), {base}/s/{token}?{ignored}=%2FAftaler.

[v]: <docs/vejen.htm> 'Vejen'

## Ressourcer

| Ressource                | Beskrivelse | Placering                                             |
|--------------------------|-------------|-------------------------------------------------------|
| **OS2’s partneraftale**  | Ramme. | [A & mere]({base}/s/{token}?{ignored}=%2FAftaler&amp;x=1) |
| **Vejledning             | Om det. | [Aftaler]({base}/s/{token}?dir=%2FAftaler&path=%2FAftaler) |
| **Tilslutningsaftale** (ToDo) | Deltag. | Nextcloud / Skabeloner                               |
| **FLOSS-aftalen** | Licens. | [Nextcloud]({base}/s/{token}?dir=%2FAftaler&path=%2FAftaler) |
"""
ROAD = (
    "---\ntitle: Vejen\n---\n\n# Vejen\n\n## Forordet\n\n"
    "Se [forsiden](/index.html) og [huset](/handbook/).\n"
)
PLACE = "---\ntitle: Plads\n---\n\n# Plads\n\n## Møder\n\n[Indefra]({base}/f/{file_id})\n"


@pytest.fixture
def folder(tmp_path: Path, server: CloudServer) -> Path:
    """Give a git repository with a handbook in every notation, with CRLF and a mark."""
    root = tmp_path / "repo" / "håndbog"
    ignored = "dir" if server.cloud.major < 31 else "path"
    fill = {"base": server.base_url, "token": TOKEN, "ignored": ignored}
    fill["file_id"] = str(server.cloud.add_file("Boks/Aftaler/Vejledning.pdf", b"indhold", START))
    texts = {
        "_config.yml": CONFIG,
        "index.md": INDEX,
        "docs/vejen.md": ROAD.replace("\n", "\r\n"),
        "docs/nye/plads.md": PLACE,
    }
    for path, text in texts.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        filled = re.sub(r"\{(base|token|ignored|file_id)\}", lambda gap: fill[gap[1]], text)
        place.write_bytes(filled.encode("utf-8"))
    git(root.parent, "init", "-q")
    git(root.parent, "add", "-A")
    return root


def git(folder: Path, *arguments: str, stdin: bytes = b"") -> bytes:
    """Run git in a folder and return its output."""
    done = subprocess.run(
        ["git", "-c", "core.autocrlf=false", *arguments],
        cwd=folder,
        input=stdin,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def examine(
    folder: Path, server: CloudServer, clock: FakeClock, settings: Settings | None = None
) -> tuple[Knowledge, Judged]:
    """Look and judge, as an audit does."""
    base = settings or Settings()
    job = Job(
        settings=replace(
            base,
            handbook=HandbookSettings(source=str(folder)),
            nextcloud=(
                NextcloudSettings(host=urlsplit(server.base_url).netloc, base_url=server.base_url),
            ),
            links=LinksSettings(allow_private=True),
        ),
        options=AuditOptions(),
        secrets=Secrets(),
        memory=Memory(),
        around=Surroundings(now=clock.now, sleep=clock.sleep),
    )
    known = look(job)
    return known, judge(known)


def correct(known: Knowledge, judged: Judged, choice: FixChoice) -> Corrections:
    """Find the corrections; each finding is told of at most once, in the order of the findings."""
    found = find_corrections(known, judged, choice)
    order = {finding.id: number for number, finding in enumerate(judged.findings)}
    parts = (
        [order[one.finding.id] for one in found.made],
        [order[finding.id] for finding in found.also_gone],
        [order[one.finding.id] for one in found.rest],
    )
    assert [sorted(set(part)) for part in parts] == list(parts)
    assert len({*parts[0], *parts[1], *parts[2]}) == sum(map(len, parts))
    return found


def list_made(found: Corrections) -> list[tuple[str, int | None, str]]:
    """Return page, line and code of the corrections."""
    return [(str(c.finding.page), c.finding.line, c.finding.code) for c in found.made]


def explain_rest(found: Corrections) -> dict[str, str]:
    """Return why findings have no correction, by their code."""
    return {one.finding.code: one.reason.code for one in found.rest}


def write_pages(found: Corrections, folder: Path) -> None:
    """Make the corrections on disk."""
    for before, after in found.pages:
        assert (folder / before.path).read_bytes() == encode_page(before)
        (folder / before.path).write_bytes(encode_page(after))


ASK = FixChoice(ask=True)
SAFE_ONES = [
    ("_config.yml", 5, "share-link-opens-root"),
    ("_config.yml", 7, "link-broken"),
    ("docs/nye/plads.md", 9, "link-needs-login"),
    ("docs/vejen.md", 9, "link-broken"),
    ("index.md", 7, "link-broken"),
    ("index.md", 7, "share-link-opens-root"),
    ("index.md", 9, "link-broken"),
    ("index.md", 9, "link-broken"),
    ("index.md", 9, "link-broken"),
    ("index.md", 8, "share-link-opens-root"),
    ("index.md", 10, "link-bare"),
    ("index.md", 10, "share-link-opens-root"),
    ("index.md", 18, "share-link-opens-root"),
    ("index.md", 19, "table-malformed"),
]
ASKED_ONES = [("index.md", 20, "resource-arrived"), ("index.md", 21, "resource-elsewhere")]


def test_every_notation_is_corrected_and_git_takes_the_patch(
    folder: Path, server: CloudServer, clock: FakeClock
) -> None:
    """Each correctable finding gets its correction; afterwards an audit has none of them."""
    known, judged = examine(folder, server, clock)
    found = correct(known, judged, ASK)
    assert sorted(list_made(found)) == sorted(SAFE_ONES + ASKED_ONES)
    assert explain_rest(found) == {
        "link-anchor-missing": "fix-no-address",
        "file-unlisted": "fix-by-hand",
    }
    assert [finding.code for finding in found.also_gone] == ["place-unresolved"]
    road = (folder / "docs" / "vejen.md").read_bytes()
    git(folder.parent, "apply", stdin=render_patch(found.pages, known.handbook.prefix))
    assert found.pages
    for _, after in found.pages:
        assert (folder / after.path).read_bytes() == encode_page(after)
    assert (folder / "docs" / "vejen.md").read_bytes() == road.replace(
        b"(/index.html)", b"(/handbook/)"
    )

    known, judged = examine(folder, server, clock)
    assert {finding.code for finding in judged.findings} == {"link-anchor-missing", "file-unlisted"}
    assert correct(known, judged, ASK).pages == ()


def test_what_a_person_should_look_at_is_not_made_by_default(
    folder: Path, server: CloudServer, clock: FakeClock
) -> None:
    """Places and markers need `--ask` or `--only`, which then makes nothing else."""
    known, judged = examine(folder, server, clock)
    found = correct(known, judged, FixChoice())
    assert sorted(list_made(found)) == sorted(SAFE_ONES)
    assert explain_rest(found)["resource-arrived"] == "fix-not-asked"
    only = correct(known, judged, FixChoice(only=("resource-arrived",)))
    assert list_made(only) == ASKED_ONES[:1]


def test_the_manifest_says_what_can_be_corrected(
    folder: Path, server: CloudServer, clock: FakeClock
) -> None:
    """`fixable` is true where a correction is known, false where not; `column` is the link's."""
    known, judged = examine(folder, server, clock)
    findings = conclude(known, judged).findings
    by_code = {(one.page, one.line, one.code): one for one in findings}
    assert {key for key, one in by_code.items() if one.fixable} == {*SAFE_ONES, *ASKED_ONES}
    assert by_code["index.md", 10, "link-anchor-missing"].fixable is False
    assert by_code["index.md", 8, "share-link-opens-root"].column == 1


def _write(folder: Path, table: str, server: CloudServer) -> None:
    place = f"{server.base_url}/s/{TOKEN}"
    head = "---\ntitle: S\n---\n\n| Ressource | Placering |\n|---|---|\n"
    (folder / "index.md").write_text(head + table.replace("{place}", place), encoding="utf-8")


def test_a_correction_that_changes_another_row_is_dropped(
    tmp_path: Path, server: CloudServer, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A label that leads elsewhere would lead other rows there too; the others are corrected.

    They are told apart by more audits, of which there is an end.
    """
    _write(
        tmp_path,
        "| FLOSS-aftalen | [Boks]({place}?dir=%2FAftaler&path=%2FAftaler) |\n"
        "| Vejledning | Boks |\n"
        "| **Partneraftale | [Her]({place}?dir=%2FAftaler&path=%2FAftaler) |\n",
        server,
    )
    server.cloud.add_file("Boks/Aftaler/Vejledning.pdf", b"indhold", START)
    known, judged = examine(tmp_path, server, clock)
    found = correct(known, judged, ASK)
    assert list_made(found) == [("index.md", 9, "table-malformed")]
    assert explain_rest(found)["resource-elsewhere"] == "fix-not-proven"
    monkeypatch.setattr(corrections, "_MOST_AUDITS", 1)
    found = correct(known, judged, ASK)
    assert (found.made, explain_rest(found)["table-malformed"]) == ((), "fix-not-proven")


def test_a_proof_that_is_stopped_ends(folder: Path, server: CloudServer, clock: FakeClock) -> None:
    """What was not proven until then is not made."""
    known, judged = examine(folder, server, clock)
    known.job.around.stop.set()
    found = correct(known, judged, ASK)
    assert (found.made, found.pages) == ((), ())
    assert explain_rest(found)["link-broken"] == "fix-not-proven"


def test_what_is_waived_is_not_corrected(
    tmp_path: Path, server: CloudServer, clock: FakeClock
) -> None:
    """Somebody accepted the finding; the waiver would be unused afterwards."""
    comment = "<!-- syncer: ignore table-malformed until 2027-02-01: med vilje -->"
    _write(tmp_path, f"| **Vejledning {comment} | [Her]({{place}}) |\n", server)
    known, judged = examine(tmp_path, server, clock)
    assert any(one.waived_until for one in judged.findings)
    found = correct(known, judged, ASK)
    assert (found.made, found.pages) == ((), ())


def test_a_share_that_no_page_links_to_gets_into_no_page(
    tmp_path: Path, server: CloudServer, clock: FakeClock
) -> None:
    """A token that only the settings have stays there."""
    server.cloud.add_file("Skjult/Hemmelig aftale.pdf", b"indhold", START)
    server.cloud.share("Skjult000000001", "Skjult")
    _write(
        tmp_path,
        "| Hemmelig aftale | [Her]({place}?dir=%2FAftaler&path=%2FAftaler) |\n"
        "| Noget andet | Skuffen |\n",
        server,
    )
    host = urlsplit(server.base_url).netloc
    settings = Settings(
        alias=(AliasSettings(label="Skuffen", share=f"{host}/Skjult000000001", path=""),)
    )
    known, judged = examine(tmp_path, server, clock, settings)
    found = correct(known, judged, ASK)
    assert explain_rest(found)["resource-elsewhere"] == "fix-secret-address"
    assert "Skjult000000001" not in str(found.pages)


def test_a_page_behind_a_link_is_not_corrected(
    tmp_path: Path, server: CloudServer, clock: FakeClock
) -> None:
    """A symbolic link on the way leaves the page as it is, also for the patch."""
    (tmp_path / "håndbog").mkdir()
    (tmp_path / "håndbog" / "rigtig").mkdir()
    _write(tmp_path / "håndbog" / "rigtig", "| **Vejledning | [Her]({place}) |\n", server)
    (tmp_path / "håndbog" / "linket").symlink_to("rigtig")
    known, judged = examine(tmp_path / "håndbog", server, clock)
    found = correct(known, judged, FixChoice())
    assert [one.finding.page for one in found.made] == ["rigtig/index.md"]
    assert explain_rest(found)["table-malformed"] == "fix-linked-file"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("**Vejledning** (ToDo)", "**Vejledning**"),
        ("ToDo: Vejledning", "Vejledning"),
        ("Vejledning – *(ToDo)*", "Vejledning"),
        ("**(ToDo: efterår)** Vejledning", "Vejledning"),
        ("Vejledning (todo)", "Vejledning"),
    ],
)
def test_a_marker_goes_with_what_surrounds_it(
    tmp_path: Path, server: CloudServer, clock: FakeClock, before: str, after: str
) -> None:
    """Blanks, dashes and marks that only the marker needed go too."""
    server.cloud.add_file("Boks/Aftaler/Vejledning.pdf", b"indhold", START)
    row = "|  {name}  |[Aftaler]({place}?dir=%2FAftaler&path=%2FAftaler)|\n"
    _write(tmp_path, row.replace("{name}", before), server)
    known, judged = examine(tmp_path, server, clock)
    found = correct(known, judged, ASK)
    write_pages(found, tmp_path)
    text = (tmp_path / "index.md").read_text(encoding="utf-8")
    assert text.splitlines()[-1].startswith(f"|  {after}  |[Aftaler](")


def test_bare_addresses_become_links(tmp_path: Path, server: CloudServer, clock: FakeClock) -> None:
    """They get angle brackets, "www" a text; in a table as elsewhere, and only on a Jekyll site."""
    (tmp_path / "_config.yml").write_text("title: H\n", encoding="utf-8")
    page = tmp_path / "index.md"
    text = "---\ntitle: S\n---\n\nSe %s og %s.\n\n| a | %s |\n|---|---|\n| b | %s |\n"
    web = "http://127.0.0.1:9/a?b=1&c=2"
    page.write_text(text % (web, "www.example.invalid", web, web), encoding="utf-8")
    known, judged = examine(tmp_path, server, clock)
    found = correct(known, judged, FixChoice())
    write_pages(found, tmp_path)
    www = "[www.example.invalid](http://www.example.invalid)"
    assert page.read_text(encoding="utf-8") == text % (f"<{web}>", www, f"<{web}>", f"<{web}>")


class Redirects(BaseHTTPRequestHandler):
    """A web server whose page moved for good, and one that moved for now."""

    def do_GET(self) -> None:
        """Answer a request."""
        moved = {"/gl?a=1&b=2": (301, "/ny?a=1&b=2"), "/nu": (302, "/ny")}.get(self.path)
        self.send_response(moved[0] if moved else 200)
        if moved:
            self.send_header("Location", moved[1])
        body = b"" if moved else b"<html><title>Ny</title><h1>Ny</h1></html>"
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body if self.command == "GET" else b"")

    do_HEAD = do_GET  # noqa: N815 - the name that http.server calls

    def log_message(self, *_: object) -> None:
        """Write no log."""


def test_a_permanent_redirect_is_followed_on_request(
    tmp_path: Path, server: CloudServer, clock: FakeClock
) -> None:
    """The end of the chain was seen in this run, which is proof; a temporary one stays."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Redirects) as web:
        threading.Thread(target=web.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{web.server_port}"
        text = f"---\ntitle: S\n---\n\n<a href='{base}/%s?a=1&amp;b=2'>x</a> og [y]({base}/nu).\n"
        (tmp_path / "index.md").write_text(text % "gl", encoding="utf-8")
        known, judged = examine(tmp_path, server, clock)
        web.shutdown()
    assert correct(known, judged, FixChoice()).made == ()
    found = correct(known, judged, ASK)
    assert list_made(found) == [("index.md", 5, "link-redirected")]
    write_pages(found, tmp_path)
    assert (tmp_path / "index.md").read_text(encoding="utf-8") == text % "ny"


def test_an_anchor_that_is_only_alike_is_asked(
    tmp_path: Path, server: CloudServer, clock: FakeClock
) -> None:
    """What is most like the missing section is a guess, and so is one of several pages."""
    (tmp_path / "_config.yml").write_text("title: H\n", encoding="utf-8")
    for path in ("a/side.md", "b/side.md"):
        (tmp_path / path).parent.mkdir()
        (tmp_path / path).write_text("---\ntitle: S\n---\n\n# Ordliste\n", encoding="utf-8")
    text = "---\ntitle: S\n---\n\n[x](a/side.html#Ordliste) og [y](c/side.html).\n"
    (tmp_path / "index.md").write_text(text, encoding="utf-8")
    known, judged = examine(tmp_path, server, clock)
    assert correct(known, judged, FixChoice()).made == ()
    codes = [code for _, _, code in list_made(correct(known, judged, ASK))]
    assert sorted(codes) == ["link-anchor-missing", "link-broken"]
