"""`syncer audit` as people and CI meet it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.outcomes import Cli
from tests.cloud.cloud import Cloud
from tests.cloud.server import CloudServer, serve_cloud
from tests.cloud.throttle import Throttle
from tests.pipeline.handbooks import TOKEN, fill, write_page

_NOTHING_NEW = "0 punkter er nye i forhold til udgangspunktet."


def test_a_local_copy_is_audited_offline(cli: Cli, handbook: Path, share_folder: str) -> None:
    """Five rows, their verdicts in words, one line on stderr, exit 0."""
    outcome = cli("audit", "--offline", "--handbook", handbook, "--share-folder", share_folder)
    assert outcome.code == 0
    assert "Planlagt (ToDo)" in outcome.out
    assert "samarbejde.md:15" in outcome.out
    assert len(outcome.err.splitlines()) == 1


def test_the_handbook_needs_no_option(cli: Cli, handbook: Path, share_folder: str) -> None:
    """`audit HANDBOOK` is `audit --handbook HANDBOOK`, also for a page."""
    more = ("--offline", "--share-folder", share_folder)
    for words in ((handbook, *more), (*more, handbook / "samarbejde.md")):
        outcome = cli("audit", *words)
        assert (outcome.code, "samarbejde.md:15" in outcome.out) == (0, True)


def test_links_alone(cli: Cli, handbook: Path, share_folder: str) -> None:
    """`--only links` judges the links as ever, and no row."""
    base = ("audit", "--offline", handbook, "--share-folder", share_folder, "--format", "json")
    both, alone = (json.loads(cli(*base, *more).out) for more in ((), ("--only", "links")))
    assert {row["status"] for row in both["resources"]} == {"planned", "present"}
    assert {row["status"] for row in alone["resources"]} == {"unchecked"}
    assert alone["links"] == both["links"] != []


def test_resources_alone(cli: Cli, handbook: Path, share_folder: str) -> None:
    """`--only resources` judges the rows as ever, and lists no link."""
    base = ("audit", "--offline", handbook, "--share-folder", share_folder, "--format", "json")
    both, alone = (json.loads(cli(*base, *more).out) for more in ((), ("--only", "resources")))
    assert alone["resources"] == both["resources"]
    assert alone["links"] == []


@pytest.mark.parametrize(
    ("scope", "reason"), [(["--only", "links"], "only-links"), (["--offline"], "offline")]
)
def test_a_row_that_the_scope_leaves_out_makes_no_run_incomplete(
    cli: Cli, tmp_path: Path, scope: list[str], reason: str
) -> None:
    """A promised row without a link is looked for in all shares, of which there are none."""
    page = "# A\n\n[op](#a)\n\n| Ressource | Placering |\n|--|--|\n| **Aftale** | (ToDo) |\n"
    (tmp_path / "a.md").write_text(page, "utf-8")
    outcome = cli("audit", tmp_path / "a.md", "--format", "json", *scope)
    (row,) = json.loads(outcome.out)["resources"]
    assert (outcome.code, row["status"], row["reason"]["code"]) == (0, "unchecked", reason)


def test_a_dash_is_stdout(cli: Cli, handbook: Path) -> None:
    """As the output, or as one format's file beside another's."""
    base = ("audit", "--offline", handbook, "--fail-on", "never")
    assert "schema_version" in cli(*base, "--format", "json", "-o", "-").out
    assert "schema_version" in cli(*base, "--format", "json:-", "-o", "a", "--format", "html").out
    assert cli(*base, "-o", "./-").out == ""
    assert {path.name for path in Path().iterdir()} == {"a", "-"}


def test_a_local_copy_below_the_home_folder(
    cli: Cli, handbook: Path, share_folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only some shells expand a `~` behind an equals sign."""
    token, _, folder = share_folder.partition("=")
    monkeypatch.setenv("HOME", str(Path(folder).parent))
    copy = f"{token}=~/{Path(folder).name}"
    assert cli("audit", "--offline", "--handbook", handbook, "--share-folder", copy).code == 0
    unknown = cli("audit", "--handbook", handbook, "--share-folder", f"{token}=~nobody-here/x")
    assert (unknown.code, "the home folder of an unknown user" in unknown.err) == (2, True)


