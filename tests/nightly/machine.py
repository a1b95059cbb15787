"""A Debian with systemd as its first process, in a container of its own without a network.

`SYNCER_TEST_SYSTEMD` names the folder in which the Debian is kept; debootstrap makes it the first
time (about a minute). What a test writes in it is gone with the machine (`--volatile=overlay`).
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from pathlib import Path
from typing import IO

import pytest

from tests.nightly.neighbours import BASE_URL, CLOUD_PORT, PASSWORD
from tests.pipeline.handbooks import PAGE, TOKEN

ROOT = Path(__file__).parents[2]
VARIABLE = "SYNCER_TEST_SYSTEMD"
CHECKOUT = "/root/syncer"
_SUITE = "bookworm"
_PACKAGES = "systemd,systemd-sysv,dbus,libnss-systemd,python3-venv,git,make,ca-certificates"
_PATIENCE_S = 60.0
_ENVIRONMENT = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME": "/root",
    "LANG": "C.UTF-8",
    # Wheels instead of an index, as deploy/README.md says for a server without one.
    "PIP_NO_INDEX": "1",
    "PIP_FIND_LINKS": f"{CHECKOUT}/wheels",
    "PIP_ROOT_USER_ACTION": "ignore",
}
Done = subprocess.CompletedProcess[str]


@dataclass
class Machine:
    """A machine that has started; `leader` is its first process as the host sees it."""

    leader: int
    mails: Path
    neighbours: subprocess.Popen[str]

    def run(self, *command: str, given: str | None = None, check: bool = True) -> Done:
        """Run a command as root; what is `given` comes on its stdin."""
        done = subprocess.run(
            [*_enter(self.leader), "env", f"--chdir={CHECKOUT}", *command],
            input=given or "",
            capture_output=True,
            text=True,
            check=False,
            env=_ENVIRONMENT,
            timeout=5 * _PATIENCE_S,
        )
        assert not check or done.returncode == 0, (command, done.stdout, done.stderr)
        return done

    def shell(self, script: str, *, check: bool = True) -> Done:
        """Run lines of a shell, to the first that fails."""
        return self.run("sh", "-e", "-c", script, check=check)

    def write(self, path: str, text: str, mode: str = "644") -> None:
        """Write a file, its folder made when it is not there."""
        self.run("install", "-D", "-m", mode, "/dev/stdin", path, given=text)

    def read(self, path: str) -> str:
        """Return a file's text."""
        return self.run("cat", path).stdout

    def ask(self, unit: str, name: str) -> str:
        """Return a property of a unit."""
        return self.run("systemctl", "show", "--value", f"--property={name}", unit).stdout.strip()

    def journal(self, unit: str) -> str:
        """Return what a unit has logged."""
        return self.run("journalctl", "--no-pager", "--output=cat", f"--unit={unit}").stdout

    def wait_for(self, what: str, condition: Callable[[], bool]) -> None:
        """Wait until something is so."""
        deadline = time.monotonic() + _PATIENCE_S
        while not condition():
            assert time.monotonic() < deadline, what
            time.sleep(0.1)

    def list_mails(self, word: str) -> list[str]:
        """Return the texts of the mails that have come with a word in them."""
        mails = (message_from_bytes(path.read_bytes()) for path in sorted(self.mails.glob("*.eml")))
        texts = (mail.get_payload(decode=True) for mail in mails)
        return [
            text.decode() for text in texts if isinstance(text, bytes) and word in text.decode()
        ]

    def tell_neighbours(self, order: str) -> None:
        """Have them obey an order."""
        _say(self.neighbours, order)

    def add_handbook(self, name: str, *, more: str = "", settings: str = "") -> None:
        """Make what an administrator makes for a handbook: settings, a secret, the pages."""
        page = PAGE.format(base=BASE_URL, token=TOKEN) + more
        self.write(f"/srv/handbook/{name}/samarbejde.md", page)
        self.write(f"/etc/syncer/{name}.toml", make_settings(name) + settings)
        self.run("install", "-d", "-m", "700", f"/etc/syncer/{name}.secrets")
        self.write(f"/etc/syncer/{name}.secrets/boks", PASSWORD + "\n", "600")


def make_settings(name: str) -> str:
    """Return the settings of a handbook whose share wants a password."""
    return (
        f'[handbook]\nsource = "/srv/handbook/{name}"\n'
        f'[[nextcloud]]\nhost = "127.0.0.1:{CLOUD_PORT}"\nbase_url = "{BASE_URL}"\n'
        f'shares.{TOKEN}.password_file = "{name}.secrets/boks"\n'
        "[links]\nallow_private = true\n"
    )


