"""`syncer fix`: what it prints, writes, refuses, and its exit codes."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest

from tests.cli.outcomes import Cli

PAGE = (
    "---\ntitle: Forside\n---\n\n# Forside\n\nSe [siden](docs/gl/side.html).\n\n"
    "| Ressource | Placering |\n|---|---|\n| **Navn | [Her](docs/ny/side.html) |\n"
)
SIDE = (
    "---\ntitle: Side\n---\n\n"
    "Se [forsiden](../../index.html#forsid) og [intet](findes-ikke.html).\n"
)
FIXED = PAGE.replace("docs/gl/", "docs/ny/").replace("**Navn |", "**Navn** |")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Give a handbook with two faults that can be corrected and two that cannot."""
    root = tmp_path / "site"
    (root / "docs" / "ny").mkdir(parents=True)
    (root / "_config.yml").write_text("title: x\n", encoding="utf-8")
    (root / "index.md").write_text(PAGE, encoding="utf-8")
    (root / "docs" / "ny" / "side.md").write_text(SIDE, encoding="utf-8")
    return root


def _fix(cli: Cli, site: Path | str, *more: str) -> tuple[int, str, str]:
    outcome = cli("fix", site, "--offline", "--no-config", "--lang", "en", *more)
    return outcome.code, outcome.out, outcome.err


def test_the_patch_names_what_it_corrects_and_applies(cli: Cli, site: Path) -> None:
    """The patch alone is on stdout, with its findings above; git takes it; then nothing is left."""
    code, out, _ = _fix(cli, site)
    assert code == 0
    assert out.startswith(
        "syncer fix: 2 corrections on 1 page\n  index.md:7:4: error link-broken: "
    )
    assert "index.md:11:1: warning table-malformed: " in out
    subprocess.run(["git", "init", "-q"], cwd=site, check=True)
    subprocess.run(["git", "apply"], cwd=site, input=out.encode(), check=True)
    assert (site / "index.md").read_text(encoding="utf-8") == FIXED
    assert _fix(cli, site)[:2] == (0, "")


def test_what_cannot_be_corrected_is_told_with_the_line_that_accepts_it(
    cli: Cli, site: Path
) -> None:
    """Each has its reason; the ready comment makes the finding a waived one."""
    _, _, err = _fix(cli, site)
    assert "Not corrected: 2 items" in err
    assert "docs/ny/side.md:5:43: error link-broken: " in err
    comment = next(line for line in err.splitlines() if "ignore link-broken" in line)
    page = site / "docs" / "ny" / "side.md"
    text = page.read_text(encoding="utf-8").rstrip("\n") + f" {comment.partition(': ')[2]}\n"
    page.write_text(text, encoding="utf-8")
    _, _, err = _fix(cli, site)
    assert "link-broken" not in err


def test_a_whole_file_is_accepted_in_the_handbooks_own_settings(cli: Cli, site: Path) -> None:
    """What can have no comment gets an entry of `.syncer.toml`, which works as it is."""
    (site / "_config.yml").write_text('aux_links: { "x": "/intet.html" }\n', encoding="utf-8")
    _, _, err = _fix(cli, site)
    lines = [line.strip() for line in err.splitlines()]
    start = lines.index("[[waive]]")
    own = "\n".join(lines[start : start + 5])
    (site / ".syncer.toml").write_text(own, encoding="utf-8")
    _, _, err = _fix(cli, site)
    assert "_config.yml" not in err
    assert ".syncer.toml" not in err


def test_write_makes_them_and_keeps_mode(cli: Cli, site: Path) -> None:
    """`--write` prints what it did, and files keep their mode; again it changes nothing."""
    (site / "index.md").chmod(0o640)
    code, out, _ = _fix(cli, site, "--write")
    assert code == 0
    assert out.startswith("## Corrected: 2 items on 1 page\n\n### index.md\n\n- 7: ")
    assert [line for line in out.splitlines() if "→" in line] == [
        r"  - \[siden\](docs/gl/side.html). → \[siden\](docs/ny/side.html).",
        r"  - \*\*Navn → \*\*Navn\*\*",
    ]
    assert (site / "index.md").read_text(encoding="utf-8") == FIXED
    assert (site / "index.md").stat().st_mode & 0o777 == 0o640
    code, out, _ = _fix(cli, site, "--write")
    assert (code, out) == (0, "There is nothing that syncer fix can correct.\n")
    assert sorted(path.name for path in site.iterdir()) == ["_config.yml", "docs", "index.md"]


def test_check_ends_with_1_and_writes_nothing(cli: Cli, site: Path) -> None:
    """With something to correct it is 1, else 0."""
    code, out, _ = _fix(cli, site, "--check")
    assert (code, out.splitlines()[0]) == (1, "## Can be corrected: 2 items on 1 page")
    assert (site / "index.md").read_text(encoding="utf-8") == PAGE
    assert _fix(cli, site, "--check", "--only", "link-anchor-missing")[0] == 0
    _fix(cli, site, "--write", "--ask")
    assert _fix(cli, site, "--check")[0] == 0


