"""Failed attempts cost what they cost on the measured server; no test really waits."""

from __future__ import annotations

import pytest

from tests.cloud.throttle import Bucket, MaxDelayReached, Throttle


def test_each_failure_doubles_the_wait_up_to_25_s() -> None:
    """The waits before one wrong token after another are those that were measured."""
    waited: list[float] = []
    throttle = Throttle(sleep=waited.append)
    for _ in range(11):
        throttle.wait_or_refuse("::1", Bucket.LEGACY_DAV)
        throttle.count_failure("::1", Bucket.LEGACY_DAV)
    assert waited == pytest.approx([0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25, 25, 25])
    with pytest.raises(MaxDelayReached, match="Reached maximum delay"):
        throttle.wait_or_refuse("::1", Bucket.LEGACY_DAV)


def test_addresses_and_buckets_count_apart() -> None:
    """Only the announced delay is the sum of an address' buckets."""
    throttle = Throttle()
    throttle.count_failure("::1", Bucket.PAGE)
    throttle.count_failure("::1", Bucket.NEW_DAV)
    assert throttle.failures("::1") == 2
    assert throttle.failures("::1", Bucket.PAGE) == 1
    assert throttle.failures("::2") == 0
    assert throttle.delay_ms("::1") == 400
    throttle.forget()
    assert throttle.delay_ms("::1") == 0


def test_a_unit_of_nothing_never_waits() -> None:
    """Tests count and are refused without any wait."""
    waited: list[float] = []
    throttle = Throttle(unit_s=0, sleep=waited.append)
    throttle.count_failure("::1", Bucket.PAGE)
    throttle.wait_or_refuse("::1", Bucket.PAGE)
    assert waited == []
