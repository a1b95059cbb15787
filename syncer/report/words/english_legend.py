"""English: what each badge means, and what to do, for the legend."""

MEANINGS = {
    "resource-missing": "The document is neither in the folder, nor below it, nor elsewhere in "
    "the share, which was listed completely.",
    "resource-planned": "The row is marked “(ToDo)”, and the document is not there yet.",
    "resource-partial": "The description names several versions (such as development, operation "
    "and project). Some are there, others are not.",
    "resource-arrived": "The row is marked “(ToDo)”, but the document is there now.",
    "resource-elsewhere": "The document is in the share, but not where the handbook says.",
    "resource-draft": "There are only files whose names say that they are drafts.",
    "resource-outdated": "There are only archived or outdated versions.",
    "resource-ambiguous": "Two different documents fit equally well. Versions and formats of one "
    "document do not count as different.",
    "resource-likely": "One file in the folder has the row's name and further words that do not "
    "say whether it is the same document (“Partneraftale - fornyelse”), or only a part of the "
    "row's name (“Ophavsret” for “Notat om ophavsret”), an abbreviation (“GF”), or another word "
    "(“Partneroversigt” for “Partnerliste”).",
    "resource-undetermined": "The share or a part of it could not be read, or too many names "
    "are alike to compare all of them. The check does not know whether the document is there.",
    "resource-no-access": "The document is behind a login or a password that the check does not "
    "have.",
    "file-empty": "The file has 0 bytes: something went wrong when it was saved.",
    "file-old": "A document that the handbook names has not changed for as many years as the "
    "settings say (`old_after_years`). Without that setting the check says nothing about age.",
    "file-damaged": "The file cannot be opened. Perhaps only half of it was transferred.",
    "file-other-type": "The content is something else than the name says, often a web page (a "
    "login page) that was saved as a document.",
    "file-locked": "The document can only be opened with a password that the readers do not have.",
    "file-blank": "The document can be opened, but has no word, no picture and no cell with "
    "content.",
    "file-unlisted": "The folder that the handbook refers to has files that no row mentions. "
    "They are counted for each folder, and the first five are named.",
    "file-name-unsafe": "The name has characters that Windows or the link cannot handle. More "
    "than five in one folder are counted together.",
    "place-missing": "The folder that the link points to is gone or was renamed. The check "
    "looked twice.",
    "place-unresolved": "The place is written as text, and no other row shows which folder it is.",
    "places-disagree": "The same document is mentioned in several places, and the links lead to "
    "different files.",
    "link-broken": "The page or file does not exist, or the website has failed on three "
    "different days.",
    "link-download-empty": "The file is there, but the link downloads an empty file: from "
    "version 31 on Nextcloud forgets the folder.",
    "link-empty": "The link has no address.",
    "link-anchor-missing": "The page exists, but not the section that follows the `#`.",
    "link-needs-login": "Readers without access cannot open the page.",
    "link-redirected": "The page has moved permanently. The link still works.",
    "link-blocked": "The website did not let the check in, but may work for people.",
    "link-timed-out": "Only in older reports: the website was too slow.",
    "link-unconfirmed": "The link did not work when it was tried, but nothing says that the page "
    "is gone. It may be chance.",
    "link-private-address": "The address exists only on an internal network.",
    "link-bare": "The address is plain text on the page, so that the readers cannot click on it.",
    "share-link-opens-root": "The link is written in such a way that Nextcloud opens the top "
    "folder.",
    "page-unreadable": "The page is not saved as plain text, or it or its folder may not be "
    "opened. Or it is behind too many symbolic links to folders. If it is `_config.yml`, no links "
    "within the site can be checked.",
    "page-not-published": "The page lacks the lines at the top (“front matter”) and is left out "
    "when the handbook is published.",
    "address-clash": "Two files become the same page on the website. Which one is shown is chance.",
    "page-empty": "There is nothing on the page.",
    "handbook-settings-invalid": "A line in `.syncer.toml` or a comment with “syncer: ignore” is "
    "written wrongly and has no effect.",
    "table-malformed": "A row has more or fewer cells than the table.",
    "share-gone": "The link to the share does not exist any more.",
    "share-needs-password": "The share has got a password.",
    "share-expires": "The link to the share stops working within 30 days. This is seen only with "
    "the owner's account.",
    "share-changed": "The link leads to another folder than before, has got or lost its "
    "password, or now only takes uploads. Listed here for 14 days.",
    "share-writable": "Everybody with the link can change and delete.",
    "share-unreadable": "The server did not answer, or answered wrongly.",
    "share-suddenly-empty": "The share, or a folder in it, had files and is now empty or nearly "
    "empty. The check believes it only after three nights.",
    "handbook-stale": "The handbook could not be fetched. The check used the version that was "
    "fetched last.",
    "waiver-unused": "What is set aside in the settings does not match anything any more.",
    "notice-failed": "A mail, message or ping has not arrived since an earlier check.",
    "copy-incomplete": "Some of the documents did not get into the local copy: they are too "
    "large, the disk is full, or the server did not answer.",
    "publish-failed": "The report could not be uploaded.",
    "nothing-found": "No pages, documents or links.",
}

