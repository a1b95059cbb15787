"""Which shares of the settings are hidden, and what bears their names."""

from __future__ import annotations

import pytest

from syncer.config import Settings
from syncer.config.settings import AliasSettings, NextcloudSettings, PinSettings
from syncer.model.handbook import Handbook, PageText
from syncer.model.shares import ACCOUNT_NAME
from syncer.pipeline.tokens import find_hidden

TOKEN = "Medlemmer2025"
SHARE = f"boks.example.org/{TOKEN}"


def _hides(text: str, config: str | None = None) -> bool:
    settings = Settings(pin=(PinSettings(name="A", share=SHARE, path="a.docx"),))
    return SHARE in find_hidden(_read(text, config), settings)


def _read(text: str, config: str | None = None) -> Handbook:
    pages = (PageText("a.md", text),)
    return Handbook("", None, None, pages=pages, unreadable=(), files=(), config=config)


@pytest.mark.parametrize(
    "text",
    [
        f"<https://boks.example.org/s/{TOKEN}>",
        f"[a](https://Boks.Example.ORG/s/{TOKEN}?path=%2FA)",
        f"https://boks.example.org/s/{TOKEN}.",
        f"https://boks.example.org:443/index.php/s/{TOKEN}/download",
        f"https://boks.example.org/cloud/index.php/s/{TOKEN}#a",
        f"https://boks.example.org/public.php/dav/files/{TOKEN}/a.docx",
        f"https://boks.example.org/cloud/index.php/apps/files_sharing/publicpreview/{TOKEN}?x=1",
    ],
)
def test_a_share_whose_link_stands_in_a_page_is_public(text: str) -> None:
    """In each form that people paste."""
    assert not _hides(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"[a](/{TOKEN})",
        f"[a](/{TOKEN}/)",
        f"https://andre.example.org/s/{TOKEN}",
        f"https://storboks.example.org/s/{TOKEN}",
        f"https://min-boks.example.org/s/{TOKEN}",
        f"https://boks.example.org.example.net/s/{TOKEN}",
        f"https://boks.example.org/apps/forms/s/{TOKEN}",
        f"https://boks.example.org/s/{TOKEN}-2",
        f"https://boks.example.org/s/{TOKEN.lower()}",
    ],
)
def test_what_is_no_link_to_the_share_makes_it_not_public(text: str) -> None:
    """A page, or another host's share, of the same name; the host's name within another."""
    assert _hides(text)


def test_a_link_that_every_page_shows_is_public() -> None:
    """The theme prints it from `_config.yml`; what else stands in that file is on no page."""
    url = f"https://boks.example.org/s/{TOKEN}"
    assert not _hides("", f"aux_links:\n  Boks: {url}\n")
    assert not _hides("", f"footer_content: '<a href=\"{url}\">Boks</a>'\n")
    assert _hides("", f"# {url}\nmaintainers_only: {url}\n")


def test_a_host_is_the_same_in_any_case() -> None:
    """Of a pin and an alias too: there is one share, and one name for it."""
    settings = Settings(
        nextcloud=(NextcloudSettings(host="Boks.example.org", folders={TOKEN: ("A",)}),),
        pin=(PinSettings(name="A", share=f"BOKS.example.org/{TOKEN}", path="a.docx"),),
        alias=(AliasSettings(label="A", share=f"boks.Example.org/{TOKEN}"),),
    )
    assert list(find_hidden(_read(""), settings)) == [SHARE]


def test_what_an_account_sees_is_no_secret() -> None:
    """Its place has no token."""
    cloud = NextcloudSettings(host="boks.example.org", folders={ACCOUNT_NAME: ("A",)})
    assert find_hidden(_read(""), Settings(nextcloud=(cloud,))) == {}
