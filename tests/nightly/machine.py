"""A bare Debian with systemd as its first process, in a container of its own without a network.

`SYNCER_TEST_SYSTEMD` names the folder in which the Debian is kept; debootstrap makes it the first
time (about a minute). It has nothing that syncer needs, but the packages wait where apt looks for
them. What a test writes in it is gone with the machine (`--volatile=overlay`).
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import IO

import pytest

from tests.nightly.neighbours import BASE_URL, CLOUD_PORT, HOSTS, PASSWORD
from tests.pipeline.handbooks import PAGE, TOKEN

ROOT = Path(__file__).parents[2]
README = (ROOT / "deploy" / "README.md").read_text(encoding="utf-8")
VARIABLE = "SYNCER_TEST_SYSTEMD"
CHECKOUT = "/root/syncer"
PACKAGES = ("python3-venv", "git", "make")
"""What deploy/README.md has apt install."""
_SUITE = "bookworm"
_SYSTEM = "systemd,systemd-sysv,dbus,libnss-systemd"
_CERTIFICATE = "/usr/local/share/ca-certificates/tests.crt"
_PATIENCE_S = 60.0
_ENVIRONMENT = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME": "/root",
    "LANG": "C.UTF-8",
    # Wheels instead of an index, as deploy/README.md says for a server without one.
    "PIP_NO_INDEX": "1",
    "PIP_FIND_LINKS": "/root/wheels",
    "PIP_ROOT_USER_ACTION": "ignore",
    "DEBIAN_FRONTEND": "noninteractive",
}
Done = subprocess.CompletedProcess[str]


@dataclass
class Machine:
    """A machine that has started.

    Attributes:
        leader: its first process as the host sees it.
        mails: the neighbours' folder.
        took: step of the document → seconds.
    """

    leader: int
    mails: Path
    neighbours: subprocess.Popen[str]
    took: dict[str, float] = field(default_factory=dict)

    def run(
        self, *command: str, given: str | None = None, check: bool = True, folder: str = CHECKOUT
    ) -> Done:
        """Run a command as root in a folder; what is `given` comes on its stdin."""
        done = subprocess.run(
            [*_enter(self.leader), "env", f"--chdir={folder}", *command],
            input=given or "",
            capture_output=True,
            text=True,
            check=False,
            env=_ENVIRONMENT,
            timeout=5 * _PATIENCE_S,
        )
        assert not check or done.returncode == 0, (command, done.stdout, done.stderr)
        return done

    def shell(self, script: str, *, check: bool = True, folder: str = CHECKOUT) -> Done:
        """Run lines of a shell, to the first that fails."""
        return self.run("sh", "-e", "-c", script, check=check, folder=folder)

    def do(self, step: str, block: str, *, folder: str = CHECKOUT) -> str:
        """Do a block of the document; return what it prints."""
        begun = time.monotonic()
        done = self.shell(block, folder=folder)
        self.took[step] = time.monotonic() - begun
        return done.stdout

    def write(self, path: str, text: str, mode: str = "644") -> None:
        """Write a file, its folder made when it is not there."""
        self.run("install", "-D", "-m", mode, "/dev/stdin", path, given=text, folder="/")

    def read(self, path: str) -> str:
        """Return a file's text."""
        return self.run("cat", path).stdout

    def ask(self, unit: str, name: str) -> str:
        """Return a property of a unit."""
        return self.run("systemctl", "show", "--value", f"--property={name}", unit).stdout.strip()

    def add_drop_in(self, unit: str, text: str) -> None:
        """Change a unit as `systemctl edit` does."""
        self.write(f"/etc/systemd/system/{unit}.d/test.conf", text)
        self.run("systemctl", "daemon-reload")

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
        """Return the mails that have come with a word in them: receivers, subject and text."""
        mails = (
            message_from_bytes(path.read_bytes(), policy=policy.default)
            for path in sorted(self.mails.glob("*.eml"))
        )
        texts = (
            f"To: {mail['To']}\nSubject: {mail['Subject']}\n\n{body.get_content()}"
            for mail in mails
            if isinstance(mail, EmailMessage) and (body := mail.get_body(("plain",))) is not None
        )
        return [text for text in texts if word in text]

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


