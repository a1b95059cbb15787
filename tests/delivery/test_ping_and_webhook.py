"""Ping and webhook on a local server: what they send, and that nothing of theirs fails a run."""

from __future__ import annotations

import hashlib
import hmac
import json
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import get_args

import pytest
import structlog
from structlog.testing import capture_logs

from syncer.delivery import retry
from syncer.delivery.ping import ping_end, ping_start
from syncer.delivery.webhook import MAX_FINDINGS, Shape, Webhook, build_message, send_message
from syncer.errors import ExitCode
from syncer.manifest.news import find_news
from syncer.net.deadlines import Patience
from syncer.net.post import NOTICE_PATIENCE
from syncer.report.notice import Notice, phrase_notice
from syncer.report.words import Lang
from syncer.surroundings import Surroundings
from tests.delivery.made_runs import NIGHT, make_finding, make_run
from tests.delivery.receivers import Listener, find_free_port

FIRST = make_run(make_finding("share-gone", "A"))
SECOND = make_run(
    make_finding("share-writable", "<!channel> @all *B*"),
    complete=FIRST,
    at=NIGHT + timedelta(days=1),
)
NEWS = find_news(SECOND, FIRST)
NOTICE = phrase_notice(
    SECOND,
    lang=Lang.DA,
    new={one.id for one in NEWS.new},
    fixed={one.id for one in NEWS.fixed},
)
QUICK = Patience(connect_s=0.3, read_s=0.3, answer_s=0.5)
NO_WAIT = Surroundings(sleep=lambda _: None)

Send = Callable[..., bool]


def ping(url: str, patience: Patience = QUICK, **more: object) -> bool:
    """Ping the end of a good run."""
    around = replace(NO_WAIT, **more)  # type: ignore[arg-type]
    return ping_end(url, ExitCode.OK, around, patience=patience) is None


def tell(url: str, patience: Patience = QUICK, **more: object) -> bool:
    """Post the changes as JSON."""
    around = replace(NO_WAIT, **more)  # type: ignore[arg-type]
    reason = send_message(
        Webhook(url), SECOND, NEWS, NOTICE, around, report_url=None, patience=patience
    )
    return reason is None


def ping_by(url: str, code: ExitCode) -> bool:
    """Ping the end of a run."""
    return ping_end(url, code, NO_WAIT) is None


def test_the_start_of_a_run_is_told(listener: Listener) -> None:
    """By `/start` behind the address."""
    assert ping_start(listener.url, NO_WAIT) is None
    assert [posted.path for posted in listener.posted] == ["/hooks/t0ken-s3cret/start"]


@pytest.mark.parametrize(
    ("code", "suffix"),
    [
        (ExitCode.OK, ""),
        (ExitCode.FINDINGS, ""),
        (ExitCode.USAGE, "/fail"),
        (ExitCode.INCOMPLETE, "/fail"),
        (ExitCode.BUG, "/fail"),
    ],
)
def test_the_end_of_a_run_is_told_with_its_code(
    listener: Listener, code: ExitCode, suffix: str
) -> None:
    """A success at the address itself, a failure by `/fail`."""
    assert ping_by(listener.url, code)
    (posted,) = listener.posted
    assert posted.path == f"/hooks/t0ken-s3cret{suffix}"
    assert posted.body == f"exit code {int(code)}".encode()


def test_a_query_stays_behind_the_word(listener: Listener) -> None:
    """Addresses by slug bear one (`?create=1`)."""
    assert ping_by(f"{listener.url}/?create=1", ExitCode.BUG)
    assert listener.posted[0].path == "/hooks/t0ken-s3cret/fail?create=1"


@pytest.mark.parametrize("send", [ping, tell])
def test_a_trouble_that_passes_is_tried_again(listener: Listener, send: Send) -> None:
    """Two times at most, with a wait before each."""
    listener.statuses = [503, 429, 200]
    naps: list[float] = []
    assert send(listener.url, sleep=naps.append)
    assert len(listener.posted) == 3
    assert 1 <= naps[0] <= 2 <= naps[1] <= 3


@pytest.mark.parametrize("send", [ping, tell])
@pytest.mark.parametrize(("status", "tries"), [(500, 3), (403, 1), (404, 1), (410, 1)])
def test_a_refusal_is_logged_without_the_address(
    listener: Listener, send: Send, status: int, tries: int
) -> None:
    """By its status; what will not change is not tried again."""
    listener.statuses = [status]
    with capture_logs() as logs:
        assert not send(listener.url)
    assert len(listener.posted) == tries
    (line,) = logs
    assert (line["event"], line["status"], line["log_level"]) == (
        "notice-failed",
        status,
        "warning",
    )
    assert "t0ken" not in str(logs)


@pytest.mark.parametrize("send", [ping, tell])
@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(listener: Listener, send: Send, status: int) -> None:
    """What is sent is for nobody else."""
    listener.statuses = [status]
    listener.headers = {"Location": "/elsewhere"}
    with capture_logs() as logs:
        assert not send(listener.url)
    assert len(listener.posted) == 1
    assert logs[0]["reason"] == "redirected"


@pytest.mark.parametrize("send", [ping, tell])
def test_who_is_silent_is_not_waited_for(listener: Listener, send: Send) -> None:
    """The answer is awaited for so long, three times."""
    listener.silent = True
    with capture_logs() as logs:
        assert not send(listener.url)
    assert logs[0]["reason"] == "timeout"


@pytest.mark.parametrize("send", [ping, tell])
def test_who_is_not_there_fails_nothing(send: Send) -> None:
    """A refused connection is one line in the log."""
    with capture_logs() as logs:
        assert not send(f"http://127.0.0.1:{find_free_port()}/t0ken")
    assert logs[0]["reason"] == "not-reached"
    assert "t0ken" not in str(logs)


