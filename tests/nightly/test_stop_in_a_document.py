"""A real process that is stopped while it opens a document ends soon, and says so."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import zlib
from contextlib import suppress
from pathlib import Path

import pytest

TOKEN = "Ab12Cd34Ef56Gh7"
LINK = f"https://boks.example/s/{TOKEN}"
PAGE = f"# A\n\n| Ressource | Placering |\n|---|---|\n| Aftale | [N]({LINK}) |\n"
PAGES = 20


def _write_slow_document() -> bytes:
    """Return a PDF of pages with millions of empty strings each: a minute of work."""
    content = zlib.compress(b"() " * 3_000_000)
    kids = b" ".join(b"%d 0 R" % number for number in range(4, 4 + PAGES))
    made = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    made += b"2 0 obj<</Type/Pages/Kids[%b]/Count %d>>endobj\n" % (kids, PAGES)
    made += b"3 0 obj<</Filter/FlateDecode/Length %d>>stream\n" % len(content)
    made += content + b"\nendstream endobj\n"
    for number in range(4, 4 + PAGES):
        made += b"%d 0 obj<</Type/Page/Parent 2 0 R/Contents 3 0 R>>endobj\n" % number
    return made + b"trailer<</Root 1 0 R/Size 30>>\nstartxref\n0\n%%EOF\n"


def _has_open(pid: int, name: str) -> bool:
    """Return whether a process has a file of that name open."""
    with suppress(OSError):
        for handle in Path(f"/proc/{pid}/fd").iterdir():
            with suppress(OSError):
                if handle.readlink().name == name:
                    return True
    return False


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_does_not_wait_for_a_document(tmp_path: Path, number: signal.Signals) -> None:
    """The process writes what it knows: of the document that was being opened, nothing."""
    handbook, box = tmp_path / "h", tmp_path / "box"
    handbook.mkdir()
    box.mkdir()
    (box / "Aftale.pdf").write_bytes(_write_slow_document())
    (handbook / "README.md").write_text(PAGE, encoding="utf-8")
    command = [sys.executable, "-m", "syncer", "audit", str(handbook), "--no-config", "--offline"]
    command += ["--share-folder", f"{TOKEN}={box}", "--format", "json"]
    env = {**os.environ, "XDG_STATE_HOME": str(tmp_path), "HOME": str(tmp_path)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=env
    ) as process:
        while not _has_open(process.pid, "Aftale.pdf"):
            assert process.poll() is None
        process.send_signal(number)
        began_s = time.monotonic()
        out, _ = process.communicate(timeout=120)
        took_s = time.monotonic() - began_s
    manifest = json.loads(out)
    assert process.returncode == 3
    assert manifest["run"]["incomplete_because"][0]["code"] == "run-stopped"
    assert not [one for one in manifest["findings"] if one["code"] == "file-blank"]
    assert took_s < 10
