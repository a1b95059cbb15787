"""The documents speak of this program: its commands, options, settings, findings and files."""

from __future__ import annotations

import dataclasses
import re
import tomllib
import typing
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click
import pytest
import yaml

from syncer import __version__
from syncer.audit.codes import FINDING_CODES
from syncer.cli.app import syncer
from syncer.config import Settings, load_settings, read_secrets
from syncer.config.settings import PasswordSource
from syncer.errors import ExitCode
from syncer.handbook.own_settings import read_own_settings
from syncer.report.words import Lang, words_of

ROOT = Path(__file__).parents[2]
DOCUMENTS = (
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "MAINTAINERS.md",
    ROOT / "SECURITY.md",
    ROOT / "CODE_OF_CONDUCT.md",
    ROOT / "deploy" / "README.md",
    *sorted((ROOT / "docs").glob("*.md")),
)
USERS = (ROOT / "docs" / "brugere.md").read_text(encoding="utf-8")
ADMINISTRATORS = (ROOT / "docs" / "administrators.md").read_text(encoding="utf-8")

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def read(path: Path) -> str:
    """Return a document's text."""
    return path.read_text(encoding="utf-8")


def list_commands(path: Path) -> Iterator[list[str]]:
    """Give the words of each `syncer …` line in a document's shell blocks and inline code."""
    text = read(path)
    lines = [
        line for language, block in _FENCE.findall(text) if language in ("", "sh") for line in
        block.replace("\\\n", " ").splitlines()
    ]  # fmt: skip
    lines += re.findall(r"`(syncer [^`]+)`", text)
    for line in lines:
        if found := re.search(r"(?:^\s*|/|sudo )syncer ([a-z-].*)$", line.partition("#")[0]):
            yield found[1].split()


def is_option(command: click.Command, word: str) -> bool:
    """Tell whether a word is an option of a command."""
    name = word.partition("=")[0]
    return any(name in (*parameter.opts, *parameter.secondary_opts) for parameter in command.params)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_commands_and_options_exist(path: Path) -> None:
    """Every `syncer COMMAND --option` that a document shows is one."""
    for words in list_commands(path):
        if words[0] in ("--help", "--version", "COMMAND"):
            continue
        assert words[0] in syncer.commands, words
        command = syncer.commands[words[0]]
        for word in words[1:]:
            if re.fullmatch(r"--?[a-z][a-z-]*(=.*)?", word) and word != "--help":
                assert is_option(command, word) or word == "-vv", (words, word)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_that_are_linked_are_there(path: Path) -> None:
    """A relative link leads to a file, and its fragment to a heading."""
    for target in re.findall(r"\]\(([^)\s]+)\)", read(path)):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, fragment = target.partition("#")
        found = path if not name else (path.parent / name)
        assert found.exists(), target
        if fragment:
            headings = re.findall(r"^#+ (.+)$", read(found), re.MULTILINE)
            slugs = {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}
            assert fragment in slugs, target


