"""Documents opened and copied by whole runs against the cloud, night after night."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from structlog.testing import capture_logs

from syncer.config import Secrets, Settings
from syncer.config.settings import (
    DocumentsSettings,
    HandbookSettings,
    LinksSettings,
    NextcloudSettings,
)
from syncer.demo.sample_documents import make_document
from syncer.errors import ConfigError
from syncer.manifest.document import FindingRecord, StatusManifest
from syncer.pipeline.job import DocumentWork, Job, Memory
from syncer.pipeline.options import AuditOptions
from syncer.pipeline.run import Judged, conclude, judge, look, open_documents
from syncer.store.database import Database, open_database
from syncer.surroundings import Surroundings
from tests.cloud.cloud import Cloud, Rights
from tests.cloud.server import CloudServer
from tests.documents import corpus
from tests.pipeline.handbooks import START, TOKEN, FakeClock, write_page

AGREEMENT = "Boks/Aftaler/OS2 Partneraftale v3.1.docx"
FLOSS = "Boks/Skabeloner/FLOSS/FLOSS-aftale v2.docx"
OF_AGREEMENT = "Aftaler/OS2 Partneraftale v3.1.docx"
HTML = b"<!doctype html><html><title>Log ind</title></html>"


@dataclass
class Nights:
    """Runs one after the other, a day apart, with one state and one copy."""

    server: CloudServer
    clock: FakeClock
    folder: Path
    database: Database
    settings: DocumentsSettings
    manifest: StatusManifest | None = None

    @property
    def copy(self) -> Path:
        """The folder of the copy."""
        return self.folder / "copy"

    def run(
        self,
        work: DocumentWork = DocumentWork.FETCH,
        *,
        options: AuditOptions | None = None,
        secrets: Secrets | None = None,
        user: str | None = None,
    ) -> tuple[StatusManifest, Judged]:
        """Run once, a day later than before."""
        self.clock.time += timedelta(days=1)
        self.server.traffic.forget()
        base_url = self.server.base_url
        cloud = NextcloudSettings(host=urlsplit(base_url).netloc, base_url=base_url, user=user)
        known = look(
            Job(
                settings=Settings(
                    handbook=HandbookSettings(source=str(self.folder / "handbook")),
                    nextcloud=(cloud,),
                    links=LinksSettings(allow_private=True),
                    documents=self.settings,
                ),
                options=options or AuditOptions(only="resources"),
                secrets=secrets or Secrets(),
                memory=Memory(database=self.database, folder=self.folder, complete=self.manifest),
                around=Surroundings(now=self.clock.now, sleep=self.clock.sleep),
                documents=work,
            )
        )
        judged = open_documents(known, judge(known))
        manifest = conclude(known, judged)
        self.manifest = manifest if manifest.run.complete else self.manifest
        return manifest, judged

    def files(self) -> dict[str, bytes]:
        """Return every document of the copy by path, `.removed` included."""
        return {
            path.relative_to(self.copy).as_posix().removeprefix(f"{self.share}/"): path.read_bytes()
            for path in sorted(self.copy.rglob("*"))
            if path.is_file() and path.parent != self.copy
        }

    @property
    def share(self) -> str:
        """The name of the share's folder."""
        return next(
            path.name for path in self.copy.iterdir() if path.is_dir() and path.name[0] != "."
        )

    def change(self, path: str, content: bytes) -> None:
        """Change a document upstream."""
        self.server.cloud.tree.write(self.server.cloud.tree.get(path), content)


@pytest.fixture
def nights(server: CloudServer, clock: FakeClock, tmp_path: Path) -> Nights:
    """Give runs of the small handbook, with a copy."""
    write_page(tmp_path / "handbook", server.base_url)
    settings = DocumentsSettings(copy=tmp_path / "copy")
    return Nights(server, clock, tmp_path, open_database(tmp_path / "state"), settings)


def codes(manifest: StatusManifest) -> dict[str, FindingRecord]:
    """Return the findings about documents and the copy."""
    return {
        one.code: one
        for one in manifest.findings
        if one.code.startswith(("file-damaged", "file-other", "file-locked", "file-blank", "copy-"))
    }


def opens(manifest: StatusManifest) -> dict[str, str | None]:
    """Return how each document of a row opens, by path."""
    return {file.path: file.opens for row in manifest.resources for file in row.files}


