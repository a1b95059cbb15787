"""Danish: what each badge means, and what to do, for the legend."""

MEANINGS = {
    "resource-missing": "Dokumentet er hverken i mappen, under den eller et andet sted i den "
    "delte mappe. Den er set helt igennem.",
    "resource-planned": "Rækken er mærket »(ToDo)«, og dokumentet er der ikke endnu.",
    "resource-partial": "Beskrivelsen nævner flere udgaver (fx udvikling, drift og projekt). "
    "Nogle er der, andre ikke.",
    "resource-arrived": "Rækken er mærket »(ToDo)«, men dokumentet ligger der nu.",
    "resource-elsewhere": "Dokumentet er i den delte mappe, men ikke dér, hvor håndbogen siger.",
    "resource-draft": "Der er kun filer, som efter navnet er udkast.",
    "resource-outdated": "Der er kun arkiverede eller forældede udgaver.",
    "resource-ambiguous": "To forskellige dokumenter passer lige godt. Versioner og formater af "
    "ét dokument regnes ikke for forskellige.",
    "resource-likely": "Én fil i mappen har rækkens navn og flere ord, som ikke siger, om det er "
    "det samme dokument (»Partneraftale - fornyelse«), eller kun en del af rækkens navn "
    "(»Ophavsret« for »Notat om ophavsret«), en forkortelse (»GF«) eller et andet ord "
    "(»Partneroversigt« for »Partnerliste«).",
    "resource-undetermined": "Den delte mappe eller en del af den kunne ikke læses, eller for "
    "mange navne ligner hinanden til, at alle kan sammenlignes. Kontrollen ved ikke, om "
    "dokumentet er der.",
    "resource-no-access": "Dokumentet ligger bag et login eller en adgangskode, som kontrollen "
    "ikke har.",
    "file-empty": "Filen er på 0 byte: noget gik galt, da den blev gemt.",
    "file-old": "Et dokument, som håndbogen nævner, er ikke ændret i så mange år, som "
    "indstillingerne siger (`old_after_years`). Uden den indstilling siger kontrollen intet om "
    "alder.",
    "file-damaged": "Filen kan ikke åbnes. Måske er den kun halvt overført.",
    "file-other-type": "Indholdet er noget andet, end navnet siger, ofte en hjemmeside (en "
    "login-side), der er gemt som dokument.",
    "file-locked": "Dokumentet kan kun åbnes med en adgangskode, som læserne ikke har.",
    "file-blank": "Dokumentet kan åbnes, men er uden et ord, et billede eller en udfyldt celle.",
    "file-unlisted": "Mappen, som håndbogen henviser til, har filer, som ingen række nævner. De "
    "tælles pr. mappe, og de første fem nævnes.",
    "file-name-unsafe": "Navnet har tegn, som Windows eller linket ikke kan klare. Er der flere "
    "end fem i én mappe, tælles de sammen.",
    "place-missing": "Mappen, som linket peger på, er væk eller har fået nyt navn. Der er set "
    "efter to gange.",
    "place-unresolved": "Stedet står som tekst, og ingen anden række viser, hvilken mappe det er.",
    "places-disagree": "Det samme dokument er nævnt flere steder, og linkene fører til "
    "forskellige filer.",
    "link-broken": "Siden eller filen findes ikke, eller hjemmesiden har svigtet på tre "
    "forskellige dage.",
    "link-download-empty": "Filen er der, men linket henter en tom fil: fra version 31 glemmer "
    "Nextcloud mappen.",
    "link-empty": "Linket har ingen adresse.",
    "link-anchor-missing": "Siden findes, men ikke det afsnit, der står efter `#`.",
    "link-needs-login": "Læsere uden adgang kan ikke åbne siden.",
    "link-redirected": "Siden er flyttet permanent. Linket virker endnu.",
    "link-blocked": "Hjemmesiden lukkede ikke kontrollen ind, men virker måske for mennesker.",
    "link-timed-out": "Kun i ældre rapporter: hjemmesiden var for langsom.",
    "link-unconfirmed": "Linket virkede ikke, da det blev prøvet, men ingen siger, at siden er "
    "væk. Det kan være tilfældigt.",
    "link-private-address": "Adressen findes kun på et internt netværk.",
    "link-bare": "Adressen står som ren tekst på siden, så læserne kan ikke klikke på den.",
    "share-link-opens-root": "Linket er skrevet, så Nextcloud åbner den øverste mappe.",
    "page-unreadable": "Siden er ikke gemt som almindelig tekst, eller den eller dens mappe må "
    "ikke åbnes. Eller den ligger bag for mange symbolske links til mapper. Er det `_config.yml`, "
    "kan ingen links inden for hjemmesiden kontrolleres.",
    "page-not-published": "Siden mangler linjerne øverst (»front matter«) og kommer ikke med, "
    "når håndbogen udgives.",
    "address-clash": "To filer bliver til den samme side på hjemmesiden. Hvilken der vises, er "
    "tilfældigt.",
    "page-empty": "Der står ikke noget på siden.",
    "handbook-settings-invalid": "En linje i `.syncer.toml` eller en kommentar med »syncer: "
    "ignore« er skrevet forkert og har ingen virkning.",
    "table-malformed": "En række har flere eller færre felter end tabellen.",
    "share-gone": "Linket til den delte mappe findes ikke længere.",
    "share-needs-password": "Den delte mappe har fået en adgangskode.",
    "share-expires": "Linket til den delte mappe holder op med at virke inden for 30 dage. Ses "
    "kun med ejerens konto.",
    "share-changed": "Linket fører til en anden mappe end før, har fået eller mistet sin "
    "adgangskode, eller tager nu kun imod filer. Står her i 14 dage.",
    "share-writable": "Enhver med linket kan ændre og slette.",
    "share-unreadable": "Serveren svarede ikke eller svarede forkert.",
    "share-suddenly-empty": "Den delte mappe, eller en mappe i den, havde filer og er nu tom "
    "eller næsten tom. Kontrollen tror det først efter tre nætter.",
    "handbook-stale": "Håndbogen kunne ikke hentes. Kontrollen har brugt den, der sidst blev "
    "hentet.",
    "waiver-unused": "Det, der er sat til side i indstillingerne, passer ikke længere på noget.",
    "notice-failed": "En mail, en besked eller et ping er ikke kommet frem siden en tidligere "
    "kontrol.",
    "copy-incomplete": "Nogle af dokumenterne kom ikke med i den lokale kopi: De er for store, "
    "disken er fuld, eller serveren svarede ikke.",
    "publish-failed": "Rapporten kunne ikke lægges op.",
    "nothing-found": "Ingen sider, dokumenter eller links.",
}

