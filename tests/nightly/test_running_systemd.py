"""The units under a running systemd: what `deploy/README.md` says, done word by word."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.nightly.machine import README, Machine, find_blocks, make_settings
from tests.nightly.neighbours import MUTE_URL, PASSWORD

# Lasts as long as the time-out of a link: time to look at a run while it is under way.
SLOW = f"\n[langsom]({MUTE_URL})\n"


def read_manifest(machine: Machine, name: str) -> dict[str, Any]:
    """Return the manifest that the newest run of a handbook has left."""
    found: dict[str, Any] = json.loads(machine.read(f"/var/lib/syncer/{name}/reports/status.json"))
    return found


def count_runs(machine: Machine, name: str) -> int:
    """Return how many runs of a handbook have left a manifest."""
    listed = machine.run("ls", f"/var/lib/syncer/{name}/reports/runs", check=False)
    return listed.stdout.count("-status.json")


def test_the_reports_where_a_web_server_finds_them(machine: Machine) -> None:
    """The README's lines: the service writes there, and www-data reads what it writes."""
    folder = "/srv/www/syncer"
    machine.add_handbook("net", settings=f'[output]\nfolder = "{folder}"\n')
    [drop_in] = find_blocks("Where the reports go", "ini")
    make = re.search(rf"`(install -d .* {folder})`", README)
    assert make is not None
    machine.shell(make[1])
    for unit in ("syncer@net.service", "syncer-check@net.service"):
        machine.add_drop_in(unit, drop_in)
        machine.run("systemctl", "start", unit)
    assert "output folder: ok" in machine.journal("syncer-check@net.service")
    listed = machine.shell(f"setpriv --reuid=www-data --clear-groups ls {folder}/runs", check=False)
    assert listed.returncode != 0  # by its group alone, as the web server has it
    machine.shell(f"runuser -u www-data -- sh -c 'cat {folder}/report.html && ls {folder}/runs'")


def test_a_password_is_handed_over(machine: Machine) -> None:
    """The service reads it as a credential; the files are the service's, and root can run too."""
    machine.add_handbook("kode")
    machine.run("systemctl", "start", "syncer@kode.service")
    manifest = read_manifest(machine, "kode")
    assert manifest["run"]["complete"] is True
    assert [share["status"] for share in manifest["shares"]] == ["ok"]
    owner = machine.run("stat", "--format=%u %a", "/var/lib/syncer/kode/").stdout.split()
    assert owner[0] != "0"
    machine.run(
        "env", "STATE_DIRECTORY=/var/lib/syncer/kode", "/opt/syncer/bin/syncer", "audit",
        "--quiet", "--fail-on=never", "--config=/etc/syncer/kode.toml",
    )  # fmt: skip
    assert machine.run("find", "/var/lib/syncer/kode/", "-user", "root").stdout == ""
    machine.run("systemctl", "start", "syncer@kode.service")
    assert count_runs(machine, "kode") == 2
    assert PASSWORD not in machine.journal("syncer@kode.service")


def test_a_night_without_the_network_is_mailed(machine: Machine) -> None:
    """OS2's own settings, with a handbook that cannot be reached: 2, and the mail says why."""
    machine.shell("sed s/github.com/git.invalid/ config/syncer.toml > /etc/syncer/uden-net.toml")
    machine.run("install", "-d", "-m", "700", "/etc/syncer/uden-net.secrets")
    done = machine.run("systemctl", "start", "syncer@uden-net.service", check=False)
    assert done.returncode != 0
    assert machine.ask("syncer@uden-net.service", "ExecMainStatus") == "2"
    machine.wait_for("the mail", lambda: bool(machine.list_mails("uden-net")))
    [mail] = machine.list_mails("uden-net")
    assert "Check the address and the network" in mail
    assert machine.ask("syncer-failed@uden-net.service", "Result") == "success"


