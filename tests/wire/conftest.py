"""A server of `tests/cloud` that holds what the recorded Nextcloud 32 held."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

import pytest

from tests.cloud.cloud import Cloud, Rights
from tests.cloud.server import CloudServer, serve_cloud
from tests.cloud.throttle import Throttle
from tests.wire.records import ACCOUNT, FOLDER, PASSWORD

_ENTRY = re.compile(
    r"<d:href>/public\.php/dav/files/\w+/([^<]*)</d:href>.*?"
    r"(?:<d:getcontentlength>(\d+)</d:getcontentlength>.*?)?</d:response>"
)
# Share token → path in the account, and the record that lists it whole.
_SHARES = {
    "Di5cTQdSABd6ak4": ("Delt", "new-root-depth-infinity.xml"),
    "TeamDeling00001": ("Hold", "new-team-folder-infinity.xml"),
    "SpecialNavne001": ("Navne", "new-special-names.xml"),
    "L7PArJkrBcpnWe8": ("Løn", "new-password-ok.xml"),
}


@pytest.fixture(scope="module")
def recorded() -> Iterator[CloudServer]:
    """Serve the shares of the records as version 32, under the same tokens and names."""
    cloud = Cloud("32.0.1", throttle=Throttle(unit_s=0))
    cloud.accounts[ACCOUNT[0]] = ACCOUNT[1]
    for token, (path, listing) in _SHARES.items():
        cloud.add_folder(path)
        for name, size in _ENTRY.findall((FOLDER / listing).read_text(encoding="utf-8")):
            if size:
                cloud.add_file(f"{path}/{unquote(name)}", bytes(int(size)))
        cloud.share(token, path, password=PASSWORD if path == "Løn" else None)
    cloud.mount("Hold", "group")
    cloud.add_file("Onboarding.pdf", bytes(1000))
    cloud.share("Afco557gKpepLJa", "Onboarding.pdf")
    cloud.share("dKzT7k34m2sSTem", "Delt", rights=Rights.UPLOAD_ONLY)
    cloud.add_folder("Slettet")
    cloud.share("SlettetMappe001", "Slettet")
    cloud.delete("Slettet")
    with serve_cloud(cloud) as running:
        yield running
