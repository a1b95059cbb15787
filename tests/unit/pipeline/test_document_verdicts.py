"""What a run knows of documents: remembered, read from a folder, or not at all."""

from __future__ import annotations

from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from syncer.config import Secrets, Settings
from syncer.config.settings import DocumentsSettings
from syncer.model.documents import Opens
from syncer.model.shares import ListingKind, RemoteFile, Share, ShareKind, ShareStatus
from syncer.pipeline import document_verdicts
from syncer.pipeline.document_verdicts import Verdicts
from syncer.pipeline.job import Job, Memory
from syncer.pipeline.options import AuditOptions
from syncer.store.database import Database, open_database
from syncer.surroundings import Surroundings
from tests.documents import corpus

TOKEN = "Aaaa1111Bbbb222"
SHARE = f"boks.example/{TOKEN}"
FILE = RemoteFile("A/plan.pdf", size_bytes=4, etag='"1"', file_id=7)
DOCUMENTS = {(SHARE, FILE.path): FILE}


def make_verdicts(
    folder: Path,
    *,
    database: Database | None = None,
    kind: ShareKind = ShareKind.LOCAL,
    **more: Any,
) -> Verdicts:
    """Make the verdicts of a run that reads a share from a folder."""
    around = more.pop("around", None) or Surroundings()
    share = Share(
        id=SHARE,
        kind=kind,
        name=TOKEN,
        base_url="https://boks.example",
        endpoint=None,
        server_version=None,
        status=ShareStatus.OK,
        listing=ListingKind.NONE,
        tree=None,
    )
    job = Job(
        settings=Settings(documents=DocumentsSettings(open=more.pop("open", "auto"))),
        options=AuditOptions(share_folders={TOKEN: folder}, **more),
        secrets=Secrets(),
        memory=Memory(database=database),
        around=around,
    )
    return Verdicts(job, {SHARE: share})


def test_a_document_that_cannot_be_read_is_logged(tmp_path: Path) -> None:
    """Nothing is known of it, and the others are read; the log says which, and why."""
    (tmp_path / "B.pdf").write_bytes(b"nej!")
    verdicts = make_verdicts(tmp_path)
    other = RemoteFile("B.pdf", size_bytes=4)
    with capture_logs() as lines:
        verdicts.recall({**DOCUMENTS, (SHARE, other.path): other}, None, {})
    assert lines == [
        {
            "event": "document-not-read",
            "path": "A/plan.pdf",
            "text": "No such file or directory",
            "log_level": "info",
        }
    ]
    assert list(verdicts.known) == [(SHARE, "B.pdf")]
    assert verdicts.known[SHARE, "B.pdf"].opens is Opens.OTHER_TYPE


def test_a_share_that_is_one_file_is_opened(tmp_path: Path) -> None:
    """Its place is the file itself."""
    place = tmp_path / "plan.pdf"
    place.write_bytes(b"nej!")
    verdicts = make_verdicts(place)
    verdicts.recall({(SHARE, "plan.pdf"): RemoteFile("plan.pdf", size_bytes=4)}, None, {})
    assert verdicts.known[SHARE, "plan.pdf"].opens is Opens.OTHER_TYPE


@pytest.mark.parametrize("full", [False, True])
def test_a_verdict_is_remembered(tmp_path: Path, full: bool) -> None:
    """For a document that is unchanged, unless everything is looked at anew."""
    with closing(open_database(tmp_path)) as database:
        first = make_verdicts(tmp_path, database=database)
        document = first.judge(SHARE, FILE, BytesIO(b"nej!"))
        assert first.known == {(SHARE, FILE.path): document}
        again = make_verdicts(tmp_path, database=database, kind=ShareKind.PUBLIC, full=full)
        again.recall(DOCUMENTS, None, {})
        assert again.known == ({} if full else first.known)


