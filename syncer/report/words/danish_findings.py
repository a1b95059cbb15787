"""Danish: the badge, the sentence and the advice of each finding."""

BADGES = {
    "resource-missing": "Mangler",
    "resource-planned": "Planlagt (ToDo)",
    "resource-partial": "Delvis klar",
    "resource-arrived": "Klar til at blive linket",
    "resource-elsewhere": "Ligger et andet sted",
    "resource-draft": "Kun udkast",
    "resource-outdated": "Forældet",
    "resource-ambiguous": "Flere mulige",
    "resource-likely": "Formentlig på plads",
    "resource-undetermined": "Kunne ikke kontrolleres",
    "resource-no-access": "Kræver login",
    "file-empty": "Tom fil",
    "file-old": "Gammelt dokument",
    "file-damaged": "Beskadiget fil",
    "file-other-type": "Forkert indhold",
    "file-locked": "Kræver adgangskode",
    "file-blank": "Intet indhold",
    "file-unlisted": "Ikke nævnt",
    "file-name-unsafe": "Uheldigt filnavn",
    "place-missing": "Mappen findes ikke",
    "place-unresolved": "Sted uden link",
    "places-disagree": "To forskellige filer",
    "share-gone": "Delingen er væk",
    "share-needs-password": "Kræver adgangskode",
    "share-writable": "Alle kan ændre",
    "share-expires": "Udløber snart",
    "share-changed": "Delingen er ændret",
    "share-unreadable": "Kunne ikke læses",
    "share-suddenly-empty": "Pludselig tom",
    "share-link-opens-root": "Åbner forkert mappe",
    "link-broken": "Virker ikke",
    "link-download-empty": "Henter ingenting",
    "link-empty": "Tomt link",
    "link-anchor-missing": "Afsnittet findes ikke",
    "link-needs-login": "Kræver login",
    "link-redirected": "Har fået ny adresse",
    "link-blocked": "Afviser kontrol",
    "link-timed-out": "Svarede ikke i tide",
    "link-unconfirmed": "Ikke bekræftet",
    "link-private-address": "Kan kun nås indefra",
    "link-bare": "Adresse uden link",
    "page-unreadable": "Kunne ikke læses",
    "page-not-published": "Vises ikke",
    "address-clash": "Samme adresse",
    "page-empty": "Tom side",
    "table-malformed": "Fejl i tabellen",
    "handbook-settings-invalid": "Fejl i håndbogens indstillinger",
    "handbook-stale": "Gammel udgave",
    "waiver-unused": "Overflødig undtagelse",
    "copy-incomplete": "Kopien er ikke hel",
    "publish-failed": "Ikke lagt op",
    "notice-failed": "Ikke sendt",
    "nothing-found": "Intet fundet",
}