REMEDIES = {
    "resource-missing": "Læg dokumentet i mappen, gerne med det navn, rapporten foreslår. Er det "
    "der under et helt andet navn, så bed administratoren låse rækken fast på filen.",
    "resource-planned": "Skriv det færdigt, og læg det i mappen.",
    "resource-partial": "Lav dem, der mangler. Lad »(ToDo)« stå så længe.",
    "resource-arrived": "Fjern »(ToDo)«, og gør stedet til et link.",
    "resource-elsewhere": "Flyt filen, eller ret linket.",
    "resource-draft": "Gør udkastet færdigt, og gem det uden ordet »udkast«.",
    "resource-outdated": "Læg den gældende udgave i mappen.",
    "resource-ambiguous": "Lad linket pege på selve filen, giv den ene et andet navn, eller få "
    "rækken låst fast på den rigtige.",
    "resource-likely": "Se efter én gang. Er det den, så giv filen et tydeligere navn, lad "
    "linket pege på selve filen, eller få rækken låst fast på den.",
    "resource-undetermined": "Vent til næste kontrol. Står det her stadig, så sig det til "
    "administratoren.",
    "resource-no-access": "Del mappen med et link, som læserne kan åbne, eller giv kontrollen "
    "adgang.",
    "file-empty": "Erstat den med den rigtige udgave under samme navn.",
    "file-old": "Se efter, om det stadig gælder.",
    "file-damaged": "Læg en udgave, der kan åbnes, under samme navn.",
    "file-other-type": "Læg det rigtige dokument, eller ret filendelsen.",
    "file-locked": "Gem det uden adgangskode, hvis læserne skal kunne åbne det.",
    "file-blank": "Læg den udfyldte udgave.",
    "file-unlisted": "Nævn dem, eller flyt dem.",
    "file-name-unsafe": "Giv dem navne uden særlige tegn.",
    "place-missing": "Ret linket; ofte foreslår rapporten det rigtige.",
    "place-unresolved": "Gør stedet til et link.",
    "places-disagree": "Lad dem føre til den samme.",
    "link-broken": "Ret linket, eller fjern det. Rapporten viser, hvor der måske er en kopi af "
    "siden.",
    "link-download-empty": "Sæt det link ind, som rapporten foreslår.",
    "link-empty": "Sæt en ind, eller fjern linket.",
    "link-anchor-missing": "Ret den del af linket.",
    "link-needs-login": "Brug et link, som alle kan åbne, hvis de skal se den.",
    "link-redirected": "Sæt den nye adresse ind.",
    "link-blocked": "Åbn linket i en browser. Er siden der, er alt godt. Ellers skal linket "
    "rettes.",
    "link-timed-out": "Prøv selv i en browser.",
    "link-unconfirmed": "Du skal ikke gøre noget: De næste kontroller afgør det. Efter tre dage "
    "skriver kontrollen, at linket ikke virker.",
    "link-private-address": "Brug en adresse, som alle kan nå.",
    "link-bare": "Gør den til et link, for eksempel ved at sætte `<` og `>` om den.",
    "share-link-opens-root": "Sæt det link ind, som rapporten foreslår.",
    "page-unreadable": "Gem den som tekst i UTF-8, eller giv kontrollen lov til at læse den. "
    "Brug færre symbolske links. Ret fejlen i `_config.yml`.",
    "page-not-published": "Sæt dem ind, eller slet siden.",
    "address-clash": "Giv den ene et andet navn eller et andet permalink.",
    "page-empty": "Skriv den, eller slet den.",
    "handbook-settings-invalid": "Ret den, eller fjern den. Rapporten siger hvorfor.",
    "table-malformed": "Ret rækken. Ofte er det en `|` for meget eller for lidt.",
    "share-gone": "Del mappen igen, og ret linket i håndbogen.",
    "share-needs-password": "Giv kontrollen den, eller fjern den.",
    "share-expires": "Sæt en senere udløbsdato i Nextcloud, eller fjern den.",
    "share-changed": "Se efter, om det er meningen.",
    "share-writable": "Indstil den delte mappe, så filerne kun kan læses.",
    "share-unreadable": "Se efter, om den kører. Kontrollen prøver igen.",
    "share-suddenly-empty": "Se efter, om noget er slettet ved en fejl. Er det meningen: `syncer "
    "run --full --accept-empty`.",
    "handbook-stale": "Se efter, om git-serveren svarer.",
    "waiver-unused": "Fjern linjen.",
    "notice-failed": "Bed administratoren prøve indstillingerne.",
    "copy-incomplete": "Se på grænserne i indstillingerne og på disken. Kontrollen prøver igen.",
    "publish-failed": "Se efter, om mappen findes, og om kontrollen må skrive i den.",
    "nothing-found": "Se efter, om indstillingerne peger på den rigtige håndbog.",
}
