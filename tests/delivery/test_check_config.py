"""`check-config --deep` against a real Nextcloud-like server and real mail servers."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import structlog

from syncer.cli import main
from syncer.log import end_run
from tests.cloud.cloud import Cloud, Rights
from tests.cloud.server import CloudServer, serve_cloud
from tests.cloud.throttle import Throttle
from tests.delivery.receivers import PASSWORD, USER, Listener, OpenOffice, find_free_port
from tests.pipeline.handbooks import TOKEN, fill, write_page

UPLOAD_TOKEN = "UploadS3cret001"


on_both_endpoints = pytest.mark.parametrize("server", ["27.0.2", "31.0.4"], indirect=True)


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Iterator[CloudServer]:
    """Serve the handbook's share and folders to upload to, from a version that a test may name."""
    cloud = Cloud(getattr(request, "param", "31.0.4"), throttle=Throttle(unit_s=0))
    fill(cloud)
    cloud.add_folder("Delt/Status")
    cloud.add_file("Delt/brev.txt", b"x")
    cloud.share(UPLOAD_TOKEN, "Delt", rights=Rights.WRITE)
    cloud.share("KunLaese0000001", "Delt")
    cloud.share("KunOp0000000001", "Delt", rights=Rights.UPLOAD_ONLY)
    with serve_cloud(cloud) as running:
        yield running


@dataclass
class Place:
    """A handbook with settings, and the command that tries them."""

    folder: Path
    server: CloudServer
    capfd: pytest.CaptureFixture[str]

    def write(self, name: str, text: str) -> None:
        """Write a file that only its owner reads."""
        (self.folder / name).write_text(text, encoding="utf-8")
        (self.folder / name).chmod(0o600)

    def check(self, settings: str, *more: str) -> tuple[int, str]:
        """Try the settings, and return the exit code and what was said."""
        write_page(self.folder / "handbook", self.server.base_url)
        text = '[handbook]\nsource = "handbook"\n[state]\nfolder = "state"\n'
        if "[[nextcloud]]" not in settings:
            host, base_url = self.server.host, self.server.base_url
            text += f'[[nextcloud]]\nhost = "{host}"\nbase_url = "{base_url}"\n'
        self.write("syncer.toml", f"{text}[links]\nallow_private = true\n{settings}")
        config = str(self.folder / "syncer.toml")
        code = main(["check-config", "--deep", "--lang", "en", "--config", config, *more])
        out, err = self.capfd.readouterr()
        assert UPLOAD_TOKEN not in out + err
        assert PASSWORD not in out + err
        return code, out + err

    def check_upload(self, link: str, folder: str) -> tuple[int, str]:
        """Try an upload to a folder behind a link."""
        self.write("link", link)
        before = list(self.server.cloud.tree.get("Delt").members)
        outcome = self.check(f'[publish]\nlink_file = "link"\nfolder = "{folder}"\n')
        assert list(self.server.cloud.tree.get("Delt").members) == before
        return outcome

    def check_mail(
        self, port: int, *more: str, password: str = PASSWORD, host: str = "127.0.0.1"
    ) -> tuple[int, str]:
        """Try a mail server."""
        self.write("smtp", password)
        lines = ('to = ["a@example.org"]', 'sender = "b@example.org"', f'host = "{host}"', *more)
        text = "\n".join(("[notify.mail]", f"port = {port}", *lines, 'ca_file = "ca.pem"'))
        return self.check(text)


