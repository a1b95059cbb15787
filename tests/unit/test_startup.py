"""A quick start changes nothing but who is searched for garbage."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator

import pytest

from syncer.startup import load_meanwhile, quick_start


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Leave the collector as it was."""
    yield
    gc.unfreeze()
    gc.enable()


def test_the_collector_rests_meanwhile_and_works_again_afterwards() -> None:
    """What was made in the block is out of its sight; garbage of later is found."""
    gc.unfreeze()
    with quick_start():
        assert not gc.isenabled()
    assert gc.isenabled()
    assert gc.get_freeze_count() > 0


def test_an_import_that_fails_leaves_it_working() -> None:
    """The error comes out, and nothing stays switched off."""
    with pytest.raises(ImportError), quick_start():
        raise ImportError("no such part")
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off() -> None:
    """Whoever switched it off had a reason."""
    gc.disable()
    with quick_start():
        pass
    assert not gc.isenabled()


def test_what_comes_next_is_there_when_the_wait_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that cannot be imported is left to whoever uses it; those behind it come, too."""
    for module in ("colorsys", "calendar"):
        monkeypatch.delitem(sys.modules, module, raising=False)
    with load_meanwhile("colorsys", "no_such_module", "calendar"):
        pass
    assert {"colorsys", "calendar"} <= sys.modules.keys()
