"""Share tokens that stand only in the settings: whoever knows one can read the share.

A token that stands in a page of the handbook is public. Another one (of a pin, an alias, a
password or a folder) is known to the run alone: what it leaves bears a name in its place, the same
each time.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import replace

import msgspec

from syncer.config import Settings
from syncer.manifest.codec import decode, encode
from syncer.manifest.document import StatusManifest
from syncer.model import HIDDEN_MARK, Handbook

_SHOWN = 4
_DIGITS = 6
# A token that somebody chose may be a word; as one that stands alone it is then left as it is.
_SHORTEST_ALONE = 8


def find_hidden(handbook: Handbook, settings: Settings) -> dict[str, str]:
    """Return the name that stands for each share of the settings that no page names.

    Returns:
        "host/TOKEN" → "host/NAME", by code point; the name holds a character that no token can.
    """
    shares = {pin.share for pin in settings.pin} | {alias.share for alias in settings.alias}
    for cloud in settings.nextcloud:
        tokens = {*cloud.shares, *cloud.folders}
        shares |= {f"{cloud.host.lower()}/{token}" for token in tokens}
    hidden = {}
    for share in sorted(shares):
        host, _, token = share.rpartition("/")
        in_address = re.compile(rf"/{re.escape(token)}(?![\w\-])")
        if not any(in_address.search(page.text) for page in handbook.pages):
            hidden[share] = f"{host}/{name_token(token)}"
    return hidden


def name_token(token: str) -> str:
    """Return the name that stands for a token: how it begins, and what tells it from others."""
    begin = token[:_SHOWN] if len(token) >= _SHORTEST_ALONE else ""
    return f"{begin}{HIDDEN_MARK}{hashlib.sha256(token.encode()).hexdigest()[:_DIGITS]}"


def list_words(hidden: Mapping[str, str]) -> list[str]:
    """Return what the log must not show of hidden shares: tokens, and ids whose token is a word."""
    tokens = {share: share.rpartition("/")[2] for share in hidden}
    return [token if len(token) >= _SHORTEST_ALONE else share for share, token in tokens.items()]


def hide(manifest: StatusManifest, hidden: Mapping[str, str]) -> StatusManifest:
    """Put the names in the tokens' places."""
    return _exchange(manifest, hidden) if hidden else manifest


def show(manifest: StatusManifest | None, hidden: Mapping[str, str]) -> StatusManifest | None:
    """Put the tokens back, in what an earlier run has left."""
    if manifest is None or not hidden:
        return manifest
    return _exchange(manifest, {name: share for share, name in hidden.items()})


def _exchange(manifest: StatusManifest, names: Mapping[str, str]) -> StatusManifest:
    content = msgspec.json.decode(encode(manifest))
    changed = decode(msgspec.json.encode(_walk(content, _make_exchange(names))))
    tokens = {new: old.rpartition("/")[2] for old, new in names.items()}
    shares = (
        replace(share, name=share.id.rpartition("/")[2])
        if share.name == tokens.get(share.id)
        else share
        for share in changed.shares
    )
    return replace(changed, shares=tuple(sorted(shares, key=lambda share: share.id)))


def _make_exchange(names: Mapping[str, str]) -> Callable[[str], str]:
    """Give what exchanges a share's id, the path of its link, and a token that stands alone."""
    by_token = {old.rpartition("/")[2]: new.rpartition("/")[2] for old, new in names.items()}
    ids = re.compile(rf"(?<![\w.\-])({'|'.join(map(re.escape, names))})(?![\w\-])")
    paths = re.compile(rf"(?<=/s/)({'|'.join(map(re.escape, by_token))})(?![\w\-])")

    def exchange(text: str) -> str:
        if text in by_token and len(text) >= _SHORTEST_ALONE:
            return by_token[text]
        text = ids.sub(lambda found: names[found[1]], text)
        return paths.sub(lambda found: by_token[found[1]], text)

    return exchange


def _walk(value: object, exchange: Callable[[str], str]) -> object:
    """Return the same, each text within exchanged; keys stay."""
    if isinstance(value, str):
        return exchange(value)
    if isinstance(value, list):
        return [_walk(item, exchange) for item in value]
    if isinstance(value, dict):
        return {key: _walk(item, exchange) for key, item in value.items()}
    return value
