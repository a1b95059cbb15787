"""Uploading the reports: whole or not at all, by link and by account, whatever the server does."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from syncer.config import Secrets, Settings
from syncer.config.settings import NextcloudSettings, PublishSettings
from syncer.delivery.upload import PublishTarget, choose_target, publish
from syncer.model.reason import Reason
from syncer.net.deadlines import Patience
from syncer.surroundings import Surroundings
from tests.cloud.cloud import Cloud, Rights
from tests.cloud.server import CloudServer, serve_cloud
from tests.cloud.throttle import Throttle
from tests.delivery.go_between import APP_PASSWORD, SHARE_PASSWORD, TOKEN, USER, GoBetween, Passing

REPORT = "<h1>Åbne punkter</h1>".encode() * 10_000
FILES = (("report.html", REPORT), ("report.md", b"# ny"), ("status.json", b'{"ny": 1}'))
YESTERDAY = {
    "report.html": "<h1>i går</h1>".encode(),
    "report.md": "# i går".encode(),
    "status.json": b"{}",
}


@pytest.fixture(params=["27.0.2", "31.0.4"])
def server(request: pytest.FixtureRequest) -> Iterator[CloudServer]:
    """Serve a writable folder, once per endpoint, and an account."""
    cloud = Cloud(request.param, throttle=Throttle(unit_s=0))
    cloud.accounts[USER] = APP_PASSWORD
    cloud.add_folder("Delt")
    cloud.share(TOKEN, "Delt", rights=Rights.WRITE)
    with serve_cloud(cloud) as running:
        yield running


@pytest.fixture
def between(server: CloudServer) -> Iterator[GoBetween]:
    """Give a go-between that lets everything pass until it is told otherwise."""
    made = GoBetween(server)
    yield made
    made.close()


def upload(
    target: PublishTarget,
    *,
    patience: Patience | None = None,
    stop: threading.Event | None = None,
) -> Reason | None:
    """Upload without waiting."""
    return publish(
        target,
        FILES,
        Surroundings(sleep=lambda _: None, stop=stop or threading.Event()),
        patience=patience or Patience(connect_s=5, read_s=5, answer_s=10),
    )


def by_link(base_url: str, folder: str = "", password: str | None = None) -> PublishTarget:
    """Return the writable link as a target."""
    return PublishTarget(base_url=base_url, folder=folder, token=TOKEN, password=password)


def by_account(base_url: str, password: str = APP_PASSWORD) -> PublishTarget:
    """Return the account's folder as a target."""
    return PublishTarget(base_url=base_url, folder="Delt", user=USER, password=password)


def put_yesterday(server: CloudServer) -> None:
    """Let yesterday's reports lie there."""
    for name, content in YESTERDAY.items():
        server.cloud.add_file(f"Delt/{name}", content)


def read_all(server: CloudServer, folder: str = "Delt") -> dict[str, bytes]:
    """Return what lies in a folder, files left behind included."""
    node = server.cloud.tree.get(folder)
    return {one.name: one.content or b"" for one in node.members if not one.is_folder}


def readable(server: CloudServer) -> dict[str, bytes]:
    """Return what people see there: hidden names are left out."""
    return {name: text for name, text in read_all(server).items() if not name.startswith(".")}


@pytest.mark.parametrize("kind", ["link", "password", "account"])
def test_reports_replace_yesterdays(server: CloudServer, kind: str) -> None:
    """Every file is the new one byte for byte, and nothing else is left."""
    put_yesterday(server)
    if kind == "password":
        server.cloud.share(TOKEN, "Delt", rights=Rights.WRITE, password=SHARE_PASSWORD)
    password = SHARE_PASSWORD if kind == "password" else None
    base_url = server.base_url
    target = by_account(base_url) if kind == "account" else by_link(base_url, password=password)
    assert upload(target) is None
    assert read_all(server) == dict(FILES)


def test_a_folder_is_made(server: CloudServer) -> None:
    """With those above it, whatever letters are in its name."""
    assert upload(by_link(server.base_url, "Status/Håndbog #1 100%")) is None
    assert read_all(server, "Delt/Status/Håndbog #1 100%") == dict(FILES)
    assert upload(by_link(server.base_url, "Status/Håndbog #1 100%")) is None


def test_the_manifest_is_moved_last(server: CloudServer, between: GoBetween) -> None:
    """Everything lies there whole before the first file is replaced."""
    assert upload(by_link(between.base_url)) is None
    changes = [method for method, _ in between.asked if method in ("PUT", "MOVE")]
    assert changes == ["PUT"] * 3 + ["MOVE"] * 3
    assert between.asked[-1][1].endswith("status.json")