def test_the_first_night_copies_all_and_the_second_nothing(nights: Nights) -> None:
    """Four documents, four downloads; then one request, and everything is still known."""
    first, judged = nights.run()
    assert nights.server.traffic.counts["get"] == 4
    assert judged.copy is not None
    assert (judged.copy.fetched, judged.copy.fetched_bytes) == (4, 20_000)
    assert set(opens(first).values()) == {"yes"}
    files = nights.files()
    assert files[OF_AGREEMENT] == make_document("OS2 Partneraftale v3.1.docx", 5_000)
    index = (nights.copy / "index.html").read_text()
    assert "OS2’s partneraftale" in index
    assert "Aftaler/OS2%20Partneraftale%20v3.1.docx" in index
    marker = (nights.copy / ".syncer-copy.json").stat().st_mtime_ns

    second, judged = nights.run()
    assert nights.server.traffic.counts == {"propfind-0": 1}
    assert judged.copy is not None
    assert (judged.copy.fetched, judged.copy.unchanged) == (0, 4)
    assert opens(second) == opens(first)
    times = [file.copied_at for row in second.resources for file in row.files]
    assert set(times) == {nights.clock.time - timedelta(days=1)}
    assert nights.files() == files
    assert (nights.copy / ".syncer-copy.json").stat().st_mtime_ns == marker


def test_only_what_changed_is_fetched(nights: Nights) -> None:
    """One download, the version before is kept, and the manifest says what was updated."""
    nights.run()
    new = make_document("OS2 Partneraftale v3.1.docx", 6_000)
    nights.change(AGREEMENT, new)
    manifest, _ = nights.run()
    assert nights.server.traffic.counts["get"] == 1
    files = nights.files()
    assert files[OF_AGREEMENT] == new
    kept = [path for path in files if path.startswith(".removed/")]
    assert [path.rpartition("/")[2] for path in kept] == ["OS2 Partneraftale v3.1.docx"]
    (changed,) = manifest.changes.changed or ()
    assert (changed.before.size_bytes, changed.after.size_bytes) == (5_000, 6_000)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (HTML, "file-other-type"),
        (corpus.write_word()[:9_000], "file-damaged"),
        (corpus.write_word(text=""), "file-blank"),
    ],
)
def test_a_worse_version_does_not_replace_a_good_one(
    content: bytes, code: str, nights: Nights
) -> None:
    """The good one stays, the other lies beside it, the finding says so; once, for each change."""
    nights.run()
    good = nights.files()[OF_AGREEMENT]
    nights.change(AGREEMENT, content)
    for downloads in (1, 0):
        manifest, _ = nights.run()
        assert nights.server.traffic.counts.get("get", 0) == downloads
        assert codes(manifest)[code].subject == OF_AGREEMENT
        files = nights.files()
        assert files[OF_AGREEMENT] == good
        assert files[OF_AGREEMENT.replace(".docx", ".new.docx")] == content
    nights.change(AGREEMENT, make_document("x.docx", 7_000))
    manifest, _ = nights.run()
    assert codes(manifest) == {}
    assert [one.code for one in manifest.changes.fixed] == [code]
    assert len(nights.files()[OF_AGREEMENT]) == 7_000
    assert OF_AGREEMENT.replace(".docx", ".new.docx") not in nights.files()


def test_a_locked_version_does_replace_a_good_one(nights: Nights) -> None:
    """Somebody has its password: it is the document of today."""
    nights.run()
    locked = corpus.encrypt(corpus.write_word())
    nights.change(AGREEMENT, locked)
    manifest, _ = nights.run()
    assert list(codes(manifest)) == ["file-locked"]
    assert nights.files()[OF_AGREEMENT] == locked


def test_a_document_that_is_gone_moves_to_removed(nights: Nights) -> None:
    """Its folder goes with it, and after 90 days it is deleted."""
    nights.run()
    nights.server.cloud.delete(FLOSS)
    nights.run()
    day = nights.clock.time.date()
    removed = f".removed/{day}/{nights.share}/Skabeloner/FLOSS/FLOSS-aftale v2.docx"
    assert [path for path in nights.files() if "FLOSS" in path] == [removed]
    nights.clock.time += timedelta(days=89)
    nights.run()
    assert removed in nights.files()
    nights.run()
    assert removed not in nights.files()


def test_a_moved_document_is_moved_without_a_download(nights: Nights) -> None:
    """The file id and the etag are the same."""
    nights.run()
    nights.server.cloud.move(FLOSS, "Boks/Skabeloner/FLOSS-aftale v2.docx")
    nights.run()
    assert "get" not in nights.server.traffic.counts
    assert "Skabeloner/FLOSS-aftale v2.docx" in nights.files()
    assert "Skabeloner/FLOSS/FLOSS-aftale v2.docx" not in nights.files()


