"""Secrets are planted wherever one may stand, and looked for in everything that comes out.

Each run is a real process. Searched are stdout and stderr at every log level, every file that is
left, and the arguments of the process and of what it starts.
"""

from __future__ import annotations

import base64
import io
import itertools
import json
import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import pytest

from syncer.cli.params import FORMATS
from syncer.config import Secrets
from syncer.delivery.ping import ping_start
from syncer.log import set_up_log
from syncer.net.post import post
from syncer.redact import Redactor
from syncer.surroundings import Surroundings
from tests.cloud.cloud import Cloud
from tests.cloud.server import CloudServer, serve_cloud
from tests.cloud.throttle import Throttle
from tests.delivery.receivers import Listener
from tests.nightly.processes import Place
from tests.pipeline.handbooks import TOKEN, fill, write_page
from tests.security.unpacked import read_unpacked

# Marks that stand in no other text, with letters that each encoding writes in its own way.
SHARE = "Hemmelig-æøå/1+%41"
MAIL = "Postkode-ßµ/2+%42"
HOOK = "Krog-ñ/3+%43"
URL_PART = "ping-4f9d2c1b7a"
GIT = "git-8e5a61c03d"
PUBLISH = "Aflevering-ø/5+%45"
ACCOUNT = "Konto-å/6+%46"
PLANTED = (SHARE, MAIL, HOOK, URL_PART, GIT, PUBLISH, ACCOUNT)


def spell(secret: str) -> set[str]:
    """Return the ways in which a secret may be written somewhere."""
    logins = (secret, f"{TOKEN}:{secret}", f"anonymous:{secret}", f":{secret}", f"user:{secret}")
    coded = {base64.b64encode(login.encode()).decode().rstrip("=") for login in logins}
    return {
        secret,
        quote(secret),
        quote(secret, safe=""),
        json.dumps(secret)[1:-1],
        repr(secret.encode())[2:-1],
        *coded,
    }


SPELLINGS = tuple(itertools.chain.from_iterable(spell(secret) for secret in PLANTED))


def find_secrets(text: bytes) -> list[str]:
    """Return what was found, for the message of a failed test."""
    return [spelling for spelling in SPELLINGS if spelling.encode() in text]


class _Echo(BaseHTTPRequestHandler):
    """Answers everything with an error that holds all that was sent: the worst of servers."""

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        sent = self.rfile.read(length).decode("utf-8", "replace")
        told = f"{self.command} {self.path}\n{self.headers}\n{sent}"
        login = self.headers.get("Authorization", "").removeprefix("Basic ")
        told += base64.b64decode(login + "==").decode("utf-8", "replace") if login else ""
        escaped = told.replace("&", "&amp;").replace("<", "&lt;")
        body = (
            '<?xml version="1.0"?><d:error xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns">'
            f"<s:exception>{escaped}</s:exception><s:message>{escaped}</s:message></d:error>"
        ).encode()
        self.send_response(418, login or "no")
        self.send_header("Content-Type", "application/xml")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Location", self.path)
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_HEAD = do_POST = do_PUT = do_PROPFIND = do_MKCOL = do_MOVE = _answer  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Keep quiet."""


def test_the_search_finds_what_it_looks_for() -> None:
    """Each secret, as it is and as a login, a URL or JSON would hold it."""
    for secret in PLANTED:
        login = base64.b64encode(f"anonymous:{secret}".encode())
        for text in (secret.encode(), login, quote(secret).encode(), json.dumps(secret).encode()):
            assert find_secrets(b"Authorization: " + text)


@contextmanager
def echo() -> Iterator[str]:
    """Serve the worst of servers."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Echo)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def cloud() -> Iterator[CloudServer]:
    """Serve a share that asks for the planted password."""
    made = Cloud("31.0.4", throttle=Throttle(unit_s=0))
    fill(made)
    made.share(TOKEN, "Boks", password=SHARE)
    made.accounts["user"] = ACCOUNT
    with serve_cloud(made) as running:
        yield running


def plant(folder: Path, base_url: str, hostile: str, *, share: str) -> tuple[Place, Path]:
    """Write a handbook, its settings, and a folder of secrets beside them."""
    vault = folder / "vault"
    vault.mkdir(mode=0o700, parents=True)
    values = {
        "share": share,
        "mail": MAIL,
        "hook": HOOK,
        "hook-url": f"{hostile}/{URL_PART}?key={URL_PART}",
        "ping-url": f"{hostile}/{URL_PART}",
        "publish": PUBLISH,
        "account": ACCOUNT,
    }
    for name, value in values.items():
        (vault / name).write_text(value + "\n", encoding="utf-8")
        (vault / name).chmod(0o644)  # others may read it: warned of, without showing it
    work = folder / "work"
    handbook = write_page(work / "handbook", base_url)
    with (handbook / "samarbejde.md").open("a", encoding="utf-8") as page:
        page.write(f"| **Budget** | Internt. | [Intern]({base_url}/apps/files/?dir=/Boks) |\n")
    place = Place(work, base_url, str(handbook))
    host = base_url.partition("://")[2]
    place.configure(
        f'[[nextcloud]]\nhost = "{host}"\nbase_url = "{base_url}"\n'
        f'user = "user"\napp_password_file = "{vault}/account"\n'
        f'shares.{TOKEN}.password_file = "{vault}/share"\n'
        f'[publish]\nbase_url = "{hostile}"\nuser = "user"\npassword_file = "{vault}/publish"\n'
        f'[notify.ping]\nurl_file = "{vault}/ping-url"\n'
        f'[notify.webhook]\nurl_file = "{vault}/hook-url"\nshape = "talk"\n'
        f'secret_file = "{vault}/hook"\n'
        '[notify.mail]\nto = ["it@example.org"]\nsender = "a@example.org"\nhost = "127.0.0.1"\n'
        f'port = 9\nuser = "user"\npassword_file = "{vault}/mail"\n'
    )
    return place, vault


