"""Several nights in a row, with a real state database: what is remembered, and what follows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from syncer.manifest.document import StatusManifest
from syncer.pipeline.job import Memory
from syncer.pipeline.options import AuditOptions
from syncer.store.database import open_database
from tests.cloud.cloud import Infinity
from tests.cloud.server import CloudServer
from tests.pipeline.handbooks import Audit, FakeClock, statuses

Night = Callable[..., StatusManifest]


@pytest.fixture
def night(audit: Audit, clock: FakeClock, server: CloudServer, tmp_path: Path) -> Iterator[Night]:
    """Give a function that runs the next night, with all that earlier ones have left."""
    database = open_database(tmp_path / "state")
    complete: StatusManifest | None = None
    newest: StatusManifest | None = None

    def run(*, folder: Path | None = None, **options: bool) -> StatusManifest:
        nonlocal complete, newest
        server.traffic.forget()
        newest = audit(
            server.base_url,
            options=AuditOptions(**options),  # type: ignore[arg-type]
            memory=Memory(database, tmp_path / "state", complete, newest),
            folder=folder,
        )
        if newest.run.complete:
            complete = newest
        clock.time += timedelta(days=1)
        return newest

    yield run
    database.close()


def test_an_unchanged_share_costs_one_request(night: Night, server: CloudServer) -> None:
    """The second night asks for the root alone, and says the same byte for byte."""
    first = night()
    second = night()
    assert second.shares[0].listing == "unchanged"
    assert second.shares[0].requests == 1
    assert second.resources == first.resources
    assert second.changes.unchanged == len(second.findings)


def test_a_change_is_seen_and_told_as_new(night: Night, server: CloudServer) -> None:
    """A file that goes is missing, new since the last run, and fixed when it comes back."""
    night()
    server.cloud.delete("Boks/Skabeloner/Tilslutningsaftale.docx")
    gone = night()
    assert statuses(gone)["Tilslutningsaftale"] == "missing"
    codes = {finding.id: finding for finding in gone.findings}
    assert [codes[new].code for new in gone.changes.new] == ["resource-missing"]
    still = night()
    finding = next(f for f in still.findings if f.code == "resource-missing")
    assert (finding.runs, finding.first_seen_at) == (2, gone.run.finished_at)
    server.cloud.add_file("Boks/Skabeloner/Tilslutningsaftale.docx", b"igen")
    back = night()
    assert [fixed.code for fixed in back.changes.fixed] == ["resource-missing"]


def test_a_moved_file_is_told_as_moved(night: Night, server: CloudServer) -> None:
    """Known by its id: not "gone and new", and the row says where it lies now."""
    night()
    server.cloud.move(
        "Boks/Skabeloner/Tilslutningsaftale.docx", "Boks/Aftaler/Tilslutningsaftale.docx"
    )
    moved = night()
    assert statuses(moved)["Tilslutningsaftale"] == "elsewhere"
    assert [(move.from_, move.to) for move in moved.changes.moved] == [
        ("Skabeloner/Tilslutningsaftale.docx", "Aftaler/Tilslutningsaftale.docx")
    ]


def test_sudden_emptiness_is_believed_after_three_full_walks(
    night: Night, server: CloudServer
) -> None:
    """Nights of doubt, each an incomplete run and one finding; then it is taken for true.

    The first night only listed what had changed; the suspicion makes the next ones full walks.
    """
    night()
    server.cloud.delete("Boks/Aftaler")
    server.cloud.delete("Boks/Skabeloner")
    for listing in ("changed-parts", "infinity", "infinity"):
        doubtful = night()
        assert set(statuses(doubtful).values()) <= {"undetermined", "planned"}
        assert "missing" not in statuses(doubtful).values()
        assert {link.status for link in doubtful.links} == {"unchecked"}
        assert doubtful.shares[0].listing == listing
        assert not doubtful.run.complete
        assert "share-suddenly-empty" in {finding.code for finding in doubtful.findings}
    believed = night()
    assert believed.run.complete
    assert statuses(believed)["FLOSS-aftalen"] == "missing"


def test_sudden_emptiness_can_be_accepted(night: Night, server: CloudServer) -> None:
    """`--full --accept-empty` believes it at once."""
    night()
    server.cloud.delete("Boks/Aftaler")
    server.cloud.delete("Boks/Skabeloner")
    assert not night().run.complete
    accepted = night(full=True, accept_empty=True)
    assert accepted.run.complete
    assert statuses(accepted)["FLOSS-aftalen"] == "missing"


@pytest.mark.parametrize("unmounted", [True, False])
def test_a_mount_that_is_lost_denies_nothing_for_three_nights(
    night: Night, server: CloudServer, *, unmounted: bool
) -> None:
    """Two of four rows: the share as a whole looks fine, and a person may have deleted two files.

    Not so where a storage was mounted. Neither rows nor links are called gone meanwhile.
    """
    server.cloud.mount("Boks/Skabeloner", "group")
    before = statuses(night())
    server.cloud.delete("Boks/Skabeloner")
    if not unmounted:
        server.cloud.add_folder("Boks/Skabeloner")
        server.cloud.mount("Boks/Skabeloner", "group")
    for listing in ("changed-parts", "infinity", "infinity"):
        doubtful = night()
        after = statuses(doubtful)
        assert doubtful.shares[0].listing == listing
        assert {after[name] for name in ("Tilslutningsaftale", "FLOSS-aftalen")} == {"undetermined"}
        assert after["OS2’s partneraftale"] == before["OS2’s partneraftale"]
        assert not {"resource-missing", "place-missing", "link-broken"} & {
            finding.code for finding in doubtful.findings
        }
        (finding,) = (f for f in doubtful.findings if f.code == "share-suddenly-empty")
        assert finding.args["folders"] == ("Skabeloner",)
        assert [reason.code for reason in doubtful.run.incomplete_because] == [
            "folder-suddenly-empty"
        ]
    believed = night()
    assert believed.run.complete
    assert statuses(believed)["Tilslutningsaftale"] == "missing"


def test_a_deleted_document_is_missing_the_same_night(night: Night, server: CloudServer) -> None:
    """Also the only one of its folder: only five files or a mount are distrusted."""
    night()
    server.cloud.delete("Boks/Skabeloner/Tilslutningsaftale.docx")
    server.cloud.delete("Boks/Skabeloner/FLOSS")
    gone = night()
    assert gone.run.complete
    assert statuses(gone)["Tilslutningsaftale"] == "missing"


def test_a_place_is_gone_only_after_a_second_look(
    night: Night, server: CloudServer, clock: FakeClock
) -> None:
    """The second look comes at least five seconds later, and settles it."""
    night()
    server.cloud.move("Boks/Skabeloner", "Boks/Skabeloner 2026")
    manifest = night()
    assert sum(clock.naps) >= 5
    gone = next(f for f in manifest.findings if f.code == "place-missing")
    assert gone.subject == "Skabeloner"
    assert statuses(manifest)["Tilslutningsaftale"] == "elsewhere"


def test_a_night_without_the_server_loses_nothing(night: Night, server: CloudServer) -> None:
    """What could not be looked at is neither new, fixed nor unchanged; the next night goes on."""
    server.cloud.delete("Boks/Skabeloner/Tilslutningsaftale.docx")
    first = night()
    server.unplug()
    dark = night()
    assert set(statuses(dark).values()) == {"undetermined"}
    assert not dark.run.complete
    assert not [fixed for fixed in dark.changes.fixed if fixed.code.startswith("resource-")]
    server.plug_in()
    again = night()
    finding = next(f for f in again.findings if f.code == "resource-missing")
    assert finding.first_seen_at == first.run.finished_at
    assert again.changes.new == ()


def test_a_link_in_running_text_that_leads_to_another_file(
    night: Night, server: CloudServer, tmp_path: Path
) -> None:
    """Words that name a resource and lead elsewhere are at odds with its row."""
    night()
    server.cloud.add_file("Boks/Gamle sager/Tilslutningsaftale.docx", b"en anden")
    page = tmp_path / "handbook" / "samarbejde.md"
    url = f"{server.base_url}/s/Aftaler00000001?path=%2FGamle%20sager"
    page.write_text(
        page.read_text("utf-8") + f"\n**[Tilslutningsaftalen]({url})** siger det hele.\n",
        encoding="utf-8",
    )
    manifest = night(folder=page.parent)
    finding = next(f for f in manifest.findings if f.code == "places-disagree")
    assert finding.args["file"] == "Gamle sager/Tilslutningsaftale.docx"
    assert finding.args["other_file"] == "Skabeloner/Tilslutningsaftale.docx"


def test_full_asks_every_link_again(night: Night, server: CloudServer, tmp_path: Path) -> None:
    """A good answer rests for some nights; `--full` uses nothing that was remembered."""
    page = tmp_path / "handbook" / "samarbejde.md"
    page.parent.mkdir()
    page.write_text(f"[boksen]({server.base_url}/status.php)\n", encoding="utf-8")
    first = night(folder=page.parent).links[0]
    assert first.status == "ok"
    assert night(folder=page.parent).links[0].checked_at == first.checked_at
    assert night(folder=page.parent, full=True).links[0].checked_at != first.checked_at


@pytest.mark.parametrize("full", [False, True])
def test_a_failure_on_three_nights_is_broken(night: Night, tmp_path: Path, full: bool) -> None:
    """Also where nothing else that was remembered is used."""
    page = tmp_path / "handbook" / "samarbejde.md"
    page.parent.mkdir()
    page.write_text("[lukket](http://127.0.0.1:1/x)\n", encoding="utf-8")
    told = [night(folder=page.parent, full=full).links[0].status for _ in range(4)]
    assert told == ["unconfirmed", "unconfirmed", "broken", "broken"]


def test_a_file_that_a_download_link_names_is_gone_after_two_looks(
    night: Night, server: CloudServer, tmp_path: Path
) -> None:
    """Not unconfirmed for ever: the second look settles files as it does folders."""
    page = tmp_path / "handbook" / "samarbejde.md"
    page.parent.mkdir()
    url = f"{server.base_url}/s/Aftaler00000001/download?path=%2FAftaler&files=Borte.docx"
    page.write_text(f"[hent]({url})\n", encoding="utf-8")
    link = night(folder=page.parent).links[0]
    assert (link.kind, link.status) == ("share", "broken")


def test_progress_calls_a_share_what_the_handbook_calls_it(
    audit: Audit, server: CloudServer
) -> None:
    """Its token is for no person to read."""
    stages: set[str] = set()
    server.cloud.moods.infinity = Infinity.REFUSED
    audit(server.base_url, on_progress=lambda stage, *_told: stages.add(stage))
    assert "Nextcloud / Aftaler, Skabeloner" in stages
    assert not any("Aftaler00000001" in stage for stage in stages)
