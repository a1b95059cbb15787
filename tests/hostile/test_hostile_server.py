"""No answer of any server makes the audit say "gone" when it could only not look.

Each bad answer is given twice: for the share's root, and for one folder of a healthy share.
"""

from __future__ import annotations

import contextlib
import gzip
import os
import resource
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import trustme

from syncer.model.shares import Share, ShareStatus
from syncer.net.deadlines import Patience
from syncer.nextcloud import tree as tree_module
from syncer.nextcloud.share_reader import HostSettings, ShareTarget, confirm_places, read_shares
from syncer.store.database import open_database
from syncer.store.share_memory import ShareStore
from syncer.surroundings import Surroundings

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
PATIENCE = Patience(connect_s=0.5, read_s=1.0, answer_s=1.2)
# For the answers that only time ends; all others end by themselves, however busy the machine is.
LITTLE_PATIENCE = Patience(connect_s=0.5, read_s=0.1, answer_s=0.15)
# Root: one whole tree and three tries of one folder, each at most `answer_s`, and the status. That
# is 6 s; a busy machine may take twice as long.
LONGEST_S = 12.0
MOST_MEMORY_KB = 100_000

ROOT = "/public.php/webdav/"
STATUS = b'{"installed":true,"maintenance":false,"versionstring":"27.0.2"}'
OPEN = (
    '<?xml version="1.0"?>\n<d:multistatus xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"'
    ' xmlns:nc="http://nextcloud.org/ns">'
)
CLOSE = "</d:multistatus>"
OK = "<d:status>HTTP/1.1 200 OK</d:status>"
FOLDER_TYPE = "<d:resourcetype><d:collection/></d:resourcetype>"
FILE_TYPE = "<d:resourcetype/>"

Script: TypeAlias = bytes | Callable[[socket.socket, str], None]


def entry(href: str, kind: str = FILE_TYPE, more: str = "") -> str:
    """Write one response."""
    props = f"{kind}<d:getetag>&quot;e&quot;</d:getetag><oc:size>7</oc:size>{more}"
    return (
        f"<d:response><d:href>{href}</d:href><d:propstat><d:prop>{props}</d:prop>{OK}"
        "</d:propstat></d:response>"
    )


def listing(*entries: str) -> str:
    """Write a multistatus of the folder HERE, which is replaced by the one asked for."""
    return OPEN + entry("HERE", FOLDER_TYPE) + "".join(entries) + CLOSE