def test_only_selects_codes(cli: Cli, site: Path) -> None:
    """`--only CODE` corrects that code; a code that is none, or has no correction, is 2."""
    code, out, _ = _fix(cli, site, "--only", "table-malformed")
    assert code == 0
    assert "**Navn** |" in out
    assert "docs/ny/side.html)." not in out
    assert _fix(cli, site, "--only", "resource-missing")[0] == 2
    assert _fix(cli, site, "--only", "no-such-code")[0] == 2


@pytest.mark.parametrize(
    "more", [("--write", "--check"), ("--baseline", "x"), ("--fail-on", "info")]
)
def test_options_that_do_not_fit(cli: Cli, site: Path, more: tuple[str, ...]) -> None:
    """Writing and checking exclude each other, and thresholds are the audit's."""
    assert _fix(cli, site, *more)[0] == 2
    assert (site / "index.md").read_text(encoding="utf-8") == PAGE


def test_a_git_url_is_not_written(cli: Cli, site: Path) -> None:
    """A patch can be printed for it, but there is no folder to write to."""
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org"]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]):
        subprocess.run([*git, *words], cwd=site, check=True)
    url = site.as_uri()
    code, out, _ = _fix(cli, url)
    assert (code, "**Navn** |" in out) == (0, True)
    code, out, err = _fix(cli, url, "--write")
    assert (code, out) == (2, "")
    assert "clone" in err


def test_paths_count_from_the_top_of_the_repository(cli: Cli, site: Path) -> None:
    """The handbook may be a folder of a repository: the patch is for its top."""
    subprocess.run(["git", "init", "-q"], cwd=site.parent, check=True)
    _, out, _ = _fix(cli, site)
    assert "--- a/site/index.md\n" in out
    subprocess.run(["git", "apply"], cwd=site.parent, input=out.encode(), check=True)
    assert (site / "index.md").read_text(encoding="utf-8") == FIXED


def test_a_page_that_changed_meanwhile_is_refused(
    cli: Cli, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is written when any page is another one than was read."""
    from syncer.pipeline import corrections

    real = corrections.find_corrections

    def meanwhile(*arguments: object) -> object:
        found = real(*arguments)  # type: ignore[arg-type]
        with (site / "index.md").open("a", encoding="utf-8") as file:
            file.write("Nyt.\n")
        return found

    monkeypatch.setattr("syncer.nightly.audit.find_corrections", meanwhile)
    code, _, err = _fix(cli, site, "--write")
    assert code == 2
    assert "changed since it was read" in err
    assert (site / "index.md").read_text(encoding="utf-8") == PAGE + "Nyt.\n"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_run_writes_no_page(
    cli: Cli, site: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    """Whoever stops it wants nothing more from it; without `--write` it shows what it has."""
    from syncer.pipeline import corrections

    real = corrections.find_corrections

    def stop(*arguments: object) -> object:
        signal.raise_signal(number)
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr("syncer.nightly.audit.find_corrections", stop)
    code, out, err = _fix(cli, site, "--write")
    assert (code, out) == (3, "")
    assert "no page was written" in err
    assert (site / "index.md").read_text(encoding="utf-8") == PAGE
    assert _fix(cli, site)[:2] == (3, "")


def test_a_page_that_became_a_link_is_refused(
    cli: Cli, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a link leads to stays as it is, even with the same content."""
    from syncer.pipeline import corrections

    real = corrections.find_corrections
    outside = tmp_path / "outside.md"

    def meanwhile(*arguments: object) -> object:
        found = real(*arguments)  # type: ignore[arg-type]
        outside.write_text(PAGE, encoding="utf-8")
        (site / "index.md").unlink()
        (site / "index.md").symlink_to(outside)
        return found

    monkeypatch.setattr("syncer.nightly.audit.find_corrections", meanwhile)
    assert _fix(cli, site, "--write")[0] == 2
    assert outside.read_text(encoding="utf-8") == PAGE


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_told(cli: Cli, site: Path) -> None:
    """The message names the file, and nothing is left of the try."""
    site.chmod(0o555)
    code, _, err = _fix(cli, site, "--write")
    site.chmod(0o755)
    assert (code, "index.md" in err) == (2, True)
    assert sorted(path.name for path in site.iterdir()) == ["_config.yml", "docs", "index.md"]


def test_one_page_may_be_named(cli: Cli, site: Path) -> None:
    """A single page is corrected in the handbook around it."""
    assert _fix(cli, site / "index.md", "--write")[0] == 0
    assert (site / "index.md").read_text(encoding="utf-8") == FIXED


def test_short_lines_are_for_editors(cli: Cli, site: Path) -> None:
    """`path:line:column: severity code: what → correction`, in the order of the pages."""
    outcome = cli("audit", site, "--offline", "--no-config", "--format", "short", "--lang", "en")
    lines = outcome.out.splitlines()
    assert lines[0].startswith("docs/ny/side.md:5:4: error link-anchor-missing: ")
    assert [line.split(": ")[0] for line in lines] == [
        "docs/ny/side.md:5:4",
        "docs/ny/side.md:5:43",
        "index.md:7:4",
        "index.md:11:1",
    ]
    assert lines[2].endswith(" → Write docs/ny/side.html instead.")
