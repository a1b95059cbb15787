"""A small handbook, the demo's server behind it, and a clock that nobody waits for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from syncer.config import Secrets, Settings
from syncer.config.settings import HandbookSettings, LinksSettings
from syncer.demo.cloud import Cloud
from syncer.demo.server import CloudServer, serve_cloud
from syncer.demo.throttle import Throttle
from syncer.manifest.codec import encode, json_schema
from syncer.manifest.document import StatusManifest
from syncer.pipeline.job import Job, Memory
from syncer.pipeline.options import AuditOptions
from syncer.pipeline.run import run_audit
from syncer.surroundings import Surroundings

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


@pytest.fixture
def clock() -> FakeClock:
    """Give a clock that stands at the morning of the run."""
    return FakeClock()


def fill(cloud: Cloud) -> None:
    """Put files behind the small handbook: all there but for the promised ones."""
    for path in (
        "Boks/Aftaler/OS2 Partneraftale v3.1.docx",
        "Boks/Aftaler/Leverandørpartneraftale.pdf",
        "Boks/Skabeloner/Tilslutningsaftale.docx",
        "Boks/Skabeloner/FLOSS/FLOSS-aftale v2.docx",
    ):
        cloud.add_file(path, b"indhold", START - timedelta(days=30))
    cloud.share(TOKEN, "Boks")


@pytest.fixture(params=["27.0.2", "31.0.4"])
def server(request: pytest.FixtureRequest, clock: FakeClock) -> Iterator[CloudServer]:
    """Serve the files, once per endpoint."""
    cloud = Cloud(request.param, throttle=Throttle(unit_s=0))
    fill(cloud)
    with serve_cloud(cloud) as running:
        yield running


def write_page(folder: Path, base_url: str, token: str = TOKEN) -> Path:
    """Write the small handbook and return its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "samarbejde.md").write_text(PAGE.format(base=base_url, token=token), encoding="utf-8")
    return folder


Audit = Callable[..., StatusManifest]


@pytest.fixture
def audit(tmp_path: Path, clock: FakeClock) -> Audit:
    """Give a function that audits a handbook whose links lead to a server."""
    jsonschema = pytest.importorskip("jsonschema")
    import json

    schema = json.loads(json_schema())

    def run(
        base_url: str,
        *,
        options: AuditOptions | None = None,
        memory: Memory | None = None,
        secrets: Secrets | None = None,
        settings: Settings | None = None,
        folder: Path | None = None,
    ) -> StatusManifest:
        handbook = folder or write_page(tmp_path / "handbook", base_url)
        manifest = run_audit(
            Job(
                settings=settings
                or Settings(
                    handbook=HandbookSettings(source=str(handbook)),
                    links=LinksSettings(allow_private=True),
                ),
                options=options or AuditOptions(),
                secrets=secrets or Secrets(),
                memory=memory or Memory(),
                around=Surroundings(now=clock.now, sleep=clock.sleep),
            )
        )
        jsonschema.validate(json.loads(encode(manifest)), schema)
        return manifest

    return run


def statuses(manifest: StatusManifest) -> dict[str, str]:
    """Return the verdicts by name."""
    return {resource.name: resource.status for resource in manifest.resources}