@pytest.fixture
def place(
    tmp_path: Path,
    server: CloudServer,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Place]:
    """Give a place without anybody's settings, and put the log back afterwards."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    monkeypatch.chdir(tmp_path)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield Place(tmp_path, server, capfd)
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()
    end_run()


LOGIN = (f'user = "{USER}"', 'password_file = "smtp"')


def test_a_mail_server_that_takes_the_login(place: Place, open_office: OpenOffice) -> None:
    """It is told that it works, after STARTTLS and login, and no mail is sent."""
    office = open_office()
    code, said = place.check_mail(office.port, *LOGIN)
    assert code == 0
    assert "mail server 127.0.0.1: connection ok, STARTTLS ok, login ok\n" in said
    assert office.postbox.logins == [(USER.encode(), PASSWORD.encode())]
    assert (office.postbox.mails, office.postbox.tries) == ([], 0)


def test_a_mail_server_without_a_login(place: Place, open_office: OpenOffice) -> None:
    """With TLS from the first byte; the session is opened and ended."""
    office = open_office("tls", asks_login=False)
    code, said = place.check_mail(office.port, 'security = "tls"')
    assert (code, "mail server 127.0.0.1: connection ok, TLS ok\n" in said) == (0, True), said
    assert office.postbox.tries == 0


def test_a_relay_on_this_machine_without_encryption(place: Place, open_office: OpenOffice) -> None:
    """It is possible where nothing leaves the machine; any other address is refused."""
    office = open_office(offers_tls=False, asks_login=False)
    code, said = place.check_mail(office.port, 'security = "none"')
    assert (code, "mail server 127.0.0.1: connection ok\n" in said) == (0, True), said
    code, said = place.check_mail(office.port, 'security = "none"', host="192.0.2.1")
    assert code == 2
    assert "connection: " in said
    assert "would not be encrypted" in said


def test_a_login_that_is_refused(place: Place, open_office: OpenOffice) -> None:
    """Exit 2: somebody must correct it, the night would tell nobody."""
    code, said = place.check_mail(open_office().port, *LOGIN, password="forkert")
    assert code == 2
    assert (
        "mail server 127.0.0.1: connection ok, STARTTLS ok, login: The server refused the login."
        in said
    )


def test_a_mail_server_that_cannot_encrypt(place: Place, open_office: OpenOffice) -> None:
    """Nothing is handed in without TLS: exit 2."""
    office = open_office(offers_tls=False)
    code, said = place.check_mail(office.port, *LOGIN)
    assert code == 2
    assert "connection ok, STARTTLS: " in said
    assert "cannot do what is set up" in said
    assert office.postbox.logins == []


def test_a_mail_server_that_is_away(place: Place, open_office: OpenOffice) -> None:
    """Exit 3: it may be there tomorrow. What comes behind it is tried all the same."""
    open_office()  # for its certificate
    code, said = place.check_mail(find_free_port())
    assert code == 3
    assert "It was not accepted: the server could not be reached." in said
    assert "Aftaler00000001 “" in said


@on_both_endpoints
def test_an_upload_folder_that_is_there(place: Place) -> None:
    """Its rights are looked at, and nothing is written."""
    code, said = place.check_upload(f"{place.server.base_url}/s/{UPLOAD_TOKEN}", "Status")
    assert (code, f"upload to {place.server.host}/Status: ok\n" in said) == (0, True), said


@on_both_endpoints
def test_an_upload_folder_that_is_yet_to_be_made(place: Place) -> None:
    """The run makes it, and does so where it may: no mistake, but said, for it may be mistyped."""
    code, said = place.check_upload(f"{place.server.base_url}/s/{UPLOAD_TOKEN}", "Statsu/Ny")
    assert code == 0
    assert (
        "Statsu/Ny: ok, The folder “Statsu/Ny” does not exist yet. The first check creates it."
        in said
    )


@on_both_endpoints
@pytest.mark.parametrize(
    ("token", "folder", "told"),
    [
        ("KunLaese0000001", "Status", "may not write to the folder"),
        ("KunLaese0000001", "Ny", "may not write to the folder"),
        ("KunOp0000000001", "Status", "may not write to the folder"),
        (UPLOAD_TOKEN, "brev.txt", "“brev.txt” is a file"),
        ("FindesIkke00001", "Status", "server"),
    ],
)
def test_an_upload_that_would_fail(place: Place, token: str, folder: str, told: str) -> None:
    """Exit 2, with what the nightly would find out."""
    code, said = place.check_upload(f"{place.server.base_url}/s/{token}", folder)
    assert code == 2
    assert told in said


def test_an_upload_address_that_is_no_link(place: Place) -> None:
    """Exit 2."""
    code, said = place.check_upload("https://example.org/", "Status")
    assert code == 2
    assert "upload: The address to upload the report to is not a share link." in said


def test_an_upload_to_a_server_that_is_away(place: Place) -> None:
    """Exit 3."""
    code, said = place.check_upload(f"http://127.0.0.1:{find_free_port()}/s/{UPLOAD_TOKEN}", "A")
    assert code == 3
    assert "A: The server could not be reached" in said


def test_a_handbook_that_is_not_there_hides_nothing(place: Place) -> None:
    """The upload is tried too; the most serious of the codes is answered."""
    place.write("link", f"{place.server.base_url}/s/{UPLOAD_TOKEN}")
    settings = '[publish]\nlink_file = "link"\nfolder = "Status"\n'
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SYNCER_HANDBOOK__SOURCE", str(place.folder / "gone"))
        code, said = place.check(settings)
    assert code == 2
    assert "/Status: ok" in said


def test_a_notice_is_not_tried(place: Place, listener: Listener) -> None:
    """A ping or a message would be taken for one: that they were not tried is said."""
    place.write("hook", listener.url)
    code, said = place.check(
        '[notify.ping]\nurl_file = "hook"\n[notify.webhook]\nurl_file = "hook"\n'
    )
    assert code == 0
    assert "ping: Not tried" in said
    assert "webhook: Not tried" in said
    assert listener.posted == []
    assert listener.url not in said


def test_what_does_nothing_in_this_handbook_is_told(place: Place) -> None:
    """By its line, in the language asked for; the exit code stays."""
    code, said = place.check(
        'exclude = ["https://nowhere.example.org/*", "http://127.0.0.1*"]\n'
        f'[[nextcloud]]\nhost = "{place.server.host}"\nbase_url = "{place.server.base_url}"\n'
        'folders.Aftaler00000001 = ["Aftaler"]\nfolders.Mistyped0000001 = ["Aftaler"]\n'
        '[[nextcloud]]\nhost = "boks.example.org"\n'
        '[[alias]]\nlabel = "Nextcloud / skabeloner"\n'
        f'share = "{place.server.host}/Aftaler00000001"\npath = "Skabeloner"\n'
        f'[[alias]]\nlabel = "Nextcloud / X"\nshare = "{place.server.host}/Aftaler00000001"\n'
        f'[[pin]]\nname = "floss-aftalen"\nshare = "{place.server.host}/Aftaler00000001"\n'
        'path = "a"\n'
        f'[[pin]]\nname = "FLOSS-aftalen"\nshare = "{place.server.host}/Aftaler00000001"\n'
        'page = "andre/*"\npath = "a"\n'
        '[[waive]]\ncode = "link-broken"\nsubject = "X"\nreason = "x"\nuntil = 2020-01-01\n',
    )
    assert code == 0, said
    told = [line.partition("syncer.toml:")[2] for line in said.splitlines() if "toml:" in line]
    assert [line.partition(": ")[2].partition(":")[0] for line in told] == [
        "waive[0].until",
        "links.exclude[0]",
        "nextcloud[0].folders.Mist…cd90f1",
        "nextcloud[1].host",
        "alias[1].label",
        "pin[1].name",
    ]
    assert "“X” was set aside until the end of 1 January 2020" in told[0]
    assert "Mistyped0000001" not in said
    assert "on the page andre/*." in told[5]


def test_a_glob_that_no_page_matches(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told by the variable that gives it; the built-in globs are nobody's mistake."""
    monkeypatch.setenv("SYNCER_HANDBOOK__EXCLUDE", '["samarbejde.md", "nix/*"]')
    code, said = place.check("")
    told = [line for line in said.splitlines() if "No page" in line]
    assert code == 0
    assert told == ["syncer: $SYNCER_HANDBOOK__EXCLUDE: No page of the handbook matches “nix/*”."]


