"""POST a few bytes to an address that is itself a secret, within a time and without a redirect."""

from __future__ import annotations

import os
from collections.abc import Mapping
from http.client import HTTPException

import urllib3
from requests.utils import get_environ_proxies

from syncer import __version__
from syncer.errors import Protocol, Transient
from syncer.net.deadlines import Patience, PlainSession, make_adapter
from syncer.net.failures import raise_typed

# A ping or a message: who does not answer that soon is not waited for at night.
NOTICE_PATIENCE = Patience(connect_s=10.0, read_s=15.0, answer_s=20.0)
_PASSING_STATUSES = frozenset({408, 423, 425, 429, 500, 502, 503, 504})


def post(
    url: str,
    content: bytes,
    *,
    content_type: str,
    headers: Mapping[str, str] | None = None,
    patience: Patience = NOTICE_PATIENCE,
) -> None:
    """POST once; what is answered is not read beyond its status.

    The environment's proxies and CA bundle hold, its `.netrc` does not. A redirect is a failure:
    following it would hand what is sent to somebody else.

    Raises:
        RemoteError: any status but 2xx, or no answer; `Transient` when it may pass. Its text
            holds nothing of the address.
    """
    session = PlainSession()
    session.trust_env = False
    adapter = make_adapter(patience, 1)
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    try:
        with session.post(
            url,
            data=content,
            headers={
                "User-Agent": f"os2-syncer/{__version__}",
                "Content-Type": content_type,
                **(headers or {}),
            },
            timeout=(patience.connect_s, patience.read_s),
            proxies=get_environ_proxies(url),
            verify=os.environ.get("REQUESTS_CA_BUNDLE") or True,
            stream=True,
        ) as response:
            status = response.status_code
    except (OSError, urllib3.exceptions.HTTPError, HTTPException, ValueError) as error:
        raise_typed(error)
    finally:
        session.close()
    if status in _PASSING_STATUSES:
        raise Transient("http-status", status=status)
    if 300 <= status < 400:
        raise Protocol("redirected", status=status)
    if not 200 <= status < 300:
        raise Protocol("http-status", status=status)
