"""Which of the hosts that links seem to lead to are a Nextcloud: each is asked for its status.

Other products have addresses with `/s/` or `/f/` too. The status page needs no login and never
counts as a failed try (`docs/nextcloud.md`, section 1).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from syncer.net.deadlines import Patience
from syncer.nextcloud.dav.client import NextcloudClient, open_connections
from syncer.nextcloud.memory import ShareMemory
from syncer.nextcloud.server import is_nextcloud
from syncer.surroundings import Surroundings

# A handbook has links to one or two.
MAX_HOSTS = 20
_HOSTS_AT_A_TIME = 4
_LIMIT_S = 60.0
_ANSWER_S = 15.0


def recognise_hosts(
    suspects: Mapping[str, frozenset[str]],
    *,
    memory: ShareMemory | None,
    around: Surroundings,
    private: Collection[str] = (),
) -> dict[str, bool]:
    """Return whether hosts are a Nextcloud; those that gave no answer are missing.

    Args:
        suspects: per host the addresses of a Nextcloud that its links would belong to.
        memory: hosts whose version an earlier run saw are not asked.
        around: those of the run.
        private: the hosts that are asked on a private address too.
    """
    patience = Patience(connect_s=_ANSWER_S, read_s=_ANSWER_S, answer_s=_ANSWER_S, stop=around.stop)
    patience = patience.within(_LIMIT_S)
    known = {host: True for host, urls in suspects.items() if _is_remembered(host, urls, memory)}
    asked = [host for host in sorted(suspects) if host not in known][:MAX_HOSTS]

    def ask(host: str) -> bool | None:
        addresses = sorted(suspects[host], reverse=True)
        answers = [_ask(url, around, patience, allow_private=host in private) for url in addresses]
        # One Nextcloud is enough; without an answer one may be.
        return True if any(answers) else None if None in answers else False

    with ThreadPoolExecutor(_HOSTS_AT_A_TIME, thread_name_prefix="recognise") as pool:
        answers = pool.map(ask, asked)
        known |= {
            host: answer for host, answer in zip(asked, answers, strict=True) if answer is not None
        }
    return known


def _is_remembered(host: str, base_urls: frozenset[str], memory: ShareMemory | None) -> bool:
    if memory is None:
        return False
    names = (host + urlsplit(base_url).path for base_url in base_urls)
    remembered = (memory.load_host(name) for name in names)
    return any(each is not None and each.version is not None for each in remembered)


def _ask(
    base_url: str, around: Surroundings, patience: Patience, *, allow_private: bool
) -> bool | None:
    connections = open_connections(
        base_url,
        ca_file=None,
        workers=1,
        patience=patience,
        sleep=around.sleep,
        allow_private=allow_private,
    )
    try:
        return is_nextcloud(NextcloudClient(connections, None), connections.webroot)
    finally:
        connections.adapter.close()