def find_debian() -> Path:
    """Return the folder with the Debian, made when it is not there; skip where none can be had."""
    if not (kept := os.environ.get(VARIABLE)):
        pytest.skip(f"starts a machine; {VARIABLE}=FOLDER runs it, and keeps its Debian there")
    missing = [tool for tool in ("debootstrap", "systemd-nspawn", "nsenter") if not _find(tool)]
    if missing or os.geteuid() != 0:
        pytest.skip(f"needs root, debootstrap and systemd-container; missing: {missing}")
    debian = Path(kept) / _SUITE
    if not (debian / "whole").exists():
        shutil.rmtree(debian, ignore_errors=True)
        debian.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            ["debootstrap", "--variant=minbase", f"--include={_PACKAGES}", _SUITE, debian],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        (debian / "whole").touch()
    return debian


def _find(tool: str) -> str | None:
    return shutil.which(tool, path=f"{os.environ['PATH']}:/usr/sbin:/sbin")


@contextmanager
def start_machine(folder: Path) -> Iterator[Machine]:
    """Start a machine with a checkout in it, and its neighbours; stop it with the block."""
    debian = find_debian()
    checkout = copy_checkout(folder / "checkout")
    mails = folder / "mails"
    mails.mkdir()
    with ExitStack() as stack:
        console = stack.enter_context((folder / "console").open("wb"))
        guest, leader = _boot(debian, checkout, folder / "notify", console)
        stack.callback(_stop, guest, leader)
        # Leaving it closes its stdin, at which it ends.
        _write_hosts(leader)
        neighbours = stack.enter_context(_start_neighbours(leader, mails))
        yield Machine(leader, mails, neighbours)


def copy_checkout(folder: Path) -> Path:
    """Copy what git knows of this checkout, with a folder of the wheels it needs."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    for name in listed.stdout.split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    # For Debian's Python, which need not be the one that runs the tests.
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check",
         "--python-version=3.11", "--require-hashes", "--only-binary=:all:",
         "--requirement=requirements.txt", "--dest=wheels"],
        cwd=folder, check=True, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    return folder


def _boot(
    debian: Path, checkout: Path, address: Path, console: IO[bytes]
) -> tuple[subprocess.Popen[bytes], int]:
    """Start the machine and wait until it says that it is up; return it and its first process."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
        channel.bind(str(address))
        channel.settimeout(_PATIENCE_S)
        guest = subprocess.Popen(
            ["systemd-nspawn", "--quiet", f"--directory={debian}", "--volatile=overlay", "--boot",
             f"--machine=syncer-{os.getpid()}", "--register=no", "--keep-unit",
             "--private-network", "--notify-ready=yes", "--console=pipe",
             f"--bind={checkout}:{CHECKOUT}"],
            env={**os.environ, "NOTIFY_SOCKET": str(address)},
            stdin=subprocess.DEVNULL, stdout=console, stderr=console,
        )  # fmt: skip
        told = ""
        while "READY=1" not in told:
            told += channel.recv(4096).decode() + "\n"
    lines = dict(line.split("=", 1) for line in told.splitlines() if "=" in line)
    return guest, int(lines["X_NSPAWN_LEADER_PID"])


def _stop(guest: subprocess.Popen[bytes], leader: int) -> None:
    command = [*_enter(leader), "systemctl", "poweroff"]
    subprocess.run(command, env=_ENVIRONMENT, check=False, capture_output=True)
    guest.wait(_PATIENCE_S)


def _enter(leader: int) -> tuple[str, ...]:
    return ("nsenter", f"--target={leader}", "--all")


def _write_hosts(leader: int) -> None:
    """Write what Debian's installer writes, and debootstrap does not."""
    command = [*_enter(leader), "tee", "/etc/hosts"]
    subprocess.run(command, input=b"127.0.0.1 localhost\n", stdout=subprocess.DEVNULL, check=True)


def _start_neighbours(leader: int, mails: Path) -> subprocess.Popen[str]:
    neighbours = subprocess.Popen(
        ["nsenter", f"--net=/proc/{leader}/ns/net", sys.executable, "-m",
         "tests.unattended.neighbours", str(mails)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert neighbours.stdout is not None
    assert neighbours.stdout.readline() == "ready\n"
    return neighbours


def _say(process: subprocess.Popen[str], line: str) -> None:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{line}\n")
    process.stdin.flush()
    assert process.stdout.readline() == "done\n"
