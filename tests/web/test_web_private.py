"""Private addresses are never asked unless that is allowed: by name, by DNS, by redirect."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from syncer.model.links import LinkStatus
from tests.web.loopback_web import refuse_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.web.loopback_web import Web


_NAMES = ("127.0.0.1", "localhost", "[::1]", "10.1.2.3", "2130706433", "0x7f.1", "nas.local")
# What browsers read as one of these.
_DISGUISED = (
    "\uff11\uff12\uff17.0.0.1",
    "127\u30020.0.1",
    "\u24dbocalhost",
    "lo\u00adcalhost",
    "%31%32%37.1",
)


@pytest.mark.parametrize("host", [*_NAMES, *_DISGUISED])
def test_private_name_is_not_asked(web: Web, host: str) -> None:
    """What is private by its name alone is not even looked up."""
    verdict = web.check_one(f"http://{host}:{web.port}/", allow_private=False)
    assert verdict.status is LinkStatus.UNCHECKED
    assert verdict.reason is not None
    assert verdict.reason.code == "link-private-address"
    assert web.connections == 0
    assert web.lookups == []


@pytest.mark.parametrize(
    "addresses",
    [("127.0.0.1",), ("192.168.1.4",), ("93.184.215.14", "127.0.0.1"), ("::ffff:127.0.0.1",)],
)
def test_name_that_leads_to_a_private_address_is_not_asked(
    web: Web, addresses: Sequence[str]
) -> None:
    """One private address behind a name is enough, and no connection is made."""
    web.addresses["a.test"] = addresses
    verdict = web.check_one(web.url("a.test"), allow_private=False)
    assert verdict.reason is not None
    assert (verdict.status, verdict.reason.code) == (
        LinkStatus.UNCHECKED,
        "link-private-address",
    )
    assert web.connections == 0


@pytest.mark.parametrize("target", ["http://127.0.0.1:{port}/", "http://b.test:{port}/"])
def test_redirect_to_a_private_address_is_not_followed(web: Web, target: str) -> None:
    """Each hop is checked like the first, by name and by DNS."""
    location = target.format(port=web.port)
    url = web.put("a.test", "/x", web.page(302, headers={"Location": location}))
    # Only the first host may be private: the settings name it.
    verdict = web.check_one(
        "https://www.test/x", remap={"https://www.test/x": url}, allow_private=False
    )
    assert verdict.status is LinkStatus.UNCHECKED
    assert verdict.reason is not None
    assert verdict.reason.code == "link-private-address"
    assert [visit.host for visit in web.visits] == ["a.test"]


def test_name_is_looked_up_once(web: Web) -> None:
    """The address that was checked is the one that is used: a name cannot change its mind."""
    urls = [web.put("a.test", f"/{number}", web.page()) for number in range(9)]
    web.check(urls)
    assert web.lookups == ["a.test"]


def test_dead_address_of_several_is_passed_over(web: Web) -> None:
    """The next address is tried when one refuses."""
    web.addresses["a.test"] = ("127.0.0.2", "127.0.0.1")
    assert web.check_one(web.put("a.test", "/", web.page())).status is LinkStatus.OK


def test_name_that_is_found_later_is_looked_up_again(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second look asks the resolver anew."""
    refuse = refuse_names()
    monkeypatch.setattr(
        web, "resolve", lambda host: ("127.0.0.1",) if web.slept_s else refuse(host)
    )
    verdict = web.check_one(web.put("a.test", "/", web.page()))
    assert verdict.status is LinkStatus.OK


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (socket.EAI_NONAME, LinkStatus.BROKEN, "link-host-unknown"),
        (socket.EAI_AGAIN, LinkStatus.UNCHECKED, "link-dns-failed"),
    ],
)
def test_unknown_name_is_not_a_resolver_in_trouble(
    web: Web, monkeypatch: pytest.MonkeyPatch, error: int, status: LinkStatus, code: str
) -> None:
    """That there is no such host is a finding; that nobody could tell is none."""
    monkeypatch.setattr(web, "resolve", refuse_names(error))
    verdict = web.check_one(web.url("a.test"))
    assert verdict.status is status
    assert verdict.reason is not None
    assert verdict.reason.code == code
