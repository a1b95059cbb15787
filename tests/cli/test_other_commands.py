"""`run`, `report`, `schema`, `check-config`, `demo`, `--help`."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest
import time_machine

from syncer import __version__
from syncer.cli.app import syncer
from syncer.config import load_settings
from syncer.store.files import hold_lock
from tests.cli.outcomes import Cli, Outcome
from tests.pipeline.handbooks import write_page


def test_run_leaves_manifest_and_reports(
    cli: Cli, handbook: Path, share_folder: str, tmp_path: Path
) -> None:
    """`run` prints nothing but its line, and `report` renders the newest again, byte-equal."""
    outcome = cli("run", "--offline", "--handbook", handbook, "--share-folder", share_folder)
    assert (outcome.code, outcome.out) == (0, "")
    reports = tmp_path / "xdg" / "syncer" / "reports"
    assert {path.name for path in reports.iterdir()} == {
        "report.html",
        "report.md",
        "report.xlsx",
        "runs",
        "status-complete.json",
        "status.json",
    }
    again = cli("report", "--format", "markdown")
    assert again.out == (reports / "report.md").read_text(encoding="utf-8")
    cli("report", "--format", f"xlsx:{tmp_path / 'again.xlsx'}")
    assert (tmp_path / "again.xlsx").read_bytes() == (reports / "report.xlsx").read_bytes()
    named = cli("report", reports / "status.json", "--format", "json")
    assert named.out == (reports / "status.json").read_text(encoding="utf-8")


def test_readers_may_object_to_each_item(
    cli: Cli, handbook: Path, share_folder: str, tmp_path: Path
) -> None:
    """`[output] report_to` is in the page of `audit` and of `report`, not of a bare manifest."""
    settings = tmp_path / "own.toml"
    settings.write_text('[output]\nreport_to = "sekretariat@example.org"\n', encoding="utf-8")
    to, where = ("--format", "html"), ("--handbook", handbook, "--share-folder", share_folder)
    cli("run", "--config", settings, "--offline", *where)
    manifest = tmp_path / "xdg" / "syncer" / "reports" / "status.json"
    for args in (("audit", "--offline", *where), ("report",)):
        assert "mailto:sekretariat@example.org?" in cli(*args, "--config", settings, *to).out
    assert "mailto:sekretariat" not in cli("report", manifest, *to).out


def test_status_counts_as_the_run_did(cli: Cli, handbook: Path, share_folder: str) -> None:
    """One run has one result, in the closing line and in `status`."""
    ended = cli("run", "--offline", "--handbook", handbook, "--share-folder", share_folder)
    (closing,) = ended.err.splitlines()[-1:]
    stands = cli("status")
    assert stands.code == 0
    assert closing in stands.out.splitlines()
    assert "1 planlagt (ToDo)" in closing


def test_a_second_run_is_locked_out(cli: Cli, handbook: Path, tmp_path: Path) -> None:
    """Exit 75 at once, nothing written."""
    with hold_lock(tmp_path / "xdg" / "syncer", wait=False, sleep=time.sleep):
        outcome = cli("run", "--offline", "--handbook", handbook)
    assert outcome.code == 75
    assert not (tmp_path / "xdg" / "syncer" / "reports").exists()


def test_the_schema_is_a_json_schema(cli: Cli) -> None:
    """It is printed, and valid as a schema."""
    jsonschema = pytest.importorskip("jsonschema")
    outcome = cli("schema")
    assert outcome.code == 0
    jsonschema.Draft202012Validator.check_schema(json.loads(outcome.out))


def test_check_config_prints_what_is_in_force(cli: Cli, tmp_path: Path) -> None:
    """Defaults and the file's values, the source of a password hidden."""
    (tmp_path / "secret").write_text("planted-password", encoding="utf-8")
    (tmp_path / "secret").chmod(0o600)
    settings = tmp_path / "syncer.toml"
    settings.write_text(
        '[links]\nthreads = 3\n[[nextcloud]]\nhost = "h"\nshares.T.password_file = "secret"\n',
        encoding="utf-8",
    )
    outcome = cli("check-config", "--config", settings)
    assert outcome.code == 0
    assert "[links]\nthreads = 3\n" in outcome.out
    assert "cron" not in outcome.out
    assert outcome.out.splitlines()[-1].startswith("# All is well.")
    assert "planted-password" not in outcome.out + outcome.err
    everything = cli("check-config", "--all", "--config", settings)
    assert 'cron = "15 3 * * *"    # default' in everything.out
    assert "# site_url is not set" in everything.out


