"""What people call a share: from the words of the handbook, else from its folders."""

from __future__ import annotations

from dataclasses import replace

import pytest

from syncer.model.handbook import (
    LinkSyntax,
    PageLink,
    PlaceKind,
    Placement,
    ResourceRow,
    SourceSpan,
)
from syncer.model.links import LinkRoute, RoutedLink
from syncer.model.shares import (
    ListingKind,
    RemoteFolder,
    Share,
    ShareKind,
    ShareStatus,
    ShareTree,
)
from syncer.nextcloud.share_url import parse_share_link
from syncer.pipeline.labels import label_shares

HOST = "boks.example.dk"
TOKEN = "L7PArJkrBcpnWe8"
SHARE = f"{HOST}/{TOKEN}"
SPAN = SourceSpan("docs/a.md", 1, 1, 1, 9)


def _link(
    text: str, *, token: str = TOKEN, folder: str = "", section: str | None = None
) -> RoutedLink:
    url = f"https://{HOST}/s/{token}" + (f"?path=/{folder}" if folder else "")
    link = PageLink(url, text, LinkSyntax.LINK, SPAN, section)
    return RoutedLink(link, LinkRoute.SHARE, share=parse_share_link(url, {HOST}))


def _row(label: str, path: str) -> ResourceRow:
    place = Placement(PlaceKind.SHARE, None, SHARE, path)
    return ResourceRow("r1", "A", "", False, label, (), (place,), "Ressourcer", SPAN)  # noqa: FBT003


def _share(token: str = TOKEN, *folders: str) -> Share:
    return Share(
        id=f"{HOST}/{token}",
        kind=ShareKind.PUBLIC,
        name=token,
        base_url=f"https://{HOST}",
        endpoint="new",
        server_version="32.0.1",
        status=ShareStatus.OK,
        listing=ListingKind.INFINITY,
        tree=ShareTree((), (RemoteFolder(""), *map(RemoteFolder, folders))),
    )


def _label(
    *links: RoutedLink, rows: tuple[ResourceRow, ...] = (), folders: tuple[str, ...] = ()
) -> str | None:
    return label_shares({SHARE: _share(TOKEN, *folders)}, links, rows)[SHARE].label


def test_the_text_that_opens_the_share_names_it() -> None:
    """Rather than texts that open a folder in it; white space does not matter."""
    inside = _link("Skabeloner", folder="Skabeloner")
    assert _label(inside, _link("OS2's\n boks"), _link("Boksen")) == "OS2's boks"
    assert _label(_link("her"), inside, _link("Boksen")) == "Boksen"
    assert _label(inside, rows=(_row("Nextcloud", ""),)) == "Nextcloud"
    assert _label(inside, rows=(_row("Skuffen", "A"),)) == "Skabeloner, Skuffen"


def test_of_a_row_with_a_link_the_link_s_text_counts() -> None:
    """Its cell says more than where it leads."""
    inside = _link("Kontrakter", folder="A")
    row = replace(_row("Se Kontrakter i boksen", ""), links=(inside.link,))
    assert _label(inside, rows=(row,)) == "Kontrakter"


def test_texts_that_lead_into_it_name_it_else() -> None:
    """Each once, at most three."""
    links = [_link(name, folder=name) for name in ("A", "B", "A", "C", "D")]
    assert _label(*links) == "A, B, C"


def test_texts_that_begin_alike_are_told_once() -> None:
    """As in the real handbook, whose links are called "Nextcloud / Skabeloner" and so on."""
    names = ("Nextcloud / Skabeloner", "Nextcloud / Foreningen")
    links = [_link(name, folder=name) for name in names]
    assert _label(*links) == "Nextcloud / Skabeloner, Foreningen"
    assert _label(*links, _link("Nextcloud", folder="C")) == "Nextcloud"
    deep = [_link(f"Boks / {name}", folder=name) for name in ("Breve / Nye", "Breve", "Kort")]
    assert _label(*deep) == "Boks / Breve, Kort"
    assert _label(deep[0]) == "Boks / Breve / Nye"
    alike = [_link(name, folder=name) for name in ("Breve", "Brev")]
    assert _label(*alike) == "Breve, Brev"


@pytest.mark.parametrize(
    "text",
    ["", "her", "Link.", "linket", "Here", "this link", f"https://{HOST}/s/{TOKEN}", TOKEN, "→"],
)
def test_words_that_name_nothing_give_way_to_the_heading(text: str) -> None:
    """An address and a token are no names."""
    assert _label(_link(text, section="Kontrakter")) == "Kontrakter"


def test_the_top_folders_name_it_last() -> None:
    """And a share of which nothing is known has no label."""
    assert _label(_link("her"), folders=("Aftaler", "Aftaler/Nye", "Breve")) == "Aftaler, Breve"
    assert _label(_link("her")) is None


def test_a_long_text_is_cut() -> None:
    """A paragraph is no name either."""
    label = _label(_link("ord " * 100))
    assert label == ("ord " * 20).rstrip()


def test_two_shares_have_two_labels() -> None:
    """The only row that leads there tells them apart, else the heading, else a number."""
    tokens = ("AAAAAAAAAA", "BBBBBBBBBB", "CCCCCCCCCC", "DDDDDDDDDD")
    sections = ("Kontrakter", "Breve", None, None)
    links = [_link("Boksen", token=t, section=s) for t, s in zip(tokens, sections, strict=True)]
    shares = {f"{HOST}/{token}": _share(token) for token in tokens}
    labels = [share.label for share in label_shares(shares, links, ()).values()]
    assert labels == ["Boksen (Kontrakter)", "Boksen (Breve)", "Boksen", "Boksen 2"]
    backwards = dict(reversed(shares.items()))
    assert label_shares(backwards, links, ()) == label_shares(shares, links, ())
    two = label_shares(dict([*shares.items()][:2]), links, ())
    assert [share.label for share in two.values()] == labels[:2]
    place = Placement(PlaceKind.SHARE, None, f"{HOST}/{tokens[0]}", "")
    row = replace(_row("Boksen", ""), name="Kontoplan", places=(place,), links=(links[0].link,))
    labels = [share.label for share in label_shares(shares, links, (row,)).values()]
    assert labels == ["Boksen (Kontoplan)", "Boksen (Breve)", "Boksen", "Boksen 2"]
