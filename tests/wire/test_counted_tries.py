"""What the server of `tests/cloud` counts as a failed try is what was measured on 32.0.1."""

from __future__ import annotations

import pytest
import requests

from tests.cloud.bodies import PROPFIND_BODY
from tests.cloud.server import CloudServer

NEW, LEGACY = "/public.php/dav/files/", "/public.php/webdav/"
DEAD, LOCKED, OPEN = "NoSuchToken0001", "L7PArJkrBcpnWe8", "Di5cTQdSABd6ak4"
# Method, path, login, failed tries.
MEASURED = [
    ("PROPFIND", f"{NEW}{DEAD}/", None, 1),
    ("GET", f"{NEW}{DEAD}/", None, 1),
    ("OPTIONS", f"{NEW}{DEAD}/", None, 1),
    ("PROPFIND", f"{NEW}{LOCKED}/", ("anonymous", "forkert"), 1),
    ("PROPFIND", f"{NEW}{LOCKED}/", None, 2),
    ("PROPFIND", LEGACY, (DEAD, ""), 1),
    ("PROPFIND", LEGACY, (LOCKED, ""), 0),
    ("GET", f"/s/{DEAD}", None, 1),
    ("HEAD", f"/s/{DEAD}", None, 1),
    ("GET", f"/s/{DEAD}/download", None, 1),
    ("GET", f"/s/{DEAD}/preview", None, 1),
    ("GET", f"/s/{LOCKED}", None, 0),
    ("GET", f"/s/{LOCKED}/authenticate/showshare", None, 0),
    ("GET", "/s/SlettetMappe001", None, 0),
    ("GET", f"/s/{OPEN}?dir=/gone", None, 0),
    ("PROPFIND", f"{NEW}dKzT7k34m2sSTem/", None, 0),
    ("PROPFIND", f"{NEW}SlettetMappe001/", None, 0),
    ("PROPFIND", f"{NEW}{OPEN}/Nope/", None, 0),
    ("PROPFIND", f"{NEW}{OPEN}/", None, 0),
    ("GET", "/f/64656", None, 0),
    ("GET", "/login", None, 0),
]


@pytest.mark.parametrize(("method", "path", "login", "counted"), MEASURED)
def test_a_request_counts_as_measured(
    recorded: CloudServer, method: str, path: str, login: tuple[str, str] | None, counted: int
) -> None:
    """Each request alone, the count read after it (docs/nextcloud.md, section 2)."""
    recorded.cloud.throttle.forget()
    requests.request(
        method,
        f"{recorded.base_url}{path}",
        data=PROPFIND_BODY if method == "PROPFIND" else None,
        headers={"Depth": "1", "X-Requested-With": "XMLHttpRequest"},
        auth=login,
        allow_redirects=False,
        timeout=10,
    )
    assert recorded.cloud.throttle.failures() == counted
