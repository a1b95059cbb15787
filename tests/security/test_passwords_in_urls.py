"""A password in an address, of the settings or of a page, is shown nowhere."""

from __future__ import annotations

import json
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from syncer.cli.params import FORMATS
from syncer.redact import MASK, blot_user_info, has_password, make_printable, mask_user_info
from tests.security.unpacked import read_unpacked

Syncer = Callable[..., "subprocess.CompletedProcess[str]"]

PASSWORD = "s3cr3t-i-adressen"


class _Site(BaseHTTPRequestHandler):
    """Answers 200 for `/her`, and 404 for everything else."""

    def do_GET(self) -> None:
        """Answer."""
        self.send_response(200 if self.path == "/her" else 404)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET  # noqa: N815 - the base's name

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def site() -> Iterator[str]:
    """Serve a site; return its host."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://user:pw@host/x", "https://***@host/x"),
        ("se http://token@host og http://a:b@c.", "se http://***@host og http://***@c."),
        ("//user:pw@host/x", "//***@host/x"),
        ("http:\\\\user:pw@host/x", "http:\\\\***@host/x"),
        ("https://user:p@ss@host/x", "https://***@host/x"),
        ("<https://u:pw x@host/>", "<https://***@host/>"),
        ("https://a user:pw@host/", "https://***@host/"),
        ("https://host/?u=https://u:pw@x", "https://host/?u=https://***@x"),
        ("https://host/?u=https%3A%2F%2Fu%3Ap%40w%40x", "https://host/?u=https%3A%2F%2F***%40x"),
        ("https%253a%252f%252fu%253apw%2540x", "https%253a%252f%252f***%2540x"),
        ("https://host siger nej til a@b.dk", "https://host siger nej til a@b.dk"),
        ("https://host/%2F%2Fa%2Fb%40c", "https://host/%2F%2Fa%2Fb%40c"),
        ("https:/u:pw@localhost/", "https:/***@localhost/"),
        ("/sftp:/u:pw@host/x og /sm b:/u:pw@host", "/sftp:/***@host/x og /sm b:/***@host"),
        ("/ /u:pw@host/x", "/ /***@host/x"),
        ("https://host:8443/a:b@c", "https://host:8443/a:b@c"),
        ("HTTPS:u:pw@10.0.0.1/", "HTTPS:***@10.0.0.1/"),
        ("https:///u:pw@10.0.0.1/", "https:///***@10.0.0.1/"),
        ("(//u:pw@e) og Nextcloud //u:pw@e", "(//***@e) og Nextcloud //***@e"),
        ("https://host/a//b@c", "https://host/a//b@c"),
        ("https: skriv til a@b.dk", "https: skriv til a@b.dk"),
        ("https://host/@user", "https://host/@user"),
        ("https://host/?to=a@b", "https://host/?to=a@b"),
        ("skriv til a@b.dk", "skriv til a@b.dk"),
        ("mailto:a@b.dk", "mailto:a@b.dk"),
        (f"https://{MASK}@host", f"https://{MASK}@host"),
        ("http://u&#58;pw@host/x", "http://***@host/x"),
        ("http://u&#x3A;pw&commat;host/x", "http://***&commat;host/x"),
        ("http:&#47;&sol;u:p&#119;@host/x", "http:&#47;&sol;***@host/x"),
        ("http://u\\:pw\\@host/x", "http://***@host/x"),
        ("http://u:p\\*w\\_\\!@host/x", "http://***@host/x"),
        ("http://u:p\n@host/x", "http://***@host/x"),
        ("http://u:1234\n  5678\n> @host/x", "http://***@host/x"),
        ("http://u:1&#10;2&NewLine;3&#xD;4@host/x", "http://***@host/x"),
        ("?u=https%3A//u%3Apw%40host", "?u=https%3A//***%40host"),
        ("?u=https%253A//u:pw@host", "?u=https%253A//***@host"),
        ("?u=https://u%3Apw%40host/x", "?u=https://***%40host/x"),
        ("?u=//u:pw%2540host", "?u=//***%2540host"),
        ("https://host/?to=a%40b&c=d", "https://host/?to=a%40b&c=d"),
        ("https%3A//host/?to=a%40b", "https%3A//host/?to=a%40b"),
        ("http://u\n:pw@host/x og http://v:pw", "http://***@host/x og http://***"),
        ("<http://u:pw>", "<http://***>"),
        ("http://host:8080, https://host:80", "http://host:8080, https://host:80"),
        ("http://HOST:PORT/x", "http://HOST:PORT/x"),
        ("http://host/?a=b&copy=c@d", "http://host/?a=b&copy=c@d"),
        ("se http://host/\nskriv til a@b.dk", "se http://host/\nskriv til a@b.dk"),
    ],
)
def test_user_and_password_are_masked(text: str, shown: str) -> None:
    """Whatever is between the slashes and the last @ of an address's host."""
    assert mask_user_info(text) == shown


