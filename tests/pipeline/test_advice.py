"""What the report tells people to do settles what it tells them: the next run accepts it."""

from __future__ import annotations

from pathlib import Path

from syncer.manifest.document import FindingRecord, StatusManifest
from tests.cloud.server import CloudServer
from tests.pipeline.handbooks import TOKEN, Audit, statuses

# In every row another thing is wrong; the last two name one file at two places.
ROWS = {
    "Databehandleraftale": ("Om data.", "Skabeloner"),
    "Produktbeskrivelse": ("Hvad det er.", "Skabeloner"),
    "Forretningsorden": ("Regler.", "Skabeloner"),
    "Vedtægter": ("Grundlaget.", "Aftaler"),
    "Kommissorium": ("Opgaven.", "Skabeloner"),
    "Overdragelsesplan (ToDo)": ("Når nogen tager over.", "Skabeloner"),
    "Kontraktskabeloner (ToDo)": ("Til udvikling, drift og projekt.", "Skabeloner"),
    "Driftsplan": ("Hverdagen.", "Aftaler"),
    "Driftsplanen": ("Hverdagen.", "Skabeloner"),
}
FILES = (
    "Skabeloner/Udkast/Produktbeskrivelse.docx",
    "Skabeloner/Arkiv/Forretningsorden 2019.docx",
    "Skabeloner/Vedtægter.docx",
    "Skabeloner/Kommissorium for styregrupper.docx",
    "Skabeloner/Kommissorium for arbejdsgrupper.docx",
    "Skabeloner/Kontraktskabelon - udvikling.docx",
    "Aftaler/Driftsplan.docx",
)
PUTS = frozenset(
    {
        "add-kinds-keep-todo",
        "finish-draft",
        "put-file",
        "put-promised-file",
        "renew-outdated",
    }
)


def write_rows(folder: Path, base_url: str, places: dict[str, str]) -> Path:
    """Write the page with its rows; a place that is an address stands as it is."""
    links = {
        name: place if "://" in place else f"{base_url}/s/{TOKEN}?dir=/{place}&path=/{place}"
        for name, place in places.items()
    }
    lines = [f"| {name} | {ROWS[name][0]} | [Her]({links[name]}) |" for name in ROWS]
    text = "---\ntitle: Side\n---\n\n| Ressource | Beskrivelse | Placering |\n|---|---|---|\n"
    folder.mkdir(exist_ok=True)
    (folder / "side.md").write_text(text + "\n".join(lines) + "\n", encoding="utf-8")
    return folder


def find_advice(manifest: StatusManifest, name: str) -> FindingRecord:
    """Return the finding of a row that says what to do."""
    (found,) = (
        finding
        for finding in manifest.findings
        if finding.subject == name and finding.code.startswith("resource-")
        if finding.hint is not None and finding.hint.code != "keep-todo"
    )
    return found


def follow(finding: FindingRecord, server: CloudServer, places: dict[str, str]) -> None:
    """Do what a hint says."""
    assert finding.hint is not None
    args = finding.hint.args
    match finding.hint.code:
        case code if code in PUTS:
            server.cloud.add_file(f"Boks/{args['folder']}/{args['file_name']}", b"nyt")
        case "move-or-link":
            name = str(args["file"]).rpartition("/")[2]
            server.cloud.move(f"Boks/{args['file']}", f"Boks/{args['place']}/{name}")
        case "keep-one-file":
            chosen = str(finding.args["files"][0])  # type: ignore[index]
            server.cloud.move(f"Boks/{chosen}", f"Boks/Skabeloner/{args['name']}.docx")
        case "link-folder":
            places[finding.subject] = str(args["url"])
        case other:
            raise AssertionError(other)


def test_following_the_advice_settles_every_row(
    audit: Audit, server: CloudServer, tmp_path: Path
) -> None:
    """A new file in no archive, a move that unsettles no other row, a name that is accepted."""
    for path in FILES:
        server.cloud.add_file(f"Boks/{path}", b"indhold")
    places = {name: place for name, (_, place) in ROWS.items()}
    page = write_rows(tmp_path / "advice", server.base_url, places)
    before = audit(server.base_url, folder=page)
    assert statuses(before) == {
        "Databehandleraftale": "missing",
        "Produktbeskrivelse": "draft",
        "Forretningsorden": "outdated",
        "Vedtægter": "elsewhere",
        "Kommissorium": "ambiguous",
        "Overdragelsesplan": "planned",
        "Kontraktskabeloner": "arrived",
        "Driftsplan": "present",
        "Driftsplanen": "elsewhere",
    }
    for name, status in statuses(before).items():
        if status != "present":
            follow(find_advice(before, name), server, places)
    after = audit(server.base_url, folder=write_rows(page, server.base_url, places))
    assert set(statuses(after).values()) <= {"present", "arrived"}
    kinds = next(row.expected for row in after.resources if row.name == "Kontraktskabeloner")
    assert {kind.name: kind.status for kind in kinds} == {
        "udvikling": "present",
        "drift": "present",
        "projekt": "missing",
    }
