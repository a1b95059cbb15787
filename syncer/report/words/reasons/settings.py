"""`syncer check-config`: Danish and English side by side."""

from __future__ import annotations

from collections.abc import Mapping

from syncer.report.words.said import Said

REASONS: Mapping[str, Said] = {
    "alias-without-row": Said(
        da="Ingen række i håndbogen henviser til »{label}«.",
        en="No row of the handbook names “{label}”.",
    ),
    "glob-without-page": Said(
        da="Ingen side i håndbogen passer på »{pattern}«.",
        en="No page of the handbook matches “{pattern}”.",
    ),
    "host-not-linked": Said(
        da="Intet link på de kontrollerede sider fører til {host}.",
        en="No link of the audited pages leads to {host}.",
    ),
    "mail-login-refused": Said(
        da="Mailserveren afviste login. Ret brugernavn eller adgangskode.",
        en="The mail server refused the login. Correct the user or the password.",
    ),
    "mail-server-failed": Said(
        da="Der kan ikke sendes mail: {detail}[ ({status})].",
        en="No mail can be sent: {detail}[ ({status})].",
    ),
    "notice-not-tried": Said(
        da="Ikke prøvet: et forsøg ville blive taget for en besked.",
        en="Not tried: a try would be taken for a notice.",
    ),
    "pattern-without-link": Said(
        da="Intet link på de kontrollerede sider passer på »{pattern}«.",
        en="No link of the audited pages matches “{pattern}”.",
    ),
    "pin-without-row": Said(
        da="Ingen række i håndbogen hedder »{name}«[ på siden {page}].",
        en="No row of the handbook is called “{name}”[ on the page {page}].",
    ),
    "share-not-linked": Said(
        da="Ingen række og intet link på de kontrollerede sider fører til delingen {share}.",
        en="No row and no link of the audited pages leads to the share {share}.",
    ),
    "upload-below-file": Said(
        da="»{file}« er en fil, så der kan ikke lægges noget i den. Vælg en anden mappe.",
        en="“{file}” is a file, so nothing can be put into it. Choose another folder.",
    ),
    "upload-folder-not-made-yet": Said(
        da="Mappen »{folder}« findes ikke endnu; den første kontrol laver den.",
        en="The folder “{folder}” is not there yet; the first check makes it.",
    ),
    "waiver-expired": Said(
        da="Undtagelsen for »{subject}« udløb efter {until:day} og gælder ikke længere. "
        "Slet den, eller forlæng den.",
        en="The waiver for “{subject}” ran out after {until:day} and covers nothing any more. "
        "Remove it, or prolong it.",
    ),
}
