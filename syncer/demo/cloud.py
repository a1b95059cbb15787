"""The files, public links and web pages that the demo handbook refers to.

Together they give an audit every kind of answer. File ids follow the order in which files are
added: a link of the handbook contains one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from syncer.demo.file_tree import FileTree, Node
from syncer.demo.sample_documents import make_document

TOKEN: Final = "Haandbog0000001"  # noqa: S105 - the demo's public link
LOCKED_TOKEN: Final = "Laast0000000001"  # noqa: S105
GONE_TOKEN: Final = "Lukket000000001"  # noqa: S105 - a link in the handbook without a share

_ROOT = "Håndbog"

# Path below the shared folder, size in bytes, day of the last change.
_FILES: Final = (
    ("Foreningen/Aftaleskabeloner/Partneraftaler/OS2 Partneraftale v3.1.docx", 48_213, 12),
    ("Foreningen/Aftaleskabeloner/Partneraftaler/OS2 Partneraftale v3.0.docx", 47_901, 3),
    (
        "Foreningen/Aftaleskabeloner/Partneraftaler/Leverandørpartneraftale 2025-03-01.pdf",
        91_440,
        4,
    ),
    ("Foreningen/Bestyrelsen/Kommissorium for bestyrelsen.pdf", 60_032, 5),
    ("Foreningen/Bestyrelsen/Referater/Referat 2026-01-14.pdf", 33_120, 15),
    ("Foreningen/Bestyrelsen/Referater/Referat 2026-02-11.pdf", 35_871, 16),
    ("Foreningen/Aftaleskabeloner/Andre aftaler/Kommissorium for arbejdsgrupper.docx", 22_004, 6),
    ("Foreningen/Aftaleskabeloner/Andre aftaler/Kommissorium for styregrupper.docx", 21_877, 6),
    ("Foreningen/Aftaleskabeloner/Tilslutningsaftale.docx", 40_118, 18),
    ("Foreningen/Økonomi/Årsregnskab 2025.xlsx", 0, 10),
    ("Skabeloner/FLOSS/OS2 FLOSS-aftale v2.0.docx", 55_310, 2),
    ("Skabeloner/FLOSS/OS2 FLOSS agreement (EN).docx", 54_008, 2),
    ("Skabeloner/Kommunikation/Nyhedsbrev.docx", 18_400, 7),
    ("Skabeloner/Kommunikation/Pressemeddelelse.docx", 17_950, 7),
    ("Skabeloner/Kommunikation/Plakat: forår?.pptx", 820_113, 8),
    ("Skabeloner/Produktbeskrivelse UDKAST.docx", 12_006, 19),
    ("Skabeloner/Arkiv/Forretningsorden for styregrupper 2019.docx", 26_344, 1),
    ("Skabeloner/Kontrakter/Kontraktskabelon - udvikling.docx", 71_209, 20),
    ("Skabeloner/Kontrakter/Kontraktskabelon - drift.docx", 69_882, 20),
    ("Skabeloner/Feriekalender.xlsx", 9_104, 9),
)

_WEB_PAGES: Final = (
    "github.com/OS2offdig",
    "github.com/OS2offdig/governance_report_template",
    "www.os2.eu/vedtaegter",
)


@dataclass(frozen=True, slots=True)
class PublicShare:
    """A public link.

    Attributes:
        node: the shared file or folder.
        password: None for a link that anyone can open.
    """

    token: str
    node: Node
    password: str | None = field(default=None, repr=False)


class DemoCloud:
    """An account of a Nextcloud with its public links. Paths are relative to the account.

    Attributes:
        version: as `status.php` gives it.
        tree: the files of the account.
        web_pages: addresses without scheme ("github.com/x") of the pages that the server shows
            below `/web/` in place of other hosts; every other address there is a 404.
    """

    def __init__(self, version: str = "29.0.16") -> None:
        """Create an empty account without links."""
        self.version = version
        self.tree = FileTree()
        self.web_pages: set[str] = set()
        self._shares: dict[str, PublicShare] = {}

    def share(self, token: str, path: str, *, password: str | None = None) -> PublicShare:
        """Make a link to a file or folder; `TreeError` when the path does not exist."""
        self._shares[token] = PublicShare(token, self.tree.get(path), password)
        return self._shares[token]

    def find_share(self, token: str) -> PublicShare | None:
        """Return the link with a token, None where there is none."""
        return self._shares.get(token)


def fill_demo_cloud(cloud: DemoCloud) -> None:
    """Add the files, links and web pages of the demo: the same ones each time."""
    for path, size, day in _FILES:
        changed_at = datetime(2026, 2, day, 9, 30, tzinfo=UTC)
        content = make_document(path.rpartition("/")[2], size)
        cloud.tree.add_file(f"{_ROOT}/{path}", content, changed_at)
    cloud.tree.add_file(
        "Løn/Lønoversigt.xlsx", bytes(5_120), datetime(2026, 2, 1, 9, 30, tzinfo=UTC)
    )
    cloud.share(TOKEN, _ROOT)
    cloud.share(LOCKED_TOKEN, "Løn", password="kun-for-indviede")  # noqa: S106 - part of no account
    cloud.web_pages.update(_WEB_PAGES)