def search(place: Place, output: str, env: Mapping[str, str] | None = None) -> None:
    """Look for every secret in what a command printed and in every file that it left."""
    assert find_secrets(output.encode()) == []
    for path in sorted(place.folder.rglob("*")):
        if path.is_file():
            assert find_secrets(read_unpacked(path)) == [], path


@pytest.mark.parametrize("wrong", [False, True], ids=["right", "wrong"])
def test_no_output_holds_a_secret(tmp_path: Path, cloud: CloudServer, *, wrong: bool) -> None:
    """Every command and format, at the loudest level, with the right password and a wrong one."""
    with echo() as hostile:
        password = f"{SHARE}x" if wrong else SHARE
        cloud.cloud.accounts["user"] = f"{ACCOUNT}x" if wrong else ACCOUNT
        place, vault = plant(tmp_path, cloud.base_url, hostile, share=password)
        formats = (part for name in FORMATS for part in ("--format", f"{name}:out-{name}"))
        audit = place.run("audit", "-vv", "--fail-on", "never", *formats)
        assert audit.returncode == 0, audit.stderr
        search(place, audit.stdout + audit.stderr)
        rows = json.loads((place.folder / "out-json").read_bytes())["resources"]
        statuses = {row["name"]: row["status"] for row in rows}
        assert ("no-access" in statuses.values()) is wrong
        assert statuses["Budget"] == ("no-access" if wrong else "missing")
        others = (("run", "-vv"), ("check-config",), ("status",), ("report",))
        for command in others if not wrong else ():
            done = place.run(*command)
            assert "Traceback" not in done.stderr
            search(place, done.stdout + done.stderr)
        assert f"chmod 600 {vault}/share" in audit.stderr


def test_a_ping_address_that_stands_in_the_settings(tmp_path: Path, cloud: CloudServer) -> None:
    """It is in the settings file and nowhere else: not in what any command prints or leaves."""
    with echo() as hostile:
        place, _ = plant(tmp_path, cloud.base_url, hostile, share=SHARE)
        text = place.config.read_text(encoding="utf-8").partition("[notify.ping]")[0]
        address = f"{hostile}/{URL_PART}?key={URL_PART}"
        place.config.write_text(f'{text}[notify]\nping_url = "{address}"\n', encoding="utf-8")
        commands = (("run", "-vv"), ("audit", "-vv"), ("check-config", "--deep"), ("status",))
        outcomes = [place.run(*command) for command in commands]
        assert "notice-failed" in outcomes[0].stderr  # it was asked, and refused as a teapot
        outcomes.append(place.run("run", "-vv", SYNCER_NOTIFY__PING_URL=URL_PART))
        assert outcomes[-1].returncode == 2
        place.config.unlink()
        search(place, "".join(done.stdout + done.stderr for done in outcomes))


def test_a_server_that_tells_what_it_was_sent(tmp_path: Path) -> None:
    """An answer that holds the login does not bring it into a report or a log."""
    with echo() as hostile:
        place, _ = plant(tmp_path, hostile, hostile, share=SHARE)
        done = place.run("audit", "-vv", "--format", "json")
        assert done.returncode in (1, 3), done.stderr
        assert "Traceback" not in done.stderr
        search(place, done.stdout + done.stderr)


@pytest.mark.parametrize("source", ["env", "credential", "folder"])
def test_secrets_from_elsewhere(tmp_path: Path, cloud: CloudServer, source: str) -> None:
    """A variable, a credential, a folder of credentials: taken, never shown, and not warned of."""
    work = tmp_path / "work"
    place = Place(work, cloud.base_url, str(write_page(work / "handbook", cloud.base_url)))
    host = cloud.base_url.partition("://")[2]
    wanted = (
        'password_env = "SHARE_PASSWORD"'
        if source == "env"
        else ('password_file = "os2.secrets/share"')
    )
    place.configure(f'[[nextcloud]]\nhost = "{host}"\nbase_url = "{cloud.base_url}"\n'
                    f"shares.{TOKEN}.{wanted}\n")  # fmt: skip
    credentials = tmp_path / "credentials"
    credentials.mkdir()
    name = "share" if source == "credential" else "os2.secrets_share"
    (credentials / name).write_text(SHARE, encoding="utf-8")
    (credentials / name).chmod(0o444)
    env = (
        {"SHARE_PASSWORD": SHARE}
        if source == "env"
        else {"CREDENTIALS_DIRECTORY": str(credentials)}
    )
    done = place.run("audit", "-vv", "--fail-on", "never", "--format", "json", **env)
    assert done.returncode == 0, done.stderr
    assert "chmod" not in done.stderr
    assert json.loads(done.stdout)["shares"][0]["status"] == "ok"
    search(place, done.stdout + done.stderr)