@pytest.mark.parametrize(
    ("text", "blotted"),
    [
        ("[x](https://u:pw@host/) og", "[x](https://****@host/) og"),
        ("http://u:12\n> 34\r\n@host", "http://****\n****\r\n@host"),
        ("https://host:80/a@b", "https://host:80/a@b"),
    ],
)
def test_a_blotted_text_keeps_its_lines_and_its_length(text: str, blotted: str) -> None:
    """So that a part of it can be cut out, of which nobody sees that it was a password."""
    assert blot_user_info(text) == blotted


@pytest.mark.parametrize(
    ("url", "secret"),
    [
        ("https://u:pw@host/", True),
        ("https://token@host/", True),
        ("https://host/?password=x", True),
        ("https://host/?a=b&access_token=x", True),
        ("https://host/#session_id=x", True),
        ("https://host/?u=%3Fa%26api%2Dkey%3D", False),
        ("https://host/?u=%3Fapi-key%3Dx", True),
        ("https://host/?X-Amz-Signature=x", True),
        ("https://host/?page=2&sort=signature", False),
        ("https://host/password=x", False),
        ("https://host/?dir=/token&id=4", False),
    ],
)
def test_an_address_that_lets_in_whoever_has_it(url: str, secret: bool) -> None:
    """By a password before its host, or by a parameter that is named as one."""
    assert has_password(url) is secret


TYPED = f"user:{PASSWORD}@127.0.0.1"


@pytest.mark.parametrize(
    "words",
    [
        ("init", "handbook", "-o", "-", "--ask", TYPED),
        ("init", "handbook", "-o", f"{TYPED}/x"),
        ("init", TYPED, "-o", "-"),
        ("audit", TYPED),
        ("audit", f"{TYPED}:x.git"),
        ("audit", "handbook", TYPED),
        ("audit", "handbook", "--offline", "--page", TYPED),
        ("audit", "handbook", "--offline", "--baseline", TYPED),
        ("audit", "handbook", "--share-folder", TYPED),
        ("audit", "handbook", "--share-folder", f"T={TYPED}"),
        ("audit", "handbook", "--format", TYPED),
        ("audit", "handbook", "--format", f"json:{TYPED}/x"),
        ("audit", "handbook", "--only", TYPED),
        ("audit", "--config", TYPED),
        ("fix", "handbook", "--offline", "--only", TYPED),
        ("explain", TYPED, "--handbook", "handbook", "--offline"),
        ("report", TYPED),
        (TYPED,),
    ],
    ids=lambda words: " ".join(words).replace(TYPED, "TYPED"),
)
def test_a_password_on_the_command_line(
    syncer: Syncer, tmp_path: Path, words: tuple[str, ...]
) -> None:
    """A host with a password, as people copy it, is masked in the message that names it."""
    page = tmp_path / "cwd" / "handbook" / "README.md"
    page.parent.mkdir(parents=True)
    page.write_text("# A\n\n[x](https://127.0.0.1/s/AbCdEfGhIjKlMnO)\n", encoding="utf-8")
    done = syncer(*words)
    printed = done.stdout + done.stderr
    assert f"{MASK}@127.0.0.1" in printed
    assert PASSWORD not in printed


@pytest.mark.parametrize(
    "text",
    [
        "Kontakt mailto:a@b.dk",
        "https://host:8080/a@b",
        "git@host:x.git",
        "side.md:3: @a",
        "12:30 @a",
    ],
)
def test_what_only_looks_like_a_password_is_printed(text: str) -> None:
    """Addresses for mail, ports, repositories, places in a page."""
    assert make_printable(text) == text


