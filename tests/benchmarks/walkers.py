"""One measured piece of work in a process of its own: `python -m tests.benchmarks.walkers …`.

It prints what it found as one line of JSON: `work_s` is the work without the interpreter's start.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit


def walk(base_url: str, token: str, state: str, *how: str) -> dict[str, Any]:
    """Read a share as a run of syncer does, with the memory in `state`.

    Args:
        base_url: of the Nextcloud.
        token: of the share.
        state: the folder of the state database.
        how: "full" makes no use of what is remembered; "depth-1" asks for no whole tree.
    """
    from syncer.nextcloud.share_reader import HostSettings, ShareTarget, read_shares
    from syncer.store.database import open_database
    from syncer.store.share_memory import ShareStore
    from syncer.surroundings import Surroundings

    began_s = time.perf_counter()
    database = open_database(Path(state))
    store = ShareStore(database)
    host = urlsplit(base_url).netloc
    if "depth-1" in how:
        known = store.load_host(host)
        assert known is not None
        store.save_host(replace(known, infinity_failed_at=datetime.now(UTC)))
    (share,) = read_shares(
        [ShareTarget(f"{host}/{token}", token, HostSettings(host, base_url, may_be_private=True))],
        memory=store,
        full="full" in how,
        around=Surroundings(now=lambda: datetime.now(UTC)),
    )
    database.close()
    work_s = time.perf_counter() - began_s
    assert share.tree is not None, share.reason
    return {
        "work_s": work_s,
        "files": len(share.tree.files),
        "folders": len(share.tree.folders),
        "listing": share.listing.value,
        "requests": share.requests,
    }


def list_webdavclient3(base_url: str, token: str) -> dict[str, Any]:
    """List the share with webdavclient3's own `list`, the whole tree at once."""
    from webdav3.client import Client

    began_s = time.perf_counter()
    client = Client(
        {
            "webdav_hostname": base_url,
            "webdav_root": "/public.php/webdav",
        }
    )
    # It sends no Authorization at all where the password is empty; a public share wants one.
    client.session.auth = (token, "")
    found = client.list(recursive=True)
    return {"work_s": time.perf_counter() - began_s, "files": len(found)}


def parse_and_store(files: str, state: str) -> dict[str, Any]:
    """Parse a generated answer and store its entries, one after the other."""
    from syncer.model.shares import RememberedShare, RemoteFolder
    from syncer.nextcloud.dav.multistatus import Depth, EntryKind, parse_multistatus
    from syncer.nextcloud.tree import make_file
    from syncer.store.database import open_database
    from syncer.store.share_memory import ShareStore
    from tests.benchmarks.trees import ROOT, stream_tree

    began_s = time.perf_counter()
    size_bytes = sum(len(piece) for piece in stream_tree(int(files)))
    written_s = time.perf_counter() - began_s

    database = open_database(Path(state))
    store = ShareStore(database)
    began_s = time.perf_counter()
    entries = parse_multistatus(
        stream_tree(int(files)), root=ROOT, requested=ROOT, depth=Depth.INFINITY
    )
    store.save_entries(
        RememberedShare("bench/T", "legacy", 50, '"e"', datetime.now(UTC)),
        (
            RemoteFolder(entry.path, entry.file_id, entry.etag, entry.modified_at)
            if entry.kind is EntryKind.FOLDER
            else make_file(entry)
            for entry in entries
        ),
    )
    work_s = time.perf_counter() - began_s
    tree = store.load_tree("bench/T")
    assert tree is not None
    stored = len(tree.files) + len(tree.folders)
    database.close()
    return {
        "work_s": work_s,
        "written_s": written_s,
        "entries": stored,
        "answer_mb": size_bytes / 1e6,
    }


def audit(base_url: str, handbook: str, state: str) -> dict[str, Any]:
    """Run a whole audit of a handbook, with the memory in `state`."""
    from syncer.config import Secrets, Settings
    from syncer.config.settings import HandbookSettings, LinksSettings, NextcloudSettings
    from syncer.manifest.codec import encode
    from syncer.pipeline.job import Job, Memory
    from syncer.pipeline.options import AuditOptions
    from syncer.pipeline.run import run_audit
    from syncer.store.database import open_database
    from syncer.surroundings import Surroundings

    began_s = time.perf_counter()
    database = open_database(Path(state))
    manifest = run_audit(
        Job(
            settings=Settings(
                handbook=HandbookSettings(source=handbook),
                nextcloud=(NextcloudSettings(host=urlsplit(base_url).netloc, base_url=base_url),),
                links=LinksSettings(allow_private=True),
            ),
            options=AuditOptions(),
            secrets=Secrets(),
            memory=Memory(database, Path(state)),
            around=Surroundings(),
        )
    )
    database.close()
    (share,) = manifest.shares
    return {
        "work_s": time.perf_counter() - began_s,
        "listing": share.listing,
        "requests": share.requests,
        "complete": manifest.run.complete,
        "rows": len(manifest.resources),
        "found": sum(bool(resource.files) for resource in manifest.resources),
        "manifest_bytes": len(encode(manifest)),
    }


_WORK: Mapping[str, Callable[..., dict[str, Any]]] = {
    "walk": walk,
    "webdavclient3": list_webdavclient3,
    "store": parse_and_store,
    "audit": audit,
}


def main() -> None:
    """Do the work that the command line names."""
    name, *words = sys.argv[1:]
    sys.stdout.write(json.dumps(_WORK[name](*words)) + "\n")


if __name__ == "__main__":
    main()
