"""The state database: opened, emptied when outdated, and set aside when damaged."""

from __future__ import annotations

import os
import random
import resource
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from syncer.errors import StoreError
from syncer.model.links import LinkKind, LinkStatus, LinkVerdict, RememberedLink
from syncer.model.reason import Reason
from syncer.model.shares import (
    HostKnowledge,
    RememberedRefusal,
    RememberedShare,
    RemoteFile,
    RemoteFolder,
    ShareStatus,
    ShareTree,
    Suspicion,
)
from syncer.store import database
from syncer.store.database import (
    FILE_NAME,
    VERSION,
    Database,
    Records,
    is_on_network,
    open_database,
)
from syncer.store.link_memory import StoredLinks
from syncer.store.share_memory import ShareStore

DAMAGED = Reason("state-damaged")
NOW = datetime(2026, 11, 23, 3, 0, 36, tzinfo=UTC)


def _put(database: Database, text: str) -> None:
    database.run(lambda records: records.put("mark", [("a", text)]), None)


def _get(database: Database) -> str | None:
    default: str | None = "default"
    return database.run(lambda records: records.get("mark", "a", str), default)


def test_a_new_database_has_the_current_schema(tmp_path: Path) -> None:
    """The file and its folder are made; WAL is on."""
    reasons: list[Reason] = []
    open_database(tmp_path / "state", reasons.append).close()
    with closing(sqlite3.connect(tmp_path / "state" / FILE_NAME)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert reasons == []


def test_records_survive_the_process(tmp_path: Path) -> None:
    """A sound file is opened as it is; a record that was never written is None."""
    first = open_database(tmp_path)
    assert _get(first) is None
    _put(first, "kept")
    first.close()
    second = open_database(tmp_path)
    assert _get(second) == "kept"
    assert second.run(lambda records: repr(records.get("mark", "a", int)), "") == "None"
    second.close()


def test_a_database_of_this_version_is_known_again(tmp_path: Path) -> None:
    """Number, table, checksum and coding are those that earlier releases of it wrote."""
    with closing(sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)) as connection:
        connection.executescript(
            "CREATE TABLE record (kind TEXT NOT NULL, key TEXT NOT NULL, "
            "checksum INTEGER NOT NULL, content BLOB NOT NULL, PRIMARY KEY (kind, key)) STRICT;"
            "INSERT INTO record VALUES ('mark', 'a', 22348432, x'a46b657074');"
            "PRAGMA user_version = 3;"
        )
    with closing(open_database(tmp_path)) as database:
        assert _get(database) == "kept"


def test_work_that_fails_changes_nothing(tmp_path: Path) -> None:
    """One call is one transaction; errors that are not the database's come through."""
    database = open_database(tmp_path)
    _put(database, "before")

    def fail(records: Any) -> None:
        records.delete("mark")
        raise RuntimeError("cut")

    with pytest.raises(RuntimeError):
        database.run(fail, None)
    assert _get(database) == "before"
    database.close()


@pytest.mark.parametrize("content", [b"this is no database at all" * 50, b"SQLite format 3\x00x"])
def test_a_damaged_file_is_set_aside(tmp_path: Path, content: bytes) -> None:
    """It is kept under another name, and a new one is begun."""
    (tmp_path / FILE_NAME).write_bytes(content)
    reasons: list[Reason] = []
    database = open_database(tmp_path, reasons.append)
    assert reasons == [DAMAGED]
    assert (tmp_path / f"{FILE_NAME}.set-aside").read_bytes() == content
    database.close()


@pytest.mark.parametrize("suffix", ["-wal", "-shm", "-journal"])
def test_what_sqlite_keeps_beside_a_file_is_of_that_file(tmp_path: Path, suffix: str) -> None:
    """It goes when the file is set aside, and a link in its place is followed by nobody."""
    beside = tmp_path / f"{FILE_NAME}{suffix}"
    (tmp_path / FILE_NAME).write_bytes(b"no database" * 50)
    beside.write_bytes(b"left")
    reasons: list[Reason] = []
    open_database(tmp_path, reasons.append).close()
    assert not beside.exists()
    precious = tmp_path / "precious"
    precious.write_bytes(b"precious")
    beside.symlink_to(precious)
    database = open_database(tmp_path, reasons.append)
    _put(database, "new")
    database.close()
    assert reasons == [DAMAGED, DAMAGED]
    assert (precious.read_bytes(), beside.is_symlink()) == (b"precious", False)