def find_blocks(heading: str, language: str = "sh") -> list[str]:
    """Return the blocks of a language in a section of deploy/README.md, in their order."""
    section = re.split(r"^##+ ", README, flags=re.MULTILINE)
    text = next(part for part in section if part.startswith(heading))
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


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
    debian = Path(kept) / f"{_SUITE}-bare"
    if not (debian / "whole").exists():
        shutil.rmtree(debian, ignore_errors=True)
        debian.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            ["debootstrap", "--variant=minbase", f"--include={_SYSTEM}", _SUITE, debian],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        subprocess.run(
            ["chroot", debian, "apt-get", "install", "-y", "--download-only", *PACKAGES],
            check=True,
            env=_ENVIRONMENT,
            stdout=subprocess.DEVNULL,
        )
        (debian / "whole").touch()
    return debian


def _find(tool: str) -> str | None:
    return shutil.which(tool, path=f"{os.environ['PATH']}:/usr/sbin:/sbin")


@contextmanager
def start_machine(folder: Path) -> Iterator[Machine]:
    """Start a machine, and its neighbours, who have this checkout; stop it with the block."""
    debian = find_debian()
    neighbourhood, wheels = folder / "neighbours", folder / "wheels"
    commit_checkout(neighbourhood / "OS2offdig" / "syncer")
    fetch_wheels(wheels)
    with ExitStack() as stack:
        console = stack.enter_context((folder / "console").open("wb"))
        guest, leader = _boot(debian, wheels, folder / "notify", console)
        stack.callback(_stop, guest, leader)
        # Leaving it closes its stdin, at which it ends.
        neighbours = stack.enter_context(_start_neighbours(leader, neighbourhood))
        machine = Machine(leader, neighbourhood, neighbours)
        # What Debian's installer writes and debootstrap does not, and whom the neighbours play.
        machine.write("/etc/hosts", f"127.0.0.1 localhost {' '.join(HOSTS)}\n")
        machine.write(_CERTIFICATE, (neighbourhood / "ca.pem").read_text("ascii"))
        yield machine


def commit_checkout(folder: Path) -> None:
    """Make a repository of what git knows of this checkout, with the changes that it has."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    for name in listed.stdout.split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    commit(folder)


def commit(folder: Path) -> None:
    """Make a repository of a folder, with all that is in it."""
    author = ("-c", "user.name=tests", "-c", "user.email=tests@example.org")
    for command in (
        ("init", "-q"),
        ("add", "--force", "."),
        (*author, "commit", "-qm", "As it is"),
    ):
        subprocess.run(["git", *command], cwd=folder, check=True)


def fetch_wheels(folder: Path) -> None:
    """Fetch the wheels that an installation needs, as deploy/README.md says.

    For Debian's Python, which need not be the one that runs the tests.
    """
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check",
         "--python-version=3.11", "--require-hashes", "--only-binary=:all:",
         "--requirement=requirements.txt", f"--dest={folder}"],
        cwd=ROOT, check=True, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _boot(
    debian: Path, wheels: Path, address: Path, console: IO[bytes]
) -> tuple[subprocess.Popen[bytes], int]:
    """Start the machine and wait until it says that it is up; return it and its first process."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
        channel.bind(str(address))
        channel.settimeout(_PATIENCE_S)
        guest = subprocess.Popen(
            ["systemd-nspawn", "--quiet", f"--directory={debian}", "--volatile=overlay", "--boot",
             f"--machine=syncer-{os.getpid()}", "--register=no", "--keep-unit",
             "--private-network", "--notify-ready=yes", "--console=pipe",
             f"--bind-ro={wheels}:{_ENVIRONMENT['PIP_FIND_LINKS']}"],
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


def _start_neighbours(leader: int, folder: Path) -> subprocess.Popen[str]:
    neighbours = subprocess.Popen(
        ["nsenter", f"--net=/proc/{leader}/ns/net", sys.executable, "-m",
         "tests.nightly.neighbours", str(folder)],
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
