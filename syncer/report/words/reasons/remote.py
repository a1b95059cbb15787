"""Answers of a server that were not the one asked for: the codes of a `RemoteError`, in words.

They stand inside a sentence ("Serverens svar var ikke en gyldig mappeliste: …"), so they begin
small and end without a mark.
"""

from __future__ import annotations

from collections.abc import Mapping

from syncer.report.words.said import Said

REMOTE: Mapping[str, Said] = {
    "bad-answer": Said("svaret fulgte ikke reglerne", "the answer broke the rules"),
    "bad-href": Said("en adresse i den var ugyldig", "an address in it was not valid"),
    "compressed": Said("den var pakket, så den ikke kunne læses", "it was packed unreadably"),
    "connection-cut": Said("forbindelsen blev afbrudt", "the connection was cut"),
    "doctype": Said("den havde indhold, der ikke hører til", "it held what does not belong there"),
    "duplicate-entry": Said("noget stod i den to gange", "something stood in it twice"),
    "empty-answer": Said("den var tom", "it was empty"),
    "entry-too-big": Said("en linje i den var for stor", "an entry of it was too big"),
    "foreign-href": Said("den nævnte noget uden for mappen", "it named what is outside the folder"),
    "http-status": Said("serveren svarede med en fejl", "the server answered with an error"),
    "maintenance": Said("serveren er under vedligeholdelse", "the server is in maintenance"),
    "not-a-folder": Said("en fil optrådte som mappe", "a file stood as a folder"),
    "not-authenticated": Said("serveren kræver login", "the server wants a login"),
    "not-found": Said("serveren siger, at den ikke findes", "the server says it is not there"),
    "not-multistatus": Said("det var en anden slags svar", "it was another kind of answer"),
    "not-reached": Said("serveren kunne ikke nås", "the server could not be reached"),
    "not-the-share": Said("den viste ikke delingen", "it did not show the share"),
    "not-xml": Said("det var ikke en liste, men måske en hjemmeside", "it was perhaps a web page"),
    "orphan-entry": Said("en mappe manglede i den", "a folder was lacking in it"),
    "redirected": Said("serveren sendte videre", "the server redirected"),
    "self-missing": Said("mappen selv manglede i den", "the folder itself was lacking in it"),
    "self-twice": Said("mappen selv stod i den to gange", "the folder itself stood in it twice"),
    "self-unclear": Said("den passede ikke til mappen", "it did not fit the folder"),
    "share-not-found": Said("delingen findes ikke", "the share is not there"),
    "smtp-not-supported": Said(
        "mailserveren kan ikke det, der er sat op", "the mail server cannot do what is set up"
    ),
    "smtp-status": Said(
        "mailserveren svarede med en fejl", "the mail server answered with an error"
    ),
    "stopped": Said("kontrollen blev stoppet", "the check was stopped"),
    "throttled": Said("serveren lukker os ude for en tid", "the server shuts us out for a while"),
    "timeout": Said("serveren svarede ikke i tide", "the server did not answer in time"),
    "tls-failed": Said("certifikatet kunne ikke godkendes", "the certificate was not accepted"),
    "too-big": Said("den var for stor", "it was too big"),
    "too-deep": Said("mapperne lå for dybt", "the folders lay too deep"),
    "too-many": Said("der var for mange filer", "there were too many files"),
    "too-many-requests": Said("serveren beder om en pause", "the server asks for a pause"),
    "truncated": Said("den var afskåret", "it was cut off"),
    "upload-only": Said("man kan kun lægge filer op", "files can only be uploaded"),
    "wrong-depth": Said("den gik for dybt eller ikke dybt nok", "it was of the wrong depth"),
}