def test_a_newer_version_is_set_aside(tmp_path: Path) -> None:
    """What a newer syncer wrote is kept."""
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        connection.execute("PRAGMA user_version = 999")
    reasons: list[Reason] = []
    open_database(tmp_path, reasons.append).close()
    assert reasons == [Reason("state-from-newer-version", {"version": 999})]


def test_an_older_version_is_emptied(tmp_path: Path) -> None:
    """It costs one full walk; nothing is set aside, and nobody is warned."""
    with closing(sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)) as connection:
        connection.executescript(
            "CREATE TABLE link (url TEXT PRIMARY KEY) WITHOUT ROWID;"
            "INSERT INTO link VALUES ('https://example.org/'); CREATE TABLE share (id TEXT);"
            "PRAGMA user_version = 2;"
        )
    reasons: list[Reason] = []
    database = open_database(tmp_path, reasons.append)
    assert _get(database) is None
    database.close()
    assert reasons == []
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        assert tables.fetchall() == [("record",)]


def test_a_folder_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    """A file in the place of the folder is a `StoreError` with the next step."""
    (tmp_path / "state").write_text("x", encoding="utf-8")
    with pytest.raises(StoreError, match="Check that the folder exists"):
        open_database(tmp_path / "state")


def test_a_symbolic_link_is_not_followed(tmp_path: Path) -> None:
    """Whoever can write in the state folder must not name another file for us to change."""
    target = tmp_path / "other.sqlite3"
    (tmp_path / FILE_NAME).symlink_to(target)
    with pytest.raises(StoreError, match="cannot be used"):
        open_database(tmp_path)
    assert not target.exists()


def test_a_locked_database_is_not_set_aside(tmp_path: Path) -> None:
    """Another program that writes is waited for, then reported."""
    database = open_database(tmp_path)
    _put(database, "kept")
    database._connection.execute("PRAGMA busy_timeout = 10")
    with closing(sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="locked"):
            _put(database, "lost")
        other.execute("ROLLBACK")
    assert _get(database) == "kept"
    database.close()
    assert not (tmp_path / f"{FILE_NAME}.set-aside").exists()


def test_a_full_disk_is_not_damage(tmp_path: Path) -> None:
    """The file stays, and the message says what to do."""
    database = open_database(tmp_path)
    _put(database, "kept")
    database._connection.execute("PRAGMA max_page_count = 1")
    with pytest.raises(StoreError, match="not full"):
        _put(database, "x" * 100_000)
    assert _get(database) == "kept"
    database.close()


@pytest.mark.parametrize("room_bytes", [0, 24_576, 40_960])
def test_a_disk_that_takes_nothing_more_costs_no_memory(tmp_path: Path, room_bytes: int) -> None:
    """For SQLite it is an input/output error, also where it makes its shared memory in a file."""
    reasons: list[Reason] = []
    with closing(open_database(tmp_path)) as database:
        _put(database, "kept")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room_bytes, hard))
    try:
        with (
            pytest.raises(StoreError, match="not full"),
            closing(open_database(tmp_path, reasons.append)) as database,
        ):
            _put(database, "x" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    with closing(open_database(tmp_path, reasons.append)) as database:
        assert _get(database) == "kept"
    assert reasons == []


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE record SET content = x'a162'",
        "UPDATE record SET checksum = 5",
        "DELETE FROM record WHERE key = 'a'; UPDATE record SET key = 'a'",
        "DROP TABLE record",
    ],
)
def test_damage_that_shows_only_on_reading(tmp_path: Path, damage: str) -> None:
    """The call finds nothing, the file is set aside at once, and the next call writes anew."""
    reasons: list[Reason] = []
    database = open_database(tmp_path, reasons.append)
    database.run(lambda records: records.put("mark", [("a", "x"), ("c", "y")]), None)
    database._connection.executescript(damage)
    assert _get(database) == "default"
    assert reasons == [DAMAGED]
    assert (tmp_path / f"{FILE_NAME}.set-aside").exists()
    _put(database, "anew")
    assert _get(database) == "anew"
    database.close()


