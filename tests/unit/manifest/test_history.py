"""Which dated copies are kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from syncer.manifest.history import choose_kept

NOW = datetime(2026, 11, 22, 2, 15, tzinfo=UTC)  # a Sunday


def _nights(count: int) -> dict[str, datetime]:
    """Name the runs of the last nights by how many days ago they were."""
    return {f"{days:03}": NOW - timedelta(days=days) for days in range(count)}


def test_the_last_runs_are_kept_whole() -> None:
    """Fewer runs than are kept: all."""
    assert choose_kept(_nights(5), NOW, 5) == ("000", "001", "002", "003", "004")
    assert choose_kept(_nights(3), NOW, 5) == ("000", "001", "002")
    assert choose_kept({}, NOW, 5) == ()


def test_the_rest_is_thinned_to_one_a_week() -> None:
    """The last run of each ISO week stays."""
    kept = choose_kept(_nights(30), NOW, 3)
    assert kept == ("000", "001", "002", "003", "007", "014", "021", "028")


def test_what_is_older_than_two_years_goes() -> None:
    """The folder does not grow for ever; runs that are kept whole stay however old they are."""
    kept = choose_kept(_nights(2000), NOW, 60)
    assert len(kept) == 60 + 104 - 8
    assert max(kept) < "728"
    assert choose_kept({"old": NOW - timedelta(days=2000)}, NOW, 1) == ("old",)


def test_thinning_again_removes_nothing_more() -> None:
    """What is kept tonight is kept when asked again."""
    nights = _nights(60)
    once = choose_kept(nights, NOW, 10)
    assert choose_kept({name: nights[name] for name in once}, NOW, 10) == once


def test_none_is_kept_whole() -> None:
    """Then only the weeks are."""
    assert choose_kept(_nights(8), NOW, 0) == ("000", "007")


def test_copies_of_one_run_go_together() -> None:
    """Manifest and report have the same time and count as one run."""
    names = {
        f"{days}.{form}": NOW - timedelta(days=days)
        for days in (0, 1, 2)
        for form in ("json", "html")
    }
    assert choose_kept(names, NOW, 1) == ("0.html", "0.json", "1.html", "1.json")


def test_a_wrong_clock_takes_nobodys_place() -> None:
    """A run from the future is kept and not counted."""
    names = {**_nights(2), "future": NOW + timedelta(days=900)}
    assert choose_kept(names, NOW, 1) == ("000", "001", "future")
    monday = datetime(2026, 11, 16, 12, tzinfo=UTC)
    names = {
        "future": NOW + timedelta(days=900),
        "new": NOW,
        "old": monday,
        "older": monday - timedelta(hours=1),
    }
    assert choose_kept(names, NOW, 1) == ("future", "new", "old")


def test_weeks_are_counted_in_utc() -> None:
    """Whatever zone the times are given in."""
    east = timezone(timedelta(hours=14))
    names = {
        "sunday": datetime(2026, 11, 9, 1, tzinfo=east),
        "monday": datetime(2026, 11, 9, 18, tzinfo=east),
    }
    assert choose_kept(names, NOW, 0) == ("monday", "sunday")
