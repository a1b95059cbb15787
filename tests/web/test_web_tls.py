"""TLS errors are told in words of their own."""

from __future__ import annotations

import socket
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
import trustme

from syncer.model.links import LinkStatus

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.web.loopback_web import Visit, Web


def test_trusted_certificate_is_fine(web: Web, serve_tls: Callable[..., int]) -> None:
    """A good certificate for the right name; the connection goes where the name was pinned."""
    port = serve_tls("a.test")
    web.put("a.test", "/x", web.page(body=b"<p id=a>"))
    verdicts = web.check([f"https://a.test:{port}/x", f"https://a.test:{port}/x#a"])
    assert {verdict.status for verdict in verdicts.values()} == {LinkStatus.OK}


@pytest.mark.parametrize(
    ("name", "validity", "code"),
    [
        ("a.test", {"not_after": datetime(2020, 1, 1, tzinfo=UTC)}, "link-tls-expired"),
        ("a.test", {"not_before": datetime(2090, 1, 1, tzinfo=UTC)}, "link-tls-not-yet-valid"),
        ("b.test", {}, "link-tls-wrong-name"),
    ],
)
def test_bad_certificate_is_named(
    web: Web, serve_tls: Callable[..., int], name: str, validity: dict[str, Any], code: str
) -> None:
    """Expired, not yet valid, for another name: different words, and no denial of the page."""
    if "not_before" in validity:
        validity = {**validity, "not_after": datetime(2091, 1, 1, tzinfo=UTC)}
    port = serve_tls(name, **validity)
    verdict = web.check_one(f"https://a.test:{port}/")
    assert verdict.status is LinkStatus.UNCONFIRMED
    assert verdict.reason is not None
    assert verdict.reason.code == code


@pytest.mark.parametrize("is_known", [True, False])
def test_chain_that_cannot_be_followed_is_blocked(
    web: Web, serve_tls: Callable[..., int], trusted: trustme.CA, is_known: bool
) -> None:
    """Without its intermediate certificate, or from an issuer that only we do not know."""
    issuer = trusted.create_child_ca() if is_known else trustme.CA()
    verdict = web.check_one(f"https://a.test:{serve_tls('a.test', issuer=issuer, chain=False)}/")
    assert verdict.status is LinkStatus.BLOCKED
    assert verdict.reason is not None
    assert verdict.reason.code == "link-tls-unknown-issuer"
    assert web.slept_s == 0


def test_plain_server_behind_https_fails(web: Web) -> None:
    """A port that speaks no TLS gives no secure connection."""
    verdict = web.check_one(f"https://a.test:{web.port}/")
    assert verdict.reason is not None
    assert verdict.reason.code in ("link-tls-failed", "link-dropped")


def test_dripping_answer_ends_with_its_time_below_tls(
    web: Web, serve_tls: Callable[..., int]
) -> None:
    """The time-out is for the whole request, not for each byte, behind TLS too."""

    def serve(visit: Visit) -> None:
        visit.write(b"HTTP/1.1 200 OK\r\nX: ")
        while not web.over.wait(0.05):
            visit.write(b"1")

    port = serve_tls("a.test")
    web.put("a.test", "/x#a", serve)
    began_s = time.monotonic()
    verdict = web.check_one(f"https://a.test:{port}/x#a", timeout_s=0.4)
    assert verdict.status is LinkStatus.UNCONFIRMED
    assert time.monotonic() - began_s < 10


def test_host_that_never_shakes_hands_times_out(web: Web, serve_tls: Callable[..., int]) -> None:
    """A TLS port that stays silent is bounded like any other."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        verdict = web.check_one(f"https://a.test:{port}/", timeout_s=0.3)
    assert verdict.status is LinkStatus.UNCONFIRMED
