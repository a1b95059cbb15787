"""What the reading of shares remembers between runs; `store/share_memory` stores it.

Without a memory every run walks everything, with the same results.
"""

from __future__ import annotations

from typing import Protocol

from syncer.model.shares import HostKnowledge, RememberedRefusal, RememberedShare, ShareTree


class ShareMemory(Protocol):
    """Memory of shares and hosts. Each call is complete or has no effect."""

    def load_share(self, share: str) -> RememberedShare | None:
        """Return the remembered share without its tree; None for an unknown one."""

    def load_tree(self, share: str) -> ShareTree | None:
        """Return the remembered tree, in the order of `ShareTree`; None when it was damaged.

        Folders that could not be read are included; those with an untrusted etag have none.
        """

    def save_share(self, remembered: RememberedShare, tree: ShareTree) -> None:
        """Replace a remembered share."""

    def load_refusal(self, share: str) -> RememberedRefusal | None:
        """Return the last refusal of a token; None when there was none since its last success."""

    def save_refusal(self, refusal: RememberedRefusal) -> None:
        """Remember that a token was refused, and drop its tree."""

    def load_host(self, host: str) -> HostKnowledge | None:
        """Return the knowledge of a host; None for an unknown one."""

    def save_host(self, knowledge: HostKnowledge) -> None:
        """Replace the knowledge of a host."""
