"""The back end for a real Nextcloud: few links, and patience with a server that limits them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests

from tests.cloud.cloud import Cloud, Rights
from tests.cloud.server import CloudServer, serve_cloud
from tests.cloud.throttle import Throttle
from tests.contract.backends import Terms
from tests.contract.live_backends import LiveBackend


@pytest.fixture
def server() -> Iterator[CloudServer]:
    """Serve an account."""
    cloud = Cloud("32.0.1", throttle=Throttle(unit_s=0))
    cloud.accounts["contract"] = "app-pw"
    with serve_cloud(cloud) as running:
        yield running


def _open(server: CloudServer, naps: list[float]) -> LiveBackend:
    return LiveBackend(server.base_url, "contract", "app-pw", "suite", sleep=naps.append)


def test_one_link_serves_all_tests_with_the_same_terms(server: CloudServer) -> None:
    """Each test finds its folder empty; other terms, and a file, have links of their own."""
    backend = _open(server, [])
    for number in range(30):
        backend.add_folder(f"Sted {number}")
        backend.add_file(f"Sted {number}/Mappe/{number} & ?.txt", b"x")
        tree = backend.read(backend.share(f"Sted {number}")).tree
        assert tree is not None
        assert [file.path for file in tree.files] == [f"Mappe/{number} & ?.txt"]
    backend.share("Sted 29", Terms(rights=Rights.WRITE))
    backend.share("Sted 29/Mappe/29 & ?.txt")
    assert len(server.cloud.links_by_id) == 3
    backend.clean_up()
    assert server.cloud.tree.root.find("suite") is None


def test_a_link_that_was_removed_is_not_used_again(server: CloudServer) -> None:
    """The next test gets another token."""
    backend = _open(server, [])
    backend.add_folder("Sted")
    first = backend.share("Sted")
    backend.unshare(first)
    assert backend.share("Sted") != first


def test_a_limit_is_waited_for_and_told(
    server: CloudServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """A minute at a time, with the address that was refused."""
    naps: list[float] = []

    def sleep(seconds: float) -> None:
        naps.append(seconds)
        if len(naps) == 3:
            server.cloud.moods.link_limit = None

    backend = LiveBackend(server.base_url, "contract", "app-pw", "suite", sleep=sleep)
    backend.add_folder("Sted")
    server.cloud.moods.link_limit = 0
    backend.share("Sted")
    assert naps == [60, 60, 60]
    assert capsys.readouterr().out.count("429, waiting 60 s") == 3


def test_a_limit_that_does_not_end_is_an_error(server: CloudServer) -> None:
    """After longer than the ten minutes that Nextcloud counts back."""
    naps: list[float] = []
    backend = _open(server, naps)
    backend.add_folder("Sted")
    server.cloud.moods.link_limit = 0
    with pytest.raises(requests.HTTPError, match="429"):
        backend.share("Sted")
    assert sum(naps) > 600