@pytest.mark.parametrize(
    ("format_name", "told"),
    [
        ("json", '"schema_version": "1.'),
        ("markdown", "# "),
        ("html", "<!DOCTYPE html>"),
        ("sarif", '"2.1.0"'),
        ("junit", "<testsuite"),
        ("github", "::"),
        ("terminal", "Planlagt"),
    ],
)
def test_every_format(
    cli: Cli, handbook: Path, share_folder: str, tmp_path: Path, format_name: str, told: str
) -> None:
    """Each format goes to stdout, to --output, or to a file of its own; all three alike."""
    base = ("audit", "--offline", "--handbook", handbook, "--share-folder", share_folder)
    printed = cli(*base, "--format", format_name)
    assert told.lower() in printed.out.lower()
    named = tmp_path / "named"
    cli(*base, "--format", f"{format_name}:{named}")
    output = tmp_path / "output"
    cli(*base, "--format", format_name, "--output", output)
    assert told.lower() in named.read_text(encoding="utf-8").lower()
    assert told.lower() in output.read_text(encoding="utf-8").lower()


def test_english(cli: Cli, handbook: Path, share_folder: str) -> None:
    """`--lang en` speaks English."""
    outcome = cli(
        "audit", "--offline", "--lang", "en", "--handbook", handbook, "--share-folder", share_folder
    )
    assert "Planned (ToDo)" in outcome.out
    assert "Planlagt" not in outcome.out + outcome.err


def test_findings_give_1_at_the_threshold(cli: Cli, handbook: Path, tmp_path: Path) -> None:
    """A missing file is an error; `--fail-on never` only tells."""
    (tmp_path / "empty").mkdir()
    base = (
        "audit",
        "--offline",
        "--handbook",
        handbook,
        "--share-folder",
        f"{TOKEN}={tmp_path / 'empty'}",
    )
    assert cli(*base).code == 1
    assert cli(*base, "--fail-on", "never").code == 0


def test_offline_leaves_the_shares_unchecked(cli: Cli, handbook: Path) -> None:
    """Without a copy and without network nothing is said of the rows; the run is whole."""
    outcome = cli("audit", "--offline", "--handbook", handbook, "--format", "json")
    manifest = json.loads(outcome.out)
    assert {resource["status"] for resource in manifest["resources"]} == {"unchecked"}
    assert manifest["run"]["complete"]
    assert outcome.code == 0