def test_nothing_is_denied_of_a_handbook_that_was_read_in_part(place: Place) -> None:
    """A page that cannot be read may hold what the setting is for."""
    (place.folder / "handbook").mkdir()
    (place.folder / "handbook" / "anden.md").write_bytes(b"\xff\xfe\x00")
    _, said = place.check('exclude = ["https://nowhere.example.org/*"]\n')
    assert "handbook: ok" in said
    assert "nowhere.example.org/*”" not in said


@pytest.mark.parametrize(("password", "code"), [("rigtig", 0), ("forkert", 2)])
def test_a_wrong_share_password_must_be_set_right(
    place: Place, server: CloudServer, password: str, code: int
) -> None:
    """As a wrong login anywhere else; one that fits is fine."""
    server.cloud.unshare(TOKEN)
    server.cloud.share(TOKEN, "Boks", password="rigtig")
    place.write("kode", password)
    done, said = place.check(
        f'[[nextcloud]]\nhost = "{server.host}"\nbase_url = "{server.base_url}"\n'
        f'shares.{TOKEN}.password_file = "kode"\n'
    )
    assert done == code, said
    assert ("The password for the share is wrong." in said) is (code == 2)


def test_the_folder_of_the_copy_is_tried(place: Place) -> None:
    """One that is missing is made; one with somebody else's files ends with 2, untouched."""
    code, said = place.check('[documents]\ncopy = "copy"\n')
    assert (code, f"copy of documents: ok, {place.folder / 'copy'}" in said) == (0, True)
    assert list((place.folder / "copy").iterdir()) == []
    (place.folder / "copy" / "noter.txt").write_text("x")
    code, said = place.check('[documents]\ncopy = "copy"\n')
    assert (code, ".syncer-copy.json" in said) == (2, True)
    assert [path.name for path in (place.folder / "copy").iterdir()] == ["noter.txt"]
