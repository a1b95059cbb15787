"""Checks across settings: settings that contradict each other, or need one that is missing."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Collection, Iterator
from typing import Any, TypeAlias

from syncer.config import settings as records
from syncer.config.problems import Problems
from syncer.config.schedule import find_problems
from syncer.config.settings import NextcloudSettings, Settings

_Contradiction: TypeAlias = tuple[str, tuple[str, ...], str]
"""The key of a table, the names in it that it is about, and what to do."""


def check_together(settings: Settings, finding_codes: Collection[str], problems: Problems) -> None:
    """Report settings that do not fit together.

    `settings` has placeholders for values that are wrong by themselves, which `problems` knows.
    Without `finding_codes` the codes of waivers are not checked.
    """
    for number, pin in enumerate(settings.pin):
        if (pin.path is None) == (pin.file_id is None):
            problems.add_together(
                f"pin[{number}]", ("path", "file_id"), "give either path or file_id."
            )
    for number, cloud in enumerate(settings.nextcloud):
        for contradiction in _check_cloud(cloud, f"nextcloud[{number}]"):
            problems.add_together(*contradiction)
    _check_hosts(settings, problems)
    template = settings.handbook.source_url
    if template is not None and "{page}" not in template:
        problems.add("handbook.source_url", "needs {page} (and may have {line}) in it.")
    for prefix, target in settings.links.remap.items():
        if target.endswith("//") and not prefix.endswith("//"):
            problems.add(f"links.remap.{prefix}", "the address to ask instead names no host.")
    _check_waivers(settings, finding_codes, problems)
    for contradiction in (
        *_check_publish(settings.publish),
        *_check_mail(settings.notify.mail, problems),
        *_check_notices(settings.notify),
        *_check_single_sources(settings),
    ):
        problems.add_together(*contradiction)
    for name, text in find_problems(settings.schedule.cron, settings.schedule.timezone):
        problems.add(f"schedule.{name}", text)


def _check_cloud(cloud: NextcloudSettings, key: str) -> Iterator[_Contradiction]:
    for token, source in cloud.shares.items():
        if (source.password_file is None) == (source.password_env is None):
            pair = ("password_file", "password_env")
            yield f"{key}.shares.{token}", pair, "give either password_file or password_env."
    names = ("user", "app_password_file", "app_password_env")
    sources = (cloud.app_password_file, cloud.app_password_env)
    if cloud.user is None and sources != (None, None):
        yield key, names, "an app password needs a user."
    if cloud.user is not None and sources.count(None) != 1:
        yield key, names, "a user needs either app_password_file or app_password_env."


def _check_hosts(settings: Settings, problems: Problems) -> None:
    seen: set[str] = set()
    for number, cloud in enumerate(settings.nextcloud):
        key, host = f"nextcloud[{number}].host", cloud.host.lower()
        if host in seen and not problems.is_wrong(key):
            problems.add(key, f"the host {host} is there more than once; give it one table.")
        seen.add(host)


def _check_waivers(settings: Settings, codes: Collection[str], problems: Problems) -> None:
    for number, waiver in enumerate(settings.waive):
        key = f"waive[{number}].code"
        if codes and waiver.code not in codes and not problems.is_wrong(key):
            near = difflib.get_close_matches(waiver.code, codes, n=1)
            hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(codes)}."
            problems.add(key, f'no finding has the code "{waiver.code}"; {hint}')


def _check_publish(publish: records.PublishSettings) -> Iterator[_Contradiction]:
    by_link = publish.link_file is not None or publish.link_env is not None
    account = (publish.base_url, publish.user)
    names = ("link_file", "link_env", "base_url", "user")
    if by_link and account != (None, None):
        yield "publish", names, "give either a link or base_url and user, not both."
    if not by_link and publish != records.PublishSettings() and None in account:
        yield "publish", names, "needs link_file (or link_env), or both base_url and user."
    if publish.user is not None and not (publish.password_file or publish.password_env):
        pair = ("password_file", "password_env")
        yield "publish", pair, "an account needs password_file or password_env."


def _check_mail(mail: records.MailSettings, problems: Problems) -> Iterator[_Contradiction]:
    needed = {"to": mail.to, "sender": mail.sender, "host": mail.host}
    lacking = [
        name
        for name, value in needed.items()
        if not value and not problems.is_wrong(f"notify.mail.{name}")
    ]
    is_used = mail != records.MailSettings() or len(lacking) < len(needed)
    if is_used and lacking:
        yield "notify.mail", (), f"needs {', '.join(lacking)} too."
    if (mail.user is None) != (mail.password_file is None and mail.password_env is None):
        names = ("user", "password_file", "password_env")
        text = "user and a password (password_file or password_env) go together."
        yield "notify.mail", names, text


def _check_notices(notify: records.NotifySettings) -> Iterator[_Contradiction]:
    webhook = notify.webhook
    signed = webhook.secret_file is not None or webhook.secret_env is not None
    if signed != (webhook.shape == "talk"):
        names = ("shape", "secret_file", "secret_env")
        text = 'shape = "talk" and a secret (secret_file or secret_env) go together.'
        yield "notify.webhook", names, text
    if notify.ping_url is not None and notify.ping != records.PingSettings():
        yield "notify.ping", (), "the address is in ping_url too; give it once."


def _check_single_sources(settings: Settings) -> Iterator[_Contradiction]:
    """Yield each secret that has both a file and a variable."""
    sections: dict[str, Any] = {
        "publish": settings.publish,
        "notify.mail": settings.notify.mail,
        "notify.ping": settings.notify.ping,
        "notify.webhook": settings.notify.webhook,
    }
    for key, section in sections.items():
        for item in dataclasses.fields(section):
            secret, _, kind = item.name.rpartition("_")
            in_file = kind == "file" and getattr(section, item.name) is not None
            if in_file and getattr(section, f"{secret}_env", None) is not None:
                yield key, (), f"give either {secret}_file or {secret}_env."
