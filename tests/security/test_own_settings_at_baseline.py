"""A pull request accepts none of its own findings: the handbook's own settings count as at REF."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Syncer = Callable[..., "subprocess.CompletedProcess[str]"]

PAGE = "---\n---\n# Forside\n\n{}\n\n{}\n"
OLD = "<!-- syncer: ignore link-broken until 2027-06-01: kommer snart --> [gammelt](gammelt.md)"
NEW = "<!-- syncer: ignore link-broken until 2027-06-01: kommer snart --> [nyt](nyt.md)"
WAIVE = '[[waive]]\ncode = "link-broken"\nsubject = "{}"\nreason = "x"\nuntil = 2027-06-01\n'


def git(folder: Path, *arguments: str) -> str:
    """Run git and return what it prints."""
    who = ("-c", "user.name=t", "-c", "user.email=t@example.org")
    done = subprocess.run(
        ["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@pytest.fixture
def handbook(tmp_path: Path) -> Path:
    """Return a repository whose page accepts one dead link by a comment."""
    folder = tmp_path / "handbook"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    (folder / "index.md").write_text(PAGE.format(OLD, ""), encoding="utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "base")
    return folder


def audit(syncer: Syncer, handbook: Path, *more: str) -> tuple[int, list[tuple[str, bool]], str]:
    """Audit offline; return the exit code, each finding and whether it is waived, and stderr."""
    done = syncer(
        "audit", "--offline", "--handbook", handbook, "--lang", "en", "--format", "json", *more
    )
    findings = json.loads(done.stdout)["findings"]
    found = [(finding["code"], finding["waived_until"] is not None) for finding in findings]
    return done.returncode, found, done.stderr


def test_a_comment_and_the_file_accept_findings(syncer: Syncer, handbook: Path) -> None:
    """On the main branch they count, with reason and origin in the manifest."""
    (handbook / "index.md").write_text(PAGE.format(OLD, "[andet](andet.md)"), encoding="utf-8")
    (handbook / ".syncer.toml").write_text(WAIVE.format("andet.md"), encoding="utf-8")
    done = syncer("audit", "--offline", "--handbook", handbook, "--format", "json")
    assert done.returncode == 0
    waivers = [finding["waiver"] for finding in json.loads(done.stdout)["findings"]]
    assert waivers == [
        {"reason": "kommer snart", "until": "2027-06-01", "from": "handbook"},
        {"reason": "x", "until": "2027-06-01", "from": "handbook"},
    ]


@pytest.mark.parametrize("how", ["comment", "file", "exclude"])
def test_what_a_change_adds_has_no_effect_and_is_listed(
    syncer: Syncer, handbook: Path, how: str
) -> None:
    """The new dead link counts, and the summary names what was added."""
    link = NEW if how == "comment" else "[nyt](nyt.md)"
    (handbook / "index.md").write_text(PAGE.format(OLD, link), encoding="utf-8")
    if how == "file":
        (handbook / ".syncer.toml").write_text(WAIVE.format("nyt.md"), encoding="utf-8")
    if how == "exclude":
        text = '[links]\nexclude = ["https://example.org/*"]\n'
        (handbook / ".syncer.toml").write_text(text, encoding="utf-8")
    code, found, said = audit(syncer, handbook, "--baseline", "HEAD")
    assert (code, found) == (1, [("link-broken", True), ("link-broken", False)])
    assert "adds to the handbook's own settings" in said


def test_a_comment_that_was_there_moves_with_its_page(syncer: Syncer, handbook: Path) -> None:
    """Lines above it change nothing; on another page it is new."""
    page = "---\n---\n# Ny overskrift\n\nNoget nyt.\n\n" + OLD + "\n"
    (handbook / "index.md").write_text(page, encoding="utf-8")
    code, found, said = audit(syncer, handbook, "--baseline", "HEAD")
    assert (code, found, "adds to" in said) == (0, [("link-broken", True)], False)


def test_a_change_to_the_file_cannot_weaken_what_is_checked(syncer: Syncer, handbook: Path) -> None:
    """Neither other sections, nor a mistake in the file, end the run or hide a finding."""
    text = '[links]\nexclude = ["*"]\nallow_private = true\n[handbook]\nexclude = ["**"]\n'
    (handbook / ".syncer.toml").write_text(text, encoding="utf-8")
    (handbook / "index.md").write_text(PAGE.format(OLD, "[nyt](nyt.md)"), encoding="utf-8")
    code, found, _ = audit(syncer, handbook, "--baseline", "HEAD")
    assert code == 1
    assert ("link-broken", False) in found
    assert ("handbook-settings-invalid", False) in found


def test_settings_that_a_change_removes_still_count(syncer: Syncer, handbook: Path) -> None:
    """What the main branch accepted is no finding of the change."""
    (handbook / "index.md").write_text(PAGE.format(OLD, "[nyt](nyt.md)"), encoding="utf-8")
    (handbook / ".syncer.toml").write_text(WAIVE.format("nyt.md"), encoding="utf-8")
    git(handbook, "add", ".")
    git(handbook, "commit", "-q", "-m", "waive")
    (handbook / ".syncer.toml").unlink()
    code, found, _ = audit(syncer, handbook, "--baseline", "HEAD")
    assert (code, found) == (0, [("link-broken", True), ("link-broken", True)])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[a][r]\n\n[r]: gammelt.md\n", "[a][r]\n\n[r]: nyt.md\n"),
        ("[a][r]\n\n> [r]: gammelt.md\n", "[a][r]\n\n> [r]: nyt.md\n"),
        ("[a\nb](gammelt.md)\n", "[a\nb](nyt.md)\n"),
        ("[a\nb][r]\n\n[r]: gammelt.md\n", "[a\nb][r]\n\n[r]: nyt.md\n"),
        ('Hej <a\nhref="gammelt.html">x</a>\n', 'Hej <a\nhref="nyt.html">x</a>\n'),
    ],
)
def test_a_comment_covers_no_new_target_behind_the_same_text(
    syncer: Syncer, handbook: Path, before: str, after: str
) -> None:
    """A definition elsewhere on the page decides where the text leads."""
    comment = "<!-- syncer: ignore link-broken until 2027-06-01: kommer snart -->"
    page = "---\n---\n# A\n\n" + comment + " {}"
    (handbook / "a.md").write_text(page.format(before), encoding="utf-8")
    git(handbook, "add", ".")
    git(handbook, "commit", "-q", "-m", "accepted")
    code, found, _ = audit(syncer, handbook, "--baseline", "HEAD")
    assert (code, found) == (0, [("link-broken", True)] * 2)
    (handbook / "a.md").write_text(page.format(after), encoding="utf-8")
    code, found, _ = audit(syncer, handbook, "--baseline", "HEAD")
    assert code == 1
    assert ("link-broken", False) in found


CONFIG = "x: {0}.html\ndefaults: [{{scope: {{path: ''}}, values: {{x: {0}.html}}}}]\n"


@pytest.mark.parametrize("definition", ["{{ site.x }}", "<{{ page.x }}>"])
def test_the_settings_of_the_site_bring_no_new_target_to_a_definition(
    syncer: Syncer, handbook: Path, definition: str
) -> None:
    """A comment's text that names a definition with Liquid leads where the settings say."""
    comment = "<!-- syncer: ignore link-broken until 2027-06-01: kommer snart -->"
    page = f"---\n---\n# A\n\n{comment} [a][r]\n\n[r]: {definition}\n"
    (handbook / "a.md").write_text(page, encoding="utf-8")
    (handbook / "_config.yml").write_text(CONFIG.format("gammelt"), encoding="utf-8")
    git(handbook, "add", ".")
    git(handbook, "commit", "-q", "-m", "accepted")
    assert audit(syncer, handbook, "--baseline", "HEAD")[0] == 0
    (handbook / "_config.yml").write_text(CONFIG.format("nyt"), encoding="utf-8")
    code, found, _ = audit(syncer, handbook, "--baseline", "HEAD")
    assert code == 1
    assert ("link-broken", False) in found


