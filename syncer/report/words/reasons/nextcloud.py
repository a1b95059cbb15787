"""Nextcloud: servers, shares, and links into them: Danish and English side by side."""

from __future__ import annotations

from collections.abc import Mapping

from syncer.report.words.said import Said

REASONS: Mapping[str, Said] = {
    "link-file-gone": Said(
        da="Filen, som linket peger på, findes ikke mere i delingen.",
        en="The file that the link names is no longer in the share.",
    ),
    "link-file-id-unknown": Said(
        da="Om filen findes, kunne ikke afgøres.",
        en="Whether the file is there could not be told.",
    ),
    "link-file-moved": Said(
        da="Filen ligger nu i mappen {folder}.",
        en="The file now lies in the folder {folder}.",
    ),
    "link-needs-login": Said(
        da="Linket kræver, at man er logget ind i Nextcloud.",
        en="The link needs a Nextcloud login.",
    ),
    "link-needs-login-but-public": Said(
        da="Linket kræver login, men filen kan også nås uden.",
        en="The link needs a login, but the file can be reached without one.",
    ),
    "link-opens-root": Said(
        da="Linket åbner delingens forside i stedet for mappen {folder}.",
        en="The link opens the share's top instead of the folder {folder}.",
    ),
    "link-place-gone": Said(
        da="{path} findes ikke mere i delingen.",
        en="{path} is no longer in the share.",
    ),
    "link-place-not-seen": Said(
        da="{path} blev ikke fundet, men det er ikke bekræftet endnu.",
        en="{path} was not found, which is not confirmed yet.",
    ),
    "link-place-unread": Said(
        da="Det kunne ikke afgøres, om {path} findes: en del af delingen kunne ikke læses.",
        en="Whether {path} is there could not be told: a part of the share could not be read.",
    ),
    "link-share-gone": Said(
        da="Linket fører til en deling, der ikke findes mere.",
        en="The link leads to a share that no longer exists.",
    ),
    "link-share-needs-password": Said(
        da="Delingen kræver en adgangskode.",
        en="The share asks for a password.",
    ),
    "link-share-upload-only": Said(
        da="Delingen kan kun bruges til at aflevere filer.",
        en="The share only takes uploads.",
    ),
    "share-not-looked-at": Said(
        da="Delingen er ikke undersøgt i denne kørsel.",
        en="The share was not looked at in this run.",
    ),
    "use-link": Said(
        da="Brug dette link: {url}",
        en="Use this link: {url}",
    ),
}
