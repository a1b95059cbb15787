"""Places behind a login, looked at as the account that the settings name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from syncer.config import Secrets, Settings
from syncer.config.settings import HandbookSettings, LinksSettings, NextcloudSettings
from syncer.errors import ExitCode
from syncer.manifest.codec import encode
from syncer.manifest.document import ShareRecord, StatusManifest
from syncer.nightly.exit_code import decide_exit
from syncer.pipeline.job import Memory
from syncer.pipeline.options import AuditOptions, RunParams
from syncer.report.words import Lang, words_of
from syncer.store.database import open_database
from tests.cloud.cloud import Cloud
from tests.cloud.server import CloudServer, serve_cloud
from tests.cloud.throttle import Throttle
from tests.nightly.processes import Place
from tests.pipeline.handbooks import START, TOKEN, Audit, FakeClock, fill, statuses
from tests.pipeline.test_bad_servers import serve_answer

USER = "natte ugle@æ"
APP_PASSWORD = "app-kode-æ:1"
HEAD = "| Ressource | Beskrivelse | Placering |\n|---|---|---|\n"
NOT_FOUND = (
    b'<?xml version="1.0"?><d:error xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns">'
    b"<s:exception>Sabre\\DAV\\Exception\\NotFound</s:exception><s:message/></d:error>"
)


@pytest.fixture(params=["", "/sky"])
def server(request: pytest.FixtureRequest) -> Iterator[CloudServer]:
    """Serve files that no link shares, beside those of the small handbook."""
    cloud = Cloud("31.0.4", throttle=Throttle(unit_s=0))
    fill(cloud)
    for path in ("Vedtægter.pdf", "Under/Forretningsorden.docx"):
        cloud.add_file(f"Internt/Aftaler & bilag/{path}", b"x", START - timedelta(days=9))
    cloud.add_file("Internt/Referater/Dagsorden.docx", b"x", START - timedelta(days=9))
    cloud.add_file("Privat/Budget.xlsx", b"x", START - timedelta(days=9))
    cloud.accounts[USER] = APP_PASSWORD
    with serve_cloud(cloud, webroot=request.param) as running:
        yield running


See = Callable[..., StatusManifest]
AFTALER = "/apps/files/?dir=/Internt/Aftaler%20%26%20bilag"
REFERATER = "/apps/files/files?dir=/Internt/Referater"


@pytest.fixture
def see(audit: Audit, server: CloudServer, tmp_path: Path) -> See:
    """Give a function that audits rows of a name and a link each, with the account or without."""

    def run(
        rows: dict[str, str],
        *,
        user: str | None = USER,
        password: str = APP_PASSWORD,
        base_url: str | None = None,
        text: str = "",
        memory: Memory | None = None,
        **options: object,
    ) -> StatusManifest:
        url = base_url or server.base_url
        host = url.partition("://")[2].partition("/")[0]
        lines = (
            f"| **{name}** | Tekst. | [Intern]({url}{link}) |\n" for name, link in rows.items()
        )
        handbook = tmp_path / "inside"
        handbook.mkdir(exist_ok=True)
        (handbook / "side.md").write_text(f"# Side\n\n{HEAD}{''.join(lines)}\n{text}", "utf-8")
        settings = Settings(
            handbook=HandbookSettings(source=str(handbook)),
            links=LinksSettings(allow_private=True),
            nextcloud=(NextcloudSettings(host=host, base_url=url, user=user),),
        )
        return audit(
            url,
            settings=settings,
            secrets=Secrets(accounts={host: password} if user else {}),
            options=AuditOptions(**options),  # type: ignore[arg-type]
            memory=memory,
        )

    return run


def account_of(manifest: StatusManifest) -> ShareRecord:
    """Return what the manifest says of the account."""
    (share,) = (share for share in manifest.shares if share.kind == "account")
    assert share.id.endswith("/@account")
    return share


def reasons(manifest: StatusManifest) -> dict[str, str]:
    """Return why each row has its status."""
    return {row.name: row.reason.code for row in manifest.resources}


def test_what_lies_behind_the_login_is_found(see: See, server: CloudServer) -> None:
    """In the folder or below it; only the folders that rows name are asked for."""
    manifest = see(
        {
            "Vedtægter": AFTALER,
            "Forretningsorden": AFTALER,
            "Dagsorden": REFERATER,
            "Budget": AFTALER,
        }
    )
    assert statuses(manifest) == {
        "Vedtægter": "present",
        "Forretningsorden": "present",
        "Dagsorden": "present",
        "Budget": "missing",
    }
    share = account_of(manifest)
    assert (share.status, share.endpoint, share.listing) == ("ok", "account", "depth-1")
    assert (share.files, share.name) == (3, server.host)
    assert manifest.run.complete
    asked = [one for one in server.traffic.served if one.path.startswith("/remote.php/")]
    assert {one.kind for one in asked} == {"propfind-0", "propfind-1"}
    assert not any("Privat" in one.path for one in asked)
    assert sum(one.kind == "propfind-0" for one in asked) == 2
    assert USER not in encode(manifest).decode()
    places = [place for row in manifest.resources for place in row.places]
    assert {(place.share, place.path) for place in places} == {
        (share.id, "Internt/Aftaler & bilag"),
        (share.id, "Internt/Referater"),
    }


def test_in_another_named_folder_it_is_elsewhere(see: See) -> None:
    """The account's folders are one scope, as those of a share are."""
    manifest = see({"Vedtægter": REFERATER, "Dagsorden": AFTALER})
    assert statuses(manifest) == {"Vedtægter": "elsewhere", "Dagsorden": "elsewhere"}
    hint = next(f.hint for f in manifest.findings if f.code == "resource-elsewhere")
    assert hint is not None


