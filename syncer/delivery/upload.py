"""Upload the reports to a folder on a Nextcloud, all or none.

Every file is first uploaded under a temporary name and its size checked. When all are complete they
replace those of the night before, the manifest last. Temporary names are the same each night, so
what a failure leaves is overwritten.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from syncer.config import Settings
from syncer.config.secrets import Secrets
from syncer.config.settings import NextcloudSettings
from syncer.errors import NotFound, RemoteError
from syncer.model.reason import Reason
from syncer.net.deadlines import Patience
from syncer.nextcloud.dav.answers import explain_error
from syncer.nextcloud.dav.client import Connections, open_connections
from syncer.nextcloud.dav.multistatus import EntryKind
from syncer.nextcloud.server import DavSource, open_account, open_link
from syncer.nextcloud.share_url import parse_share_link
from syncer.surroundings import Surroundings

# A report has 3 MB at most: two minutes are enough at 0.2 Mbit/s.
UPLOAD_PATIENCE = Patience(read_s=60.0, answer_s=120.0)
# For all files of a run, with all tries.
_LIMIT_S = 900.0
_TEMPORARY = ".syncer-upload-"
# Letters of `oc:permissions` (`docs/nextcloud.md`, section 3).
_MAY_CREATE_FILE, _MAY_CREATE_FOLDER = "C", "K"


@dataclass(frozen=True, slots=True)
class PublishTarget:
    """A folder to upload to, of a share (`token`) or an account (`user`).

    Attributes:
        base_url: scheme, host and webroot of every request.
        folder: below the share or the account, "" for its top.
        password: the share's, None without one; or the account's app password.
        host: for people, "" for that of `base_url`.
    """

    base_url: str
    folder: str
    ca_file: Path | None = None
    user: str | None = None
    token: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)
    host: str = ""

    @property
    def name(self) -> str:
        """Host and folder, which are not secret."""
        return f"{self.host or urlsplit(self.base_url).netloc}/{self.folder}".rstrip("/")


@dataclass(frozen=True, slots=True)
class _Staged:
    """A complete file on the server, under its temporary name."""

    name: str
    size_bytes: int
    file_id: int | None


def choose_target(settings: Settings, secrets: Secrets) -> PublishTarget | Reason | None:
    """Return where to upload to; None: nothing is uploaded; a reason: the link is unusable.

    A link's host is reached as `[[nextcloud]]` says.
    """
    publish = settings.publish
    folder = publish.folder.strip("/")
    if publish.base_url is not None:
        return PublishTarget(
            base_url=publish.base_url.rstrip("/"),
            folder=folder,
            ca_file=publish.ca_file,
            user=publish.user,
            password=secrets.publish_password,
        )
    url = secrets.publish_link
    if url is None:
        return None
    link = parse_share_link(url, None)
    if link is None or link.token is None:
        return Reason("upload-link-unclear")
    # Another Nextcloud on the same host is not the one that the settings name.
    named = (
        cloud
        for cloud in settings.nextcloud
        if cloud.host.lower() == link.host and link.webroot in ("", cloud.webroot)
    )
    own = next(named, NextcloudSettings(host=link.host))
    return PublishTarget(
        base_url=(own.base_url or link.base_url).rstrip("/"),
        host=link.host,
        folder="/".join(part for part in (link.folder, folder) if part),
        ca_file=publish.ca_file or own.ca_file,
        token=link.token,
        password=secrets.publish_password,
    )


def publish(
    target: PublishTarget,
    files: Sequence[tuple[str, bytes]],
    around: Surroundings,
    *,
    patience: Patience = UPLOAD_PATIENCE,
) -> Reason | None:
    """Upload files over those of the same names.

    Args:
        target: the folder.
        files: name and content, none of them empty; moved into place in this order.
        around: waits between tries; its `stop` ends the upload.
        patience: for one request.

    Returns:
        None when everything is in place, else why not. The old files are then still complete; when
        the moves were interrupted, each file is the old or the new one.
    """
    connections = _connect(target, around, patience)
    try:
        tree = _open(target, connections)
        tree.make_folder(target.folder)
        staged: list[_Staged] = []
        for name, content in files:
            one = _stage(tree, target.folder, name, content)
            if one is None:
                return Reason("upload-not-whole", {"file": name})
            staged.append(one)
        for one in staged:
            _replace(tree, target.folder, one)
    except RemoteError as error:
        return explain_upload(error)
    finally:
        connections.adapter.close()
    return None


def try_target(
    target: PublishTarget, around: Surroundings, *, patience: Patience = UPLOAD_PATIENCE
) -> Reason | None:
    """Check whether the folder to upload to may be written, without writing.

    Returns:
        None when it may, as far as the server says; else why not, or that it does not exist yet.

    Raises:
        RemoteError: the server did not say; `explain_upload` has the reason.
    """
    connections = _connect(target, around, patience)
    try:
        return _look_at(_open(target, connections), target.folder)
    finally:
        connections.adapter.close()


def _look_at(tree: DavSource, folder: str) -> Reason | None:
    """Check the permissions of the folder, or of the nearest existing one above it."""
    found, entry = folder, None
    while entry is None:
        try:
            entry = tree.look_at(found)
        except NotFound:
            if not found:
                raise
            found = found.rpartition("/")[0]
    if entry.kind is EntryKind.FILE:
        return Reason("upload-below-file", {"file": found or entry.path})
    needed = _MAY_CREATE_FILE if found == folder else _MAY_CREATE_FOLDER
    if entry.permissions is not None and needed not in entry.permissions:
        return Reason("upload-not-allowed")
    return None if found == folder else Reason("upload-folder-not-made-yet", {"folder": folder})


def _connect(target: PublishTarget, around: Surroundings, patience: Patience) -> Connections:
    return open_connections(
        target.base_url,
        ca_file=target.ca_file,
        workers=1,
        patience=replace(patience, stop=around.stop).within(_LIMIT_S),
        sleep=around.sleep,
        # The settings name it.
        allow_private=True,
    )


def _open(target: PublishTarget, connections: Connections) -> DavSource:
    if target.token is not None:
        return open_link(connections, target.token, target.password)
    return open_account(connections, target.user or "", target.password or "")


def _stage(tree: DavSource, folder: str, name: str, content: bytes) -> _Staged | None:
    """Upload a file under its temporary name; None when it did not arrive completely."""
    path = _join(folder, _TEMPORARY + name)
    tree.put(path, content)
    entry = tree.look_at(path)
    if entry.size_bytes != len(content):
        return None
    return _Staged(name, len(content), entry.file_id)


def _replace(tree: DavSource, folder: str, staged: _Staged) -> None:
    """Move a file over the one that it replaces.

    A move whose answer was lost is repeated and then fails: the id of the file that is there now
    shows whether the first one worked.
    """
    path = _join(folder, staged.name)
    try:
        tree.move(_join(folder, _TEMPORARY + staged.name), path)
    except RemoteError:
        entry = tree.look_at(path)
        if staged.file_id is None or entry.file_id != staged.file_id:
            raise


def _join(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def explain_upload(error: RemoteError) -> Reason:
    """Return why an upload failed, with a reason of its own where a listing's would mislead."""
    match error.status:
        case 403:
            return Reason("upload-not-allowed")
        case 507 | 413:
            return Reason("upload-no-space")
        case int() if error.code == "http-status":
            return Reason("upload-refused", {"status": error.status})
    if error.code == "out-of-time":
        return Reason("server-timeout")
    return Reason("upload-not-allowed") if error.code == "upload-only" else explain_error(error)
