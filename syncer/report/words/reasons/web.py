"""Links to the web: Danish and English side by side."""

from __future__ import annotations

from collections.abc import Mapping

from syncer.report.words.said import Said

REASONS: Mapping[str, Said] = {
    "link-anchor-by-script": Said(
        da="Siden er der; om afsnittet »#{anchor}« er der, afgøres af et script.",
        en="The page is there; whether the section “#{anchor}” is, a script decides.",
    ),
    "link-anchor-not-html": Said(
        da="Filen er der; om »#{anchor}« findes i den, kan ikke kontrolleres.",
        en="The file is there; whether it has “#{anchor}” cannot be checked.",
    ),
    "link-anchor-page-too-big": Said(
        da="Siden er der, men for stor til at lede efter »#{anchor}« i det hele.",
        en="The page is there but too big to be searched for “#{anchor}” as a whole.",
    ),
    "link-anchor-page-unread": Said(
        da="Siden er der, men kunne ikke læses til ende for at finde »#{anchor}«.",
        en="The page is there but could not be read to its end to find “#{anchor}”.",
    ),
    "link-asks-for-login": Said(
        da="{host} kræver login.",
        en="{host} asks for a login.",
    ),
    "link-bot-wall": Said(
        da="{host} lukker ikke robotter ind ({wall}); læsere kan formentlig åbne siden.",
        en="{host} lets no robots in ({wall}); readers can probably open the page.",
    ),
    "link-dns-failed": Said(
        da="Navnet {host} kunne ikke slås op lige nu.",
        en="The name {host} could not be looked up just now.",
    ),
    "link-dropped": Said(
        da="{host} afbrød forbindelsen.",
        en="{host} broke off the connection.",
    ),
    "link-excluded": Said(
        da="Linket er undtaget i indstillingerne ({pattern}).",
        en="The link is excluded in the settings ({pattern}).",
    ),
    "link-gone": Said(
        da="{host} siger, at siden er fjernet permanent (410).",
        en="{host} says that the page is gone for good (410).",
    ),
    "link-host-unknown": Said(
        da="Der findes ingen server med navnet {host}.",
        en="There is no server named {host}.",
    ),
    "link-host-unreachable": Said(
        da="{host} kan ikke nås.",
        en="{host} cannot be reached.",
    ),
    "link-http-error": Said(
        da="{host} svarer med fejl {status}.",
        en="{host} answers with error {status}.",
    ),
    "link-inside-host": Said(
        da="{host} kan kun nås indefra og bliver derfor ikke kontrolleret.",
        en="{host} can be reached only from within and so is not asked.",
    ),
    "link-interrupted": Said(
        da="Kontrollen blev stoppet, før linket blev prøvet.",
        en="The check was stopped before the link was tried.",
    ),
    "link-is-script": Said(
        da="Linket er et script og fører ingen steder hen.",
        en="The link is a script and leads nowhere.",
    ),
    "link-leads-to-login": Said(
        da="Linket fører til en login-side ({url}).",
        en="The link leads to a login page ({url}).",
    ),
    "link-mail-invalid": Said(
        da="Mailadressen i linket er skrevet forkert.",
        en="The mail address in the link is written wrongly.",
    ),
    "link-moved": Said(
        da="Siden er flyttet til {url}.",
        en="The page has moved to {url}.",
    ),
    "link-network-unreachable": Said(
        da="Der er ikke netværk herfra til {host}.",
        en="There is no network from here to {host}.",
    ),
    "link-no-network": Said(
        da="Ingen af de prøvede adresser svarede; netværket ser ud til at være væk herfra.",
        en="None of the addresses that were tried answered; the network seems to be gone.",
    ),
    "link-not-absolute": Said(
        da="Linket er ikke en fuld adresse og er ikke kontrolleret.",
        en="The link is no full address and was not checked.",
    ),
    "link-not-found": Said(
        da="{host} siger, at siden ikke findes (404).",
        en="{host} says that there is no such page (404).",
    ),
    "link-not-http": Said(
        da="{host} svarer med noget, der ikke er en webside.",
        en="{host} answers with something that is no web page.",
    ),
    "link-phone-invalid": Said(
        da="Telefonnummeret »{number}« er skrevet forkert.",
        en="The phone number “{number}” is written wrongly.",
    ),
    "link-private-address": Said(
        da=(
            "{host} ligger på et privat netværk; læsere udefra kan ikke komme derhen, og "
            "adressen er ikke prøvet."
        ),
        en=(
            "{host} lies on a private network; readers outside cannot get there, and the address "
            "was not asked."
        ),
    ),
    "link-proxy-failed": Said(
        da="Proxyen gav ikke forbindelse til {host}.",
        en="The proxy gave no connection to {host}.",
    ),
    "link-redirect-loop": Said(
        da="Siden sender læseren i ring ({url}).",
        en="The page sends the reader round in circles ({url}).",
    ),
    "link-redirect-to-nowhere": Said(
        da="{host} sender læseren videre til noget, der ikke er en adresse (»{target}«).",
        en="{host} sends the reader on to something that is no address (“{target}”).",
    ),
    "link-redirect-to-scheme": Said(
        da="Siden sender læseren videre til »{scheme}:«, som ikke kan undersøges.",
        en="The page sends the reader on to “{scheme}:”, which cannot be checked.",
    ),
    "link-refused": Said(
        da="{host} tager ikke imod forbindelser.",
        en="{host} takes no connections.",
    ),
    "link-scheme-unchecked": Said(
        da="Links med »{scheme}:« kan ikke kontrolleres.",
        en="Links with “{scheme}:” cannot be checked.",
    ),
    "link-timed-out": Said(
        da="{host} svarede ikke inden for {timeout_s} sekunder.",
        en="{host} did not answer within {timeout_s} seconds.",
    ),
    "link-tls-expired": Said(
        da="Certifikatet for {host} er udløbet, så browseren advarer.",
        en="The certificate of {host} has expired, so that browsers warn.",
    ),
    "link-tls-failed": Said(
        da="Der kunne ikke laves en sikker forbindelse til {host}.",
        en="No secure connection to {host} could be made.",
    ),
    "link-tls-not-yet-valid": Said(
        da="Certifikatet for {host} gælder ikke endnu, så browseren advarer.",
        en="The certificate of {host} is not valid yet, so that browsers warn.",
    ),
    "link-tls-unknown-issuer": Said(
        da=(
            "Certifikatet for {host} er udstedt af en ukendt udsteder, eller serveren sender "
            "ikke hele kæden."
        ),
        en=(
            "The certificate of {host} comes from an unknown issuer, or the server does not send "
            "the whole chain."
        ),
    ),
    "link-tls-wrong-name": Said(
        da="Certifikatet gælder ikke for navnet {host}, så browseren advarer.",
        en="The certificate does not hold for the name {host}, so that browsers warn.",
    ),
    "link-to-own-disk": Said(
        da="Linket peger på en fil på skribentens egen computer.",
        en="The link points to a file on the writer's own computer.",
    ),
    "link-too-many-redirects": Said(
        da="Siden sender læseren videre mere end {limit} gange.",
        en="The page sends the reader on more than {limit} times.",
    ),
    "link-too-many-requests": Said(
        da="{host} har fået for mange forespørgsler og vil ikke svare nu (429).",
        en="{host} has had too many requests and will not answer now (429).",
    ),
    "link-url-invalid": Said(
        da="Adressen er skrevet forkert, så ingen browser kan åbne den.",
        en="The address is written wrongly, so that no browser can open it.",
    ),
}
