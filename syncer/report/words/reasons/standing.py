"""`syncer status`: Danish and English side by side."""

from __future__ import annotations

from collections.abc import Mapping

from syncer.report.words.said import Said

REASONS: Mapping[str, Said] = {
    "status-ahead-of-clock": Said(
        da="Den ligger i fremtiden: uret er stillet tilbage, eller gik forkert dengang.",
        en="It lies in the future: the clock has been set back, or was wrong then.",
    ),
    "status-last-run": Said(
        da="Sidste kontrol: {at:date}"
        "[, for {minutes:minut|minutter} siden]"
        "[, for {hours:time|timer} siden]"
        "[, for {days:dag|dage} siden].",
        en="Last check: {at:date}"
        "[, {minutes:minute|minutes} ago]"
        "[, {hours:hour|hours} ago]"
        "[, {days:day|days} ago].",
    ),
    "status-never-run": Said(
        da="Der er endnu ikke gennemført en kontrol her.",
        en="No check has been completed here yet.",
    ),
    "status-next": Said(
        da="Næste kontrol ventes {at:date}.",
        en="The next check is expected {at:date}.",
    ),
    "status-overdue": Said(
        da="Kontrollen er forsinket: den skulle være kørt {at:date}. Se i tjenestens log hvorfor.",
        en="The check is overdue: it was expected {at:date}. The service's log says why.",
    ),
    "status-run-failed": Said(
        da="Kontrollen, der begyndte {at:date}, endte uden resultat (kode {code}): {problem}",
        en="The check that began {at:date} ended without a result (code {code}): {problem}",
    ),
    "status-run-not-ended": Said(
        da="En kontrol begyndte {at:date} (proces {process}) og er ikke slut: den er i gang, eller "
        "den blev afbrudt.",
        en="A check began {at:date} (process {process}) and has not ended: it is under way, or it "
        "was cut off.",
    ),
}
