"""The findings as a whole."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from syncer.audit.codes import FINDING_CODES
from syncer.audit.row_findings import CODES
from syncer.audit.rules import find
from syncer.model.links import LinkStatus
from syncer.model.matching import Verdict
from syncer.model.reason import Reason
from syncer.model.shares import ShareStatus


def _fill(world: Any) -> None:
    world.locked(ShareStatus.GONE, reason=Reason("gone"))
    for number, verdict in enumerate(CODES):
        world.row(f"Række {number}", verdict, page=f"docs/{number % 2}.md")
    for status in LinkStatus:
        world.link(f"https://example.org/{status}", status)
    world.handbook = replace(world.handbook, stale=Reason("git-unreachable"))


def test_findings_come_in_one_order(world: Any) -> None:
    """By page, line and id, those of no page first."""
    _fill(world)
    found = world.find()
    assert found[0].page is None
    keys = [(f.page or "", f.line or 0, f.id) for f in found]
    assert keys == sorted(keys)


def test_every_id_is_unique_and_every_code_known(world: Any) -> None:
    """Severity and owner are the table's."""
    _fill(world)
    found = world.find()
    assert len({f.id for f in found}) == len(found)
    assert all((f.severity, f.owner) == FINDING_CODES[f.code] for f in found)


def test_every_cause_is_among_the_findings(world: Any) -> None:
    """Nothing is explained by what nobody sees."""
    _fill(world)
    found = world.find()
    assert {f.caused_by for f in found} - {None} <= {f.id for f in found}


def test_the_same_world_gives_the_same_findings(world: Any) -> None:
    """In whatever order matches and shares were learnt."""
    _fill(world)
    one = find(world.observe())
    two = find(world.observe(matches=tuple(reversed(world.matches))))
    assert one == two


def test_a_world_without_faults_has_no_findings(world: Any) -> None:
    """All is well."""
    world.share("Aftaler/Aftale.docx")
    world.row("Aftale", Verdict.PRESENT, world.file("Aftaler/Aftale.docx"))
    world.link("https://example.org/", LinkStatus.OK)
    assert find(world.observe()) == ()
