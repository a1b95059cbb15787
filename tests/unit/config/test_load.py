"""Reading the settings: what is in force, and how what is wrong is told."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from syncer.config import LoadedSettings, Settings, load_settings
from syncer.config.problems import Problems
from syncer.config.sources import SettingSources
from syncer.errors import ConfigError
from syncer.model.shares import name_token


def write(tmp_path: Path, text: str) -> Path:
    """Write a settings file."""
    file = tmp_path / "syncer.toml"
    file.write_text(text, encoding="utf-8")
    return file


def problems_of(file: Path, env: dict[str, str] | None = None) -> tuple[str, ...]:
    """Return what is wrong with the settings."""
    with pytest.raises(ConfigError) as caught:
        load_settings(file, env or {})
    return caught.value.problems


def test_defaults_hold_without_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no file is found the built-in defaults are in force."""
    monkeypatch.chdir(tmp_path)
    loaded = load_settings(None, {})
    assert loaded.settings == Settings()
    assert loaded.settings.output.lang == "da"


def test_a_file_in_the_folder_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`./syncer.toml` counts when none is named, outside of the handbook; `False` names none."""
    write(tmp_path, '[handbook]\nsource = "https://example.org/a.git"\n[output]\nlang = "en"\n')
    monkeypatch.chdir(tmp_path)
    assert load_settings(None, {}).settings.output.lang == "en"
    assert load_settings(choice=False, env={}) == LoadedSettings(Settings())
    assert load_settings(None, {}, handbook=".").settings == Settings()


def test_the_variable_names_the_file(tmp_path: Path) -> None:
    """`$SYNCER_CONFIG` is taken when no option names a file."""
    file = write(tmp_path, "[links]\nthreads = 3\n")
    assert load_settings(None, {"SYNCER_CONFIG": str(file)}).settings.links.threads == 3


def test_every_kind_of_section_is_read(tmp_path: Path) -> None:
    """Tables, lists of tables, dates and paths come out as records."""
    file = write(
        tmp_path,
        """
        [[nextcloud]]
        host = "boks.example.org"
        ca_file = "ca.pem"
        shares.TOKEN.password_file = "secret"
        folders.TOKEN = ["A", "B/C"]
        [[waive]]
        code = "link-broken"
        subject = "https://example.org/*"
        reason = "moves in spring"
        until = 2027-03-01
        [[alias]]
        label = "Nextcloud / Skabeloner"
        share = "boks.example.org/TOKEN"
        """,
    )
    settings = load_settings(file, {}).settings
    cloud = settings.nextcloud[0]
    assert cloud.ca_file == tmp_path / "ca.pem"
    assert cloud.shares["TOKEN"].password_file == tmp_path / "secret"
    assert cloud.folders == {"TOKEN": ("A", "B/C")}
    assert settings.waive[0].until == date(2027, 3, 1)
    assert settings.alias[0].path == ""


def test_three_mistakes_are_all_named_with_their_lines(tmp_path: Path) -> None:
    """A wrong type, an unknown key and an unknown section are told at once."""
    file = write(
        tmp_path,
        '[links]\ntimeout_s = "ten"\n\n[handbook]\nsorce = "."\n\n[nonsense]\na = 1\n',
    )
    problems = problems_of(file)
    assert len(problems) == 3
    assert any(f"{file}:2: links.timeout_s" in problem for problem in problems)
    assert any(
        f"{file}:5: handbook.sorce" in problem and "did you mean source?" in problem
        for problem in problems
    )
    assert any(f"{file}:7: nonsense" in problem for problem in problems)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[links]\nthreads = 65\n", "threads"),
        ("links = 3\n", "expected a table"),
        ("alias = 3\n", "write [[alias]]"),
        ('[[waive]]\ncode = "link-broken"\n', "until is required"),
        ('[[pin]]\nname = "A"\nshare = "h/T"\n', "either path or file_id"),
        ('[[nextcloud]]\nhost = "h"\n[nextcloud.shares.T]\n', "either password_file"),
        ('[[nextcloud]]\nhost = "h"\n[[nextcloud]]\nhost = "H"\n', "more than once"),
        ('[handbook]\nsource_url = "https://example.org/"\n', "{page}"),
        ('[schedule]\ncron = "99 3 * * *"\n', "no cron expression"),
        ('[schedule]\ncron = "3 * *"\n', "five fields"),
        ('[schedule]\ntimezone = "Europe/Nowhere"\n', "no time zone"),
        ("[state]\nfolder = 3\n", "expected a path"),
        ('[state]\nfolder = "a\\u0000b"\n', "state.folder: has the character NUL"),
        ('[handbook]\npages = ["a\\u0000b"]\n', "handbook.pages[0]: has the character NUL"),
        ('[output]\nreport_to = "sekretariatet"\n', "report_to: expected a mail address, or the"),
        ('[output]\nreport_to = "a@b.dk?cc=c@d.dk"\n', "report_to: expected a mail address"),
        ('[output]\nreport_to = "a@b.dk\\n"\n', "report_to: expected a mail address"),
        ('[output]\nreport_to = "http://example.org/new"\n', "report_to: expected a mail address"),
        ('[output]\nreport_to = "https://me:pw@example.org/new"\n', "report_to: expected a mail"),
        ('[output]\nreport_to = "javascript:alert(1)"\n', "report_to: expected a mail address"),
        ('[output]\nreport_to = "https://example.org/new x"\n', "report_to: expected a mail"),
        ("[links\n", "not valid TOML"),
        ("a = " + "[" * 9000, "nested too deeply"),
        ("[links]\nthreads = " + "9" * 9000, "too many digits"),
        ("[links]\nthreads = 0x" + "f" * 9000, "found a number of thousands of digits"),
        ('[links]\nthreads = "' + "[" * 9000 + '"', "links.threads: expected a whole number"),
        ('[state]\nfolder = "~nobody-at-all/x"\n', "names the home folder of an unknown"),
        ('[schedule]\ntimezone = "Europe"\n', "no time zone 'Europe'"),
        ('[schedule]\ntimezone = "' + "x" * 5000 + '"', "no time zone"),
        ("# x\n" * 300_000, "it is no settings file"),
    ],
)
def test_a_wrong_value_is_told(tmp_path: Path, text: str, told: str) -> None:
    """Each kind of mistake has its sentence."""
    assert told in "\n".join(problems_of(write(tmp_path, text)))


def test_a_password_in_the_settings_is_refused_and_not_shown(tmp_path: Path) -> None:
    """A secret that was written into the file by mistake does not come back in the message."""
    file = write(tmp_path, '[[nextcloud]]\nhost = "h"\nshares.T = "hunter2-secret"\n')
    text = "\n".join(problems_of(file))
    assert "expected a table" in text
    assert "hunter2" not in text


@pytest.mark.parametrize(
    "text",
    [
        '[[pin]]\nname = "A"\npath = "a"\nshare = "h.example.org/T0kenOfAShare?dir=a"\n',
        '[[alias]]\nlabel = "A"\nshare = ["h.example.org/T0kenOfAShare"]\n',
        '[[nextcloud]]\nhost = "h"\n[nextcloud.folders]\nT0kenOfAShare = "x"\n',
        '[[nextcloud]]\nhost = "h"\nfolders = "T0kenOfAShare"\n',
        '[[nextcloud]]\nhost = "h"\n[nextcloud.shares.T0kenOfAShare]\n',
        '[[nextcloud]]\nhost = "h"\n[nextcloud.shares]\nT0kenOfAShare = "x"\n',
        '[[nextcloud]]\nhost = "h"\n[nextcloud.shares."h.dk/T0kenOfAShare"]\npassword = "x"\n',
        '[[nextcloud]]\nhost = "h"\n[nextcloud.shares.T0kenOfAShare]\npassword_file = 3\n',
        '[[nextcloud]]\nhost = "h"\n[nextcloud.shares.T0kenOfAShare]\npassword_env = 3\n',
    ],
)
def test_a_mistake_tells_no_token(tmp_path: Path, text: str) -> None:
    """It may stand in the settings alone; what it begins with is enough to find the line."""
    problems = problems_of(write(tmp_path, text))
    assert problems
    assert "0kenOfAShare" not in "\n".join(problems)


def test_a_mistake_of_a_token_names_it_as_reports_do(tmp_path: Path) -> None:
    """Which of several it is can be told, and which of its settings is wrong."""
    text = '[[nextcloud]]\nhost = "h"\n[nextcloud.shares.T0kenOfAShare]\npasword_env = "A"\n'
    told = "\n".join(problems_of(write(tmp_path, text)))
    assert f"nextcloud[0].shares.{name_token('T0kenOfAShare')}.pasword_env: unknown" in told


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    """A missing file, a folder's name and a file that is not UTF-8 are told."""
    assert "No settings file" in problems_of(tmp_path / "none.toml")[0]
    latin = tmp_path / "latin.toml"
    latin.write_bytes('[handbook]\nsource = "Håndbog"\n'.encode("latin-1"))
    assert "not UTF-8" in problems_of(latin)[0]


