"""POST a few bytes to an address that is itself a secret, in bounded time and without redirects."""

from __future__ import annotations

from collections.abc import Mapping

from syncer import __version__
from syncer.errors import Protocol, Transient
from syncer.net.deadlines import Patience, begin_request
from syncer.net.dialer import Dialer, DirectSession, make_adapter
from syncer.net.failures import REQUEST_ERRORS, raise_typed
from syncer.net.proxies import find_proxies

# The end of a run waits for it.
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
    """POST once; of the answer only the status is read.

    The settings name the address, so it may be private. The environment's proxies and CA bundle
    apply, its `.netrc` does not. A redirect is a failure: following it would send the content to
    another address.

    Raises:
        RemoteError: any status but 2xx, or no answer; `Transient` when it may pass. Its text
            contains nothing of the address.
    """
    session = DirectSession(make_adapter(Dialer(allow_private=True), connections=1))
    begin_request(patience)
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
            proxies=find_proxies(url),
            stream=True,
        ) as response:
            status = response.status_code
    except REQUEST_ERRORS as error:
        raise_typed(error)
    finally:
        session.close()
    if status in _PASSING_STATUSES:
        raise Transient("http-status", status=status)
    if 300 <= status < 400:
        raise Protocol("redirected", status=status)
    if not 200 <= status < 300:
        raise Protocol("http-status", status=status)
