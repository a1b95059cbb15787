"""The matching: what spoke for and against a file: Danish and English side by side."""

from __future__ import annotations

from collections.abc import Mapping

from syncer.report.words.said import Said

REASONS: Mapping[str, Said] = {
    "best-of-same": Said(
        da="den nyeste af {count} udgaver, formater eller kopier",
        en="the newest of {count} versions, formats or copies",
    ),
    "date-differs": Said(
        da="en anden dato end rækken nævner",
        en="another date than the row names",
    ),
    "description-agrees": Said(
        da="beskrivelsen passer på den",
        en="the description speaks of it",
    ),
    "elsewhere-in-share": Said(
        da="ligger i {folder} i samme deling",
        en="lies in {folder} of the same share",
    ),
    "equally-good": Said(
        da="{count} forskellige dokumenter passer lige godt.",
        en="{count} different documents fit equally well.",
    ),
    "file-id-unknown-here": Said(
        da="Linket peger på en bestemt fil i Nextcloud; i en lokal kopi kan det ikke ses, "
        "om det er en af filerne her.",
        en="The link names one file in Nextcloud; a local copy does not tell whether it is one "
        "of the files here.",
    ),
    "filled-in-for": Said(
        da="er udfyldt for {words}",
        en="is filled in for {words}",
    ),
    "folder-says-the-rest": Said(
        da="{words} står i mappens navn",
        en="{words} stands in the folder's name",
    ),
    "folder-with-files": Said(
        da="mappe med {count:fil|filer}",
        en="folder with {count:file|files}",
    ),
    "found-elsewhere": Said(
        da="Fundet et andet sted end i {place}: {path}.",
        en="Found elsewhere than in {place}: {path}.",
    ),
    "found-in-other-share": Said(
        da="Fundet i en anden deling: {path}.",
        en="Found in another share: {path}.",
    ),
    "found-in-place": Said(
        da="Fundet dér, hvor rækken siger: {path}.",
        en="Found where the row says: {path}.",
    ),
    "found-without-place": Said(
        da="Fundet: {path}. Rækken siger ikke entydigt, hvor det skal ligge.",
        en="Found: {path}. The row does not say clearly where it should lie.",
    ),
    "in-other-share": Said(
        da="ligger i en anden deling",
        en="lies in another share",
    ),
    "in-place": Said(
        da="ligger i den mappe, rækken nævner",
        en="lies in the place the row names",
    ),
    "is-copy": Said(
        da="er en kopi",
        en="is a copy",
    ),
    "is-draft": Said(
        da="er et udkast",
        en="is a draft",
    ),
    "is-outdated": Said(
        da="er forældet eller arkiveret",
        en="is outdated or archived",
    ),
    "joined-or-apart": Said(
        da="samme ord, skrevet sammen eller hver for sig",
        en="same words, joined or apart",
    ),
    "linked": Said(
        da="Linket peger på selve filen: {path}.",
        en="The link names the file itself: {path}.",
    ),
    "linked-file-gone": Said(
        da="Filen, som linket peger på, findes ikke længere, og ingen anden har navnet.",
        en="The file that the link names is gone, and no other bears the name.",
    ),
    "login-folder-not-seen": Said(
        da="Kontrollens konto kan ikke se mappen {place}: den er væk, eller kontoen har ikke "
        "adgang til den.",
        en="The check's account does not see the folder {place}: it is gone, or not for it to see.",
    ),
    "login-needed": Said(
        da="Stedet kræver login.",
        en="The place needs a login.",
    ),
    "login-not-seen": Said(
        da="Stedet kræver login, og linket peger ikke på noget i de mapper, der er læst.",
        en="The place needs a login, and the link names nothing in the folders that were read.",
    ),
    "login-refused": Said(
        da="Stedet kræver login, og kontrollens login blev afvist.",
        en="The place needs a login, and the check's login was refused.",
    ),
    "no-share-to-search": Said(
        da="Der er ingen deling at lede i.",
        en="There is no share to search.",
    ),
    "not-a-document": Said(
        da="er ikke et dokument (.{extension})",
        en="is no document (.{extension})",
    ),
    "not-a-template": Said(
        da="er ikke en skabelon",
        en="is not a template",
    ),
    "not-looked-at": Said(
        da="Ikke kontrolleret i denne omgang.",
        en="Not looked at this time.",
    ),
    "nothing-found": Said(
        da="Ingen fil har det navn.",
        en="No file has that name.",
    ),
    "number-differs": Said(
        da="tal eller bogstav passer ikke: {numbers}",
        en="number or letter does not agree: {numbers}",
    ),
    "only-drafts": Said(
        da="Der er kun et udkast: {path}.",
        en="There is only a draft: {path}.",
    ),
    "only-outdated": Said(
        da="Der er kun en forældet eller arkiveret udgave: {path}.",
        en="There is only an outdated or archived one: {path}.",
    ),
    "other-compound": Said(
        da="er et andet sammensat ord: {words}",
        en="is another compound: {words}",
    ),
    "other-kind": Said(
        da="er en anden slags dokument: {word}",
        en="is another kind of document: {word}",
    ),
    "other-language": Said(
        da="på et andet sprog ({language})",
        en="in another language ({language})",
    ),
    "other-row-has-it": Said(
        da="hører til en anden række",
        en="belongs to another row",
    ),
    "other-share-not-listed": Said(
        da="En anden deling kunne ikke læses, så filen kan ligge der.",
        en="Another share could not be read, so the file may lie there.",
    ),
    "other-state": Said(
        da="er ikke det udkast eller den udgave, rækken beder om",
        en="is not the draft or edition the row asks for",
    ),
    "outside-nextcloud": Said(
        da="Stedet er uden for Nextcloud.",
        en="The place is outside Nextcloud.",
    ),
    "password-needed": Said(
        da="Delingen kræver en adgangskode, som ikke står i indstillingerne.",
        en="The share asks for a password that is not configured.",
    ),
    "picture": Said(
        da="er et billede (.{extension})",
        en="is a picture (.{extension})",
    ),
    "pin-gone": Said(
        da="Indstillingerne peger på {path}, som ikke er der.",
        en="The settings name {path}, which is not there.",
    ),
    "pinned": Said(
        da="Indstillingerne siger, at det er {path}.",
        en="The settings say that it is {path}.",
    ),
    "place-gone": Said(
        da="Mappen {place} findes ikke længere, og filen er ikke fundet andre steder.",
        en="The folder {place} is gone, and the file was not found anywhere else.",
    ),
    "same-but-typing": Said(
        da="»{file}« for »{row}«: ligner en slåfejl.",
        en="“{file}” for “{row}”: looks like a typing error.",
    ),
    "same-words": Said(
        da="samme ord",
        en="same words",
    ),
    "says-more": Said(
        da="navnet siger mere: {words}",
        en="the name says more: {words}",
    ),
    "says-the-opposite": Said(
        da="siger det modsatte eller en anden retning: {words}",
        en="says the opposite or another direction: {words}",
    ),
    "share-not-asked": Said(
        da="Der blev ikke set efter i delingen.",
        en="The share was not asked.",
    ),
    "share-not-read": Said(
        da="Delingen kunne ikke læses.[ {because}]",
        en="The share could not be read.[ {because}]",
    ),
    "signed-copy": Said(
        da="er et underskrevet eksemplar",
        en="is a signed copy",
    ),
    "speaks-about-it": Said(
        da="handler om det, men er noget andet ({words})",
        en="is about it, but something else ({words})",
    ),
    "throttled": Said(
        da="Serveren afviser for mange forsøg lige nu.",
        en="The server refuses too many tries just now.",
    ),
    "upload-only": Said(
        da="Delingen er kun til aflevering af filer og kan ikke læses.",
        en="The share takes uploads only and cannot be looked at.",
    ),
    "version": Said(
        da="version {version}",
        en="version {version}",
    ),
    "version-differs": Said(
        da="en anden version end rækken nævner",
        en="another version than the row names",
    ),
    "words-missing": Said(
        da="mangler {words}",
        en="lacks {words}",
    ),
}