@pytest.mark.parametrize("value", ["[" * 9000, "9" * 9000])
def test_a_variable_that_is_no_toml_is_a_text(tmp_path: Path, value: str) -> None:
    """What TOML cannot be is taken as it is written."""
    loaded = load_settings(write(tmp_path, ""), {"SYNCER_HANDBOOK__SOURCE": value})
    assert loaded.settings.handbook.source == value


def test_the_environment_beats_the_file(tmp_path: Path) -> None:
    """`SYNCER_SECTION__KEY` is read as TOML, or as plain text where it is none."""
    file = write(tmp_path, '[handbook]\nsource = "."\n[links]\nthreads = 3\n')
    env = {
        "SYNCER_HANDBOOK__SOURCE": "https://example.org/handbook.git",
        "SYNCER_LINKS__THREADS": "7",
        "SYNCER_NEXTCLOUD": '[{host = "boks.example.org"}]',
        "SYNCER_TEST_NEXTCLOUD_URL": "http://localhost",
    }
    loaded = load_settings(file, env)
    assert loaded.settings.handbook.source == "https://example.org/handbook.git"
    assert loaded.settings.links.threads == 7
    assert loaded.settings.nextcloud[0].host == "boks.example.org"
    assert loaded.sources.origins["links.threads"] == "$SYNCER_LINKS__THREADS"