def test_a_local_copy_that_cannot_be_read_gives_3(
    cli: Cli, handbook: Path, share_folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder of it that is closed to us leaves the run incomplete, offline too."""
    closed = Path(share_folder.partition("=")[2]) / "Lukket"
    closed.mkdir()
    scan = os.scandir

    def refuse(path: str | Path) -> object:
        if Path(path).name == closed.name:
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    base = ("audit", "--offline", "--handbook", handbook, "--share-folder", share_folder)
    outcome = cli(*base, "--format", "json")
    assert outcome.code == 3
    manifest = json.loads(outcome.out)
    assert [why["code"] for why in manifest["run"]["incomplete_because"]] == ["folder-not-read"]
    statuses = {resource["status"] for resource in manifest["resources"]}
    assert not statuses & {"missing", "planned"}


def test_rows_without_any_share(cli: Cli, tmp_path: Path) -> None:
    """Unresolved places and no share at all: could not look; where the scope says so, unchecked."""
    page = tmp_path / "page.md"
    page.write_text(
        "| Ressource | Beskrivelse | Placering |\n|---|---|---|\n"
        "| Aftale | [læs](https://example.org) | Nextcloud / Aftaler |\n",
        encoding="utf-8",
    )
    base = ("audit", "--handbook", page, "--format", "json")
    for more, status, code in (
        (["--only", "resources"], "undetermined", 3),
        (["--offline"], "unchecked", 0),
        (["--offline", "--only", "links"], "unchecked", 0),
    ):
        outcome = cli(*base, *more)
        manifest = json.loads(outcome.out)
        assert [resource["status"] for resource in manifest["resources"]] == [status]
        assert (outcome.code, manifest["run"]["complete"]) == (code, code == 0)


def test_a_server_that_is_down_gives_3(cli: Cli, tmp_path: Path) -> None:
    """Exit 3, `undetermined`, and with --allow-incomplete 0, which the summary says."""
    handbook = write_page(tmp_path / "handbook", "http://127.0.0.1:9")
    outcome = cli("audit", "--handbook", handbook, "--only", "resources")
    assert outcome.code == 3
    assert "Mangler" not in outcome.out
    allowed = cli("audit", "--handbook", handbook, "--only", "resources", "--allow-incomplete")
    assert allowed.code == 0
    assert "ikke" in allowed.err


def name_server(monkeypatch: pytest.MonkeyPatch, server: CloudServer) -> None:
    """Name a server in the settings: on a private address, only such a one is asked."""
    cloud = f'[{{host = "{server.host}", base_url = "{server.base_url}"}}]'
    monkeypatch.setenv("SYNCER_NEXTCLOUD", cloud)


@pytest.mark.parametrize("version", ["27.0.2", "31.0.4"])
def test_the_network_audit_remembers_and_locks(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str
) -> None:
    """Over a real server, twice: the second run asks less, and the state folder holds the lock."""
    cloud = Cloud(version, throttle=Throttle(unit_s=0))
    fill(cloud)
    with serve_cloud(cloud) as server:
        name_server(monkeypatch, server)
        handbook = write_page(tmp_path / "handbook", server.base_url)
        first = json.loads(cli("audit", "--handbook", handbook, "--format", "json").out)
        second = json.loads(cli("audit", "--handbook", handbook, "--format", "json").out)
    assert first["resources"] == second["resources"]
    assert first["shares"][0]["status"] == "ok"
    assert (second["shares"][0]["listing"], second["shares"][0]["requests"]) == ("unchanged", 1)
    assert (tmp_path / "xdg" / "syncer" / "run.lock").exists()


def test_a_wrong_share_password_is_a_finding(cli: Cli, tmp_path: Path) -> None:
    """Exit 1 at --fail-on error, the password nowhere."""
    cloud = Cloud("29.0.1", throttle=Throttle(unit_s=0))
    fill(cloud)
    cloud.unshare(TOKEN)
    cloud.share(TOKEN, "Boks", password="right")
    with serve_cloud(cloud) as server:
        handbook = write_page(tmp_path / "handbook", server.base_url)
        (tmp_path / "password").write_text("wrong-and-planted\n", encoding="utf-8")
        (tmp_path / "password").chmod(0o600)
        settings = tmp_path / "syncer.toml"
        settings.write_text(
            f'[handbook]\nsource = "{handbook}"\n[[nextcloud]]\nhost = "{server.host}"\n'
            f'base_url = "{server.base_url}"\nshares.{TOKEN}.password_file = "password"\n',
            encoding="utf-8",
        )
        outcome = cli("audit", "--config", settings, "-vv")
    assert outcome.code == 1
    assert "adgangskode" in outcome.out
    assert "wrong-and-planted" not in outcome.out + outcome.err


def test_an_unknown_token_is_a_finding(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A share that is gone gives 1, and the run is complete."""
    cloud = Cloud("29.0.1", throttle=Throttle(unit_s=0))
    with serve_cloud(cloud) as server:
        name_server(monkeypatch, server)
        handbook = write_page(tmp_path / "handbook", server.base_url)
        outcome = cli("audit", "--handbook", handbook, "--format", "json")
    assert outcome.code == 1
    assert json.loads(outcome.out)["run"]["complete"]


def test_a_baseline_of_another_handbook_is_told(cli: Cli, handbook: Path, tmp_path: Path) -> None:
    """A manifest of another source warns once; one of the same folder, written otherwise, not."""
    before = tmp_path / "before.json"
    base = ("audit", "--offline", "--fail-on", "never")
    cli(*base, handbook, "--format", f"json:{before}")
    assert "baseline" not in cli(*base, f"{handbook}/.", "--baseline", before).err
    other = tmp_path / "other"
    shutil.copytree(handbook, other)
    told = cli(*base, other, "--baseline", before).err
    assert told.count(f"The baseline is of {handbook}, this audit of {other}.") == 1


def test_the_baseline_takes_out_what_was_there_before(
    cli: Cli, handbook: Path, tmp_path: Path
) -> None:
    """A manifest or a git ref: only what the change brings counts."""
    page = handbook / "samarbejde.md"
    page.write_text(page.read_text("utf-8") + "\n[gammelt](intet.html)\n", encoding="utf-8")
    git = ["git", "-C", str(handbook), "-c", "user.name=t", "-c", "user.email=t@example.org"]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "x"], check=True)
    before = tmp_path / "before.json"
    base = ("audit", "--offline", "--handbook", handbook)
    assert cli(*base, "--format", f"json:{before}").code == 1
    assert cli(*base, "--baseline", before).code == 0
    unchanged = cli(*base, "--baseline", "HEAD")
    assert (unchanged.code, unchanged.err.rstrip().endswith(_NOTHING_NEW)) == (0, True)
    page.write_text(page.read_text("utf-8") + "\n[nyt](heller_ikke.html)\n", encoding="utf-8")
    changed = cli(*base, "--baseline", "HEAD")
    assert (changed.code, "1 punkt er nyt i forhold til" in changed.err) == (1, True)
    assert cli(*base, "--baseline", before).code == 1
    page.rename(page.with_name("omdoebt.md"))
    renamed = cli(*base, "--baseline", "HEAD")
    assert (renamed.code, renamed.err.rstrip().endswith(_NOTHING_NEW)) == (1, False)
    (handbook / "omdoebt.md").write_text(
        (handbook / "omdoebt.md").read_text("utf-8").replace("\n[nyt](heller_ikke.html)\n", ""),
        encoding="utf-8",
    )
    for baseline in ("HEAD", before):
        renamed = cli(*base, "--baseline", baseline)
        assert (renamed.code, renamed.err.rstrip().endswith(_NOTHING_NEW)) == (0, True)
    (handbook / "omdoebt.md").rename(page)
    page.write_text(page.read_text("utf-8") + "\n[nyt](heller_ikke.html)\n", encoding="utf-8")
    told = cli(*base, "--baseline", "HEAD").out
    assert [line for line in told.splitlines() if line.endswith("  Ny")] == [
        "✗ nyt – Virker ikke  Ny"
    ]
    annotated = cli(*base, "--baseline", "HEAD", "--format", "github").out
    assert "heller_ikke" in annotated
    assert "intet.html" not in annotated
    short = cli(*base, "--baseline", "HEAD", "--format", "short").out
    assert [line.split(": ")[1] for line in short.splitlines()] == ["error link-broken"]
    wrong = cli(*base, "--baseline", "no-such-ref")
    assert wrong.code == 2
    assert "no-such-ref" in wrong.err


