"""What a handbook calls its pages is no command of a terminal or of a job's log."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from syncer.redact import make_printable

Syncer = Callable[..., "subprocess.CompletedProcess[str]"]

# A workflow command on a line of its own, a window's title, a colour, a reversed text, and the
# older form of a command, which is obeyed anywhere in a line.
NAME = "a\n::error file=x::TEXT\n\x1b]0;owned\x07\x9b31m\u202eb##[add-mask]x.md"


def is_obeyed(text: str) -> bool:
    """Return whether a runner or a terminal would act on something in a text."""
    lines = text.split("\n")
    acts = any(not letter.isprintable() for line in lines for letter in line)
    return acts or any(line.lstrip().startswith("::") or "##[" in line for line in lines)


@pytest.fixture
def handbook(tmp_path: Path) -> Path:
    """Return a handbook whose only page cannot be read."""
    (tmp_path / "handbook").mkdir()
    (tmp_path / "handbook" / NAME).write_bytes(b"\xff")
    return tmp_path / "handbook"


def test_the_name_of_an_unreadable_page(syncer: Syncer, handbook: Path) -> None:
    """It is in the message that ends the run, on one line, and every character of it is seen."""
    done = syncer("audit", "--offline", handbook)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "a ::error file=x::TEXT ␛]0;owned␇⟨U+009B⟩31m⟨U+202E⟩b# #[add-mask]x.md" in done.stderr
    assert not is_obeyed(done.stderr)


def test_a_name_on_the_command_line(syncer: Syncer, handbook: Path) -> None:
    """In usage errors and in the messages of every command."""
    for words in (
        ("audit", "--offline", handbook / NAME),
        ("audit", "--offline", handbook, "--page", NAME),
        ("audit", "--only", NAME),
        ("audit", "-o", handbook / NAME / "x"),
        ("report", NAME),
    ):
        done = syncer(*words)
        assert done.returncode == 2
        assert "TEXT" in done.stderr
        assert not is_obeyed(done.stdout + done.stderr)


def test_a_name_that_a_check_prints(syncer: Syncer, handbook: Path) -> None:
    """In the settings, and in what a deep check finds."""
    env = {"SYNCER_HANDBOOK__SOURCE": str(handbook), "SYNCER_HANDBOOK__BRANCH": NAME}
    done = syncer("check-config", "--deep", env=env)
    assert done.stdout.count("TEXT") == 2
    assert not is_obeyed(done.stdout + done.stderr)


def test_a_name_in_the_log(syncer: Syncer, tmp_path: Path, handbook: Path) -> None:
    """Its lines are JSON here, in which not every letter that acts is escaped."""
    (tmp_path / NAME).write_text("no folder", encoding="utf-8")
    env = {"SYNCER_STATE__FOLDER": str(tmp_path / NAME / "state")}
    done = syncer("audit", "-vv", "--only", "links", handbook, env=env)
    assert '"state-unusable"' in done.stderr
    assert not is_obeyed(done.stdout + done.stderr)


def test_a_name_in_a_report_for_people(syncer: Syncer, tmp_path: Path) -> None:
    """Also where a line is broken before it; in the report, the explanation, the closing line."""
    page = tmp_path / "handbook" / "page.md"
    page.parent.mkdir()
    names = ("##[add-mask]x", f"{'x' * 90} ::stop-commands::t")
    rows = "".join(
        f"| {name} | [her](https://boks.example.org/s/Abcdefghijk1234) |\n" for name in names
    )
    page.write_text(f"---\n---\n# Side\n\n| Ressource | Placering |\n|---|---|\n{rows}", "utf-8")
    folder = tmp_path / "folder"
    folder.mkdir()
    base = ("--offline", "--share-folder", f"Abcdefghijk1234={folder}")
    for words in (("audit", page), ("explain", "x", "--handbook", page)):
        done = syncer(*words, *base)
        assert "stop-commands" in done.stdout
        assert "add-mask" in done.stdout
        assert not is_obeyed(done.stdout + done.stderr)


def test_a_name_in_what_is_not_corrected_and_in_the_status(syncer: Syncer, tmp_path: Path) -> None:
    """`fix` begins a line with the page's name, `status` names the oldest error."""
    handbook = tmp_path / "handbook"
    handbook.mkdir()
    (handbook / "::stop-commands::t.md").write_text("[##\\[add-mask\\]x](gone.md)\n", "utf-8")
    env = {"SYNCER_STATE__FOLDER": str(tmp_path / "state")}
    for arguments in (("fix", "--check"), ("fix", "--write"), ("run",)):
        done = syncer(*arguments, "--no-config", "--offline", "--handbook", handbook, env=env)
        assert ("stop-commands" in done.stderr) is (arguments[0] == "fix")
        assert not is_obeyed(done.stdout + done.stderr)
    done = syncer("status", "--no-config", env=env)
    assert "add-mask" in done.stdout
    assert not is_obeyed(done.stdout + done.stderr)


@pytest.mark.parametrize("name", ["json", "sarif", "junit", "markdown", "html"])
@pytest.mark.parametrize("target", ["", ":/dev/stdout"])
def test_a_name_in_a_format_for_programs(
    syncer: Syncer, tmp_path: Path, name: str, target: str
) -> None:
    """Its content is the same, and what the runner obeys is written in another way."""
    page = tmp_path / "page.md"
    page.write_text("---\n---\n# A\n\n[##\\[add-mask\\]x](gone.md)\n", "utf-8")
    done = syncer("audit", "--offline", page, "--format", f"{name}{target}")
    assert "add-mask" in done.stdout
    assert "##[" not in done.stdout
    if name == "json":
        assert json.loads(done.stdout)["links"][0]["text"] == "##[add-mask]x"


@pytest.mark.parametrize("name", ["short", "terminal"])
def test_a_name_in_a_format_for_people_that_a_file_gets(
    syncer: Syncer, tmp_path: Path, name: str
) -> None:
    """A job may print the file later: it is the same as stdout."""
    page = tmp_path / "page.md"
    page.write_text("---\n---\n# A\n\n[##\\[add-mask\\]x](gone.md)\n", "utf-8")
    file = tmp_path / "report.txt"
    syncer("audit", "--offline", page, "--format", f"{name}:{file}")
    assert "add-mask" in file.read_text("utf-8")
    assert not is_obeyed(file.read_text("utf-8"))
    if name == "short":
        assert syncer("audit", "--offline", page, "--format", name).stdout == file.read_text(
            "utf-8"
        )


@pytest.mark.parametrize("text", ["::error::x", "  ::error::x", "\n::error::x", "\u2028::error::x"])
def test_no_line_begins_with_a_command(text: str) -> None:
    """The runner looks behind blanks, too."""
    assert not is_obeyed(make_printable(text))
    assert make_printable(text).endswith("::error::x")