def test_syncer_finds_nothing_wrong_with_its_own_documents(tmp_path: Path) -> None:
    """The main job on ourselves: no page, file or section that a link leads to is missing."""
    for path in (*DOCUMENTS, ROOT / "CHANGELOG.md", ROOT / "LICENSE", ROOT / "docs" / "report.png",
                 ROOT / "config" / "syncer.toml"):  # fmt: skip
        copy = tmp_path / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        # Front matter makes a page of it, and only of a page's links anything is claimed.
        front_matter = b"---\n---\n" if path.suffix == ".md" else b""
        copy.write_bytes(front_matter + path.read_bytes())
    plugins = "plugins: [jekyll-relative-links]\n"  # links between the sources, as GitHub has it
    (tmp_path / "_config.yml").write_text(plugins, encoding="utf-8")
    audit = ["audit", "--offline", "--only", "links", "--handbook", str(tmp_path)]
    assert syncer.main(audit, standalone_mode=False) == 0
    with (tmp_path / "README.md").open("a", encoding="utf-8") as readme:
        readme.write("\n[gone](docs/gone.md)\n")
    assert syncer.main(audit, standalone_mode=False) == 1


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_make_targets_exist(path: Path) -> None:
    """Every `make TARGET` is one."""
    targets = set(re.findall(r"^([a-z-]+):", read(ROOT / "Makefile"), re.MULTILINE))
    shown = set(re.findall(r"(?:`|^|\s)make ([a-z-]+)", read(path), re.MULTILINE))
    code = "\n".join(block for _, block in _FENCE.findall(read(path)))
    inline = "\n".join(re.findall(r"`([^`\n]+)`", read(path)))
    really = {name for name in shown if re.search(rf"make {name}\b", f"{code}\n{inline}")}
    assert really <= targets, really - targets


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_settings_that_are_shown_can_be_used(path: Path, tmp_path: Path) -> None:
    """Every TOML block decodes as settings, of the administrator or of the handbook itself."""
    for number, (language, block) in enumerate(_FENCE.findall(read(path))):
        if block.startswith("# .syncer.toml\n"):
            own = read_own_settings(
                block, (), (), codes=tuple(FINDING_CODES), today=date(2026, 11, 29)
            )
            assert own.problems == (), own.problems
        elif language == "toml":
            file = tmp_path / f"{number}.toml"
            file.write_text(block, encoding="utf-8")
            load_settings(file, {})


def test_the_settings_that_are_shipped_can_be_used(tmp_path: Path) -> None:
    """`config/*.toml` decode, also with what is commented out in them."""
    for path in sorted((ROOT / "config").glob("*.toml")):
        load_settings(path, {})
        text = re.sub(r"^# ?(?=[a-z_.A-Z]+ = |\[)", "", read(path), flags=re.MULTILINE)
        file = tmp_path / path.name
        file.write_text(text, encoding="utf-8")
        tomllib.loads(text)
        load_settings(file, {})


def test_every_option_is_explained() -> None:
    """Each option of `--help` stands in the administrators' tables, and says something itself."""
    for command in syncer.commands.values():
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, (command.name, parameter.name)
                for name in parameter.opts:
                    assert re.search(rf"`{re.escape(name)}[ `]", ADMINISTRATORS), name


def test_every_command_is_explained() -> None:
    """Each command stands in the administrators' table."""
    for name in syncer.commands:
        assert f"| `{name}` |" in ADMINISTRATORS, name


def test_every_exit_code_is_explained() -> None:
    """Each code of the program has its line, in the README too."""
    for code in ExitCode:
        assert f"| {int(code)} |" in ADMINISTRATORS
        assert f"| {int(code)} |" in read(ROOT / "README.md")


def list_settings(cls: type = Settings, section: str = "") -> Iterator[tuple[str, str]]:
    """Give section and key of every setting there is."""
    hints = typing.get_type_hints(cls)
    for field in dataclasses.fields(cls):
        hint = hints[field.name]
        inner = next((arg for arg in typing.get_args(hint) if dataclasses.is_dataclass(arg)), None)
        if dataclasses.is_dataclass(hint) and isinstance(hint, type):
            beyond = list_settings(hint, section or field.name)
            yield from ((place, f"{field.name}.{key}" if section else key) for place, key in beyond)
        elif isinstance(inner, type) and inner is not PasswordSource:
            yield from list_settings(inner, field.name)
        else:
            yield section, field.name


@pytest.mark.parametrize(("section", "key"), sorted(set(list_settings())))
def test_every_setting_is_explained(section: str, key: str) -> None:
    """Each key stands below the heading of its section, in the administrators' tables."""
    parts = re.split(r"^##+ ", ADMINISTRATORS, flags=re.MULTILINE)[1:]
    explained = [part for part in parts if f"[{section}]" in part.splitlines()[0]]
    assert any(f"`{key}`" in part for part in explained)


