"""English: what each finding says, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping

from syncer.report.words.catalog import FindingWords

FINDINGS: Mapping[str, FindingWords] = {
    "resource-missing": FindingWords(
        "Missing",
        "“{subject}” is not in Nextcloud[; the handbook points to “{place}”].",
        "Put the document into “{place}”[ and name the file “{suggestion}”].",
    ),
    "resource-planned": FindingWords(
        "Planned (ToDo)",
        "“{subject}” is promised in the handbook and is not there yet.[ {progress}.]",
        "Finish the document and put it into “{place}”[ as “{suggestion}”].",
    ),
    "resource-partial": FindingWords(
        "Partly ready",
        "“{subject}” is only partly ready[: {progress}].",
        "Make what is missing, too[: {absent}][, and put it into “{place}”].",
    ),
    "resource-arrived": FindingWords(
        "Ready to be linked",
        "“{subject}” is marked ToDo in the handbook, but the document is there now[: “{file}”]."
        "[ {progress}.]",
        "Remove “(ToDo)” in the handbook and link to the folder[ “{folder}”].",
    ),
    "resource-elsewhere": FindingWords(
        "Lies elsewhere",
        "“{subject}” does not lie where the handbook says, but in “{folder}”.",
        "Move the file to “{place}”, or correct the link in the handbook.",
    ),
    "resource-draft": FindingWords(
        "Draft only",
        "Of “{subject}” there is only a draft[: “{file}”].",
        "Finish the draft[ and save it as “{suggestion}”].",
    ),
    "resource-outdated": FindingWords(
        "Outdated",
        "Of “{subject}” there is only an outdated or archived version[: “{file}”].",
        "Put the current version into “{place}”[ as “{suggestion}”].",
    ),
    "resource-ambiguous": FindingWords(
        "Several possible",
        "Several documents fit “{subject}” equally well[: {files}].",
        "Find out which of the documents is the right one, and let the link name that very file.",
    ),
    "resource-undetermined": FindingWords(
        "Could not be checked",
        "We do not know whether “{subject}” is there.[ {reason}]",
        "Wait until tomorrow; if it still stands here, tell the administrator.",
    ),
    "resource-no-access": FindingWords(
        "Needs a login",
        "“{subject}” lies behind a login or a password that the check does not have.",
        "Share the folder with a link that every reader can open, or give the check access.",
    ),
    "file-empty": FindingWords(
        "Empty file",
        "The file “{subject}”[ in “{folder}”] is empty (0 bytes).",
        "Put the right version there instead, under the same name.",
    ),
    "file-unlisted": FindingWords(
        "Not mentioned",
        "The file “{subject}” lies in a folder that the handbook names[ (“{folder}”)], but no row "
        "mentions it.",
        "Mention the file in the handbook, or move it.",
    ),
    "file-name-unsafe": FindingWords(
        "Awkward file name",
        "The name “{subject}”[ in “{folder}”] may be troublesome.[ {reason}]",
        "Give the file a name without special characters.",
    ),
    "place-missing": FindingWords(
        "Folder not there",
        "The folder “{subject}” that the handbook points to is no longer there.",
        "Correct the link in the handbook, or make the folder again.",
    ),
    "place-unresolved": FindingWords(
        "Place without a link",
        "Where “{subject}” should lie cannot be told: the place is written without a link.",
        "Make the place a link to the folder.",
    ),
    "places-disagree": FindingWords(
        "Two different files",
        "“{subject}” is mentioned in several places, and the links lead to different files.",
        "Let every link lead to the same file.",
    ),
    "share-gone": FindingWords(
        "Share gone",
        "The share “{subject}” is no longer there.",
        "Share the folder again and put the new link into the handbook.",
    ),
    "share-needs-password": FindingWords(
        "Needs a password",
        "The check was not let into the share “{subject}”.[ {reason}]",
        "Give the password to the check, or remove it from the share.",
    ),
    "share-writable": FindingWords(
        "Anyone can change it",
        "Anyone with the link to the share “{subject}” can change and delete its files.",
        "Make the share read-only.",
    ),
    "share-unreadable": FindingWords(
        "Could not be read",
        "The share “{subject}” could not be read.[ {reason}]",
        "See whether the server answers; the next check tries again.",
    ),
    "share-suddenly-empty": FindingWords(
        "Suddenly empty",
        "The share “{subject}” is suddenly empty, or nearly so.",
        "See whether files were deleted or moved by mistake.",
    ),
    "share-link-opens-root": FindingWords(
        "Opens the wrong folder",
        "The link[ “{text}”] opens the share's top folder[ instead of “{folder}”].",
        "Put the right link into the handbook.",
    ),
    "link-broken": FindingWords(
        "Does not work",
        "The link[ “{text}”] does not work.[ {reason}]",
        "Correct the link, or remove it.",
    ),
    "link-empty": FindingWords(
        "Empty link",
        "The link[ “{text}”] leads nowhere.",
        "Put an address in, or remove the link.",
    ),
    "link-anchor-missing": FindingWords(
        "No such section",
        "The page is there, but not the section that the link[ “{text}”] points to.",
        "Correct what stands after # in the link.",
    ),
    "link-needs-login": FindingWords(
        "Needs a login",
        "The link[ “{text}”] needs a login; readers without access cannot open it.",
        "Use a link that everybody can open, if readers are to see it.",
    ),
    "link-redirected": FindingWords(
        "Has a new address",
        "The page has moved for good[ to {final}].",
        "Put the new address into the handbook.",
    ),
    "link-blocked": FindingWords(
        "Refuses checks",
        "The website does not answer automatic checks; the link may well work.",
        "Try the link in a browser.",
    ),
    "link-timed-out": FindingWords(
        "Did not answer in time",
        "The website did not answer before the time was up.",
        "Try the link in a browser; the next check tries again.",
    ),
    "link-unconfirmed": FindingWords(
        "Not confirmed",
        "The link did not work when it was tried; the next check settles it.[ {reason}]",
    ),
    "link-private-address": FindingWords(
        "Only from within",
        "The address can be reached only from an internal network.",
        "Use an address that every reader can reach.",
    ),
    "page-unreadable": FindingWords(
        "Could not be read",
        "The page “{subject}” could not be read.[ {reason}]",
        "Save the page as plain text (UTF-8).",
    ),
    "page-not-published": FindingWords(
        "Not shown",
        "The page “{subject}” is not shown in the published handbook.",
        "Add the missing lines at the top of the file, or delete the page.",
    ),
    "page-empty": FindingWords(
        "Empty page",
        "The page “{subject}” holds nothing.",
        "Write the page, or delete it.",
    ),
    "table-malformed": FindingWords(
        "Fault in the table",
        "The row “{subject}” of a table is written wrongly.[ {reason}]",
        "Correct the row in the table.",
    ),
    "handbook-stale": FindingWords(
        "Old copy",
        "The handbook could not be fetched; the last copy was used.[ {reason}]",
        "See whether the handbook's repository answers.",
    ),
    "waiver-unused": FindingWords(
        "Needless exception",
        "The exception for “{subject}” no longer fits anything.",
        "Remove it from the settings.",
    ),
    "publish-failed": FindingWords(
        "Not uploaded",
        "The report could not be uploaded.[ {reason}]",
        "See whether the folder is there, and whether the check may write to it.",
    ),
    "nothing-found": FindingWords(
        "Nothing found",
        "No pages, resources or links were found to check.",
        "See whether the settings point to the right handbook.",
    ),
}
