"""What this room wants to remember between runs; `store/shares` keeps it.

Nothing here is needed: without a memory every run walks everything, and says the same.
"""

from __future__ import annotations

from typing import Protocol

from syncer.model.shares import HostKnowledge, RememberedRefusal, RememberedShare, ShareTree


class ShareMemory(Protocol):
    """What is remembered of shares and hosts. Each call is whole or has no effect."""

    def load_share(self, share: str) -> RememberedShare | None:
        """Return what is remembered of a share; None when nothing is."""

    def load_tree(self, share: str) -> ShareTree:
        """Return the remembered tree, in the order of `ShareTree`.

        Folders whose etag must not be trusted bear none, and those that could not be read are
        among them.
        """

    def save_share(self, remembered: RememberedShare, tree: ShareTree) -> None:
        """Replace what is remembered of a share."""

    def forget_share(self, share: str) -> None:
        """Drop what is remembered of a share."""

    def load_refusal(self, share: str) -> RememberedRefusal | None:
        """Return when a token was last not let in; None when it never was, or lives again."""

    def save_refusal(self, refusal: RememberedRefusal) -> None:
        """Remember that a token was not let in, and drop its tree."""

    def load_host(self, host: str) -> HostKnowledge | None:
        """Return what is known of a host; None when it was never seen."""

    def save_host(self, knowledge: HostKnowledge) -> None:
        """Replace what is known of a host."""
