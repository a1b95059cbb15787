"""A small handbook, the files its rows link to, and a clock that only sleeping moves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from syncer.demo.sample_documents import make_document
from syncer.manifest.document import StatusManifest
from tests.cloud.cloud import Cloud

TOKEN = "Aftaler00000001"
START = datetime(2026, 11, 23, 2, 15, tzinfo=UTC)

_AFTALER = "[Nextcloud / Aftaler]({base}/s/{token}?path=%2FAftaler)"
_SKABELONER = "[Nextcloud / Skabeloner]({base}/s/{token}?path=%2FSkabeloner)"
PAGE = f"""---
title: Samarbejde
---

# Samarbejde

## Ressourcer

| Ressource | Beskrivelse | Placering |
|---|---|---|
| **OS2’s partneraftale** | Rammen om medlemskab. | {_AFTALER} |
| **Leverandørpartneraftale** | Vilkår for leverandører. | {_AFTALER} |
| **Tilslutningsaftale** | Deltagelse i et produkt. | {_SKABELONER} |
| **FLOSS-aftalen** | Licenser. | {_SKABELONER} |
| **Kontrakt- og samarbejdsskabeloner** (ToDo) | Til udviklings-, drifts- og projektsamarbejder. \
| Nextcloud / Skabeloner |
"""


@dataclass
class FakeClock:
    """Time that only passes when somebody waits."""

    time: datetime = START
    naps: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        """Return the time."""
        return self.time

    def sleep(self, seconds: float) -> None:
        """Let time pass at once."""
        self.naps.append(seconds)
        self.time += timedelta(seconds=seconds)


def fill(cloud: Cloud) -> None:
    """Put files behind the small handbook: all there but for the promised ones."""
    for path in (
        "Boks/Aftaler/OS2 Partneraftale v3.1.docx",
        "Boks/Aftaler/Leverandørpartneraftale.pdf",
        "Boks/Skabeloner/Tilslutningsaftale.docx",
        "Boks/Skabeloner/FLOSS/FLOSS-aftale v2.docx",
    ):
        content = make_document(path.rpartition("/")[2], 5_000)
        cloud.add_file(path, content, START - timedelta(days=30))
    cloud.share(TOKEN, "Boks")


def write_page(folder: Path, base_url: str, token: str = TOKEN) -> Path:
    """Write the small handbook and return its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "samarbejde.md").write_text(PAGE.format(base=base_url, token=token), encoding="utf-8")
    return folder


Audit = Callable[..., StatusManifest]


def statuses(manifest: StatusManifest) -> dict[str, str]:
    """Return the verdicts by name."""
    return {resource.name: resource.status for resource in manifest.resources}
