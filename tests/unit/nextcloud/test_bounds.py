"""How long a run waits, how often it tries and how much it takes: a change is a decision."""

from __future__ import annotations

from datetime import timedelta

from syncer.nextcloud import (
    account_visit,
    budget,
    download,
    host,
    places,
    recognition,
    share_reader,
    share_url,
    tree,
    walk,
)
from syncer.nextcloud.dav import answers, client, hrefs, multistatus, tags


def test_how_long_a_run_waits() -> None:
    """For a share, all shares, a file, second looks and unknown hosts, and between tries."""
    assert (share_reader.SHARE_LIMIT_S, share_reader.RUN_LIMIT_S) == (1_800, 7_200)
    assert download.FILE_LIMIT_S == 900
    assert (places.SECOND_LOOK_AFTER_S, places.SECOND_LOOK_LIMIT_S) == (5, 600)
    assert (recognition._ANSWER_S, recognition._LIMIT_S) == (15, 60)
    assert (client.FIRST_WAIT_S, client.LONGEST_WAIT_S, client.MAX_RETRY_AFTER_S) == (0.5, 8, 30)


def test_how_often_a_server_is_asked() -> None:
    """What fails costs the server too: tries, walks, and how long a refusal is believed."""
    assert (client.MAX_TRIES, download.MAX_FAILURES) == (3, 3)
    assert (host.MAX_FAILED_TRIES, host.MAX_DELAY_MS) == (5, 5_000)
    assert (walk.MAX_FAILURES_IN_A_ROW, walk.MAX_WALKS_AGAIN) == (5, 2)
    assert (walk.FEWEST_LISTINGS, walk.ENTRIES_PER_LISTING) == (8, 700)
    assert (share_reader.MAX_HOSTS_AT_A_TIME, recognition._HOSTS_AT_A_TIME) == (4, 4)
    assert (recognition.MAX_HOSTS, account_visit._MAX_IDS) == (20, 200)
    assert timedelta(hours=20) == share_reader.REFUSAL_HOLDS
    assert timedelta(days=7) == host.HOST_KNOWLEDGE_HOLDS


def test_how_much_is_taken_from_a_server() -> None:
    """Enough for what real ones have, and no more than the memory of a small machine."""
    assert (budget.MAX_ENTRIES, budget.SURE_ENTRIES, budget.STEP) == (1_100_000, 10_000, 1_000)
    assert (tree.MAX_DEPTH, tree.MAX_FOLDERS, tree.MAX_PATH_BYTES) == (100, 240_000, 1 << 28)
    assert (client.MAX_LISTING_BYTES, client.MAX_TREE_BYTES) == (1 << 27, 1 << 31)
    assert (client.MAX_PAGE_BYTES, answers.MAX_ERROR_BYTES) == (1 << 20, 1 << 16)
    assert (multistatus.MAX_RESPONSE_BYTES, multistatus.MAX_PROLOG_BYTES) == (1 << 20, 1 << 12)
    assert (multistatus.MAX_VALUE_LENGTH, tags.MAX_TAG_BYTES) == (255, 1 << 13)
    assert (hrefs.MAX_HREF_LENGTH, hrefs.MAX_NAME_LENGTH) == (48_000, 255)
    assert share_url.MAX_URL_LENGTH == 8_192