def test_an_incomplete_night_is_mailed(machine: Machine) -> None:
    """The Nextcloud is gone: 3 is told; back again, the next night is complete."""
    machine.add_handbook("afbrudt")
    machine.tell_neighbours("unplug")
    try:
        machine.run("systemctl", "start", "syncer@afbrudt.service", check=False)
    finally:
        machine.tell_neighbours("plug in")
    assert machine.ask("syncer@afbrudt.service", "ExecMainStatus") == "3"
    machine.wait_for("the mail", lambda: bool(machine.list_mails("afbrudt")))
    machine.run("systemctl", "start", "syncer@afbrudt.service")
    assert read_manifest(machine, "afbrudt")["run"]["complete"] is True


def test_a_run_beside_another_is_no_failure(machine: Machine) -> None:
    """75: the lock is held by another process, and nobody is woken."""
    machine.add_handbook("optaget")
    machine.run("systemctl", "start", "syncer@optaget.service")
    machine.shell("flock /var/lib/syncer/optaget/run.lock systemctl start syncer@optaget.service")
    assert "Another run holds" in machine.journal("syncer@optaget.service")
    assert machine.list_mails("optaget") == []


def test_a_check_does_not_disturb_the_night(machine: Machine) -> None:
    """The state folder stays the service's while somebody tries the settings beside it."""
    machine.add_handbook("samtidig", more=SLOW, settings="timeout_s = 5\n")
    machine.run("systemctl", "start", "syncer@samtidig.service")
    machine.run("systemctl", "start", "--no-block", "syncer@samtidig.service")
    machine.wait_for(
        "the run",
        lambda: machine.ask("syncer@samtidig.service", "ActiveState") == "activating",
    )
    machine.run("systemctl", "start", "syncer-check@samtidig.service")
    machine.wait_for(
        "the end", lambda: machine.ask("syncer@samtidig.service", "SubState") == "dead"
    )
    assert "Failed" not in machine.journal("syncer@samtidig.service")
    assert count_runs(machine, "samtidig") == 2


def test_the_timer_starts_the_night(machine: Machine) -> None:
    """It is next due at 03:15 in Copenhagen, and what is due is started."""
    machine.add_handbook("ur")
    machine.run("systemctl", "enable", "--now", "syncer@ur.timer")
    due = machine.run("systemctl", "list-timers", "--no-pager", "syncer@ur.timer").stdout
    assert re.search(r"\d\d:(1[5-9]|2[0-5]):\d\d", due), due
    machine.add_drop_in(
        "syncer@ur.timer",
        "[Timer]\nOnActiveSec=1s\nAccuracySec=1us\nRandomizedDelaySec=0\n",
    )
    machine.run("systemctl", "restart", "syncer@ur.timer")
    machine.wait_for("the run", lambda: count_runs(machine, "ur") == 1)


def test_timer_and_worker_refuse_each_other(machine: Machine) -> None:
    """Whichever is enabled keeps the other from starting; the README's lines change over."""
    machine.add_handbook("enten-eller")
    machine.run("systemctl", "enable", "--now", "syncer@enten-eller.timer")
    worker = machine.run("systemctl", "start", "syncer-worker@enten-eller", check=False)
    assert worker.returncode != 0
    assert machine.ask("syncer@enten-eller.timer", "ActiveState") == "active"
    [change] = find_blocks("The worker")
    machine.shell(change.replace("os2", "enten-eller"))
    assert machine.ask("syncer-worker@enten-eller", "ActiveState") == "active"
    timer = machine.run("systemctl", "start", "syncer@enten-eller.timer", check=False)
    assert timer.returncode != 0
    assert machine.ask("syncer-worker@enten-eller", "ActiveState") == "active"
    machine.run("systemctl", "disable", "--now", "syncer-worker@enten-eller")


