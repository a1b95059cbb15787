"""What follows a nightly: its reports are uploaded, and people and machines are told of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog

from syncer.audit.codes import add_why, make_finding
from syncer.config import Secrets, Settings
from syncer.delivery.mail import MailServer, build_mail, send_mail
from syncer.delivery.news import News, find_news
from syncer.delivery.ping import ping_end, ping_start
from syncer.delivery.upload import choose_target, publish
from syncer.delivery.webhook import Webhook, send_message
from syncer.errors import ExitCode, StoreError
from syncer.manifest.document import StatusManifest
from syncer.model.findings import Finding
from syncer.model.reason import Reason
from syncer.nightly.earlier_runs import NEWEST, NEWEST_COMPLETE
from syncer.nightly.session import Session, find_output_folder
from syncer.report.notice import Notice, phrase_notice
from syncer.store.notices import Sent, load_notices, save_notices
from syncer.surroundings import Surroundings

_MAIL, _WEBHOOK = "mail", "webhook"
_WEEK_DAYS = 7


@dataclass(frozen=True, slots=True)
class Delivery:
    """One nightly's way out. Nothing of it fails the run; an offline run delivers nothing."""

    session: Session
    around: Surroundings
    offline: bool = False

    def ping_start(self) -> None:
        """Say that the run begins, to who watches."""
        url = self.session.secrets.ping_url
        if url is not None and not self.offline:
            ping_start(url, sleep=self.around.sleep, stop=self.around.stop)

    def ping_end(self, code: ExitCode) -> None:
        """Say how the run ended, to who watches."""
        url = self.session.secrets.ping_url
        if url is not None and not self.offline:
            ping_end(url, code, sleep=self.around.sleep, stop=self.around.stop)

    def publish(self, written: Sequence[Path]) -> Finding | None:
        """Upload what a run has written, and return the finding that it failed, None when not.

        The dated copies stay here, and so does the last complete manifest.
        """
        target = choose_target(self._settings.publish, self.session.secrets)
        if target is None or self.offline:
            return None
        if isinstance(target, Reason):
            return _tell_failure("publish", target)
        reason = publish(
            target,
            _read_files(find_output_folder(self.session), written),
            sleep=self.around.sleep,
            stop=self.around.stop,
        )
        if reason is None:
            structlog.get_logger("syncer").info("published", target=target.name)
            return None
        return _tell_failure(target.name, reason)

    def tell(self, manifest: StatusManifest, newest: StatusManifest | None) -> None:
        """Tell by mail and webhook what has changed since the run before (`newest`).

        What could not be handed in is owed, and told by the next run.
        """
        if self.offline or not (self._settings.notify.mail.to or self.session.secrets.webhook_url):
            return
        news = find_news(manifest, newest)
        notice = phrase_notice(
            manifest,
            lang=self.session.lang,
            new={finding.id for finding in news.new},
            fixed={one.id for one in news.fixed},
        )
        notices = load_notices(self.session.state_folder)
        channels = {
            _MAIL: self._mail(notices.of(_MAIL), manifest, news, notice),
            _WEBHOOK: self._post(notices.of(_WEBHOOK), manifest, news, notice),
        }
        try:
            save_notices(self.session.state_folder, replace(notices, channels=channels))
        except StoreError as error:
            structlog.get_logger("syncer").warning("notices-not-remembered", text=str(error))

    @property
    def _settings(self) -> Settings:
        return self.session.loaded.settings

    def _mail(self, sent: Sent, manifest: StatusManifest, news: News, notice: Notice) -> Sent:
        settings = self._settings.notify.mail
        weekly = settings.weekly and self._is_a_week_ago(sent.at, manifest.run.finished_at)
        due = news.worth_telling or sent.owed or weekly
        server = choose_mail_server(self._settings, self.session.secrets)
        if settings.sender is None or server is None or not due:
            return sent
        if self.around.stop.is_set():
            return replace(sent, owed=True)
        mail = build_mail(
            manifest,
            notice,
            lang=self.session.lang,
            sender=settings.sender,
            to=settings.to,
            report_url=self._settings.notify.report_url,
            now=self.around.now(),
        )
        went_out = send_mail(mail, server, sleep=self.around.sleep, stop=self.around.stop)
        return self._remember(sent, manifest, went_out=went_out)

    def _post(self, sent: Sent, manifest: StatusManifest, news: News, notice: Notice) -> Sent:
        url = self.session.secrets.webhook_url
        if url is None or not (news.worth_telling or sent.owed):
            return sent
        if self.around.stop.is_set():
            return replace(sent, owed=True)
        webhook = Webhook(
            url, self._settings.notify.webhook.shape, self.session.secrets.webhook_secret
        )
        went_out = send_message(
            webhook,
            manifest,
            news,
            notice,
            report_url=self._settings.notify.report_url,
            sleep=self.around.sleep,
            stop=self.around.stop,
        )
        return self._remember(sent, manifest, went_out=went_out)

    def _is_a_week_ago(self, at: datetime | None, now: datetime) -> bool:
        """Count days, not hours: the night's minutes vary, and a week must not become eight."""
        zone = ZoneInfo(self._settings.schedule.timezone)
        if at is None:
            return True
        return (now.astimezone(zone).date() - at.astimezone(zone).date()).days >= _WEEK_DAYS

    @staticmethod
    def _remember(sent: Sent, manifest: StatusManifest, *, went_out: bool) -> Sent:
        return Sent(at=manifest.run.finished_at) if went_out else replace(sent, owed=True)


def choose_mail_server(settings: Settings, secrets: Secrets) -> MailServer | None:
    """Return where mail is handed in; None when nobody is told by mail."""
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


def _read_files(folder: Path, written: Sequence[Path]) -> list[tuple[str, bytes]]:
    """Return the newest reports and the manifest, which comes last as it was written."""
    return [
        (path.name, path.read_bytes())
        for path in sorted(written, key=lambda path: path.name == NEWEST)
        if path.parent == folder and path.name != NEWEST_COMPLETE
    ]


def _tell_failure(target: str, reason: Reason) -> Finding:
    structlog.get_logger("syncer").warning(
        "publish-failed", target=target, reason=reason.code, args=dict(reason.args)
    )
    return make_finding("publish-failed", target, (target,), add_why({}, reason))
