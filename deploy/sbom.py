"""Write what the hashed lock holds as a CycloneDX 1.6 document on stdout; what `make sbom` runs.

The same lock gives the same document: no time and no random number is in it. Names, licences and
homes come from the packages as installed, hashes from the lock.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
import uuid
from importlib import metadata
from pathlib import Path
from typing import Any

_PACKAGE = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def read_lock(text: str) -> list[tuple[str, str, list[str]]]:
    """Return name, version and SHA-256 hashes of each package in a requirements file, by name."""
    packages: list[tuple[str, str, list[str]]] = []
    for line in text.splitlines():
        if package := _PACKAGE.match(line):
            packages.append((package[1], package[2], []))
        if packages:
            packages[-1][2].extend(_HASH.findall(line))
    return sorted(packages)


def describe(name: str, version: str, hashes: list[str]) -> dict[str, Any]:
    """Return the component of one package."""
    purl = f"pkg:pypi/{name.lower()}@{version}"
    component: dict[str, Any] = {
        "type": "library",
        "bom-ref": purl,
        "name": name,
        "version": version,
        "purl": purl,
    }
    licence = find_licence(name)
    if licence:
        component["licenses"] = [{"license": {"name": licence}}]
    if hashes:
        # A package has a file for each platform, each with its hash.
        component["externalReferences"] = [
            {
                "type": "distribution",
                "url": purl,
                "hashes": [{"alg": "SHA-256", "content": value} for value in sorted(hashes)],
            }
        ]
    return component


def find_licence(name: str) -> str | None:
    """Return what an installed package says of its licence; None where it says nothing.

    The lock is for every platform: what this one does not need is not installed.
    """
    try:
        known: Any = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return None
    classifiers = known.get_all("Classifier") or []
    names = [text.rpartition(" :: ")[2] for text in classifiers if text.startswith("License ::")]
    return known.get("License-Expression") or " AND ".join(names) or None


def make_document(lock: Path) -> dict[str, Any]:
    """Return the whole document."""
    root = Path(__file__).parents[1]
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = lock.read_text(encoding="utf-8")
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, text)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": project["name"],
                "name": project["name"],
                "version": metadata.version(project["name"]),
                "licenses": [{"license": {"id": project["license"]}}],
            }
        },
        "components": [describe(*package) for package in read_lock(text)],
    }


if __name__ == "__main__":
    json.dump(make_document(Path(sys.argv[1])), sys.stdout, indent=2, ensure_ascii=False)
    sys.stdout.write("\n")