@pytest.mark.parametrize("options", [(), ("--all",)])
def test_check_config_prints_settings_that_can_be_read(
    cli: Cli, tmp_path: Path, options: tuple[str, ...]
) -> None:
    """What it prints is a settings file that means the same, whatever the values hold."""
    settings, again = tmp_path / "syncer.toml", tmp_path / "again.toml"
    settings.write_text(
        f'[handbook]\nsource = "{tmp_path}"\nexclude = ["a\\u0001\\"b", "æ"]\n[[nextcloud]]\n'
        'host = "h"\nca_file = "/ca"\n[[waive]]\ncode = "link-broken"\nsubject = "*"\n'
        'reason = "x"\nuntil = 2027-01-01\n[links]\nremap = { "https://a" = "http://b" }\n'
        "timeout_s = 3.5\nallow_private = true\n[notify.mail]\nweekly = false\n"
        'to = ["a@b.example"]\nsender = "s@b.example"\nhost = "smtp.b.example"\n'
        '[matching]\nsynonyms = [["a", "b"], ["c", "d"]]\n[output]\nfolder = "x"\n',
        encoding="utf-8",
    )
    outcome = cli("check-config", "--config", settings, *options)
    assert outcome.code == 0, outcome.err
    assert "# All is well." in outcome.out
    again.write_text(outcome.out, encoding="utf-8")
    assert load_settings(again, {}).settings == load_settings(settings, {}).settings


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('[handbook]\nsource = "nowhere"\n', "there is no folder or file nowhere"),
        ('[output]\nfolder = "file/reports"\n', "file is no folder"),
    ],
)
def test_check_config_finds_missing_folders(cli: Cli, tmp_path: Path, text: str, why: str) -> None:
    """Without `--deep` and without writing: exit code 2, and not "all is well"."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    (tmp_path / "syncer.toml").write_text(text, encoding="utf-8")
    outcome = cli("check-config", "--config", tmp_path / "syncer.toml")
    assert (outcome.code, why in outcome.err) == (2, True)
    assert "All is well" not in outcome.out


def test_check_config_hides_a_ping_address(cli: Cli, tmp_path: Path) -> None:
    """That it is set is shown, and where it comes from; what it is, is not."""
    settings = tmp_path / "syncer.toml"
    settings.write_text('[notify]\nping_url = "https://hc.example.org/t0ken"\n', encoding="utf-8")
    outcome = cli("check-config", "--config", settings)
    assert outcome.code == 0
    assert "[notify]\n# ping_url is set and not shown\n" in outcome.out
    settings.write_text("", encoding="utf-8")
    assert "# ping_url is not set\n" in cli("check-config", "--all", "--config", settings).out


def test_check_config_deep_tries_folders_and_shares(
    cli: Cli, handbook: Path, tmp_path: Path
) -> None:
    """A host that cannot be reached is told, exit 3; folders are tried by writing."""
    page = handbook / "samarbejde.md"
    text = page.read_text(encoding="utf-8").replace(
        "https://boks.example.org", "http://127.0.0.1:9"
    )
    page.write_text(text, encoding="utf-8")
    settings = tmp_path / "syncer.toml"
    settings.write_text(f'[handbook]\nsource = "{handbook}"\n', encoding="utf-8")
    outcome = cli("check-config", "--deep", "--config", settings)
    assert outcome.code == 3
    tomllib.loads(outcome.out)
    assert "state folder: ok" in outcome.out
    assert "share 127.0.0.1:9/Aftaler00000001" in outcome.out


def test_check_config_deep_names_a_page_that_cannot_be_read(
    cli: Cli, handbook: Path, tmp_path: Path
) -> None:
    """The handbook is read but for it: exit 3, as for a run."""
    for page in handbook.iterdir():
        page.unlink()
    (handbook / "god.md").write_text("# God\n", encoding="utf-8")
    (handbook / "latin.md").write_bytes("# Håndbog\n".encode("latin-1"))
    settings = tmp_path / "syncer.toml"
    settings.write_text(f'[handbook]\nsource = "{handbook}"\n', encoding="utf-8")
    outcome = cli("check-config", "--deep", "--config", settings)
    assert outcome.code == 3
    assert "#   The page latin.md could not be read. " in outcome.out


def test_the_demo_does_the_main_job(cli: Cli, tmp_path: Path) -> None:
    """Handbook, manifest and report are left, exit 0; a second time works over the first."""
    for _ in range(2):
        outcome = cli("demo", "--output", tmp_path / "demo")
        assert outcome.code == 0
        assert "Mangler" in outcome.out
    manifest = json.loads((tmp_path / "demo" / "reports" / "status.json").read_text("utf-8"))
    by_status = {resource["status"] for resource in manifest["resources"]}
    assert by_status >= {"present", "arrived", "planned", "elsewhere", "draft", "outdated"}
    assert manifest["run"]["complete"]
    web = {link["url"]: link["status"] for link in manifest["links"] if link["kind"] == "web"}
    dead = {url for url, status in web.items() if status != "ok"}
    assert dead == {"https://github.com/OS2offdig/nedlagt-vejledning"}
    assert len(web) > len(dead)
    assert (tmp_path / "demo" / "reports" / "report.html").stat().st_size > 10_000


def test_a_demo_that_cannot_be_written(cli: Cli) -> None:
    """One line that says where, and no bug of ours."""
    outcome = cli("demo", "-o", "/proc/nowhere")
    assert (outcome.code, len(outcome.err.splitlines())) == (2, 1)
    assert "cannot be written to /proc/nowhere" in outcome.err


@pytest.mark.parametrize(
    "file", ["syncer.toml", "handbook/index.md", "reports/report.html", "notes.txt"]
)
@pytest.mark.parametrize("named", ["mine", "."])
def test_a_demo_overwrites_nothing_of_others(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, named: str
) -> None:
    """A folder that contains anything else is refused in one line, and stays as it is."""
    mine = tmp_path / "mine" / file
    mine.parent.mkdir(parents=True)
    mine.write_text('[handbook]\nsource = "mine"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path / "mine" if named == "." else tmp_path)
    outcome = cli("demo", "-o", named)
    assert (outcome.code, len(outcome.err.splitlines())) == (2, 1)
    assert "name a new or an empty folder." in outcome.err
    assert mine.read_text(encoding="utf-8") == '[handbook]\nsource = "mine"\n'
    assert [path for path in (tmp_path / "mine").rglob("*") if path.is_file()] == [mine]


def test_a_demo_fills_an_empty_folder(cli: Cli, tmp_path: Path) -> None:
    """A folder that was made for it may be named."""
    (tmp_path / "made").mkdir()
    assert cli("demo", "-o", tmp_path / "made").code == 0


def test_help_is_quick_and_lists_the_commands() -> None:
    """Nothing heavy is imported on the way to `--help`."""
    code = (
        "import sys; from syncer.cli import main; main(['--help']); "
        "heavy = {'lxml', 'requests', 'rich', 'apscheduler', 'jinja2', 'webdav3', 'sqlite3'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    for command in ("audit", "run", "worker", "report", "check-config", "init", "schema", "demo"):
        assert f"  {command} " in done.stdout


def test_the_version(cli: Cli) -> None:
    """By both names of the option."""
    assert cli("-V") == cli("--version") == Outcome(0, f"syncer, version {__version__}\n", "")


def test_a_reader_that_goes_away_is_no_error() -> None:
    """`syncer schema | head -1` ends quietly."""
    with subprocess.Popen(
        [sys.executable, "-m", "syncer", "schema"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None
        assert writer.stderr is not None
        assert writer.stdout.readline() == b"{\n"
        writer.stdout.close()
        assert writer.stderr.read() == b""


def test_explain_says_why(cli: Cli, handbook: Path, share_folder: str) -> None:
    """Candidates with their likeness and reasons, for a whole name or a part of one."""
    base = ("--offline", "--handbook", handbook, "--share-folder", share_folder)
    outcome = cli("explain", "floss-aftalen", *base)
    assert outcome.code == 0
    assert "samarbejde.md:14" in outcome.out
    assert "Skabeloner / FLOSS / FLOSS-aftale v2.docx" in outcome.out
    assert "aftale" in cli("explain", "aftale", *base, "--lang", "en").out
    promised = cli("explain", "Kontrakt- og samarbejdsskabeloner", *base)
    assert "udvikling (mangler)" in promised.out


def test_explain_of_no_row(cli: Cli, handbook: Path) -> None:
    """A name that no row bears is told, with what is near."""
    outcome = cli("explain", "FLOS-aftale", "--offline", "--handbook", handbook)
    assert outcome.code == 2
    assert "FLOSS-aftalen" in outcome.err


def test_explain_denies_no_row_of_an_unread_page(cli: Cli, handbook: Path) -> None:
    """A row that no read page has may be on one that was not read, which is named: 3."""
    (handbook / "unreadable.md").write_bytes(b"| Ressource | Placering |\xff")
    outcome = cli("explain", "Nowhere at all", "--offline", "--handbook", handbook)
    assert outcome.code == 3
    assert outcome.out == ""
    assert (
        "No page that was read has a row 'Nowhere at all'. Not read: unreadable.md." in outcome.err
    )


@pytest.mark.parametrize("name", ["", "  "])
def test_explain_of_no_name(cli: Cli, handbook: Path, name: str) -> None:
    """An empty name would be a part of every other: it is a mistake, exit 2."""
    outcome = cli("explain", name, "--offline", "--handbook", handbook)
    assert (outcome.code, outcome.out) == (2, "")
    assert "NAME is empty" in outcome.err


def test_report_since_a_day_to_come(cli: Cli, handbook: Path) -> None:
    """Nothing can have changed since a day after the manifest: exit 2; its own day is fine."""
    with time_machine.travel("2026-10-01 03:15 +0200", tick=False):
        cli("run", "--offline", "--handbook", handbook)
    with time_machine.travel("2026-10-02 03:15 +0200", tick=False):
        cli("run", "--offline", "--handbook", handbook)
    outcome = cli("report", "--since", "2026-10-03")
    assert (outcome.code, outcome.out) == (2, "")
    assert "--since 2026-10-03 is after the manifest, which is of 2026-10-02 03:15." in outcome.err
    assert cli("report", "--since", "2026-10-02").code == 0


def test_report_since_a_day(cli: Cli, handbook: Path, share_folder: str, tmp_path: Path) -> None:
    """Changes are told from the last complete run before that day, or the first that is kept."""
    page = handbook / "samarbejde.md"
    base = ("run", "--offline", "--handbook", handbook)
    with time_machine.travel("2026-10-01 03:15 +0200", tick=False):
        cli(*base)
    page.write_text(page.read_text("utf-8") + "\n[nyt](intet.html)\n", encoding="utf-8")
    for day in ("2026-10-02", "2026-10-03"):
        with time_machine.travel(f"{day} 03:15 +0200", tick=False):
            cli(*base)
    assert json.loads(cli("report", "--format", "json").out)["changes"]["new"] == []
    for day in ("2026-09-01", "2026-10-02"):
        since = json.loads(cli("report", "--format", "json", "--since", day).out)["changes"]
        assert since["since"].startswith("2026-10-01T01:15")
        assert len(since["new"]) == 1
    shutil.rmtree(tmp_path / "xdg" / "syncer" / "reports" / "runs")
    nothing = cli("report", "--since", "2026-10-02")
    assert nothing.code == 2
    assert "complete run" in nothing.err


def test_a_report_made_elsewhere_names_files_as_the_audit_saw_them(
    cli: Cli, tmp_path: Path, share_folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GitHub counts paths from the top of the audited repository, not of the one around here."""
    mine, other = tmp_path / "mine", tmp_path / "other"
    write_page(mine / "docs/bog", "https://boks.example.org")
    (mine / ".git").mkdir()
    (other / "docs/bog").mkdir(parents=True)
    (other / "docs/.git").mkdir()
    status = tmp_path / "status.json"
    monkeypatch.chdir(mine)
    base = ("audit", "--offline", "--handbook", "docs/bog", "--share-folder", share_folder)
    cli(*base, "--format", f"json:{status}")
    audited = cli(*base, "--format", "sarif").out
    assert '"docs/bog/' in audited
    for elsewhere in (tmp_path, other):
        monkeypatch.chdir(elsewhere)
        told = cli("report", status, "--format", "sarif").out
        assert _list_uris(told) == _list_uris(audited)


