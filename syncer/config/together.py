"""What no single value can tell: settings that contradict each other, or lack their other half."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Collection
from typing import Any

from syncer.config import settings as records
from syncer.config.problems import Problems
from syncer.config.settings import NextcloudSettings, Settings


def check_together(settings: Settings, finding_codes: Collection[str], problems: Problems) -> None:
    """Tell what does not go together.

    Args:
        settings: may hold stand-ins for what is wrong by itself.
        finding_codes: those that a waiver may name; () does not check them.
        problems: knows what is wrong by itself, and takes the rest.
    """
    for number, pin in enumerate(settings.pin):
        if (pin.path is None) == (pin.file_id is None):
            problems.add_together(
                f"pin[{number}]", ("path", "file_id"), "give either path or file_id."
            )
    for number, cloud in enumerate(settings.nextcloud):
        _check_cloud(cloud, f"nextcloud[{number}]", problems)
    _check_hosts(settings, problems)
    template = settings.handbook.source_url
    if template is not None and "{page}" not in template:
        problems.add("handbook.source_url", "needs {page} (and may have {line}) in it.")
    for prefix, target in settings.links.remap.items():
        if target.endswith("//") and not prefix.endswith("//"):
            key = f"links.remap.{prefix}"
            problems.add(key, "the address to ask instead names no host.")
    _check_waivers(settings, finding_codes, problems)
    _check_publish(settings.publish, problems)
    _check_mail(settings.notify.mail, problems)
    _check_webhook(settings.notify.webhook, problems)
    _check_single_sources(settings, problems)
    _check_schedule(settings.schedule, problems)


def _check_cloud(cloud: NextcloudSettings, key: str, problems: Problems) -> None:
    for token, source in cloud.shares.items():
        if (source.password_file is None) == (source.password_env is None):
            problems.add_together(
                f"{key}.shares.{token}",
                ("password_file", "password_env"),
                "give either password_file or password_env.",
            )
    names = ("user", "app_password_file", "app_password_env")
    sources = (cloud.app_password_file, cloud.app_password_env)
    if cloud.user is None and sources != (None, None):
        problems.add_together(key, names, "an app password needs a user.")
    if cloud.user is not None and sources.count(None) != 1:
        problems.add_together(
            key, names, "a user needs either app_password_file or app_password_env."
        )


def _check_hosts(settings: Settings, problems: Problems) -> None:
    seen: set[str] = set()
    for number, cloud in enumerate(settings.nextcloud):
        key, host = f"nextcloud[{number}].host", cloud.host.lower()
        if host in seen and not problems.is_wrong(key):
            problems.add(key, f"the host {host} stands there more than once; give it one table.")
        seen.add(host)


def _check_waivers(settings: Settings, codes: Collection[str], problems: Problems) -> None:
    for number, waiver in enumerate(settings.waive):
        key = f"waive[{number}].code"
        if codes and waiver.code not in codes and not problems.is_wrong(key):
            near = difflib.get_close_matches(waiver.code, codes, n=1)
            hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(codes)}."
            problems.add(key, f'no finding has the code "{waiver.code}"; {hint}')


def _check_publish(publish: records.PublishSettings, problems: Problems) -> None:
    """Check that an upload has all that it needs."""
    by_link = publish.link_file is not None or publish.link_env is not None
    account = (publish.base_url, publish.user)
    names = ("link_file", "link_env", "base_url", "user")
    if by_link and account != (None, None):
        problems.add_together(
            "publish", names, "give either a link or base_url and user, not both."
        )
    if not by_link and publish != records.PublishSettings() and None in account:
        problems.add_together(
            "publish", names, "needs link_file (or link_env), or both base_url and user."
        )
    if publish.user is not None and not (publish.password_file or publish.password_env):
        problems.add_together(
            "publish",
            ("password_file", "password_env"),
            "an account needs password_file or password_env.",
        )


def _check_mail(mail: records.MailSettings, problems: Problems) -> None:
    needed = {"to": mail.to, "sender": mail.sender, "host": mail.host}
    lacking = [
        name
        for name, value in needed.items()
        if not value and not problems.is_wrong(f"notify.mail.{name}")
    ]
    is_used = mail != records.MailSettings() or len(lacking) < len(needed)
    if is_used and lacking:
        problems.add_together("notify.mail", (), f"needs {', '.join(lacking)} too.")
    if (mail.user is None) != (mail.password_file is None and mail.password_env is None):
        problems.add_together(
            "notify.mail",
            ("user", "password_file", "password_env"),
            "user and a password (password_file or password_env) go together.",
        )


def _check_webhook(webhook: records.WebhookSettings, problems: Problems) -> None:
    signed = webhook.secret_file is not None or webhook.secret_env is not None
    if signed != (webhook.shape == "talk"):
        problems.add_together(
            "notify.webhook",
            ("shape", "secret_file", "secret_env"),
            'shape = "talk" and a secret (secret_file or secret_env) go together.',
        )


def _check_single_sources(settings: Settings, problems: Problems) -> None:
    notify = settings.notify
    if notify.ping_url is not None and notify.ping != records.PingSettings():
        problems.add_together(
            "notify.ping", (), "the address stands in ping_url too; give it once."
        )
    sections: dict[str, Any] = {
        "publish": settings.publish,
        "notify.mail": notify.mail,
        "notify.ping": notify.ping,
        "notify.webhook": notify.webhook,
    }
    for key, section in sections.items():
        for item in dataclasses.fields(section):
            secret, _, kind = item.name.rpartition("_")
            in_file = kind == "file" and getattr(section, item.name) is not None
            if in_file and getattr(section, f"{secret}_env", None) is not None:
                problems.add_together(key, (), f"give either {secret}_file or {secret}_env.")


def _check_schedule(schedule: records.ScheduleSettings, problems: Problems) -> None:
    if schedule == records.ScheduleSettings():
        return  # spares the import on the way to every other command
    from syncer.config.schedule import find_problems

    for name, text in find_problems(schedule.cron, schedule.timezone):
        problems.add(f"schedule.{name}", text)
