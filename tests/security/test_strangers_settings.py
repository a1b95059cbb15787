"""Settings that a change of the handbook could bring are not used, and secrets are files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from syncer.config import read_secrets
from syncer.config.settings import NotifySettings, PingSettings, Settings
from syncer.errors import ConfigError, StoreError
from syncer.store.database import open_database
from syncer.store.files import LOCK_NAME, hold_lock
from syncer.store.health import read_health

Syncer = Callable[..., "subprocess.CompletedProcess[str]"]

EVIL = 'schedule = "a mistake, so that reading the file ends with 2"\n'
ADVICE = "--config ./syncer.toml"


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """Return the current folder, which has a handbook below it and a settings file in it."""
    (tmp_path / "work" / "handbook").mkdir(parents=True)
    page = tmp_path / "work" / "handbook" / "page.md"
    page.write_text("---\n---\n# Side\n\n[her](page.html)\n", encoding="utf-8")
    (tmp_path / "work" / "syncer.toml").write_text(EVIL, encoding="utf-8")
    return tmp_path / "work"


def make_worktree(folder: Path) -> None:
    """Make a folder the top of a git worktree."""
    subprocess.run(["git", "init", "-q", str(folder)], check=True)


@pytest.mark.parametrize("handbook", ["handbook", "handbook/page.md", "file://{work}/handbook"])
def test_a_file_in_the_handbooks_repository_is_not_used(
    syncer: Syncer, work: Path, handbook: str
) -> None:
    """One warning with the option that uses it; the defaults apply."""
    make_worktree(work)
    done = syncer("audit", "--offline", handbook.format(work=work), cwd=work)
    assert ADVICE in done.stderr
    assert done.stderr.count("syncer.toml is not used") == 1
    # A repository without a commit cannot be cloned; without the warning it is 2 as well.
    assert done.returncode == (2 if "file://" in handbook else 0), done.stderr


def test_a_file_in_the_handbooks_folder_is_not_used(syncer: Syncer, work: Path) -> None:
    """Without git the folder itself counts, also for a link to a file in it."""
    (work / "syncer.toml").rename(work / "handbook" / "syncer.toml")
    assert ADVICE in syncer("audit", "--offline", ".", cwd=work / "handbook").stderr
    (work / "syncer.toml").symlink_to("handbook/syncer.toml")
    done = syncer("audit", "--offline", "handbook", cwd=work)
    assert (done.returncode, ADVICE in done.stderr) == (0, True)


@pytest.mark.parametrize(
    ("source", "command"),
    [
        ("handbook", ("audit", "--offline")),
        ("/nowhere", ("status",)),
        ("https://127.0.0.1:9/x.git", ("check-config",)),
    ],
)
def test_a_file_of_a_repository_cannot_vouch_for_itself(
    syncer: Syncer, work: Path, source: str, command: tuple[str, ...]
) -> None:
    """By naming a handbook elsewhere: only the command line and the environment can."""
    make_worktree(work)
    text = f'[handbook]\nsource = "{source}"\n[state]\nfolder = "evil"\n'
    (work / "syncer.toml").write_text(text, encoding="utf-8")
    done = syncer(*command, cwd=work)
    assert ADVICE in done.stderr
    assert not (work / "evil").exists()
    assert "evil" not in done.stdout


def test_a_file_of_a_clone_is_not_used_for_a_handbook_at_a_url(syncer: Syncer, work: Path) -> None:
    """The worktree may be a stranger's clone of it; a folder that is no repository is used."""
    command = ("audit", "--offline", "--handbook", "https://127.0.0.1:9/x.git")
    assert ADVICE not in syncer(*command, cwd=work).stderr
    make_worktree(work)
    assert ADVICE in syncer(*command, cwd=work).stderr


def test_a_file_outside_of_the_handbook_is_used(syncer: Syncer, work: Path) -> None:
    """As before: its mistake ends the run, for a handbook that it names or that is named."""
    named = syncer("audit", "--offline", "handbook", cwd=work)
    assert (named.returncode, "schedule: expected" in named.stderr) == (2, True)
    (work / "syncer.toml").write_text(f'{EVIL}[handbook]\nsource = "handbook"\n', "utf-8")
    assert syncer("audit", "--offline", cwd=work).returncode == 2
    make_worktree(work / "handbook")
    env = {"SYNCER_HANDBOOK__SOURCE": "handbook"}
    assert syncer("audit", "--offline", cwd=work, env=env).returncode == 2


def test_a_file_that_is_named_is_used_wherever_it_is(syncer: Syncer, work: Path) -> None:
    """By the option or the variable; `--no-config` uses none."""
    make_worktree(work)
    base = ("audit", "--offline", "handbook")
    for named in (
        syncer(*base, "--config", "syncer.toml", cwd=work),
        syncer(*base, cwd=work, env={"SYNCER_CONFIG": "syncer.toml"}),
    ):
        assert (named.returncode, ADVICE in named.stderr) == (2, False)
    without = syncer(*base, "--no-config", cwd=work, env={"SYNCER_CONFIG": "syncer.toml"})
    assert (without.returncode, "syncer.toml" in without.stderr) == (0, False)
    both = syncer(*base, "--no-config", "--config", "syncer.toml", cwd=work)
    assert both.returncode == 2
    assert "exclude each other" in both.stderr


