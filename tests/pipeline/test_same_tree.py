"""However a tree is learnt, the verdicts on the rows are the same to the byte."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import msgspec

from syncer.demo.file_tree import Node
from syncer.manifest.document import ResourceRecord, StatusManifest
from syncer.pipeline.job import Memory
from syncer.pipeline.options import AuditOptions
from syncer.store.database import open_database
from tests.cloud.cloud import Infinity
from tests.cloud.server import CloudServer
from tests.pipeline.handbooks import TOKEN, Audit, FakeClock


def encode_resources(manifest: StatusManifest) -> bytes:
    """Write the resources of a manifest as they stand in it."""
    return msgspec.json.encode(manifest.resources)


def fill_more(server: CloudServer) -> None:
    """Add what leaves something to judge: copies, old versions, a lost file, odd names."""
    cloud = server.cloud
    for path in (
        "Boks/Aftaler/Arkiv/OS2 Partneraftale v2.0.docx",
        "Boks/Aftaler/OS2 Partneraftale v3.1 (udkast).docx",
        "Boks/Skabeloner/Kontrakter/Kontraktskabelon 100% #1 a+b & æøå.docx",
        "Boks/Skabeloner/Kontrakter/Samarbejdsskabelon.docx",
        "Boks/Møder/2026/Referat.pdf",
    ):
        cloud.add_file(path, b"mere")
    cloud.add_folder("Boks/Tom")
    cloud.delete("Boks/Skabeloner/Tilslutningsaftale.docx")


def test_infinity_single_levels_and_memory_say_the_same(
    audit: Audit, server: CloudServer, clock: FakeClock, tmp_path: Path
) -> None:
    """One answer, folder by folder, unchanged since, changed and changed back in parts."""
    fill_more(server)
    told: dict[str, bytes] = {}

    def learn(listing: str, memory: Memory) -> None:
        manifest = audit(server.base_url, memory=memory)
        assert [share.listing for share in manifest.shares] == [listing]
        assert {resource.status for resource in manifest.resources} > {"present", "missing"}
        told[listing] = encode_resources(manifest)
        clock.time += timedelta(days=1)

    database = open_database(tmp_path / "state")
    memory = Memory(database, tmp_path / "state")
    learn("infinity", memory)
    learn("unchanged", memory)
    server.cloud.add_file("Boks/Møder/2026/Nyt.txt", b"kommer")
    server.cloud.delete("Boks/Møder/2026/Nyt.txt")
    learn("changed-parts", memory)
    server.cloud.moods.infinity = Infinity.REFUSED
    learn("depth-1", Memory())
    database.close()
    assert len(told) == 4
    assert len(set(told.values())) == 1


def copy_to_disk(node: Node, folder: Path) -> None:
    """Write what lies in a folder of the server, as the desktop client synchronises it."""
    folder.mkdir(parents=True)
    for member in node.members:
        if member.is_folder:
            copy_to_disk(member, folder / member.name)
        else:
            (folder / member.name).write_bytes(member.content or b"")


def forget_what_no_copy_knows(resource: ResourceRecord) -> ResourceRecord:
    """Leave out ids and dates, which a copy has of its own or not at all, and what was opened.

    An audit opens only the documents that are on disk.
    """
    files = (replace(file, file_id=None, modified_at=None, opens=None) for file in resource.files)
    return replace(resource, files=tuple(files))


def test_a_local_copy_says_the_same_but_for_ids_and_dates(
    audit: Audit, server: CloudServer, tmp_path: Path
) -> None:
    """A synchronised folder gives the same verdicts, reasons and files."""
    fill_more(server)
    remote = audit(server.base_url)
    copy_to_disk(server.cloud.tree.get("Boks"), tmp_path / "copy")
    local = audit(server.base_url, options=AuditOptions(share_folders={TOKEN: tmp_path / "copy"}))
    assert [share.listing for share in local.shares] == ["local"]
    assert encode_resources(remote) != encode_resources(local)
    assert [forget_what_no_copy_knows(each) for each in remote.resources] == [
        forget_what_no_copy_knows(each) for each in local.resources
    ]
