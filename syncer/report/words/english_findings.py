"""English: the badge, the sentence and the advice of each finding."""

BADGES = {
    "resource-missing": "Missing",
    "resource-planned": "Planned (ToDo)",
    "resource-partial": "Partly ready",
    "resource-arrived": "Ready to be linked",
    "resource-elsewhere": "In another place",
    "resource-draft": "Draft only",
    "resource-outdated": "Outdated",
    "resource-ambiguous": "Several candidates",
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
    "place-missing": "Folder is gone",
    "place-unresolved": "Place without a link",
    "places-disagree": "Different files",
    "share-gone": "Share is gone",
    "share-needs-password": "Needs a password",
    "share-writable": "Anyone can change it",
    "share-expires": "Expires soon",
    "share-changed": "Share has changed",
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
    "link-private-address": "Internal only",
    "link-bare": "Address without a link",
    "page-unreadable": "Could not be read",
    "page-not-published": "Not shown",
    "address-clash": "Same address",
    "page-empty": "Empty page",
    "table-malformed": "Error in the table",
    "handbook-settings-invalid": "Error in the handbook's settings",
    "handbook-stale": "Old copy",
    "waiver-unused": "Unused setting",
    "copy-incomplete": "Incomplete copy",
    "publish-failed": "Not uploaded",
    "notice-failed": "Not sent",
    "nothing-found": "Nothing found",
}

SENTENCES = {
    "resource-missing": "“{subject}” is not {where}.[ The handbook points to “{place}”.]",
    "resource-planned": "“{subject}” is planned but not there yet.[ {progress}.]",
    "resource-partial": "“{subject}” is only partly ready.[ {progress}.]",
    "resource-arrived": "“{subject}” is planned in the handbook, and the document is there now[: "
    "“{file}”].[ {progress}.]",
    "resource-elsewhere": "“{subject}” is not where the handbook says but in “{folder}”.",
    "resource-draft": "There is only a draft of “{subject}”[: “{file}”].",
    "resource-outdated": "There is only an outdated or archived version of “{subject}”[: "
    "“{file}”].",
    "resource-ambiguous": "Several documents fit “{subject}” equally well[: {files}].",
    "resource-likely": "“{subject}” is probably “{file}”[ in “{folder}”].",
    "resource-undetermined": "The check does not know whether “{subject}” is there.[ {reason}]"
    "[ {known}.]",
    "resource-no-access": "“{subject}” needs a login or a password that the check does not have.",
    "file-empty": "The file “{subject}”[ in “{folder}”] is empty (0 bytes).",
    "file-damaged": "The file “{subject}”[ in “{folder}”] is damaged and does not open.[ {reason}]",
    "file-other-type": "The file “{subject}”[ in “{folder}”] is not what its name says.[ {reason}]",
    "file-locked": "The file “{subject}”[ in “{folder}”] opens only with a password.",
    "file-blank": "The file “{subject}”[ in “{folder}”] has no content.[ {reason}]",
    # Those that have a {name} are of one file, the others of several in a folder.
    "file-old": "“{subject}”[ in “{folder}”] has not changed since {changed_on:day}.",
    "file-unlisted": "[No row of the handbook mentions the file “{name}” in “{folder}”][The folder "
    "“{folder}” has {count:file|files} that no row of the handbook mentions: {files}][ and "
    "{more:other|others}].",
    "file-name-unsafe": "[The name “{name}” in “{folder}” may cause problems][{count:name|names} "
    "in “{folder}” may cause problems: {files}][ and {more:other|others}].[ {reason}]",
    "place-missing": "The folder “{subject}” that the handbook points to no longer exists.",
    "place-unresolved": "It is not clear where “{subject}” should be: the place is written without "
    "a link.",
    "places-disagree": "“{subject}” is mentioned in several places, and the links lead to "
    "different files.",
    "share-gone": "The share “{subject}” no longer exists.[ The handbook still has "
    "{links:link|links} to it. The server counts each visit as a failed attempt and may in the end "
    "shut out the reader's whole network.]",
    "share-needs-password": "The check could not open the share “{subject}”.[ {reason}]",
    "share-expires": "The link to the share “{subject}” expires on {expires_on:day}.[ It is used "
    "on {pages}.]",
    "share-changed": "The link to the share “{subject}” has changed.[ {reason}] This was seen on "
    "{on:day}.",
    "share-writable": "Anyone with the link to the share “{subject}” can change and delete its "
    "files.",
    "share-unreadable": "The share “{subject}” could not be read.[ {reason}]",
    "share-suddenly-empty": "The share “{subject}” is suddenly empty or nearly empty"
    "[ in {folders}].",
    "share-link-opens-root": "The link[ “{text}”] opens the top folder[ instead of “{folder}”].",
    "link-broken": "The link[ “{text}”] does not work.[ {reason}]",
    "link-download-empty": "The link[ “{text}”] downloads an empty file: Nextcloud forgets which "
    "folder the file is in.",
    "link-empty": "The link[ “{text}”] has no address.",
    "link-anchor-missing": "The link[ “{text}”] points to a section that does not exist.[ "
    "{reason}]",
    "link-needs-login": "The link[ “{text}”] needs a login. Readers without access cannot open it.",
    "link-redirected": "The page has moved permanently[ to {final}].",
    "link-blocked": "The check could not open the link[ “{text}”], but it may still work."
    "[ {reason}]",
    "link-timed-out": "The website did not answer in time.",
    "link-unconfirmed": "The link[ “{text}”] did not work when it was tried, but that is not "
    "confirmed yet.[ {reason}]",
    "link-bare": "The address is shown as text, so readers cannot click on it.",
    "link-private-address": "The address can be reached only from an internal network.",
    "page-unreadable": "The page “{subject}” could not be read.[ {reason}]",
    "page-not-published": "The page “{subject}” is not shown on the handbook's website.",
    "address-clash": "Several files get the address {subject}: {files}.",
    "page-empty": "The page “{subject}” is empty.",
    "table-malformed": "The row “{subject}” of a table has an error.[ {reason}]",
    "handbook-settings-invalid": "A setting in {file} has no effect.[ {reason}]",
    "handbook-stale": "The handbook could not be fetched. The check used the copy that was fetched "
    "last.[ {reason}]",
    "waiver-unused": "“{subject}” is set aside in the settings, but this no longer matches "
    "anything.",
    "copy-incomplete": "{count:document|documents} of the share “{subject}” did not get into the "
    "local copy[: {files}].[ {reason}]",
    "publish-failed": "The report could not be uploaded.[ {reason}]",
    "notice-failed": "The check's notice ({channel}) has not arrived since {since:date}.[ "
    "{reason}]",
    "nothing-found": "The check found no pages, resources or links.",
}

