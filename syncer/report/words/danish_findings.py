"""Danish: the badge, the sentence and the advice of each finding."""

BADGES = {
    "resource-missing": "Mangler",
    "resource-planned": "Planlagt (ToDo)",
    "resource-partial": "Delvis klar",
    "resource-arrived": "Klar til at blive linket",
    "resource-elsewhere": "Ligger et andet sted",
    "resource-draft": "Kun udkast",
    "resource-outdated": "Forældet",
    "resource-ambiguous": "Flere muligheder",
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
    "places-disagree": "Forskellige filer",
    "share-gone": "Den delte mappe er væk",
    "share-needs-password": "Kræver adgangskode",
    "share-writable": "Alle kan ændre",
    "share-expires": "Udløber snart",
    "share-changed": "Den delte mappe er ændret",
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
    "waiver-unused": "Overflødig indstilling",
    "copy-incomplete": "Ufuldstændig kopi",
    "publish-failed": "Ikke lagt op",
    "notice-failed": "Ikke sendt",
    "nothing-found": "Intet fundet",
}

SENTENCES = {
    "resource-missing": "»{subject}« findes ikke {where}.[ Håndbogen henviser til »{place}«.]",
    "resource-planned": "»{subject}« er planlagt, men ligger der ikke endnu.[ {progress}.]",
    "resource-partial": "»{subject}« er kun delvis klar.[ {progress}.]",
    "resource-arrived": "»{subject}« er planlagt i håndbogen, og dokumentet ligger der nu[: "
    "»{file}«].[ {progress}.]",
    "resource-elsewhere": "»{subject}« ligger ikke dér, hvor håndbogen siger, men i »{folder}«.",
    "resource-draft": "Der er kun et udkast til »{subject}«[: »{file}«].",
    "resource-outdated": "Der er kun en forældet eller arkiveret udgave af »{subject}«[: "
    "»{file}«].",
    "resource-ambiguous": "Flere dokumenter passer lige godt på »{subject}«[: {files}].",
    "resource-likely": "»{subject}« er formentlig »{file}«[, som ligger i »{folder}«].",
    "resource-undetermined": "Kontrollen ved ikke, om »{subject}« er der.[ {reason}][ {known}.]",
    "resource-no-access": "»{subject}« kræver et login eller en adgangskode, som kontrollen ikke "
    "har.",
    "file-empty": "Filen »{subject}«[ i »{folder}«] er tom (0 byte).",
    "file-damaged": "Filen »{subject}«[ i »{folder}«] er beskadiget og kan ikke åbnes.[ {reason}]",
    "file-other-type": "Filen »{subject}«[ i »{folder}«] er ikke det, som navnet siger.[ {reason}]",
    "file-locked": "Filen »{subject}«[ i »{folder}«] kan kun åbnes med en adgangskode.",
    "file-blank": "Filen »{subject}«[ i »{folder}«] er uden indhold.[ {reason}]",
    # Those that have a {name} are of one file, the others of several in a folder.
    "file-old": "»{subject}«[ i »{folder}«] er ikke ændret siden {changed_on:day}.",
    "file-unlisted": "[Ingen række i håndbogen nævner filen »{name}« i »{folder}«][Mappen "
    "»{folder}« har {count:fil|filer}, som ingen række i håndbogen nævner: {files}][ samt "
    "{more:anden|andre}].",
    "file-name-unsafe": "[Navnet »{name}« i »{folder}« kan give problemer][{count:navn|navne} i "
    "»{folder}« kan give problemer: {files}][ samt {more:andet|andre}].[ {reason}]",
    "place-missing": "Mappen »{subject}«, som håndbogen henviser til, findes ikke længere.",
    "place-unresolved": "Det fremgår ikke, hvor »{subject}« skal ligge: Stedet er skrevet uden "
    "link.",
    "places-disagree": "»{subject}« er nævnt flere steder, og linkene fører til forskellige filer.",
    "share-gone": "Den delte mappe »{subject}« findes ikke længere.[ Håndbogen har stadig "
    "{links:link|links} til den. Serveren tæller hvert besøg som et mislykket forsøg og kan til "
    "sidst lukke hele læserens netværk ude.]",
    "share-needs-password": "Kontrollen kunne ikke åbne den delte mappe »{subject}«.[ {reason}]",
    "share-expires": "Linket til den delte mappe »{subject}« udløber {expires_on:day}.[ Det bruges "
    "på {pages}.]",
    "share-changed": "Linket til den delte mappe »{subject}« har ændret sig.[ {reason}] Det blev "
    "set {on:day}.",
    "share-writable": "Alle, der har linket til den delte mappe »{subject}«, kan ændre og slette "
    "filerne.",
    "share-unreadable": "Den delte mappe »{subject}« kunne ikke læses.[ {reason}]",
    "share-suddenly-empty": "Den delte mappe »{subject}« er pludselig tom eller næsten tom[ i "
    "{folders}].",
    "share-link-opens-root": "Linket[ »{text}«] åbner den øverste mappe[ i stedet for »{folder}«].",
    "link-broken": "Linket[ »{text}«] virker ikke.[ {reason}]",
    "link-download-empty": "Linket[ »{text}«] henter en tom fil: Nextcloud glemmer, hvilken mappe "
    "filen ligger i.",
    "link-empty": "Linket[ »{text}«] har ingen adresse.",
    "link-anchor-missing": "Linket[ »{text}«] peger på et afsnit, der ikke findes.[ {reason}]",
    "link-needs-login": "Linket[ »{text}«] kræver login. Læsere uden adgang kan ikke åbne det.",
    "link-redirected": "Siden er flyttet permanent[ til {final}].",
    "link-blocked": "Kontrollen kunne ikke åbne linket[ »{text}«], men det virker måske "
    "alligevel.[ {reason}]",
    "link-timed-out": "Hjemmesiden svarede ikke i tide.",
    "link-unconfirmed": "Linket[ »{text}«] virkede ikke, da det blev prøvet, men det er ikke "
    "bekræftet endnu.[ {reason}]",
    "link-private-address": "Adressen kan kun nås fra et internt netværk.",
    "link-bare": "Adressen vises som tekst, så læserne ikke kan klikke på den.",
    "page-unreadable": "Siden »{subject}« kunne ikke læses.[ {reason}]",
    "page-not-published": "Siden »{subject}« vises ikke på håndbogens hjemmeside.",
    "address-clash": "Flere filer får adressen {subject}: {files}.",
    "page-empty": "Siden »{subject}« er tom.",
    "table-malformed": "Rækken »{subject}« i en tabel er skrevet forkert.[ {reason}]",
    "handbook-settings-invalid": "En indstilling i {file} har ingen virkning.[ {reason}]",
    "handbook-stale": "Håndbogen kunne ikke hentes. Kontrollen har brugt den udgave, der sidst "
    "blev hentet.[ {reason}]",
    "waiver-unused": "»{subject}« er sat til side i indstillingerne, men det passer ikke længere "
    "på noget.",
    "copy-incomplete": "{count:dokument|dokumenter} fra den delte mappe »{subject}« kom ikke med i "
    "den lokale kopi[: {files}].[ {reason}]",
    "publish-failed": "Rapporten kunne ikke lægges op.[ {reason}]",
    "notice-failed": "Kontrollens besked ({channel}) er ikke kommet frem siden {since:date}.[ "
    "{reason}]",
    "nothing-found": "Kontrollen fandt ingen sider, ressourcer eller links.",
}

