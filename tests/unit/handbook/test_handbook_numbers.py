"""What a handbook, a page and a site may cost."""

from __future__ import annotations

import syncer.handbook
from tests.bounds import collect_numbers

NUMBERS = {
    "jekyll.anchors._LAYOUTS_DEEP": 5,
    "jekyll.check._REDIRECT_HOPS": 5,
    "jekyll.check._CLASHES_NAMED": 5,
    "jekyll.config._MAX_CHARACTERS": 262_144,
    "jekyll.config._MAX_ENTRIES": 500,
    "jekyll.config_yaml._MAX_DEPTH": 50,
    "jekyll.config_yaml._MAX_ALIASES_MERGED": 12,
    "jekyll.relative_links._LONGEST_TARGET": 1_000,
    "jekyll.relative_links._LONGEST_FRAGMENT": 500,
    "kramdown.attributes._MAX_LENGTH": 2_000,
    "kramdown.attributes._MAX_NESTED": 50,
    "kramdown.cutter._MAX_DEPTH": 30,
    "kramdown.effort._STEPS_PER_CHARACTER": 16,
    "kramdown.effort._FREE_STEPS": 50_000,
    "kramdown.effort._MAX_STEPS": 3_000_000,
    "kramdown.effort._STEPS_PER_LINK": 400,
    "kramdown.effort._STEPS_PER_ROW": 1_100,
    "kramdown.effort._ABSENT": 9_223_372_036_854_775_807,
    "kramdown.front_matter._MAX_LENGTH": 16_384,
    "kramdown.front_matter._MAX_ALIASES": 12,
    "kramdown.front_matter._MAX_DEPTH": 50,
    "kramdown.front_matter._MAX_DIGITS": 400,
    "kramdown.leaf_cutter._MAX_FENCE": 20,
    "kramdown.liquid_masks._CELL": 1_000,
    "kramdown.liquid_masks._MASK": 983_040,
    "kramdown.page._LEVEL": 4,
    "kramdown.span_links._MAX_ADDRESS": 4_000,
    "kramdown.span_scanner.MAX_DEPTH": 40,
    "kramdown.span_scanner.IN_EMPHASIS": 1,
    "kramdown.span_scanner.IN_STRONG": 2,
    "kramdown.span_scanner.IN_LINK": 4,
    "kramdown.span_scanner.DIRECTLY_IN_EMPHASIS": 8,
    "own_settings.MAX_BYTES": 65_536,
    "own_settings.MAX_ENTRIES": 200,
    "own_settings._MAX_AHEAD": 31_622_400.0,
    "own_settings._MAX_DOTS": 8,
    "source.checkout._LOCAL_TIMEOUT_S": 10.0,
    "source.committed_links._MAX_LINKS": 100,
    "source.folder.MAX_PAGE_BYTES": 4_194_304,
    "source.folder.MAX_FILES": 50_000,
    "source.folder.MAX_CHARACTERS": 134_217_728,
    "source.folder._MAX_DEPTH": 60,
    "source.folder._MAX_LINKED_ENTRIES": 10_000,
    "source.folder._FIRST_BYTES": 64,
    "source.git_program._MAX_DETAIL": 300,
    "source.git_program._POLL_S": 0.5,
    "source.git_program._LOOK_UP_TIMEOUT_S": 10.0,
    "source.git_tree._BATCH_BYTES": 33_554_432,
    "jekyll.config_yaml._MAX_CHARACTERS": 1_048_576,
}


def test_the_numbers_of_handbooks() -> None:
    """Each changes on purpose only: what is beyond one is named in the report."""
    found = collect_numbers(syncer.handbook)
    assert {name: found.get(name) for name in NUMBERS} == NUMBERS