@pytest.mark.parametrize("content", [b"", b"\xa2a", b"\x91" * 100_000 + b"\xc0"])
def test_a_record_that_cannot_be_decoded_is_damage(tmp_path: Path, content: bytes) -> None:
    """Also where its checksum is right: empty, cut off, or nested too deep."""

    def read(records: Records) -> object:
        return records.get("mark", "a", object)

    reasons: list[Reason] = []
    database = open_database(tmp_path, reasons.append)
    _put(database, "x")
    checksum = crc32(content, crc32(b"mark\0a"))
    database._connection.execute("UPDATE record SET content = ?, checksum = ?", (content, checksum))
    assert database.run(read, None) is None
    assert reasons == [DAMAGED]
    database.close()


def test_text_that_is_not_utf_8(tmp_path: Path) -> None:
    """One byte 0xff in a key is damage, whichever record is asked for."""
    reasons: list[Reason] = []
    database = open_database(tmp_path, reasons.append)
    _put(database, "x")
    database._connection.execute("UPDATE record SET key = CAST(x'61ff' AS TEXT)")
    found = database.run(lambda records: dict(records.list("mark", str)), {"default": ""})
    assert found == {"default": ""}
    assert reasons == [DAMAGED]
    database.close()


def test_a_folder_that_takes_no_new_file_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A damaged file that cannot be set aside is reported."""

    def refuse(_self: Path, _target: Path) -> None:
        raise PermissionError(13, "Permission denied")

    database = open_database(tmp_path)
    database._connection.executescript("DROP TABLE record")
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(StoreError, match="Permission denied"):
        _get(database)
    database.close()


SHARES = ("boks.example.dk/Ab12Cd34", "boks.example.dk/Ef56Gh78")
URLS = tuple(f"https://eksempel.dk/side/{number}" for number in range(40))
TREE = ShareTree(
    tuple(RemoteFile(f"Mappe/{n:04}.docx", n, NOW, n, f'"{n}"') for n in range(1500)),
    (RemoteFolder("", 50, '"r"', NOW), RemoteFolder("Mappe", 51, '"m"', NOW)),
)


def _remember(database: Database) -> None:
    store, links = ShareStore(database), StoredLinks(database)
    for number, share in enumerate(SHARES):
        store.save_share(RememberedShare(share, "legacy", number, '"r"', NOW), TREE)
    store.save_refusal(RememberedRefusal("boks.example.dk/Gone", ShareStatus.GONE, NOW))
    store.save_host(HostKnowledge("boks.example.dk", "27.0.2", "legacy", NOW))
    store.save_suspicions([Suspicion(SHARES[0], "a1", (date(2026, 11, 22),))])
    for number, url in enumerate(URLS):
        reason = Reason("link-moved", {"url": url, "n": number, "words": ("a", "b")})
        verdict = LinkVerdict(LinkKind.WEB, LinkStatus.REDIRECTED, reason, 301, url, NOW)
        links.keep(url, RememberedLink(verdict, f'"{number}"'))


def _recall(database: Database) -> list[Any]:
    store, links = ShareStore(database), StoredLinks(database)
    return [
        *(load(share) for share in SHARES for load in (store.load_share, store.load_tree)),
        store.load_refusal("boks.example.dk/Gone"),
        store.load_host("boks.example.dk"),
        store.load_suspicions(),
        *(links.recall([url]) for url in URLS),
    ]


def _replace_byte(content: bytearray, chance: random.Random) -> None:
    content[chance.randrange(len(content))] = chance.randrange(256)


def _turn_bit(content: bytearray, chance: random.Random) -> None:
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def _overwrite_run(content: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(content))
    content[start : start + 64] = chance.randbytes(len(content[start : start + 64]))


@pytest.mark.parametrize("damage", [_replace_byte, _turn_bit, _overwrite_run])
def test_nothing_that_a_disk_has_changed_is_believed(
    tmp_path: Path, damage: Callable[[bytearray, random.Random], None], *, thorough: bool
) -> None:
    """Each record comes back as it was written, or not at all; no call fails."""
    sound = open_database(tmp_path / "sound")
    _remember(sound)
    written = _recall(sound)
    sound.close()
    content = (tmp_path / "sound" / FILE_NAME).read_bytes()
    nothing = _recall(open_database(tmp_path / "empty"))
    chance = random.Random(damage.__name__)  # noqa: S311 - no secret, and the same each time
    noticed, tries = 0, 60 if thorough else 15
    for _ in range(tries):
        changed = bytearray(content)
        damage(changed, chance)
        folder = tmp_path / "changed"
        folder.mkdir()
        (folder / FILE_NAME).write_bytes(changed)
        reasons: list[Reason] = []
        database = open_database(folder, reasons.append)
        for found, before, without in zip(_recall(database), written, nothing, strict=True):
            assert found in (before, without)
        noticed += bool(reasons)
        _remember(database)
        database.close()
        shutil.rmtree(folder)
    assert noticed > tries // 3


NETWORKS = (
    "9p afs ceph cifs glusterfs lustre ncpfs nfs nfs4 smb3 smbfs fuse.sshfs fuse.rclone fuseblk.x"
)


@pytest.mark.parametrize("kind", [*NETWORKS.split(), "ext4", "xfs", "tmpfs", "fuse", "overlay"])
def test_a_file_system_of_the_network_is_known(tmp_path: Path, kind: str) -> None:
    """By the name that the kernel gives it; SQLite's locks do not hold there."""
    device = tmp_path.stat().st_dev
    mounts = tmp_path / "mounts"
    number = f"{os.major(device)}:{os.minor(device)}"
    mounts.write_text(f"1 2 0:1 / / rw - ext4 x rw\n3 1 {number} / /mnt rw - {kind} x rw\n")
    assert is_on_network(tmp_path, mounts) is (kind in NETWORKS.split())
    assert set(NETWORKS.split()) >= database._NETWORK
    assert database._NETWORK_PREFIXES == ("fuse.", "fuseblk.")