# The sentence beside the badge and the subject, which it does not repeat. "" where they say it all;
# a finding without an entry has its whole sentence.
CARDS = {
    "resource-missing": "The document is not {where}.",
    "resource-planned": "The document is not there yet.[ {progress}.]",
    "resource-partial": "[{ready} of {total} versions are ready][, and {unknown} could not be "
    "checked].",
    "resource-arrived": "The document is there now.[ {progress}.]",
    "resource-elsewhere": "The document is in “{folder}”.",
    "resource-draft": "",
    "resource-outdated": "There is only an outdated or archived version.",
    "resource-ambiguous": "Several documents fit equally well.",
    "resource-likely": "",
    "resource-undetermined": "[{reason}][ {known}.]",
    "resource-no-access": "The check has neither the login nor the password.",
    "file-empty": "The file is in “{folder}” and has 0 bytes.",
    "file-damaged": "The file is in “{folder}” and does not open.[ {reason}]",
    "file-other-type": "The file is in “{folder}”.[ {reason}]",
    "file-locked": "The file is in “{folder}”.",
    "file-blank": "The file is in “{folder}”.[ {reason}]",
    "file-old": "[The document is in “{folder}” and has not changed since {changed_on:day}.]",
    "place-missing": "The handbook points to the folder.",
    "place-unresolved": "It is not clear where the document should be.",
    "places-disagree": "The links do not lead to the same file.",
    "share-gone": "[The handbook still has {links:link|links} to it. The server counts each visit "
    "as a failed attempt and may in the end shut out the reader's whole network.]",
    "share-needs-password": "[{reason}]",
    "share-expires": "The link expires on {expires_on:day}.[ It is used on {pages}.]",
    "share-changed": "[{reason} ]This was seen on {on:day}.",
    "share-writable": "Anyone with the link can change and delete the files.",
    "share-unreadable": "[{reason}]",
    "share-suddenly-empty": "The share is suddenly empty or nearly empty[ in {folders}].",
    "share-link-opens-root": "The link opens the top folder[ instead of “{folder}”].",
    "link-broken": "[{reason}]",
    "link-download-empty": "Nextcloud forgets which folder the file is in.",
    "link-empty": "",
    "link-anchor-missing": "[{reason}]",
    "link-needs-login": "",
    "link-blocked": "[{reason}]",
    "link-timed-out": "",
    "link-unconfirmed": "[{reason}]",
    "page-unreadable": "[{reason}]",
    "page-not-published": "The page is not shown on the handbook's website.",
    "page-empty": "",
    "table-malformed": "[{reason}]",
    "handbook-settings-invalid": "[{reason}]",
    "waiver-unused": "What is set aside in the settings no longer matches anything.",
}

# The whole sentence of a finding for this reason, where the two together would say it twice.
INSTEAD = {
    "link-works-on-github-only": "The link[ “{text}”] works on GitHub but not on the handbook's "
    "website.",
    "table-mark-unclosed": "In the row “{subject}” bold text begins with {mark} but does not end.",
    "table-mark-unopened": "In the row “{subject}” bold text ends with {mark} but does not begin.",
    "table-name-missing": "A row of a table names no resource.",
}