@pytest.mark.parametrize(
    "path", ["/proc/self/environ", "/dev/stdin", "/sys/kernel/notes", "{tmp}/link", "{tmp}/fifo"]
)
def test_a_secret_is_a_regular_file_on_a_disk(tmp_path: Path, path: str) -> None:
    """Not what the kernel makes up: it may hold the environment, or never end."""
    (tmp_path / "link").symlink_to("/proc/self/environ")
    os.mkfifo(tmp_path / "fifo")
    ping = PingSettings(url_file=Path(path.format(tmp=tmp_path)))
    with pytest.raises(ConfigError, match=r"The url of \[notify\.ping\] cannot be read: .* file"):
        read_secrets(Settings(notify=NotifySettings(ping=ping)), {})


def test_a_secret_has_a_size(tmp_path: Path) -> None:
    """A file without an end is not read to its end."""
    with (tmp_path / "huge").open("wb") as file:
        file.truncate(1 << 40)
    ping = PingSettings(url_file=tmp_path / "huge")
    with pytest.raises(ConfigError, match="too large for a secret"):
        read_secrets(Settings(notify=NotifySettings(ping=ping)), {})


def test_a_secret_may_be_behind_links(tmp_path: Path) -> None:
    """As Kubernetes mounts it: a link to a link to a folder with a date."""
    (tmp_path / "..2026").mkdir()
    (tmp_path / "..2026" / "url").write_text("https://hc.example.org/x\n", encoding="utf-8")
    (tmp_path / "..data").symlink_to("..2026")
    (tmp_path / "url").symlink_to("..data/url")
    ping = PingSettings(url_file=tmp_path / "url")
    secrets = read_secrets(Settings(notify=NotifySettings(ping=ping)), {})
    assert secrets.ping_url == "https://hc.example.org/x"


def take_lock(state: Path) -> None:
    """Take the run lock, and give it back."""
    with hold_lock(state, wait=False, sleep=lambda _: None):
        pass


OPEN: dict[str, Callable[[Path], object]] = {
    LOCK_NAME: take_lock,
    "state.sqlite3": open_database,
}


# A FIFO in the place of the database is damage: test_damaged_state.py.
@pytest.mark.parametrize(
    ("name", "kind"), [(LOCK_NAME, "fifo"), *product(OPEN, ("link", "dangling"))]
)
def test_no_state_file_is_opened_through_a_link(tmp_path: Path, name: str, kind: str) -> None:
    """What it leads to is neither emptied nor made; the message names the file."""
    target, state = tmp_path / "target", tmp_path / "state"
    state.mkdir()
    if kind == "link":
        target.write_text("precious", encoding="utf-8")
    if kind == "fifo":
        os.mkfifo(state / name)
    else:
        (state / name).symlink_to(target)
    open_it = OPEN[name]
    with pytest.raises(StoreError, match=name):
        open_it(state)
    assert target.read_text("utf-8") == "precious" if kind == "link" else not target.exists()


def test_the_health_of_a_run_is_not_read_through_a_link(tmp_path: Path) -> None:
    """It counts as unknown."""
    (tmp_path / "elsewhere").write_text(
        '{"started_at":"2026-11-23T02:15:00Z","process":1}', "utf-8"
    )
    (tmp_path / "health.json").symlink_to("elsewhere")
    assert read_health(tmp_path) is None
    (tmp_path / "health.json").unlink()
    (tmp_path / "elsewhere").rename(tmp_path / "health.json")
    assert read_health(tmp_path) is not None


def test_a_package_of_the_checkout_is_not_run(tmp_path: Path) -> None:
    """`python -P -m syncer`, as it is documented, and the script."""
    (tmp_path / "syncer").mkdir()
    for name in ("__init__.py", "__main__.py"):
        (tmp_path / "syncer" / name).write_text("open('ran', 'w').close()\n", encoding="utf-8")
    script = shutil.which("syncer", path=str(Path(sys.executable).parent))
    for command in ([sys.executable, "-P", "-m", "syncer"], [sys.executable, str(script)]):
        done = subprocess.run(
            [*command, "-V"], cwd=tmp_path, capture_output=True, text=True, check=True
        )
        assert "syncer" in done.stdout
    assert not (tmp_path / "ran").exists()


def test_no_document_names_the_unsafe_way() -> None:
    """Without `-P` Python puts the current folder first."""
    top = Path(__file__).parents[2]
    places = [top / "README.md", *top.glob("docs/**/*"), *top.glob("deploy/**/*")]
    texts = [place.read_text("utf-8", "replace") for place in places if place.is_file()]
    lines = [line for text in texts for line in text.splitlines() if "-m syncer" in line]
    assert lines
    assert all("-P -m syncer" in line for line in lines)
