"""The web room's pure parts hold for anything that a page or a server can write."""

from __future__ import annotations

from urllib.parse import urlsplit

from hypothesis import given
from hypothesis import strategies as st

from syncer.model.links import LinkStatus
from syncer.net.failures import Cause
from syncer.net.private_hosts import is_private_host, is_private_ip
from syncer.web.addresses import parse_address, read_fragment
from syncer.web.answers import Absence, Answer, Failure
from syncer.web.fragments import AnchorSearch
from syncer.web.link_settings import LinkSettings
from syncer.web.linkcheck import classify_link
from syncer.web.schemes import judge_scheme
from syncer.web.trail import MAX_HOPS, End, Trail, begin_trail, proceed
from syncer.web.verdicts import judge
from tests.property.reached import at_least, reached

START = parse_address("https://a.dk/")
TEXTS = st.text() | st.text("ahtps:/.#?[]@%0æ1\\ \t", max_size=40).map(lambda end: "http:" + end)
PARTS = st.text("aæ0%.:#? \t", max_size=6)
LOGINS = st.builds("{}:{}@".format, PARTS, PARTS) | PARTS.map("{}@".format)
ADDRESSES = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["http://", "HTTPS:\\\\", "//"]),
    st.just("") | LOGINS,
    st.sampled_from(["a.dk", "Æ.dk.:8080", "[::1]", "10.0.0.1:1", "a b.dk"]),
    PARTS.map("/{}".format),
)


@at_least(address=8, login=4, no_address=8)
@given(ADDRESSES | TEXTS)
def test_any_text_is_read_as_an_address_or_not(text: str) -> None:
    """Nothing raises; what is an address is ASCII, names no login and reads the same again."""
    address = parse_address(text)
    read_fragment(text)
    classify_link(text)
    if address is not None:
        assert address.url.isascii()
        assert urlsplit(address.url).scheme in ("http", "https")
        assert "@" not in urlsplit(address.url).netloc
        assert parse_address(address.url) == address
        reached("address")
        reached("login", "@" in urlsplit(text.strip().replace("\\", "/")).netloc)
    elif judge_scheme(text) is None:
        assert classify_link(text) == "web"
        reached("no_address")


@at_least(private=8)
@given(st.ip_addresses())
def test_private_ranges_are_private_in_every_spelling(address: object) -> None:
    """An address that is not global is refused by its name and after DNS."""
    if not address.is_global:  # type: ignore[attr-defined]
        assert is_private_ip(str(address))
        assert is_private_host(str(address))
        reached("private")


HTML = st.lists(
    st.sampled_from([b"<h2 id=a>", b"<a name='i'>", b"<script>", b"</script>", b"<!--", b"\xff"])
    | st.binary(max_size=20),
    max_size=12,
).map(b"".join)


@at_least(found=2, absent=4, by_script=2)
@given(HTML, st.sampled_from("ai") | st.text(min_size=1, max_size=5), st.integers(1, 500))
def test_any_bytes_are_searched(html: bytes, fragment: str, piece: int) -> None:
    """Whatever a server sends as HTML, the search ends with an answer."""
    looking = AnchorSearch((fragment,), None)
    for at in range(0, len(html), piece):
        looking.feed(html[at : at + piece])
    anchors = looking.finish(complete=True)
    assert anchors.found <= {fragment}
    unread = [] if fragment.isascii() else [Absence.UNREAD]
    assert anchors.absence in (Absence.PROVEN, Absence.BY_SCRIPT, *unread)
    reached("found", bool(anchors.found))
    reached("absent", not anchors.found and anchors.absence is Absence.PROVEN)
    reached("by_script", anchors.absence is Absence.BY_SCRIPT)


ANSWERS = st.builds(
    Answer,
    status=st.integers(100, 999) | st.sampled_from([200, 301, 302, 307, 308, 404, 503]),
    location=st.none() | TEXTS | st.sampled_from(["/1", "/2", "https://b.dk/"]),
    wall=st.none() | st.just("W"),
)
OUTCOMES = ANSWERS | st.builds(Failure, st.sampled_from(Cause))
WAYS = st.sampled_from([0, 1, 3, MAX_HOPS, MAX_HOPS + 1]).map(
    lambda hops: [Answer(302, location=f"/{hop}") for hop in range(hops)]
)
MOST = 2 * MAX_HOPS + 4


@at_least(followed=8, too_many=4)
@given(WAYS, st.lists(OUTCOMES, min_size=MOST, max_size=MOST))
def test_every_trail_ends_soon_in_a_verdict(
    way: list[Answer], outcomes: list[Answer | Failure]
) -> None:
    """Whatever a server answers, a trail ends within its hops, and the verdict bears a reason."""
    assert START is not None
    step: Trail | End = begin_trail(START, frozenset())
    for outcome in (*way, *outcomes):
        assert isinstance(step, Trail)
        step = proceed(step, outcome, LinkSettings())
        if isinstance(step, End):
            break
    assert isinstance(step, End)
    assert len(step.trail.hops) <= MAX_HOPS
    verdict = judge(step, "", LinkSettings(), None)
    assert (verdict.reason is None) is (verdict.status is LinkStatus.OK)
    reached("followed", bool(step.trail.hops))
    reached("too_many", len(step.trail.hops) == MAX_HOPS)
