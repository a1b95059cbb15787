"""What kind of file system a folder lies on."""

from __future__ import annotations

import os
from pathlib import Path

_MOUNTS = Path("/proc/self/mountinfo")
# Those whose locks and shared memory SQLite's WAL cannot rely on (sqlite.org/wal.html).
_NETWORK = frozenset(
    {"9p", "afs", "ceph", "cifs", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "smb3", "smbfs"}
)
_NETWORK_PREFIXES = ("fuse.", "fuseblk.")


def is_on_network(folder: Path, mounts: Path = _MOUNTS) -> bool:
    """Tell whether a folder lies on a network file system, or on one in user space.

    False where it is not known: on a system without `/proc`.

    Args:
        folder: one that is there.
        mounts: the kernel's list of mounts (proc_pid_mountinfo(5)).

    Raises:
        OSError: there is no such folder.
    """
    device = folder.stat().st_dev
    number = f"{os.major(device)}:{os.minor(device)}"
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    for line in lines:
        mount, _, beyond = line.partition(" - ")
        if mount.split(" ")[2:3] == [number]:
            kind = beyond.partition(" ")[0]
            return kind in _NETWORK or kind.startswith(_NETWORK_PREFIXES)
    return False