def test_a_file_that_moved_is_known_by_its_number(see: See, server: CloudServer) -> None:
    """The number in the link finds it wherever it lies in what was walked, whatever its name."""
    number = server.cloud.add_file("Internt/Referater/Nyt navn.docx", b"x")
    rows = {"Årsplan": f"{AFTALER}&openfile={number}", "Dagsorden": REFERATER}
    manifest = see(rows)
    assert statuses(manifest)["Årsplan"] == "present"
    assert reasons(manifest)["Årsplan"] == "linked"


def test_a_folder_that_was_renamed_is_known_by_its_number(see: See, server: CloudServer) -> None:
    """Its rows are judged in the folder of that number, whatever its path for others."""
    folder = server.cloud.tree.get("Internt/Aftaler & bilag").file_id
    server.cloud.move("Internt/Aftaler & bilag", "Internt/Referater/Arkivskab")
    link = f"{AFTALER}&fileid={folder}"
    manifest = see({"Vedtægter": link, "Mobilplan": link, "Dagsorden": REFERATER})
    assert statuses(manifest) == {
        "Vedtægter": "present",
        "Mobilplan": "missing",
        "Dagsorden": "present",
    }
    assert "place-missing" not in {finding.code for finding in manifest.findings}
    assert manifest.run.complete


def test_a_folder_that_two_looks_do_not_find_is_not_seen(
    see: See, server: CloudServer, clock: FakeClock
) -> None:
    """It may be gone or not for this account: settled, and nothing is called gone for it."""
    server.cloud.delete("Internt/Referater")
    manifest = see({"Dagsorden": REFERATER, "Vedtægter": AFTALER, "Mobilplan": AFTALER})
    assert statuses(manifest) == {
        "Dagsorden": "no-access",
        "Vedtægter": "present",
        "Mobilplan": "missing",
    }
    assert reasons(manifest)["Dagsorden"] == "login-folder-not-seen"
    (finding,) = (f for f in manifest.findings if f.code == "resource-no-access")
    assert finding.hint is not None
    assert finding.hint.code == "let-account-see-place"
    assert {f.code for f in manifest.findings}.isdisjoint({"place-missing", "share-unreadable"})
    assert manifest.run.complete
    assert sum(clock.naps) >= 5