def test_mistakes_of_the_environment_name_the_variable(tmp_path: Path) -> None:
    """A wrong variable is told by its own name."""
    file = write(tmp_path, '[[alias]]\nlabel = "a"\nshare = "h/T"\n')
    env = {
        "SYNCER_LINKS__THREADS": "many",
        "SYNCER_NONSENSE__KEY": "1",
        "SYNCER_ALIAS__LABEL": "b",
    }
    text = "\n".join(problems_of(file, env))
    assert "$SYNCER_LINKS__THREADS" in text
    assert "$SYNCER_NONSENSE__KEY: unknown" in text
    assert "$SYNCER_ALIAS as a whole" in text
    (problem,) = problems_of(write(tmp_path, ""), {"SYNCER_WAIVE__CODE": "x"})
    assert "$SYNCER_WAIVE as a whole" in problem
    (problem,) = problems_of(file, {"SYNCER_NOTIFY__MAIL__PORT": "many"})
    assert problem.startswith("$SYNCER_NOTIFY__MAIL__PORT: ")
    first, *_ = problems_of(write(tmp_path, "links = 3"), {"SYNCER_LINKS__THREADS": "3"})
    assert "links is no section" in first


def test_what_no_single_value_can_tell_is_named_beside_the_rest(tmp_path: Path) -> None:
    """A schedule that never comes is told together with a misspelt key elsewhere."""
    problems = problems_of(write(tmp_path, '[links]\nthread = 3\n[schedule]\ncron = "1 2"\n'))
    assert len(problems) == 2
    assert "five fields" in problems[1]


def test_a_waiver_of_no_finding_is_told(tmp_path: Path) -> None:
    """A misspelt code would waive nothing, and say so only much later."""
    waiver = 'subject = "*"\nreason = "x"\nuntil = 2027-01-01\n'
    file = write(
        tmp_path,
        f'[[waive]]\ncode = "link-brokn"\n{waiver}[[waive]]\ncode = "link-empty"\n{waiver}',
    )
    with pytest.raises(ConfigError) as caught:
        load_settings(file, {}, finding_codes=("link-broken", "link-empty"))
    (problem,) = caught.value.problems
    assert ":2: waive[0].code" in problem
    assert "did you mean link-broken?" in problem


@pytest.mark.parametrize("key", ["a", "a.b", "a.b[1]", "a.b[1].c", "a.b[1].c.d"])
def test_a_key_is_wrong_with_a_part_of_it_or_a_table_around_it(key: str) -> None:
    """Its meaning is unknown then; that of a key beside it is not."""
    problems = Problems(SettingSources(Path("syncer.toml"), {}, {}))
    problems.add("a.b[1].c", "x")
    assert problems.is_wrong(key)
    beside = ("a.b[1].cc", "a.b[10]", "a.b[1].e", "aa", "a.bb", "c", "")
    assert not any(map(problems.is_wrong, beside))