def test_the_settings_are_printed_without_passwords(syncer: Syncer, tmp_path: Path) -> None:
    """In values, in keys, and in what is wrong with them."""
    settings = tmp_path / "settings.toml"
    address = f"http://user:{PASSWORD}@127.0.0.1:9"
    good = (
        f'[handbook]\nsource = "{address}/handbook.git"\nsite_url = "{address}"\n'
        f'[[nextcloud]]\nhost = "h"\nbase_url = "{address}"\n'
        f'[links]\nremap = {{ "{address}" = "{address}" }}\nexclude = ["{address}/*"]\n'
    )
    settings.write_text(good, encoding="utf-8")
    check = ("check-config", "--config", settings)
    shown = syncer(*check)
    assert f'source = "http://{MASK}@127.0.0.1:9/handbook.git"' in shown.stdout
    deep = syncer(*check, "--deep")
    assert deep.returncode == 2
    bad = good.replace("exclude =", f'accept = ["{address}"]\nexclude =').replace(
        f'" = "{address}" }}', '" = "http://" }'
    )
    settings.write_text(bad, encoding="utf-8")
    wrong = syncer(*check)
    assert (wrong.returncode, len(wrong.stderr.splitlines())) == (2, 2)
    for done in (shown, deep, wrong):
        assert PASSWORD not in done.stdout + done.stderr


@pytest.mark.parametrize("source", ["ftp://user:{}@127.0.0.1/x", "git://user:{}@127.0.0.1:9/x.git"])
def test_a_handbook_that_cannot_be_read(syncer: Syncer, source: str) -> None:
    """The message names the address without the password, also where no git program knows it."""
    done = syncer("audit", "--offline", source.format(PASSWORD))
    assert done.returncode == 2
    assert "127.0.0.1" in done.stderr
    assert PASSWORD not in done.stdout + done.stderr


def test_a_link_is_judged_and_its_password_is_not_shown(
    syncer: Syncer, tmp_path: Path, site: str
) -> None:
    """In no format, log line or file of two nights, also not in the state; ids stay the same."""
    page = tmp_path / "handbook" / "page.md"
    page.parent.mkdir()
    links = [f"http://user:{PASSWORD}@{site}/{name}" for name in ("her", "vaek")]
    page.write_text(
        f"---\n---\n# Side\n\n[her]({links[0]}) [{links[1]}]({links[1]})\n\n"
        f"| Ressource | Placering |\n|---|---|\n| A | [Sted](//user:{PASSWORD}@{site}/vaek) |\n"
        f"| B | [Sted](https://user:{PASSWORD}@boks.example.org/s/AbcdefgHijklmno) |\n",
        encoding="utf-8",
    )
    settings = tmp_path / "settings.toml"
    settings.write_text(
        "[links]\nallow_private = true\ntimeout_s = 2\ncache_days = 0\n"
        '[[nextcloud]]\nhost = "boks.example.org"\nbase_url = "http://127.0.0.1:9"\n',
        encoding="utf-8",
    )
    base = ("--config", settings, "--handbook", page.parent, "-vv")
    outputs = [part for name in FORMATS for part in ("--format", f"{name}:out-{name}")]
    runs = [syncer("run", *base), syncer("run", *base), syncer("audit", *base, *outputs)]
    runs.append(syncer("explain", "A", *base))
    assert runs
    for done in runs:
        assert PASSWORD not in done.stdout + done.stderr
    left = [path for path in tmp_path.rglob("*") if path.is_file() and path != page]
    assert len(left) > len(FORMATS)
    for path in left:
        assert PASSWORD.encode() not in read_unpacked(path), path
    status = json.loads((tmp_path / "xdg" / "syncer" / "reports" / "status.json").read_bytes())
    verdicts = {link["url"]: link["status"] for link in status["links"]}
    assert verdicts[f"http://{MASK}@{site}/her"] == "ok"
    assert verdicts[f"http://{MASK}@{site}/vaek"] == "broken"
    assert status["changes"]["new"] == []
    assert all(finding["runs"] == 2 for finding in status["findings"])


