"""Which hosts are a Nextcloud, by what each of their addresses answers."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from syncer.model.shares import HostKnowledge
from syncer.nextcloud import recognition
from syncer.nextcloud.recognition import recognise_hosts
from syncer.store.database import open_database
from syncer.store.share_memory import ShareStore
from syncer.surroundings import Surroundings

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
AROUND = Surroundings(now=lambda: NOW, sleep=lambda _: None)


class Addresses:
    """Answers for addresses, and notes which were asked, and whether on a private network."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, **answers: bool | None) -> None:
        """Answer by the last part of an address; one that is not given is another product's."""
        self.asked: list[tuple[str, bool]] = []
        self._answers = answers
        monkeypatch.setattr(recognition, "_ask", self._ask)

    def _ask(self, url: str, *_: object, allow_private: bool) -> bool | None:
        self.asked.append((url, allow_private))
        return self._answers.get(url.rpartition("/")[2], False)


@pytest.mark.parametrize(
    ("answers", "known"),
    [
        ({"a": True, "b": False}, True),
        ({"a": False, "b": True}, True),
        ({"a": None, "b": True}, True),
        ({"a": None, "b": False}, None),
        ({"a": False, "b": None}, None),
        ({"a": False, "b": False}, False),
    ],
)
def test_one_address_with_a_nextcloud_is_enough(
    answers: dict[str, bool | None], known: bool | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without one, an address that gave no answer may have it: nothing is known of the host."""
    addresses = Addresses(monkeypatch, **answers)
    suspects = {"x.dk": frozenset({"https://x.dk/a", "https://x.dk/b"})}
    found = recognise_hosts(suspects, memory=None, around=AROUND)
    assert found == ({} if known is None else {"x.dk": known})
    assert addresses.asked == [("https://x.dk/b", False), ("https://x.dk/a", False)]


def test_only_so_many_hosts_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first twenty by name; a page full of hosts makes few requests."""
    addresses = Addresses(monkeypatch)
    hosts = [f"{number:02}.dk" for number in range(25)]
    suspects = {host: frozenset({f"https://{host}"}) for host in reversed(hosts)}
    assert sorted(recognise_hosts(suspects, memory=None, around=AROUND)) == hosts[:20]
    assert len(addresses.asked) == 20


def test_a_private_address_is_asked_where_that_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Host by host."""
    addresses = Addresses(monkeypatch)
    suspects = {host: frozenset({f"https://{host}"}) for host in ("a.dk", "b.dk")}
    recognise_hosts(suspects, memory=None, around=AROUND, private=("b.dk",))
    assert sorted(addresses.asked) == [("https://a.dk", False), ("https://b.dk", True)]


def test_a_host_whose_version_was_seen_is_not_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the address of its own, by any earlier run; one that only hid its version is."""
    addresses = Addresses(monkeypatch)
    database = open_database(tmp_path)
    memory = ShareStore(database)
    memory.save_host(HostKnowledge("seen.dk/sky", "31.0.4", None, NOW))
    memory.save_host(HostKnowledge("hidden.dk", None, "new", NOW))
    suspects = {
        "seen.dk": frozenset({"https://seen.dk/sky", "https://seen.dk"}),
        "hidden.dk": frozenset({"https://hidden.dk"}),
    }
    found = recognise_hosts(suspects, memory=memory, around=AROUND)
    assert found == {"seen.dk": True, "hidden.dk": False}
    assert addresses.asked == [("https://hidden.dk", False)]
    database.close()
