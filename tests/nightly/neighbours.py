"""The hosts that a guest machine's syncer talks to: Nextclouds, mail servers, GitHub, a mute one.

Run as a process in the guest's own network (`nsenter --net=…`), so that names and ports are the
usual ones and nothing of it is seen outside. The folder of the first argument gets each mail, and
has the repositories that the git servers show, and the certificate to trust (`ca.pem`). A line on
stdin ("unplug", …) is obeyed, and answered by a line on stdout.
"""

from __future__ import annotations

import logging
import os
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cheroot import wsgi
from cheroot.ssl.builtin import BuiltinSSLAdapter

from syncer.demo.pace import Pacer
from tests.cloud.cloud import Cloud, Rights
from tests.cloud.gate import Gate
from tests.cloud.server import serve_cloud
from tests.cloud.throttle import Throttle
from tests.pipeline.handbooks import TOKEN, fill

CLOUD_PORT = 8080
MUTE_PORT = 8081
RELAY_PORT, SUBMISSION_PORT, HTTPS_PORT = 25, 587, 443
PASSWORD = "Kun-for-naboer"
BASE_URL = f"http://127.0.0.1:{CLOUD_PORT}"
# Takes a connection and never answers: a run that asks it lasts as long as its time-out.
MUTE_URL = f"http://127.0.0.1:{MUTE_PORT}/"
UPLOAD_TOKEN = "UploadS3cret001"
# The names that the documents and OS2's own settings have.
GIT_HOSTS = ("github.com", "git.example.org")
HOSTS = (*GIT_HOSTS, "boks.os2.eu", "boks.example.org", "smtp.example.org")


class _Letterbox:
    """Keeps each mail as a file, whole before it bears its name; lets in who has the password."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = 0
        self.open = True

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        part = self.folder / ".part"
        part.write_bytes(envelope.content)
        part.rename(self.folder / f"{self.count:03}.eml")
        self.count += 1
        return "250 OK"

    def log_in(self, *given: Any) -> AuthResult:
        return AuthResult(
            success=self.open and given[-1].password == PASSWORD.encode(), handled=False
        )


class _GitHub:
    """Git's own server of repositories, behind WSGI."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        passed = ("REQUEST_METHOD", "PATH_INFO", "QUERY_STRING", "CONTENT_TYPE")
        env = {name: environ[name] for name in passed if name in environ} | {
            "PATH": os.environ["PATH"],
            "GIT_PROJECT_ROOT": str(self.folder),
            "GIT_HTTP_EXPORT_ALL": "1",
            "GIT_PROTOCOL": environ.get("HTTP_GIT_PROTOCOL", ""),
            "HTTP_CONTENT_ENCODING": environ.get("HTTP_CONTENT_ENCODING", ""),
        }
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        done = subprocess.run(
            ["git", "http-backend"], input=body, capture_output=True, check=True, env=env
        )
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().splitlines())
        start(headers.pop("Status", "200 OK"), list(headers.items()))
        return [content]


@contextmanager
def _serve_https(folder: Path, authority: trustme.CA, cloud: Cloud) -> Iterator[None]:
    """Serve a cloud by each of its names, and the repositories, with one certificate."""
    shown, github = Gate(cloud, Pacer(None), ""), _GitHub(folder)

    def choose(environ: Any, start: Any) -> Iterable[bytes]:
        chosen: Any = github if environ["HTTP_HOST"] in GIT_HOSTS else shown
        answered: Iterable[bytes] = chosen(environ, start)
        return answered

    certificate = folder / "server.pem"
    issued = authority.issue_cert(*HOSTS)
    issued.private_key_and_cert_chain_pem.write_to_path(str(certificate))
    server: Any = wsgi.Server(("127.0.0.1", HTTPS_PORT), choose)
    server.ssl_adapter = BuiltinSSLAdapter(str(certificate), str(certificate))
    server.prepare()
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    yield
    server.stop()
    thread.join()


def _start_mail(letterbox: _Letterbox, authority: trustme.CA) -> list[Controller]:
    """Start a relay, and a server that takes mail after STARTTLS and a login."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*HOSTS).configure_cert(context)
    servers = [
        Controller(letterbox, hostname="127.0.0.1", port=RELAY_PORT),
        Controller(
            letterbox,
            hostname="127.0.0.1",
            port=SUBMISSION_PORT,
            tls_context=context,
            require_starttls=True,
            auth_required=True,
            authenticator=letterbox.log_in,
        ),
    ]
    for server in servers:
        server.start()
    return servers


def _serve(folder: Path) -> None:
    """Serve all of them until stdin ends."""
    cloud = Cloud("31.0.4", throttle=Throttle(unit_s=0))
    fill(cloud)
    public = Cloud("31.0.4", throttle=Throttle(unit_s=0))
    fill(public)
    cloud.share(TOKEN, "Boks", password=PASSWORD)
    public.add_folder("Ud")
    public.share(UPLOAD_TOKEN, "Ud", rights=Rights.WRITE)
    authority, letterbox = trustme.CA(), _Letterbox(folder)
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    mail = _start_mail(letterbox, authority)
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    with ExitStack() as stack:
        stack.enter_context(socket.create_server(("127.0.0.1", MUTE_PORT)))
        stack.enter_context(_serve_https(folder, authority, public))
        server = stack.enter_context(serve_cloud(cloud, CLOUD_PORT))
        print("ready", flush=True)  # noqa: T201 - the answer to who has started it
        for line in sys.stdin:
            match line.strip():
                case "unplug":
                    server.unplug()
                case "plug in":
                    server.plug_in()
                case "stop the mail":
                    for one in mail:
                        one.stop()
                case "start the mail":
                    mail = _start_mail(letterbox, authority)
                case "end the login" | "let in" as order:
                    letterbox.open = order == "let in"
                case other:
                    raise ValueError(other)
            print("done", flush=True)  # noqa: T201
    for one in mail:
        one.stop()


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
