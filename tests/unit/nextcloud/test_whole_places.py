"""Whole second looks (`syncer.nextcloud.places`): what is gone, what is found, what was asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from syncer.model.shares import ACCOUNT_NAME
from syncer.nextcloud.local import read_local_share
from tests.unit.nextcloud.visits import PASSWORD, Visits

PLACES = tuple(
    (token, path)
    for token in ("T", ACCOUNT_NAME, "L", "Ukendt")
    for path in ("Væk", "A", "A/a.docx", "", "Ny", "Borte", "Delt", "Nægtet", "Delt/Væk")
)


def test_a_second_look(visits: Visits, tmp_path: Path) -> None:
    """Only what a complete tree lacks is asked for, and of an account what it was to walk."""
    visits.cloud.add_folder("Delt/Nægtet")
    (tmp_path / "L" / "A").mkdir(parents=True)
    local = read_local_share(f"{visits.server.host}/L", tmp_path / "L")
    folders = ("Delt", "Væk", "Ny", "Borte")
    shares = visits.read("T", ACCOUNT_NAME, password=PASSWORD, folders=folders)
    before = {share.id: visits.differs(share) for share in shares}
    visits.cloud.add_folder("Delt/Ny")
    visits.cloud.add_folder("Ny")
    visits.cloud.add_folder("Delt/Borte")
    visits.cloud.moods.failing["Delt/Borte"] = 403
    account, public, copied = visits.confirm((*shares, local), *PLACES)
    nothing = frozenset({"Væk", "Delt", "Delt/Væk"})
    assert visits.differs(public) == before[public.id] | {
        "gone_places": nothing, "found_places": frozenset({"Ny"}), "requests": 4 + 5,
    }  # fmt: skip
    expected = before[account.id] | {
        "gone_places": frozenset({"Væk", "Borte"}), "found_places": frozenset({"Ny"}),
        "requests": int(str(before[account.id]["requests"])) + 3,
    }  # fmt: skip
    del expected["Væk"], expected["Borte"]
    assert visits.differs(account) == expected
    assert account.tree is not None
    assert [one.path for one in account.tree.unread] == ["Ny"]
    missing = {"Væk", "A/a.docx", "Ny", "Borte", "Delt", "Nægtet", "Delt/Væk"}
    assert copied == replace(local, gone_places=frozenset(missing))
    assert visits.slept_s == [5.0]
    assert visits.asked == (
        "0 ~/Borte 404, 0 ~/Ny 207, 0 ~/Væk 404, 0 ~/Borte 403, 0 ~/Delt 404, "
        "0 ~/Delt/Væk 404, 0 ~/Ny 207, 0 ~/Væk 404"
    )
