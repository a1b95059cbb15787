"""English: the badge, the sentence and the advice of each finding."""

BADGES = {
    "resource-missing": "Missing",
    "resource-planned": "Planned (ToDo)",
    "resource-partial": "Partly ready",
    "resource-arrived": "Ready to be linked",
    "resource-elsewhere": "Lies elsewhere",
    "resource-draft": "Draft only",
    "resource-outdated": "Outdated",
    "resource-ambiguous": "Several possible",
    "resource-likely": "Probably in place",
    "resource-undetermined": "Could not be checked",
    "resource-no-access": "Needs a login",
    "file-empty": "Empty file",
    "file-old": "Old document",
    "file-damaged": "Damaged file",
    "file-other-type": "Wrong content",
    "file-locked": "Needs a password",
    "file-blank": "No content",
    "file-unlisted": "Not mentioned",
    "file-name-unsafe": "Awkward file name",
    "place-missing": "Folder not there",
    "place-unresolved": "Place without a link",
    "places-disagree": "Two different files",
    "share-gone": "Share gone",
    "share-needs-password": "Needs a password",
    "share-writable": "Anyone can change it",
    "share-expires": "Ends soon",
    "share-changed": "The share has changed",
    "share-unreadable": "Could not be read",
    "share-suddenly-empty": "Suddenly empty",
    "share-link-opens-root": "Opens the wrong folder",
    "link-broken": "Does not work",
    "link-download-empty": "Downloads nothing",
    "link-empty": "Empty link",
    "link-anchor-missing": "No such section",
    "link-needs-login": "Needs a login",
    "link-redirected": "Has a new address",
    "link-blocked": "Refuses checks",
    "link-timed-out": "Did not answer in time",
    "link-unconfirmed": "Not confirmed",
    "link-private-address": "Only from within",
    "link-bare": "Address without a link",
    "page-unreadable": "Could not be read",
    "page-not-published": "Not shown",
    "address-clash": "Same address",
    "page-empty": "Empty page",
    "table-malformed": "Fault in the table",
    "handbook-settings-invalid": "Mistake in the handbook's settings",
    "handbook-stale": "Old copy",
    "waiver-unused": "Needless exception",
    "copy-incomplete": "Copy not whole",
    "publish-failed": "Not uploaded",
    "notice-failed": "Not sent",
    "nothing-found": "Nothing found",
}

