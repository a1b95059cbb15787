"""A name decoded by itself is the name that its whole address decodes to."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote, unquote

from hypothesis import given
from hypothesis import strategies as st

from syncer.errors import Protocol
from syncer.nextcloud.dav.hrefs import decode_href, decode_name
from tests.property.reached import at_least, reached

NAMES = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="/"), min_size=1, max_size=30
)
WRITTEN = st.text("%20fFcC3aA5=_.~+#? \x00\x1f\x7f\u00ad\u200bæ😀", min_size=1, max_size=12)
BROKEN = re.compile("%(?![0-9A-Fa-f]{2})|%2[Ff]")


def try_to(decode: Callable[[str], str], text: str) -> str:
    """Decode, or say that it is refused."""
    try:
        return decode(text)
    except Protocol as error:
        return f"/{error.code}"


@at_least(decoded=5)
@given(name=NAMES | st.sampled_from([".", "..", "=", "=3D", "a=\r\nb", "_", "😀 100% #1 a+b&c"]))
def test_what_was_quoted_comes_out(name: str) -> None:
    """Every name that may be one, quoted in any way, comes out as it was."""
    quoted = quote(name, safe="")
    assert try_to(decode_name, quoted) == try_to(lambda text: decode_href(text)[1:], f"/{quoted}")
    if name not in (".", "..") and name.isprintable():
        assert decode_name(quoted) == unquote(quoted) == name
        reached("decoded")


@at_least(broken=5, decoded=5)
@given(written=WRITTEN)
def test_whatever_is_written_means_the_same_both_ways(written: str) -> None:
    """Broken escapes, bytes that are no UTF-8 and control characters are refused both times."""
    whole = try_to(decode_href, f"/{written}")
    assert try_to(decode_name, written) == (whole if whole == "/bad-href" else whole[1:])
    if BROKEN.search(written):
        assert whole == "/bad-href"
        reached("broken")
    if whole != "/bad-href":
        assert whole == unquote(f"/{written}", errors="strict")
        reached("decoded")