def test_thousands_of_wrong_waivers_take_seconds(tmp_path: Path) -> None:
    """All are told; each question whether a key is wrong takes the same time."""
    waiver = '[[waive]]\ncode = "link-brokn"\nsubject = "*"\nreason = "x"\n'
    file = write(tmp_path, waiver * 6_000)
    before_s = time.process_time()
    with pytest.raises(ConfigError) as caught:
        load_settings(file, {}, finding_codes=("link-broken",))
    assert len(caught.value.problems) == 12_000
    assert time.process_time() - before_s < 8


def test_a_path_of_the_environment_is_relative_to_where_one_stands(tmp_path: Path) -> None:
    """Of the file: relative to it; of a variable: to the current folder."""
    file = write(tmp_path, '[state]\nfolder = "state"\n[output]\nfolder = "out"\n')
    settings = load_settings(file, {"SYNCER_OUTPUT__FOLDER": "elsewhere"}).settings
    assert settings.state.folder == file.parent / "state"
    assert settings.output.folder == Path("elsewhere")


DELIVERY = """
[publish]
base_url = "https://boks.example.org/sky"
user = "syncer"
password_file = "app-password"
folder = "Status/Håndbog"

[notify]
report_url = "https://boks.example.org/f/1"

[notify.mail]
to = ["sekretariat@example.org", "drift@example.org"]
sender = "syncer@example.org"
host = "smtp.example.org"
user = "syncer"
password_env = "SMTP_PASSWORD"

[notify.ping]
url_env = "PING_URL"

[notify.webhook]
shape = "talk"
url_file = "talk-url"
secret_file = "talk-secret"
"""


def test_upload_and_notices_are_read(tmp_path: Path) -> None:
    """Tables within `[notify]` are records too, and their paths are beside the file."""
    settings = load_settings(write(tmp_path, DELIVERY), {}).settings
    assert settings.publish.password_file == tmp_path / "app-password"
    assert settings.notify.mail.to == ("sekretariat@example.org", "drift@example.org")
    assert settings.notify.mail.security == "starttls"
    assert settings.notify.webhook.url_file == tmp_path / "talk-url"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[[nextcloud]]\nhost = "h"\nuser = "a"\n', "a user needs either app_password_file"),
        ('[[nextcloud]]\nhost = "h"\napp_password_env = "P"\n', "an app password needs a user"),
        ('[[nextcloud]]\nhost = "h"\napp_password_file = "p"\n', "an app password needs a user"),
        (
            (
                '[[nextcloud]]\nhost = "h"\nuser = "a"\n'
                'app_password_file = "p"\napp_password_env = "P"\n'
            ),
            "a user needs either app_password_file",
        ),
        ('[publish]\nfolder = "A"\n', "needs link_file"),
        ('[publish]\nuser = "a"\npassword_env = "P"\n', "needs link_file"),
        ('[publish]\nlink_env = "L"\nuser = "a"\npassword_env = "P"\n', "not both"),
        ('[publish]\nbase_url = "https://a.b"\nuser = "a"\n', "an account needs"),
        ('[publish]\nlink_env = "L"\nlink_file = "l"\n', "either link_file or link_env"),
        ('[notify.mail]\nto = ["a@b.dk"]\n', "needs sender, host too"),
        ("[notify.mail]\nport = 25\n", "needs to, sender, host too"),
        (DELIVERY.replace("drift@", "dri ft@"), "notify.mail.to[1]: expected a mail address"),
        (DELIVERY.replace("drift@", "dri\\nBcc: ft@"), "notify.mail.to[1]: expected a mail"),
        (DELIVERY.replace('org", "drift', 'org\\n", "drift'), "notify.mail.to[0]: expected a mail"),
        (DELIVERY.replace('password_env = "SMTP_PASSWORD"', ""), "go together"),
        (DELIVERY.replace('secret_file = "talk-secret"', ""), "go together"),
        (DELIVERY.replace('"talk"', '"slack"'), "go together"),
        ('[notify.ping]\nurl_env = "A"\nurl_file = "a"\n', "either url_file or url_env"),
        ('[notify.ping]\nurl = "https://hc.example.org/x"\n', "did you mean url_"),
        (
            '[notify]\nping_url = "https://a.b/c"\n[notify.ping]\nurl_env = "A"\n',
            "is in ping_url too",
        ),
    ],
)
def test_an_upload_or_notice_that_cannot_work_is_told(tmp_path: Path, text: str, told: str) -> None:
    """What it lacks, or what contradicts itself, in the section's own words."""
    (problem,) = problems_of(write(tmp_path, text))
    assert told in problem


