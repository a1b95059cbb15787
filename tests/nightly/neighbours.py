"""The hosts that a guest machine's syncer talks to: a Nextcloud, a mail server, one that is mute.

Run as a process in the guest's own network (`nsenter --net=…`), so that the ports are the usual
ones and nothing of it is seen outside. Mails are left in the folder of the first argument. A line
on stdin ("unplug", "plug in") is obeyed, and answered by a line on stdout.
"""

from __future__ import annotations

import socket
import sys
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

from tests.cloud.cloud import Cloud
from tests.cloud.server import serve_cloud
from tests.cloud.throttle import Throttle
from tests.pipeline.handbooks import TOKEN, fill

CLOUD_PORT = 8080
MUTE_PORT = 8081
MAIL_PORT = 25
PASSWORD = "Kun-for-naboer"
BASE_URL = f"http://127.0.0.1:{CLOUD_PORT}"
# Takes a connection and never answers: a run that asks it lasts as long as its time-out.
MUTE_URL = f"http://127.0.0.1:{MUTE_PORT}/"


class _Letterbox:
    """Keeps each mail as a file, whole before it bears its name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = 0

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        part = self.folder / ".part"
        part.write_bytes(envelope.content)
        part.rename(self.folder / f"{self.count:03}.eml")
        self.count += 1
        return "250 OK"


def _serve(folder: Path) -> None:
    cloud = Cloud("31.0.4", throttle=Throttle(unit_s=0))
    fill(cloud)
    cloud.share(TOKEN, "Boks", password=PASSWORD)
    post = Controller(_Letterbox(folder), hostname="127.0.0.1", port=MAIL_PORT)
    post.start()
    with socket.create_server(("127.0.0.1", MUTE_PORT)), serve_cloud(cloud, CLOUD_PORT) as server:
        print("ready", flush=True)  # noqa: T201 - the answer to who has started it
        for line in sys.stdin:
            {"unplug": server.unplug, "plug in": server.plug_in}[line.strip()]()
            print("done", flush=True)  # noqa: T201
    post.stop()


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
