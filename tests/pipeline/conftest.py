"""The small handbook, its server, and audits of it on a frozen clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from syncer.config import Secrets, Settings
from syncer.config.settings import HandbookSettings, LinksSettings, NextcloudSettings
from syncer.manifest.codec import encode, json_schema
from syncer.manifest.document import StatusManifest
from syncer.pipeline.job import Job, Memory
from syncer.pipeline.options import AuditOptions
from syncer.pipeline.run import run_audit
from syncer.surroundings import Surroundings
from tests.cloud.cloud import Cloud
from tests.cloud.server import CloudServer, serve_cloud
from tests.cloud.throttle import Throttle
from tests.pipeline.handbooks import Audit, FakeClock, fill, write_page


@pytest.fixture
def clock() -> FakeClock:
    """Give a clock that stands at the morning of the run."""
    return FakeClock()


@pytest.fixture(params=["27.0.2", "31.0.4"])
def server(request: pytest.FixtureRequest, clock: FakeClock) -> Iterator[CloudServer]:
    """Serve the files, once per endpoint."""
    cloud = Cloud(request.param, throttle=Throttle(unit_s=0))
    fill(cloud)
    with serve_cloud(cloud) as running:
        yield running


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
        on_progress: Callable[[str, int, int | None], None] = lambda *_told: None,
    ) -> StatusManifest:
        handbook = folder or write_page(tmp_path / "handbook", base_url)
        manifest = run_audit(
            Job(
                settings=settings
                or Settings(
                    handbook=HandbookSettings(source=str(handbook)),
                    nextcloud=(
                        NextcloudSettings(host=urlsplit(base_url).netloc, base_url=base_url),
                    ),
                    links=LinksSettings(allow_private=True),
                ),
                options=options or AuditOptions(),
                secrets=secrets or Secrets(),
                memory=memory or Memory(),
                around=Surroundings(now=clock.now, sleep=clock.sleep, on_progress=on_progress),
            )
        )
        jsonschema.validate(json.loads(encode(manifest)), schema)
        return manifest

    return run