def lose_half(passing: Passing) -> bool:
    """Store half of the second file, and say that all is well."""
    if (passing.method, passing.number) != ("PUT", 2):
        return False
    passing.pass_on(passing.body[: len(passing.body) // 2])
    return True


def refuse_the_second(passing: Passing) -> bool:
    """Have no room for the second file."""
    if (passing.method, passing.number) != ("PUT", 2):
        return False
    passing.answer(507)
    return True


def cut_the_last(passing: Passing) -> bool:
    """Lose the connection at the third file, each time."""
    if passing.method != "PUT" or passing.number < 3:
        return False
    passing.cut()
    return True


def redirect_uploads(passing: Passing) -> bool:
    """Send every upload elsewhere."""
    if passing.method != "PUT":
        return False
    passing.answer(301, ("Location", passing.path + "x"))
    return True


def be_a_portal(passing: Passing) -> bool:
    """Answer every upload with a page, as a portal does that wants a click first."""
    if passing.method != "PUT":
        return False
    passing.answer(200, ("Content-Type", "text/html"), body=b"<html>Log ind</html>")
    return True


def refuse_to_move(passing: Passing) -> bool:
    """Take files, but move none."""
    if passing.method != "MOVE":
        return False
    passing.answer(403)
    return True


def break_down(passing: Passing) -> bool:
    """Answer every upload with an error."""
    if passing.method != "PUT":
        return False
    passing.answer(500)
    return True


@pytest.mark.parametrize(
    ("meddle", "code"),
    [
        (lose_half, "upload-not-whole"),
        (refuse_the_second, "upload-no-space"),
        (cut_the_last, "server-connection-cut"),
        (redirect_uploads, "server-redirects"),
        (be_a_portal, "server-not-found"),
        (refuse_to_move, "upload-not-allowed"),
        (break_down, "upload-refused"),
    ],
)
@pytest.mark.parametrize("kind", ["link", "account"])
def test_a_failure_in_the_middle_leaves_yesterdays_reports_whole(
    server: CloudServer, between: GoBetween, kind: str, meddle: object, code: str
) -> None:
    """None of them is replaced, and the reason says what happened; the next night mends it."""
    put_yesterday(server)
    between.meddle = meddle  # type: ignore[assignment]
    target = by_account(between.base_url) if kind == "account" else by_link(between.base_url)
    reason = upload(target)
    assert reason is not None
    assert reason.code == code
    assert readable(server) == YESTERDAY
    between.meddle = lambda _: False
    assert upload(target) is None
    assert read_all(server) == dict(FILES)


def test_a_move_whose_answer_was_lost_is_no_failure(
    server: CloudServer, between: GoBetween
) -> None:
    """It is sent again and finds nothing to move: the file's id tells that it was carried out."""
    put_yesterday(server)

    def lose_answer(passing: Passing) -> bool:
        if (passing.method, passing.number) != ("MOVE", 1):
            return False
        passing.forward(passing.body)
        passing.cut()
        return True

    between.meddle = lose_answer
    assert upload(by_link(between.base_url)) is None
    assert read_all(server) == dict(FILES)
    assert [method for method, _ in between.asked].count("MOVE") == 4


def test_a_trouble_that_passes_is_tried_again(server: CloudServer, between: GoBetween) -> None:
    """A file that is being written (423), and a proxy's 502: the second try may be right."""

    def stumble(passing: Passing) -> bool:
        if passing.number > 1 or passing.method not in ("PUT", "MOVE"):
            return False
        passing.answer(423 if passing.method == "PUT" else 502)
        return True

    between.meddle = stumble
    assert upload(by_link(between.base_url)) is None
    assert read_all(server) == dict(FILES)


@pytest.mark.parametrize("rights", [Rights.READ, Rights.VIEW_ONLY, Rights.UPLOAD_ONLY])
def test_a_link_without_the_right_is_told(server: CloudServer, rights: Rights) -> None:
    """Also one that takes files but lets nobody see or replace them."""
    put_yesterday(server)
    server.cloud.share(TOKEN, "Delt", rights=rights)
    assert upload(by_link(server.base_url)) == Reason("upload-not-allowed")
    assert readable(server) == YESTERDAY


def test_a_wrong_password_is_told_and_asked_once(server: CloudServer) -> None:
    """Each failed try makes the server slower for everything from this address."""
    assert upload(by_account(server.base_url, "wrong")) == Reason("server-wants-login")
    assert server.traffic.total == 1


def test_a_dead_link_is_told(server: CloudServer) -> None:
    """The share was removed: not a word about its token."""
    server.cloud.unshare(TOKEN)
    reason = upload(by_link(server.base_url))
    assert reason is not None
    assert reason.code in ("server-not-found", "server-wants-login")
    assert TOKEN not in str(reason)


def test_a_dead_server_is_told(server: CloudServer) -> None:
    """Nobody listens there."""
    server.unplug()
    assert upload(by_link(server.base_url)) == Reason("server-not-reached")


def test_a_server_in_maintenance_is_told(server: CloudServer) -> None:
    """It says so itself, and is not asked again."""
    server.cloud.moods.maintenance = True
    assert upload(by_account(server.base_url)) == Reason("server-maintenance")


@pytest.mark.parametrize("silent_at", ["PROPFIND", "PUT", "MOVE"])
def test_a_silent_server_is_not_waited_for(
    server: CloudServer, between: GoBetween, silent_at: str
) -> None:
    """The upload ends after its own patience, whatever it waits for."""
    put_yesterday(server)

    def say_nothing(passing: Passing) -> bool:
        if passing.method != silent_at:
            return False
        between.over.wait(30)
        passing.cut()
        return True

    between.meddle = say_nothing
    patience = Patience(connect_s=0.2, read_s=0.2, answer_s=0.4)
    assert upload(by_link(between.base_url), patience=patience) == Reason("server-timeout")
    assert readable(server) == YESTERDAY


def test_a_server_that_takes_nothing_in_is_not_waited_for() -> None:
    """It accepts the connection and never reads: the sending has an end too."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        target = by_account(f"http://127.0.0.1:{listener.getsockname()[1]}")
        patience = Patience(connect_s=0.2, read_s=0.2, answer_s=0.4)
        assert upload(target, patience=patience) == Reason("server-timeout")


def test_a_stop_ends_the_upload(server: CloudServer) -> None:
    """What was there stays."""
    put_yesterday(server)
    stop = threading.Event()
    stop.set()
    assert upload(by_link(server.base_url), stop=stop) == Reason("run-stopped")
    assert readable(server) == YESTERDAY


def test_the_target_is_read_from_the_settings() -> None:
    """A link's own folder and the setting's come together; an account's comes from the setting."""
    link = "https://boks.example.org/sky/s/Token000000001?dir=/Nat&path=/Nat"
    by_settings = choose_target(
        Settings(publish=PublishSettings(folder="/Status/")), Secrets(publish_link=link)
    )
    assert by_settings == PublishTarget(
        base_url="https://boks.example.org/sky",
        folder="Nat/Status",
        token="Token000000001",
        host="boks.example.org",
    )
    account = PublishSettings(
        base_url="https://boks.example.org/", user="natten", folder="A", ca_file=Path("ca.pem")
    )
    assert choose_target(Settings(publish=account), Secrets(publish_password="p")) == PublishTarget(
        base_url="https://boks.example.org",
        folder="A",
        ca_file=Path("ca.pem"),
        user="natten",
        password="p",
    )
    assert choose_target(Settings(), Secrets()) is None


def test_a_link_is_reached_where_the_settings_say() -> None:
    """`base_url` is for requests; people are shown the link's own host."""
    cloud = NextcloudSettings(
        host="boks.example.org", base_url="http://10.1.2.3:8080/", ca_file=Path("ca.pem")
    )
    link = "https://boks.example.org/s/Token000000001"
    target = choose_target(Settings(nextcloud=(cloud,)), Secrets(publish_link=link))
    assert isinstance(target, PublishTarget)
    assert (target.base_url, target.ca_file) == ("http://10.1.2.3:8080", Path("ca.pem"))
    assert target.name == "boks.example.org"
    other = choose_target(
        Settings(nextcloud=(cloud,)),
        Secrets(publish_link="https://boks.example.org/other/s/Token000000001"),
    )
    assert isinstance(other, PublishTarget)
    assert other.base_url == "https://boks.example.org/other"


def test_a_link_that_is_none_is_told() -> None:
    """Not every address is a share link; the address itself is not shown."""
    target = choose_target(Settings(), Secrets(publish_link="https://boks.example.org/f/1"))
    assert target == Reason("upload-link-unclear")


def test_what_is_secret_is_not_shown() -> None:
    """A target can be printed: neither token nor password is in it."""
    target = by_link("https://boks.example.org", "Status", "p4ssword")
    assert target.name == "boks.example.org/Status"
    assert TOKEN not in repr(target)
    assert "p4ssword" not in repr(target)