def http(
    body: str | bytes, status: str = "207 Multi-Status", *headers: str, length: int | None = None
) -> bytes:
    """Write an answer with a true length, or the one given."""
    raw = body.encode() if isinstance(body, str) else body
    lines = [
        f"HTTP/1.1 {status}",
        "Content-Type: application/xml; charset=utf-8",
        f"Content-Length: {len(raw) if length is None else length}",
        *headers,
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + raw


def chunked(*pieces: bytes) -> bytes:
    """Write an answer whose pieces stand as given."""
    head = b"HTTP/1.1 207 Multi-Status\r\nContent-Type: application/xml\r\n"
    return head + b"Transfer-Encoding: chunked\r\n\r\n" + b"".join(pieces)


def hang_up(connection: socket.socket) -> None:
    """Close a connection at once; `close` alone waits for whoever still reads requests from it."""
    os.close(connection.detach())


def cut_after(raw: bytes) -> Script:
    """Send so much and hang up."""

    def send(connection: socket.socket, _: str) -> None:
        connection.sendall(raw)
        hang_up(connection)

    return send


def reset_after(raw: bytes) -> Script:
    """Send so much and reset the connection."""

    def send(connection: socket.socket, _: str) -> None:
        connection.sendall(raw)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        hang_up(connection)

    return send


def drip(head: bytes, drop: bytes, pause_s: float = 0.02) -> Script:
    """Send a beginning, and then a drop again and again, for ever."""

    def send(connection: socket.socket, here: str) -> None:
        connection.sendall(head.replace(b"HERE", here.encode()))
        while True:
            connection.sendall(drop)
            time.sleep(pause_s)

    return send


def flood(head: bytes, wave: bytes) -> Script:
    """Send a beginning, and then as much as will be taken."""
    return drip(head, wave, pause_s=0)


def silent_after(raw: bytes) -> Script:
    """Send so much, say nothing more, and keep the connection."""

    def send(connection: socket.socket, _: str) -> None:
        connection.sendall(raw)
        connection.recv(1)

    return send


ENDLESS = b"HTTP/1.1 207 Multi-Status\r\nContent-Type: application/xml\r\n\r\n"
SABRE = (
    '<?xml version="1.0"?><d:error xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns">'
    "<s:exception>{}</s:exception><s:message>{}</s:message></d:error>"
)
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {new} "{f"&{old};" * 10}">'
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
CASES: dict[str, Script] = {
    "html with 200": http("<!DOCTYPE html><html><body>Vent</body></html>", "200 OK"),
    "html with 207": http("<!DOCTYPE html><html><body>Vent</body></html>"),
    "html without doctype": http("<html><body>Vent</body></html>"),
    "json with 207": http('{"ocs": {}}'),
    "plain text with 207": http("Vent venligst"),
    "empty 207": http(""),
    "blank 207": http("  \n "),
    "204": http("", "204 No Content"),
    "200 with a true listing": http(listing(entry("HEREa.txt")), "200 OK"),
    "206": http(listing(), "206 Partial Content"),
    "multistatus of nothing": http(OPEN + CLOSE),
    "an error document with 207": http(SABRE.format("Sabre\\DAV\\Exception", "nej")),
    # So legacy Nextcloud 33.0.7 answers for a path that is gone (server issue 63415).
    "a multistatus that turns into an error": http(
        OPEN + SABRE.format("Sabre\\DAV\\Exception\\NotFound", "File not found")
    ),
    "not the folder itself": http(OPEN + entry("HEREa.txt") + CLOSE),
    "another folder": http(OPEN + entry("/public.php/andet/", FOLDER_TYPE) + CLOSE),
    "a foreign href": http(listing(entry("/remote.php/webdav/a.txt"))),
    "the folder above": http(listing(entry("/public.php/", FOLDER_TYPE))),
    "a name that only begins alike": http(listing(entry("/public.php/webdavx/a.txt"))),
    "an absolute URL": http(listing(entry("http://ond.example/public.php/webdav/a.txt"))),
    "a URL without scheme": http(listing(entry("//ond.example/public.php/webdav/a.txt"))),
    "a relative href": http(listing(entry("a.txt"))),
    "an empty href": http(listing(entry(""))),
    "no href": http(OPEN + "<d:response/>" + CLOSE),
    "two hrefs": http(listing(entry("HEREa.txt</d:href><d:href>HEREb.txt"))),
    "itself twice": http(listing(entry("HERE", FOLDER_TYPE))),
    "itself as its child": http(listing(entry("HERE./", FOLDER_TYPE))),
    "dots": http(listing(entry("HERE../a.txt"))),
    "encoded dots": http(listing(entry("HERE%2e%2e/a.txt"))),
    "an encoded slash": http(listing(entry("HEREa%2Fb.txt"))),
    "an empty part": http(listing(entry("HERE/a.txt"))),
    "deeper than asked": http(listing(entry("HEREintet/dyb/a.txt"))),
    "NUL": http(listing(entry("HEREa%00.txt"))),
    "control characters": http(listing(entry("HEREa%0a%1b.txt"))),
    "a raw control character": http(listing(entry("HEREa\x01.txt"))),
    "a NUL byte": http(listing(entry("HEREa\x00.txt"))),
    "invalid UTF-8 in the body": http(listing(entry("HEREa.txt")).encode() + b"\xff"),
    "invalid UTF-8 in a name": http(
        listing(entry("HERE\udcff.txt")).encode(errors="surrogateescape")
    ),
    "invalid UTF-8 in an escape": http(listing(entry("HEREa%ff.txt"))),
    "a broken escape": http(listing(entry("HEREa%zz.txt"))),
    "half an escape": http(listing(entry("HEREa%2"))),
    "UTF-16": http(listing().encode("utf-16")),
    "a duplicate": http(listing(entry("HEREa.txt"), entry("HEREa.txt"))),
    "a folder that is a file": http(listing(entry("HEREa/"))),
    "no resourcetype": http(listing(entry("HEREa", ""))),
    "resourcetype under 404": http(
        listing(entry("HEREa").replace("200 OK", "404 Not Found")),
    ),
    "a child that was refused": http(
        listing(
            "<d:response><d:href>HEREa/</d:href>"
            "<d:status>HTTP/1.1 403 Forbidden</d:status></d:response>"
        )
    ),
    "itself refused": http(
        OPEN + "<d:response><d:href>HERE</d:href>"
        "<d:status>HTTP/1.1 403 Forbidden</d:status></d:response>" + CLOSE
    ),
    "a response inside a response": http(
        OPEN + f"<d:response><d:href>HERE</d:href>{entry('HEREa.txt')}</d:response>" + CLOSE
    ),
    "two roots": http(listing() + listing()[22:]),
    "words after the end": http(listing() + "og mere"),
    "a name of 10 MB": http(listing(entry("HERE" + "a" * 10_000_000))),
    "a value of 10 MB": http(listing(entry("HEREa", more=f"<d:x>{'a' * 10_000_000}</d:x>"))),
    "an attribute of 10 MB": http(listing(entry("HEREa", more=f'<d:x a="{"a" * 10_000_000}"/>'))),
    "deep nesting": http(listing("<d:x>" * 100_000 + "</d:x>" * 100_000)),
    "a million siblings in one entry": http(listing(entry("HEREa", more="<d:x/>" * 1_000_000))),
    "an entity bomb": http(BOMB + OPEN[22:] + entry("HERE&i;", FOLDER_TYPE) + CLOSE),
    "an outer entity": http(
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        + OPEN[22:] + entry("HERE&a;") + CLOSE
    ),
    "a DOCTYPE": http("<!DOCTYPE d>" + listing()[22:]),
    "an unknown entity": http(listing(entry("HEREa&nbsp;b"))),
    "a gzip bomb": http(gzip.compress(b" " * 300_000_000, 1), "207 X", "Content-Encoding: gzip"),
    "gzip that is none": http(listing(), "207 X", "Content-Encoding: gzip"),
    "deflate": http(listing(), "207 X", "Content-Encoding: deflate"),
    "a dripping body": drip(ENDLESS, b" "),
    "dripping entries": drip(
        ENDLESS + (OPEN + entry("HERE", FOLDER_TYPE)).encode(), entry("HEREa").encode()
    ),
    "dripping headers": drip(b"HTTP/1.1 207 Multi-Status\r\n", b"X-A: b\r\n"),
    "a dripping header": drip(b"HTTP/1.1 207 Multi-Status\r\nX-A: ", b"a"),
    "a dripping status line": drip(b"HTT", b"P"),
    "a flood of blanks": flood(ENDLESS, b" " * 65_536),
    "a flood of comments": flood(ENDLESS + OPEN.encode(), b"<!--" + b"a" * 60_000 + b"-->"),
    "a flood of 100": flood(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1_000),
    "a flood of 102": flood(b"", b"HTTP/1.1 102 Processing\r\n\r\n" * 1_000),
    "a flood of headers": flood(b"HTTP/1.1 207 Multi-Status\r\n", b"X-A: b\r\n" * 1_000),
    "one endless header": flood(b"HTTP/1.1 207 Multi-Status\r\nX-A: ", b"a" * 65_536),
    "silence": silent_after(b""),
    "silence after the headers": silent_after(ENDLESS),
    "hanging up at once": cut_after(b""),
    "hanging up in the headers": cut_after(b"HTTP/1.1 207 Multi-Status\r\nContent-"),
    "hanging up in the body": cut_after(http(listing()[:200], length=5_000)),
    "hanging up without a length": cut_after(ENDLESS + listing()[:200].encode()),
    "a reset in the body": reset_after(http(listing()[:200], length=5_000)),
    "a length too long": cut_after(http(listing(), length=100_000)),
    "a length too short": http(listing(entry("HEREa.txt")), length=150),
    "a length that is none": http(listing()).replace(b"Length: ", b"Length: mange"),
    "a negative length": cut_after(http(listing(), length=-5)),
    "no HTTP": b"SSH-2.0-OpenSSH_9.2\r\n",
    "HTTP of the future": b"HTTP/9.9 207 Multi-Status\r\n\r\n",
    "a status that is none": b"HTTP/1.1 abc Fint\r\n\r\n",
    "chunks of no size": cut_after(chunked(b"zz\r\n", listing().encode(), b"\r\n0\r\n\r\n")),
    "a chunk too long": cut_after(chunked(b"ffff\r\n", listing().encode())),
    "a chunk too short": cut_after(chunked(b"5\r\n", listing().encode(), b"\r\n0\r\n\r\n")),
    "a negative chunk": cut_after(chunked(b"-5\r\n", listing().encode(), b"\r\n0\r\n\r\n")),
    "no last chunk": cut_after(chunked(b"96\r\n", listing().encode()[:150], b"\r\n")),
    "301 elsewhere": http("", "301 Moved", "Location: http://ond.example/"),
    "302 without a place": http("", "302 Found"),
    "302 to itself": http("", "302 Found", "Location: /public.php/webdav/"),
    "302 to a login page": http("<html></html>", "302 Found", "Location: /login"),
    "307 with an endless body": flood(
        b"HTTP/1.1 307 X\r\nLocation: http://ond.example/\r\n\r\n", b"a" * 65_536
    ),
    "400 with an endless body": flood(b"HTTP/1.1 400 X\r\n\r\n", b"a" * 65_536),
    "400": http(SABRE.format("OC\\Untrusted", "domain"), "400 Bad Request"),
    "401 of a proxy": http("<html>Log ind</html>", "401 Unauthorized"),
    "403": http(SABRE.format("Sabre\\DAV\\Exception\\Forbidden", ""), "403 Forbidden"),
    "404 of a proxy": http("<html>Findes ikke</html>", "404 Not Found"),
    "405 of a proxy": http("", "405 Method Not Allowed"),
    "410": http("", "410 Gone"),
    "412": http("", "412 Precondition Failed"),
    "423": http("", "423 Locked"),
    "429": http("", "429 Too Many Requests"),
    "429 with a wish": http("", "429 Too Many Requests", "Retry-After: 86400"),
    "500": http("<html>Fejl</html>", "500 Internal Server Error"),
    "501": http("", "501 Not Implemented"),
    "502": http("", "502 Bad Gateway"),
    "503": http("", "503 Service Unavailable"),
    "503 in maintenance": http("", "503 X", "X-Nextcloud-Maintenance-Mode: 1", "Retry-After: 120"),
    "503 with nonsense to wait": http("", "503 X", "Retry-After: i morgen"),
    "504": http("", "504 Gateway Timeout"),
    "507": http("", "507 Insufficient Storage"),
    "599": http("", "599 Ukendt"),
    "an error document with a bomb": http(BOMB + "<d>&i;</d>", "500 X"),
}  # fmt: skip


ENDED_BY_TIME = frozenset(
    name for name in CASES if "drip" in name or "silence" in name or name == "a length that is none"
)


def play(script: Script, here: str, connection: socket.socket) -> None:
    """Give the bad answer."""
    if callable(script):
        script(connection, here)
        return
    head, gap, body = script.partition(b"\r\n\r\n")
    filled = body.replace(b"HERE", here.encode())
    declared = f"Content-Length: {len(body)}".encode()
    head = head.replace(declared, f"Content-Length: {len(filled)}".encode())
    with contextlib.suppress(OSError):
        connection.sendall(head + gap + filled)


def read_targets(
    targets: Sequence[ShareTarget], patience: Patience | None = None
) -> tuple[Share, ...]:
    """Read shares as a first run does; without patience of its own, that for real servers."""
    return read_shares(
        targets,
        memory=None,
        full=False,
        around=Surroundings(now=lambda: NOW, sleep=lambda _: None),
        patience=patience,
    )


def read(server: Any, patience: Patience = PATIENCE) -> Share:
    """Read the one share of a server, and ask again for a place that it does not have."""
    scheme = server.base_url.partition(":")[0]
    target = ShareTarget(
        f"{server.host}/T",
        "T",
        HostSettings(server.host, f"{scheme}://{server.host}", may_be_private=True),
    )
    (share,) = read_targets([target], patience)
    (share,) = confirm_places(
        [share],
        [(share.id, "Mappe"), (share.id, "a.txt"), (share.id, "Syg/a.txt")],
        targets=[target],
        looked_at=NOW,
        around=Surroundings(now=lambda: NOW, sleep=lambda _: None),
        patience=patience,
    )
    return share


def choose_patience(name: str) -> Patience:
    """Return how long to wait for a bad answer."""
    return LITTLE_PATIENCE if name in ENDED_BY_TIME else PATIENCE


@pytest.fixture
def bounded() -> Iterator[None]:
    """Hold a test to its time and its memory."""
    started = time.monotonic()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert time.monotonic() - started < LONGEST_S
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MOST_MEMORY_KB


def deny_nothing(share: Share) -> None:
    """Check that nothing may be called absent on the strength of this share."""
    assert not share.listed
    assert share.status is not ShareStatus.GONE
    assert not share.gone_places


@pytest.mark.parametrize("name", CASES)
def test_a_bad_answer_for_the_root(name: str, serve: Callable[..., Any], bounded: None) -> None:
    """The share is unreadable or incomplete, with a reason, and nothing in it is denied."""

    def answer(asked: Any, connection: socket.socket) -> None:
        if asked.path == "/status.php":
            connection.sendall(http(STATUS, "200 OK"))
        else:
            play(CASES[name], asked.path, connection)

    share = read(serve(answer), choose_patience(name))
    deny_nothing(share)
    assert share.reason is not None or (share.tree is not None and share.tree.unread)


OF_THE_SERVER = {"429", "429 with a wish", "503 in maintenance"}


@pytest.mark.parametrize("name", CASES)
def test_a_bad_answer_for_one_folder(name: str, serve: Callable[..., Any], bounded: None) -> None:
    """That folder alone is unread, with a reason; its healthy sister is listed."""
    root = OPEN + entry(ROOT, FOLDER_TYPE) + entry(ROOT + "Syg/", FOLDER_TYPE)
    root += entry(ROOT + "Rask/", FOLDER_TYPE) + CLOSE
    healthy = OPEN + entry(ROOT + "Rask/", FOLDER_TYPE) + entry(ROOT + "Rask/b.txt") + CLOSE

    def answer(asked: Any, connection: socket.socket) -> None:
        if asked.path in ("/status.php", "/s/T"):
            connection.sendall(http(STATUS, "200 OK"))
        elif asked.depth == "infinity":
            connection.sendall(http("", "412 Precondition Failed"))
        elif asked.path == ROOT and asked.depth == "0":
            connection.sendall(http(OPEN + entry(ROOT, FOLDER_TYPE) + CLOSE))
        elif asked.path == ROOT:
            connection.sendall(http(root))
        elif asked.path == ROOT + "Rask/":
            connection.sendall(http(healthy))
        else:
            play(CASES[name], asked.path, connection)

    share = read(serve(answer), choose_patience(name))
    deny_nothing(share)
    assert share.tree is not None
    # After an error of the whole server nobody can ask whether the rest has changed meanwhile.
    unread = {each.path.split("/")[0] for each in share.tree.unread}
    assert unread == {"Syg"} | ({""} if name in OF_THE_SERVER else set())
    assert "Rask/b.txt" in {file.path for file in share.tree.files}


def test_truncation_at_every_tenth_byte(serve: Callable[..., Any]) -> None:
    """A listing that ends early, in an answer that is complete, is none."""
    whole = listing(entry("HEREa.txt"), entry("HEREMappe/", FOLDER_TYPE)).replace("HERE", ROOT)
    raw = whole.encode()
    end = [0]

    def answer(asked: Any, connection: socket.socket) -> None:
        status = asked.path == "/status.php"
        connection.sendall(http(STATUS, "200 OK") if status else http(raw[: end[0]]))

    server = serve(answer)
    for end[0] in range(0, len(raw), 10):
        deny_nothing(read(server))


@pytest.mark.parametrize("trusted", [False, True])
def test_a_certificate_that_nobody_vouches_for(
    trusted: bool, serve: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is refused, without a second try; the settings' own authority makes it good."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    monkeypatch.delenv("REQUESTS_CA_BUNDLE", raising=False)
    ca_file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    empty = OPEN + entry(ROOT, FOLDER_TYPE) + CLOSE

    def answer(asked: Any, connection: socket.socket) -> None:
        status = asked.path == "/status.php"
        connection.sendall(http(STATUS, "200 OK") if status else http(empty))

    server = serve(answer, context)
    settings = HostSettings(
        server.host, server.base_url, ca_file=ca_file if trusted else None, may_be_private=True
    )
    (share,) = read_shares(
        [ShareTarget(f"{server.host}/T", "T", settings)],
        memory=None,
        full=False,
        around=Surroundings(
            now=lambda: NOW, sleep=lambda _: pytest.fail("a TLS failure is not tried again")
        ),
        patience=PATIENCE,
    )
    if trusted:
        assert share.status is ShareStatus.OK
    else:
        deny_nothing(share)
        assert share.reason is not None
        assert share.reason.code == "server-tls-failed"


@pytest.mark.parametrize("hangs", [True, False])
def test_a_server_that_hangs_is_not_waited_for_by_every_share(
    hangs: bool, serve: Callable[..., Any]
) -> None:
    """When its status is not answered either; shares that are slow by themselves are all asked.

    Of each of those it costs one question more, whether the server still answers.
    """

    def answer(asked: Any, connection: socket.socket) -> None:
        if asked.path == "/status.php" and not hangs:
            connection.sendall(http(STATUS, "200 OK"))
        else:
            connection.recv(1)

    server = serve(answer)
    settings = HostSettings(server.host, server.base_url, may_be_private=True)
    shares = read_targets(
        [ShareTarget(f"{server.host}/{token}", token, settings) for token in "AB"],
        Patience(connect_s=0.5, read_s=0.3, answer_s=3.0),
    )
    assert {share.reason.code for share in shares if share.reason} == {"server-timeout"}
    assert [share.requests for share in shares] == ([6, 0] if hangs else [4, 4])


def test_a_server_that_begins_to_hang_is_asked_for_its_status_once_more(
    serve: Callable[..., Any],
) -> None:
    """That it answered before the first share does not tell how it is at the third."""
    hangs = threading.Event()

    def answer(asked: Any, connection: socket.socket) -> None:
        if hangs.is_set():
            connection.recv(1)
        elif asked.path == "/status.php":
            connection.sendall(http(STATUS, "200 OK"))
        else:
            if asked.method == "PROPFIND":
                hangs.set()
            connection.sendall(http(OPEN + entry(ROOT, FOLDER_TYPE) + entry(ROOT + "a") + CLOSE))

    server = serve(answer)
    settings = HostSettings(server.host, server.base_url, may_be_private=True)
    shares = read_targets(
        [ShareTarget(f"{server.host}/{token}", token, settings) for token in "ABCD"],
        Patience(connect_s=0.5, read_s=0.3, answer_s=3.0),
    )
    assert shares[0].status is ShareStatus.OK
    assert {share.reason.code for share in shares[1:] if share.reason} == {"server-timeout"}
    # The third share bears what asking for the status cost.
    assert [share.requests for share in shares] == [3, 3, 3, 0]


def test_a_known_server_that_hangs_is_asked_for_its_status_too(
    serve: Callable[..., Any], tmp_path: Path
) -> None:
    """Its version is remembered and not asked for, until a share is not answered."""
    hangs = threading.Event()

    def answer(asked: Any, connection: socket.socket) -> None:
        if hangs.is_set():
            connection.recv(1)
        elif asked.path == "/status.php":
            connection.sendall(http(STATUS, "200 OK"))
        else:
            connection.sendall(http(OPEN + entry(ROOT, FOLDER_TYPE) + entry(ROOT + "a") + CLOSE))

    server = serve(answer)
    settings = HostSettings(server.host, server.base_url, may_be_private=True)
    database = open_database(tmp_path)

    def read_all() -> list[int]:
        shares = read_shares(
            [ShareTarget(f"{server.host}/{token}", token, settings) for token in "ABC"],
            memory=ShareStore(database),
            full=False,
            around=Surroundings(now=lambda: NOW, sleep=lambda _: None),
            patience=LITTLE_PATIENCE if hangs.is_set() else PATIENCE,
        )
        return [share.requests for share in shares]

    assert read_all() == [3, 2, 2]
    hangs.set()
    # The second share bears what asking for the status cost.
    assert read_all() == [3, 3, 0]
    database.close()


class _CutOnce(ssl.SSLContext):
    """Takes the first connection's greeting and hangs up, as a server that is being restarted."""

    cuts = 0

    def wrap_socket(self, sock: socket.socket, *args: Any, **kwargs: Any) -> ssl.SSLSocket:
        """Hang up, or do as usual."""
        self.cuts += 1
        if self.cuts == 1:
            sock.recv(65_536)
            hang_up(sock)
            raise OSError("cut")
        return super().wrap_socket(sock, *args, **kwargs)


def test_a_handshake_that_is_cut_says_nothing_of_certificates(
    serve: Callable[..., Any], tmp_path: Path
) -> None:
    """It is a connection that broke: tried again, and the host is not left alone for it."""
    authority = trustme.CA()
    context = _CutOnce(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))

    def answer(asked: Any, connection: socket.socket) -> None:
        status = asked.path == "/status.php"
        body = OPEN + entry(ROOT, FOLDER_TYPE) + entry(ROOT + "a.txt") + CLOSE
        connection.sendall(http(STATUS, "200 OK") if status else http(body))

    server = serve(answer, context)
    settings = HostSettings(
        server.host, server.base_url, ca_file=tmp_path / "ca.pem", may_be_private=True
    )
    slept: list[float] = []
    (share,) = read_shares(
        [ShareTarget(f"{server.host}/T", "T", settings)],
        memory=None,
        full=False,
        around=Surroundings(now=lambda: NOW, sleep=slept.append),
        patience=PATIENCE,
    )
    assert (share.status, share.listed, len(slept)) == (ShareStatus.OK, True, 1)


def test_two_nextclouds_in_folders_of_one_host(serve: Callable[..., Any]) -> None:
    """Each share is asked for where its link leads: the other knows nothing of it."""
    trees = ("/en/public.php/dav/files/A/", "/to/public.php/dav/files/B/")

    def answer(asked: Any, connection: socket.socket) -> None:
        if asked.path.endswith("/status.php"):
            connection.sendall(http(STATUS.replace(b"27.0.2", b"31.0.4"), "200 OK"))
        elif asked.path in trees:
            root = entry(asked.path, FOLDER_TYPE) + entry(asked.path + "a.txt")
            connection.sendall(http(OPEN + root + CLOSE))
        elif asked.method == "PROPFIND":
            refusal = SABRE.format("x", "Sabre\\DAV\\Exception\\NotFound: ")
            connection.sendall(http(refusal, "503 X"))
        else:
            connection.sendall(http("", "404 Not Found"))

    server = serve(answer)
    shares = read_shares(
        [
            ShareTarget(
                f"{server.host}/{token}",
                token,
                HostSettings(server.host, server.base_url + folder, may_be_private=True),
            )
            for token, folder in (("A", "/en"), ("B", "/to"))
        ],
        memory=None,
        full=False,
        around=Surroundings(now=lambda: NOW, sleep=lambda _: None),
        patience=PATIENCE,
    )
    assert [(share.status, share.listed) for share in shares] == [(ShareStatus.OK, True)] * 2


@pytest.mark.parametrize("upgraded", [True, False])
def test_an_endpoint_that_shows_itself_instead_of_the_share(
    upgraded: bool, serve: Callable[..., Any], tmp_path: Path
) -> None:
    """Newer servers in a folder of their host do so on the old endpoint: it is no empty share.

    One that was upgraded since is asked through the new endpoint in the same run.
    """
    old, new = "/sky/public.php/webdav/", "/sky/public.php/dav/files/T/"
    folder = "<d:response><d:href>{}</d:href><d:propstat><d:prop>" + FOLDER_TYPE
    folder += "</d:prop>" + OK + "</d:propstat></d:response>"
    version = ["27.0.2"]

    def answer(asked: Any, connection: socket.socket) -> None:
        if asked.path == "/sky/status.php":
            body = STATUS.replace(b"27.0.2", version[0].encode())
            connection.sendall(http(body, "200 OK"))
        elif asked.path == new:
            connection.sendall(http(OPEN + entry(new, FOLDER_TYPE) + entry(new + "a") + CLOSE))
        elif version[0] == "27.0.2" and upgraded:
            connection.sendall(http(OPEN + entry(old, FOLDER_TYPE) + entry(old + "a") + CLOSE))
        else:
            within = asked.path == old and asked.depth != "0"
            below = [f"{old}{name}/" for name in ("files", "uploads") if within]
            shown = "".join(folder.format(href) for href in (asked.path, *below))
            connection.sendall(http(OPEN + shown + CLOSE))

    server = serve(answer)
    settings = HostSettings(server.host, f"{server.base_url}/sky", may_be_private=True)
    database = open_database(tmp_path)

    def read_once() -> Share:
        (share,) = read_shares(
            [ShareTarget(f"{server.host}/T", "T", settings)],
            memory=ShareStore(database),
            full=False,
            around=Surroundings(now=lambda: NOW, sleep=lambda _: None),
            patience=PATIENCE,
        )
        return share

    share = read_once()
    if upgraded:
        version[0] = "31.0.4"
        share = read_once()
        assert (share.endpoint, share.listed) == ("new", True)
    else:
        deny_nothing(share)
        assert share.status is ShareStatus.UNREADABLE
    database.close()


def test_two_names_of_one_server_are_read_one_after_the_other(serve: Callable[..., Any]) -> None:
    """No server is asked for more at a time than its settings allow."""
    busy = threading.Semaphore(1)
    overlaps: list[str] = []

    def answer(asked: Any, connection: socket.socket) -> None:
        if not busy.acquire(blocking=False):
            overlaps.append(asked.path)
            busy.acquire()
        time.sleep(0.02)
        busy.release()
        status = asked.path == "/status.php"
        connection.sendall(http(STATUS, "200 OK") if status else http("", "403 Forbidden"))

    server = serve(answer)
    shares = read_shares(
        [
            ShareTarget(
                f"{host}/{token}",
                token,
                HostSettings(host, server.base_url, workers=1, may_be_private=True),
            )
            for host in ("gammel.example", "ny.example")
            for token in "ABC"
        ],
        memory=None,
        full=False,
        around=Surroundings(now=lambda: NOW, sleep=lambda _: None),
        patience=PATIENCE,
    )
    assert len(shares) == 6
    assert overlaps == []


def test_tls_that_is_none(serve: Callable[..., Any]) -> None:
    """A server that speaks plain HTTP where TLS is due is unreadable."""
    server = serve(lambda _asked, connection: connection.sendall(http(listing())))
    settings = HostSettings(server.host, f"https://{server.host}", may_be_private=True)
    (share,) = read_targets([ShareTarget(f"{server.host}/T", "T", settings)], PATIENCE)
    deny_nothing(share)


def test_folders_without_end(serve: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that shows itself inside itself, again and again, ends at the limit of depth."""
    monkeypatch.setattr("syncer.nextcloud.walk.MAX_DEPTH", 20)

    def answer(asked: Any, connection: socket.socket) -> None:
        if asked.path in ("/status.php", "/s/T"):
            connection.sendall(http(STATUS, "200 OK"))
        elif asked.depth == "0":
            connection.sendall(http(OPEN + entry(ROOT, FOLDER_TYPE) + CLOSE))
        elif asked.depth == "infinity":
            connection.sendall(http("", "403 Forbidden"))
        else:
            body = listing(entry("HEREMappe/", FOLDER_TYPE)).replace("HERE", asked.path)
            connection.sendall(http(body))

    server = serve(answer)
    share = read(server)
    deny_nothing(share)
    assert share.tree is not None
    assert [unread.reason.code for unread in share.tree.unread] == ["folder-too-deep"]
    assert len(server.asked) < 30


def test_folders_that_multiply(serve: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders that each hold two like themselves end at the limit of entries."""
    monkeypatch.setattr(tree_module, "MAX_ENTRIES", 300)

    def answer(asked: Any, connection: socket.socket) -> None:
        if asked.path in ("/status.php", "/s/T"):
            connection.sendall(http(STATUS, "200 OK"))
        elif asked.depth == "infinity":
            connection.sendall(http("", "403 Forbidden"))
        else:
            twice = entry("HEREa/", FOLDER_TYPE) + entry("HEREb/", FOLDER_TYPE)
            connection.sendall(http(listing(twice).replace("HERE", asked.path)))

    server = serve(answer)
    share = read(server)
    deny_nothing(share)
    assert len(server.asked) < 400


def test_a_whole_tree_without_end(
    serve: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A whole tree that goes on for ever ends at the limit of entries, and the walk goes on."""
    monkeypatch.setattr(tree_module, "MAX_ENTRIES", 1_000)
    count = iter(range(10**9))

    def answer(asked: Any, connection: socket.socket) -> None:
        if asked.path in ("/status.php", "/s/T"):
            connection.sendall(http(STATUS, "200 OK"))
        elif asked.depth == "infinity":
            connection.sendall(ENDLESS + (OPEN + entry(ROOT, FOLDER_TYPE)).encode())
            with contextlib.suppress(OSError):
                while True:
                    connection.sendall(entry(f"{ROOT}{next(count)}.txt").encode())
        else:
            connection.sendall(http("", "403 Forbidden"))

    deny_nothing(read(serve(answer)))


def test_a_stop_is_honoured_while_a_server_is_silent(serve: Callable[..., Any]) -> None:
    """A run that is told to stop does not wait for the answer."""
    stop = threading.Event()

    def answer(_asked: Any, _connection: socket.socket) -> None:
        stop.set()

    server = serve(answer)
    started = time.monotonic()
    (share,) = read_shares(
        [
            ShareTarget(
                f"{server.host}/T",
                "T",
                HostSettings(server.host, server.base_url, may_be_private=True),
            )
        ],
        memory=None,
        full=False,
        around=Surroundings(now=lambda: NOW, sleep=lambda _: None, stop=stop),
    )
    assert time.monotonic() - started < 10
    assert share.reason is not None
    assert share.reason.code == "run-stopped"
    deny_nothing(share)
