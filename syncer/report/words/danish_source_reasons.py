"""Danish: reasons that come from reading the handbook, Nextcloud and the web."""

SOURCE_REASONS = {
    # The handbook and its site.
    "binary": "Filen er ikke en tekstfil.",
    "change-brings-doubt": "Ændringen gør, at {count:link|links} på de ændrede sider ikke kan "
    "kontrolleres ({page}, linje {line}), af en grund, der er ny. Derfor er kontrollen ikke hel.",
    "change-brings-row-doubt": "Ændringen gør, at {count:række|rækker} på de ændrede sider ikke "
    "kan kontrolleres ({page}, linje {line}): Liquid danner navnet eller stedet, hvad ingen række "
    "havde før. Derfor er kontrollen ikke hel.",
    "change-hides-links": "Ændringen gør, at {count:link|links}, som kunne kontrolleres før, ikke "
    "kan det nu ({page}, linje {line}). Derfor er kontrollen ikke hel.",
    "change-hides-rows": "Ændringen gør, at {count:række|rækker}, som kunne kontrolleres før, ikke "
    "kan det nu ({page}, linje {line}): Liquid danner navnet eller stedet. Derfor er kontrollen "
    "ikke hel.",
    "change-site-kind": "Ændringen gør, at håndbogen læses som en anden slags hjemmeside ({now} i "
    "stedet for {before}), så det kan være noget andet, der er links. Derfor er kontrollen ikke "
    "hel. Se det igennem, eller sæt site under [handbook] i administratorens indstillinger.",
    "change-turns-jekyll": "Ændringen tilføjer eller fjerner filen .nojekyll, som slår Jekyll fra "
    "på GitHub Pages, så siderne kan blive lavet anderledes. Derfor er kontrollen ikke hel. Se det "
    "igennem, eller sæt site under [handbook] i administratorens indstillinger.",
    "change-turns-markdown": "Ændringen gør, at Jekyll læser siderne efter andre regler for "
    "Markdown (markdown, eller input eller gfm_quirks under kramdown, i _config.yml), så det kan "
    "være noget andet, der er links. Derfor er kontrollen ikke hel. Se det igennem.",
    "folder-link-leads-out": "Linket fører til en mappe uden for håndbogen og blev ikke fulgt.",
    "folder-link-leads-up": "Linket fører til en mappe over sig selv og blev ikke fulgt.",
    "folder-links-too-many": "Ikke alt bag dette symbolske link blev læst. Den slags links fører "
    "til mere end {limit} filer og mapper.",
    "handbook-folder-too-deep": "Mappen blev ikke læst, fordi den ligger over {levels} niveauer "
    "nede.",
    "folder-io-error": "Mappen kunne ikke åbnes ({detail}).",
    "front-matter-not-mapping": "Linjerne øverst på siden (front matter) består ikke af navne og "
    "værdier.",
    "front-matter-not-yaml": "Linjerne øverst på siden (front matter) kan ikke læses (linje "
    "{line}).",
    "front-matter-too-big": "Linjerne øverst på siden (front matter) fylder for meget til at blive "
    "læst.",
    "git-failed": "git kunne ikke hente håndbogen: {detail}",
    "git-not-found": "Programmet git er ikke installeret.",
    "git-timeout": "git blev ikke færdig inden for {timeout_s} sekunder.",
    "handbook-read-timeout": "Tiden til at læse håndbogen var gået, før siden blev læst.",
    "io-error": "Filen kunne ikke åbnes ({detail}).",
    "link-add-front-matter": "Sæt to linjer med --- øverst i {file}.",
    "link-address-clash": "Flere filer har samme adresse ({files}). Hvilken af dem der vises, er "
    "tilfældigt.",
    "link-address-unknown": "Adressen på {file} afhænger af, hvornår og hvordan hjemmesiden "
    "bygges, så linket er ikke kontrolleret.",
    "link-anchor-missing": "Der er intet afsnit »#{anchor}« på siden {page}.",
    "link-anchor-unproven": "Om »#{anchor}« findes på {page}, kan ikke ses uden at bygge "
    "hjemmesiden.",
    "link-base-elsewhere": "HTML-elementet base på siden eller i dens layout kan føre linket et "
    "andet sted hen.",
    "link-config-relative": "Linket er relativt. Det vises på alle sider, men virker ikke på "
    "{page}.",
    "link-empty": "Linket har ingen adresse.",
    "link-file-missing": "Filen {file} findes ikke i håndbogen.",
    "link-file-not-published": "{file} findes, men kommer ikke med på håndbogens hjemmeside.",
    "link-image-is-page": "Billedet peger på siden {page} og kan ikke vises.",
    "link-image-missing": "Billedet {path} findes ikke på håndbogens hjemmeside.",
    "link-in-condition": "Om linket vises, afhænger af en betingelse i Liquid, så det er ikke "
    "kontrolleret.",
    "link-kept-file-may-be-there": "Filen findes ikke i håndbogens filer, men kan være lagt på "
    "hjemmesiden (keep_files i _config.yml nævner {file}).",
    "link-lacks-baseurl": "Linket mangler {base_path}, som hjemmesiden ligger under.",
    "link-liquid": "Linket dannes af Liquid og kan kun regnes ud ved at bygge hjemmesiden.",
    "link-liquid-in-config": "Liquid i _config.yml bliver ikke udført, så linket vises, som det er "
    "skrevet.",
    "link-liquid-target-missing": "Linket nævner {file} med Liquid, men filen findes ikke. Jekyll "
    "kan ikke bygge hjemmesiden.",
    "link-mailto-missing": "mailto: mangler foran mailadressen.",
    "link-on-unpublished-page": "Linket står på en side, som ikke vises på hjemmesiden.",
    "link-other-case": "Store og små bogstaver passer ikke. Det hedder {found}.",
    "link-other-generator": "Håndbogens hjemmeside bygges af et andet program ({file}), så "
    "adressen er ikke kontrolleret.",
    "link-outside-handbook": "Linket fører ud af håndbogens mappe og er ikke kontrolleret: {path}",
    "link-outside-site": "Linket fører til en adresse på samme server, men uden for håndbogens "
    "hjemmeside ({base_path}). Det er ikke kontrolleret.",
    "link-page-in-future": "{file} er dateret {date:day} og vises først på hjemmesiden da.",
    "link-page-missing": "Siden {path} findes ikke på håndbogens hjemmeside.",
    "link-page-not-rendered": "{file} mangler linjerne øverst (front matter) og bliver derfor ikke "
    "til en side.",
    "link-page-unreadable": "{file} kunne ikke læses, så kontrollen ved ikke, hvad den bliver til "
    "på hjemmesiden.",
    "link-plugin-may-make-it": "Siden findes ikke i håndbogens filer, men {plugin} kan danne den.",
    "link-redirect-drops-anchor": "Siden sender læseren videre til {target}, men afsnittet går "
    "tabt undervejs.",
    "link-redirect-page": "Siden sender læseren videre til {target}.",
    "link-redirect-target-missing": "Siden sender læseren videre til {target}, som ikke findes.",
    "link-scheme-missing": "https:// mangler foran adressen.",
    "link-slash-added": "Serveren sender læseren videre til adressen med skråstreg.",
    "link-theme-may-have-it": "Filen findes ikke i håndbogens filer, men temaet {theme} kan have "
    "den.",
    "link-trailing-slash": "Skråstregen til sidst fører til en mappe, der ikke findes.",
    "link-use": "Skriv {url} i stedet.",
    "link-works-on-github-only": "Linket virker på GitHub, men ikke på håndbogens hjemmeside.",
    "names-collide": "To filer har samme navn, skrevet på to måder. Det er uvist, hvilken af dem "
    "en læser får.",
    "page-link-leads-out": "Siden er et symbolsk link, der ikke fører til en fil i håndbogen.",
    "not-utf8": "Siden er ikke gemt som UTF-8 (linje {line}).",
    "own-comment-invalid": "Kommentaren »syncer: {text}« kan ikke læses. Skriv: syncer: ignore "
    "KODE until ÅÅÅÅ-MM-DD: begrundelse.",
    "own-settings-code": "»{code}« er ikke en kode, som håndbogen selv kan sætte til side.",
    "own-settings-date": "Datoen {until:day} ligger for langt fremme. Den seneste mulige er "
    "{latest:day}.",
    "own-settings-entry": "{section} skal være en tabel med egne linjer.",
    "own-settings-key": "»{key}« kendes ikke under {section}. Brug {known}.",
    "own-settings-not-day": "»{key}« under {section} skal være en dato uden anførselstegn, for "
    "eksempel 2027-03-01.",
    "own-settings-not-list": "»{key}« under {section} skal være en liste af tekster i "
    "anførselstegn.",
    "own-settings-not-number": "»{key}« under {section} skal være et helt tal.",
    "own-settings-not-text": "»{key}« under {section} skal være en tekst i anførselstegn.",
    "own-settings-pattern": "»{pattern}« nævner ikke en hel vært. Begynd for eksempel med "
    "https://example.org/.",
    "own-settings-required": "»{key}« mangler under {section}.",
    "own-settings-section": "Afsnittet [{section}] kan kun stå i administratorens indstillinger.",
    "own-settings-share": "Ingen side linker til den delte mappe {share}.",
    "own-settings-too-many": "Der er flere end {limit} punkter. Resten er ikke læst.",
    "own-settings-unreadable": "Filen kan ikke læses ({detail}).",
    "own-settings-waiver": "Det, der sætter {code} til side, skal have en begrundelse og gælde et "
    "bestemt punkt eller en bestemt side.",
    "page-too-complex": "Siden er for indviklet at læse. Den kræver mere end {steps} trin.",
    "site-config-unreadable": "_config.yml kunne ikke læses, så hjemmesidens adresser er usikre.",
    "site-setting-unknown": "_config.yml har “{setting}”; hvilken hjemmeside det giver, vides "
    "ikke her.",
    "site-source-elsewhere": "Hjemmesiden bygges af mappen {folder} (source i _config.yml), så "
    "adresserne er andre end i håndbogens filer.",
    "table-cells-extra": "Rækken har {cells:celle|celler}, men tabellen har kun "
    "{columns:kolonne|kolonner}.",
    "table-cells-missing": "Rækken har kun {cells:celle|celler}, men tabellen har "
    "{columns:kolonne|kolonner}.",
    "table-link-unclosed": "Et link i rækken er ikke skrevet færdigt, så det vises som tekst.",
    "table-mark-unclosed": "Fed skrift begynder med {mark}, men slutter ikke.",
    "table-mark-unopened": "Fed skrift slutter med {mark}, men begynder ikke.",
    "table-name-missing": "Rækken nævner ingen ressource.",
    "table-not-rendered": "Tabellen vises som almindelig tekst, fordi der mangler en tom linje før "
    "eller efter den.",
    "table-separator-missing": "Tabellen mangler linjen med streger under overskrifterne.",
    "too-big": "Siden er større end {limit_bytes} byte.",
    # Nextcloud: servers, shares and links into them.
    "account-not-found": "Serveren kender ingen filer for kontoen. Navnet er brugernavnet, ikke "
    "e-mailadressen.",
    "account-refused": "Serveren afviste kontoens app-adgangskode. Kontrollen prøvede kun én gang.",
    "entry-unclear": "Serveren siger ikke, om det er en fil eller en mappe.",
    "folder-names-collide": "To mapper her har samme navn, skrevet på to måder (Unicode). Kun den "
    "ene er læst.",
    "folder-not-scanned": "Serveren har ikke gennemgået mappen endnu og viser intet i den.",
    "folder-shows-nothing": "Serveren tæller {size_bytes} byte i mappen, men viser intet i den.",
    "folder-too-deep": "Mappen ligger for dybt (over 100 niveauer).",
    "link-direct-unknown": "Serveren (Nextcloud {version}) kender ikke direkte adresser som denne.",
    "link-download-empty": "Filen »{path}« er der, men linket henter den ikke.",
    "link-file-gone": "Filen, som linket peger på, findes ikke længere i den delte mappe.",
    "link-file-id-unknown": "Kontrollen kunne ikke se, om filen findes.",
    "link-file-moved": "Filen ligger nu i mappen »{folder}«.",
    "link-needs-login": "Linket kan kun åbnes, når man er logget ind i Nextcloud[. Det fører til "
    "»{path}«].",
    "link-needs-login-but-public": "Linket kræver login, men filen kan også åbnes uden.",
    "link-opens-root": "Linket åbner den øverste mappe i stedet for »{folder}«.",
    "link-place-gone": "Mappen »{path}« findes ikke længere i den delte mappe.",
    "link-place-not-seen": "Mappen »{path}« blev ikke fundet, men det er ikke bekræftet endnu.",
    "link-place-unread": "Kontrollen kunne ikke se, om mappen »{path}« findes, fordi en del af den "
    "delte mappe ikke kunne læses.",
    "link-share-gone": "Linket fører til en delt mappe, der ikke findes længere.",
    "link-share-needs-password": "Den delte mappe kræver en adgangskode.",
    "link-share-upload-only": "Den delte mappe er kun til aflevering af filer.",
    "listing-not-webdav": "Serverens svar var ikke en gyldig mappeliste[: {detail}].",
    "listing-too-big": "Mappelisten var for stor.",
    "listing-truncated": "Serveren sendte ikke hele mappelisten.",
    "local-name-not-utf8": "Mappen indeholder et navn, der ikke er UTF-8.",
    "local-unreadable": "Mappen kunne ikke læses: {error}.",
    "server-connection-cut": "Forbindelsen til serveren blev afbrudt midt i et svar.",
    "server-left-alone": "Kontrollen spørger ikke serveren mere denne gang. {failed_tries:delt "
    "mappe|delte mapper} kunne ikke åbnes, og flere forsøg kan få serveren til at lukke for dem "
    "alle.",
    "server-maintenance": "Serveren er i vedligeholdelsestilstand.",
    "server-not-found": "Serveren svarede, at adressen ikke findes.",
    "server-not-reached": "Serveren kunne ikke nås.",
    "server-redirects": "Serveren sender videre til en anden adresse ({status}). Ret den i "
    "indstillingerne (base_url).",
    "server-status": "Serveren svarede med fejl {status} i stedet for en mappeliste.",
    "server-throttled": "Serveren afviser kontrollen for en tid, fordi der har været for mange "
    "mislykkede forsøg fra denne adresse.",
    "server-timeout": "Serveren svarede ikke i tide.",
    "server-tls-failed": "Serverens certifikat kunne ikke godkendes.",
    "server-wants-login": "Serveren kræver login.",
    "share-became-upload-only": "Man kan nu kun lægge filer op i den delte mappe, ikke se dem.",
    "share-got-password": "Linket kræver nu en adgangskode.",
    "share-lost-password": "Linket kræver ikke længere en adgangskode.",
    "share-shows-other-folder": "Linket fører nu til en anden mappe end før.",
    "share-gone": "Den delte mappe findes ikke længere. Kontrollen har spurgt serveren to gange.[ "
    "Den blev sidst prøvet {asked_at:date}. Den prøves højst én gang i døgnet.]",
    "share-kept-changing": "Der blev flyttet eller ændret filer, hele tiden mens den delte mappe "
    "blev læst.",
    "share-not-looked-at": "Den delte mappe er ikke kontrolleret denne gang.",
    "share-page-lives": "Linket til den delte mappe findes, men serveren lukker ikke kontrollen "
    "ind.",
    "share-password-missing": "Den delte mappe kræver en adgangskode, som ikke står i "
    "indstillingerne.[ Den blev sidst prøvet {asked_at:date}. Den prøves højst én gang i døgnet.]",
    "share-password-wrong": "Adgangskoden til den delte mappe passer ikke.",
    "share-private-address": "Linket fører til en adresse på et privat netværk. Det er kun tilladt "
    "for servere, der står i indstillingerne.",
    "share-too-big": "Den delte mappe har for mange filer og mapper til at blive læst helt.",
    "share-upload-only": "Man kan kun lægge filer op i den delte mappe, ikke se dem.",
    "use-link": "Brug dette link i stedet.[ {url}]",
    "walk-out-of-time": "Den delte mappe tog for lang tid at læse.",
    # Links to the web.
    "link-anchor-by-script": "Siden findes. Om afsnittet »#{anchor}« er på den, afgøres af et "
    "script.",
    "link-anchor-not-html": "Filen findes. Om »#{anchor}« er i den, kan ikke kontrolleres.",
    "link-anchor-page-too-big": "Siden findes, men er for stor til, at kontrollen kan lede efter "
    "»#{anchor}« i det hele.",
    "link-anchor-page-unread": "Siden findes, men kunne ikke læses til ende for at finde "
    "»#{anchor}«.",
    "link-asks-for-login": "{host} kræver login.",
    "link-bot-wall": "{host} lukker ikke robotter ind ({wall}). Læsere kan formentlig åbne siden.",
    "link-check-refused": "{host} afviser kontrollen ({status}). Det betyder ikke, at siden er "
    "væk.",
    "link-dns-failed": "Navnet {host} kunne ikke slås op lige nu.",
    "link-dropped": "{host} afbrød forbindelsen.",
    "link-excluded": "Linket er undtaget i indstillingerne ({pattern}).",
    "link-gone": "{host} svarer, at siden er fjernet permanent (410).",
    "link-headers-too-long": "{host} sender mere foran siden, end kontrollen læser.",
    "link-host-given-up": "{host} svarede ikke flere gange i træk, så dette link blev ikke prøvet.",
    "link-host-unknown": "Der findes ingen server med navnet {host}.",
    "link-host-unreachable": "{host} kan ikke nås.",
    "link-http-error": "{host} svarer med fejl {status}.",
    "link-inside-host": "{host} kan kun nås indefra og bliver derfor ikke kontrolleret.",
    "link-interrupted": "Kontrollen blev stoppet, før linket blev prøvet.",
    "link-is-script": "Linket er et script og fører ingen steder hen.",
    "link-leads-to-login": "Linket fører til en login-side ({url}).",
    "link-mail-invalid": "Mailadressen i linket er skrevet forkert.",
    "link-moved": "Siden er flyttet til {url}.",
    "link-network-unreachable": "Kontrollen har ikke netværk til {host}.",
    "link-no-network": "Ingen af de prøvede adresser svarede. Kontrollen har måske ikke netværk.",
    "link-not-absolute": "Linket er ikke en fuld adresse og er ikke kontrolleret.",
    "link-not-found": "{host} svarer, at siden ikke findes (404).",
    "link-not-http": "{host} svarer med noget, der ikke er en hjemmeside.",
    "link-not-requested": "Adressen er for lang eller for usædvanlig til, at kontrollen kan prøve "
    "den.",
    "link-phone-invalid": "Telefonnummeret »{number}« er skrevet forkert.",
    "link-private-address": "{host} ligger på et privat netværk, som læsere udefra ikke kan nå. "
    "Adressen er ikke prøvet.",
    "link-proxy-failed": "Proxyen gav ikke forbindelse til {host}.",
    "link-redirect-loop": "Siden sender læseren i ring ({url}).",
    "link-redirect-to-nowhere": "{host} sender læseren videre til noget, der ikke er en adresse "
    "(»{target}«).",
    "link-redirect-to-scheme": "Siden sender læseren videre til »{scheme}:«, som ikke kan "
    "kontrolleres.",
    "link-redirects-too-slow": "{host} sender læseren videre, og siden kom ikke inden for "
    "{timeout_s} sekunder.",
    "link-refused": "{host} tager ikke imod forbindelser.",
    "link-scheme-unchecked": "Links med »{scheme}:« kan ikke kontrolleres.",
    "link-status-unclear": "{host} svarer med {status}, som ikke viser, om siden findes.",
    "link-timed-out": "{host} svarede ikke inden for {timeout_s} sekunder.",
    "link-tls-expired": "Certifikatet for {host} er udløbet, så browseren advarer.",
    "link-tls-failed": "Der kunne ikke laves en sikker forbindelse til {host}.",
    "link-tls-not-yet-valid": "Certifikatet for {host} gælder ikke endnu, så browseren advarer.",
    "link-tls-unknown-issuer": "Certifikatet for {host} kommer fra en ukendt udsteder, eller "
    "serveren sender ikke hele kæden. Læsere kan måske åbne siden.",
    "link-tls-wrong-name": "Certifikatet gælder ikke for navnet {host}, så browseren advarer.",
    "link-to-own-disk": "Linket peger på en fil på skribentens egen computer.",
    "link-too-many-redirects": "Siden sender læseren videre mere end {limit} gange. Kontrollen "
    "følger ikke med længere.",
    "link-too-many-requests": "{host} har fået for mange forespørgsler og svarer ikke nu (429).",
    "link-url-invalid": "Adressen er skrevet forkert, så ingen browser kan åbne den.",
}

