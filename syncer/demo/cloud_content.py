"""The files behind the demo handbook's links: every kind of answer that an audit can give.

Ids follow from the order in which files are added, so one that a page's link bears stays right.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from syncer.demo.cloud import Cloud

TOKEN: Final = "Haandbog0000001"  # noqa: S105 - the demo's public link
LOCKED_TOKEN: Final = "Laast0000000001"  # noqa: S105
GONE_TOKEN: Final = "Lukket000000001"  # noqa: S105 - stands in the handbook, is no share

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

# What the demo's links to other places are answered with; what is not named here is a 404.
_WEB_PAGES: Final = (
    "github.com/OS2offdig",
    "github.com/OS2offdig/governance_report_template",
    "www.os2.eu/vedtaegter",
)


def demo_cloud() -> Cloud:
    """Return the cloud that the demo handbook speaks of: the same one each time."""
    cloud = Cloud("29.0.16")
    for path, size, day in _FILES:
        cloud.add_file(f"{_ROOT}/{path}", bytes(size), datetime(2026, 2, day, 9, 30, tzinfo=UTC))
    cloud.add_file("Løn/Lønoversigt.xlsx", bytes(5_120), datetime(2026, 2, 1, 9, 30, tzinfo=UTC))
    cloud.share(TOKEN, _ROOT)
    cloud.share(LOCKED_TOKEN, "Løn", password="kun-for-indviede")  # noqa: S106 - nobody is told it
    cloud.web_pages.update(_WEB_PAGES)
    return cloud