def _unplug(cloud: Cloud) -> None:
    cloud.moods.maintenance = True


def _withdraw(cloud: Cloud) -> None:
    cloud.unshare(TOKEN)


def _lock(cloud: Cloud) -> None:
    cloud.share(TOKEN, "Boks", password="hemmelig")


def _empty(cloud: Cloud) -> None:
    for path in ("Boks/Aftaler", "Boks/Skabeloner"):
        cloud.delete(path)


def _break_folder(cloud: Cloud) -> None:
    cloud.moods.failing["Boks/Skabeloner"] = 503
    agreement = cloud.tree.get(AGREEMENT)
    cloud.tree.write(agreement, agreement.content or b"")


@pytest.mark.parametrize("trouble", [_unplug, _withdraw, _lock, _empty, _break_folder])
def test_a_server_in_trouble_empties_no_copy(
    trouble: Callable[[Cloud], None], nights: Nights
) -> None:
    """Maintenance, a withdrawn link, a password, sudden emptiness, an unreadable folder."""
    nights.run()
    before = nights.files()
    trouble(nights.server.cloud)
    nights.run()
    after = nights.files()
    assert {path: after.get(path) for path in before} == before


def test_a_row_that_is_gone_takes_its_document_along(nights: Nights) -> None:
    """What no row names any more moves; with an unread page or `--page` nothing does."""
    nights.run()
    page = nights.folder / "handbook" / "samarbejde.md"
    text = page.read_text()
    lines = [line for line in text.splitlines(keepends=True) if "Leverandør" not in line]
    page.write_text("".join(lines))
    nights.run(options=AuditOptions(only="resources", pages=("sam*.md",)))
    (nights.folder / "handbook" / "anden.md").write_bytes(b"\xff\xfe\x00")
    nights.run()
    assert "Aftaler/Leverandørpartneraftale.pdf" in nights.files()
    (nights.folder / "handbook" / "anden.md").unlink()
    nights.run()
    assert "Aftaler/Leverandørpartneraftale.pdf" not in nights.files()


def test_limits_leave_out_and_say_so(nights: Nights) -> None:
    """A document over the limit, and what is beyond the limit of the whole copy."""
    nights.change(AGREEMENT, make_document("a.docx", 1_100_000))
    nights.settings = replace(nights.settings, max_file_mb=1)
    manifest, _ = nights.run()
    assert OF_AGREEMENT not in nights.files()
    assert len(nights.files()) == 3
    finding = codes(manifest)["copy-incomplete"]
    assert (finding.args["why"], finding.args["count"]) == ("copy-file-too-big", 1)
    assert finding.args["files"] == (OF_AGREEMENT,)
    assert manifest.run.complete
    nights.settings = replace(nights.settings, max_file_mb=2, max_total_mb=1)
    manifest, _ = nights.run()
    assert codes(manifest)["copy-incomplete"].args["why"] == "copy-too-big"


def test_limits_hold_where_the_listing_has_no_sizes(nights: Nights) -> None:
    """The size that the answer has is the document's; nothing larger gets into the copy."""
    nights.server.cloud.moods.hidden_properties = {"d:getcontentlength", "oc:size"}
    nights.change(AGREEMENT, make_document("a.docx", 1_100_000))
    nights.settings = replace(nights.settings, max_file_mb=1)
    manifest, _ = nights.run()
    finding = codes(manifest)["copy-incomplete"]
    assert (finding.args["why"], finding.args["files"]) == ("copy-file-too-big", (OF_AGREEMENT,))
    assert len(nights.files()) == 3
    assert manifest.run.complete