# The sentence beside the badge and the subject, which it does not repeat. "" where they say it all;
# a finding without an entry has its whole sentence.
CARDS = {
    "resource-missing": "Dokumentet findes ikke {where}.",
    "resource-planned": "Dokumentet ligger der ikke endnu.[ {progress}.]",
    "resource-partial": "[{ready} af {total} udgaver er klar][, og {unknown} kunne ikke "
    "kontrolleres].",
    "resource-arrived": "Dokumentet ligger der nu.[ {progress}.]",
    "resource-elsewhere": "Dokumentet ligger i »{folder}«.",
    "resource-draft": "",
    "resource-outdated": "Der er kun en forældet eller arkiveret udgave.",
    "resource-ambiguous": "Flere dokumenter passer lige godt.",
    "resource-likely": "",
    "resource-undetermined": "[{reason}][ {known}.]",
    "resource-no-access": "Kontrollen har hverken login eller adgangskode.",
    "file-empty": "Filen ligger i »{folder}« og fylder 0 byte.",
    "file-damaged": "Filen ligger i »{folder}« og kan ikke åbnes.[ {reason}]",
    "file-other-type": "Filen ligger i »{folder}«.[ {reason}]",
    "file-locked": "Filen ligger i »{folder}«.",
    "file-blank": "Filen ligger i »{folder}«.[ {reason}]",
    "file-old": "[Dokumentet ligger i »{folder}« og er ikke ændret siden {changed_on:day}.]",
    "place-missing": "Håndbogen henviser til mappen.",
    "place-unresolved": "Det fremgår ikke, hvor dokumentet skal ligge.",
    "places-disagree": "Linkene fører ikke til den samme fil.",
    "share-gone": "[Håndbogen har stadig {links:link|links} til den. Serveren tæller hvert besøg "
    "som et mislykket forsøg og kan til sidst lukke hele læserens netværk ude.]",
    "share-needs-password": "[{reason}]",
    "share-expires": "Linket udløber {expires_on:day}.[ Det bruges på {pages}.]",
    "share-changed": "[{reason} ]Det blev set {on:day}.",
    "share-writable": "Alle, der har linket, kan ændre og slette filerne.",
    "share-unreadable": "[{reason}]",
    "share-suddenly-empty": "Den delte mappe er pludselig tom eller næsten tom[ i {folders}].",
    "share-link-opens-root": "Linket åbner den øverste mappe[ i stedet for »{folder}«].",
    "link-broken": "[{reason}]",
    "link-download-empty": "Nextcloud glemmer, hvilken mappe filen ligger i.",
    "link-empty": "",
    "link-anchor-missing": "[{reason}]",
    "link-needs-login": "",
    "link-blocked": "[{reason}]",
    "link-timed-out": "",
    "link-unconfirmed": "[{reason}]",
    "page-unreadable": "[{reason}]",
    "page-not-published": "Siden vises ikke på håndbogens hjemmeside.",
    "page-empty": "",
    "table-malformed": "[{reason}]",
    "handbook-settings-invalid": "[{reason}]",
    "waiver-unused": "Det, der er sat til side i indstillingerne, passer ikke længere på noget.",
}

