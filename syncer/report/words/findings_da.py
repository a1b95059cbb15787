"""Danish: what each finding says, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping

from syncer.report.words.catalog import FindingWords

FINDINGS: Mapping[str, FindingWords] = {
    "resource-missing": FindingWords(
        "Mangler",
        "»{subject}« findes ikke i Nextcloud[; håndbogen henviser til »{place}«].",
        "Læg dokumentet i »{place}«[, og giv filen navnet »{suggestion}«].",
    ),
    "resource-planned": FindingWords(
        "Planlagt (ToDo)",
        "»{subject}« er lovet i håndbogen, men findes ikke endnu.[ {progress}.]",
        "Skriv dokumentet færdigt, og læg det i »{place}«[ under navnet »{suggestion}«].",
    ),
    "resource-partial": FindingWords(
        "Delvis klar",
        "»{subject}« er kun delvis klar[: {progress}].",
        "Lav også det, der mangler[: {absent}][, og læg det i »{place}«].",
    ),
    "resource-arrived": FindingWords(
        "Klar til at blive linket",
        "»{subject}« står som ToDo i håndbogen, men dokumentet ligger der nu[: »{file}«]."
        "[ {progress}.]",
        "Fjern »(ToDo)« i håndbogen, og link til mappen[ »{folder}«].",
    ),
    "resource-elsewhere": FindingWords(
        "Ligger et andet sted",
        "»{subject}« ligger ikke dér, hvor håndbogen siger, men i »{folder}«.",
        "Flyt filen til »{place}«, eller ret linket i håndbogen.",
    ),
    "resource-draft": FindingWords(
        "Kun udkast",
        "Af »{subject}« findes kun et udkast[: »{file}«].",
        "Gør udkastet færdigt[, og gem det som »{suggestion}«].",
    ),
    "resource-outdated": FindingWords(
        "Forældet",
        "Af »{subject}« findes kun en forældet eller arkiveret udgave[: »{file}«].",
        "Læg den gældende udgave i »{place}«[ under navnet »{suggestion}«].",
    ),
    "resource-ambiguous": FindingWords(
        "Flere mulige",
        "Flere dokumenter passer lige godt på »{subject}«[: {files}].",
        "Find ud af, hvilket dokument der er det rigtige, og lad linket pege på selve filen.",
    ),
    "resource-undetermined": FindingWords(
        "Kunne ikke kontrolleres",
        "Vi ved ikke, om »{subject}« er der.[ {reason}]",
        "Vent til i morgen; står det her stadig, så sig det til administratoren.",
    ),
    "resource-no-access": FindingWords(
        "Kræver login",
        "»{subject}« ligger bag et login eller en adgangskode, som kontrollen ikke har.",
        "Del mappen med et link, som alle håndbogens læsere kan åbne, eller giv kontrollen adgang.",
    ),
    "file-empty": FindingWords(
        "Tom fil",
        "Filen »{subject}«[ i »{folder}«] er tom (0 byte).",
        "Erstat den med den rigtige udgave under samme navn.",
    ),
    "file-unlisted": FindingWords(
        "Ikke nævnt",
        "Filen »{subject}« ligger i en mappe, som håndbogen henviser til[ (»{folder}«)], men ingen "
        "række nævner den.",
        "Nævn filen i håndbogen, eller flyt den.",
    ),
    "file-name-unsafe": FindingWords(
        "Uheldigt filnavn",
        "Navnet »{subject}«[ i »{folder}«] kan give problemer.[ {reason}]",
        "Giv filen et navn uden særlige tegn.",
    ),
    "place-missing": FindingWords(
        "Mappen findes ikke",
        "Mappen »{subject}«, som håndbogen peger på, findes ikke længere.",
        "Ret linket i håndbogen, eller opret mappen igen.",
    ),
    "place-unresolved": FindingWords(
        "Sted uden link",
        "Det fremgår ikke, hvor »{subject}« skal ligge: stedet er skrevet uden link.",
        "Gør stedet til et link til mappen.",
    ),
    "places-disagree": FindingWords(
        "To forskellige filer",
        "»{subject}« er nævnt flere steder, og linkene fører til forskellige filer.",
        "Lad alle links føre til den samme fil.",
    ),
    "share-gone": FindingWords(
        "Delingen er væk",
        "Delingen »{subject}« findes ikke længere.",
        "Del mappen igen, og sæt det nye link i håndbogen.",
    ),
    "share-needs-password": FindingWords(
        "Kræver adgangskode",
        "Kontrollen kom ikke ind i delingen »{subject}«.[ {reason}]",
        "Giv kontrollen adgangskoden, eller fjern den fra delingen.",
    ),
    "share-writable": FindingWords(
        "Alle kan ændre",
        "Alle, der har linket til delingen »{subject}«, kan ændre og slette filerne.",
        "Indstil delingen, så filerne kun kan læses.",
    ),
    "share-unreadable": FindingWords(
        "Kunne ikke læses",
        "Delingen »{subject}« kunne ikke læses.[ {reason}]",
        "Se, om serveren svarer; næste kontrol prøver igen.",
    ),
    "share-suddenly-empty": FindingWords(
        "Pludselig tom",
        "Delingen »{subject}« er pludselig tom eller næsten tom.",
        "Se efter, om filerne er slettet eller flyttet ved en fejl.",
    ),
    "share-link-opens-root": FindingWords(
        "Åbner forkert mappe",
        "Linket[ »{text}«] åbner delingens øverste mappe[ i stedet for »{folder}«].",
        "Sæt det rigtige link i håndbogen.",
    ),
    "link-broken": FindingWords(
        "Virker ikke",
        "Linket[ »{text}«] virker ikke.[ {reason}]",
        "Ret linket, eller fjern det.",
    ),
    "link-empty": FindingWords(
        "Tomt link",
        "Linket[ »{text}«] peger ingen steder hen.",
        "Sæt en adresse ind, eller fjern linket.",
    ),
    "link-anchor-missing": FindingWords(
        "Afsnittet findes ikke",
        "Siden findes, men ikke det afsnit, som linket[ »{text}«] peger på.",
        "Ret den del af linket, der står efter #.",
    ),
    "link-needs-login": FindingWords(
        "Kræver login",
        "Linket[ »{text}«] kræver login; læsere uden adgang kan ikke åbne det.",
        "Brug et link, som alle kan åbne, hvis læserne skal kunne se det.",
    ),
    "link-redirected": FindingWords(
        "Har fået ny adresse",
        "Siden er flyttet permanent[ til {final}].",
        "Sæt den nye adresse i håndbogen.",
    ),
    "link-blocked": FindingWords(
        "Afviser kontrol",
        "Hjemmesiden afviser automatisk kontrol; linket virker måske alligevel.",
        "Prøv linket i en browser.",
    ),
    "link-timed-out": FindingWords(
        "Svarede ikke i tide",
        "Hjemmesiden svarede ikke inden for tidsgrænsen.",
        "Prøv linket i en browser; næste kontrol prøver igen.",
    ),
    "link-unconfirmed": FindingWords(
        "Ikke bekræftet",
        "Linket virkede ikke, da det blev prøvet; næste kontrol afgør det.[ {reason}]",
    ),
    "link-private-address": FindingWords(
        "Kan kun nås indefra",
        "Adressen kan kun nås fra et internt netværk.",
        "Brug en adresse, som alle læsere kan nå.",
    ),
    "page-unreadable": FindingWords(
        "Kunne ikke læses",
        "Siden »{subject}« kunne ikke læses.[ {reason}]",
        "Gem siden som almindelig tekst (UTF-8).",
    ),
    "page-not-published": FindingWords(
        "Vises ikke",
        "Siden »{subject}« bliver ikke vist i den udgivne håndbog.",
        "Sæt de manglende linjer øverst i filen, eller slet siden.",
    ),
    "page-empty": FindingWords(
        "Tom side",
        "Siden »{subject}« har intet indhold.",
        "Skriv siden, eller slet den.",
    ),
    "table-malformed": FindingWords(
        "Fejl i tabellen",
        "Rækken »{subject}« i en tabel er skrevet forkert.[ {reason}]",
        "Ret rækken i tabellen.",
    ),
    "handbook-stale": FindingWords(
        "Gammel udgave",
        "Håndbogen kunne ikke hentes; den sidst hentede udgave er brugt.[ {reason}]",
        "Se, om git-serveren kan nås.",
    ),
    "waiver-unused": FindingWords(
        "Overflødig undtagelse",
        "Undtagelsen for »{subject}« passer ikke længere på noget.",
        "Fjern den fra indstillingerne.",
    ),
    "publish-failed": FindingWords(
        "Ikke lagt op",
        "Rapporten kunne ikke lægges op.[ {reason}]",
        "Se, om mappen findes, og om kontrollen har lov til at skrive i den.",
    ),
    "nothing-found": FindingWords(
        "Intet fundet",
        "Der blev ikke fundet nogen sider, ressourcer eller links at kontrollere.",
        "Se efter, om indstillingerne peger på den rigtige håndbog.",
    ),
}
