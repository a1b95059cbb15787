"""A place where one nightly follows another, each with all that follows it, on real servers."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from syncer.manifest.document import StatusManifest
from syncer.nightly.run import run_nightly
from syncer.nightly.session import open_session
from syncer.pipeline.options import AuditOptions, RunParams
from syncer.surroundings import Surroundings
from tests.cloud.server import CloudServer
from tests.delivery.receivers import PASSWORD, USER, Listener, PostOffice
from tests.pipeline.handbooks import FakeClock, write_page

UPLOAD_TOKEN = "UploadS3cret001"


@dataclass
class Nights:
    """A place where one run follows another; the settings may change between them."""

    folder: Path
    server: CloudServer
    office: PostOffice
    listener: Listener
    clock: FakeClock = field(default_factory=FakeClock)
    smtp_port: int = 0
    base_url: str = ""
    weekly: bool = False
    stop: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        """Put the secrets into files."""
        self.smtp_port = self.office.port
        self.base_url = self.server.base_url
        self.handbook = write_page(self.folder / "handbook", self.server.base_url)
        self.write_secret("link", f"{self.server.base_url}/s/{UPLOAD_TOKEN}")
        self.write_secret("smtp", PASSWORD)
        self.write_secret("hook", self.listener.url)
        self.write_secret("ping", self.listener.url.replace("hooks", "ping"))

    def write_secret(self, name: str, text: str) -> None:
        """Write a file that only its owner reads."""
        file = self.folder / name
        file.write_text(text, encoding="utf-8")
        file.chmod(0o600)

    def run(self, **options: Any) -> StatusManifest:
        """Do the next night's run."""
        config = self.folder / "syncer.toml"
        config.write_text(
            f"""
[handbook]
source = "{self.handbook}"
[state]
folder = "state"
[output]
folder = "reports"
report_to = "https://git.example.org/handbook/issues/new"
[[nextcloud]]
host = "{self.server.host}"
base_url = "{self.base_url}"
[links]
allow_private = true
[publish]
link_file = "link"
folder = "Status"
[notify]
report_url = "https://boks.example.org/f/1"
[notify.mail]
to = ["sekretariat@example.org"]
sender = "syncer@example.org"
host = "127.0.0.1"
port = {self.smtp_port}
user = "{USER}"
password_file = "smtp"
ca_file = "ca.pem"
weekly = {str(self.weekly).lower()}
[notify.ping]
url_file = "ping"
[notify.webhook]
url_file = "hook"
shape = "mattermost"
""",
            encoding="utf-8",
        )
        session = open_session(config, lang=None, verbosity=2, env={})
        self.clock.time += timedelta(days=1)
        around = Surroundings(now=self.clock.now, sleep=self.clock.sleep, stop=self.stop)
        params = RunParams(config=config, audit=AuditOptions(**options))
        return run_nightly(session, params, around)[0]

    def published(self, name: str = "status.json") -> bytes:
        """Return what lies in the published folder."""
        content = self.server.cloud.tree.get(f"Ud/Status/{name}").content
        assert content is not None
        return content

    def written(self, name: str = "status.json") -> bytes:
        """Return what lies in the output folder."""
        return (self.folder / "reports" / name).read_bytes()

    def pings(self) -> list[tuple[str, bytes]]:
        """Return the pings so far: what stands behind the address, and the body."""
        return [
            (posted.path.removeprefix("/ping/t0ken-s3cret"), posted.body)
            for posted in self.listener.posted
            if posted.path.startswith("/ping/")
        ]

    def messages(self) -> list[str]:
        """Return the messages so far."""
        hooked = (p for p in self.listener.posted if p.path.startswith("/hooks/"))
        return [json.loads(posted.body)["text"] for posted in hooked]

    @property
    def subjects(self) -> list[str]:
        """Return the subjects of the mails so far."""
        return [str(mail["Subject"]) for mail in self.office.postbox.mails]