# The codes of a `RemoteError`. They continue a sentence, so they start in lower case and have no
# full stop.
REMOTE_ERRORS = {
    "bad-answer": "svaret fulgte ikke reglerne",
    "bad-href": "en adresse i den var ugyldig",
    "compressed": "den var pakket, så den ikke kunne læses",
    "connection-cut": "forbindelsen blev afbrudt",
    "doctype": "den havde noget med, der ikke hører til",
    "duplicate-entry": "noget stod i den to gange",
    "empty-answer": "den var tom",
    "entry-too-big": "en linje i den var for stor",
    "foreign-href": "den nævnte noget uden for mappen",
    "http-status": "serveren svarede med en fejl",
    "maintenance": "serveren er under vedligeholdelse",
    "not-a-folder": "en fil optrådte som mappe",
    "not-authenticated": "serveren kræver login",
    "not-found": "serveren siger, at den ikke findes",
    "not-multistatus": "det var en anden slags svar",
    "not-reached": "serveren kunne ikke nås",
    "not-the-share": "den viste ikke den delte mappe",
    "not-xml": "det var ikke en liste, men måske en hjemmeside",
    "orphan-entry": "en mappe manglede i den",
    "out-of-time": "tiden til den var gået",
    "private-address": "serveren er på et privat netværk",
    "redirected": "serveren sendte videre",
    "self-missing": "mappen selv manglede i den",
    "self-twice": "mappen selv stod i den to gange",
    "self-unclear": "den passede ikke til mappen",
    "share-not-found": "den delte mappe findes ikke",
    "mail-not-encrypted": "den er ikke på denne maskine, og en mail ville ikke være krypteret",
    "smtp-not-supported": "mailserveren kan ikke det, der er sat op",
    "smtp-status": "mailserveren svarede med en fejl",
    "stopped": "kontrollen blev stoppet",
    "throttled": "serveren lukker kontrollen ude for en tid",
    "timeout": "serveren svarede ikke i tide",
    "tls-failed": "certifikatet kunne ikke godkendes",
    "too-big": "den var for stor",
    "too-deep": "mapperne lå for dybt",
    "too-many": "der var for mange filer",
    "too-many-requests": "serveren beder om en pause",
    "truncated": "serveren sendte ikke det hele",
    "upload-only": "man kan kun lægge filer op",
    "wrong-depth": "den gik for dybt eller ikke dybt nok",
    "file-changed": "filen var en anden, end listen viser",
    "no-etag": "svaret sagde ikke, hvilken version af filen det var",
    "wrong-checksum": "filens kontrolsum passede ikke",
    "wrong-length": "filens længde passede ikke",
    "wrong-range": "serveren sendte et andet stykke af filen, end der blev bedt om",
}
