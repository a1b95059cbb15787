"""What one link, one page, one host and one run may cost."""

from __future__ import annotations

import syncer.web
from tests.bounds import collect_numbers

NUMBERS = {
    "addresses.MAX_URL_LENGTH": 8_192,
    "addresses._MAX_LABEL": 63,
    "addresses._MAX_HOST": 253,
    "breaker.BREAKER_AFTER": 3,
    "breaker.SILENT_HOSTS": 3,
    "charsets.PRESCAN_BYTES": 1_024,
    "dispatch._GLANCE_S": 0.25,
    "dispatch._MAX_PAUSES_PER_ADDRESS": 1,
    "dispatch._TOO_MANY_REQUESTS": 429,
    "dispatch._UNAVAILABLE": 503,
    "fetch._PIECE_BYTES": 65_536,
    "fetch._PARSED_BYTES": 8_192,
    "fetch._START_BYTES": 65_536,
    "fetch._MAX_RAW_BYTES": 4_194_304,
    "fetch._HOSTS": 200,
    "fetch._MAX_COOKIES": 180,
    "fetch._MAX_HEADER_CHARS": 8_192,
    "fetch._WHOLE_PAGE": 200,
    "fetch._ANY_STREAM": 47,
    "fragments.MAX_PAGE_BYTES": 2_097_152,
    "fragments._MAX_DEPTH": 1_000,
    "fragments._MAX_STEPS": 2_097_152_000,
    "fragments._MAX_SCRIPT_CHARS": 524_288,
    "fragments._MIN_TEXT_CHARS": 500,
    "fragments._MIN_NAMED_HEADINGS": 2,
    "hosts.MAX_PAUSES": 3,
    "hosts.DEFAULT_PAUSE_S": 5.0,
    "linkcheck.SECOND_LOOK_AFTER_S": 20.0,
    "linkcheck._MAX_WAIT_S": 30.0,
    "linkcheck._FIRST_LOOK_PAUSE_S": 60.0,
    "linkcheck.RUN_LIMIT_S": 3_600.0,
    "linkcheck._NOT_MODIFIED": 304,
    "memory.FORGET_AFTER": 10_368_000.0,
    "page_names.MAX_NAMES": 1_000,
    "page_names.MAX_RUN_NAMES": 300_000,
    "page_names.MAX_SILENT_BYTES": 16_384,
    "page_names.MAX_SILENT_WORDS": 5_000,
    "schemes._MAX_LOCAL": 64,
    "schemes._MAX_DOMAIN": 253,
    "stopwatch._SLICE_S": 0.5,
    "trail.MAX_HOPS": 20,
    "verdicts.FAILING_DAYS": 3,
    "walls._MAX_WALL_TEXT": 1_000,
    "walls._PIECE_BYTES": 8_192,
}


def test_the_numbers_of_links() -> None:
    """Each changes on purpose only: servers notice them, and the people who wait."""
    found = collect_numbers(syncer.web)
    assert {name: found.get(name) for name in NUMBERS} == NUMBERS
