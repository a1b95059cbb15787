"""What to do next, and what the findings say: Danish and English side by side."""

from __future__ import annotations

from collections.abc import Mapping

from syncer.report.words.said import Said

REASONS: Mapping[str, Said] = {
    "add-front-matter": Said(
        da="Begynd siden med to linjer med ---, så den bliver vist.",
        en="Begin the page with two lines of --- so that it is published.",
    ),
    "add-kinds": Said(
        da="Lav også det, der mangler: {kinds}.",
        en="Add what is lacking too: {kinds}.",
    ),
    "add-kinds-keep-todo": Said(
        da="Lad »(ToDo)« stå, til også {kinds} er der.",
        en="Keep the ToDo until {kinds} are there too.",
    ),
    "allow-reading": Said(
        da="Tillad, at delingens filer kan læses.",
        en="Allow the share's files to be read.",
    ),
    "check-handbook-settings": Said(
        da=(
            "Se efter, om håndbogens adresse og indstillingernes mønstre for sider og tabeller "
            "er rigtige."
        ),
        en=(
            "See whether the handbook's address and the settings' patterns for pages and tables "
            "are right."
        ),
    ),
    "configure-password": Said(
        da="Giv kontrollen adgangskoden i indstillingerne, eller fjern den fra delingen.",
        en="Give the audit the password in its settings, or remove it from the share.",
    ),
    "correct-front-matter": Said(
        da="Ret sidens indledning (front matter).",
        en="Correct the page's front matter.",
    ),
    "correct-place": Said(
        da="Ret linket i håndbogen, eller opret mappen igen.",
        en="Correct the link in the handbook, or make the folder again.",
    ),
    "correct-table-line": Said(
        da="Ret tabellens linje.",
        en="Correct the line of the table.",
    ),
    "fill-or-remove-page": Said(
        da="Skriv siden, eller fjern den.",
        en="Write the page, or remove it.",
    ),
    "finish-draft": Said(
        da="Gør udkastet »{file}« færdigt[, og gem det som »{file_name}«].",
        en="Finish the draft “{file}”[ and save it as “{file_name}”].",
    ),
    "keep-one-file": Said(
        da=("Behold ét af dokumenterne[, og kald det »{file_name}«]; flyt de andre til et arkiv."),
        en=(
            "Keep one of the documents[ and call it “{file_name}”]; move the others to an archive."
        ),
    ),
    "keep-todo": Said(
        da="Lad »(ToDo)« stå, til også {kinds} er der.",
        en="Keep the ToDo until {kinds} are there too.",
    ),
    "link-folder": Said(
        da="Filen ligger i »{folder}«; sæt dette link i håndbogen.",
        en="The file lies in “{folder}”; put this link into the handbook.",
    ),
    "link-folder-instead": Said(
        da="Sæt linket til »{folder}«.",
        en="Let the link point to “{folder}”.",
    ),
    "link-one-place": Said(
        da="Lad alle linjer om »{name}« pege på den samme fil.",
        en="Let every mention of “{name}” lead to the same file.",
    ),
    "link-public-share": Said(
        da="Del mappen med et offentligt link, og sæt det i håndbogen.",
        en="Share the folder by a public link and put that into the handbook.",
    ),
    "list-rename-or-remove": Said(
        da=("Nævn »{file}« i håndbogen, giv den navn efter den ressource, den er, eller flyt den."),
        en="List “{file}” in the handbook, name it after the resource that it is, or move it.",
    ),
    "make-place-a-link": Said(
        da="Gør stedet til et link til mappen.",
        en="Make the place a link to the folder.",
    ),
    "make-share-read-only": Said(
        da="Sæt delingen til kun at kunne læses.",
        en="Set the share to read only.",
    ),
    "move-or-link": Said(
        da="Flyt filen fra »{folder}« til »{place}«, eller sæt dette link i håndbogen.",
        en="Move the file from “{folder}” to “{place}”, or put this link into the handbook.",
    ),
    "moved-back-or-link": Said(
        da=(
            "Filen er flyttet fra »{earlier}« til »{folder}«. Flyt den tilbage, eller sæt dette "
            "link i håndbogen."
        ),
        en=(
            "The file was moved from “{earlier}” to “{folder}”. Move it back, or put this link "
            "into the handbook."
        ),
    ),
    "name-ends-with-dot-or-space": Said(
        da="Navnet ender på punktum eller mellemrum.",
        en="The name ends with a dot or a space.",
    ),
    "name-has-control-character": Said(
        da="Navnet har et usynligt styretegn.",
        en="The name has an invisible control character.",
    ),
    "name-has-forbidden-character": Said(
        da="Navnet har tegnet {character}, som Windows ikke kan bruge.",
        en="The name has the character {character}, which Windows cannot use.",
    ),
    "name-is-reserved": Said(
        da="Navnet er forbeholdt Windows selv.",
        en="The name is reserved by Windows.",
    ),
    "name-is-too-long": Said(
        da="Navnet er over 255 tegn.",
        en="The name is longer than 255 characters.",
    ),
    "next-run-fetches-again": Said(
        da="Næste kontrol henter håndbogen igen.",
        en="The next run fetches the handbook again.",
    ),
    "next-run-looks-again": Said(
        da="Næste kontrol prøver igen.",
        en="The next run looks again.",
    ),
    "put-file": Said(
        da="Læg dokumentet i »{folder}«[ med navnet »{file_name}«].",
        en="Put the document into “{folder}”[ under the name “{file_name}”].",
    ),
    "put-file-and-correct-place": Said(
        da=(
            "Læg dokumentet i en delt mappe[ med navnet »{file_name}«], og lad håndbogens link "
            "pege på den."
        ),
        en=(
            "Put the document into a shared folder[ under the name “{file_name}”] and let the "
            "handbook's link point there."
        ),
    ),
    "put-promised-file": Said(
        da="Når dokumentet er færdigt, så læg det i »{folder}«[ med navnet »{file_name}«].",
        en=(
            "When the document is finished, put it into “{folder}”[ under the name “{file_name}”]."
        ),
    ),
    "remove-todo": Said(
        da="Fjern »(ToDo)« i håndbogen; linket er rigtigt.",
        en="Remove the ToDo in the handbook; the link is right.",
    ),
    "remove-todo-and-link": Said(
        da="Fjern »(ToDo)« i håndbogen, og lad linket pege på »{folder}«.",
        en="Remove the ToDo in the handbook and let the link point to “{folder}”.",
    ),
    "remove-waiver": Said(
        da="Fjern undtagelsen fra indstillingerne.",
        en="Remove the waiver from the settings.",
    ),
    "rename-file": Said(
        da="Giv »{file}« et andet navn.",
        en="Give “{file}” another name.",
    ),
    "renew-outdated": Said(
        da="Læg den gældende udgave ved siden af »{file}«[ med navnet »{file_name}«].",
        en="Put the current version in place of “{file}”[ under the name “{file_name}”].",
    ),
    "replace-empty-file": Said(
        da="Læg den rigtige udgave af »{file}« ind; filen er på 0 byte.",
        en="Put the real “{file}” there; the file has 0 bytes.",
    ),
    "restore-or-accept-empty": Said(
        da=(
            "Se efter, om filerne er slettet eller flyttet ved en fejl. Er det rigtigt, så kør "
            "én gang med --full --accept-empty."
        ),
        en=(
            "See whether the files were deleted or moved by mistake. If it is right, run once "
            "with --full --accept-empty."
        ),
    ),
    "save-as-utf-8": Said(
        da="Gem siden som tekst i UTF-8.",
        en="Save the page as text in UTF-8.",
    ),
    "share-again-or-unlink": Said(
        da="Del mappen igen, og sæt det nye link i håndbogen.",
        en="Share the folder again and put the new link into the handbook.",
    ),
    "share-suddenly-empty": Said(
        da="Delingen er pludselig tom eller næsten tom; det bliver ikke troet endnu.",
        en="The share is suddenly empty or nearly so; that is not believed yet.",
    ),
}
