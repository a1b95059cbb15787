"""After a nightly: upload its reports, and notify people and monitors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog

from syncer.audit.codes import add_why, make_finding
from syncer.config import Secrets, Settings
from syncer.delivery.mail import MailServer, build_mail, send_mail, visit_server
from syncer.delivery.ping import ping_end, ping_start
from syncer.delivery.upload import choose_target, publish
from syncer.delivery.webhook import Webhook, send_message
from syncer.errors import ExitCode, StoreError
from syncer.manifest.changes import compare
from syncer.manifest.document import StatusManifest
from syncer.manifest.news import News, find_news
from syncer.model.findings import Finding
from syncer.model.reason import Args, Reason
from syncer.nightly.earlier_runs import NEWEST, NEWEST_COMPLETE, read_last
from syncer.nightly.session import Session, find_output_folder
from syncer.report.notice import phrase_notice
from syncer.store.notices import Notices, Refusal, Sent, load_notices, save_notices
from syncer.surroundings import Surroundings

_MAIL, _WEBHOOK, _PING = "mail", "webhook", "ping"
_WEEK_DAYS = 7


@dataclass(frozen=True, slots=True)
class Delivery:
    """Delivers one nightly. A failure never fails the run; an offline run delivers nothing."""

    session: Session
    around: Surroundings
    offline: bool = False

    def ping_start(self) -> None:
        """Report to the monitor that the run begins."""
        url = self.session.secrets.ping_url
        if url is not None and not self.offline:
            ping_start(url, self.around)

    def ping_end(self, code: ExitCode, manifest: StatusManifest | None = None) -> None:
        """Report to the monitor how the run ended, and what of its result was not delivered."""
        url = self.session.secrets.ping_url
        if url is not None and not self.offline:
            refused = [channel for channel in find_refused(self.session) if channel != _PING]
            if manifest and any(one.code == "publish-failed" for one in manifest.findings):
                refused.append("upload")
            reason = ping_end(url, code, self.around, undelivered=refused)
            sent = load_notices(self.session.state_folder).of(_PING)
            self._remember({_PING: self._record(sent, self.around.now(), reason)})

    def list_failures(self) -> tuple[Finding, ...]:
        """Return a finding for each channel in use whose last notice was not accepted."""
        refused = {} if self.offline else find_refused(self.session)
        return tuple(
            make_finding("notice-failed", channel, (channel,), describe_refusal(channel, refusal))
            for channel, refusal in refused.items()
        )

    def publish(self, written: Sequence[Path]) -> Finding | None:
        """Upload the files of a run; return the finding of a failure, else None.

        The dated copies and the last complete manifest are not uploaded.
        """
        target = choose_target(self._settings, self.session.secrets)
        if target is None or self.offline:
            return None
        if isinstance(target, Reason):
            return _report_failure("publish", target)
        files = _read_files(find_output_folder(self.session), written)
        reason = publish(target, files, self.around)
        if reason is not None:
            return _report_failure(target.name, reason)
        structlog.get_logger("syncer").info("published", target=target.name)
        return None

    def notify(self, manifest: StatusManifest, newest: StatusManifest | None) -> None:
        """Send what has changed since the run before (`newest`) by mail and webhook.

        The next run sends again what could not be sent.
        """
        if self.offline or not (self._settings.notify.mail.to or self.session.secrets.webhook_url):
            return
        notices, now = load_notices(self.session.state_folder), manifest.run.finished_at
        mail, webhook = (_forget_future(notices.of(one), now) for one in (_MAIL, _WEBHOOK))
        self._remember(
            {
                _MAIL: self._mail(mail, *self._compare(mail, manifest, newest)),
                _WEBHOOK: self._post(webhook, *self._compare(webhook, manifest, newest)),
            }
        )

    def _compare(
        self, sent: Sent, manifest: StatusManifest, newest: StatusManifest | None
    ) -> tuple[StatusManifest, News]:
        """Return the run with its changes, and what of them is news for a channel.

        That is since the run before; where a notice is owed since the run that was last told, as
        far as it was kept.
        """
        if not sent.owed:
            return manifest, find_news(manifest, newest)
        if sent.at is None:
            return manifest, find_news(manifest, None)
        folder = find_output_folder(self.session)
        told = read_last(folder, until=sent.at)
        complete = read_last(folder, until=sent.at, complete=True)
        if told is None or complete is None:
            return manifest, find_news(manifest, newest)
        since = replace(manifest, changes=compare(manifest, complete))
        return since, find_news(since, told)

    def _remember(self, channels: Mapping[str, Sent]) -> None:
        folder = self.session.state_folder
        try:
            save_notices(folder, Notices(channels={**load_notices(folder).channels, **channels}))
        except StoreError as error:
            structlog.get_logger("syncer").warning("notices-not-remembered", text=str(error))

    @property
    def _settings(self) -> Settings:
        return self.session.loaded.settings

    def _mail(self, sent: Sent, manifest: StatusManifest, news: News) -> Sent:
        settings = self._settings.notify.mail
        weekly = settings.weekly and self._is_a_week_ago(sent.at, manifest.run.finished_at)
        tells = news.is_notable or sent.owed
        server = choose_mail_server(self._settings, self.session.secrets)
        if settings.sender is None or server is None:
            return sent
        if self.around.stop.is_set():
            return replace(sent, owed=sent.owed or tells or weekly)
        if not (tells or weekly):
            # A login that ended is found now, not when there is something to tell.
            reason = visit_server(server, self.around)
            if reason is not None and self.around.stop.is_set():
                return sent
            return replace(sent, refusal=_keep_refusal(sent, self.around.now(), reason))
        mail = build_mail(
            manifest,
            news,
            lang=self.session.lang,
            sender=settings.sender,
            to=settings.to,
            report_url=self._settings.notify.report_url,
            now=self.around.now(),
            weekly=not tells,
        )
        reason = send_mail(mail, server, self.around)
        return self._record(sent, manifest.run.finished_at, reason)

    def _post(self, sent: Sent, manifest: StatusManifest, news: News) -> Sent:
        settings, secrets = self._settings.notify, self.session.secrets
        if secrets.webhook_url is None or not (news.is_notable or sent.owed):
            return sent
        if self.around.stop.is_set():
            return replace(sent, owed=True)
        notice = phrase_notice(
            manifest,
            lang=self.session.lang,
            new={finding.id for finding in news.new},
            fixed={one.id for one in news.fixed},
        )
        webhook = Webhook(secrets.webhook_url, settings.webhook.shape, secrets.webhook_secret)
        reason = send_message(
            webhook, manifest, news, notice, self.around, report_url=settings.report_url
        )
        return self._record(sent, manifest.run.finished_at, reason)

    def _record(self, sent: Sent, now: datetime, reason: Reason | None) -> Sent:
        """Return the state of a channel after a try; `reason` is why it was not accepted.

        What a stop cut short is owed, and says nothing of the channel.
        """
        if reason is None:
            return Sent(at=now)
        if self.around.stop.is_set():
            return replace(sent, owed=True)
        return replace(sent, owed=True, refusal=_keep_refusal(sent, now, reason))

    def _is_a_week_ago(self, at: datetime | None, now: datetime) -> bool:
        """Compare days, not hours: the minute of the nightly varies."""
        zone = ZoneInfo(self._settings.schedule.timezone)
        if at is None:
            return True
        return (now.astimezone(zone).date() - at.astimezone(zone).date()).days >= _WEEK_DAYS


def choose_mail_server(settings: Settings, secrets: Secrets) -> MailServer | None:
    """Return the mail server; None when no mail is sent."""
    mail = settings.notify.mail
    if mail.host is None:
        return None
    return MailServer(
        host=mail.host,
        port=mail.port,
        security=mail.security,
        user=mail.user,
        password=secrets.mail_password,
        ca_file=mail.ca_file,
    )


def find_refused(session: Session) -> Mapping[str, Refusal]:
    """Return the channels in use whose last notice was not accepted, and why."""
    notify, notices = session.loaded.settings.notify, load_notices(session.state_folder)
    in_use = {
        _MAIL: notify.mail.to,
        _WEBHOOK: notify.webhook.url_file or notify.webhook.url_env,
        _PING: notify.ping_url or notify.ping.url_file or notify.ping.url_env,
    }
    refusals = {channel: notices.of(channel).refusal for channel, used in in_use.items() if used}
    return {channel: refusal for channel, refusal in refusals.items() if refusal is not None}


def describe_refusal(channel: str, refusal: Refusal) -> Args:
    """Return what a sentence about a channel needs: its name, since when it fails, and why."""
    about = {"channel": channel, "since": refusal.since.isoformat()}
    return add_why(about, Reason(refusal.code, refusal.args))


def _forget_future(sent: Sent, now: datetime) -> Sent:
    """Return the state of a channel; a time that is still to come is of a wrong clock."""
    return replace(sent, at=None) if sent.at is not None and sent.at > now else sent


def _keep_refusal(sent: Sent, now: datetime, reason: Reason | None) -> Refusal | None:
    """Return why a channel does not work, with the time since when; None: it works."""
    if reason is None:
        return None
    since = now if sent.refusal is None else min(now, sent.refusal.since)
    return Refusal(since=since, code=reason.code, args=reason.args)


def _read_files(folder: Path, written: Sequence[Path]) -> list[tuple[str, bytes]]:
    """Return the newest reports and the manifest, which comes last as it was written last."""
    return [
        (path.name, path.read_bytes())
        for path in sorted(written, key=lambda path: path.name == NEWEST)
        if path.parent == folder and path.name != NEWEST_COMPLETE
    ]


def _report_failure(target: str, reason: Reason) -> Finding:
    structlog.get_logger("syncer").warning(
        "publish-failed", target=target, reason=reason.code, args=dict(reason.args)
    )
    return make_finding("publish-failed", target, (target,), add_why({}, reason))