def _list_uris(sarif: str) -> list[str]:
    return re.findall(r'"uri": ?"([^"]*)"', sarif)


@pytest.mark.parametrize("command", sorted(syncer.commands))
def test_help_ends_with_an_example_that_is_a_command(cli: Cli, command: str) -> None:
    """Each command shows one line to copy, with options that it has."""
    words = cli(command, "--help").out.strip().splitlines()[-1].split()
    assert words[:3] == ["Example:", "syncer", command]
    options = [option for parameter in syncer.commands[command].params for option in parameter.opts]
    assert [word for word in words[3:] if word.startswith("-") and word not in options] in (
        [],
        ["-C"],  # of git, after the pipe
    )


def test_explain_shows_the_options_that_explain(cli: Cli, handbook: Path) -> None:
    """Six and the settings; those of `audit` still work for a while, with a warning."""
    shown = set(re.findall(r"--[a-z-]+", cli("explain", "--help").out.partition("Example")[0]))
    assert shown == {
        "--config", "--no-config", "--handbook", "--page", "--share-folder", "--offline", "--lang",
        "--verbose", "--quiet", "--help",
    }  # fmt: skip
    outcome = cli(
        "explain", "FLOSS-aftalen", "--offline", "--fail-on=error", "--handbook", handbook
    )
    assert outcome.code == 0
    assert "`explain --fail-on` is deprecated: leave the option out." in outcome.err
    assert "--full" not in outcome.err