SENTENCES = {
    "resource-missing": "“{subject}” is not {where}[; the handbook points to “{place}”].",
    "resource-planned": "“{subject}” is promised in the handbook and is not there yet.[ "
    "{progress}.]",
    "resource-partial": "“{subject}” is only partly ready[: {progress}].",
    "resource-arrived": "“{subject}” is marked ToDo in the handbook, but the document is there "
    "now[: “{file}”].[ {progress}.]",
    "resource-elsewhere": "“{subject}” does not lie where the handbook says, but in “{folder}”.",
    "resource-draft": "Of “{subject}” there is only a draft[: “{file}”].",
    "resource-outdated": "Of “{subject}” there is only an outdated or archived version[: "
    "“{file}”].",
    "resource-ambiguous": "Several documents fit “{subject}” equally well[: {files}].",
    "resource-likely": "“{subject}” is probably “{file}”[, in “{folder}”].",
    "resource-undetermined": "We do not know whether “{subject}” is there.[ {reason}]"
    "[ Last checked {on:day}: {known}.]",
    "resource-no-access": "“{subject}” lies behind a login or a password that the check does not "
    "have.",
    "file-empty": "The file “{subject}”[ in “{folder}”] is empty (0 bytes).",
    "file-damaged": "The file “{subject}”[ in “{folder}”] is damaged and does not open.[ {reason}]",
    "file-other-type": "The file “{subject}”[ in “{folder}”] is not what its name says.[ {reason}]",
    "file-locked": "The file “{subject}”[ in “{folder}”] opens only with a password.",
    "file-blank": "The file “{subject}”[ in “{folder}”] is whole, but has no content.[ {reason}]",
    # Those that have a {name} are of one file, the others of several in a folder.
    "file-old": "“{subject}”[ in “{folder}”] has not changed since {changed_on:day}.",
    "file-unlisted": "[The file “{name}” lies in a folder that the handbook names (“{folder}”), "
    "but no row mentions it][The folder “{folder}”, which the handbook names, has "
    "{count:file|files} that no row mentions: {files}][ and {more:other|others}].",
    "file-name-unsafe": "[The name “{name}” in “{folder}” may be troublesome][{count:name|names} "
    "in “{folder}” may be troublesome: {files}][ and {more:other|others}].[ {reason}]",
    "place-missing": "The folder “{subject}” that the handbook points to is no longer there.",
    "place-unresolved": "Where “{subject}” should lie cannot be told: the place is written without "
    "a link.",
    "places-disagree": "“{subject}” is mentioned in several places, and the links lead to "
    "different files.",
    "share-gone": "The share “{subject}” is no longer there.[ The handbook still has "
    "{links:link|links} to it: the server counts each visit as a failed try and may in the end "
    "shut out the reader's whole network.]",
    "share-needs-password": "The check was not let into the share “{subject}”.[ {reason}]",
    "share-expires": "The link to the share “{subject}” ends on {expires_on:day}.[ It is used on "
    "{pages}.]",
    "share-changed": "The link to the share “{subject}” has changed.[ {reason}] It was seen on "
    "{on:day}.",
    "share-writable": "Anyone with the link to the share “{subject}” can change and delete its "
    "files.",
    "share-unreadable": "The share “{subject}” could not be read.[ {reason}]",
    "share-suddenly-empty": "The share “{subject}” is suddenly empty or nearly empty"
    "[ in {folders}].",
    "share-link-opens-root": "The link[ “{text}”] opens the share's top folder[ instead of "
    "“{folder}”].",
    "link-broken": "The link[ “{text}”] does not work.[ {reason}]",
    "link-download-empty": "The link[ “{text}”] downloads an empty file: Nextcloud forgets which "
    "folder the file is in.",
    "link-empty": "The link[ “{text}”] leads nowhere.",
    "link-anchor-missing": "The page is there, but not the section that the link[ “{text}”] points "
    "to.",
    "link-needs-login": "The link[ “{text}”] needs a login; readers without access cannot open it.",
    "link-redirected": "The page has moved for good[ to {final}].",
    "link-blocked": "The check was not let in; the link may well work.[ {reason}]",
    "link-timed-out": "The website did not answer before the time was up.",
    "link-unconfirmed": "The link[ “{text}”] did not work when it was tried, but that is not "
    "confirmed yet.[ {reason}]",
    "link-bare": "The site shows the address as text, so readers cannot click on it.",
    "link-private-address": "The address can be reached only from an internal network.",
    "page-unreadable": "The page “{subject}” could not be read.[ {reason}]",
    "page-not-published": "The page “{subject}” is not shown in the published handbook.",
    "address-clash": "Several files want the address {subject}: {files}.",
    "page-empty": "The page “{subject}” holds nothing.",
    "table-malformed": "The row “{subject}” of a table is written wrongly.[ {reason}]",
    "handbook-settings-invalid": "A setting in {file} has no effect.[ {reason}]",
    "handbook-stale": "The handbook could not be fetched; the last copy was used.[ {reason}]",
    "waiver-unused": "The exception for “{subject}” no longer fits anything.",
    "copy-incomplete": "{count:document|documents} of the share “{subject}” did not make it into "
    "the local copy[: {files}].[ {reason}]",
    "publish-failed": "The report could not be uploaded.[ {reason}]",
    "notice-failed": "The notice ({channel}) has not got through since {since:date}.[ {reason}]",
    "nothing-found": "No pages, resources or links were found to check.",
}

