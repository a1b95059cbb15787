"""What stops a nightly under systemd, made to happen: somebody gets a mail, and it says why."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta

import pytest

from syncer.report.words import Lang, words_of
from tests.nightly.machine import Machine, make_settings


def start_night(machine: Machine, name: str) -> None:
    """Do one run, which may fail."""
    machine.run("systemctl", "start", f"syncer@{name}.service", check=False)


def ask_status(machine: Machine, name: str) -> None:
    """Do what the timer of `syncer-status@` does each morning."""
    machine.run("systemctl", "start", f"syncer-status@{name}.service", check=False)


def wait_for_mail(machine: Machine, name: str) -> str:
    """Return the mail on a handbook."""
    machine.wait_for("the mail", lambda: bool(machine.list_mails(f"handbook {name} ")))
    [mail] = machine.list_mails(f"handbook {name} ")
    return mail


def test_settings_that_the_service_cannot_read(machine: Machine) -> None:
    """Exit 2, told the same night."""
    machine.add_handbook("laast")
    machine.run("chmod", "600", "/etc/syncer/laast.toml")
    start_night(machine, "laast")
    assert machine.ask("syncer@laast.service", "ExecMainStatus") == "2"
    assert "/etc/syncer/laast.toml" in wait_for_mail(machine, "laast")


def test_settings_that_are_gone(machine: Machine) -> None:
    """Exit 2, told the same night; the morning's question would tell it too."""
    machine.add_handbook("fjernet")
    machine.run("rm", "/etc/syncer/fjernet.toml")
    start_night(machine, "fjernet")
    assert "/etc/syncer/fjernet.toml" in wait_for_mail(machine, "fjernet")


def test_secrets_that_are_gone(machine: Machine) -> None:
    """Systemd does not start the run, and says so in the log."""
    machine.add_handbook("hemmelig")
    machine.run("rm", "-r", "/etc/syncer/hemmelig.secrets")
    start_night(machine, "hemmelig")
    assert machine.ask("syncer@hemmelig.service", "ExecMainStatus") == "243"
    assert "243/CREDENTIALS" in wait_for_mail(machine, "hemmelig")


# In the installation's folder: what stands for it there, and what is put in its place.
GONE = {
    "203": ("bin/python3", "ln -sfn /usr/bin/python3.10"),
    # Debian's python3 is another one then, and finds no package.
    "1": ("lib/python3.11", "mkdir"),
}


@pytest.mark.parametrize("code", GONE)
def test_the_python_of_the_installation_is_gone(machine: Machine, code: str) -> None:
    """As after an upgrade of Debian: the run cannot start, and the system's Python mails it."""
    name, (part, replace) = f"opgraderet-{code}", GONE[code]
    path = f"/opt/syncer/current/{part}"
    machine.add_handbook(name)
    machine.shell(f"mv {path} {path}.kept; {replace} {path}")
    start_night(machine, name)
    mail = wait_for_mail(machine, name)
    machine.shell(f"rm -r {path}; mv {path}.kept {path}")
    assert machine.ask(f"syncer@{name}.service", "ExecMainStatus") == code
    assert ("203/EXEC" in mail) or ("No module named" in mail)
    machine.run("systemctl", "start", f"syncer@{name}.service")


@pytest.mark.parametrize("what", ["state", "output"])
def test_a_disk_that_is_full(machine: Machine, what: str) -> None:
    """Exit 2; what was written before stays whole. With room again the next night is complete."""
    name, folder = f"fuld-{what}", f"/srv/{what}"
    machine.add_handbook(name, settings=f'[output]\nfolder = "{folder}"\n')
    machine.run("install", "-d", "-m", "777", folder)
    machine.add_drop_in(f"syncer@{name}.service", f"[Service]\nReadWritePaths={folder}\n")
    machine.run("systemctl", "start", f"syncer@{name}.service")
    full = folder if what == "output" else f"/var/lib/private/syncer/{name}"
    machine.shell(f"mount -t tmpfs -o size=64k,mode=777 tmpfs {full}")
    start_night(machine, name)
    assert machine.ask(f"syncer@{name}.service", "ExecMainStatus") == "2"
    assert "No space left" in wait_for_mail(machine, name)
    machine.run("umount", full)
    machine.run("systemctl", "start", f"syncer@{name}.service")