SENTENCES = {
    "resource-missing": "»{subject}« findes ikke {where}[; håndbogen henviser til »{place}«].",
    "resource-planned": "»{subject}« er lovet i håndbogen, men findes ikke endnu.[ {progress}.]",
    "resource-partial": "»{subject}« er kun delvis klar[: {progress}].",
    "resource-arrived": "»{subject}« står som ToDo i håndbogen, men dokumentet ligger der nu[: "
    "»{file}«].[ {progress}.]",
    "resource-elsewhere": "»{subject}« ligger ikke dér, hvor håndbogen siger, men i »{folder}«.",
    "resource-draft": "Af »{subject}« findes kun et udkast[: »{file}«].",
    "resource-outdated": "Af »{subject}« findes kun en forældet eller arkiveret udgave[: "
    "»{file}«].",
    "resource-ambiguous": "Flere dokumenter passer lige godt på »{subject}«[: {files}].",
    "resource-likely": "»{subject}« er formentlig »{file}«[; den ligger i »{folder}«].",
    "resource-undetermined": "Vi ved ikke, om »{subject}« er der.[ {reason}]"
    "[ Sidst kontrolleret {on:day}: {known}.]",
    "resource-no-access": "»{subject}« ligger bag et login eller en adgangskode, som kontrollen "
    "ikke har.",
    "file-empty": "Filen »{subject}«[ i »{folder}«] er tom (0 byte).",
    "file-damaged": "Filen »{subject}«[ i »{folder}«] er beskadiget og kan ikke åbnes.[ {reason}]",
    "file-other-type": "Filen »{subject}«[ i »{folder}«] er ikke det, som navnet siger.[ {reason}]",
    "file-locked": "Filen »{subject}«[ i »{folder}«] kan kun åbnes med en adgangskode.",
    "file-blank": "Filen »{subject}«[ i »{folder}«] er hel, men uden indhold.[ {reason}]",
    # Those that have a {name} are of one file, the others of several in a folder.
    "file-old": "»{subject}«[ i »{folder}«] er ikke ændret siden {changed_on:day}.",
    "file-unlisted": "[Filen »{name}« ligger i en mappe, som håndbogen henviser til (»{folder}«), "
    "men ingen række nævner den][Mappen »{folder}«, som håndbogen henviser til, har "
    "{count:fil|filer}, som ingen række nævner: {files}][ samt {more:anden|andre}].",
    "file-name-unsafe": "[Navnet »{name}« i »{folder}« kan give problemer][{count:navn|navne} i "
    "»{folder}« kan give problemer: {files}][ samt {more:andet|andre}].[ {reason}]",
    "place-missing": "Mappen »{subject}«, som håndbogen peger på, findes ikke længere.",
    "place-unresolved": "Det fremgår ikke, hvor »{subject}« skal ligge: stedet er skrevet uden "
    "link.",
    "places-disagree": "»{subject}« er nævnt flere steder, og linkene fører til forskellige filer.",
    "share-gone": "Delingen »{subject}« findes ikke længere.[ Håndbogen har stadig "
    "{links:link|links} til den: serveren tæller hvert besøg som et mislykket forsøg og kan til "
    "sidst lukke hele læserens netværk ude.]",
    "share-needs-password": "Kontrollen kom ikke ind i delingen »{subject}«.[ {reason}]",
    "share-expires": "Linket til delingen »{subject}« udløber {expires_on:day}.[ Det bruges på "
    "{pages}.]",
    "share-changed": "Linket til delingen »{subject}« har ændret sig.[ {reason}] Det blev set "
    "{on:day}.",
    "share-writable": "Alle, der har linket til delingen »{subject}«, kan ændre og slette filerne.",
    "share-unreadable": "Delingen »{subject}« kunne ikke læses.[ {reason}]",
    "share-suddenly-empty": "Delingen »{subject}« er pludselig tom eller næsten tom[ i {folders}].",
    "share-link-opens-root": "Linket[ »{text}«] åbner delingens øverste mappe[ i stedet for "
    "»{folder}«].",
    "link-broken": "Linket[ »{text}«] virker ikke.[ {reason}]",
    "link-download-empty": "Linket[ »{text}«] henter en tom fil: Nextcloud glemmer, hvilken mappe "
    "filen ligger i.",
    "link-empty": "Linket[ »{text}«] peger ingen steder hen.",
    "link-anchor-missing": "Siden findes, men ikke det afsnit, som linket[ »{text}«] peger på.",
    "link-needs-login": "Linket[ »{text}«] kræver login; læsere uden adgang kan ikke åbne det.",
    "link-redirected": "Siden er flyttet permanent[ til {final}].",
    "link-blocked": "Kontrollen blev ikke lukket ind; linket virker måske alligevel.[ {reason}]",
    "link-timed-out": "Hjemmesiden svarede ikke inden for tidsgrænsen.",
    "link-unconfirmed": "Linket[ »{text}«] virkede ikke, da det blev prøvet, men det er ikke "
    "bekræftet endnu.[ {reason}]",
    "link-private-address": "Adressen kan kun nås fra et internt netværk.",
    "link-bare": "Adressen vises som tekst på sitet, så læserne kan ikke klikke på den.",
    "page-unreadable": "Siden »{subject}« kunne ikke læses.[ {reason}]",
    "page-not-published": "Siden »{subject}« bliver ikke vist i den udgivne håndbog.",
    "address-clash": "Flere filer vil have adressen {subject}: {files}.",
    "page-empty": "Siden »{subject}« har intet indhold.",
    "table-malformed": "Rækken »{subject}« i en tabel er skrevet forkert.[ {reason}]",
    "handbook-settings-invalid": "En indstilling i {file} har ingen virkning.[ {reason}]",
    "handbook-stale": "Håndbogen kunne ikke hentes; den sidst hentede udgave er brugt.[ {reason}]",
    "waiver-unused": "Undtagelsen for »{subject}« passer ikke længere på noget.",
    "copy-incomplete": "{count:dokument|dokumenter} fra delingen »{subject}« kom ikke med i den "
    "lokale kopi[: {files}].[ {reason}]",
    "publish-failed": "Rapporten kunne ikke lægges op.[ {reason}]",
    "notice-failed": "Kontrollens besked ({channel}) er ikke kommet frem siden {since:date}.[ "
    "{reason}]",
    "nothing-found": "Der blev ikke fundet nogen sider, ressourcer eller links at kontrollere.",
}

