"""Which documents of a run are fetched from a real server, and what is told of that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from syncer.audit.distrust import Distrust
from syncer.config import Secrets, Settings
from syncer.config.settings import DocumentsSettings, HandbookSettings, NextcloudSettings
from syncer.demo.sample_documents import make_document
from syncer.errors import ConfigError
from syncer.model.documents import CopyResult, Document, LeftOut, Opens
from syncer.model.matching import Match, MatchedFile, Verdict
from syncer.model.reason import Reason
from syncer.model.shares import (
    ListingKind,
    RemoteFile,
    RemoteFolder,
    Share,
    ShareKind,
    ShareStatus,
    ShareTree,
    hide_token,
)
from syncer.pipeline import documents
from syncer.pipeline.documents import DocumentsSeen, look_at_documents
from syncer.pipeline.job import DocumentWork, Job, Memory
from syncer.pipeline.options import AuditOptions
from syncer.surroundings import Surroundings
from tests.cloud.cloud import Cloud
from tests.cloud.server import CloudServer, serve_cloud
from tests.unit.pipeline.test_handbook import TABLE, read

TOKEN = "Aaaa1111Bbbb222"
NIGHT = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
GOOD = make_document("Plan.docx", 3_000)
YES, WRONG = Document(Opens.YES), Opens.OTHER_TYPE
MB = 1_000_000


@dataclass
class Fetching:
    """A share of which a row names every file, and what a run does with them."""

    server: CloudServer
    folder: Path
    files: list[RemoteFile] = field(default_factory=list)
    told: list[tuple[str, int, int | None]] = field(default_factory=list)
    around: Surroundings = field(default_factory=Surroundings)

    @property
    def share(self) -> str:
        """The id of the share."""
        return f"{self.server.host}/{TOKEN}"

    def put(self, path: str, content: bytes) -> None:
        """Put a file on the server, and list it."""
        cloud = self.server.cloud
        number = cloud.add_file(f"Boks/{path}", content)
        etag = f'"{cloud.tree.get(f"Boks/{path}").etag}"'
        self.files.append(RemoteFile(path, len(content), NIGHT, number, etag))

    def run(
        self,
        work: DocumentWork = DocumentWork.FETCH,
        *,
        kind: ShareKind = ShareKind.PUBLIC,
        options: dict[str, Any] | None = None,
        hidden: bool = True,
        **documents: Any,
    ) -> tuple[DocumentsSeen, list[dict[str, Any]]]:
        """Return what is seen of the documents, and what is logged."""
        self.told.clear()
        self.server.traffic.forget()
        cloud = NextcloudSettings(host=self.server.host, base_url=self.server.base_url)
        settings = Settings(
            handbook=HandbookSettings(site="github"),
            nextcloud=(cloud,),
            documents=DocumentsSettings(**documents),
        )
        around = replace(
            self.around,
            now=lambda: NIGHT,
            on_progress=lambda *told: self.told.append(told),
        )
        url = f"{self.server.base_url}/s/{TOKEN}"
        page = f"---\ntitle: Planer\n---\n{TABLE}| Plan | [H]({url}) |\n"
        handbook = read({"a.md": page}, settings=settings)
        (row,) = handbook.rows
        files = tuple(sorted(self.files, key=lambda file: file.path))
        share = Share(
            id=self.share, kind=kind, name=TOKEN, base_url=self.server.base_url, endpoint="new",
            server_version="31.0.4", status=ShareStatus.OK, listing=ListingKind.INFINITY,
            tree=ShareTree(files, (RemoteFolder(""),)), label="Boksen",
        )  # fmt: skip
        named = tuple(MatchedFile(self.share, file.path) for file in files)
        match = Match(row.id, "g", Verdict.PRESENT, named, (), None, Reason("found-in-place"))
        job = Job(
            settings=settings,
            options=AuditOptions(**options or {}),
            secrets=Secrets(),
            memory=Memory(),
            around=around,
            documents=work,
        )
        with capture_logs() as lines:
            seen = look_at_documents(
                job,
                handbook,
                {self.share: share},
                Distrust((match,), (), (), ()),
                hidden={self.share: hide_token(self.share)} if hidden else {},
                started_at=NIGHT,
            )
        return seen, [dict(line) for line in lines]

    @property
    def asked(self) -> list[str]:
        """The documents that were fetched, or asked for."""
        served = (one for one in self.server.traffic.served if one.kind == "get")
        return sorted(one.path.partition(f"/{TOKEN}/")[2] for one in served)


@pytest.fixture
def fetching(tmp_path: Path) -> Iterator[Fetching]:
    """Give a share with one document."""
    cloud = Cloud("31.0.4")
    cloud.add_folder("Boks")
    cloud.share(TOKEN, "Boks")
    with serve_cloud(cloud) as server:
        made = Fetching(server, tmp_path)
        made.put("Plan.docx", GOOD)
        yield made


def test_what_is_fetched_is_opened_and_told(fetching: Fetching) -> None:
    """Bytes while they come, a line in the log for each share, and one for what failed."""
    fetching.put("Nej.docx", b"nej!")
    fetching.files.append(RemoteFile("Borte.docx", 100, NIGHT, 99, '"x"'))
    seen, lines = fetching.run()
    assert {path: one.opens for (_, path), one in seen.documents.items()} == {
        "Plan.docx": Opens.YES, "Nej.docx": WRONG,
    }  # fmt: skip
    assert seen == DocumentsSeen(documents=seen.documents)
    total = len(GOOD) + 4 + 100
    assert fetching.told[-1] == ("documents", len(GOOD) + 4, total)
    assert {told[2] for told in fetching.told} == {total}
    assert lines == [
        {
            "event": "document-not-opened", "log_level": "info", "share": fetching.share,
            "path": "Borte.docx", "reason": "not-found",
        },
        {
            "event": "documents-fetched", "log_level": "info", "share": fetching.share,
            "documents": 3, "bytes": total, "seconds": 0.0,
        },
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("work", "more", "asked"),
    [
        (DocumentWork.FETCH, {}, True),
        (DocumentWork.LOCAL, {}, False),
        (DocumentWork.COMPARE, {}, False),
        (DocumentWork.LOCAL, {"open": True}, True),
        (DocumentWork.FETCH, {"open": False}, False),
        (DocumentWork.FETCH, {"options": {"offline": True}}, False),
        (DocumentWork.FETCH, {"options": {"offline": True}, "open": True}, False),
        (DocumentWork.FETCH, {"options": {"only": "links"}}, False),
        (DocumentWork.FETCH, {"options": {"only": "resources"}}, True),
    ],
)
def test_whether_documents_are_fetched(
    fetching: Fetching, work: DocumentWork, more: dict[str, Any], asked: bool
) -> None:
    """As the settings and the command say; else nothing is known and nothing logged."""
    seen, lines = fetching.run(work, **more)
    key = (fetching.share, "Plan.docx")
    assert (seen, fetching.asked) == (
        (DocumentsSeen(documents={key: YES}), ["Plan.docx"]) if asked else (DocumentsSeen(), [])
    )
    assert [line["event"] for line in lines] == (["documents-fetched"] if asked else [])


@pytest.mark.parametrize(
    ("path", "size_bytes", "etag", "asked"),
    [
        ("B.pdf", 1, '"1"', True),
        ("B.pdf", 2 * MB, '"1"', True),
        ("B.pdf", 2 * MB + 1, '"1"', False),
        ("B.pdf", 0, '"1"', False),
        ("B.pdf", None, '"1"', False),
        ("B.pdf", 1, None, False),
        ("B.xyz", None, '"1"', False),
        ("B.xyz", 1 << 20, '"1"', True),
        ("B.xyz", (1 << 20) + 1, '"1"', False),
    ],
)
def test_what_is_not_worth_fetching(
    fetching: Fetching, path: str, size_bytes: int | None, etag: str | None, asked: bool
) -> None:
    """Too big, empty, of a kind that is not opened, or of which no change would be seen."""
    fetching.files = [RemoteFile(path, size_bytes, NIGHT, 9, etag)]
    fetching.run(max_file_mb=2)
    assert fetching.asked == [path] * asked


def test_the_limit_of_all_leaves_out_what_comes_last(fetching: Fetching) -> None:
    """A smaller one still fits."""
    sizes = {"A.pdf": MB // 2, "B.pdf": MB // 2 + 1, "C.pdf": MB // 2}
    fetching.files = [RemoteFile(path, size, NIGHT, 9, '"1"') for path, size in sizes.items()]
    fetching.run(max_total_mb=1)
    assert fetching.asked == ["A.pdf", "C.pdf"]


def test_a_stopped_run_fetches_nothing(fetching: Fetching) -> None:
    """Nor does it say that a document failed."""
    fetching.around.stop.set()
    seen, lines = fetching.run()
    assert (seen, fetching.asked) == (DocumentsSeen(), [])
    assert [line["event"] for line in lines] == ["documents-fetched"]


def test_documents_of_a_folder_on_disk_are_not_fetched(fetching: Fetching) -> None:
    """They are read where they are."""
    (fetching.folder / "Plan.docx").write_bytes(GOOD)
    options = {"share_folders": {TOKEN: fetching.folder}}
    seen, _ = fetching.run(kind=ShareKind.LOCAL, options=options)
    assert seen == DocumentsSeen(documents={(fetching.share, "Plan.docx"): YES})
    assert fetching.asked == []


def test_the_copy_is_brought_up_to_date(fetching: Fetching) -> None:
    """With its index, by the page's title and the share's label; what is left out is told."""
    fetching.files.append(RemoteFile("Stor.docx", 9 * MB, NIGHT, 99, '"x"'))
    copy, key = fetching.folder / "copy", (fetching.share, "Plan.docx")
    limits: dict[str, Any] = {"copy": copy, "max_file_mb": 1}
    left_out = (LeftOut(fetching.share, ("Stor.docx",), Reason("copy-file-too-big", {"limit": 1})),)
    done = CopyResult(fetched=1, fetched_bytes=len(GOOD), left_out=1)
    compared, _ = fetching.run(DocumentWork.COMPARE, **limits)
    assert compared == DocumentsSeen(left_out=left_out, copy=done)
    assert not copy.exists()
    seen, lines = fetching.run(**limits)
    assert seen == DocumentsSeen({key: YES}, {key: NIGHT}, left_out, done)
    assert [line["event"] for line in lines] == ["documents-fetched"]
    assert fetching.told[-1] == ("documents", len(GOOD), len(GOOD))
    assert (copy / "boksen" / "Plan.docx").read_bytes() == GOOD
    index = (copy / "index.html").read_text("utf-8")
    assert "Planer" in index
    assert 'href="boksen/Plan.docx"' in index
    same = CopyResult(unchanged=1, left_out=1)
    for work in (DocumentWork.COMPARE, DocumentWork.FETCH):
        assert fetching.run(work, **limits)[0] == replace(seen, copy=same)
    for options in ({}, {"offline": True}):
        known, _ = fetching.run(DocumentWork.LOCAL, options=options, **limits)
        assert known == DocumentsSeen({key: YES}, {key: NIGHT})
    assert fetching.asked == []
    limits["copy"] = fetching.folder / "other"
    assert fetching.run(hidden=False, **limits)[0] == seen


def test_a_folder_that_is_no_copy_is_left_alone(fetching: Fetching) -> None:
    """The run ends where it would write; an audit goes on without."""
    (fetching.folder / "mit.txt").write_text("mit")
    with pytest.raises(ConfigError):
        fetching.run(copy=fetching.folder)
    assert fetching.run(DocumentWork.LOCAL, copy=fetching.folder)[0] == DocumentsSeen()


def test_each_share_has_a_line_in_the_log() -> None:
    """In order, with what was asked of it; they were fetched together."""
    sizes = (("h/Bb", 5), ("h/Aa", 7), ("h/Bb", None), ("h/Cc", 1))
    pending = [(share, RemoteFile("x", size)) for share, size in sizes]
    with capture_logs() as lines:
        documents._log_shares(pending, 1.23456)
    counts = (("h/Aa", 1, 7), ("h/Bb", 2, 5), ("h/Cc", 1, 1))
    assert lines == [
        {
            "event": "documents-fetched", "log_level": "info", "share": share, "documents": count,
            "bytes": size_bytes, "seconds": 1.235,
        }
        for share, count, size_bytes in counts
    ]  # fmt: skip
