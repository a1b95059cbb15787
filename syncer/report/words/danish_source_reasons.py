"""Danish: reasons that come from reading the handbook, Nextcloud and the web."""

SOURCE_REASONS = {
    # The handbook and its site.
    "binary": "Filen er ikke en tekstfil.",
    "folder-links-too-many": "Ikke alt bag dette symbolske link blev læst: Den slags links fører "
    "til mere end {limit} filer og mapper.",
    "handbook-folder-too-deep": "Mappen blev ikke læst: Den ligger over {levels} niveauer nede.",
    "folder-io-error": "Det er en mappe, og den kunne ikke åbnes ({detail}).",
    "front-matter-not-mapping": "Sidens front matter består ikke af navne og værdier.",
    "front-matter-not-yaml": "Sidens front matter kan ikke læses (linje {line}).",
    "front-matter-too-big": "Sidens front matter er for stor til at blive læst.",
    "git-failed": "git kunne ikke hente håndbogen: {detail}",
    "git-not-found": "Programmet git er ikke installeret.",
    "git-timeout": "git blev ikke færdig inden for {timeout_s} sekunder.",
    "handbook-read-timeout": "Tiden til at læse håndbogen var brugt, før siden blev læst.",
    "io-error": "Filen kunne ikke åbnes ({detail}).",
    "link-add-front-matter": "Sæt to linjer med --- øverst i {file}.",
    "link-address-clash": "Flere filer har samme adresse ({files}), og hvilken af dem der vises, "
    "er tilfældigt.",
    "link-address-unknown": "Adressen på {file} afhænger af, hvornår og hvordan sitet bygges, så "
    "linket er ikke kontrolleret.",
    "link-anchor-missing": "Der er intet afsnit »#{anchor}« på siden {page}.",
    "link-anchor-unproven": "Om »#{anchor}« findes på {page}, kan ikke ses uden at bygge sitet.",
    "link-config-relative": "Linket vises på alle sider, men virker ikke på {page}: det er "
    "relativt.",
    "link-empty": "Linket har ingen adresse.",
    "link-file-missing": "Filen {file} findes ikke i håndbogen.",
    "link-file-not-published": "{file} findes, men kommer ikke med på sitet.",
    "link-image-is-page": "Billedet peger på siden {page} og kan ikke vises.",
    "link-image-missing": "Billedet {path} findes ikke på håndbogens site.",
    "link-in-condition": "Om linket vises, afhænger af en betingelse i Liquid, så det er ikke "
    "kontrolleret.",
    "link-kept-file-may-be-there": "Filen findes ikke i kilderne, men kan være lagt på sitet "
    "(keep_files i _config.yml nævner {file}).",
    "link-lacks-baseurl": "Linket mangler {base_path}, som sitet ligger under.",
    "link-liquid": "Linket dannes af Liquid og kan kun regnes ud ved at bygge sitet.",
    "link-liquid-in-config": "Liquid i _config.yml bliver ikke udført, så linket vises, som det er "
    "skrevet.",
    "link-liquid-target-missing": "Linket nævner {file} med Liquid, men den findes ikke: Jekyll "
    "kan ikke bygge sitet.",
    "link-mailto-missing": "mailto: mangler foran mailadressen.",
    "link-on-unpublished-page": "Linket står på en side, som ikke vises på sitet.",
    "link-other-case": "Store og små bogstaver passer ikke: det hedder {found}.",
    "link-other-generator": "Et andet program bygger håndbogens site ({file}); adressen er ikke "
    "kontrolleret.",
    "link-outside-handbook": "Linket fører uden for håndbogens mappe og er ikke kontrolleret: "
    "{path}",
    "link-outside-site": "Linket fører uden for sitet ({base_path}) på samme vært og er ikke "
    "kontrolleret.",
    "link-page-in-future": "{file} er dateret {date:day} og kommer først på sitet da.",
    "link-page-missing": "Siden {path} findes ikke på håndbogens site.",
    "link-page-not-rendered": "{file} mangler front matter og bliver derfor ikke til en side.",
    "link-page-unreadable": "{file} kunne ikke læses, så det vides ikke, hvad den bliver til på "
    "sitet.",
    "link-plugin-may-make-it": "Siden findes ikke i kilderne, men {plugin} kan danne den.",
    "link-redirect-drops-anchor": "Siden sender læseren videre til {target}, men afsnittet går "
    "tabt undervejs.",
    "link-redirect-page": "Siden sender læseren videre til {target}.",
    "link-redirect-target-missing": "Siden sender læseren videre til {target}, som ikke findes.",
    "link-scheme-missing": "https:// mangler foran adressen.",
    "link-slash-added": "Serveren sender læseren videre til adressen med skråstreg.",
    "link-theme-may-have-it": "Filen findes ikke i kilderne, men temaet {theme} kan have den.",
    "link-trailing-slash": "Skråstregen til sidst fører til en mappe, der ikke findes.",
    "link-use": "Skriv {url} i stedet.",
    "link-works-on-github-only": "Linket virker på GitHub, hvor {file} findes, men ikke på sitet.",
    "names-collide": "To filer har samme navn, skrevet på to måder; hvilken en læser får, vides "
    "ikke.",
    "not-utf8": "Siden er ikke gemt som UTF-8 (linje {line}).",
    "own-comment-invalid": "Kommentaren »syncer: {text}« kan ikke læses. Skriv: syncer: ignore "
    "KODE until ÅÅÅÅ-MM-DD: begrundelse.",
    "own-settings-code": "»{code}« er ikke en kode, som håndbogen selv kan sætte til side.",
    "own-settings-date": "Datoen {until:day} er for langt væk; den seneste er {latest:day}.",
    "own-settings-entry": "{section} skal være en tabel med egne linjer.",
    "own-settings-key": "»{key}« kendes ikke under {section}. Brug {known}.",
    "own-settings-not-day": "»{key}« under {section} skal være en dato uden anførselstegn, for "
    "eksempel 2027-03-01.",
    "own-settings-not-list": "»{key}« under {section} skal være en liste af tekster i "
    "anførselstegn.",
    "own-settings-not-number": "»{key}« under {section} skal være et helt tal.",
    "own-settings-not-text": "»{key}« under {section} skal være en tekst i anførselstegn.",
    "own-settings-pattern": "»{pattern}« nævner ikke en hel vært. Begynd med for eksempel "
    "https://example.org/.",
    "own-settings-required": "»{key}« mangler under {section}.",
    "own-settings-section": "Afsnittet [{section}] hører ikke til her. Det kan kun stå i "
    "administratorens indstillinger.",
    "own-settings-share": "Ingen side linker til delingen {share}.",
    "own-settings-too-many": "Der er flere end {limit} punkter; resten er ikke læst.",
    "own-settings-unreadable": "Filen kan ikke læses ({detail}).",
    "own-settings-waiver": "Undtagelsen for {code} skal have en begrundelse og gælde et bestemt "
    "punkt eller en bestemt side.",
    "page-too-complex": "Siden er for indviklet at læse: den kræver mere end {steps} trin.",
    "site-config-unreadable": "_config.yml kunne ikke forstås, så sitets adresser er usikre.",
    "site-source-elsewhere": "Sitet dannes af mappen {folder} (source i _config.yml), så "
    "adresserne er andre end i kilderne.",
    "table-cells-extra": "Rækken har {cells:celle|celler}, tabellen har kun "
    "{columns:kolonne|kolonner}.",
    "table-cells-missing": "Rækken har {cells:celle|celler}, tabellen har "
    "{columns:kolonne|kolonner}.",
    "table-link-unclosed": "Et link i rækken er ikke skrevet færdigt, så det vises som tekst.",
    "table-mark-unclosed": "Et {mark} i rækken bliver aldrig lukket.",
    "table-name-missing": "Rækken nævner ingen ressource.",
    "table-not-rendered": "Tabellen vises som almindelig tekst: den mangler en tom linje før eller "
    "efter sig.",
    "table-separator-missing": "Tabellen mangler linjen med streger under overskrifterne.",
    "too-big": "Siden er større end {limit_bytes} byte.",
    # Nextcloud: servers, shares and links into them.
    "account-not-found": "Serveren kender ingen filer for kontoen; navnet er brugernavnet, ikke "
    "e-mailadressen.",
    "account-refused": "Serveren afviste kontoens app-adgangskode; der er kun prøvet én gang.",
    "entry-unclear": "Serveren siger ikke, om det er en fil eller en mappe.",
    "folder-names-collide": "To mapper her har samme navn i forskellig Unicode-form; kun den ene "
    "er læst.",
    "folder-shows-nothing": "Serveren tæller {size_bytes} byte i mappen, men viser intet i den.",
    "folder-too-deep": "Mappen ligger for dybt (over 100 niveauer).",
    "link-direct-unknown": "Serveren (Nextcloud {version}) kender ikke direkte adresser som denne.",
    "link-download-empty": "Filen »{path}« er der, men linket henter den ikke.",
    "link-file-gone": "Filen, som linket peger på, findes ikke længere i delingen.",
    "link-file-id-unknown": "Om filen findes, kunne ikke afgøres.",
    "link-file-moved": "Filen ligger nu i mappen »{folder}«.",
    "link-needs-login": "Linket kræver, at man er logget ind i Nextcloud[; det fører til "
    "»{path}«].",
    "link-needs-login-but-public": "Linket kræver login, men filen kan også nås uden.",
    "link-opens-root": "Linket åbner delingens øverste mappe i stedet for »{folder}«.",
    "link-place-gone": "Mappen »{path}« findes ikke længere i delingen.",
    "link-place-not-seen": "Mappen »{path}« blev ikke fundet, men det er ikke bekræftet endnu.",
    "link-place-unread": "Det kunne ikke afgøres, om mappen »{path}« findes: en del af delingen "
    "kunne ikke læses.",
    "link-share-gone": "Linket fører til en deling, der ikke findes længere.",
    "link-share-needs-password": "Delingen kræver en adgangskode.",
    "link-share-upload-only": "Delingen kan kun bruges til at aflevere filer.",
    "listing-not-webdav": "Serverens svar var ikke en gyldig mappeliste[: {detail}].",
    "listing-too-big": "Mappelisten var for stor.",
    "listing-truncated": "Mappelisten var afskåret.",
    "local-name-not-utf8": "Mappen indeholder et navn, der ikke er UTF-8.",
    "local-unreadable": "Mappen kunne ikke læses: {error}.",
    "server-connection-cut": "Forbindelsen til serveren blev afbrudt midt i et svar.",
    "server-left-alone": "Serveren spørges ikke mere i denne omgang: "
    "{failed_tries:deling|delinger} lukkede os ikke ind, og flere forsøg kan få den til at lukke "
    "for dem alle.",
    "server-maintenance": "Serveren er i vedligeholdelsestilstand.",
    "server-not-found": "Serveren svarede, at adressen ikke findes.",
    "server-not-reached": "Serveren kunne ikke nås.",
    "server-redirects": "Serveren sender videre til en anden adresse ({status}); ret den i "
    "indstillingerne (base_url).",
    "server-status": "Serveren svarede med fejl {status} i stedet for en mappeliste.",
    "server-throttled": "Serveren afviser os for en tid, fordi der har været for mange mislykkede "
    "forsøg fra denne adresse.",
    "server-timeout": "Serveren svarede ikke i tide.",
    "server-tls-failed": "Serverens certifikat kunne ikke godkendes.",
    "server-wants-login": "Serveren kræver login.",
    "share-became-upload-only": "Man kan nu kun lægge filer op i den, ikke se dem.",
    "share-got-password": "Det kræver nu en adgangskode.",
    "share-lost-password": "Det kræver ikke længere en adgangskode.",
    "share-shows-other-folder": "Det fører nu til en anden mappe end før.",
    "share-gone": "Delingen findes ikke længere; der er spurgt to gange.[ Der er "
    "sidst spurgt {asked_at:date}; den spørges højst én gang i døgnet.]",
    "share-not-looked-at": "Delingen er ikke kontrolleret i denne omgang.",
    "share-page-lives": "Delingens side findes, men serveren lukker ikke kontrollen ind.",
    "share-password-missing": "Delingen kræver en adgangskode, og der står ingen i "
    "indstillingerne.[ Der er sidst spurgt {asked_at:date}; den spørges højst én gang i døgnet.]",
    "share-password-wrong": "Adgangskoden til delingen passer ikke.",
    "share-private-address": "Linket fører til en adresse på et privat netværk; det er kun tilladt "
    "for servere, der står i indstillingerne.",
    "share-too-big": "Delingen har for mange filer og mapper til at blive læst helt.",
    "share-upload-only": "Man kan kun lægge filer op i delingen, ikke se dem.",
    "use-link": "Brug dette link i stedet.[ {url}]",
    "walk-out-of-time": "Delingen tog for lang tid at læse.",
    # Links to the web.
    "link-anchor-by-script": "Siden er der; om afsnittet »#{anchor}« er der, afgøres af et script.",
    "link-anchor-not-html": "Filen er der; om »#{anchor}« findes i den, kan ikke kontrolleres.",
    "link-anchor-page-too-big": "Siden er der, men for stor til at lede efter »#{anchor}« i det "
    "hele.",
    "link-anchor-page-unread": "Siden er der, men kunne ikke læses til ende for at finde "
    "»#{anchor}«.",
    "link-asks-for-login": "{host} kræver login.",
    "link-bot-wall": "{host} lukker ikke robotter ind ({wall}); læsere kan formentlig åbne siden.",
    "link-check-refused": "{host} afviser kontrollen ({status}); det siger ikke, at siden er væk.",
    "link-dns-failed": "Navnet {host} kunne ikke slås op lige nu.",
    "link-dropped": "{host} afbrød forbindelsen.",
    "link-excluded": "Linket er undtaget i indstillingerne ({pattern}).",
    "link-gone": "{host} siger, at siden er fjernet permanent (410).",
    "link-headers-too-long": "{host} sender mere foran siden, end kontrollen læser.",
    "link-host-unknown": "Der findes ingen server med navnet {host}.",
    "link-host-unreachable": "{host} kan ikke nås.",
    "link-http-error": "{host} svarer med fejl {status}.",
    "link-inside-host": "{host} kan kun nås indefra og bliver derfor ikke kontrolleret.",
    "link-interrupted": "Kontrollen blev stoppet, før linket blev prøvet.",
    "link-is-script": "Linket er et script og fører ingen steder hen.",
    "link-leads-to-login": "Linket fører til en login-side ({url}).",
    "link-mail-invalid": "Mailadressen i linket er skrevet forkert.",
    "link-moved": "Siden er flyttet til {url}.",
    "link-network-unreachable": "Der er ikke netværk herfra til {host}.",
    "link-no-network": "Ingen af de prøvede adresser svarede; netværket ser ud til at være væk "
    "herfra.",
    "link-not-absolute": "Linket er ikke en fuld adresse og er ikke kontrolleret.",
    "link-not-found": "{host} siger, at siden ikke findes (404).",
    "link-not-http": "{host} svarer med noget, der ikke er en webside.",
    "link-not-requested": "Adressen er for lang eller usædvanlig til, at kontrollen kan spørge på "
    "den.",
    "link-phone-invalid": "Telefonnummeret »{number}« er skrevet forkert.",
    "link-private-address": "{host} ligger på et privat netværk; læsere udefra kan ikke komme "
    "derhen, og adressen er ikke prøvet.",
    "link-proxy-failed": "Proxyen gav ikke forbindelse til {host}.",
    "link-redirect-loop": "Siden sender læseren i ring ({url}).",
    "link-redirect-to-nowhere": "{host} sender læseren videre til noget, der ikke er en adresse "
    "(»{target}«).",
    "link-redirect-to-scheme": "Siden sender læseren videre til »{scheme}:«, som ikke kan "
    "undersøges.",
    "link-refused": "{host} tager ikke imod forbindelser.",
    "link-scheme-unchecked": "Links med »{scheme}:« kan ikke kontrolleres.",
    "link-status-unclear": "{host} svarer med {status}, som ikke siger, om siden er der.",
    "link-timed-out": "{host} svarede ikke inden for {timeout_s} sekunder.",
    "link-tls-expired": "Certifikatet for {host} er udløbet, så browseren advarer.",
    "link-tls-failed": "Der kunne ikke laves en sikker forbindelse til {host}.",
    "link-tls-not-yet-valid": "Certifikatet for {host} gælder ikke endnu, så browseren advarer.",
    "link-tls-unknown-issuer": "Certifikatet for {host} er udstedt af en ukendt udsteder, eller "
    "serveren sender ikke hele kæden; læsere kan måske åbne siden.",
    "link-tls-wrong-name": "Certifikatet gælder ikke for navnet {host}, så browseren advarer.",
    "link-to-own-disk": "Linket peger på en fil på skribentens egen computer.",
    "link-too-many-redirects": "Siden sender læseren videre mere end {limit} gange, og kontrollen "
    "følger ikke med længere.",
    "link-too-many-requests": "{host} har fået for mange forespørgsler og vil ikke svare nu (429).",
    "link-url-invalid": "Adressen er skrevet forkert, så ingen browser kan åbne den.",
}

