"""Whatever a server does wrong: never "missing", always "could not look", and why."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from syncer.errors import ExitCode
from syncer.manifest.document import StatusManifest
from syncer.nightly.exit_code import decide_exit
from syncer.pipeline.options import RunParams
from syncer.report.words import Lang, words_of
from tests.cloud.server import CloudServer
from tests.pipeline.handbooks import Audit, FakeClock, statuses

DENIALS = {"missing", "planned", "elsewhere", "draft", "outdated"}


class Answering(BaseHTTPRequestHandler):
    """Gives the same answer to everything."""

    status = 200
    headers_out: tuple[tuple[str, str], ...] = ()
    body = b""

    def answer(self) -> None:
        """Send it."""
        length = int(self.headers.get("Content-Length") or 0)
        self.rfile.read(length)
        self.send_response(self.status)
        for name, value in self.headers_out:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(self.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(self.body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Stay silent."""


for _method in ("GET", "HEAD", "PROPFIND", "OPTIONS"):
    setattr(Answering, f"do_{_method}", Answering.answer)


@contextmanager
def serve_answer(status: int, body: bytes = b"", *headers: tuple[str, str]) -> Iterator[str]:
    """Serve one answer and give its base URL."""
    handler = type(
        "Handler", (Answering,), {"status": status, "body": body, "headers_out": headers}
    )
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()


def assert_could_not_look(manifest: StatusManifest) -> None:
    """Check that nothing is denied, that the run is incomplete, and that words say why."""
    assert set(statuses(manifest).values()) == {"undetermined"}
    assert manifest.run.complete is False
    assert manifest.run.incomplete_because
    words = words_of(Lang.DA)
    for reason in manifest.run.incomplete_because:
        assert reason.code not in words.reason(reason.code, reason.args)
    assert decide_exit(manifest, RunParams()) is ExitCode.INCOMPLETE


HTML = b"<!DOCTYPE html><html><body>Vedligeholdelse</body></html>"
TRUNCATED = b'<?xml version="1.0"?><d:multistatus xmlns:d="DAV:"><d:response><d:href>/public.php'


@pytest.mark.parametrize(
    ("status", "body", "headers"),
    [
        (200, HTML, (("Content-Type", "text/html"),)),
        (207, HTML, (("Content-Type", "text/html"),)),
        (207, TRUNCATED, (("Content-Type", "application/xml"),)),
        (207, b"", (("Content-Type", "application/xml"),)),
        (204, b"", ()),
        (400, b"", ()),
        (401, b"", ()),
        (403, b"", ()),
        (404, b"", ()),
        (429, b"", (("Retry-After", "30"),)),
        (500, b"", ()),
        (502, b"", ()),
        (503, HTML, (("X-Nextcloud-Maintenance-Mode", "1"),)),
    ],
)
def test_one_bad_answer_to_everything(
    audit: Audit, status: int, body: bytes, headers: tuple[tuple[str, str], ...]
) -> None:
    """A page, half an XML, nothing, or any status: the run could not look."""
    with serve_answer(status, body, *headers) as base_url:
        manifest = audit(base_url)
    assert_could_not_look(manifest)


def test_the_server_is_down(audit: Audit, server: CloudServer) -> None:
    """Nothing listens: tried again, then told."""
    server.unplug()
    assert_could_not_look(audit(server.base_url))


@pytest.mark.parametrize("status", [403, 404, 423, 500, 503])
def test_a_folder_deep_down_fails(audit: Audit, server: CloudServer, status: int) -> None:
    """What was found stands; nothing is denied, since it could lie in the folder not read."""
    server.cloud.moods.failing["Boks/Skabeloner/FLOSS"] = status
    manifest = audit(server.base_url)
    found = statuses(manifest)
    assert found["OS2’s partneraftale"] == "present"
    assert found["Tilslutningsaftale"] == "present"
    assert found["FLOSS-aftalen"] == "undetermined"
    assert found["Kontrakt- og samarbejdsskabeloner"] == "undetermined"
    assert not DENIALS & set(found.values())
    assert manifest.run.complete is False


def test_the_server_is_in_maintenance(audit: Audit, server: CloudServer) -> None:
    """Maintenance is no reason to call anything gone."""
    server.cloud.moods.maintenance = True
    assert_could_not_look(audit(server.base_url))


def test_a_share_that_is_gone_is_settled(audit: Audit, server: CloudServer) -> None:
    """A token that the share's page does not know either: a finding in a complete run."""
    server.cloud.unshare("Aftaler00000001")
    manifest = audit(server.base_url)
    assert manifest.run.complete
    assert statuses(manifest)["FLOSS-aftalen"] == "missing"
    assert statuses(manifest)["Kontrakt- og samarbejdsskabeloner"] == "planned"
    assert [finding.code for finding in manifest.findings if finding.caused_by is None].count(
        "share-gone"
    ) == 1


def test_a_password_that_nobody_configured_is_settled(audit: Audit, server: CloudServer) -> None:
    """The rows have no access, and the share is one finding for the administrator."""
    server.cloud.unshare("Aftaler00000001")
    server.cloud.share("Aftaler00000001", "Boks", password="hemmeligt")
    manifest = audit(server.base_url)
    assert set(statuses(manifest).values()) == {"no-access"}
    assert manifest.run.complete
    assert "share-needs-password" in {finding.code for finding in manifest.findings}


def test_all_is_well(audit: Audit, server: CloudServer, clock: FakeClock) -> None:
    """Five rows get their true verdicts over both endpoints, and nobody waits."""
    manifest = audit(server.base_url)
    assert statuses(manifest) == {
        "OS2’s partneraftale": "present",
        "Leverandørpartneraftale": "present",
        "Tilslutningsaftale": "present",
        "FLOSS-aftalen": "present",
        "Kontrakt- og samarbejdsskabeloner": "planned",
    }
    assert manifest.run.complete
    assert clock.naps == []


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep a proxy of the surroundings out of loopback."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
