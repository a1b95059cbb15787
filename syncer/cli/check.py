"""`check-config`: print the settings and their origins; with `--deep` try what they name."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from syncer.cli.runs import wait_for
from syncer.config.toml_text import list_settings
from syncer.delivery.trial import Trial, try_mail, try_upload
from syncer.delivery.upload import PublishTarget, choose_target
from syncer.errors import ConfigError, ExitCode, HandbookError, StoreError, most_serious
from syncer.handbook.source.checkout import is_git_url
from syncer.handbook.source.read import expand_home
from syncer.model.reason import Reason
from syncer.model.shares import Share, ShareKind, ShareStatus
from syncer.nightly.deliver import choose_mail_server
from syncer.nightly.session import (
    Session,
    find_output_folder,
    find_service_state,
    open_session,
)
from syncer.pipeline.handbook import load_handbook
from syncer.pipeline.job import Job, Memory
from syncer.pipeline.labels import label_shares
from syncer.pipeline.options import AuditOptions, ConfigChoice
from syncer.pipeline.shares import find_shares, look_at_shares
from syncer.pipeline.tokens import find_hidden, list_words
from syncer.pipeline.unused_settings import find_expired, find_unused
from syncer.redact import make_printable
from syncer.report.words import Lang, words_of
from syncer.store.document_copy import open_copy
from syncer.store.files import write_atomically
from syncer.surroundings import Surroundings, find_day

_PROBE = ".syncer-check"


def check_settings(
    config: ConfigChoice,
    *,
    deep: bool,
    everything: bool,
    lang: str | None,
    stop: threading.Event,
) -> int:
    """Print the settings in force, secrets hidden; with `deep` try what they name.

    With `everything` the defaults are printed too. Whatever is no setting is a comment, so that
    stdout can be read again as a settings file. `stop` ends what other threads do. Returns the
    exit code.
    """
    # The frame is English, as all of the program's own messages are.
    session = open_session(config, lang=lang or Lang.EN, verbosity=0)
    loaded, around = session.loaded, Surroundings(stop=stop, sleep=wait_for(stop))
    _print(f"# settings: {loaded.sources.file or 'built-in defaults, no file'}")
    for line in list_settings(loaded, everything=everything):
        _print(line)
    if not everything:
        _print("# everything else is the default: --all prints it")
    _print(f"# state folder: {_name_state_folder(session)}")
    _print(f"# output folder: {find_output_folder(session)}")
    today = find_day(around.now(), loaded.settings.schedule.timezone)
    _warn(session, find_expired(loaded.settings, today))
    problems = tuple(_find_problems(session))
    for problem in problems:
        _print(f"syncer: {problem}", err=True)
    code = most_serious(
        ExitCode.USAGE if problems else ExitCode.OK,
        try_settings(session, around) if deep else ExitCode.OK,
    )
    if code is ExitCode.OK and deep:
        _report("All is well with the settings. What is gone or closed is a finding of a run.")
    elif code is ExitCode.OK:
        _report("All is well. `--deep` tries the hosts, shares, upload and mail server too.")
    return int(code)


def _name_state_folder(session: Session) -> str:
    """Return the state folder, and that of the service whose settings these are."""
    service = find_service_state(session.loaded)
    if service is None or session.state_folder == service:
        return str(session.state_folder)
    return f"{service} for syncer@{service.name}.service, {session.state_folder} for this user"


def _find_problems(session: Session) -> Iterator[str]:
    """Yield what is wrong with the folders that the settings name, without writing anything."""
    source = session.loaded.settings.handbook.source
    # A Path raises for want of rights.
    if not is_git_url(source) and not os.path.exists(expand_home(source)):  # noqa: PTH110
        yield f"handbook.source: there is no folder or file {source} that this user can see."
    folder = find_output_folder(session)
    above = next(one for one in (folder, *folder.parents) if os.path.lexists(one))
    if not os.path.isdir(above):  # noqa: PTH112 - likewise
        yield f"output.folder: {folder} cannot be made: {above} is no folder."
    elif not os.access(above, os.W_OK | os.X_OK):
        yield f"output.folder: {folder} cannot be written by this user: {above} is not writable."


def _print(line: str, *, err: bool = False) -> None:
    click.echo(make_printable(line), err=err)


def _report(line: str) -> None:
    """Print a result as a comment of TOML."""
    _print(f"# {line}")


def try_settings(session: Session, around: Surroundings) -> ExitCode:
    """Try each folder, the handbook, each share and each delivery once.

    Prints the results on stdout, and the settings without effect on stderr.
    """
    return most_serious(
        _try_folder("state folder", session.state_folder),
        _try_folder("output folder", find_output_folder(session)),
        _try_copy(session.loaded.settings.documents.copy),
        _try_handbook(session, around),
        *_try_deliveries(session, around),
    )


def _try_handbook(session: Session, around: Surroundings) -> ExitCode:
    settings, words = session.loaded.settings, words_of(session.lang)
    job = Job(settings, AuditOptions(), session.secrets, Memory(), around)
    try:
        handbook = load_handbook(job)
    except HandbookError as error:
        _report(f"handbook: {error}")
        return ExitCode.USAGE
    _report(f"handbook: ok, {len(handbook.audited)} pages, {len(handbook.rows)} rows")
    for page in handbook.unreadable:
        unread = {**page.reason.args, "page": page.path, "why": page.reason.code}
        _report(f"  {words.reason('page-not-read', unread)}")
    hidden = find_hidden(handbook.handbook, settings)
    for word in list_words(hidden):
        session.redactor.add(word)
    _warn(session, find_unused(handbook, settings, hidden))
    shares = label_shares(look_at_shares(job, handbook), handbook.links, handbook.rows)
    codes = [ExitCode.INCOMPLETE if handbook.unreadable else ExitCode.OK]
    for share_id in find_shares(handbook, settings, rows_only=False):
        share = shares[share_id]
        why = f": {words.reason(share.reason.code, share.reason.args)}" if share.reason else ""
        label = f" “{share.label}”" if share.label else ""
        shown = f"share {hidden.get(share_id, share_id)}{label}"
        _report(f"{shown}: {words.share_status(share.status)}{why}")
        for folder in () if share.tree is None else share.tree.unread:
            args = {**folder.reason.args, "path": folder.path, "why": folder.reason.code}
            _report(f"  {words.reason('folder-not-read', args)}")
        codes.append(_judge_share(share))
    return most_serious(*codes)


def _judge_share(share: Share) -> ExitCode:
    """Return the exit code for a share: a refused login must be corrected in the settings."""
    wrong = share.reason is not None and share.reason.code == "share-password-wrong"
    if share.status is ShareStatus.NEEDS_PASSWORD and (wrong or share.kind is ShareKind.ACCOUNT):
        return ExitCode.USAGE
    return ExitCode.OK if share.conclusive else ExitCode.INCOMPLETE


def _try_deliveries(session: Session, around: Surroundings) -> Iterator[ExitCode]:
    """Try the upload and the mail server; a ping or webhook cannot be tried without sending."""
    settings, secrets = session.loaded.settings, session.secrets
    match choose_target(settings, secrets):
        case PublishTarget() as target:
            yield _print_trial(session, f"upload to {target.name}", try_upload(target, around))
        case Reason() as unclear:
            yield _print_trial(session, "upload", Trial(ExitCode.USAGE, unclear))
    server = choose_mail_server(settings, secrets)
    if server is not None:
        yield _print_trial(session, f"mail server {server.host}", try_mail(server))
    for name, url in (("ping", secrets.ping_url), ("webhook", secrets.webhook_url)):
        if url is not None:
            _print_trial(session, name, Trial(ExitCode.INCOMPLETE, Reason("notice-not-tried")))


def _print_trial(session: Session, name: str, trial: Trial) -> ExitCode:
    results = [f"{step} ok" for step in trial.passed]
    if trial.code is ExitCode.OK and not results:
        results = ["ok"]
    if trial.reason is not None:
        reason = words_of(session.lang).reason(trial.reason.code, trial.reason.args)
        results.append(reason if trial.failed is None else f"{trial.failed}: {reason}")
    _report(f"{name}: {', '.join(results)}")
    return trial.code


def _warn(session: Session, found: Iterable[tuple[str, Reason]]) -> None:
    """Print on stderr which settings have no effect, each with its place."""
    words, sources = words_of(session.lang), session.loaded.sources
    for key, reason in sorted(found, key=lambda one: sources.line_of(one[0]) or 0):
        text = words.reason(reason.code, reason.args)
        _print(f"syncer: {sources.locate(key)}: {text}", err=True)


def _try_copy(folder: Path | None) -> ExitCode:
    """Try the folder of the copy of documents; one with somebody else's files is not touched."""
    if folder is None:
        return ExitCode.OK
    try:
        with open_copy(folder, writes=False):
            pass
    except (ConfigError, StoreError) as error:
        _report(str(error))
        return ExitCode.USAGE
    return _try_folder("copy of documents", folder)


def _try_folder(name: str, folder: Path) -> ExitCode:
    probe = folder / _PROBE
    try:
        write_atomically(probe, b"")
        probe.unlink()
    except StoreError as error:
        _report(f"{name}: {error}")
        return ExitCode.USAGE
    _report(f"{name}: ok, {folder}")
    return ExitCode.OK
