"""Nextcloud: servers, shares, and links into them: Danish and English side by side."""

from __future__ import annotations

from collections.abc import Mapping

from syncer.report.words.said import Said

REASONS: Mapping[str, Said] = {
    "account-not-found": Said(
        da="Serveren kender ingen filer for kontoen; navnet er brugernavnet, ikke e-mailadressen.",
        en="The server knows no files of the account; its name is the user's id, not an address.",
    ),
    "account-refused": Said(
        da="Serveren afviste kontoens app-adgangskode; der er kun prøvet én gang.",
        en="The server refused the account's app password; it was tried only once.",
    ),
    "entry-unclear": Said(
        da="Serveren siger ikke, om det er en fil eller en mappe.",
        en="The server does not say whether it is a file or a folder.",
    ),
    "folder-names-collide": Said(
        da="To mapper her har samme navn i forskellig Unicode-form; kun den ene er læst.",
        en="Two folders here bear the same name in different Unicode forms; only one was read.",
    ),
    "folder-shows-nothing": Said(
        da="Serveren tæller {size_bytes} byte i mappen, men viser intet i den.",
        en="The server counts {size_bytes} bytes in the folder, but shows nothing in it.",
    ),
    "folder-too-deep": Said(
        da="Mappen ligger for dybt (over 100 niveauer).",
        en="The folder lies too deep (more than 100 levels).",
    ),
    "link-file-gone": Said(
        da="Filen, som linket peger på, findes ikke længere i delingen.",
        en="The file that the link names is no longer in the share.",
    ),
    "link-file-id-unknown": Said(
        da="Om filen findes, kunne ikke afgøres.",
        en="Whether the file is there could not be told.",
    ),
    "link-file-moved": Said(
        da="Filen ligger nu i mappen »{folder}«.",
        en="The file now lies in the folder “{folder}”.",
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
        da="Linket åbner delingens øverste mappe i stedet for »{folder}«.",
        en="The link opens the share's top folder instead of “{folder}”.",
    ),
    "link-place-gone": Said(
        da="Mappen »{path}« findes ikke længere i delingen.",
        en="The folder “{path}” is no longer in the share.",
    ),
    "link-place-not-seen": Said(
        da="Mappen »{path}« blev ikke fundet, men det er ikke bekræftet endnu.",
        en="The folder “{path}” was not found, which is not confirmed yet.",
    ),
    "link-place-unread": Said(
        da=(
            "Det kunne ikke afgøres, om mappen »{path}« findes: en del af delingen kunne ikke "
            "læses."
        ),
        en=(
            "Whether the folder “{path}” is there could not be told: a part of the share could "
            "not be read."
        ),
    ),
    "link-share-gone": Said(
        da="Linket fører til en deling, der ikke findes længere.",
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
    "listing-not-webdav": Said(
        da="Serverens svar var ikke en gyldig mappeliste[: {detail}].",
        en="The server's answer was no valid listing[: {detail}].",
    ),
    "listing-too-big": Said(
        da="Mappelisten var for stor.",
        en="The listing was too big.",
    ),
    "listing-truncated": Said(
        da="Mappelisten var afskåret.",
        en="The listing was cut off.",
    ),
    "local-name-not-utf8": Said(
        da="Mappen indeholder et navn, der ikke er UTF-8.",
        en="The folder holds a name that is not UTF-8.",
    ),
    "local-unreadable": Said(
        da="Mappen kunne ikke læses: {error}.",
        en="The folder could not be read: {error}.",
    ),
    "server-connection-cut": Said(
        da="Forbindelsen til serveren blev afbrudt midt i et svar.",
        en="The connection to the server was cut in the middle of an answer.",
    ),
    "server-left-alone": Said(
        da=(
            "Serveren spørges ikke mere i denne omgang: {failed_tries:deling|delinger} lukkede os "
            "ikke ind, og flere forsøg kan få den til at lukke for dem alle."
        ),
        en=(
            "The server is not asked any more this time: {failed_tries:share|shares} did not "
            "let us in, and more tries could make it close them all."
        ),
    ),
    "server-maintenance": Said(
        da="Serveren er i vedligeholdelsestilstand.",
        en="The server is in maintenance mode.",
    ),
    "server-not-found": Said(
        da="Serveren svarede, at adressen ikke findes.",
        en="The server answered that there is no such address.",
    ),
    "server-not-reached": Said(
        da="Serveren kunne ikke nås.",
        en="The server could not be reached.",
    ),
    "server-redirects": Said(
        da=(
            "Serveren sender videre til en anden adresse ({status}); ret den i indstillingerne "
            "(base_url)."
        ),
        en=(
            "The server redirects elsewhere ({status}); correct the address in the settings "
            "(base_url)."
        ),
    ),
    "server-status": Said(
        da="Serveren svarede med fejl {status} i stedet for en mappeliste.",
        en="The server answered with error {status} instead of a listing.",
    ),
    "server-throttled": Said(
        da=(
            "Serveren afviser os for en tid, fordi der har været for mange mislykkede forsøg fra "
            "denne adresse."
        ),
        en="The server shuts us out for a while: too many failed tries from this address.",
    ),
    "server-timeout": Said(
        da="Serveren svarede ikke i tide.",
        en="The server did not answer in time.",
    ),
    "server-tls-failed": Said(
        da="Serverens certifikat kunne ikke godkendes.",
        en="The server's certificate could not be verified.",
    ),
    "server-wants-login": Said(
        da="Serveren kræver login.",
        en="The server wants a login.",
    ),
    "share-asked-lately": Said(
        da="Delingen lukkede os ikke ind {asked_at:date}; den spørges højst én gang i døgnet.",
        en="The share did not let us in on {asked_at:date}; it is asked once a day at most.",
    ),
    "share-gone": Said(
        da="Delingen findes ikke længere; der er spurgt to gange.",
        en="The share is no longer there; the server was asked twice.",
    ),
    "share-not-looked-at": Said(
        da="Delingen er ikke kontrolleret i denne omgang.",
        en="The share was not looked at this time.",
    ),
    "share-page-lives": Said(
        da="Delingens side findes, men serveren lukker ikke kontrollen ind.",
        en="The share's page is there, but the server does not let the check in.",
    ),
    "share-password-missing": Said(
        da="Delingen kræver en adgangskode, og der står ingen i indstillingerne.",
        en="The share asks for a password, and none is configured.",
    ),
    "share-password-wrong": Said(
        da="Adgangskoden til delingen passer ikke.",
        en="The share's password is wrong.",
    ),
    "share-too-big": Said(
        da="Delingen har for mange filer og mapper til at blive læst helt.",
        en="The share holds too many files and folders to be read whole.",
    ),
    "share-upload-only": Said(
        da="Man kan kun lægge filer op i delingen, ikke se dem.",
        en="Files can only be uploaded to the share, not seen.",
    ),
    "use-link": Said(
        da="Brug dette link i stedet.[ {url}]",
        en="Use this link instead.[ {url}]",
    ),
    "walk-out-of-time": Said(
        da="Delingen tog for lang tid at læse.",
        en="The share took too long to read.",
    ),
}