# The codes of a `RemoteError`. They continue a sentence, so they start in lower case and have no
# full stop.
REMOTE_ERRORS = {
    "bad-answer": "svaret fulgte ikke reglerne",
    "bad-href": "en adresse i den var ugyldig",
    "compressed": "den var pakket, så den ikke kunne læses",
    "connection-cut": "forbindelsen blev afbrudt",
    "doctype": "den havde indhold, der ikke hører til",
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
    "not-the-share": "den viste ikke delingen",
    "not-xml": "det var ikke en liste, men måske en hjemmeside",
    "orphan-entry": "en mappe manglede i den",
    "out-of-time": "tiden til den var gået",
    "private-address": "serveren er på et privat netværk",
    "redirected": "serveren sendte videre",
    "self-missing": "mappen selv manglede i den",
    "self-twice": "mappen selv stod i den to gange",
    "self-unclear": "den passede ikke til mappen",
    "share-not-found": "delingen findes ikke",
    "mail-not-encrypted": "den er ikke på denne maskine, og en mail ville ikke være krypteret",
    "smtp-not-supported": "mailserveren kan ikke det, der er sat op",
    "smtp-status": "mailserveren svarede med en fejl",
    "stopped": "kontrollen blev stoppet",
    "throttled": "serveren lukker os ude for en tid",
    "timeout": "serveren svarede ikke i tide",
    "tls-failed": "certifikatet kunne ikke godkendes",
    "too-big": "den var for stor",
    "too-deep": "mapperne lå for dybt",
    "too-many": "der var for mange filer",
    "too-many-requests": "serveren beder om en pause",
    "truncated": "den var afskåret",
    "upload-only": "man kan kun lægge filer op",
    "wrong-depth": "den gik for dybt eller ikke dybt nok",
    "file-changed": "filen var en anden, end listen viser",
    "wrong-checksum": "filens kontrolsum passede ikke",
    "wrong-length": "filens længde passede ikke",
    "wrong-range": "serveren sendte et andet stykke af filen, end der blev bedt om",
}
