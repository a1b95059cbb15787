"""Settings without effect are told with their key, where the whole handbook was read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from syncer.config import Settings
from syncer.config.settings import (
    AliasSettings,
    HandbookSettings,
    LinksSettings,
    NextcloudSettings,
    PasswordSource,
    PinSettings,
    WaiveSettings,
)
from syncer.model.handbook import UnreadablePage
from syncer.model.reason import Reason
from syncer.pipeline.unused_settings import find_expired, find_unused
from tests.unit.pipeline.test_handbook import SHARES, TOKENS, read

HOST = "boks.example"
PAGES = {
    "a.md": f"[x](https://a.example/x) [s]({SHARES[0]})\n",
    "m/b.md": f"| Ressource | Placering |\n|---|---|\n| Årsplan | [Boks]({SHARES[1]}) |\n"
    "| Noter | Hylden |\n| Breve | Skabet |\n",
}
CLOUD = NextcloudSettings(host="Boks.Example")


def find(hidden: dict[str, str] | None = None, **more: Any) -> list[tuple[str, Reason]]:
    """Return what has no effect of these settings."""
    handbook = more.pop("handbook", {})
    nextcloud = more.pop("nextcloud", (CLOUD,))
    whole = more.pop("read", {})
    settings = Settings(
        handbook=HandbookSettings(**{"site": "github"} | handbook), nextcloud=nextcloud, **more
    )
    return list(find_unused(read(PAGES, settings=settings, **whole), settings, hidden or {}))


def test_settings_that_apply_to_something_are_fine() -> None:
    """In whatever spelling; the built-in patterns of pages may match nothing."""
    assert find() == []
    assert (
        find(
            handbook={"pages": ("m/*.md", "a.md"), "exclude": ("a.md",)},
            nextcloud=(
                replace(
                    CLOUD,
                    shares={TOKENS[1]: PasswordSource()},
                    folders={TOKENS[1]: ("A",), "@account": ("B",)},
                ),
            ),
            alias=(AliasSettings(label=" BOKS ", share=f"{HOST}/T"),),
            pin=(
                PinSettings(name="årsplan", share=f"{HOST}/T", path="x"),
                PinSettings(name="Aarsplan", share=f"{HOST}/T", path="x", page="m/*"),
            ),
        )
        == []
    )


@pytest.mark.parametrize(
    ("more", "key", "reason"),
    [
        (
            {"handbook": {"pages": ("**/*.md", "nej/*.md")}}, "handbook.pages[1]",
            Reason("glob-without-page", {"pattern": "nej/*.md"}),
        ),
        (
            {"handbook": {"exclude": ("nej.md",)}}, "handbook.exclude[0]",
            Reason("glob-without-page", {"pattern": "nej.md"}),
        ),
        (
            {"nextcloud": (CLOUD, NextcloudSettings(host="Nej.Example"))}, "nextcloud[1].host",
            Reason("host-not-linked", {"host": "nej.example"}),
        ),
        (
            {"nextcloud": (replace(CLOUD, shares={"T": PasswordSource()}),)},
            "nextcloud[0].shares.T", Reason("share-not-linked", {"share": "hidden"}),
        ),
        (
            {"nextcloud": (replace(CLOUD, folders={"U": ("A",)}),)},
            "nextcloud[0].folders.U", Reason("share-not-linked", {"share": f"{HOST}/U"}),
        ),
        (
            {"links": LinksSettings(exclude=("https://a.example/*", "https://b.example/*"))},
            "links.exclude[1]", Reason("pattern-without-link", {"pattern": "https://b.example/*"}),
        ),
        (
            {"alias": (AliasSettings(label="Skuffen", share=f"{HOST}/T"),)}, "alias[0].label",
            Reason("alias-without-row", {"label": "Skuffen"}),
        ),
        (
            {"pin": (PinSettings(name="Plan", share=f"{HOST}/T", path="x"),)}, "pin[0].name",
            Reason("pin-without-row", {"name": "Plan", "page": None}),
        ),
        (
            {"pin": (PinSettings(name="Årsplan", share=f"{HOST}/T", path="x", page="a.md"),)},
            "pin[0].name", Reason("pin-without-row", {"name": "Årsplan", "page": "a.md"}),
        ),
    ],
)  # fmt: skip
def test_what_applies_to_nothing_is_told(more: dict[str, Any], key: str, reason: Reason) -> None:
    """With what it says; a share whose token is secret by its other name."""
    assert find({f"{HOST}/T": "hidden"}, **more) == [(key, reason)]


def test_an_alias_and_a_pin_lead_to_a_share_as_a_link_does() -> None:
    """Of a host that no page links to as well; an alias only where a row has its label."""
    clouds = tuple(
        NextcloudSettings(host=host, folders={token: ("A",)})
        for host, token in (("skab.example", "Al"), ("pind.example", "Pi"), ("skuf.example", "Sk"))
    )
    aliases = (
        AliasSettings(label="Skabet", share="skab.example/Al"),
        AliasSettings(label="Skuffen", share="skuf.example/Sk"),
    )
    pin = PinSettings(name="Noter", share="pind.example/Pi", path="x")
    assert find(nextcloud=clouds, alias=aliases, pin=(pin,)) == [
        ("nextcloud[2].host", Reason("host-not-linked", {"host": "skuf.example"})),
        ("alias[1].label", Reason("alias-without-row", {"label": "Skuffen"})),
    ]


def test_all_that_applies_to_nothing_is_told() -> None:
    """Each setting, in the order of the settings file."""
    tokens = {"T": PasswordSource()}
    found = find(
        handbook={"pages": ("nej.md", "a.md", "nix.md"), "exclude": ("ej.md", "heller.md")},
        nextcloud=(
            NextcloudSettings(host="nej.example", shares=tokens),
            NextcloudSettings(host="nix.example"),
            replace(CLOUD, shares=tokens, folders={"T": ("A",), "U": ("B",), "@account": ("C",)}),
        ),
        links=LinksSettings(exclude=("https://b.example/*", "https://c.example/*")),
        alias=tuple(AliasSettings(label=one, share=f"{HOST}/T") for one in ("Nej", "Nix")),
        pin=tuple(PinSettings(name=one, share=f"{HOST}/P", path="x") for one in ("Nej", "Nix")),
    )
    assert [(key, *reason.args.values()) for key, reason in found] == [
        ("handbook.pages[0]", "nej.md"),
        ("handbook.pages[2]", "nix.md"),
        ("handbook.exclude[0]", "ej.md"),
        ("handbook.exclude[1]", "heller.md"),
        ("nextcloud[0].host", "nej.example"),
        ("nextcloud[1].host", "nix.example"),
        ("nextcloud[2].shares.T", f"{HOST}/T"),
        ("nextcloud[2].folders.U", f"{HOST}/U"),
        ("links.exclude[0]", "https://b.example/*"),
        ("links.exclude[1]", "https://c.example/*"),
        ("alias[0].label", "Nej"),
        ("alias[1].label", "Nix"),
        ("pin[0].name", "Nej", None),
        ("pin[1].name", "Nix", None),
    ]


@pytest.mark.parametrize(
    "whole",
    [
        {"only_page": "a.md"},
        {"stale": Reason("git-timeout")},
        {"unreadable": (UnreadablePage("x.md", Reason("binary")),)},
    ],
)
def test_only_a_whole_handbook_proves_it(whole: dict[str, Any]) -> None:
    """What was not read may need them."""
    assert find(alias=(AliasSettings(label="Skuffen", share=f"{HOST}/T"),), read=whole) == []


@pytest.mark.parametrize(("day", "expired"), [(30, True), (31, False)])
def test_a_waiver_holds_on_its_last_day(day: int, expired: bool) -> None:
    """Afterwards it is told with its date."""
    waivers = [
        WaiveSettings(code="link-broken", subject="x", reason="r", until=until)
        for until in (date(2027, 1, 1), date(2026, 12, day))
    ]
    found = list(find_expired(Settings(waive=tuple(waivers)), date(2026, 12, 31)))
    args = {"subject": "x", "until": f"2026-12-{day}"}
    assert found == ([("waive[1].until", Reason("waiver-expired", args))] if expired else [])
