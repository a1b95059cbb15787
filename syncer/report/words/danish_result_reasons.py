"""Danish: reasons of the matching, the audit, the run and the commands."""

RESULT_REASONS = {
    # The matching: what counts for and against a file.
    "best-of-same": "den nyeste af {count} udgaver, formater eller kopier",
    "correct-own-settings": "Ret punktet i {file}, eller fjern det.",
    "correct-site-config": "Skriv hjemmesidens indstillinger i _config.yml som gyldig YAML.",
    "date-differs": "har en anden dato end rækken",
    "description-agrees": "håndbogens beskrivelse nævner: {words}",
    "elsewhere-in-share": "ligger i {folder} i samme delte mappe",
    "equally-good": "{count} forskellige dokumenter passer lige godt.",
    "file-id-unknown-here": "Linket peger på en bestemt fil i Nextcloud. I en lokal kopi kan det "
    "ikke ses, om det er en af filerne her.",
    "filled-in-for": "er udfyldt for {words}",
    "folder-says-the-rest": "{words} står i mappens navn",
    "folder-with-files": "mappe med {count:fil|filer}",
    "found-elsewhere": "Fundet et andet sted end i {place}: {path}.",
    "found-in-other-share": "Fundet i en anden delt mappe: {path}.",
    "found-in-place": "Fundet dér, hvor rækken siger: {path}.",
    "found-likely": "Formentlig {path}. Navnet eller mappen passer ikke helt til rækken.",
    "found-without-place": "Fundet: {path}. Rækken siger ikke entydigt, hvor dokumentet skal "
    "ligge.",
    "in-other-share": "ligger i en anden delt mappe",
    "in-place": "ligger i den mappe, rækken nævner",
    "is-copy": "er en kopi",
    "is-draft": "er et udkast",
    "is-outdated": "er forældet eller arkiveret",
    "joined-or-apart": "samme ord, skrevet sammen eller hver for sig",
    "linked": "Linket peger på selve filen: {path}.",
    "linked-file-gone": "Filen, som linket peger på, findes ikke længere, og ingen anden fil har "
    "det navn.",
    "login-folder-not-seen": "Kontrollens konto kan ikke se mappen {place}. Enten er mappen væk, "
    "eller kontoen har ikke adgang til den.",
    "login-needed": "Stedet kræver login.",
    "login-not-seen": "Stedet kræver login, og linket peger ikke på noget i de mapper, der er "
    "læst.",
    "login-refused": "Stedet kræver login, og kontrollens login blev afvist.",
    "no-share-to-search": "Der er ingen delt mappe at lede i.",
    "not-a-document": "er ikke et dokument (.{extension})",
    "not-a-template": "er ikke en skabelon",
    "not-compared": "For mange navne på rækker og filer ligner hinanden til, at alle kan "
    "sammenlignes.",
    "not-looked-at": "Ikke kontrolleret denne gang.",
    "maybe-there": "Måske er det {path}. Navnet eller mappen passer ikke helt til rækken.",
    "may-mean": "»{file}« kan betyde »{row}«.",
    "nothing-found": "Ingen fil har det navn.",
    "number-differs": "tal eller bogstav passer ikke: {numbers}",
    "only-drafts": "Der er kun et udkast: {path}.",
    "only-outdated": "Der er kun en forældet eller arkiveret udgave: {path}.",
    "only-signed": "Der er kun et underskrevet eksemplar: {path}.",
    "other-compound": "er et andet ord: {words}",
    "other-kind": "er en anden slags dokument: {word}",
    "other-language": "på et andet sprog ({language})",
    "other-row-has-it": "hører til en anden række",
    "other-share-not-listed": "En anden delt mappe kunne ikke læses. Filen kan ligge der.",
    "other-state": "er ikke det udkast eller den udgave, rækken beder om",
    "outside-nextcloud": "Stedet er ikke i Nextcloud.",
    "password-needed": "Den delte mappe kræver en adgangskode, som ikke står i indstillingerne.",
    "picture": "er et billede (.{extension})",
    "pin-gone": "Indstillingerne peger på {path}, som ikke findes.",
    "pinned": "Indstillingerne siger, at det er {path}.",
    "place-gone": "Mappen {place} findes ikke længere, og filen er ikke fundet andre steder.",
    "remove-own-waiver": "Fjern det, der sætter punktet til side, fra håndbogen.",
    "row-name-liquid": "Navnet dannes af Liquid og kan kun regnes ud ved at bygge hjemmesiden.",
    "row-place-liquid": "Stedet dannes af Liquid og kan kun regnes ud ved at bygge hjemmesiden.",
    "same-but-typing": "»{file}« for »{row}« ligner en slåfejl.",
    "same-words": "samme ord",
    "says-more": "navnet har også: {words}",
    "rename-one-page": "Giv en af filerne et andet navn eller et andet permalink.",
    "says-the-opposite": "siger det modsatte eller en anden retning: {words}",
    "share-not-asked": "Kontrollen så ikke efter i den delte mappe.",
    "share-not-read": "Den delte mappe kunne ikke læses.[ {because}]",
    "signed-copy": "er et underskrevet eksemplar",
    "speaks-about-it": "handler om det, men er noget andet ({words})",
    "simplify-folders": "Brug færre symbolske links til mapper, og færre niveauer af mapper.",
    "simplify-site-config": "Fjern indstillingen fra _config.yml, eller se hjemmesidens "
    "links efter selv.",
    "split-page": "Del siden i flere mindre sider.",
    "throttled": "Serveren afviser kontrollen lige nu, fordi der har været for mange forsøg.",
    "turned-round": "siger det omvendte: ordene har byttet plads omkring et forholdsord",
    "upload-only": "Den delte mappe er kun til aflevering af filer og kan ikke læses.",
    "version": "version {version}",
    "version-differs": "er en anden version end den, rækken nævner",
    "words-missing": "mangler {words}",
    # The audit: what to do next.
    "add-front-matter": "Sæt to linjer med --- øverst på siden, så den bliver vist.",
    "add-kinds": "{kinds:Udgaven|Udgaverne} til {kinds} mangler.[ Læg {kinds:den|dem} i "
    "»{folder}«.][ Brug for eksempel navnet »{file_name}«.]",
    "add-kinds-keep-todo": "{kinds:Udgaven|Udgaverne} til {kinds} mangler.[ Læg {kinds:den|dem} i "
    "»{folder}«.][ Brug for eksempel navnet »{file_name}«.] Lad »(ToDo)« stå så længe.",
    "allow-reading": "Tillad, at filerne i den delte mappe kan læses.",
    "check-handbook-settings": "Se efter, om håndbogens adresse og indstillingernes mønstre for "
    "sider og tabeller er rigtige.",
    "confirm-likely": "Se efter, om »{file}« er det rigtige dokument. Er det, så giv filen et "
    "tydeligere navn[, for eksempel »{file_name}«], eller lad håndbogens link pege på selve filen. "
    "Er det ikke, så læg det rigtige dokument[ i »{folder}«].",
    "close-mark": "Sæt {mark} efter det sidste fede ord.",
    "configure-password": "Giv kontrollen adgangskoden i indstillingerne, eller fjern den fra den "
    "delte mappe.",
    "correct-front-matter": "Ret linjerne øverst på siden (front matter).",
    "correct-password": "Ret adgangskoden i indstillingerne, eller fjern den fra den delte mappe.",
    "correct-pin": "Ret eller fjern fastlåsningen i indstillingerne: {path} findes ikke.",
    "correct-place": "Ret linket i håndbogen, eller opret mappen igen.",
    "correct-table-line": "Ret rækken i tabellen.",
    "fill-or-remove-page": "Skriv siden, eller slet den.",
    "finish-draft": "Gør udkastet »{file}« færdigt, og gem det[ i »{folder}«][ under navnet "
    "»{file_name}«].",
    "keep-one-file": "Find ud af, hvilket dokument der er det rigtige. Giv det navnet »{name}« og "
    "de andre navne, der viser, hvad de er, eller lad håndbogens link pege på selve filen.",
    "keep-todo": "Lad »(ToDo)« stå, indtil også {kinds} er klar.",
    "let-account-see-place": "Giv kontrollens konto adgang til mappen, eller ret linket i "
    "håndbogen.",
    "let-page-be-read": "Giv kontrollen lov til at læse siden[ {page}].",
    "link-folder": "Dokumentet ligger i »{folder}«. Sæt dette link i håndbogen.[ {url}]",
    "link-folder-instead": "Lad linket pege på »{folder}«.[ {url}]",
    "link-one-place": "Lad alle rækker om »{name}« føre til den samme fil.",
    "link-public-share": "Del mappen med et offentligt link, og sæt det i håndbogen.",
    "list-rename-or-remove": "Nævn »{file}« i håndbogen, giv den samme navn som ressourcen, eller "
    "flyt den.",
    "list-rename-or-remove-files": "Nævn filerne i håndbogen, giv dem samme navne som "
    "ressourcerne, eller flyt dem.",
    "look-for-copy": "Ret linket, eller fjern det. Internet Archive har måske en kopi.[ {url}]",
    "make-place-a-link": "Gør stedet til et link til mappen.",
    "make-share-read-only": "Indstil den delte mappe, så filerne kun kan læses.",
    "move-or-link": "Flyt »{file}« til »{place}«, eller sæt dette link i håndbogen.[ {url}]",
    "moved-back-or-link": "»{earlier}« er flyttet til »{folder}«. Flyt den tilbage, eller sæt "
    "dette link i håndbogen.[ {url}]",
    "name-ends-with-dot-or-space": "Navnet ender på punktum eller mellemrum.",
    "name-has-control-character": "Navnet har et usynligt tegn.",
    "name-has-forbidden-character": "Navnet har tegnet {character}, som Windows ikke kan bruge.",
    "name-is-reserved": "Navnet er forbeholdt Windows selv.",
    "name-is-too-long": "Navnet er over 255 tegn.",
    "next-run-fetches-again": "Kontrollen henter håndbogen igen[ {again}].",
    "next-run-looks-again": "Kontrollen prøver igen[ {again}].",
    "open-mark": "Sæt {mark} foran det første fede ord.",
    "put-file": "Læg dokumentet i »{folder}«[ under navnet »{file_name}«].",
    "put-file-and-correct-place": "Læg dokumentet i en delt mappe[ under navnet »{file_name}«], og "
    "lad håndbogens link pege på mappen.",
    "put-promised-file": "Når dokumentet er færdigt, så læg det i »{folder}«[ under navnet "
    "»{file_name}«].",
    "remove-todo": "Fjern »(ToDo)« i håndbogen. Linket er rigtigt.",
    "remove-todo-and-link": "Fjern »(ToDo)« i håndbogen, og link til »{folder}«.[ {url}]",
    "remove-waiver": "Fjern linjen fra indstillingerne.",
    "rename-file": "Giv »{file}« et andet navn, og ret de links, der peger på den.",
    "rename-files": "Giv filerne andre navne, og ret de links, der peger på dem.",
    "renew-app-password": "Lav en ny app-adgangskode til kontoen, og skriv den i kontrollens "
    "indstillinger.",
    "renew-outdated": "Læg den gældende udgave[ i »{folder}«][ under navnet »{file_name}«].",
    "replace-empty-file": "Erstat »{file}« med den rigtige udgave under samme navn.",
    "restore-or-accept-empty": "Se efter, om filerne er slettet eller flyttet ved en fejl. Er det "
    "meningen, så kør én gang syncer run --full --accept-empty.",
    "save-as-utf-8": "Gem siden som tekst i UTF-8.",
    "see-whether-server-answers": "Se, om serveren svarer. Kontrollen prøver igen[ {again}].",
    "share-again-or-unlink": "Del mappen igen, og sæt det nye link i håndbogen.",
    "share-suddenly-empty": "Den delte mappe er pludselig tom eller næsten tom. Det tror "
    "kontrollen ikke på endnu.",
    # The run.
    "folder-suddenly-empty": "Mappen »[{path}][{folder}]« havde {files_before:fil|filer} og er "
    "pludselig tom. Det tror kontrollen ikke på endnu.",
    "folder-not-read": "Mappen »[{path}][{folder}]« kunne ikke læses.[ {why}][ {because}]",
    "links-not-asked": "{count:link|links} kunne ikke prøves.",
    "more-folders-not-read": "{count:mappe|mapper} mere i {share} kunne ikke læses.",
    "offline": "Kontrollen kørte uden netværk.",
    "only-links": "Kontrollen så kun på links.",
    "page-not-read": "Siden {page} kunne ikke læses.[ {why}]",
    "run-out-of-time": "Tiden var gået, før kontrollen nåede til den delte mappe.",
    "run-stopped": "Kontrollen blev stoppet undervejs.",
    "state-damaged": "Kontrollens hukommelse var beskadiget og er lagt til side.",
    "state-from-newer-version": "Kontrollens hukommelse er fra en nyere udgave ({version}) og er "
    "lagt til side.",
    "upload-link-unclear": "Adressen, som rapporten skal lægges op på, er ikke et link til en delt "
    "mappe.",
    "upload-no-space": "Der er ikke plads til rapporten på serveren.",
    "upload-not-allowed": "Kontrollen må ikke skrive i mappen eller erstatte filer i den.",
    "upload-not-whole": "Filen {file} kom ikke helt frem.",
    "upload-refused": "Serveren svarede med fejl {status}.",
    # `syncer check-config`.
    "alias-without-row": "Ingen række i håndbogen henviser til »{label}«.",
    "glob-without-page": "Ingen side i håndbogen passer på »{pattern}«.",
    "host-not-linked": "Intet link på de kontrollerede sider fører til {host}.",
    "notice-login-refused": "Serveren afviste kontrollens login. Ret brugernavnet eller "
    "adgangskoden.",
    "notice-not-accepted": "Modtageren tog ikke imod: {detail}[ ({status})].",
    "notice-not-tried": "Ikke prøvet: Et forsøg ville blive taget for en besked.",
    "pattern-without-link": "Intet link på de kontrollerede sider passer på »{pattern}«.",
    "pin-without-row": "Ingen række i håndbogen hedder »{name}«[ på siden {page}].",
    "share-not-linked": "Ingen række og intet link på de kontrollerede sider fører til den delte "
    "mappe {share}.",
    "upload-below-file": "»{file}« er en fil, og der kan ikke lægges noget i den. Vælg en anden "
    "mappe.",
    "upload-folder-not-made-yet": "Mappen »{folder}« findes ikke endnu. Den første kontrol laver "
    "den.",
    "waiver-expired": "»{subject}« var sat til side til og med {until:day}. Fjern linjen, eller "
    "sæt en senere dato.",
    # `syncer status`.
    "status-ahead-of-clock": "Den ligger i fremtiden. Uret er stillet tilbage, eller det gik "
    "forkert dengang.",
    "status-last-run": "Sidste kontrol: {at:date}[, for {minutes:minut|minutter} siden][, for "
    "{hours:time|timer} siden][, for {days:dag|dage} siden].",
    "status-never-run": "Der er endnu ikke gennemført en kontrol her.",
    "status-notice-failed": "Beskeder ({channel}) er ikke kommet frem siden {since:date}.[ {why}]",
    "status-oldest-error": "Ældste uløste fejl: »{subject}«, siden {at:day}.",
    "status-publish-failed": "Rapporten blev ikke lagt op ({target}).",
    "status-release": "syncer {version} er fra {at:day}[, for {days:dag|dage} siden].",
    "status-slow-run": "Kontrollen tog {minutes:minut|minutter}, mere end halvdelen af tiden "
    "til den næste.",
    "status-next": "Næste kontrol: {at:near}.",
    "status-overdue": "Kontrollen er forsinket. Den skulle have kørt {at:date}. Tjenestens log "
    "viser hvorfor.",
    "status-run-failed": "Kontrollen, der begyndte {at:date}, endte uden resultat (kode {code}): "
    "{problem}",
    "status-run-not-ended": "En kontrol begyndte {at:date} (proces {process}) og er ikke slut. "
    "Enten er den i gang, eller også blev den afbrudt.",
}
