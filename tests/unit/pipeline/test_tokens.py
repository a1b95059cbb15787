"""Which shares of the settings are hidden, and what bears their names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from syncer.config import Settings
from syncer.config.settings import AliasSettings, NextcloudSettings, PinSettings
from syncer.model.handbook import Handbook, PageText
from syncer.model.shares import ACCOUNT_NAME, hide_token
from syncer.pipeline.tokens import (
    find_hidden,
    hide_secrets,
    list_words,
    name_shares,
    rename_shares,
    restore_tokens,
)
from tests.unit.pipeline import test_run

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


@pytest.mark.parametrize(
    "settings",
    [
        Settings(pin=(PinSettings(name="A", share=SHARE, path="a.docx"),)),
        Settings(alias=(AliasSettings(label="A", share=SHARE),)),
        Settings(nextcloud=(NextcloudSettings(host="Boks.example.org", folders={TOKEN: ()}),)),
        Settings(nextcloud=(NextcloudSettings(host="boks.example.org", shares={TOKEN: None}),)),  # type: ignore[dict-item]
    ],
)
def test_each_setting_that_names_a_share_names_it(settings: Settings) -> None:
    """By a pin, an alias, its folders or its password."""
    assert name_shares(settings) == {SHARE: hide_token(SHARE)}


def test_the_names_come_by_code_point() -> None:
    """Whichever setting has them, in whatever order."""
    tokens = ("Zz", "Aa", "Mm", "aa", "Bb", "zz", "Kk", "Xx")
    pins = (PinSettings(name="A", share=f"boks.example.org/{one}", path="a") for one in tokens)
    named = [share.rpartition("/")[2] for share in name_shares(Settings(pin=tuple(pins)))]
    assert named == ["Aa", "Bb", "Kk", "Mm", "Xx", "Zz", "aa", "zz"]


def test_the_log_masks_no_short_word() -> None:
    """A token of seven letters may be a word of the handbook; with its host it is masked."""
    assert list_words({"h/Aftaler": "h/x", "h/Aftalers": "h/y", "h/Referat1": "h/z"}) == [
        "h/Aftaler", "Aftalers", "Referat1",
    ]  # fmt: skip


def test_a_hidden_share_is_not_called_by_its_token() -> None:
    """One with a name of its own keeps it, and so does one that is public."""
    hidden = {"h/Aa": "h/x", "h/Bb": "h/y"}
    names = {"h/Aa": "Aa", "h/Bb": "Mappe", "h/Cc": "Cc"}
    share = test_run.make_share()
    shares = {id_: replace(share, id=id_, name=name) for id_, name in names.items()}
    assert rename_shares(shares, hidden) == {**shares, "h/Aa": replace(shares["h/Aa"], name="x")}


def test_a_manifest_is_hidden_and_restored() -> None:
    """Ids, addresses and names of each share, in the order of what is shown; all comes back."""
    seen = test_run.make_share("Budget"), test_run.make_share(id=f"{test_run.HOST}/Zz", name="Zz")
    plain = test_run.run(*seen)
    hidden = {share.id: hide_token(share.id) for share in seen}
    shown = hide_secrets(plain, hidden)
    assert [share.id for share in shown.shares] == sorted(hidden.values())
    assert [share.name for share in shown.shares] == [
        share.id.rpartition("/")[2] for share in shown.shares
    ]
    for share in seen:
        assert share.name not in str(shown)
    assert restore_tokens(shown, hidden) == plain
    assert restore_tokens(None, hidden) is None
    assert restore_tokens(shown, {}) is shown
    assert hide_secrets(plain, {}) == plain
    own = replace(plain, shares=(replace(plain.shares[0], name="Mappe"), plain.shares[1]))
    assert [share.name for share in hide_secrets(own, hidden).shares if share.name == "Mappe"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"se {SHARE}", "se boks.example.org/NY"),
        (f"se {SHARE}/", "se boks.example.org/NY/"),
        (f"https://boks.example.org/s/{TOKEN}?x", "https://boks.example.org/s/NY?x"),
        (f"/index.php/s/{TOKEN}/download", "/index.php/s/NY/download"),
        (f"/public.php/dav/files/{TOKEN}/a", "/public.php/dav/files/NY/a"),
        (f"{SHARE}-2 og stor{SHARE}", None),
        (f"/s/{TOKEN}_2 og /s/{TOKEN}x", None),
        (f"{TOKEN} /t/{TOKEN}", None),
        ("https://anna:kode@a.example/x", "https://***@a.example/x"),
    ],
)
def test_what_is_hidden_in_a_text(text: str, shown: str | None) -> None:
    """A share's id and its links, and a login; a word that is the same is not."""
    manifest = test_run.run(test_run.make_share())
    manifest = replace(manifest, handbook=replace(manifest.handbook, source=text))
    hidden = hide_secrets(manifest, {SHARE: "boks.example.org/NY"})
    assert hidden.handbook.source == (shown or text)