def test_the_worker_reads_its_settings_again(machine: Machine) -> None:
    """`systemctl reload`: good ones hold at once, bad ones are refused with the reason."""
    machine.add_handbook("skift")
    machine.run("systemctl", "start", "syncer-worker@skift")
    unit = "syncer-worker@skift.service"
    machine.wait_for("the first run", lambda: '"run-done"' in machine.journal(unit))
    machine.write("/etc/syncer/skift.toml", make_settings("skift") + '[schedule]\ncron = "x"\n')
    machine.run("systemctl", "reload", unit)
    machine.wait_for("the refusal", lambda: '"settings-refused"' in machine.journal(unit))
    machine.write(
        "/etc/syncer/skift.toml", make_settings("skift") + '[schedule]\ncron = "30 4 * * sun"\n'
    )
    machine.run("systemctl", "reload", unit)
    machine.wait_for("the new settings", lambda: '"settings-read"' in machine.journal(unit))
    machine.wait_for("the plan", lambda: "T04:30:00" in machine.ask(unit, "StatusText"))
    machine.run("systemctl", "stop", unit)
    assert machine.ask(unit, "Result") == "success"
    assert PASSWORD not in machine.journal(unit)


def test_a_worker_that_is_stuck_is_started_again(machine: Machine) -> None:
    """Without a sign of life within WatchdogSec it is killed, and comes back."""
    machine.add_handbook("haengt")
    unit = "syncer-worker@haengt.service"
    machine.add_drop_in(unit, "[Service]\nWatchdogSec=3s\nRestartSec=1s\n")
    machine.run("systemctl", "start", unit)
    first = machine.ask(unit, "MainPID")
    machine.wait_for("the first run", lambda: '"run-done"' in machine.journal(unit))
    machine.shell(f"kill -STOP {first}")
    machine.wait_for("the restart", lambda: machine.ask(unit, "NRestarts") == "1")
    machine.wait_for("its life", lambda: machine.ask(unit, "ActiveState") == "active")
    assert machine.ask(unit, "MainPID") not in ("0", first)
    machine.run("systemctl", "stop", unit)


def test_a_worker_is_stopped_in_the_midst_of_a_run(machine: Machine) -> None:
    """`systemctl stop` ends it within its time; what is known is left, marked incomplete."""
    machine.add_handbook("stop", more=SLOW)
    unit = "syncer-worker@stop.service"
    machine.run("systemctl", "start", unit)
    machine.wait_for("the run", lambda: '"handbook-read"' in machine.journal(unit))
    machine.run("systemctl", "stop", unit)
    assert machine.ask(unit, "Result") == "success"
    assert machine.ask(unit, "ExecMainStatus") == "0"
    manifest = read_manifest(machine, "stop")
    assert manifest["run"]["complete"] is False


def test_the_kernel_holds_the_sandbox(machine: Machine) -> None:
    """Not root, no capability, no new privileges, a system-call filter, a read-only system."""
    machine.add_handbook("kasse")
    unit = "syncer-worker@kasse.service"
    machine.run("systemctl", "start", unit)
    process = machine.ask(unit, "MainPID")
    status = dict(
        line.split(":", 1) for line in machine.read(f"/proc/{process}/status").splitlines()
    )
    assert status["Uid"].split()[0] != "0"
    assert int(status["CapBnd"], 16) == 0
    assert status["NoNewPrivs"].strip() == "1"
    assert status["Seccomp"].strip() == "2"
    limits = machine.read(f"/proc/{process}/limits")
    assert re.search(r"Max core file size\s+0\s+0", limits)
    mounts = machine.read(f"/proc/{process}/mounts")
    assert re.search(r" / \S+ ro,", mounts)
    environ = machine.read(f"/proc/{process}/environ") + machine.read(f"/proc/{process}/cmdline")
    assert PASSWORD not in environ
    machine.run("systemctl", "stop", unit)


def test_upgrade_and_rollback_between_two_nights(machine: Machine) -> None:
    """The README's lines but for `git pull`; each night finds what the one before has left."""
    machine.add_handbook("ny")
    machine.run("systemctl", "start", "syncer@ny.service")
    [upgrade, _] = find_blocks("Upgrade and rollback")
    machine.shell(upgrade.replace("git pull\n", ""))
    machine.run("systemctl", "start", "syncer@ny.service")
    machine.run("make", "rollback", "PREFIX=/opt/syncer")
    machine.run("systemctl", "start", "syncer@ny.service")
    assert len(read_manifest(machine, "ny")["history"]) == 2
