"""The manifest's keys and their order, held against the contract, on what real runs leave."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from syncer.cli import main
from syncer.demo.cloud import fill_demo_cloud
from syncer.demo.session import write_handbook
from syncer.manifest.codec import json_schema
from tests.cloud.cloud import Cloud
from tests.cloud.server import CloudServer, serve_cloud

ROOT = "Håndbog"

# The contract, "Status manifest": what it may grow by stands behind these keys.
CONTRACT = {
    "": "schema_version tool run handbook shares resources links findings changes history counts",
    "tool": "name version rules",
    "run": "id started_at finished_at complete incomplete_because scope next_expected_at",
    "run.incomplete_because[]": "code args",
    "run.scope": "only offline pages",
    "handbook": "source revision pages site_url",
    "shares[]": "id kind name endpoint server_version status listing files folders bytes requests "
    "last_full_walk_at writable_by_link",
    "resources[]": "id group name span page line section todo label places status files "
    "files_count expected score reason",
    "resources[].span": "line column end_line end_column",
    "resources[].places[]": "url share path",
    "resources[].files[]": "share path folder size_bytes modified_at file_id",
    "resources[].expected[]": "name status",
    "resources[].reason": "code args",
    "links[]": "id page line column text url kind status http_status final_url reason checked_at",
    "links[].reason": "code args",
    "findings[]": "id code severity owner page line subject args hint caused_by first_seen_at runs "
    "waived_until",
    "findings[].hint": "code args",
    "changes": "since new fixed moved unchanged rules_changed changed",
    "changes.fixed[]": "id code severity owner page line subject args hint caused_by first_seen_at "
    "runs waived_until fixed_at",
    "changes.moved[]": "share file_id from to",
    "history[]": "finished_at complete counts figures",
}
# The contract names these in words: "groups and rows per resource status, links per status, …".
COUNTS = ["groups", "rows", "links", "severities", "owners"]


@pytest.fixture(scope="module")
def manifests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[dict[str, Any]]]:
    """Give what three nights of the demo leave: the second after changes, the third cut off."""
    place = tmp_path_factory.mktemp("nights")
    cloud = Cloud("29.0.16")
    fill_demo_cloud(cloud)
    with serve_cloud(cloud) as server, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(place / "xdg"))
        patch.setenv("NO_PROXY", "127.0.0.1,localhost")
        patch.setattr("syncer.cli.runs.wait_for", lambda _stop: lambda _seconds: None)
        patch.chdir(place)
        write_handbook(place / "handbook", server.base_url)
        settings = place / "syncer.toml"
        settings.write_text(
            f'[handbook]\nsource = "handbook"\n[[nextcloud]]\nhost = "{server.host}"\n'
            f'base_url = "{server.base_url}"\n[output]\nfolder = "reports"\n[links]\n'
            f'allow_private = true\nremap = {{ "https://" = "{server.base_url}/web/" }}\n',
            encoding="utf-8",
        )
        nights = [_run(settings, place)]
        _change(server)
        nights.append(_run(settings, place))
        server.unplug()
        nights.append(_run(settings, place))
        yield nights


def _run(settings: Path, place: Path) -> dict[str, Any]:
    main(["run", "--quiet", "--config", str(settings)])
    manifest: dict[str, Any] = json.loads((place / "reports" / "status.json").read_text("utf-8"))
    return manifest


def _change(server: CloudServer) -> None:
    """Put a misplaced file where its row points: something is fixed, something is moved."""
    name = "Tilslutningsaftale.docx"
    server.cloud.move(f"{ROOT}/Foreningen/Aftaleskabeloner/{name}", f"{ROOT}/Skabeloner/{name}")


def _pick(value: Any, path: str) -> list[dict[str, Any]]:
    """Return the records at a path; "[]" steps into every item of a list, null is no record."""
    found = [value]
    for step in path.split(".") if path else []:
        found = [item[step.removesuffix("[]")] for item in found]
        if step.endswith("[]"):
            found = [item for items in found for item in items]
        found = [item for item in found if item is not None]
    return found


@pytest.mark.parametrize("path", CONTRACT)
def test_the_keys_stand_in_the_order_of_the_contract(
    manifests: list[dict[str, Any]], path: str
) -> None:
    """Every record of every run begins with the contract's keys; each kind of record occurs."""
    keys = CONTRACT[path].split()
    records = [record for manifest in manifests for record in _pick(manifest, path)]
    assert records
    for record in records:
        assert list(record)[: len(keys)] == keys


def test_counts_are_told_by_what_the_contract_names(manifests: list[dict[str, Any]]) -> None:
    """Those of the run and those of the history; the history's newest stands last."""
    assert manifests
    for manifest in manifests:
        for counts in (manifest["counts"], *(entry["counts"] for entry in manifest["history"])):
            assert list(counts) == COUNTS
    earlier = [entry["finished_at"] for entry in manifests[2]["history"]]
    assert earlier == [manifest["run"]["finished_at"] for manifest in manifests[:2]]


def test_the_lists_are_sorted_by_page_line_and_id(manifests: list[dict[str, Any]]) -> None:
    """Also links, several of which stand on one line; shares by id."""
    assert manifests
    for manifest in manifests:
        for name in ("resources", "links", "findings"):
            order = [(r["page"] or "", r["line"] or 0, r["id"]) for r in manifest[name]]
            assert order == sorted(order)
        ids = [share["id"] for share in manifest["shares"]]
        assert ids == sorted(ids)


def test_every_manifest_is_valid_and_the_schema_has_the_same_order(
    manifests: list[dict[str, Any]],
) -> None:
    """The published schema describes what is written, its keys in the contract's order too."""
    schema = json.loads(json_schema())
    for manifest in manifests:
        jsonschema.validate(manifest, schema)
    for key in ("resources", "links", "findings", "shares"):
        record = schema["$defs"]["StatusManifest"]["properties"][key]["items"]["$ref"].rpartition(
            "/"
        )[2]
        keys = CONTRACT[f"{key}[]"].split()
        assert list(schema["$defs"][record]["properties"])[: len(keys)] == keys
