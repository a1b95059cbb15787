"""Damage in a state database costs the memory, never the run or a verdict."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from syncer.cli import main
from syncer.demo.session import open_demo
from syncer.errors import ConfigError
from syncer.nightly.earlier_runs import read_kept
from syncer.store.database import FILE_NAME

CLEAN_EXITS = (0, 1)


@dataclass
class Audited:
    """A demo with its settings, and its state after a first run."""

    folder: Path
    sound: bytes

    @property
    def state(self) -> Path:
        """The state database."""
        return self.folder / "state" / FILE_NAME

    def audit(self, content: bytes | None) -> tuple[int, dict[str, Any]]:
        """Audit with this content of the database, or without one; return code and verdicts."""
        shutil.rmtree(self.state.parent, ignore_errors=True)
        if content is not None:
            self.state.parent.mkdir()
            self.state.write_bytes(content)
        return self.audit_again()

    def audit_again(self) -> tuple[int, dict[str, Any]]:
        """Audit with the state as it is; return code and verdicts."""
        output = self.folder / "status.json"
        code = main(
            [
                "audit",
                "--config",
                str(self.folder / "syncer.toml"),
                "--format",
                f"json:{output}",
            ]
        )
        return code, _read_verdicts(json.loads(output.read_bytes()))


def _read_verdicts(manifest: dict[str, Any]) -> dict[str, Any]:
    """Return everything that a manifest claims; how it was learnt and when may differ."""
    return {
        "complete": manifest["run"]["complete"],
        "shares": [(s["id"], s["status"], s["files"], s["bytes"]) for s in manifest["shares"]],
        "resources": [(r["id"], r["status"], r["files"]) for r in manifest["resources"]],
        "links": [
            (link["id"], link["status"], link["final_url"], link["http_status"], link["reason"])
            for link in manifest["links"]
        ],
        "findings": [(f["id"], f["code"], f["subject"], f["hint"]) for f in manifest["findings"]],
    }


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Audited]:
    """Serve the demo, and audit it once."""
    folder = tmp_path_factory.mktemp("demo")
    handbook, state = folder / "handbook", folder / "state"
    with open_demo(handbook) as demo, pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("SYNCER_")]:
            patch.delenv(name)
        patch.setenv("NO_PROXY", "127.0.0.1,localhost")
        (folder / "syncer.toml").write_text(
            f'[handbook]\nsource = "{handbook}"\n[state]\nfolder = "{state}"\n'
            f'[[nextcloud]]\nhost = "{demo.host}"\nbase_url = "{demo.base_url}"\n'
            f'[links]\nallow_private = true\nremap = {{ "https://" = "{demo.base_url}/web/" }}\n',
            encoding="utf-8",
        )
        made = Audited(folder, b"")
        code, _ = made.audit(None)
        assert code in CLEAN_EXITS
        made.sound = made.state.read_bytes()
        yield made


def _turn_bit(content: bytearray, chance: random.Random) -> None:
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def _put_0xff(content: bytearray, chance: random.Random) -> None:
    content[chance.randrange(len(content))] = 0xFF


def _turn_bit_of_text(content: bytearray, chance: random.Random) -> None:
    """Turn a bit of a URL, a path or a word."""
    text = [place for place, byte in enumerate(content) if chr(byte).isalnum()]
    content[chance.choice(text)] ^= 1 << chance.randrange(8)


def _nest(path: Path) -> None:
    path.write_bytes(b'{"later": ' + b"[" * 100_000 + b"]" * 100_000 + b"}")


def _swell(path: Path) -> None:
    with path.open("ab") as file:
        file.truncate(1 << 30)


@pytest.mark.parametrize("damage", [_turn_bit, _put_0xff, _turn_bit_of_text])
def test_a_damaged_database_changes_no_verdict(
    audited: Audited, damage: Callable[[bytearray, random.Random], None], thorough: bool
) -> None:
    """Wherever a byte is changed, the run ends as one without memory does."""
    expected = audited.audit(None)
    assert audited.audit(audited.sound) == expected
    chance = random.Random(damage.__name__)  # noqa: S311 - the same places each time
    for _ in range(100 if thorough else 10):
        content = bytearray(audited.sound)
        damage(content, chance)
        assert audited.audit(bytes(content)) == expected


def test_one_byte_in_a_url(audited: Audited, capsys: pytest.CaptureFixture[str]) -> None:
    """A text that is not UTF-8 is reported once, and kept for whoever wants to look."""
    expected = audited.audit(None)
    # Everywhere, as the first place may be one that SQLite no longer uses.
    content = audited.sound.replace(b"https://w", b"https://\xff")
    capsys.readouterr()
    assert audited.audit(content) == expected
    assert capsys.readouterr().err.count("state-damaged") == 1
    assert audited.state.with_name(f"{FILE_NAME}.set-aside").exists()
    assert audited.audit(audited.state.read_bytes()) == expected
    assert "state-damaged" not in capsys.readouterr().err


@pytest.mark.parametrize(
    "name",
    [
        FILE_NAME,
        f"{FILE_NAME}-wal",
        f"{FILE_NAME}-shm",
        f"{FILE_NAME}-journal",
        "reports/status.json",
        "reports/status-complete.json",
        "health.json",
        "notices.json",
    ],
)
def test_a_fifo_in_the_state_costs_one_slow_run(audited: Audited, name: str) -> None:
    """Nobody waits for its writer, and the next run has a memory again."""
    expected = audited.audit(None)
    shutil.rmtree(audited.state.parent)
    fifo = audited.state.parent / name
    fifo.parent.mkdir(parents=True)
    os.mkfifo(fifo)
    assert audited.audit_again() == expected
    assert audited.audit_again() == expected
    assert audited.state.is_file()


@pytest.mark.parametrize("suffix", ["", "-wal", "-shm", "-journal"])
def test_a_folder_in_place_of_the_database_costs_one_slow_run(
    audited: Audited, suffix: str
) -> None:
    """It is set aside with what is in it, also where something was set aside before."""
    expected = audited.audit(None)
    shutil.rmtree(audited.state.parent)
    folder = audited.state.with_name(FILE_NAME + suffix)
    for number in range(3):
        if folder.is_file():
            folder.unlink()
        folder.mkdir(parents=True)
        (folder / "precious").write_text(str(number), encoding="utf-8")
        assert audited.audit_again() == expected
        assert audited.audit_again() == expected
        assert audited.state.is_file()
    kept = audited.state.parent.glob(f"{FILE_NAME}{suffix}.set-aside*/precious")
    assert sorted(path.read_text(encoding="utf-8") for path in kept) == ["0", "1", "2"]


@pytest.mark.parametrize("name", ["status.json", "status-complete.json"])
def test_a_fifo_among_the_reports_delays_no_nightly(audited: Audited, name: str) -> None:
    """It is replaced by the manifest of this run."""
    shutil.rmtree(audited.state.parent)
    reports = audited.state.parent / "reports"
    reports.mkdir(parents=True)
    os.mkfifo(reports / name)
    settings = str(audited.folder / "syncer.toml")
    assert main(["run", "--config", settings]) == 0
    assert (reports / name).is_file()
    os.mkfifo(reports / "fifo")
    (reports / "fifo").replace(reports / "status.json")
    assert main(["report", "--config", settings]) == 2
    assert main(["status", "--config", settings]) == 1


@pytest.mark.parametrize(
    "name", ["health.json", "notices.json", "reports/status.json", "reports/status-complete.json"]
)
@pytest.mark.parametrize("damage", [_nest, _swell])
def test_a_strange_file_of_the_state_stops_nothing(
    audited: Audited, name: str, damage: Callable[[Path], None]
) -> None:
    """Neither one that is too deep to be read, nor one of a gigabyte, which is not read."""
    shutil.rmtree(audited.state.parent)
    settings = str(audited.folder / "syncer.toml")
    assert main(["run", "--config", settings]) == 0
    damage(audited.state.parent / name)
    assert main(["status", "--config", settings]) in (0, 1)
    assert main(["run", "--config", settings]) == 0


def test_a_manifest_of_a_gigabyte_is_not_read(tmp_path: Path) -> None:
    """Only its size is looked at."""
    _swell(tmp_path / "status.json")
    with pytest.raises(ConfigError, match="Too big"):
        read_kept(tmp_path / "status.json")


@pytest.mark.parametrize("name", ["-wal", "-shm", "-journal"])
def test_a_link_beside_the_database_is_not_followed(audited: Audited, name: str) -> None:
    """What it leads to stays as it is, and the next run has a memory again."""
    expected = audited.audit(None)
    precious = audited.folder / "precious"
    precious.write_text("precious", encoding="utf-8")
    audited.state.with_name(audited.state.name + name).unlink(missing_ok=True)
    audited.state.with_name(audited.state.name + name).symlink_to(precious)
    assert audited.audit_again() == expected
    assert precious.read_text("utf-8") == "precious"
    assert not audited.state.with_name(audited.state.name + name).is_symlink()
