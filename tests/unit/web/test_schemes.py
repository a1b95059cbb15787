"""Links that are no web addresses, judged by what is written."""

from __future__ import annotations

import pytest

from syncer.model.links import LinkKind, LinkStatus
from syncer.model.reason import Reason
from syncer.web.schemes import classify_link, is_mailbox, judge_scheme


@pytest.mark.parametrize(
    ("url", "kind", "status"),
    [
        ("mailto:navn@eksempel.dk", LinkKind.MAIL, LinkStatus.OK),
        ("MAILTO:navn@eksempel.dk?subject=Hej", LinkKind.MAIL, LinkStatus.OK),
        ("mailto:a@b.dk,c@d.dk", LinkKind.MAIL, LinkStatus.OK),
        ("mailto:s%C3%B8ren@bl%C3%A5b%C3%A6r.dk", LinkKind.MAIL, LinkStatus.OK),
        ("mailto:?to=a@b.dk", LinkKind.MAIL, LinkStatus.OK),
        ("mailto:", LinkKind.MAIL, LinkStatus.BROKEN),
        ("mailto:navn@eksempel", LinkKind.MAIL, LinkStatus.BROKEN),
        ("mailto:a@b.dk,wrong", LinkKind.MAIL, LinkStatus.BROKEN),
        ("tel:+45 33 12 34 56", LinkKind.OTHER, LinkStatus.OK),
        ("tel:33-12(34)56;ext=2", LinkKind.OTHER, LinkStatus.OK),
        ("tel:ring", LinkKind.OTHER, LinkStatus.BROKEN),
        ("tel:+", LinkKind.OTHER, LinkStatus.BROKEN),
        ("tel:" + "1" * 5000, LinkKind.OTHER, LinkStatus.BROKEN),
        ("file:///C:/x.docx", LinkKind.OTHER, LinkStatus.BROKEN),
        ("javascript:void(0)", LinkKind.OTHER, LinkStatus.BROKEN),
        ("data:image/png;base64,AA==", LinkKind.OTHER, LinkStatus.OK),
        ("ftp://eksempel.dk/", LinkKind.OTHER, LinkStatus.UNCHECKED),
        ("msteams:/l/x", LinkKind.OTHER, LinkStatus.UNCHECKED),
        ("side.md", LinkKind.OTHER, LinkStatus.UNCHECKED),
        ("", LinkKind.OTHER, LinkStatus.UNCHECKED),
    ],
)
def test_other_schemes_are_judged(url: str, kind: LinkKind, status: LinkStatus) -> None:
    """Every scheme has its verdict without a request, and a reason unless it is good."""
    verdict = judge_scheme(url)
    assert verdict is not None
    assert (verdict.kind, verdict.status) == (kind, status)
    assert classify_link(url) is kind
    assert (verdict.reason is None) is (status is LinkStatus.OK)


@pytest.mark.parametrize("url", ["http://a.dk", "HTTPS://a.dk", "//a.dk/x", " https://a.dk"])
def test_web_addresses_are_left_to_be_asked(url: str) -> None:
    """The web is not judged by what is written."""
    assert judge_scheme(url) is None
    assert classify_link(url) is LinkKind.WEB


@pytest.mark.parametrize(
    "text",
    ["a.b+c@d-e.dk", "o'neil@x.co", "x@1.dk", "ø@æ.dk", "a@" + "b" * 63 + ".dk"],
)
def test_mailboxes_are_known(text: str) -> None:
    """Dot-atoms and domains of at least two labels."""
    assert is_mailbox(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a@",
        "@b.dk",
        "a@b",
        "a@b..dk",
        ".a@b.dk",
        "a..b@c.dk",
        "a b@c.dk",
        "a@-b.dk",
        "a@b.dk>",
        "a@b_.dk",
        "a" * 65 + "@b.dk",
        "a@" + "b." * 130 + "dk",
        "a@" + "b" * 64 + ".dk",
    ],
)
def test_what_is_no_mailbox_is_known(text: str) -> None:
    """Nothing else is an address that a mail program takes."""
    assert not is_mailbox(text)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("mailto:a@b.dk, wrong ,c", Reason("link-mail-invalid", {"address": "wrong"})),
        ("mailto:" + "x" * 300, Reason("link-mail-invalid", {"address": "x" * 200})),
        ("mailto:", Reason("link-mail-invalid", {"address": ""})),
        ("tel: ring", Reason("link-phone-invalid", {"number": "ring"})),
        ("tel:" + "1" * 101, Reason("link-phone-invalid", {"number": "1" * 100})),
        ("file:///x", Reason("link-to-own-disk")),
        ("javascript:x", Reason("link-is-script")),
        ("MSTeams:/l", Reason("link-scheme-unchecked", {"scheme": "msteams"})),
        ("side.md", Reason("link-not-absolute")),
    ],
)
def test_each_reason_names_what_is_wrong(url: str, reason: Reason) -> None:
    """In the words of the link, at a bounded length."""
    verdict = judge_scheme(url)
    assert verdict is not None
    assert verdict.reason == reason


def test_what_is_as_long_as_it_may_be() -> None:
    """One more character is too many."""
    number = judge_scheme("tel:" + "1" * 100)
    assert number is not None
    assert number.status is LinkStatus.OK
    assert is_mailbox("a" * 64 + "@b.dk")
    domain = "b." * 125 + "dkk"
    assert len(domain) == 253
    assert is_mailbox(f"a@{domain}")
    assert not is_mailbox(f"a@{domain}k")
