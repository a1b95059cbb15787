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
        da=(
            "Lav også det, der mangler: {kinds}[; læg det i »{folder}«]"
            "[, for eksempel under navnet »{file_name}«]."
        ),
        en=(
            "Make what is lacking, too: {kinds}[; put it into “{folder}”]"
            "[, for example as “{file_name}”]."
        ),
    ),
    "add-kinds-keep-todo": Said(
        da=(
            "Lav også det, der mangler: {kinds}[; læg det i »{folder}«]"
            "[, for eksempel under navnet »{file_name}«]. Lad »(ToDo)« stå så længe."
        ),
        en=(
            "Make what is lacking, too: {kinds}[; put it into “{folder}”]"
            "[, for example as “{file_name}”]. Keep the ToDo until then."
        ),
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
        en="Give the check the password in its settings, or remove it from the share.",
    ),
    "correct-password": Said(
        da="Ret adgangskoden i indstillingerne, eller fjern den fra delingen.",
        en="Correct the password in the settings, or remove it from the share.",
    ),
    "correct-pin": Said(
        da="Ret eller fjern fastlåsningen i indstillingerne: {path} er der ikke.",
        en="Correct or remove the pin in the settings: {path} is not there.",
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
        da="Ret rækken i tabellen.",
        en="Correct the row in the table.",
    ),
    "fill-or-remove-page": Said(
        da="Skriv siden, eller fjern den.",
        en="Write the page, or remove it.",
    ),
    "finish-draft": Said(
        da=(
            "Gør udkastet »{file}« færdigt, og gem det[ i »{folder}«][ under navnet »{file_name}«]."
        ),
        en=(
            "Finish the draft “{file}” and save it[ in “{folder}”][ under the name “{file_name}”]."
        ),
    ),
    "keep-one-file": Said(
        da=(
            "Find ud af, hvilket dokument der er det rigtige. Giv det navnet »{name}« og de andre "
            "navne, der viser, hvad de er, eller lad håndbogens link pege på selve filen."
        ),
        en=(
            "Find out which of the documents is the right one: call it “{name}” and the others "
            "what they are, or let the handbook's link name that very file."
        ),
    ),
    "keep-todo": Said(
        da="Lad »(ToDo)« stå, indtil også {kinds} er klar.",
        en="Keep the ToDo until {kinds} are ready too.",
    ),
    "let-account-see-place": Said(
        da="Giv kontrollens konto adgang til mappen, eller ret linket i håndbogen.",
        en="Let the check's account see the folder, or correct the link in the handbook.",
    ),
    "let-page-be-read": Said(
        da="Giv kontrollen lov til at læse {page}.",
        en="Let the check read {page}.",
    ),
    "link-folder": Said(
        da="Dokumentet ligger i »{folder}«; sæt dette link i håndbogen.[ {url}]",
        en="The document lies in “{folder}”; put this link into the handbook.[ {url}]",
    ),
    "link-folder-instead": Said(
        da="Lad linket pege på »{folder}«.[ {url}]",
        en="Let the link point to “{folder}”.[ {url}]",
    ),
    "link-one-place": Said(
        da="Lad alle rækker om »{name}« føre til den samme fil.",
        en="Let every mention of “{name}” lead to the same file.",
    ),
    "link-public-share": Said(
        da="Del mappen med et offentligt link, og sæt det i håndbogen.",
        en="Share the folder by a public link and put that into the handbook.",
    ),
    "list-rename-or-remove": Said(
        da="Nævn »{file}« i håndbogen, giv den samme navn som sin ressource, eller flyt den.",
        en="List “{file}” in the handbook, name it after the resource that it is, or move it.",
    ),
    "make-place-a-link": Said(
        da="Gør stedet til et link til mappen.",
        en="Make the place a link to the folder.",
    ),
    "make-share-read-only": Said(
        da="Indstil delingen, så filerne kun kan læses.",
        en="Set the share to read only.",
    ),
    "move-or-link": Said(
        da="Flyt »{file}« til »{place}«, eller sæt dette link i håndbogen.[ {url}]",
        en="Move “{file}” to “{place}”, or put this link into the handbook.[ {url}]",
    ),
    "moved-back-or-link": Said(
        da=(
            "»{earlier}« er flyttet til »{folder}«. Flyt den tilbage, eller sæt dette link i "
            "håndbogen.[ {url}]"
        ),
        en=(
            "“{earlier}” was moved to “{folder}”. Move it back, or put this link into the "
            "handbook.[ {url}]"
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
        en="The next check fetches the handbook again.",
    ),
    "next-run-looks-again": Said(
        da="Næste kontrol prøver igen.",
        en="The next check looks again.",
    ),
    "put-file": Said(
        da="Læg dokumentet i »{folder}«[ under navnet »{file_name}«].",
        en="Put the document into “{folder}”[ under the name “{file_name}”].",
    ),
    "put-file-and-correct-place": Said(
        da=(
            "Læg dokumentet i en delt mappe[ under navnet »{file_name}«], og lad håndbogens link "
            "pege på mappen."
        ),
        en=(
            "Put the document into a shared folder[ under the name “{file_name}”] and let the "
            "handbook's link point there."
        ),
    ),
    "put-promised-file": Said(
        da="Når dokumentet er færdigt, så læg det i »{folder}«[ under navnet »{file_name}«].",
        en=(
            "When the document is finished, put it into “{folder}”[ under the name “{file_name}”]."
        ),
    ),
    "remove-todo": Said(
        da="Fjern »(ToDo)« i håndbogen; linket er rigtigt.",
        en="Remove the ToDo in the handbook; the link is right.",
    ),
    "remove-todo-and-link": Said(
        da="Fjern »(ToDo)« i håndbogen, og link til »{folder}«.[ {url}]",
        en="Remove the ToDo in the handbook and link to “{folder}”.[ {url}]",
    ),
    "remove-waiver": Said(
        da="Fjern undtagelsen fra indstillingerne.",
        en="Remove the waiver from the settings.",
    ),
    "rename-file": Said(
        da="Giv »{file}« et andet navn, og ret de links, der peger på den.",
        en="Give “{file}” another name, and correct the links that point to it.",
    ),
    "renew-app-password": Said(
        da="Lav en ny app-adgangskode til kontoen, og giv kontrollen den i indstillingerne.",
        en="Make a new app password for the account, and give it to the check in its settings.",
    ),
    "renew-outdated": Said(
        da="Læg den gældende udgave[ i »{folder}«][ under navnet »{file_name}«].",
        en="Put the current version[ into “{folder}”][ under the name “{file_name}”].",
    ),
    "replace-empty-file": Said(
        da="Erstat »{file}« med den rigtige udgave under samme navn.",
        en="Replace “{file}” by the right version, under the same name.",
    ),
    "restore-or-accept-empty": Said(
        da=(
            "Se efter, om filerne er slettet eller flyttet ved en fejl. Er det meningen, så kør "
            "én gang syncer run --full --accept-empty."
        ),
        en=(
            "See whether the files were deleted or moved by mistake. If it is meant so, run once "
            "syncer run --full --accept-empty."
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
        da="Delingen er pludselig tom eller næsten tom; kontrollen stoler ikke på det endnu.",
        en="The share is suddenly empty or nearly so; that is not believed yet.",
    ),
}