def test_a_disk_without_room_leaves_out_and_says_so(
    nights: Nights, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is fetched that does not fit, and the copy stays what it was."""
    nights.run()
    before = nights.files()
    nights.change(AGREEMENT, make_document("a.docx", 1_000))
    monkeypatch.setattr("syncer.pipeline.copy_update.RESERVED_BYTES", 1 << 60)
    manifest, _ = nights.run()
    assert nights.files() == before
    finding = codes(manifest)["copy-incomplete"]
    assert (finding.args["why"], finding.args["files"]) == ("copy-disk-full", (OF_AGREEMENT,))


def test_what_is_in_the_way_of_one_document_leaves_out_no_other(nights: Nights) -> None:
    """A file in the place of a folder of the copy, or a link, concerns what belongs below it."""
    nights.run()
    folder = nights.copy / nights.share / "Aftaler"
    shutil.rmtree(folder)
    folder.write_text("in the way")
    changed = corpus.write_word(size_bytes=5_000)
    nights.change(FLOSS, changed)
    manifest, _ = nights.run()
    left_out = codes(manifest)["copy-incomplete"].args["files"]
    assert isinstance(left_out, tuple)
    assert codes(manifest)["copy-incomplete"].args["why"] == "copy-place-taken"
    assert codes(manifest)["copy-incomplete"].args["file_there"] == f"{nights.share}/Aftaler"
    assert OF_AGREEMENT in left_out
    assert all(path.startswith("Aftaler/") for path in left_out)
    assert nights.files()["Skabeloner/FLOSS/FLOSS-aftale v2.docx"] == changed
    assert folder.read_text() == "in the way"


def test_a_view_only_share_leaves_its_documents_out(nights: Nights) -> None:
    """The listing works, the download is refused: a finding, and the run is complete."""
    nights.server.cloud.share(TOKEN, "Boks", rights=Rights.VIEW_ONLY)
    manifest, _ = nights.run()
    assert codes(manifest)["copy-incomplete"].args["count"] == 4
    assert set(opens(manifest).values()) == {None}
    assert manifest.run.complete


def test_check_compares_and_writes_nothing(nights: Nights) -> None:
    """Before the first copy, after it, and after a change upstream."""
    _, judged = nights.run(DocumentWork.COMPARE)
    assert judged.copy is not None
    assert judged.copy.differs
    assert not nights.copy.exists()
    nights.run()
    before = nights.files()
    _, judged = nights.run(DocumentWork.COMPARE)
    assert judged.copy is not None
    assert not judged.copy.differs
    nights.change(AGREEMENT, make_document("a.docx", 5_001))
    nights.server.cloud.delete(FLOSS)
    _, judged = nights.run(DocumentWork.COMPARE)
    assert judged.copy is not None
    assert (judged.copy.fetched, judged.copy.removed) == (1, 1)
    assert nights.files() == before
    assert "get" not in nights.server.traffic.counts


def test_without_a_copy_each_document_is_opened_once_for_each_change(nights: Nights) -> None:
    """The verdict is remembered, and an audit recalls it without asking for the document."""
    nights.settings = DocumentsSettings()
    nights.change(AGREEMENT, HTML)
    manifest, _ = nights.run()
    assert nights.server.traffic.counts["get"] == 4
    assert opens(manifest)[OF_AGREEMENT] == "other-type"
    for work in (DocumentWork.LOCAL, DocumentWork.FETCH):
        manifest, _ = nights.run(work)
        assert "get" not in nights.server.traffic.counts
        assert opens(manifest)[OF_AGREEMENT] == "other-type"
    assert list(nights.folder.glob("tmp*")) == []


@pytest.mark.parametrize(
    ("has_copy", "limit", "value"),
    [(True, "OPEN_LIMIT_S", 0.0), (False, "OPEN_LIMIT_S", 0.0), (False, "MAX_NAMES", -1)],
)
def test_a_limit_of_opening_ends_it_and_the_next_run_goes_on(
    nights: Nights, monkeypatch: pytest.MonkeyPatch, has_copy: bool, limit: str, value: float
) -> None:
    """What was not opened has no verdict, which says nothing of it, and nothing is remembered."""
    if not has_copy:
        nights.settings = DocumentsSettings()
    with monkeypatch.context() as patch, capture_logs() as logs:
        patch.setattr(f"syncer.pipeline.document_verdicts.{limit}", value)
        manifest, _ = nights.run()
    assert set(opens(manifest).values()) == {None}
    assert [one["count"] for one in logs if one["event"] == "documents-beyond-limits"] == [4]
    with capture_logs() as logs:
        manifest, _ = nights.run()
    assert set(opens(manifest).values()) == {"yes"}
    assert "documents-beyond-limits" not in {one["event"] for one in logs}


def test_an_audit_fetches_only_when_told(nights: Nights) -> None:
    """`auto` opens what is on disk; `true` fetches; `false` opens nothing, also in a run."""
    nights.settings = DocumentsSettings()
    manifest, _ = nights.run(DocumentWork.LOCAL)
    assert set(opens(manifest).values()) == {None}
    nights.settings = DocumentsSettings(open=False)
    manifest, _ = nights.run()
    assert "get" not in nights.server.traffic.counts
    nights.settings = DocumentsSettings(open=True)
    manifest, _ = nights.run(DocumentWork.LOCAL)
    assert nights.server.traffic.counts["get"] == 4
    assert set(opens(manifest).values()) == {"yes"}


def test_an_audit_opens_the_copy(nights: Nights) -> None:
    """With an empty memory the documents on disk are enough."""
    nights.run()
    nights.database = open_database(nights.folder / "new-state")
    manifest, _ = nights.run(DocumentWork.LOCAL)
    assert "get" not in nights.server.traffic.counts
    assert set(opens(manifest).values()) == {"yes"}


def test_a_local_copy_of_a_share_is_opened_without_the_network(
    nights: Nights, tmp_path: Path
) -> None:
    """`--share-folder` opens the files of the folder."""
    folder = tmp_path / "boks" / "Aftaler"
    folder.mkdir(parents=True)
    (folder / "OS2 Partneraftale v3.1.docx").write_bytes(HTML)
    options = AuditOptions(only="resources", offline=True, share_folders={TOKEN: tmp_path / "boks"})
    manifest, _ = nights.run(DocumentWork.LOCAL, options=options)
    assert opens(manifest)[OF_AGREEMENT] == "other-type"
    assert nights.server.traffic.total == 0


def test_a_finding_is_fixed_only_when_the_document_was_opened(nights: Nights) -> None:
    """A run that could not open it says neither fixed nor new."""
    nights.settings = DocumentsSettings()
    nights.change(AGREEMENT, HTML)
    manifest, _ = nights.run()
    assert "file-other-type" in codes(manifest)
    nights.change(AGREEMENT, make_document("a.docx", 5_100))
    nights.settings = DocumentsSettings(open=False)
    manifest, _ = nights.run()
    assert manifest.changes.fixed == ()
    nights.manifest = replace(manifest)
    nights.settings = DocumentsSettings()
    nights.change(AGREEMENT, HTML)
    manifest, _ = nights.run()
    assert codes(manifest)["file-other-type"].id not in manifest.changes.new


def test_documents_behind_a_login_are_copied_too(nights: Nights) -> None:
    """The account's folders are read, and their documents fetched, with its password."""
    cloud = nights.server.cloud
    cloud.accounts["syncer"] = "app-password"
    host = urlsplit(nights.server.base_url).netloc
    page = nights.folder / "handbook" / "samarbejde.md"
    text = page.read_text()
    inside = f"{nights.server.base_url}/apps/files/?dir=/Boks/Aftaler"
    page.write_text(text.replace(f"{nights.server.base_url}/s/{TOKEN}?path=%2FAftaler", inside))
    secrets = Secrets(accounts={host: "app-password"})
    manifest, _ = nights.run(secrets=secrets, user="syncer")
    assert opens(manifest)["Boks/Aftaler/OS2 Partneraftale v3.1.docx"] == "yes"
    assert any(path.endswith("Boks/Aftaler/OS2 Partneraftale v3.1.docx") for path in nights.files())
    cloud.delete(AGREEMENT)
    nights.run(secrets=secrets, user="syncer")
    assert any(path.endswith("Boks/Aftaler/OS2 Partneraftale v3.1.docx") for path in nights.files())


def test_a_copy_of_somebody_else_ends_the_run(nights: Nights) -> None:
    """A folder with files and no marker is not touched."""
    nights.copy.mkdir()
    (nights.copy / "mine.txt").write_text("x")
    with pytest.raises(ConfigError):
        nights.run()
    assert [path.name for path in nights.copy.iterdir()] == ["mine.txt"]
    nights.run(DocumentWork.LOCAL)


def test_a_folder_that_answers_a_row_is_copied_whole(nights: Nights) -> None:
    """Every file below it, without what programs leave behind."""
    page = nights.folder / "handbook" / "samarbejde.md"
    base = nights.server.base_url
    row = f"| **Referater** | Fra møder. | [Nextcloud / Møder]({base}/s/{TOKEN}?path=%2FMøder) |\n"
    page.write_text(page.read_text() + row)
    for name in ("Referat 1.docx", "Referat 2.docx", "2025/Referat 3.docx", "~$ferat 1.docx"):
        content = make_document("x.docx", 5_000)
        nights.server.cloud.add_file(f"Boks/Møder/Referater/{name}", content, START)
    nights.run()
    kept = [path for path in nights.files() if path.startswith("Møder/")]
    assert kept == [
        "Møder/Referater/2025/Referat 3.docx",
        "Møder/Referater/Referat 1.docx",
        "Møder/Referater/Referat 2.docx",
    ]