# What to do about it; a finding without a next step has no entry.
ACTIONS = {
    "resource-missing": "Put the document into “{place}”[ and name the file “{suggestion}”].",
    "resource-planned": "Finish the document and put it into “{place}”[ as “{suggestion}”].",
    "resource-partial": "Make what is missing, too[: {absent}][, and put it into “{place}”].",
    "resource-arrived": "Remove “(ToDo)” in the handbook and link to the folder[ “{folder}”].",
    "resource-elsewhere": "Move the file to “{place}”, or correct the link in the handbook.",
    "resource-draft": "Finish the draft[ and save it as “{suggestion}”].",
    "resource-outdated": "Put the current version into “{place}”[ as “{suggestion}”].",
    "resource-ambiguous": "Find out which of the documents is the right one, and let the link name "
    "that very file.",
    "resource-likely": "See whether it is the right document. If it is, call the file “{subject}”, "
    "or let the link name the file itself.",
    "resource-undetermined": "Wait until tomorrow; if it still stands here, tell the "
    "administrator.",
    "resource-no-access": "Share the folder with a link that every reader can open, or give the "
    "check access.",
    "file-empty": "Put the right version there instead, under the same name.",
    "file-old": "See whether it still holds; once reviewed, save it again or waive the finding.",
    "file-damaged": "Replace it by a whole version under the same name.",
    "file-other-type": "Replace it by the right document.",
    "file-locked": "Save it without a password if readers are to open it.",
    "file-blank": "Replace it by the written version under the same name.",
    "file-unlisted": "Mention the file in the handbook, or move it.",
    "file-name-unsafe": "Give the file a name without special characters.",
    "place-missing": "Correct the link in the handbook, or make the folder again.",
    "place-unresolved": "Make the place a link to the folder.",
    "places-disagree": "Let every link lead to the same file.",
    "share-gone": "Share the folder again and put the new link into the handbook.",
    "share-needs-password": "Give the password to the check, or remove it from the share.",
    "share-expires": "Set a later end date on the link in Nextcloud, or remove it.",
    "share-changed": "See whether it is meant so; else correct the share or the handbook's link.",
    "share-writable": "Make the share read-only.",
    "share-unreadable": "See whether the server answers; the next check tries again.",
    "share-suddenly-empty": "See whether files were deleted or moved by mistake.",
    "share-link-opens-root": "Put the right link into the handbook.",
    "link-broken": "Correct the link, or remove it.",
    "link-download-empty": "Put the right link into the handbook.",
    "link-empty": "Put an address in, or remove the link.",
    "link-anchor-missing": "Correct what stands after # in the link.",
    "link-needs-login": "Use a link that everybody can open, if readers are to see it.",
    "link-redirected": "Put the new address into the handbook.",
    "link-blocked": "Open the link in a browser: if the page is there, all is well; if not, "
    "correct the link.",
    "link-timed-out": "Try the link in a browser; the next check tries again.",
    "link-unconfirmed": "Wait: the next checks settle it. Or try the link in a browser.",
    "link-bare": "Make the address a link, for example by putting < and > around it.",
    "link-private-address": "Use an address that every reader can reach.",
    "page-unreadable": "Save the page as plain text (UTF-8).",
    "page-not-published": "Add the missing lines at the top of the file, or delete the page.",
    "address-clash": "Rename one of the files, or give it another permalink.",
    "page-empty": "Write the page, or delete it.",
    "table-malformed": "Correct the row in the table.",
    "handbook-stale": "See whether the handbook's repository answers.",
    "waiver-unused": "Remove it from the settings.",
    "copy-incomplete": "Look at the disk and at the limits in the settings; the next run tries "
    "again.",
    "publish-failed": "See whether the folder is there, and whether the check may write to it.",
    "notice-failed": "Try the settings with »syncer check-config --deep«.",
    "nothing-found": "See whether the settings point to the right handbook.",
}

TOGETHER = {
    "file-old": "{n:document|documents} that the handbook names have not changed in {years} years.",
    "link-needs-login": "This public page cites {n:place|places} in Nextcloud that the public "
    "cannot open.",
    "share-link-opens-root": "Nextcloud at {name} ignores the folder of {n:link|links} and opens "
    "the share's top folder instead.",
    "share-unreadable": "{n:share|shares} at {name} could not be read.[ {reason}]",
}
