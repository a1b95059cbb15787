"""The handbook and the site made of it: Danish and English side by side."""

from __future__ import annotations

from collections.abc import Mapping

from syncer.report.words.said import Said

REASONS: Mapping[str, Said] = {
    "binary": Said(
        da="Filen er ikke en tekstfil.",
        en="The file is binary.",
    ),
    "folder-io-error": Said(
        da="Det er en mappe, og den kunne ikke åbnes ({detail}).",
        en="It is a folder, and it could not be opened ({detail}).",
    ),
    "front-matter-not-mapping": Said(
        da="Sidens front matter består ikke af navne og værdier.",
        en="The page's front matter is not made of names and values.",
    ),
    "front-matter-not-yaml": Said(
        da="Sidens front matter kan ikke læses (linje {line}).",
        en="The page's front matter cannot be read (line {line}).",
    ),
    "front-matter-too-big": Said(
        da="Sidens front matter er for stor til at blive læst.",
        en="The page's front matter is too big to be read.",
    ),
    "git-failed": Said(
        da="git kunne ikke hente håndbogen: {detail}",
        en="git could not fetch the handbook: {detail}",
    ),
    "git-not-found": Said(
        da="Programmet git er ikke installeret.",
        en="The program git is not installed.",
    ),
    "git-timeout": Said(
        da="git blev ikke færdig inden for {timeout_s} sekunder.",
        en="git was not done within {timeout_s} seconds.",
    ),
    "io-error": Said(
        da="Filen kunne ikke åbnes ({detail}).",
        en="The file could not be opened ({detail}).",
    ),
    "link-add-front-matter": Said(
        da="Sæt to linjer med --- øverst i {file}.",
        en="Put two lines of --- at the top of {file}.",
    ),
    "link-address-unknown": Said(
        da="Adressen på {file} afhænger af, hvornår og hvordan sitet bygges, "
        "så linket er ikke kontrolleret.",
        en="The address of {file} depends on when and how the site is built, "
        "so the link was not checked.",
    ),
    "link-anchor-missing": Said(
        da="Der er intet afsnit »#{anchor}« på siden {page}.",
        en="There is no section “#{anchor}” on the page {page}.",
    ),
    "link-anchor-unproven": Said(
        da="Om »#{anchor}« findes på {page}, kan ikke ses uden at bygge sitet.",
        en="Whether “#{anchor}” is on {page} cannot be told without building the site.",
    ),
    "link-config-relative": Said(
        da="Linket vises på alle sider, men virker ikke på {page}: det er relativt.",
        en="The link is shown on every page but does not work on {page}: it is relative.",
    ),
    "link-empty": Said(
        da="Linket har ingen adresse.",
        en="The link has no address.",
    ),
    "link-file-not-published": Said(
        da="{file} findes, men kommer ikke med på sitet.",
        en="{file} exists but is not part of the site.",
    ),
    "link-image-is-page": Said(
        da="Billedet peger på siden {page} og kan ikke vises.",
        en="The image points to the page {page} and cannot be shown.",
    ),
    "link-image-missing": Said(
        da="Billedet {path} findes ikke på håndbogens site.",
        en="There is no image {path} on the handbook's site.",
    ),
    "link-kept-file-may-be-there": Said(
        da="Filen findes ikke i kilderne, men kan være lagt på sitet "
        "(keep_files i _config.yml nævner {file}).",
        en="The file is not in the sources but may have been put on the site "
        "(keep_files in _config.yml names {file}).",
    ),
    "link-lacks-baseurl": Said(
        da="Linket mangler {base_path}, som sitet ligger under.",
        en="The link lacks {base_path}, below which the site lies.",
    ),
    "link-liquid": Said(
        da="Linket dannes af Liquid og kan kun regnes ud ved at bygge sitet.",
        en="The link is made by Liquid that only a build of the site can work out.",
    ),
    "link-liquid-in-config": Said(
        da="Liquid i _config.yml bliver ikke udført, så linket vises, som det er skrevet.",
        en="Liquid in _config.yml is not run, so the link is shown as written.",
    ),
    "link-liquid-target-missing": Said(
        da="{{% link %}} peger på {file}, som ikke findes: Jekyll kan ikke bygge sitet.",
        en="{{% link %}} names {file}, which is not there: Jekyll cannot build the site.",
    ),
    "link-mailto-missing": Said(
        da="mailto: mangler foran mailadressen.",
        en="The mail address lacks mailto: in front.",
    ),
    "link-on-unpublished-page": Said(
        da="Linket står på en side, som ikke vises på sitet.",
        en="The link stands on a page that the site does not show.",
    ),
    "link-other-case": Said(
        da="Store og små bogstaver passer ikke: på sitet hedder det {found}.",
        en="Upper and lower case differ: on the site it is {found}.",
    ),
    "link-outside-site": Said(
        da="Linket fører uden for sitet ({base_path}) på samme vært og er ikke kontrolleret.",
        en="The link leads out of the site ({base_path}) on the same host and was not checked.",
    ),
    "link-page-missing": Said(
        da="Siden {path} findes ikke på håndbogens site.",
        en="There is no page {path} on the handbook's site.",
    ),
    "link-page-not-rendered": Said(
        da="{file} mangler front matter og bliver derfor ikke til en side.",
        en="{file} lacks front matter, so the site makes no page of it.",
    ),
    "link-page-unreadable": Said(
        da="{file} kunne ikke læses, så det vides ikke, hvad den bliver til på sitet.",
        en="{file} could not be read, so what the site makes of it is unknown.",
    ),
    "link-plugin-may-make-it": Said(
        da="Siden findes ikke i kilderne, men {plugin} kan danne den.",
        en="The page is not in the sources, but {plugin} may make it.",
    ),
    "link-redirect-drops-anchor": Said(
        da="Siden sender læseren videre til {target}, men afsnittet går tabt undervejs.",
        en="The page sends the reader on to {target}, but the section is lost on the way.",
    ),
    "link-redirect-page": Said(
        da="Siden sender læseren videre til {target}.",
        en="The page sends the reader on to {target}.",
    ),
    "link-redirect-target-missing": Said(
        da="Siden sender læseren videre til {target}, som ikke findes.",
        en="The page sends the reader on to {target}, which is not there.",
    ),
    "link-scheme-missing": Said(
        da="https:// mangler foran adressen.",
        en="The address lacks https:// in front.",
    ),
    "link-slash-added": Said(
        da="Serveren sender læseren videre til adressen med skråstreg.",
        en="The server sends the reader on to the address with a slash.",
    ),
    "link-theme-may-have-it": Said(
        da="Filen findes ikke i kilderne, men temaet {theme} kan have den.",
        en="The file is not in the sources, but the theme {theme} may have it.",
    ),
    "link-trailing-slash": Said(
        da="Skråstregen til sidst fører til en mappe, der ikke findes.",
        en="The slash at the end leads to a folder that is not there.",
    ),
    "link-use": Said(
        da="Skriv {url} i stedet.",
        en="Write {url} instead.",
    ),
    "link-works-on-github-only": Said(
        da="Linket virker på GitHub, hvor {file} findes, men ikke på sitet.",
        en="The link works on GitHub, where {file} is, but not on the site.",
    ),
    "not-utf8": Said(
        da="Siden er ikke gemt som UTF-8 (linje {line}).",
        en="The page is not UTF-8 (line {line}).",
    ),
    "site-config-unreadable": Said(
        da="_config.yml kunne ikke forstås, så sitets adresser er usikre.",
        en="_config.yml could not be understood, so the site's addresses are uncertain.",
    ),
    "site-source-elsewhere": Said(
        da="Sitet dannes af mappen {folder} (source i _config.yml), "
        "så adresserne er andre end i kilderne.",
        en="The site is made of the folder {folder} (source in _config.yml), "
        "so its addresses are not those of the sources.",
    ),
    "table-cells-extra": Said(
        da="Rækken har {cells:celle|celler}, tabellen har kun {columns:kolonne|kolonner}.",
        en="The row has {cells:cell|cells}, the table has only {columns:column|columns}.",
    ),
    "table-cells-missing": Said(
        da="Rækken har {cells:celle|celler}, tabellen har {columns:kolonne|kolonner}.",
        en="The row has {cells:cell|cells}, the table has {columns:column|columns}.",
    ),
    "table-link-unclosed": Said(
        da="Et link i rækken er ikke skrevet færdigt, så det vises som tekst.",
        en="A link in the row is not complete, so it shows as text.",
    ),
    "table-mark-unclosed": Said(
        da="Et {mark} i rækken bliver aldrig lukket.",
        en="A {mark} in the row is never closed.",
    ),
    "table-name-missing": Said(
        da="Rækken nævner ingen ressource.",
        en="The row names no resource.",
    ),
    "table-not-rendered": Said(
        da="Tabellen vises som almindelig tekst: den mangler en tom linje før eller efter sig.",
        en="The table shows as plain text: it lacks a blank line before or behind it.",
    ),
    "table-separator-missing": Said(
        da="Tabellen mangler linjen med streger under overskrifterne.",
        en="The table lacks the line of dashes below its headers.",
    ),
    "too-big": Said(
        da="Siden er større end {limit_bytes} byte.",
        en="The page is larger than {limit_bytes} bytes.",
    ),
}
