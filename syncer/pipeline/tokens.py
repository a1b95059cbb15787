"""Secrets in a manifest: share tokens that only the settings have, passwords in addresses.

Whoever knows a token can read the share. A token in a page of the handbook, or in a link that
`_config.yml` puts on every page, is public. Any other is secret: manifest, log and reports show a
name instead, the same each time.
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
from syncer.model.shares import ACCOUNT_NAME, Share, hide_token, join_share_id, split_share_id
from syncer.redact import mask_user_info

# A custom token may be a word: a short one alone is not masked in the log.
_SHORTEST_ALONE = 8
# Between a host and its share's token; `/s/` inside an app belongs to no share.
_FORMS = r"(?:s|public\.php/dav/files|apps/files_sharing/public(?:preview)?)"
_WAY = rf"\.?(?::443|:80)?(?:/(?!apps/)[\w.~\-]{{1,64}}){{0,8}}/{_FORMS}/"
_END = r"(?![A-Za-z0-9_\-])"


def name_shares(settings: Settings) -> dict[str, str]:
    """Return the public name of each share of the settings.

    Returns:
        "host/TOKEN" → "host/NAME", by code point; the name has a character that no token can have.
    """
    shares = {pin.share for pin in settings.pin} | {alias.share for alias in settings.alias}
    for cloud in settings.nextcloud:
        tokens = {*cloud.shares, *cloud.folders} - {ACCOUNT_NAME}
        shares |= {join_share_id(cloud.host.lower(), token) for token in tokens}
    return {share: hide_token(share) for share in sorted(shares)}


def find_hidden(handbook: Handbook, settings: Settings) -> dict[str, str]:
    """Return the names of those shares of the settings whose link is in no page."""
    public = [page.text for page in handbook.pages]
    public += [link.url for link in find_config_links(handbook.config, "_config.yml")]
    return {
        share: name
        for share, name in name_shares(settings).items()
        if not any(map(_link_to(share).search, public))
    }


def _link_to(share: str) -> re.Pattern[str]:
    """Return a pattern for a share's own link in a text, in any form that people paste."""
    host, _, token = split_share_id(share)
    return re.compile(rf"(?<![\w.\-])(?i:{re.escape(host)}){_WAY}{re.escape(token)}{_END}")


def rename_shares(shares: Mapping[str, Share], hidden: Mapping[str, str]) -> dict[str, Share]:
    """Replace the display name of each hidden share that is called by its token."""
    return {
        share_id: replace(share, name=split_share_id(hidden[share_id]).token)
        if share_id in hidden and share.name == split_share_id(share_id).token
        else share
        for share_id, share in shares.items()
    }


def list_words(hidden: Mapping[str, str]) -> list[str]:
    """Return what the log must mask of hidden shares: tokens, and ids whose token is a word."""
    tokens = {share: split_share_id(share).token for share in hidden}
    return [token if len(token) >= _SHORTEST_ALONE else share for share, token in tokens.items()]


def hide_secrets(manifest: StatusManifest, hidden: Mapping[str, str]) -> StatusManifest:
    """Replace hidden tokens by their names, and user and password in addresses by `***`."""
    shown = _exchange(manifest, hidden) if hidden else manifest
    return _rewrite(shown, mask_user_info)


def restore_tokens(
    manifest: StatusManifest | None, names: Mapping[str, str]
) -> StatusManifest | None:
    """Return the manifest of an earlier run with the real tokens.

    Args:
        manifest: of that run; None when there was none.
        names: of all shares of the settings: a page may name today what was hidden then.
    """
    if manifest is None or not names:
        return manifest
    return _exchange(manifest, {name: share for share, name in names.items()})


def _exchange(manifest: StatusManifest, names: Mapping[str, str]) -> StatusManifest:
    changed = _rewrite(manifest, _make_exchange(names))
    tokens = {new: split_share_id(old).token for old, new in names.items()}
    shares = (
        replace(share, name=split_share_id(share.id).token)
        if share.name == tokens.get(share.id)
        else share
        for share in changed.shares
    )
    return replace(changed, shares=tuple(sorted(shares, key=lambda share: share.id)))


def _make_exchange(names: Mapping[str, str]) -> Callable[[str], str]:
    """Return a function that replaces share ids and link paths; a mere word is unchanged."""
    by_token = {split_share_id(old).token: split_share_id(new).token for old, new in names.items()}
    ids = re.compile(rf"(?<![\w.\-])({'|'.join(map(re.escape, names))})(?![\w\-])")
    tokens = "|".join(map(re.escape, by_token))
    paths = re.compile(rf"(?:(?<=/s/)|(?<=/public\.php/dav/files/))({tokens})(?![\w\-])")

    def exchange(text: str) -> str:
        text = ids.sub(lambda found: names[found[1]], text)
        return paths.sub(lambda found: by_token[found[1]], text)

    return exchange


def _rewrite(manifest: StatusManifest, change: Callable[[str], str]) -> StatusManifest:
    """Return the manifest with each text changed; keys stay."""

    def walk(value: object) -> object:
        if isinstance(value, str):
            return change(value)
        if isinstance(value, list):
            return [walk(item) for item in value]
        if isinstance(value, dict):
            return {key: walk(item) for key, item in value.items()}
        return value

    return decode(msgspec.json.encode(walk(msgspec.json.decode(encode(manifest)))))
