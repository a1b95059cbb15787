"""From a bare Debian to a mail and an uploaded report, by the blocks of `deploy/README.md`."""

from __future__ import annotations

import json
import re

from syncer import __version__
from tests.nightly.machine import README, Machine, commit, find_blocks
from tests.nightly.neighbours import PASSWORD, UPLOAD_TOKEN
from tests.pipeline.handbooks import PAGE, TOKEN

_ADDRESS = f"https://boks.example.org/public.php/dav/files/{UPLOAD_TOKEN}/Status"
_FETCH = """
import sys, urllib.request
sys.stdout.buffer.write(urllib.request.urlopen(sys.argv[1]).read())
"""


def write_handbook(machine: Machine, name: str) -> None:
    """Put the handbook where a git server shows it."""
    folder = machine.mails / name
    (folder / "docs").mkdir(parents=True)
    text = PAGE.format(base="https://boks.os2.eu", token=TOKEN)
    (folder / "docs" / "samarbejde.md").write_text(text, "utf-8")
    (folder / "index.md").write_text("---\n---\n# OS2\n", "utf-8")
    commit(folder)


def add_settings(machine: Machine) -> None:
    """Write the files whose content the document gives, as an administrator with an editor does."""
    [more] = find_blocks("Who gets it?", "toml")
    mail, secrets = find_blocks("Who gets it?")
    machine.write("/etc/syncer/os2.toml", f"{machine.read('/etc/syncer/os2.toml')}\n{more}")
    machine.write("/etc/syncer/mail.env", mail)
    machine.shell(secrets)
    given = (PASSWORD, f"https://boks.example.org/s/{UPLOAD_TOKEN}", PASSWORD)
    for line, text in zip(secrets.splitlines(), given, strict=True):
        machine.run("tee", line.split()[-1], given=f"{text}\n")
    # The certificates of the tests' servers are a private authority's.
    [environment] = find_blocks("Proxy and private CA")
    machine.write(
        "/etc/syncer/environment", environment.partition("NO_PROXY")[2].partition("\n")[2]
    )


def test_from_nothing_to_a_mail_and_an_uploaded_report(machine: Machine) -> None:
    """Nothing but the document's blocks, in their order; what each took is printed."""
    write_handbook(machine, "OS2offdig/os2-sekretariat-docs.git")
    [settings] = find_blocks("Settings")
    machine.do("Settings", settings)
    add_settings(machine)
    attempt, start, look = find_blocks("Try it, and start")
    tried = machine.do("Try it", attempt)
    assert "mail server smtp.example.org: connection ok, STARTTLS ok, login ok" in tried
    assert "upload to boks.example.org/Status: ok" in tried
    assert "All is well" in tried
    [trial] = machine.list_mails("os2")
    assert trial.startswith("To: it@example.org\n")
    machine.do("Start", start)
    looked = machine.do("Look", look)
    assert f"syncer {__version__} " in looked
    assert "report.html" in looked
    assert '"level": "error"' not in looked
    [mail] = machine.list_mails("sekretariat@example.org")
    assert "Kontrakt- og samarbejdsskabeloner" in mail
    assert "https://boks.example.org/f/12345" in mail
    for name in ("report.html", "report.md", "status.json"):
        shown = machine.run("python3", "-c", _FETCH, f"{_ADDRESS}/{name}").stdout
        assert shown == machine.read(f"/var/lib/syncer/os2/reports/{name}")
    assert json.loads(shown)["run"]["complete"] is True
    for unit in ("syncer@os2.timer", "syncer-status@os2.timer"):
        assert machine.ask(unit, "ActiveState") == "active"
    assert not any(secret in tried + looked for secret in (PASSWORD, UPLOAD_TOKEN))
    took = ", ".join(f"{step} {seconds:.0f} s" for step, seconds in machine.took.items())
    print(took)  # noqa: T201 - `make systemd` shows it


def test_the_settings_of_another_handbook(machine: Machine) -> None:
    """The line for all but OS2: what it writes can be used; a host at a private address waits."""
    write_handbook(machine, "handbook.git")
    line = re.search(r"`(/opt/syncer/bin/syncer init [^`]+)`", README)
    assert line is not None
    machine.shell(line[1].replace("os2", "andet"))
    machine.run("install", "-d", "-m", "700", "/etc/syncer/andet.secrets")
    machine.run("systemctl", "start", "syncer-check@andet.service", check=False)
    tried = machine.journal("syncer-check@andet.service")
    assert "handbook: ok, 2 pages, 5 rows" in tried
    assert machine.ask("syncer-check@andet.service", "ExecMainStatus") == "3", tried
