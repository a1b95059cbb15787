"""One headless Chromium for all browser tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.chromium import PROGRAM, Browser


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Chromium with a fresh profile; skips where it is not installed."""
    if PROGRAM is None:
        pytest.skip("no chromium here: `apt-get install chromium` runs the browser tests")
    started = Browser(tmp_path_factory.mktemp("profile"))
    yield started
    started.close()