def test_one_page_of_a_handbook(cli: Cli, handbook: Path) -> None:
    """`--page` narrows, a FILE is audited alone, a glob that matches nothing is a mistake."""
    (handbook / "anden.md").write_text("[x](intet.html)\n", encoding="utf-8")
    base = ("audit", "--offline", "--format", "json", "--handbook")
    only = json.loads(cli(*base, handbook, "--page", "samarbejde.md").out)
    assert {link["page"] for link in only["links"]} == {"samarbejde.md"}
    alone = json.loads(cli(*base, handbook / "samarbejde.md").out)
    assert alone["handbook"]["pages"] == 1
    assert len(alone["resources"]) == 5
    nothing = cli(*base, handbook, "--page", "nope/*")
    assert nothing.code == 2
    assert "nope/*" in nothing.err


def test_only_one_half(cli: Cli, handbook: Path) -> None:
    """`--only resources` has no links, `--only links` judges no rows."""
    base = ("audit", "--offline", "--format", "json", "--handbook", handbook)
    assert json.loads(cli(*base, "--only", "resources").out)["links"] == []
    rows = json.loads(cli(*base, "--only", "links").out)["resources"]
    assert {row["status"] for row in rows} == {"unchecked"}


def test_a_file_id_says_nothing_in_a_local_copy(
    cli: Cli, handbook: Path, share_folder: str
) -> None:
    """A link by file id is answered by the name where one fits, else left open with the reason."""
    page = handbook / "samarbejde.md"
    page.write_text(
        page.read_text("utf-8").replace("?path=%2FAftaler)", "?path=%2FAftaler&openfile=64656)"),
        encoding="utf-8",
    )
    base = ("audit", "--offline", "--format", "json", "--handbook", handbook, "--share-folder")
    found = json.loads(cli(*base, share_folder).out)["resources"]
    assert found[0]["status"] == "present"
    folder = Path(share_folder.partition("=")[2])
    (folder / "Aftaler" / "OS2 Partneraftale v3.1.docx").rename(folder / "Aftaler" / "Noget.docx")
    open_ = json.loads(cli(*base, share_folder).out)["resources"]
    assert (open_[0]["status"], open_[0]["reason"]["code"]) == (
        "undetermined",
        "file-id-unknown-here",
    )
    (folder / "Aftaler" / "Noget.docx").unlink()
    (folder / "Aftaler" / "Leverandørpartneraftale.pdf").unlink()
    for path in folder.glob("Skabeloner/**/*.docx"):
        path.unlink()
    nothing = json.loads(cli(*base, share_folder).out)["resources"]
    assert nothing[0]["status"] == "missing"


def test_another_folder_is_another_handbook(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a nightly of one folder left is not compared with "." somewhere else."""
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.md").write_text(f"# {name}\n[x](intet-{name}.html)\n", "utf-8")
    monkeypatch.chdir(tmp_path / "one")
    assert cli("run", "--offline", "--no-config").code == 0
    monkeypatch.chdir(tmp_path / "other")
    assert " ny" not in cli("audit", ".", "--offline", "--no-config").err
    again = cli("audit", str(tmp_path / "one"), "--offline", "--no-config", "--format", "json")
    assert json.loads(again.out)["changes"]["since"] is not None
    (tmp_path / "link").symlink_to(tmp_path / "one")
    again = cli("audit", str(tmp_path / "link"), "--offline", "--no-config", "--format", "json")
    assert json.loads(again.out)["changes"]["since"] is not None