def test_every_finding_is_explained_in_danish() -> None:
    """Each code has one line, word for word that of the report's legend; and there is no other."""
    tables = words_of(Lang.DA).tables
    made = [
        f"| {tables.badges[code]} | `{code}` | {meaning} | {tables.remedies[code]} |"
        for code, meaning in tables.meanings.items()
    ]
    rows = re.findall(r"^\| [^|]+ \| `[a-z-]+` \| .+ \|$", USERS, re.MULTILINE)
    assert rows == [row.replace("`|`", r"`\|`") for row in made]
    assert sorted(tables.meanings) == sorted(FINDING_CODES)


def test_headings_that_are_quoted_are_the_reports() -> None:
    """What the users' document calls the report's parts is what the report calls them."""
    labels = words_of(Lang.DA).labels
    for text in (
        labels.section_secretariat,
        labels.section_maintainer,
        labels.section_administrator,
        labels.section_unseen,
        labels.section_changes,
        labels.section_waived,
        labels.verdict_incomplete,
        labels.verdict_stopped,
        labels.verdict_nothing,
        labels.why,
        labels.do_this.rstrip(":"),
        labels.new,
    ):
        assert text in " ".join(USERS.split()), text


def test_files_that_administrators_are_told_of() -> None:
    """The names in the state folder are those of the code."""
    from syncer.store import database, files, health

    for name in (database.FILE_NAME, files.LOCK_NAME, health.FILE_NAME):
        assert f"`{name}`" in ADMINISTRATORS


_TASKS = ADMINISTRATORS.partition("## By task")[2].partition("## Settings")[0]
_EXAMPLES = [block for language, block in _FENCE.findall(_TASKS) if language == "toml"]


@pytest.mark.parametrize("block", _EXAMPLES, ids=range(len(_EXAMPLES)))
def test_each_task_has_settings_that_work(
    block: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its secrets in place each example is accepted, also by `check-config`, and in force."""
    for name in re.findall(r'_file = "(.*)"', block):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("https://boks.example.org/s/AbCdEfGhIjKlMnO", "utf-8")
        (tmp_path / name).chmod(0o600)
    (tmp_path / "syncer.toml").write_text(block, "utf-8")
    loaded = load_settings(tmp_path / "syncer.toml", {}, finding_codes=tuple(FINDING_CODES))
    assert (loaded.warnings, read_secrets(loaded.settings, {}).warnings) == ((), ())
    assert loaded.settings != Settings()
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path))
    check = ["check-config", "--config", str(tmp_path / "syncer.toml")]
    assert syncer.main(check, standalone_mode=False) == 0


def test_there_is_a_task_for_each_part() -> None:
    """At the least: a minimum, passwords, an account, mail, an upload, and accepting a finding."""
    assert len(_EXAMPLES) >= 6


def test_publiccode() -> None:
    """What the standard requires of `publiccode.yml` 0.4 is there, within its lengths."""
    code = yaml.safe_load(read(ROOT / "publiccode.yml"))
    assert code["publiccodeYmlVersion"] == "0.4"
    assert code["softwareVersion"] == __version__
    assert code["developmentStatus"] in {"concept", "development", "beta", "stable", "obsolete"}
    assert code["softwareType"] == "standalone/backend"
    assert code["legal"]["license"] == "MPL-2.0"
    assert code["maintenance"]["type"] == "community"
    assert all(contact["name"] for contact in code["maintenance"]["contacts"])
    assert code["localisation"]["availableLanguages"] == ["da", "en"]
    assert code["platforms"]
    assert set(code["description"]) == {"da", "en"}
    for text in code["description"].values():
        assert len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000
        assert all(len(feature) <= 100 for feature in text["features"])


def test_the_hook_that_is_shown_is_of_this_version() -> None:
    """The `rev` to copy is the tag of the release, and its hook is one."""
    text = read(ROOT / "docs" / "maintainers.md")
    (block,) = (block for language, block in _FENCE.findall(text) if language == "yaml")
    (repository,) = yaml.safe_load(block)["repos"]
    assert repository["rev"] == f"v{__version__}"
    offered = yaml.safe_load(read(ROOT / ".pre-commit-hooks.yaml"))
    assert {hook["id"] for hook in repository["hooks"]} == {hook["id"] for hook in offered}