def test_a_file_system_that_nobody_knows_is_no_network(tmp_path: Path) -> None:
    """Where there is no list of mounts, or this one is not in it."""
    mounts = tmp_path / "mounts"
    assert not is_on_network(tmp_path, mounts)
    mounts.write_text("1 2 0:999 / / rw - nfs4 x rw\n")
    assert not is_on_network(tmp_path, mounts)


@pytest.mark.parametrize(("is_network", "mode"), [(True, "delete"), (False, "wal")])
def test_on_a_network_nothing_is_shared_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_network: bool, mode: str
) -> None:
    """Also for a state folder that was on a disk before, and the other way round."""
    for network in (not is_network, is_network):
        monkeypatch.setattr(database, "is_on_network", lambda _, there=network: there)
        opened = open_database(tmp_path)
        found = opened._connection.execute("PRAGMA journal_mode").fetchone()
        opened.close()
    assert found == (mode,)


SOUND = ("PERM", "BUSY", "LOCKED", "NOMEM", "INTERRUPT", "FULL", "CANTOPEN", "MISUSE", "PROTOCOL")
OF_THE_DISK = ("IOERR", "IOERR_WRITE", "IOERR_FSYNC", "IOERR_SHMSIZE", "IOERR_SHMMAP")
WRONG = ("CORRUPT", "NOTADB", "ERROR", "FORMAT", "IOERR_READ", "IOERR_SHORT_READ")


@pytest.mark.parametrize("name", [*SOUND, *OF_THE_DISK, *WRONG])
def test_only_a_wrong_content_is_damage(tmp_path: Path, name: str) -> None:
    """A file that is in use, out of reach or out of room is left as it is."""
    error = sqlite3.OperationalError("x")
    error.sqlite_errorcode = getattr(sqlite3, f"SQLITE_{name}")
    assert database._is_damage(error, tmp_path / "x") is (name in WRONG)
    assert {getattr(sqlite3, f"SQLITE_{one}") for one in SOUND} == database._NOT_DAMAGE