@pytest.mark.parametrize("comment", [True, False])
@pytest.mark.parametrize("value", ["site.x", "page.x"])
@pytest.mark.parametrize(
    ("at_ref", "name"), [("gammelt", "a.md"), ("a", "a.md"), ("gammelt", "b.md")]
)
def test_the_settings_of_the_site_bring_no_new_target(
    syncer: Syncer, handbook: Path, value: str, at_ref: str, name: str, *, comment: bool
) -> None:
    """Where Liquid leads is part of a finding, also on a renamed page, and of a comment."""
    text = "<!-- syncer: ignore link-broken until 2027-06-01: kommer snart -->" if comment else ""
    link = f"---\n---\n# A\n\n{text} [a]({{{{ {value} }}}})\n"
    (handbook / "a.md").write_text(link, encoding="utf-8")
    (handbook / "_config.yml").write_text(CONFIG.format(at_ref), encoding="utf-8")
    git(handbook, "add", ".")
    git(handbook, "commit", "-q", "-m", "accepted")
    assert audit(syncer, handbook, "--baseline", "HEAD")[0] == 0
    (handbook / "_config.yml").write_text(CONFIG.format("nyt"), encoding="utf-8")
    (handbook / "a.md").rename(handbook / name)
    code, found, _ = audit(syncer, handbook, "--baseline", "HEAD")
    assert code == 1
    assert ("link-broken", False) in found