def test_an_address_in_place_of_a_variable_is_not_shown(tmp_path: Path) -> None:
    """It is a secret that stands in the wrong line."""
    file = write(tmp_path, '[notify.ping]\nurl_env = "https://hc.example.org/t0ken"\n')
    (problem,) = problems_of(file)
    assert "url_env" in problem
    assert "t0ken" not in problem


def test_a_ping_address_may_stand_in_the_settings(tmp_path: Path) -> None:
    """In the file or in a variable; nothing that prints the settings shows it."""
    address = "https://hc.example.org/t0ken"
    loaded = load_settings(write(tmp_path, f'[notify]\nping_url = "{address}"\n'), {})
    assert loaded.settings.notify.ping_url == address
    assert "t0ken" not in repr(loaded)
    empty = write(tmp_path, "")
    loaded = load_settings(empty, {"SYNCER_NOTIFY__PING_URL": address})
    assert loaded.settings.notify.ping_url == address
    assert "t0ken" not in repr(loaded)


@pytest.mark.parametrize(
    "text",
    [
        '[notify]\nping_url = "t0ken"\n',
        '[notify]\nping_url = ["https://hc.example.org/t0ken"]\n',
        '[notify]\nping = "https://hc.example.org/t0ken"\n',
        '[notify]\nwebhook = "https://hc.example.org/t0ken"\n',
        'notify = "https://hc.example.org/t0ken"\n',
        'publish = "https://hc.example.org/s/t0ken"\n',
    ],
)
def test_an_address_in_the_wrong_place_is_not_shown(tmp_path: Path, text: str) -> None:
    """What is wrong is told by its place and kind."""
    (problem,) = problems_of(write(tmp_path, text))
    assert "xpected" in problem
    assert "t0ken" not in problem


MANY_MISTAKES = """
[handbook]
pages = "*.md"
source_url = "https://example.org/"

[[nextcloud]]
host = "https://boks.example.org/"
user = "syncer"
shares.T0kenOfAShare.password_env = "A B"
shares.T0kenOfAShare.password_file = "a"
shares.T0kenOfASecond.pasword_env = "A"

[[nextcloud]]
host = "boks"

[[nextcloud]]
host = "boks"

[[waive]]
code = "link-brokn"
until = "2027-1-1"

[publish]
user = ""
folder = "A"

[notify.mail]
to = ["a@b.dk", "c d@e.dk", 3]
port = "587"
user = "syncer"

[schedule]
cron = "61 * * * *"
timezone = "CET2"
"""