# The whole sentence of a finding for this reason, where the two together would say it twice.
INSTEAD = {
    "link-works-on-github-only": "Linket[ »{text}«] virker på GitHub, men ikke på håndbogens "
    "hjemmeside.",
    "table-mark-unclosed": "I rækken »{subject}« begynder fed skrift med {mark}, men slutter ikke.",
    "table-mark-unopened": "I rækken »{subject}« slutter fed skrift med {mark}, men begynder ikke.",
    "table-name-missing": "En række i en tabel nævner ingen ressource.",
}

# What to do about it; a finding without a next step has no entry.
ACTIONS = {
    "resource-missing": "Læg dokumentet i »{place}«[, og giv filen navnet »{suggestion}«].",
    "resource-planned": "Skriv dokumentet færdigt, og læg det i »{place}«[ under navnet "
    "»{suggestion}«].",
    "resource-partial": "{absent:Udgaven|Udgaverne} til {absent} mangler.[ Læg "
    "{absent:den|dem} i »{place}«.]",
    "resource-arrived": "Fjern »(ToDo)« i håndbogen, og link til mappen[ »{folder}«].",
    "resource-elsewhere": "Flyt filen til »{place}«, eller ret linket i håndbogen.",
    "resource-draft": "Gør udkastet færdigt[, og gem det som »{suggestion}«].",
    "resource-outdated": "Læg den gældende udgave i »{place}«[ under navnet »{suggestion}«].",
    "resource-ambiguous": "Find ud af, hvilket dokument der er det rigtige, og lad linket pege på "
    "selve filen.",
    "resource-likely": "Se efter, om det er det rigtige dokument. Er det, så giv filen navnet "
    "»{subject}«, eller lad linket pege på selve filen.",
    "resource-undetermined": "Vent til næste kontrol. Står det her stadig, så sig det til "
    "administratoren.",
    "resource-no-access": "Del mappen med et link, som alle håndbogens læsere kan åbne, eller giv "
    "kontrollen adgang.",
    "file-empty": "Erstat den med den rigtige udgave under samme navn.",
    "file-old": "Se efter, om det stadig gælder. Gør det det, så gem det igen, eller sæt punktet "
    "til side.",
    "file-damaged": "Erstat den med en udgave, der kan åbnes, under samme navn.",
    "file-other-type": "Erstat den med det rigtige dokument.",
    "file-locked": "Gem den uden adgangskode, hvis læserne skal kunne åbne den.",
    "file-blank": "Erstat den med den udfyldte udgave under samme navn.",
    "file-unlisted": "Nævn filen i håndbogen, eller flyt den.",
    "file-name-unsafe": "Giv filen et navn uden særlige tegn.",
    "place-missing": "Ret linket i håndbogen, eller opret mappen igen.",
    "place-unresolved": "Gør stedet til et link til mappen.",
    "places-disagree": "Lad alle links føre til den samme fil.",
    "share-gone": "Del mappen igen, og sæt det nye link i håndbogen.",
    "share-needs-password": "Giv kontrollen adgangskoden, eller fjern den fra den delte mappe.",
    "share-expires": "Sæt en senere udløbsdato på linket i Nextcloud, eller fjern datoen.",
    "share-changed": "Se efter, om det er meningen. Ret ellers den delte mappe eller håndbogens "
    "link.",
    "share-writable": "Indstil den delte mappe, så filerne kun kan læses.",
    "share-unreadable": "Se efter, om serveren svarer. Kontrollen prøver igen[ {again}].",
    "share-suddenly-empty": "Se efter, om filerne er slettet eller flyttet ved en fejl.",
    "share-link-opens-root": "Sæt det rigtige link i håndbogen.",
    "link-broken": "Ret linket, eller fjern det.",
    "link-download-empty": "Sæt det rigtige link i håndbogen.",
    "link-empty": "Sæt en adresse ind, eller fjern linket.",
    "link-anchor-missing": "Ret den del af linket, der står efter #.",
    "link-needs-login": "Brug et link, som alle kan åbne, hvis læserne skal kunne se det.",
    "link-redirected": "Sæt den nye adresse i håndbogen.",
    "link-blocked": "Åbn linket i en browser. Er siden der, er alt godt. Ellers skal linket "
    "rettes.",
    "link-timed-out": "Prøv linket i en browser. Kontrollen prøver igen[ {again}].",
    "link-unconfirmed": "De næste kontroller afgør, om linket virker.",
    "link-private-address": "Brug en adresse, som alle læsere kan nå.",
    "link-bare": "Gør adressen til et link, for eksempel ved at sætte < og > om den.",
    "page-unreadable": "Gem siden som almindelig tekst (UTF-8).",
    "page-not-published": "Sæt de manglende linjer øverst i filen, eller slet siden.",
    "address-clash": "Giv en af filerne et andet navn eller et andet permalink.",
    "page-empty": "Skriv siden, eller slet den.",
    "table-malformed": "Ret rækken i tabellen.",
    "handbook-stale": "Se efter, om git-serveren svarer.",
    "waiver-unused": "Fjern linjen fra indstillingerne.",
    "copy-incomplete": "Se efter, om disken er fuld, og om grænserne i indstillingerne er rigtige. "
    "Kontrollen prøver igen[ {again}].",
    "publish-failed": "Se efter, om mappen findes, og om kontrollen må skrive i den.",
    "notice-failed": "Prøv indstillingerne med »syncer check-config --deep«.",
    "nothing-found": "Se efter, om indstillingerne peger på den rigtige håndbog.",
}

TOGETHER = {
    "page-unreadable": "{n:side|sider} kunne ikke læses.[ {reason}]",
    "link-broken": "{n:link|links} til {name} virker ikke.[ {reason}]",
    "link-unconfirmed": "{n:link|links} til {name} virkede ikke, da de blev prøvet, men det "
    "er ikke bekræftet endnu.[ {reason}]",
    "link-timed-out": "{n:link|links} til {name} svarede ikke inden for tidsgrænsen.[ {reason}]",
    "link-blocked": "Kontrollen blev ikke lukket ind på {name}; {n:link|links} virker måske "
    "alligevel.[ {reason}]",
    "file-old": "{n:dokument|dokumenter}, som håndbogen nævner, er ikke ændret i {years} år.",
    "link-needs-login": "Denne offentlige side henviser til {n:sted|steder} i Nextcloud, som kun "
    "kan åbnes med login.",
    "share-link-opens-root": "Nextcloud på {name} overser mappen i {n:link|links} og åbner den "
    "øverste mappe i stedet.",
    "share-unreadable": "{n:delt mappe|delte mapper} på {name} kunne ikke læses.[ {reason}]",
}