@pytest.mark.parametrize("letter", "!$&'()*,;=:~%+ ")
def test_the_end_of_a_password_is_no_mail_address(
    syncer: Syncer, tmp_path: Path, letter: str
) -> None:
    """Masking mail addresses must not hide the @ by which a password is known."""
    url = f"https://bruger:Hemmelig{letter}2024@intra.example.org/aftaler/"
    page = tmp_path / "page.md"
    page.write_text(
        "---\n---\n# A\n\n| Ressource | Placering |\n|---|---|\n"
        f"| Aftale | [arkiv](<{url}>) [{url}](gone.md) |\n",
        "utf-8",
    )
    outputs = [part for name in FORMATS for part in ("--format", f"{name}:{tmp_path / name}")]
    syncer("audit", "--offline", page, *outputs)
    for name in FORMATS:
        assert b"Hemmelig" not in read_unpacked(tmp_path / name), name


@pytest.mark.parametrize(
    "part",
    [
        "https:",
        "https://",
        "//a:",
        "(//",
        "https:a@",
        "%2F%2F",
        "a:",
        "&#58;",
        "http://a:b&",
        "\n&",
    ],
)
def test_masking_takes_time_in_proportion(part: str) -> None:
    """A text of a page may repeat what begins a password."""
    start = time.process_time()
    mask_user_info(part * (400_000 // len(part)) + "@")
    assert time.process_time() - start < 3


@pytest.mark.parametrize("how", ["--check", "--write"])
@pytest.mark.parametrize(
    "address",
    [
        f"http://user:{PASSWORD}@example.org/x",
        f"http://user&#58;{PASSWORD}@example.org/x",
        f"http://user:{PASSWORD}&#64;example.org/x",
        f"http://user:{PASSWORD}\n@example.org/x",
    ],
)
def test_a_list_of_corrections_has_no_password(
    syncer: Syncer, tmp_path: Path, how: str, address: str
) -> None:
    """It is for people; only a patch must have the lines of the page, and the page itself."""
    page = tmp_path / "handbook" / "README.md"
    page.parent.mkdir()
    page.write_text(f"# A\n\nSe {address}\n", encoding="utf-8")
    (page.parent / "_config.yml").write_text("title: A\n", encoding="utf-8")
    done = syncer("fix", "--offline", how, page.parent)
    assert MASK in done.stdout.replace("\\", "")
    assert PASSWORD not in done.stdout + done.stderr
    assert (f"# A\n\nSe {address}\n" != page.read_text("utf-8")) == (how == "--write")
    assert PASSWORD in page.read_text("utf-8")
    outputs = [part for name in FORMATS for part in ("--format", f"{name}:{tmp_path / name}")]
    syncer("audit", "--offline", page, *outputs)
    for name in FORMATS:
        assert PASSWORD.encode() not in read_unpacked(tmp_path / name), name


def test_a_new_settings_file_has_no_password(syncer: Syncer, tmp_path: Path) -> None:
    """A place that is an address as text is named in it, without the password."""
    (tmp_path / "index.md").write_text(
        "| Ressource | Placering |\n|---|---|\n"
        f"| Aftale | `https://bruger:{PASSWORD}@intra.example.org` / Aftaler |\n",
        encoding="utf-8",
    )
    done = syncer("init", tmp_path, "-o", "-")
    assert done.returncode == 0
    assert done.stdout.count(f"https://{MASK}@intra.example.org / Aftaler") == 2
    assert PASSWORD not in done.stdout


def test_an_address_that_is_read_as_a_path_has_no_password(syncer: Syncer, tmp_path: Path) -> None:
    """A blank in a scheme, or a slash before it, makes a path of the site: with one slash."""
    handbook = tmp_path / "handbook"
    handbook.mkdir()
    (handbook / "_config.yml").write_text("title: x\n", encoding="utf-8")
    (handbook / "index.md").write_text(
        f'# A\n\n[a](/sftp://u:{PASSWORD}@h.dk/) <a href="ht\ttp://u:{PASSWORD}@h.dk">b</a>\n',
        encoding="utf-8",
    )
    done = syncer("audit", "--no-config", "--offline", "--format", "json", handbook)
    assert "link-broken" in done.stdout
    assert PASSWORD not in done.stdout + done.stderr
