"""The Containerfile without an engine: its every step, as it stands there, in a scratch machine.

The machine is Debian as the image's base is; its Python is Debian's, and there is no network: what
`apt-get` and `pip` would fetch is there before.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.nightly.machine import CHECKOUT, PACKAGES, Machine, start_machine

CONTAINERFILE = Path(__file__).parents[2] / "deploy" / "container" / "Containerfile"
_APT = re.compile(r"^apt-get (update|install)\b|^rm -rf /var/lib/apt/lists")


@dataclass
class Image:
    """What the last stage leaves for a run."""

    env: dict[str, str] = field(default_factory=dict)
    user: str = "root"
    folder: str = "/"
    volume: str = ""
    entrypoint: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)
    health: list[str] = field(default_factory=list)
    stop_signal: str = "SIGTERM"


def read_steps() -> list[tuple[str, str]]:
    """Return instruction and rest of each step, continued lines joined, comments left out."""
    text = CONTAINERFILE.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ")
    steps = (line.partition(" ") for line in joined.splitlines() if line.strip())
    return [(name, " ".join(rest.split())) for name, _, rest in steps]


def do_step(machine: Machine, image: Image, name: str, rest: str) -> None:
    """Do one step in the machine, or note what it says of a run."""
    match name:
        case "FROM":
            image.folder = "/"
        case "WORKDIR":
            machine.run("mkdir", "-p", rest)
            image.folder = rest
        case "COPY":
            copy(machine, image, rest.split())
        case "RUN":
            for command in rest.split(" && "):
                if not _APT.search(command):
                    machine.shell(f"cd {image.folder} && {command}")
        case _:
            note(image, name, rest)


def note(image: Image, name: str, rest: str) -> None:
    """Note a step that says how the image is run."""
    match name:
        case "ENV":
            for key, _, value in (pair.partition("=") for pair in rest.split()):
                image.env[key] = value.replace("$PATH", "/usr/local/bin:/usr/bin:/bin")
        case "USER":
            image.user = rest
        case "VOLUME":
            image.volume = rest
        case "STOPSIGNAL":
            image.stop_signal = rest
        case "HEALTHCHECK":
            image.health = json.loads(rest.partition("CMD ")[2])
        case "ENTRYPOINT":
            image.entrypoint = json.loads(rest)
        case "CMD":
            image.command = json.loads(rest)
        case _:
            raise AssertionError(f"a step that nobody does here: {name}")


def copy(machine: Machine, image: Image, words: list[str]) -> None:
    """Copy from the checkout; between the stages, which are one machine here, there is no need."""
    if words[0].startswith("--from="):
        assert words[1] == words[2]
        return
    target = words[-1] if words[-1].startswith("/") else f"{image.folder}/{words[-1]}"
    for name in words[:-1]:
        # A folder's content is copied, as COPY does it.
        source = f"{CHECKOUT}/{name}"
        machine.shell(
            f"if [ -d {source} ]; then mkdir -p {target} && cp -R {source}/. {target};"
            f" else cp {source} {target}; fi"
        )


def run_arguments(image: Image, unit: str) -> list[str]:
    """Return what starts a program as a container would: its user, and all but a folder closed."""
    user, _, group = image.user.partition(":")
    properties = [f"User={user}", f"Group={group}", f"WorkingDirectory={image.folder}",
                  "ProtectSystem=strict", f"ReadWritePaths={image.volume}", "PrivateTmp=yes",
                  "CapabilityBoundingSet=", "NoNewPrivileges=yes",
                  f"KillSignal={image.stop_signal}"]  # fmt: skip
    return [
        "systemd-run", f"--unit={unit}", "--quiet",
        *(f"--property={item}" for item in properties),
        *(f"--setenv={key}={value}" for key, value in image.env.items()),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """Give a machine with what the base image has beyond Debian: a `python`."""
    with start_machine(tmp_path_factory.mktemp("image")) as running:
        running.run("apt-get", "install", "-y", "-q", *PACKAGES, folder="/")
        running.run("git", "clone", "-q", "https://github.com/OS2offdig/syncer", folder="/root")
        running.run("ln", "-s", "/usr/bin/python3", "/usr/local/bin/python")
        yield running


@pytest.fixture(scope="module")
def image(machine: Machine) -> Image:
    """Do every step."""
    made = Image()
    for name, rest in read_steps():
        do_step(machine, made, name, rest)
    machine.add_handbook("boks")
    settings = machine.read("/etc/syncer/boks.toml").replace('"boks.secrets/', '"/run/secrets/')
    machine.write("/etc/syncer/syncer.toml", settings)
    machine.write("/run/secrets/boks", machine.read("/etc/syncer/boks.secrets/boks"), "444")
    return made


def test_the_image_is_not_roots(image: Image) -> None:
    """A number, so that a cluster can tell; it starts the program with a command of its own."""
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", image.user)
    assert image.entrypoint == ["syncer"]
    assert image.command[0] == "worker"
    assert image.env["STATE_DIRECTORY"] == image.volume


def test_it_works_stays_healthy_and_stops(machine: Machine, image: Image) -> None:
    """The first run at once, the health check says so, SIGTERM ends it with 0."""
    check = [*run_arguments(image, "health"), "--wait", "--pipe", "--collect"]
    program = f"/opt/syncer/bin/{image.entrypoint[0]}"
    machine.run(*run_arguments(image, "image"), program, *image.command)
    machine.wait_for("the first run", lambda: '"run-done"' in machine.journal("image"))
    health = image.health.copy()
    health[0] = "/bin/sh"
    machine.run(*check, *health)
    owner = machine.run("stat", "--format=%u", f"{image.volume}/reports/status.json").stdout
    assert owner.strip() == image.user.partition(":")[0]
    machine.run("systemctl", "stop", "image")
    assert "Deactivated successfully" in machine.journal("image")
    machine.run("rm", "-r", f"{image.volume}/reports", f"{image.volume}/health.json")
    assert machine.run(*check, *health, check=False).returncode == 1


def test_other_commands(machine: Machine, image: Image) -> None:
    """`docker run syncer run`, as a CronJob starts it."""
    start = [*run_arguments(image, "once"), "--wait", "--pipe", "--collect"]
    program = f"/opt/syncer/bin/{image.entrypoint[0]}"
    machine.run(*start, program, "run", "--verbose")
    assert machine.run(*start, program, "status").returncode == 0