# What to do about it; a finding without a next step has no entry.
ACTIONS = {
    "resource-missing": "Put the document into “{place}”[ and name the file “{suggestion}”].",
    "resource-planned": "Finish the document and put it into “{place}”[ as “{suggestion}”].",
    "resource-partial": "The {absent:version|versions} for {absent} {absent:is|are} missing.[ Put "
    "{absent:it|them} into “{place}”.]",
    "resource-arrived": "Remove “(ToDo)” in the handbook and link to the folder[ “{folder}”].",
    "resource-elsewhere": "Move the file to “{place}”, or correct the link in the handbook.",
    "resource-draft": "Finish the draft[ and save it as “{suggestion}”].",
    "resource-outdated": "Put the current version into “{place}”[ as “{suggestion}”].",
    "resource-ambiguous": "Find out which document is the right one, and link to the file itself.",
    "resource-likely": "Check whether it is the right document. If so, name the file “{subject}”, "
    "or link to the file itself.",
    "resource-undetermined": "Wait for the next check. If it is still listed here, tell the "
    "administrator.",
    "resource-no-access": "Share the folder with a link that every reader can open, or give the "
    "check access.",
    "file-empty": "Replace it with the right version under the same name.",
    "file-old": "Check whether it still applies. If so, save it again, or set this item aside.",
    "file-damaged": "Replace it with a version that opens, under the same name.",
    "file-other-type": "Replace it with the right document.",
    "file-locked": "Save it without a password if readers should be able to open it.",
    "file-blank": "Replace it with the completed version under the same name.",
    "file-unlisted": "Mention the file in the handbook, or move it.",
    "file-name-unsafe": "Give the file a name without special characters.",
    "place-missing": "Correct the link in the handbook, or create the folder again.",
    "place-unresolved": "Make the place a link to the folder.",
    "places-disagree": "Make all links lead to the same file.",
    "share-gone": "Share the folder again, and put the new link into the handbook.",
    "share-needs-password": "Give the check the password, or remove it from the share.",
    "share-expires": "Set a later expiry date on the link in Nextcloud, or remove the date.",
    "share-changed": "Check whether this is intended. If not, correct the share or the handbook's "
    "link.",
    "share-writable": "Make the share read-only.",
    "share-unreadable": "Check whether the server answers. The check tries again[ {again}].",
    "share-suddenly-empty": "Check whether files were deleted or moved by mistake.",
    "share-link-opens-root": "Put the right link into the handbook.",
    "link-broken": "Correct the link, or remove it.",
    "link-download-empty": "Put the right link into the handbook.",
    "link-empty": "Add an address, or remove the link.",
    "link-anchor-missing": "Correct the part of the link after #.",
    "link-needs-login": "Use a link that everybody can open, if readers should see it.",
    "link-redirected": "Put the new address into the handbook.",
    "link-blocked": "Open the link in a browser. If the page is there, all is well. If not, "
    "correct the link.",
    "link-timed-out": "Try the link in a browser. The check tries again[ {again}].",
    "link-unconfirmed": "The next checks decide whether the link works.",
    "link-bare": "Make the address a link, for example by putting < and > around it.",
    "link-private-address": "Use an address that every reader can reach.",
    "page-unreadable": "Save the page as plain text (UTF-8).",
    "page-not-published": "Add the missing lines at the top of the file, or delete the page.",
    "address-clash": "Rename one of the files, or give it another permalink.",
    "page-empty": "Write the page, or delete it.",
    "table-malformed": "Correct the row in the table.",
    "handbook-stale": "Check whether the git server answers.",
    "waiver-unused": "Remove the line from the settings.",
    "copy-incomplete": "Check whether the disk is full, and whether the limits in the settings are "
    "right. The check tries again[ {again}].",
    "publish-failed": "Check whether the folder exists, and whether the check may write to it.",
    "notice-failed": "Try the settings with “syncer check-config --deep”.",
    "nothing-found": "Check whether the settings point to the right handbook.",
}

TOGETHER = {
    "page-unreadable": "{n:page|pages} could not be read.[ {reason}]",
    "link-broken": "{n:link|links} to {name} do not work.[ {reason}]",
    "link-unconfirmed": "{n:link|links} to {name} did not work when they were tried, but that "
    "is not confirmed yet.[ {reason}]",
    "link-timed-out": "{n:link|links} to {name} did not answer before the time was up.[ {reason}]",
    "link-blocked": "{name} did not let the check in; {n:link|links} may well work.[ {reason}]",
    "file-old": "{n:document|documents} that the handbook mentions have not changed in {years} "
    "years.",
    "link-needs-login": "This public page points to {n:place|places} in Nextcloud that can be "
    "opened only with a login.",
    "share-link-opens-root": "Nextcloud at {name} ignores the folder of {n:link|links} and opens "
    "the top folder instead.",
    "share-unreadable": "{n:share|shares} at {name} could not be read.[ {reason}]",
}