REMEDIES = {
    "resource-missing": "Put the document into the folder, best under the name that the report "
    "suggests. If it is there under quite another name, ask the administrator to pin the row to "
    "the file.",
    "resource-planned": "Finish it, and put it into the folder.",
    "resource-partial": "Make those that are missing. Keep “(ToDo)” until then.",
    "resource-arrived": "Remove “(ToDo)”, and make the place a link.",
    "resource-elsewhere": "Move the file, or correct the link.",
    "resource-draft": "Finish the draft, and save it without the word “draft”.",
    "resource-outdated": "Put the current version into the folder.",
    "resource-ambiguous": "Let the link point to the file itself, give one of them another name, "
    "or have the row pinned to the right one.",
    "resource-likely": "Check it once. If it is the right one, give the file a clearer name, let "
    "the link point to the file itself, or have the row pinned to it.",
    "resource-undetermined": "Wait for the next check. If it is still listed here then, tell the "
    "administrator.",
    "resource-no-access": "Share the folder with a link that the readers can open, or give the "
    "check access.",
    "file-empty": "Replace it with the right version under the same name.",
    "file-old": "Check whether it still applies.",
    "file-damaged": "Put a version that can be opened there, under the same name.",
    "file-other-type": "Put the right document there, or correct the file's extension.",
    "file-locked": "Save it without a password if the readers should be able to open it.",
    "file-blank": "Put the version with content there.",
    "file-unlisted": "Mention them, or move them.",
    "file-name-unsafe": "Give them names without special characters.",
    "place-missing": "Correct the link; the report often suggests the right one.",
    "place-unresolved": "Make the place a link.",
    "places-disagree": "Let them lead to the same one.",
    "link-broken": "Correct the link, or remove it. The report shows where there may be a copy "
    "of the page.",
    "link-download-empty": "Put in the link that the report suggests.",
    "link-empty": "Put one in, or remove the link.",
    "link-anchor-missing": "Correct that part of the link.",
    "link-needs-login": "Use a link that everybody can open, if they should see it.",
    "link-redirected": "Put in the new address.",
    "link-blocked": "Open the link in a browser. If the page is there, all is well. Otherwise "
    "correct the link.",
    "link-timed-out": "Try it yourself in a browser.",
    "link-unconfirmed": "You need not do anything: the next checks decide. After three days the "
    "check says that the link does not work.",
    "link-private-address": "Use an address that everybody can reach.",
    "link-bare": "Make it a link, for example by putting `<` and `>` around it.",
    "share-link-opens-root": "Put in the link that the report suggests.",
    "page-unreadable": "Save it as text in UTF-8, or allow the check to read it. Use fewer "
    "symbolic links. Correct the mistake in `_config.yml`.",
    "page-not-published": "Put them in, or delete the page.",
    "address-clash": "Give one of them another name or another permalink.",
    "page-empty": "Write it, or delete the page.",
    "handbook-settings-invalid": "Correct it, or remove it. The report says why.",
    "table-malformed": "Correct the row. Often there is one `|` too many or too few.",
    "share-gone": "Share the folder again, and correct the link in the handbook.",
    "share-needs-password": "Give it to the check, or remove it.",
    "share-expires": "Set a later end date in Nextcloud, or remove it.",
    "share-changed": "Check whether this is intended.",
    "share-writable": "Make the share read-only.",
    "share-unreadable": "Check whether it is running. The check tries again.",
    "share-suddenly-empty": "Check whether something was deleted by mistake. If it is intended: "
    "`syncer run --full --accept-empty`.",
    "handbook-stale": "Check whether the git server answers.",
    "waiver-unused": "Remove the line.",
    "notice-failed": "Ask the administrator to try the settings.",
    "copy-incomplete": "Look at the limits in the settings and at the disk. The check tries again.",
    "publish-failed": "Check whether the folder exists, and whether the check may write to it.",
    "nothing-found": "Check whether the settings point to the right handbook.",
}
