"""The manifest, whatever is in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import jsonschema
import msgspec
from hypothesis import given
from hypothesis import strategies as st

from syncer.manifest.changes import compare
from syncer.manifest.codec import ManifestError, decode, encode, json_schema
from syncer.manifest.counts import count
from syncer.manifest.document import (
    ChangesRecord,
    FindingRecord,
    HandbookRecord,
    LinkRecord,
    ReasonRecord,
    ResourceRecord,
    RunRecord,
    ScopeRecord,
    SpanRecord,
    StatusManifest,
    ToolRecord,
)
from syncer.manifest.history import choose_kept
from syncer.model.findings import Owner, Severity
from syncer.model.links import LinkStatus
from syncer.model.matching import Verdict
from tests.property.reached import at_least, reached

SCHEMA = jsonschema.Draft202012Validator(msgspec.json.decode(json_schema()))
NIGHT = datetime(2026, 11, 23, 2, 15, tzinfo=UTC)

texts = st.text(st.characters(codec="utf-8"), max_size=20)
# Beyond these years a manifest is refused.
times = st.datetimes(timezones=st.just(UTC)).filter(lambda at: 1970 <= at.year < 9999)
HOURS = st.integers(-24, 24 * 14) | st.integers(0, 24 * 7 * 110)
names = st.sampled_from("ABCD")
# Half of them denied, or not judged: what may be called fixed, and what may not.
OPEN = (Verdict.UNDETERMINED, Verdict.UNCHECKED, Verdict.NO_ACCESS)
VERDICTS = (*Verdict, *(Verdict.MISSING,) * 5, *OPEN * 2)
STATUSES = (*LinkStatus, *(LinkStatus.BROKEN,) * 8)
arguments = st.dictionaries(
    texts,
    st.one_of(
        texts,
        st.integers(-(2**53), 2**53),
        st.floats(allow_nan=False, allow_infinity=False),
        st.booleans(),
        st.lists(texts, max_size=3).map(tuple),
        st.none(),
    ),
    max_size=4,
)
reasons = st.builds(ReasonRecord, code=texts, args=arguments)


def _row(name: str, status: Verdict, text: str, reason: ReasonRecord) -> ResourceRecord:
    return ResourceRecord(
        id=f"r{name}",
        group=f"g{name}",
        name=text,
        span=SpanRecord(line=1, column=1, end_line=1, end_column=2),
        page="docs/a.md",
        line=1,
        section=None,
        todo=False,
        label=text,
        places=(),
        status=status,
        files=(),
        files_count=0,
        expected=(),
        score=None,
        reason=reason,
    )


def _link(name: str, status: LinkStatus, text: str) -> LinkRecord:
    return LinkRecord(
        id=f"l{name}",
        page="docs/a.md",
        line=1,
        column=1,
        text=text,
        url=text,
        kind="web",
        status=status,
        http_status=None,
        final_url=None,
        reason=None,
        checked_at=None,
    )


def _finding(name: str, args: dict[str, Any], *, of_row: bool) -> FindingRecord:
    return FindingRecord(
        id=f"f{'r' if of_row else 'l'}{name}",
        code="resource-missing" if of_row else "link-broken",
        severity=Severity.ERROR,
        owner=Owner.SECRETARIAT,
        page="docs/a.md",
        line=1,
        subject=name,
        args=args,
        hint=None,
        caused_by=None,
        first_seen_at=NIGHT,
        runs=1,
        waived_until=None,
        resource=f"r{name}" if of_row else None,
        link=None if of_row else f"l{name}",
    )


@st.composite
def manifests(draw: st.DrawFn, *, missing: frozenset[str] = frozenset()) -> StatusManifest:
    """Make a manifest in which every denying finding rests on a denying status."""
    statuses = {name: draw(st.sampled_from(VERDICTS)) for name in draw(st.sets(names))}
    statuses |= dict.fromkeys(missing, Verdict.MISSING)
    rows = {
        name: _row(name, status, draw(texts), draw(reasons)) for name, status in statuses.items()
    }
    links = {
        name: _link(name, draw(st.sampled_from(STATUSES)), draw(texts))
        for name in draw(st.sets(names))
    }
    findings = [
        _finding(name, draw(arguments), of_row=True)
        for name, row in sorted(rows.items())
        if row.status == Verdict.MISSING
    ]
    findings += [
        _finding(name, draw(arguments), of_row=False)
        for name, link in sorted(links.items())
        if link.status == LinkStatus.BROKEN
    ]
    finished_at = draw(times)
    resources, checked = tuple(rows.values()), tuple(links.values())
    return StatusManifest(
        schema_version="1.0",
        tool=ToolRecord(name="syncer", version=draw(texts)),
        run=RunRecord(
            id=draw(texts),
            started_at=finished_at,
            finished_at=finished_at,
            complete=draw(st.booleans()),
            incomplete_because=tuple(draw(st.lists(reasons, max_size=2))),
            scope=ScopeRecord(only=draw(st.sampled_from([None, "resources", "links"]))),
        ),
        handbook=HandbookRecord(source=draw(texts), revision=None, pages=1, site_url=None),
        shares=(),
        resources=resources,
        links=checked,
        findings=tuple(findings),
        changes=ChangesRecord(),
        history=(),
        counts=count(resources, checked, findings),
    )


@at_least(finding=5, row=10)
@given(manifests())
def test_round_trip(manifest: StatusManifest) -> None:
    """What is written validates, and comes back as it was, to the byte."""
    data = encode(manifest)
    SCHEMA.validate(msgspec.json.decode(data))
    read = decode(data)
    assert read == manifest
    assert encode(read) == data
    reached("row", len(read.resources))
    reached("finding", len(read.findings))


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """Give the bytes of a manifest with a piece exchanged, or any."""
    data = encode(draw(manifests()))
    cut = draw(st.integers(0, len(data)))
    piece = st.binary(max_size=9) | st.sampled_from([b"", b" ", b'"x":{},', b"null", b"[[]]"])
    return data[:cut] + draw(piece) + data[cut + draw(st.integers(0, 3)) :]


@at_least(read=5, refused=10)
@given(damaged() | st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """There is no third way."""
    try:
        assert decode(data).schema_version.startswith("1")
        reached("read")
    except ManifestError:
        reached("refused")


@st.composite
def nights(draw: st.DrawFn) -> tuple[StatusManifest, StatusManifest]:
    """Make two manifests; some rows that were missing are not judged any more."""
    now = draw(manifests())
    unjudged = [row.id[1:] for row in now.resources if row.status in OPEN]
    return now, draw(manifests(missing=frozenset(unjudged[:2])))


@at_least(new=10, fixed=5, open_row=5, scoped=2)
@given(nights())
def test_changes_need_proof(both: tuple[StatusManifest, StatusManifest]) -> None:
    """Nothing is fixed that was not looked at tonight, nothing is two things at once."""
    now, then = both
    changes = compare(now, then)
    fixed = {finding.id for finding in changes.fixed}
    ids_now = {finding.id for finding in now.findings}
    ids_then = {finding.id for finding in then.findings}
    assert set(changes.new) <= ids_now - ids_then
    assert fixed <= ids_then - ids_now
    assert changes.unchanged == len(ids_now & ids_then)
    open_rows = {row.id for row in now.resources if row.status in OPEN}
    assert not open_rows & {finding.resource for finding in changes.fixed}
    reached("new", len(changes.new))
    reached("fixed", len(fixed))
    gone = {finding.resource for finding in then.findings if finding.id not in ids_now}
    reached("open_row", len(open_rows & gone))
    if now.run.scope.only is not None:
        kept = "resource-" if now.run.scope.only == "resources" else "link-"
        assert all(finding.code.startswith(kept) for finding in changes.fixed)
        reached("scoped", bool(changes.fixed))


@at_least(finding=5)
@given(manifests())
def test_nothing_changes_against_itself(manifest: StatusManifest) -> None:
    """The same run twice has neither new nor fixed findings."""
    changes = compare(manifest, manifest)
    assert (changes.new, changes.fixed, changes.moved) == ((), (), ())
    assert changes.unchanged == len(manifest.findings)
    reached("finding", changes.unchanged)


@at_least(thinned=5, week=5)
@given(
    st.dictionaries(texts, times | HOURS.map(lambda hours: NIGHT - timedelta(hours=hours))),
    times | st.just(NIGHT),
    st.integers(0, 10),
)
def test_thinning_keeps_the_last_and_settles(
    names_of_runs: dict[str, datetime], now: datetime, keep_runs: int
) -> None:
    """The last runs stay, every week of two years keeps one; a second thinning removes nothing."""
    kept = choose_kept(names_of_runs, now, keep_runs)
    past = sorted({time for time in names_of_runs.values() if time <= now})
    times_kept = {names_of_runs[name] for name in kept}
    assert set(past[max(len(past) - keep_runs, 0) :]) <= times_kept
    weeks = {time.isocalendar()[:2] for time in past if now - time < timedelta(weeks=104)}
    assert weeks <= {time.isocalendar()[:2] for time in times_kept if time <= now}
    assert choose_kept({name: names_of_runs[name] for name in kept}, now, keep_runs) == kept
    reached("week", len(weeks))
    reached("thinned", len(names_of_runs) - len(kept))