def test_a_folder_that_comes_back_is_not_gone(
    see: See, server: CloudServer, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One look is no proof: what was not listed stays open."""
    server.cloud.move("Internt/Referater", "Privat/Referater")

    def come_back(_seconds: float) -> None:
        server.cloud.move("Privat/Referater", "Internt/Referater")

    monkeypatch.setattr(clock, "sleep", come_back)
    manifest = see({"Dagsorden": REFERATER})
    assert statuses(manifest) == {"Dagsorden": "undetermined"}
    assert not manifest.run.complete
    assert "place-missing" not in {finding.code for finding in manifest.findings}


@pytest.mark.parametrize("link", ["/f/{0}", "/apps/files/files/{0}", "/apps/files/?fileid={0}"])
def test_a_number_alone_is_looked_up_in_what_was_walked(
    see: See, server: CloudServer, link: str
) -> None:
    """The account finds it wherever it is; else nothing follows, least of all that it is gone."""
    near = server.cloud.tree.get("Internt/Referater/Dagsorden.docx").file_id
    far = server.cloud.tree.get("Privat/Budget.xlsx").file_id
    rows = {
        "Næste møde": link.format(near),
        "Budget": link.format(far),
        "Plan": link.format(999_999),
        "Dagsorden": REFERATER,
    }
    manifest = see(rows)
    assert statuses(manifest) == {
        "Næste møde": "present",
        "Budget": "present",
        "Plan": "no-access",
        "Dagsorden": "present",
    }
    assert reasons(manifest)["Budget"] == "linked"
    assert reasons(manifest)["Plan"] == "login-not-seen"
    assert manifest.run.complete
    searches = [one for one in server.traffic.served if one.method == "SEARCH"]
    assert [one.status for one in searches] == [207, 207, 207]


def test_a_number_that_was_not_seen_denies_nothing(see: See, server: CloudServer) -> None:
    """Neither in a folder that is there: the link opens what bears the number."""
    folder = server.cloud.tree.get("Internt/Referater").file_id
    server.cloud.move("Internt/Referater", "Privat/Referater")
    server.cloud.moods.hidden_from_accounts.add("Privat")
    manifest = see({"Dagsorden": f"{AFTALER}&fileid={folder}", "Vedtægter": AFTALER})
    assert statuses(manifest)["Dagsorden"] == "no-access"
    assert reasons(manifest)["Dagsorden"] == "login-not-seen"
    assert manifest.run.complete


@pytest.mark.parametrize(
    "link", ["/f/999999", "/apps/files/", "/apps/files/?dir=/", "/apps/files/trashbin?dir=/Privat"]
)
def test_no_folder_is_walked_that_no_row_names(see: See, server: CloudServer, link: str) -> None:
    """A link without a folder does not open the whole account to the walk."""
    manifest = see({"Budget": link})
    assert statuses(manifest) == {"Budget": "no-access"}
    assert account_of(manifest).files == 0
    asked = [one for one in server.traffic.served if one.path.startswith("/remote.php/")]
    assert [one.kind for one in asked if one.method != "SEARCH"] == ["propfind-0"]


def test_a_folder_is_found_by_its_number_alone(see: See, server: CloudServer) -> None:
    """The account says where it is now; what is not in it may be where the account sees nothing."""
    folder = server.cloud.tree.get("Internt/Referater").file_id
    server.cloud.move("Internt/Referater", "Privat/Arkiv")
    manifest = see({"Dagsorden": f"/f/{folder}", "Mobilplan": f"/f/{folder}"})
    assert statuses(manifest) == {"Dagsorden": "present", "Mobilplan": "no-access"}


def test_a_link_outside_tables_is_looked_up_too(see: See, server: CloudServer) -> None:
    """Its path is known; if a share that a page links to has the file, that is the proposal."""
    inside = server.cloud.tree.get("Privat/Budget.xlsx").file_id
    shared = server.cloud.tree.get("Boks/Aftaler/Leverandørpartneraftale.pdf").file_id
    base = server.base_url
    text = f"[budget]({base}/f/{inside}) [aftale]({base}/f/{shared}) [boks]({base}/s/{TOKEN})"
    manifest = see({"Vedtægter": AFTALER}, text=text)
    links = {link.text: link for link in manifest.links}
    reason = links["budget"].reason
    assert reason is not None
    assert (links["budget"].status, reason.args) == ("needs-login", {"path": "Privat/Budget.xlsx"})
    assert statuses(manifest) == {"Vedtægter": "present"}
    (hint,) = (f.hint for f in manifest.findings if f.link == links["aftale"].id)
    assert hint is not None
    assert hint.args["url"] == (f"{base}/s/{TOKEN}?dir=/Aftaler&path=/Aftaler&openfile={shared}")


def test_a_server_that_searches_nothing_is_asked_once(see: See, server: CloudServer) -> None:
    """Nothing follows for the rows, and the folders that they name are read."""
    server.cloud.moods.searches = False
    rows = {"Budget": "/f/7", "Plan": "/f/8", "Vedtægter": AFTALER}
    assert statuses(see(rows)) == {
        "Budget": "no-access",
        "Plan": "no-access",
        "Vedtægter": "present",
    }
    assert sum(one.method == "SEARCH" for one in server.traffic.served) == 1


def test_a_refused_login_is_tried_once(see: See, server: CloudServer) -> None:
    """Its rows are without access, with words of their own; the shares of the host are read."""
    share = f"/s/{TOKEN}?dir=/Aftaler"
    rows = {"Vedtægter": AFTALER, "Budget": "/f/7", "Leverandørpartneraftale": share}
    manifest = see(rows, password="forkert")
    assert statuses(manifest) == {
        "Vedtægter": "no-access",
        "Budget": "no-access",
        "Leverandørpartneraftale": "present",
    }
    assert set(reasons(manifest).values()) >= {"login-refused"}
    account = account_of(manifest)
    assert account.status == "needs-password"
    assert account.reason is not None
    assert account.reason.code == "account-refused"
    asked = [one for one in server.traffic.served if one.path.startswith("/remote.php/")]
    assert [(one.kind, one.status) for one in asked] == [("search", 401)]
    listed = [one for one in server.traffic.served if one.method in ("PROPFIND", "SEARCH")]
    assert listed[-1] == asked[0]  # a failed try slows down what comes after it
    for lang in Lang:
        assert "app" in words_of(lang).reason("account-refused", {})
    finding = next(f for f in manifest.findings if f.code == "share-needs-password")
    assert finding.hint is not None
    assert finding.hint.code == "renew-app-password"
    assert manifest.run.complete


def test_without_an_account_nothing_is_asked(see: See, server: CloudServer) -> None:
    """It is as ever: a login stands before the place."""
    manifest = see({"Vedtægter": AFTALER, "Budget": "/f/7"}, user=None)
    assert set(statuses(manifest).values()) == {"no-access"}
    assert set(reasons(manifest).values()) == {"login-needed"}
    assert manifest.shares == ()
    assert manifest.run.complete
    assert server.traffic.served == ()


def test_a_server_that_is_down_leaves_it_open(see: See, server: CloudServer) -> None:
    """Nothing is denied, and the run is incomplete."""
    server.unplug()
    manifest = see({"Vedtægter": AFTALER, "Budget": "/f/7"})
    assert set(statuses(manifest).values()) == {"undetermined"}
    assert decide_exit(manifest, RunParams()) is ExitCode.INCOMPLETE


@pytest.mark.parametrize("status", [403, 423, 500, 503])
def test_a_folder_that_cannot_be_read_is_not_gone(
    see: See, server: CloudServer, status: int
) -> None:
    """What lies in it is open; the other folders are judged as ever."""
    server.cloud.moods.failing["Internt/Referater"] = status
    manifest = see({"Dagsorden": REFERATER, "Vedtægter": AFTALER})
    assert statuses(manifest) == {"Dagsorden": "undetermined", "Vedtægter": "present"}
    assert not manifest.run.complete


def test_a_user_whom_the_server_does_not_know(see: See) -> None:
    """A 404 for all files is a wrong name in the settings, and nothing is gone."""
    with serve_answer(404, NOT_FOUND, ("Content-Type", "application/xml")) as base_url:
        manifest = see({"Vedtægter": AFTALER}, base_url=base_url)
    share = account_of(manifest)
    assert share.reason is not None
    assert (share.status, share.reason.code) == ("unreadable", "account-not-found")
    assert statuses(manifest) == {"Vedtægter": "undetermined"}


def test_a_server_that_asks_to_wait_denies_nothing(see: See, server: CloudServer) -> None:
    """A 429 for the files of an account is a wait, as for a share."""
    server.cloud.moods.failing[""] = 429
    manifest = see({"Vedtægter": AFTALER})
    share = account_of(manifest)
    assert share.reason is not None
    assert (share.status, share.reason.code) == ("throttled", "server-throttled")
    assert statuses(manifest) == {"Vedtægter": "undetermined"}


def test_offline_it_is_not_asked(see: See, server: CloudServer) -> None:
    """What needs the network is unchecked, of an account too."""
    manifest = see({"Vedtægter": AFTALER}, offline=True)
    assert statuses(manifest) == {"Vedtægter": "unchecked"}
    assert account_of(manifest).status == "unchecked"
    assert server.traffic.total == 0


def test_the_scope_is_the_same_whatever_pages_are_audited(
    see: See, server: CloudServer, tmp_path: Path
) -> None:
    """Folders of the other pages' rows are walked too; one that is not seen is settled as ever."""
    other = tmp_path / "inside" / "anden.md"
    other.parent.mkdir()
    links = (REFERATER, "/apps/files/?dir=/Ukendt")
    rows = (
        f"| **Møde {link[-3:]}** | Tekst. | [Intern]({server.base_url}{link}) |\n" for link in links
    )
    other.write_text(f"{HEAD}{''.join(rows)}", encoding="utf-8")
    manifest = see({"Vedtægter": AFTALER}, pages=("side.md",))
    assert statuses(manifest) == {"Vedtægter": "present"}
    assert account_of(manifest).files == 3
    assert manifest.run.complete


def test_readers_need_a_login_as_before(see: See, server: CloudServer) -> None:
    """A link behind the login is told as such, and no public link is made up for it."""
    number = server.cloud.tree.get("Internt/Referater/Dagsorden.docx").file_id
    text = f"\n[Mødet]({server.base_url}/f/{number})\n"
    manifest = see({"Dagsorden": REFERATER}, text=text)
    assert {link.status for link in manifest.links} == {"needs-login"}
    assert {link.reason.code for link in manifest.links if link.reason} == {"link-needs-login"}


def test_nothing_is_remembered_of_it(
    see: See, server: CloudServer, clock: FakeClock, tmp_path: Path
) -> None:
    """The next night walks the folders again, and sees what has changed without any etag."""
    database = open_database(tmp_path / "state")
    rows = {"Dagsorden": REFERATER}
    first = see(rows, memory=Memory(database))
    server.traffic.forget()
    clock.time += timedelta(days=1)
    second = see(rows, memory=Memory(database))
    database.close()
    assert account_of(second).listing == "depth-1"
    assert account_of(second).requests == account_of(first).requests - 1  # the version is known
    assert first.resources == second.resources


@pytest.mark.parametrize(
    ("password", "seen", "code"),
    [(APP_PASSWORD, True, 0), (APP_PASSWORD, False, 3), ("x", True, 2)],
)
def test_check_config_deep_tries_the_account(
    server: CloudServer, tmp_path: Path, password: str, seen: bool, code: int
) -> None:
    """It is told beside the shares whether it lets in, and which folders it does not see."""
    if not seen:
        server.cloud.delete("Internt/Referater")
    handbook = tmp_path / "handbook"
    handbook.mkdir()
    row = f"| **Dagsorden** | Tekst. | [Intern]({server.base_url}{REFERATER}) |\n"
    (handbook / "side.md").write_text(HEAD + row, encoding="utf-8")
    place = Place(tmp_path, server.base_url, str(handbook))
    place.configure(
        f'[[nextcloud]]\nhost = "{server.host}"\nbase_url = "{server.base_url}"\n'
        f'user = "{USER}"\napp_password_env = "APP"\n'
    )
    done = place.run("check-config", "--deep", APP=password)
    assert done.returncode == code, done.stderr
    (line,) = (line for line in done.stdout.splitlines() if line.startswith("# share "))
    assert line.startswith(f"# share {server.host}/@account")
    assert ("“Internt”" in line) is (password == APP_PASSWORD)
    assert ("refused" in line) is (password != APP_PASSWORD)
    assert ("Internt/Referater" in done.stdout) is not seen
    assert APP_PASSWORD not in done.stdout + done.stderr


def test_a_file_beside_a_folder_that_is_not_seen_is_not_called_misplaced(
    see: See, server: CloudServer
) -> None:
    """Its own place may hold it, for those who may see that."""
    server.cloud.delete("Internt/Referater")
    manifest = see({"Vedtægter": REFERATER, "Forretningsorden": AFTALER})
    assert statuses(manifest) == {"Vedtægter": "no-access", "Forretningsorden": "present"}
    assert reasons(manifest)["Vedtægter"] == "login-folder-not-seen"


@pytest.mark.parametrize("folder", ["", "Internt/Referater"])
def test_a_server_that_has_had_enough_leaves_it_open(
    see: See, server: CloudServer, folder: str
) -> None:
    """A throttle, at the top or on the way, is no answer about any file."""
    server.cloud.moods.failing[folder] = 429
    manifest = see({"Dagsorden": REFERATER})
    assert statuses(manifest) == {"Dagsorden": "undetermined"}
    assert account_of(manifest).status == ("ok" if folder else "throttled")
    assert not manifest.run.complete


def test_an_answer_that_is_no_listing_leaves_it_open(see: See) -> None:
    """A page of a proxy behind the login says nothing about any file."""
    with serve_answer(200, b"<!DOCTYPE html><html></html>") as base_url:
        manifest = see({"Dagsorden": REFERATER}, base_url=base_url)
    assert statuses(manifest) == {"Dagsorden": "undetermined"}
    assert account_of(manifest).status == "unreadable"


def test_the_owner_s_account_tells_when_links_end(
    see: See, server: CloudServer, tmp_path: Path
) -> None:
    """In one request, though no row needs a login; the pages that lead there are named."""
    link = server.cloud.find_share(TOKEN)
    assert link is not None
    server.cloud.share(TOKEN, "Boks", expires_at=START + timedelta(days=20))
    text = f"[Boksen]({server.base_url}/s/{TOKEN})\n"
    manifest = see({}, text=text)
    (share,) = manifest.shares
    assert (share.expires_on, share.label) == ("2026-12-13", "Boksen")
    (finding,) = (f for f in manifest.findings if f.code == "share-expires")
    assert finding.args["pages"] == ("side.md",)
    alone = see({}, text=text, user=None)
    assert alone.shares[0].expires_on is None
    assert share.requests == alone.shares[0].requests + 1


def test_a_refused_account_is_tried_once_for_end_dates(see: See, server: CloudServer) -> None:
    """The share is read all the same, and somebody hears of it.

    Never twice where rows need the login as well.
    """
    text = f"[Boksen]({server.base_url}/s/{TOKEN})\n"
    manifest = see({}, text=text, password="forkert")
    assert account_of(manifest).status == "needs-password"
    assert [share.status for share in manifest.shares if share.kind == "public"] == ["ok"]
    (finding,) = (f for f in manifest.findings if f.code == "share-needs-password")
    assert (finding.hint and finding.hint.code) == "renew-app-password"
    server.traffic.forget()
    see({"Vedtægter": AFTALER}, text=text, password="forkert")
    refused = [one for one in server.traffic.served if one.status == 401]
    assert len(refused) == 1


def test_a_link_that_changes_is_told_for_two_weeks(
    see: See, server: CloudServer, clock: FakeClock, tmp_path: Path
) -> None:
    """A custom token can be given again; it then leads to another folder, and nobody says so."""
    database = open_database(tmp_path / "state")
    memory = Memory(database, tmp_path / "state")
    text = f"[Boksen]({server.base_url}/s/{TOKEN})\n"

    def changes() -> list[object]:
        clock.time += timedelta(days=1)
        manifest = see({}, text=text, user=None, memory=memory)
        return [f.args["why"] for f in manifest.findings if f.code == "share-changed"]

    assert changes() == []
    server.cloud.share(TOKEN, "Internt")
    assert changes() == ["share-shows-other-folder"]
    server.cloud.share(TOKEN, "Internt", password="hemmelig")
    assert changes() == ["share-got-password"]
    clock.time += timedelta(days=12)
    assert changes() == ["share-got-password"]
    clock.time += timedelta(days=1)
    assert changes() == []
    database.close()