def test_a_shell_can_complete(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """What the documents say to put into `.bashrc` works."""
    monkeypatch.setenv("_SYNCER_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "syncer fix --wri")
    monkeypatch.setenv("COMP_CWORD", "2")
    with pytest.raises(SystemExit):
        cli()
    assert capfd.readouterr().out == "plain,--write\n"


def test_status_of_a_service(
    cli: Cli, handbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its state is found by its settings, so that nobody is told that there was no run."""
    config, state = tmp_path / "etc" / "os2.toml", tmp_path / "var" / "os2"
    config.parent.mkdir()
    config.write_text(f'[handbook]\nsource = "{handbook}"\n', "utf-8")
    with monkeypatch.context() as service:
        service.setenv("STATE_DIRECTORY", str(state))
        cli("run", "--offline", "--config", config)
    assert "No check has been completed" in cli("status", "--lang", "en", "--config", config).out
    monkeypatch.setattr("syncer.nightly.session._SERVICE_SETTINGS", config.parent)
    monkeypatch.setattr("syncer.nightly.session._SERVICE_STATE", state.parent)
    assert cli("status", "--config", config).code == 0
    assert cli("report", "--format", "short", "--config", config).code == 0
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path / "elsewhere"))
    assert cli("status", "--config", config).code == 1