def test_no_problem_hides_another(tmp_path: Path) -> None:
    """What is wrong by itself and what does not go together, at once, by line, each once."""
    file = write(tmp_path, MANY_MISTAKES)
    with pytest.raises(ConfigError) as caught:
        load_settings(file, {}, finding_codes=("link-broken",))
    first, second = name_token("T0kenOfAShare"), name_token("T0kenOfASecond")
    told = [problem.removeprefix(f"{file}:") for problem in caught.value.problems]
    assert [" ".join(problem.split(" ")[:2]) + " " + problem.split(" ")[2] for problem in told] == [
        "3: handbook.pages: expected",
        "4: handbook.source_url: needs",
        "6: nextcloud[0]: a",
        "7: nextcloud[0].host: expected",
        f"9: nextcloud[0].shares.{first}.password_env: expected",
        f"11: nextcloud[0].shares.{second}.pasword_env: unknown;",
        f"11: nextcloud[0].shares.{second}: give",
        "17: nextcloud[2].host: the",
        "19: waive[0]: subject",
        "19: waive[0]: reason",
        "20: waive[0].code: no",
        "21: waive[0].until: expected",
        "24: publish.user: expected",
        "27: notify.mail: needs",
        "27: notify.mail: user",
        "28: notify.mail.to[1]: expected",
        "28: notify.mail.to[2]: expected",
        "29: notify.mail.port: expected",
        "33: schedule.cron: '61",
        "34: schedule.timezone: there",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[links]\nper_host = "2"\n', 'expected a whole number from 1 to 8; found "2" in quotes.'),
        ("[links]\ntimeout_s = 0\n", "expected a number above 0 and at most 600; found 0."),
        ("[links]\nallow_private = 1\n", "expected true or false, without quotes; found 1."),
        ("[links]\nthreads = true\n", "expected a whole number from 1 to 64; found true."),
        ('[output]\nlang = "fr"\n', 'expected one of "da", "en"; found "fr".'),
        ('[output]\nformats = "html, sarif"\n', 'expected a list: write ["html", "sarif"].'),
        ("[links]\nexclude = 3\n", 'expected a list: write ["…", "…"]; found 3.'),
        ('[links]\nexclude = ["example.org"]\n', "expected a pattern of whole addresses"),
        ('[links]\nexclude = ["^https://example.org/"]\n', "in which * matches anything"),
        ('[links]\nremap = { "a.dk" = "https://b.dk" }\n', "remap.a.dk: expected the beginning"),
        ('[links]\nremap = { "https://a.dk" = "b.dk" }\n', "expected the beginning of addresses"),
        ('[links]\nremap = { "https://a.dk" = "https://" }\n', "names no host"),
        ("[links]\nremap = 3\n", 'expected a table: write { "…" = … }; found a number.'),
        ('[[alias]]\nlabel = "a"\nshare = "https://h/s/T"\n', 'as in "boks.example.org/TOKEN"'),
        ("[matching]\nsynonyms = [3]\n", 'synonyms[0]: expected a list: write ["…", "…"]; found 3'),
        ("[handbook]\nbranch = 3\n", "expected a text in quotes that is not empty; found 3."),
        ("alias = [3]\n", "alias[0]: expected a table with label, share or path in it; found a nu"),
        ("x = 2027-01-01\n[state]\nfolder = 3\n", "1: x: unknown; known: handbook, state"),
        ("[links]\nthreads = = 3\n", "2: not valid TOML"),
    ],
)
def test_what_is_allowed_is_said_in_words(tmp_path: Path, text: str, told: str) -> None:
    """What was given, what is allowed and how it is written, as TOML has it; no program's terms."""
    said = "\n".join(problems_of(write(tmp_path, text)))
    assert told in said
    assert not any(word in said for word in ("regex", "`", "enum", "str", "array"))


def test_prefixes_and_patterns_that_can_fit_are_taken(tmp_path: Path) -> None:
    """Every kind of address that a handbook's link may be, and a scheme in place of another."""
    text = (
        'exclude = ["*.pdf", "https://a.dk/*", "mailto:*@a.dk", "//a.dk/*"]\n'
        'remap = { "http://" = "https://", "//a.dk" = "https://b.dk", "HTTPS://c" = "http://d" }\n'
    )
    links = load_settings(write(tmp_path, f"[links]\n{text}"), {}).settings.links
    assert len(links.exclude) == 4
    assert links.remap["http://"] == "https://"


def test_the_list_form_of_a_variable_is_shown(tmp_path: Path) -> None:
    """As a shell takes it, with what was meant."""
    (problem,) = problems_of(write(tmp_path, ""), {"SYNCER_OUTPUT__FORMATS": "html,sarif"})
    assert problem.endswith("""write SYNCER_OUTPUT__FORMATS='["html", "sarif"]'.""")
    (problem,) = problems_of(write(tmp_path, ""), {"SYNCER_ALIAS": "x"})
    assert problem.endswith("""write SYNCER_ALIAS='[{key = "value"}]'.""")


@pytest.mark.parametrize(
    "variable",
    [
        "SYNCER_NEXTCLOUD__0__SHARES__T0kenOfAShare__PASSWORD_FILE",
        "SYNCER_NEXTCLOUD__SHARES__T0kenOfAShare",
        "SYNCER_SHARES__T0kenOfAShare__PASSWORD_FILE",
        "SYNCER_PUBLISH__FOLDERS__T0kenOfAShare",
        "SYNCER_LINKS__SHARES__T0kenOfAShare__PASSWORD_FILE",
    ],
)
def test_a_token_in_a_variables_name_is_not_shown(tmp_path: Path, variable: str) -> None:
    """The name of a variable is part of a message, and the token may stand there alone."""
    problems = problems_of(write(tmp_path, "links = 3\n"), {variable: "x"})
    assert any(variable.partition("__")[0] in problem for problem in problems)
    assert "kenofashare" not in "\n".join(problems).lower()