def test_settings_that_hold_a_secret_themselves(tmp_path: Path) -> None:
    """A password written where the name of a file belongs is refused, and not repeated."""
    place = Place(
        tmp_path, "http://127.0.0.1:9", str(write_page(tmp_path / "h", "http://127.0.0.1:9"))
    )
    for wrong in (
        f'[[nextcloud]]\nhost = "h"\nshares.{TOKEN} = "{SHARE}"\n',
        f'[[nextcloud]]\nhost = "h"\nshares.{TOKEN}.password = "{SHARE}"\n',
        f'[[nextcloud]]\nhost = "h"\nshares.{TOKEN}.password_file = ["{SHARE}"]\n',
    ):
        place.configure(wrong)
        for command in ("check-config", "worker"):
            done = place.run(command)
            assert done.returncode == 2, done.stderr
            assert find_secrets((done.stdout + done.stderr).encode()) == []


def test_git_credentials_are_in_no_argument_and_no_text(tmp_path: Path) -> None:
    """A login in the handbook's address goes to git in its environment alone."""
    with echo() as hostile:
        address = hostile.replace("://", f"://user:{GIT}@") + "/handbook.git"
        place = Place(tmp_path, hostile, address)
        place.configure()
        seen = tmp_path / "arguments"
        git = tmp_path / "bin" / "git"
        git.parent.mkdir()
        git.write_text(
            f'#!/bin/sh\nprintf "%s\\n" "$@" >> {seen}\nexec /usr/bin/git "$@"\n', encoding="utf-8"
        )
        git.chmod(0o755)
        place.config.chmod(0o600)
        done = place.run("run", "-vv", PATH=f"{git.parent}:/usr/bin:/bin")
        assert done.returncode == 2
        assert "handbook.git" in done.stderr
        assert find_secrets((done.stdout + done.stderr).encode()) == []
        assert "ls-remote" in seen.read_text(encoding="utf-8")
        assert find_secrets(seen.read_bytes()) == []
        place.config.unlink()
        search(place, "")


def test_a_core_dump_is_not_of_our_making() -> None:
    """The units forbid them: a password would stand in it."""
    systemd = Path(__file__).parents[2] / "deploy" / "systemd"
    for name in ("syncer@.service", "syncer-worker@.service", "syncer-check@.service"):
        assert "LimitCORE=0" in (systemd / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "typed",
    [
        "/hooks/planted%2bword",
        "/hooks/planted%7eword",
        "/hooks/plæntedword",
        "/hooks/planted word",
        "/hooks/{planted}|word",
        "/a/../hooks/plantedword",
        "/hooks/planted%zzword/",
        "/hook?key=planted%2bword&more=plænted|word",
        "/hook?planted {word}",
    ],
)
def test_an_address_is_in_no_log_line_in_the_spelling_that_is_sent(typed: str) -> None:
    """Libraries percent-encode what was typed otherwise, and leave `..` out."""
    listener, stream = Listener(), io.StringIO()
    url = listener.url.partition("/hooks")[0] + typed
    set_up_log(verbosity=2, redactor=Redactor(Secrets(webhook_url=url).values()), stream=stream)
    try:
        post(url, b"{}", content_type="application/json")
        ping_start(url, Surroundings())
    finally:
        listener.close()
    log = stream.getvalue()
    assert log.count("POST") == len(listener.posted) == 2
    for part in ("plant", "pl%C3", "pl\xe6n", "word", "hooks/"):
        assert part not in log


def test_a_value_of_an_address_is_masked_alone() -> None:
    """As typed and as sent: a library may show the query in another order."""
    url = "https://chat.example.org/hook?key=planted%2bword&more=1"
    clean = Redactor(Secrets(webhook_url=url).values()).clean
    assert clean("?more=1&key=planted%2Bword") == "?more=1&key=***"
    assert clean("?more=1&key=planted%2bword") == "?more=1&key=***"
    assert clean("more=1") == "more=1"


def test_the_account_is_in_no_log_line_of_a_library() -> None:
    """`-vv` shows each request, and the path of an account's files has its name."""
    stream = io.StringIO()
    set_up_log(verbosity=2, redactor=Redactor(), stream=stream)
    request = 'http://sky.example:80 "PROPFIND /sky/remote.php/dav/files/%s/Aftaler HTTP/1.1" 207 9'
    logging.getLogger("urllib3.connectionpool").debug(request, "robot%40kommune")
    assert "robot" not in stream.getvalue()
    assert "/remote.php/dav/files/***/Aftaler" in stream.getvalue()