def test_another_name_of_the_machine(machine: Machine) -> None:
    """It changes nothing but the mails, which have the new name."""
    machine.add_handbook("omdoebt")
    machine.run("systemctl", "start", "syncer@omdoebt.service")
    before = machine.run("hostname").stdout.strip()
    machine.run("hostname", "ny-maskine")
    machine.run("systemctl", "start", "syncer@omdoebt.service")
    machine.run("systemctl", "start", "syncer-failed@omdoebt.service")
    machine.run("hostname", before)
    assert "syncer on ny-maskine" in wait_for_mail(machine, "omdoebt")


def test_a_timer_that_is_off(machine: Machine) -> None:
    """The morning's question finds no run in time, and mails."""
    machine.add_handbook("slukket")
    start_night(machine, "slukket")
    ask_status(machine, "slukket")
    assert machine.ask("syncer-status@slukket.service", "Result") == "success"
    path = "/var/lib/syncer/slukket/reports/status.json"
    text = machine.read(path)
    # As if the run had been two days ago.
    day = datetime.fromisoformat(json.loads(text)["run"]["finished_at"])
    machine.write(path, text.replace(f"{day:%Y-%m-%d}", f"{day - timedelta(days=2):%Y-%m-%d}"))
    ask_status(machine, "slukket")
    assert ": syncer-status@slukket.service" in wait_for_mail(machine, "slukket")


def test_a_night_that_never_came(machine: Machine) -> None:
    """Settings that nobody runs: told by the first morning."""
    machine.add_handbook("aldrig")
    ask_status(machine, "aldrig")
    assert "aldrig" in wait_for_mail(machine, "aldrig")


def test_a_login_that_ended(machine: Machine) -> None:
    """The secretariat's mail server refuses: the morning's question tells it by the other one."""
    text = (
        '[notify.mail]\nto = ["sekretariat@example.org"]\nsender = "syncer@example.org"\n'
        'host = "smtp.example.org"\nuser = "syncer"\npassword_file = "kodeord.secrets/boks"\n'
    )
    machine.add_handbook("kodeord", settings=text)
    machine.tell_neighbours("end the login")
    try:
        machine.run("systemctl", "start", "syncer@kodeord.service")
    finally:
        machine.tell_neighbours("let in")
    ask_status(machine, "kodeord")
    why = words_of(Lang.DA).reason("notice-login-refused", {})
    assert why in wait_for_mail(machine, "kodeord")


def test_a_failed_night_is_told_once(machine: Machine) -> None:
    """Mailed the same night, it is not mailed again in the morning; what comes of it later is."""
    machine.add_handbook("engang")
    machine.tell_neighbours("unplug")
    start_night(machine, "engang")
    machine.tell_neighbours("plug in")
    wait_for_mail(machine, "engang")
    ask_status(machine, "engang")
    assert machine.ask("syncer-status@engang.service", "ConditionResult") == "no"
    assert len(machine.list_mails("handbook engang ")) == 1
    machine.run("touch", "--date=-13 hours", "/var/lib/syncer/engang/health.json")
    ask_status(machine, "engang")
    machine.wait_for("another", lambda: len(machine.list_mails("handbook engang ")) == 2)


def test_a_mail_server_that_is_away_for_a_while(machine: Machine) -> None:
    """The mail of a failure is tried again until it is accepted."""
    machine.add_handbook("senere")
    machine.add_drop_in("syncer-failed@senere.service", "[Service]\nRestartSec=1s\n")
    machine.tell_neighbours("stop the mail")
    unit = "syncer-failed@senere.service"
    machine.run("systemctl", "start", unit, check=False)
    machine.wait_for("a try", lambda: "did not take the mail" in machine.journal(unit))
    machine.tell_neighbours("start the mail")
    wait_for_mail(machine, "senere")


def test_a_worker_whose_night_failed(machine: Machine) -> None:
    """It goes on; the morning's question mails."""
    machine.add_handbook("arbejder")
    machine.write(
        "/etc/syncer/arbejder.toml",
        make_settings("arbejder").replace("/srv/handbook/arbejder", "/srv/handbook/nowhere"),
    )
    unit = "syncer-worker@arbejder.service"
    machine.run("systemctl", "start", unit)
    machine.wait_for("the night", lambda: '"run-failed"' in machine.journal(unit))
    assert machine.list_mails("handbook arbejder ") == []
    ask_status(machine, "arbejder")
    assert re.search(r"/srv/handbook/nowhere", wait_for_mail(machine, "arbejder"))
    machine.run("systemctl", "stop", unit)
