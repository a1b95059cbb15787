"""Post the changes to a chat, or as JSON to any program."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, assert_never

import msgspec

from syncer.delivery.retry import find_patience, send_with_retries
from syncer.manifest.document import FindingRecord, FixedRecord, StatusManifest
from syncer.manifest.news import News
from syncer.model.reason import Reason
from syncer.net.deadlines import Patience
from syncer.net.post import NOTICE_PATIENCE, post
from syncer.report.notice import Notice
from syncer.surroundings import Surroundings

Shape = Literal["json", "slack", "mattermost", "talk"]

MAX_FINDINGS = 50
"""Limit on the new and on the fixed findings in a JSON message; `…_count` has the totals."""
# Talk takes 32,000 characters, Mattermost 16,383, and Slack cuts at 40,000.
_MAX_TEXT = 8_000
_ZERO_WIDTH_SPACE = "\u200b"


@dataclass(frozen=True, slots=True)
class Webhook:
    """The address of a webhook and, for a Talk bot, the secret that signs its messages."""

    url: str = field(repr=False)
    shape: Shape = "json"
    secret: str | None = field(default=None, repr=False)


def send_message(
    webhook: Webhook,
    manifest: StatusManifest,
    news: News,
    notice: Notice,
    around: Surroundings,
    *,
    report_url: str | None,
    patience: Patience = NOTICE_PATIENCE,
) -> Reason | None:
    """Post new and fixed findings in the webhook's shape; return why it was not accepted."""
    message, headers = build_message(webhook, manifest, news, notice, report_url)
    return send_with_retries(
        "webhook",
        lambda: post(
            webhook.url,
            message,
            content_type="application/json",
            headers=headers,
            patience=find_patience(patience, around),
        ),
        around,
    )


def build_message(
    webhook: Webhook,
    manifest: StatusManifest,
    news: News,
    notice: Notice,
    report_url: str | None,
) -> tuple[bytes, Mapping[str, str]]:
    """Return body and headers.

    Source: the incoming webhooks of Slack and of Mattermost, the bots of Nextcloud Talk (`message`
    is signed together with a random word, not the body).
    """
    match webhook.shape:
        case "json":
            return _encode(_list_changes(manifest, news, notice, report_url)), {}
        case "slack":
            return _encode({"text": _write_text(notice, report_url, _escape_for_slack)}), {}
        case "mattermost":
            return _encode({"text": _write_text(notice, report_url, _escape_markdown)}), {}
        case "talk":
            message = _write_text(notice, report_url, _escape_markdown)
            return _encode({"message": message}), _sign(message, webhook.secret or "")
        case _ as never:
            assert_never(never)


def _list_changes(
    manifest: StatusManifest, news: News, notice: Notice, report_url: str | None
) -> dict[str, Any]:
    return {
        "run": manifest.run.id,
        "finished_at": manifest.run.finished_at,
        "complete": manifest.run.complete,
        "headline": notice.headline,
        "report_url": report_url,
        "severities": manifest.counts.severities,
        "new_count": len(news.new),
        "new": [_list_finding(one) for one in news.new[:MAX_FINDINGS]],
        "fixed_count": len(news.fixed),
        "fixed": [_list_finding(one) for one in news.fixed[:MAX_FINDINGS]],
    }


def _list_finding(one: FindingRecord | FixedRecord) -> dict[str, Any]:
    return {
        "id": one.id,
        "code": one.code,
        "severity": one.severity,
        "owner": one.owner,
        "page": one.page,
        "line": one.line,
        "subject": one.subject,
    }


def _encode(message: dict[str, Any]) -> bytes:
    return msgspec.json.encode(message)


def _write_text(notice: Notice, report_url: str | None, escape: Callable[[str], str]) -> str:
    lines = [escape(notice.headline), *(f"• {escape(line)}" for line in notice.lines)]
    text = "\n".join(lines)[:_MAX_TEXT]
    return text if report_url is None else f"{text}\n{report_url}"


def _escape_for_slack(text: str) -> str:
    """Escape Slack's three control characters: `<!channel>` would notify all members."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _escape_markdown(text: str) -> str:
    """Escape Markdown; a zero-width space keeps `@all` from notifying all members."""
    for character in "\\`*_~[]<>#|":
        text = text.replace(character, f"\\{character}")
    return text.replace("@", f"@{_ZERO_WIDTH_SPACE}")


def _sign(message: str, secret: str) -> dict[str, str]:
    """Return the headers that authenticate a Talk bot; the random word prevents a replay."""
    random = secrets.token_hex(32)
    signed = hmac.new(secret.encode(), (random + message).encode(), hashlib.sha256)
    return {
        "OCS-APIRequest": "true",
        "Accept": "application/json",
        "X-Nextcloud-Talk-Bot-Random": random,
        "X-Nextcloud-Talk-Bot-Signature": signed.hexdigest(),
    }
