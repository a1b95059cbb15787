"""Every form of link that a Nextcloud gives out, with the verdict that a reader would give.

The server is `tests/cloud` as 32, which answers as recorded; the forms are those of
`docs/nextcloud.md`, section 5. Each link that is called fine is also followed as a reader would.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import requests

from syncer.manifest.document import FindingRecord, StatusManifest
from tests.cloud.cloud import Cloud, Rights
from tests.cloud.server import CloudServer, serve_cloud
from tests.cloud.throttle import Throttle
from tests.pipeline.handbooks import Audit

OPEN, SINGLE, LOCKED, DROP, DEAD = "Aaben0000000001", "Enfil0000000001", "Laast", "Drop", "Doed"
FILE, NAME = "A/B/x æ.docx", "A/B/x%20%C3%A6.docx"
DIRECT = f"/public.php/dav/files/{OPEN}"
FIXED = f"/s/{OPEN}?dir=/A/B&path=/A/B"


class Form(NamedTuple):
    """A link, its status and finding, and the address that is proposed instead."""

    link: str
    status: str
    finding: str | None = None
    proposed: str | None = None


FORMS = (
    Form(f"/s/{OPEN}", "ok"),
    Form(f"/s/{OPEN}/", "ok"),
    Form(f"/index.php/s/{OPEN}", "ok"),
    Form(f"/s/{OPEN}#side-2", "ok"),
    Form(f"/s/{OPEN}?dir=undefined", "ok"),
    Form(f"/s/{OPEN}?dir=/A/B", "ok"),
    Form(f"/s/{OPEN}?dir=/A/B&amp;path=/A/B", "ok"),
    Form(f"/s/{OPEN}?dir=/A/B&openfile=ID", "ok"),
    Form(f"/s/{OPEN}?path=/A/B", "ok", "share-link-opens-root", FIXED),
    Form(f"/s/{OPEN}?path=%2FA%2FB&amp;a=b", "ok", "share-link-opens-root", FIXED),
    Form(
        f"/s/{OPEN}?dir=undefined&path=/A/B&openfile=ID",
        "ok",
        "share-link-opens-root",
        f"{FIXED}&openfile=ID",
    ),
    Form(
        f"/index.php/s/{OPEN}?path=/A",
        "ok",
        "share-link-opens-root",
        f"/index.php/s/{OPEN}?dir=/A&path=/A",
    ),
    Form(f"/s/{OPEN}?dir=/V%C3%A6k", "broken", "place-missing"),
    Form(f"/s/{OPEN}?path=/V%C3%A6k", "broken", "place-missing"),
    Form(f"/s/{OPEN}?dir=/A/B&openfile=99999", "broken", "link-broken"),
    Form(f"/s/{OPEN}/download", "ok"),
    Form(f"/s/{OPEN}/download?files=%5B%22rod.pdf%22%5D", "ok"),
    Form(
        f"/s/{OPEN}/download?path=/A/B", "ok", "share-link-opens-root", f"{DIRECT}/A/B?accept=zip"
    ),
    Form(
        f"/s/{OPEN}/download?path=/A/B&files={NAME[4:]}",
        "broken",
        "link-download-empty",
        f"{DIRECT}/{NAME}",
    ),
    Form(f"/s/{OPEN}/download?files=rod.pdf", "broken", "link-download-empty", f"{DIRECT}/rod.pdf"),
    Form(f"/s/{OPEN}/download?path=/A/B&files=v%C3%A6k.docx", "broken", "link-broken"),
    Form(f"/s/{OPEN}/download?path=/V%C3%A6k&files=x.docx", "broken", "place-missing"),
    Form(DIRECT, "ok"),
    Form(f"{DIRECT}/?accept=zip", "ok"),
    Form(f"{DIRECT}/A/B?accept=zip", "ok"),
    Form(f"{DIRECT}/{NAME}", "ok"),
    Form(f"{DIRECT}/{NAME}?accept=zip", "ok"),
    Form(f"{DIRECT}/A/v%C3%A6k.docx", "broken", "link-broken"),
    Form(
        f"{DIRECT}/?accept=zip&files=rod.pdf", "broken", "link-download-empty", f"{DIRECT}/rod.pdf"
    ),
    Form(f"/s/{SINGLE}", "ok"),
    Form(f"/s/{SINGLE}/download", "ok"),
    Form(f"/s/{SINGLE}/download/Onboarding.pdf", "ok"),
    Form(f"/s/{SINGLE}/preview", "ok"),
    Form(f"/public.php/dav/files/{SINGLE}", "ok"),
    Form(f"/public.php/dav/files/{SINGLE}?accept=zip", "ok"),
    Form(f"/s/{LOCKED}", "needs-password", "share-needs-password"),
    Form(f"/s/{LOCKED}?dir=/A", "needs-password", "share-needs-password"),
    Form(f"/public.php/dav/files/{LOCKED}/a.docx", "needs-password", "share-needs-password"),
    Form(f"/s/{DROP}", "ok"),
    Form(f"/s/{DROP}/download", "broken", "share-unreadable"),
    Form(f"/public.php/dav/files/{DROP}/a.docx", "broken", "share-unreadable"),
    Form(f"/s/{DEAD}", "broken", "share-gone"),
    Form(f"/s/{DEAD}/download?files=a.docx", "broken", "share-gone"),
    Form(f"/public.php/dav/files/{DEAD}/a.docx", "broken", "share-gone"),
    Form("/s/min-egen_1", "ok"),
    Form("/public.php/dav/files/min-egen_1/x%20%C3%A6.docx", "ok"),
    Form("/f/ID", "needs-login", "link-needs-login", f"/s/{OPEN}?dir=/A/B&path=/A/B&openfile=ID"),
    Form(
        "/apps/files/files/ID?dir=/Boks/A/B&openfile=true",
        "needs-login",
        "link-needs-login",
        f"/s/{OPEN}?dir=/A/B&path=/A/B&openfile=ID",
    ),
    Form(
        "/apps/files/?dir=/Boks&fileid=ID",
        "needs-login",
        "link-needs-login",
        f"/s/{OPEN}?dir=/A/B&path=/A/B&openfile=ID",
    ),
    Form("/f/99999", "needs-login", "link-needs-login"),
    Form("/apps/files/?dir=/Andet", "needs-login", "link-needs-login"),
)


@pytest.fixture(scope="module")
def cloud() -> Iterator[CloudServer]:
    """Serve a share of every kind as 32."""
    cloud = Cloud("32.0.1", throttle=Throttle(unit_s=0))
    cloud.add_file(f"Boks/{FILE}", b"indhold")
    cloud.add_file("Boks/rod.pdf", b"rod")
    cloud.add_file("Onboarding.pdf", b"enkelt")
    cloud.share(OPEN, "Boks")
    cloud.share(SINGLE, "Onboarding.pdf")
    cloud.share(LOCKED, "Boks", password="hemmelig")
    cloud.share(DROP, "Boks", rights=Rights.UPLOAD_ONLY)
    cloud.share("min-egen_1", "Boks/A/B")
    with serve_cloud(cloud) as running:
        yield running


def fill_in(text: str, server: CloudServer) -> str:
    """Put the id of the file into a link."""
    return text.replace("ID", str(server.cloud.tree.get(f"Boks/{FILE}").file_id))


@pytest.fixture
def seen(audit: Audit, cloud: CloudServer, tmp_path: Path) -> StatusManifest:
    """Audit a page with every form, a paragraph each."""
    cloud.cloud.throttle.forget()
    lines = (
        f"[form {number}]({cloud.base_url}{fill_in(form.link, cloud)})\n"
        for number, form in enumerate(FORMS)
    )
    (tmp_path / "former").mkdir()
    (tmp_path / "former" / "side.md").write_text("\n".join(lines), encoding="utf-8")
    return audit(cloud.base_url, folder=tmp_path / "former")


def find(manifest: StatusManifest, number: int) -> list[FindingRecord]:
    """Return the findings of a form, and what explains them."""
    text = f"form {number}"
    (link,) = [link for link in manifest.links if link.text == text]
    own = [f for f in manifest.findings if f.link == link.id]
    causes = {f.caused_by for f in own}
    return [*(f for f in manifest.findings if f.id in causes), *own]


def test_every_form_has_the_verdict_of_a_reader(seen: StatusManifest, cloud: CloudServer) -> None:
    """Status, finding and proposal of each, in one table."""
    table = {}
    for number, form in enumerate(FORMS):
        (link,) = [link for link in seen.links if link.text == f"form {number}"]
        first = next(iter(find(seen, number)), None)
        url = None if first is None or first.hint is None else first.hint.args.get("url")
        proposed = None
        if first is not None and first.hint is not None and first.hint.code == "use-link":
            proposed = str(url).removeprefix(cloud.base_url)
        code = None if first is None else first.code
        table[form.link] = (link.status, code, proposed)
    assert table == {
        form.link: (
            form.status,
            form.finding,
            None if form.proposed is None else fill_in(form.proposed, cloud),
        )
        for form in FORMS
    }


@pytest.mark.parametrize(
    "link",
    [form.link for form in FORMS if form.status == "ok" and form.finding is None]
    + [form.proposed for form in FORMS if form.proposed],
)
def test_what_is_called_fine_brings_something(cloud: CloudServer, link: str) -> None:
    """Followed as a reader does, in the words of a browser: a page, a file or an archive."""
    cloud.cloud.throttle.forget()
    url = cloud.base_url + fill_in(link, cloud).replace("&amp;", "&")
    answer = requests.get(url, timeout=10, allow_redirects=False)
    if answer.status_code == 303:
        # A second request of its own: the cookies of the first are for https alone.
        answer = requests.get(answer.headers["Location"], timeout=10)
    assert answer.status_code == 200
    assert answer.content or "accept=zip" not in url


def test_direct_addresses_are_places_of_rows(
    audit: Audit, cloud: CloudServer, tmp_path: Path
) -> None:
    """A file that is there answers its row whatever its name; a folder is searched."""
    cloud.cloud.throttle.forget()
    base = f"{cloud.base_url}{DIRECT}"
    places = {
        "Vedtægter": f"{base}/{NAME}",
        "Rod": f"{base}/rod.pdf?accept=zip",
        "X æ": f"{base}/A/B?accept=zip",
        "X æ igen": f"{base}/A/v%C3%A6k.docx",
        "Budget": f"{base}/A",
        "Kontoplan": f"{cloud.base_url}/s/{OPEN}/download?path=/A/B&files={NAME[4:]}",
    }
    rows = "".join(f"| {name} | Tekst. | [Hent]({url}) |\n" for name, url in places.items())
    folder = tmp_path / "raekker"
    folder.mkdir()
    head = "# Side\n\n| Ressource | Beskrivelse | Placering |\n|---|---|---|\n"
    (folder / "side.md").write_text(head + rows, encoding="utf-8")
    manifest = audit(cloud.base_url, folder=folder)
    reasons = {row.name: (row.status, row.reason.code) for row in manifest.resources}
    assert reasons == {
        "Vedtægter": ("present", "linked"),
        "Rod": ("present", "linked"),
        "X æ": ("present", "found-in-place"),
        "X æ igen": ("missing", "linked-file-gone"),
        "Budget": ("missing", "nothing-found"),
        "Kontoplan": ("present", "linked"),
    }
    codes = {f.code for f in manifest.findings if f.args.get("text") == "Hent"}
    assert "link-download-empty" in codes