@pytest.mark.parametrize(("setting", "wanted"), [("auto", True), (True, True), (False, False)])
def test_the_settings_say_whether_documents_are_opened(
    tmp_path: Path, setting: Any, wanted: bool
) -> None:
    """What is fetched for the copy is judged all the same, and not remembered."""
    (tmp_path / "A").mkdir()
    (tmp_path / FILE.path).write_bytes(b"nej!")
    verdicts = make_verdicts(tmp_path, open=setting)
    assert verdicts.wanted is wanted
    verdicts.recall(DOCUMENTS, None, {})
    assert bool(verdicts.known) is wanted
    fresh = make_verdicts(tmp_path, open=setting)
    assert fresh.judge(SHARE, FILE, BytesIO(b"nej!")).opens is Opens.OTHER_TYPE
    assert bool(fresh.known) is wanted


def test_what_is_not_wanted_or_known_is_not_opened(tmp_path: Path) -> None:
    """The file is not there, and nobody looks for it."""
    with closing(open_database(tmp_path)) as database, capture_logs() as lines:
        unwanted = make_verdicts(tmp_path, database=database, open=False)
        unwanted.recall(DOCUMENTS, None, {})
        document = make_verdicts(tmp_path, database=database).judge(SHARE, FILE, BytesIO(b"nej!"))
        again = make_verdicts(tmp_path, database=database)
        again.recall(DOCUMENTS, None, {})
    assert (unwanted.known, again.known) == ({}, {(SHARE, FILE.path): document})
    assert lines == []


def test_a_verdict_of_a_run_that_ends_is_kept(tmp_path: Path) -> None:
    """What was opened was opened; and of a kind that is not opened nothing is to be known."""
    around = Surroundings()
    verdicts = make_verdicts(tmp_path, around=around)
    other = RemoteFile("A/plan.xyz", size_bytes=4, etag='"1"', file_id=8)
    unknown = verdicts.judge(SHARE, other, BytesIO(b"ja!!"))
    assert unknown.opens is None
    around.stop.set()
    document = verdicts.judge(SHARE, FILE, BytesIO(b"GIF8"))
    assert verdicts.known == {(SHARE, other.path): unknown, (SHARE, FILE.path): document}


class _StopsTheRun(BytesIO):
    """A document during whose opening the run is stopped."""

    def __init__(self, data: bytes, around: Surroundings) -> None:
        super().__init__(data)
        self._stop = around.stop

    def read(self, size: int | None = -1, /) -> bytes:
        self._stop.set()
        return super().read(size)


def test_a_document_that_a_stop_left_unopened_is_not_remembered(tmp_path: Path) -> None:
    """Nobody knows what it is: the next run opens it."""
    around = Surroundings()
    with closing(open_database(tmp_path)) as database:
        verdicts = make_verdicts(tmp_path, database=database, around=around)
        content = _StopsTheRun(corpus.write_pdf(), around)
        assert verdicts.judge(SHARE, FILE, content).opens is None
        assert not verdicts.known
        again = make_verdicts(tmp_path, database=database, kind=ShareKind.PUBLIC)
        again.recall(DOCUMENTS, None, {})
        assert not again.known


def test_a_stopped_run_opens_no_more_documents(tmp_path: Path) -> None:
    """Those of a folder neither."""
    (tmp_path / "A").mkdir()
    (tmp_path / FILE.path).write_bytes(b"nej!")
    around = Surroundings()
    around.stop.set()
    verdicts = make_verdicts(tmp_path, around=around)
    verdicts.recall(DOCUMENTS, None, {})
    assert not verdicts.known


@pytest.mark.parametrize(("most", "beyond"), [(-1, 2), (0, 0)])
def test_documents_beyond_the_limits_of_a_run_are_counted(
    tmp_path: Path, most: int, beyond: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They have no verdict, and the next run opens them; the log says how many they are."""
    monkeypatch.setattr(document_verdicts, "MAX_NAMES", most)
    verdicts = make_verdicts(tmp_path)
    opened = [verdicts.judge(SHARE, FILE, BytesIO(b"nej!")).opens for _ in range(2)]
    with capture_logs() as lines:
        verdicts.warn_of_unopened()
    assert opened == ([None] * 2 if beyond else [Opens.OTHER_TYPE] * 2)
    assert len(verdicts.known) == (0 if beyond else 1)
    assert [(line["event"], line["log_level"], line["count"]) for line in lines] == (
        [("documents-beyond-limits", "warning", 2)] if beyond else []
    )