@pytest.mark.parametrize("before", ["title: t\n", "plugins: [jekyll-github-metadata]\n"])
def test_an_address_of_the_site_is_accepted_by_no_comment(
    syncer: Syncer, handbook: Path, before: str
) -> None:
    """Where a plugin decided on the address, nobody knew where it leads: the finding is new."""
    comment = "<!-- syncer: ignore link-broken until 2027-06-01: kommer snart -->"
    link = f"---\n---\n# A\n\n{comment} [a]({{{{ site.url }}}}/gammelt.html)\n"
    (handbook / "a.md").write_text(link, encoding="utf-8")
    (handbook / "_config.yml").write_text(before, encoding="utf-8")
    git(handbook, "add", ".")
    git(handbook, "commit", "-q", "-m", "accepted")
    assert audit(syncer, handbook, "--baseline", "HEAD")[0] == 0
    (handbook / "_config.yml").write_text(before + "url: https://example.org\n", encoding="utf-8")
    code, found, _ = audit(syncer, handbook, "--baseline", "HEAD")
    assert code == 1
    assert ("link-broken", False) in found


PAGE_WAIVER = WAIVE.replace('subject = "{}"', 'page = "{}"')


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[a](gammelt.md)", "[a](gammelt.md) [b](nyt.md)"),
        ("[a](gammelt.md)", "[a](nyt.md)"),
        ("[a](index.md)", "[a](nyt.md)"),
    ],
)
def test_a_waiver_of_a_page_is_for_what_was_on_it(
    syncer: Syncer, handbook: Path, before: str, after: str
) -> None:
    """A change brings no new broken link to a page of which the editors accepted the old ones."""
    page = "---\n---\n# A\n\n{}\n"
    (handbook / "a.md").write_text(page.format(before), encoding="utf-8")
    (handbook / ".syncer.toml").write_text(PAGE_WAIVER.format("a.md"), encoding="utf-8")
    git(handbook, "add", ".")
    git(handbook, "commit", "-q", "-m", "accepted")
    code, found, _ = audit(syncer, handbook, "--baseline", "HEAD")
    assert (code, ("link-broken", False) in found) == (0, False)
    (handbook / "a.md").write_text(page.format(after), encoding="utf-8")
    code, found, _ = audit(syncer, handbook, "--baseline", "HEAD")
    assert (code, found.count(("link-broken", False))) == (1, 1)
    git(handbook, "commit", "-q", "-a", "-m", "merged")
    code, found, _ = audit(syncer, handbook, "--baseline", "HEAD")
    assert (code, ("link-broken", False) in found) == (0, False)


@pytest.mark.parametrize("where", ["subject", "page"])
@pytest.mark.parametrize("at_ref", ["gammelt", "index"])
def test_a_waiver_of_an_address_with_liquid_is_for_where_it_led(
    syncer: Syncer, handbook: Path, where: str, at_ref: str
) -> None:
    """The address stays, and the site's settings lead it to another page that is not there."""
    link = "{{ site.x }}"
    waive = WAIVE.format(link) if where == "subject" else PAGE_WAIVER.format("a.md")
    (handbook / ".syncer.toml").write_text(waive, encoding="utf-8")
    (handbook / "a.md").write_text(f"---\n---\n# A\n\n[a]({link})\n", encoding="utf-8")
    (handbook / "_config.yml").write_text(CONFIG.format(at_ref), encoding="utf-8")
    git(handbook, "add", ".")
    git(handbook, "commit", "-q", "-m", "accepted")
    assert audit(syncer, handbook, "--baseline", "HEAD")[0] == 0
    (handbook / "_config.yml").write_text(CONFIG.format("nyt"), encoding="utf-8")
    code, found, _ = audit(syncer, handbook, "--baseline", "HEAD")
    assert (code, ("link-broken", False) in found) == (1, True)


def test_an_exact_waiver_covers_what_a_change_brings(syncer: Syncer, handbook: Path) -> None:
    """The editors accepted that very address; a waiver of the page with the same day adds none."""
    both = WAIVE.format("nyt.md") + PAGE_WAIVER.format("index.md")
    (handbook / ".syncer.toml").write_text(both, encoding="utf-8")
    git(handbook, "add", ".")
    git(handbook, "commit", "-q", "-m", "accepted")
    (handbook / "index.md").write_text(PAGE.format(OLD, "[nyt](nyt.md)"), encoding="utf-8")
    code, found, _ = audit(syncer, handbook, "--baseline", "HEAD")
    assert (code, found) == (0, [("link-broken", True), ("link-broken", True)])
