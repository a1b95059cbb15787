"""The run itself: Danish and English side by side."""

from __future__ import annotations

from collections.abc import Mapping

from syncer.report.words.said import Said

REASONS: Mapping[str, Said] = {
    "folder-not-read": Said(
        da="Mappen »[{path}][{folder}]« kunne ikke læses.[ {why}][ {because}]",
        en="The folder “[{path}][{folder}]” could not be read.[ {why}][ {because}]",
    ),
    "links-not-asked": Said(
        da="{count:link|links} kunne ikke prøves.",
        en="{count:link|links} could not be tried.",
    ),
    "more-folders-not-read": Said(
        da="{count:mappe|mapper} mere i {share} kunne ikke læses.",
        en="{count:more folder|more folders} of {share} could not be read.",
    ),
    "offline": Said(
        da="Kontrollen kørte uden netværk.",
        en="The check ran without network.",
    ),
    "only-links": Said(
        da="Kontrollen så kun på links.",
        en="The check looked at links only.",
    ),
    "page-not-read": Said(
        da="Siden {page} kunne ikke læses.[ {why}]",
        en="The page {page} could not be read.[ {why}]",
    ),
    "run-stopped": Said(
        da="Kontrollen blev stoppet undervejs.",
        en="The check was stopped before it was done.",
    ),
    "state-damaged": Said(
        da="Hukommelsen fra tidligere kontroller var beskadiget og er lagt til side.",
        en="The memory of earlier checks was damaged and has been set aside.",
    ),
    "state-from-newer-version": Said(
        da="Hukommelsen er fra en nyere udgave ({version}) og er lagt til side.",
        en="The memory is of a newer version ({version}) and has been set aside.",
    ),
    "upload-link-unclear": Said(
        da="Adressen, der skal lægges op til, er ikke et delingslink.",
        en="The address to upload to is not a share link.",
    ),
    "upload-no-space": Said(
        da="Der er ikke plads til rapporten på serveren.",
        en="The server has no room for the report.",
    ),
    "upload-not-allowed": Said(
        da="Kontrollen må ikke skrive i mappen, eller må ikke erstatte filer i den.",
        en="The check may not write to the folder, or may not replace files in it.",
    ),
    "upload-not-whole": Said(
        da="Filen {file} kom ikke helt frem.",
        en="The file {file} did not arrive whole.",
    ),
    "upload-refused": Said(
        da="Serveren svarede med fejl {status}.",
        en="The server answered with error {status}.",
    ),
}