# What to do about it; a finding without a next step has no entry.
ACTIONS = {
    "resource-missing": "Læg dokumentet i »{place}«[, og giv filen navnet »{suggestion}«].",
    "resource-planned": "Skriv dokumentet færdigt, og læg det i »{place}«[ under navnet "
    "»{suggestion}«].",
    "resource-partial": "Lav også det, der mangler[: {absent}][, og læg det i »{place}«].",
    "resource-arrived": "Fjern »(ToDo)« i håndbogen, og link til mappen[ »{folder}«].",
    "resource-elsewhere": "Flyt filen til »{place}«, eller ret linket i håndbogen.",
    "resource-draft": "Gør udkastet færdigt[, og gem det som »{suggestion}«].",
    "resource-outdated": "Læg den gældende udgave i »{place}«[ under navnet »{suggestion}«].",
    "resource-ambiguous": "Find ud af, hvilket dokument der er det rigtige, og lad linket pege på "
    "selve filen.",
    "resource-likely": "Se efter, om det er det rigtige dokument. Er det, så giv filen navnet "
    "»{subject}«, eller lad linket pege på selve filen.",
    "resource-undetermined": "Vent til i morgen; står det her stadig, så sig det til "
    "administratoren.",
    "resource-no-access": "Del mappen med et link, som alle håndbogens læsere kan åbne, eller giv "
    "kontrollen adgang.",
    "file-empty": "Erstat den med den rigtige udgave under samme navn.",
    "file-old": "Se, om det stadig gælder; er det gennemgået, så gem det igen, eller sæt punktet "
    "til side.",
    "file-damaged": "Erstat den med en hel udgave under samme navn.",
    "file-other-type": "Erstat den med det rigtige dokument.",
    "file-locked": "Gem den uden adgangskode, hvis læserne skal kunne åbne den.",
    "file-blank": "Erstat den med den udfyldte udgave under samme navn.",
    "file-unlisted": "Nævn filen i håndbogen, eller flyt den.",
    "file-name-unsafe": "Giv filen et navn uden særlige tegn.",
    "place-missing": "Ret linket i håndbogen, eller opret mappen igen.",
    "place-unresolved": "Gør stedet til et link til mappen.",
    "places-disagree": "Lad alle links føre til den samme fil.",
    "share-gone": "Del mappen igen, og sæt det nye link i håndbogen.",
    "share-needs-password": "Giv kontrollen adgangskoden, eller fjern den fra delingen.",
    "share-expires": "Sæt en senere udløbsdato på linket i Nextcloud, eller fjern datoen.",
    "share-changed": "Se efter, om det er meningen; ret ellers delingen eller håndbogens link.",
    "share-writable": "Indstil delingen, så filerne kun kan læses.",
    "share-unreadable": "Se, om serveren svarer; næste kontrol prøver igen.",
    "share-suddenly-empty": "Se efter, om filerne er slettet eller flyttet ved en fejl.",
    "share-link-opens-root": "Sæt det rigtige link i håndbogen.",
    "link-broken": "Ret linket, eller fjern det.",
    "link-download-empty": "Sæt det rigtige link i håndbogen.",
    "link-empty": "Sæt en adresse ind, eller fjern linket.",
    "link-anchor-missing": "Ret den del af linket, der står efter #.",
    "link-needs-login": "Brug et link, som alle kan åbne, hvis læserne skal kunne se det.",
    "link-redirected": "Sæt den nye adresse i håndbogen.",
    "link-blocked": "Åbn linket i en browser: er siden der, er alt godt; ellers ret linket.",
    "link-timed-out": "Prøv linket i en browser; næste kontrol prøver igen.",
    "link-unconfirmed": "Vent: de næste kontroller afgør det. Eller prøv linket i en browser.",
    "link-private-address": "Brug en adresse, som alle læsere kan nå.",
    "link-bare": "Gør adressen til et link, for eksempel ved at sætte < og > om den.",
    "page-unreadable": "Gem siden som almindelig tekst (UTF-8).",
    "page-not-published": "Sæt de manglende linjer øverst i filen, eller slet siden.",
    "address-clash": "Giv en af filerne et andet navn eller et andet permalink.",
    "page-empty": "Skriv siden, eller slet den.",
    "table-malformed": "Ret rækken i tabellen.",
    "handbook-stale": "Se, om git-serveren kan nås.",
    "waiver-unused": "Fjern den fra indstillingerne.",
    "copy-incomplete": "Se på disken og grænserne i indstillingerne; næste kontrol prøver igen.",
    "publish-failed": "Se, om mappen findes, og om kontrollen har lov til at skrive i den.",
    "notice-failed": "Prøv indstillingerne med »syncer check-config --deep«.",
    "nothing-found": "Se efter, om indstillingerne peger på den rigtige håndbog.",
}

TOGETHER = {
    "file-old": "{n:dokument|dokumenter}, som håndbogen nævner, er ikke ændret i {years} år.",
    "link-needs-login": "Denne offentlige side henviser til {n:sted|steder} i Nextcloud, som "
    "offentligheden ikke kan åbne.",
    "share-link-opens-root": "Nextcloud på {name} overser mappen i {n:link|links} og åbner "
    "delingens øverste mappe i stedet.",
    "share-unreadable": "{n:deling|delinger} på {name} kunne ikke læses.[ {reason}]",
}