@pytest.mark.parametrize("send", [ping, tell])
@pytest.mark.parametrize("url", ["http://a..b/t0ken", "http://[::/t0ken", "http://x:99999/t0ken"])
def test_an_impossible_address_fails_nothing(send: Send, url: str) -> None:
    """Whatever the libraries make of it."""
    with capture_logs() as logs:
        assert not send(url)
    assert logs[0]["event"] == "notice-failed"
    assert "t0ken" not in str(logs)


@pytest.mark.parametrize("send", [ping, tell])
def test_a_server_that_takes_nothing_in_is_not_waited_for(send: Send) -> None:
    """It accepts the connection and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        assert not send(f"http://127.0.0.1:{deaf.getsockname()[1]}/")


@pytest.mark.parametrize("send", [ping, tell])
def test_after_a_stop_the_try_ends_soon(send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that takes nothing in has some seconds, not those of another night."""
    monkeypatch.setattr(retry, "STOP_GRACE_S", 0.2)
    stop = threading.Event()
    stop.set()
    began_at = time.monotonic()
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}/"
        assert not send(url, stop=stop, patience=NOTICE_PATIENCE)
    assert time.monotonic() - began_at < 5


@pytest.mark.parametrize("send", [ping, tell])
def test_after_a_stop_there_is_one_try(listener: Listener, send: Send) -> None:
    """Who watches learns of the stop, but the process ends soon."""
    listener.statuses = [503]
    stop = threading.Event()
    stop.set()
    assert not send(listener.url, stop=stop)
    assert len(listener.posted) == 1


def body_of(shape: Shape, notice: Notice = NOTICE, report_url: str | None = None) -> dict[str, str]:
    """Return the message in a shape."""
    body, _ = build_message(Webhook("u", shape, "bot"), SECOND, NEWS, notice, report_url)
    decoded: dict[str, str] = json.loads(body)
    return decoded


def test_programs_get_codes() -> None:
    """The findings' own words of the manifest, and how many there are."""
    body = json.loads(build_message(Webhook("u"), SECOND, NEWS, NOTICE, "https://x.example")[0])
    assert [one["code"] for one in body["new"]] == ["share-writable"]
    assert [one["code"] for one in body["fixed"]] == ["share-gone"]
    assert (body["complete"], body["new_count"], body["fixed_count"]) == (True, 1, 1)
    assert body["report_url"] == "https://x.example"
    assert body["severities"] == SECOND.counts.severities


@pytest.mark.parametrize("shape", ["slack", "mattermost"])
def test_a_chat_gets_a_text(shape: Shape) -> None:
    """State first, one line for each change, the report's address last."""
    text = body_of(shape, report_url="https://boks.example.org/f/1")["text"]
    lines = text.split("\n")
    assert len(lines) == 4
    assert lines[-1] == "https://boks.example.org/f/1"
    assert all(line.startswith("• ") for line in lines[1:3])


def test_a_name_wakes_nobody() -> None:
    """What a file is called is no command of the chat, and no markup."""
    notice = Notice("Ny", ("<!channel> @all @channel *x* [a](http://b) &",))
    assert "<" not in body_of("slack", notice)["text"]
    for shape, key in (("mattermost", "text"), ("talk", "message")):
        text = body_of(shape, notice)[key]  # type: ignore[arg-type]
        assert "@all" not in text
        assert "@channel" not in text
        assert "\\*x\\*" in text
        assert "\\[a\\]" in text


def test_talk_knows_its_bot(listener: Listener) -> None:
    """The message is signed with a random word, a new one each time."""
    webhook = Webhook(listener.url, "talk", "bot-s3cret")
    for _ in range(2):
        assert (
            send_message(
                webhook,
                SECOND,
                NEWS,
                NOTICE,
                NO_WAIT,
                report_url=None,
            )
            is None
        )
    randoms = set()
    assert listener.posted
    for posted in listener.posted:
        random = posted.headers["X-Nextcloud-Talk-Bot-Random"]
        message = json.loads(posted.body)["message"]
        signed = hmac.new(b"bot-s3cret", (random + message).encode(), hashlib.sha256)
        assert posted.headers["X-Nextcloud-Talk-Bot-Signature"] == signed.hexdigest()
        assert posted.headers["OCS-APIRequest"] == "true"
        randoms.add(random)
    assert len(randoms) == 2
    assert all(len(random) == 64 for random in randoms)
    assert "s3cret" not in repr(webhook)


def test_a_message_has_a_size() -> None:
    """Thousands of changes with long names are cut, and counted, in every shape."""
    first = make_run()
    long_name = "Å" * 250
    many = [make_finding("share-gone", f"{number}{long_name}") for number in range(1500)]
    second = make_run(*many, complete=first, at=NIGHT + timedelta(days=1))
    news = find_news(second, first)
    new = {one.id for one in news.new}
    notice = phrase_notice(second, lang=Lang.DA, new=new, fixed=())
    for shape in get_args(Shape):
        body, _ = build_message(Webhook("u", shape, "bot"), second, news, notice, None)
        assert len(body) < 100_000, shape
    body, _ = build_message(Webhook("u", "json", "bot"), second, news, notice, None)
    assert (len(json.loads(body)["new"]), json.loads(body)["new_count"]) == (MAX_FINDINGS, 1500)


@pytest.fixture(autouse=True)
def _fresh_log() -> None:
    """Let the log be captured, whoever set it up before."""
    structlog.reset_defaults()
