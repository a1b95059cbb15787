"""Share tokens that stand only in the settings: whoever knows one can read the share.

A token that stands in a page of the handbook, or in a link that `_config.yml` puts on every page,
is public. Another one (of a pin, an alias, a password or a folder) is known to the run alone: what
it leaves bears a name in its place, the same each time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

import msgspec

from syncer.config import Settings
from syncer.handbook.jekyll.config_links import find_config_links
from syncer.manifest.codec import decode, encode
from syncer.manifest.document import StatusManifest
from syncer.model.handbook import Handbook
from syncer.model.shares import ACCOUNT_NAME, Share, name_token

# A token that somebody chose may be a word; the log is left such a short one.
_SHORTEST_ALONE = 8
# Between a host and its share's token; what is called `/s/` within an app is none of a share's.
_WAY = r"\.?(?::443|:80)?(?:/(?!apps/)[\w.~\-]{1,64}){0,8}/s/"
_END = r"(?![A-Za-z0-9_\-])"


def name_shares(settings: Settings) -> dict[str, str]:
    """Return the name that may stand for each share of the settings.

    Returns:
        "host/TOKEN" → "host/NAME", by code point; the name holds a character that no token can.
    """
    shares = {pin.share for pin in settings.pin} | {alias.share for alias in settings.alias}
    for cloud in settings.nextcloud:
        tokens = {*cloud.shares, *cloud.folders} - {ACCOUNT_NAME}
        shares |= {f"{cloud.host.lower()}/{token}" for token in tokens}
    split = ((share, *share.rpartition("/")[::2]) for share in sorted(shares))
    return {share: f"{host}/{name_token(token)}" for share, host, token in split}


def find_hidden(handbook: Handbook, settings: Settings) -> dict[str, str]:
    """Return the names of those shares of the settings whose link stands in no page."""
    public = [page.text for page in handbook.pages]
    public += [link.url for link in find_config_links(handbook.config, "_config.yml")]
    return {
        share: name
        for share, name in name_shares(settings).items()
        if not any(map(_link_to(share).search, public))
    }


def _link_to(share: str) -> re.Pattern[str]:
    """Return what finds a share's own link in a text, in any form that people paste."""
    host, _, token = share.rpartition("/")
    return re.compile(rf"(?<![\w.\-])(?i:{re.escape(host)}){_WAY}{re.escape(token)}{_END}")


def rename(shares: Mapping[str, Share], hidden: Mapping[str, str]) -> dict[str, Share]:
    """Let a share that is called by its token be called by the name, in all that is said of it."""
    return {
        share_id: replace(share, name=hidden[share_id].rpartition("/")[2])
        if share_id in hidden and share.name == share_id.rpartition("/")[2]
        else share
        for share_id, share in shares.items()
    }


def list_words(hidden: Mapping[str, str]) -> list[str]:
    """Return what the log must not show of hidden shares: tokens, and ids whose token is a word."""
    tokens = {share: share.rpartition("/")[2] for share in hidden}
    return [token if len(token) >= _SHORTEST_ALONE else share for share, token in tokens.items()]


def hide(manifest: StatusManifest, hidden: Mapping[str, str]) -> StatusManifest:
    """Put the names in the tokens' places."""
    return _exchange(manifest, hidden) if hidden else manifest


def show(manifest: StatusManifest | None, names: Mapping[str, str]) -> StatusManifest | None:
    """Put the tokens back, in what an earlier run has left.

    Args:
        manifest: of that run; None when there was none.
        names: of all shares of the settings: a page may name today what was hidden then.
    """
    if manifest is None or not names:
        return manifest
    return _exchange(manifest, {name: share for share, name in names.items()})


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
    """Give what exchanges a share's id and the path of its link; a word stays what it is."""
    by_token = {old.rpartition("/")[2]: new.rpartition("/")[2] for old, new in names.items()}
    ids = re.compile(rf"(?<![\w.\-])({'|'.join(map(re.escape, names))})(?![\w\-])")
    paths = re.compile(rf"(?<=/s/)({'|'.join(map(re.escape, by_token))})(?![\w\-])")

    def exchange(text: str) -> str:
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
