"""English: reasons of the matching, the audit, the run and the commands."""

RESULT_REASONS = {
    # The matching: what counts for and against a file.
    "best-of-same": "the newest of {count} versions, formats or copies",
    "correct-own-settings": "Correct the entry in {file}, or remove it.",
    "date-differs": "another date than the row names",
    "description-agrees": "the handbook names it beside the row: {words}",
    "elsewhere-in-share": "lies in {folder} of the same share",
    "equally-good": "{count} different documents fit equally well.",
    "file-id-unknown-here": "The link names one file in Nextcloud; a local copy does not tell "
    "whether it is one of the files here.",
    "filled-in-for": "is filled in for {words}",
    "folder-says-the-rest": "{words} stands in the folder's name",
    "folder-with-files": "folder with {count:file|files}",
    "found-elsewhere": "Found elsewhere than in {place}: {path}.",
    "found-in-other-share": "Found in another share: {path}.",
    "found-in-place": "Found where the row says: {path}.",
    "found-likely": "Probably {path}. Its name or folder is not quite the row’s.",
    "found-without-place": "Found: {path}. The row does not say clearly where it should lie.",
    "in-other-share": "lies in another share",
    "in-place": "lies in the place the row names",
    "is-copy": "is a copy",
    "is-draft": "is a draft",
    "is-outdated": "is outdated or archived",
    "joined-or-apart": "same words, joined or apart",
    "linked": "The link names the file itself: {path}.",
    "linked-file-gone": "The file that the link names is gone, and no other bears the name.",
    "login-folder-not-seen": "The check's account does not see the folder {place}: it is gone, or "
    "not for it to see.",
    "login-needed": "The place needs a login.",
    "login-not-seen": "The place needs a login, and the link names nothing in the folders that "
    "were read.",
    "login-refused": "The place needs a login, and the check's login was refused.",
    "no-share-to-search": "There is no share to search.",
    "not-a-document": "is no document (.{extension})",
    "not-a-template": "is not a template",
    "not-looked-at": "Not looked at this time.",
    "maybe-there": "Perhaps it is {path}; its name or folder is not quite the row’s.",
    "may-mean": "“{file}” may mean “{row}”.",
    "nothing-found": "No file has that name.",
    "number-differs": "number or letter does not agree: {numbers}",
    "only-drafts": "There is only a draft: {path}.",
    "only-outdated": "There is only an outdated or archived one: {path}.",
    "only-signed": "There is only a signed copy: {path}.",
    "other-compound": "is another compound: {words}",
    "other-kind": "is another kind of document: {word}",
    "other-language": "in another language ({language})",
    "other-row-has-it": "belongs to another row",
    "other-share-not-listed": "Another share could not be read, so the file may lie there.",
    "other-state": "is not the draft or edition the row asks for",
    "outside-nextcloud": "The place is outside Nextcloud.",
    "password-needed": "The share asks for a password that is not configured.",
    "picture": "is a picture (.{extension})",
    "pin-gone": "The settings name {path}, which is not there.",
    "pinned": "The settings say that it is {path}.",
    "place-gone": "The folder {place} is gone, and the file was not found anywhere else.",
    "remove-own-waiver": "Remove the waiver from the handbook.",
    "same-but-typing": "“{file}” for “{row}”: looks like a typing error.",
    "same-words": "same words",
    "says-more": "the name says more: {words}",
    "rename-one-page": "Rename one of the files, or give it another permalink.",
    "says-the-opposite": "says the opposite or another direction: {words}",
    "share-not-asked": "The share was not asked.",
    "share-not-read": "The share could not be read.[ {because}]",
    "signed-copy": "is a signed copy",
    "speaks-about-it": "is about it, but something else ({words})",
    "simplify-folders": "Use fewer symbolic links to folders, and fewer levels of folders.",
    "split-page": "Split the page into several smaller ones.",
    "throttled": "The server refuses too many tries just now.",
    "turned-round": "says it the other way round: the words change places round a preposition",
    "upload-only": "The share takes uploads only and cannot be looked at.",
    "version": "version {version}",
    "version-differs": "another version than the row names",
    "words-missing": "lacks {words}",
    # The audit: what to do next.
    "add-front-matter": "Begin the page with two lines of --- so that it is published.",
    "add-kinds": "Make what is lacking, too: {kinds}[; put it into “{folder}”][, for example as "
    "“{file_name}”].",
    "add-kinds-keep-todo": "Make what is lacking, too: {kinds}[; put it into “{folder}”][, for "
    "example as “{file_name}”]. Keep the ToDo until then.",
    "allow-reading": "Allow the share's files to be read.",
    "check-handbook-settings": "See whether the handbook's address and the settings' patterns for "
    "pages and tables are right.",
    "confirm-likely": "See whether “{file}” is the right document. If it is, give the file a "
    "clearer name[, such as “{file_name}”], or let the handbook’s link name the file itself; if "
    "not, put the right document[ into “{folder}”].",
    "configure-password": "Give the check the password in its settings, or remove it from the "
    "share.",
    "correct-front-matter": "Correct the page's front matter.",
    "correct-password": "Correct the password in the settings, or remove it from the share.",
    "correct-pin": "Correct or remove the pin in the settings: {path} is not there.",
    "correct-place": "Correct the link in the handbook, or make the folder again.",
    "correct-table-line": "Correct the row in the table.",
    "fill-or-remove-page": "Write the page, or remove it.",
    "finish-draft": "Finish the draft “{file}” and save it[ in “{folder}”][ under the name "
    "“{file_name}”].",
    "keep-one-file": "Find out which of the documents is the right one: call it “{name}” and the "
    "others what they are, or let the handbook's link name that very file.",
    "keep-todo": "Keep the ToDo until {kinds} are ready too.",
    "let-account-see-place": "Let the check's account see the folder, or correct the link in the "
    "handbook.",
    "let-page-be-read": "Let the check read {page}.",
    "link-folder": "The document lies in “{folder}”; put this link into the handbook.[ {url}]",
    "link-folder-instead": "Let the link point to “{folder}”.[ {url}]",
    "link-one-place": "Let every mention of “{name}” lead to the same file.",
    "link-public-share": "Share the folder by a public link and put that into the handbook.",
    "list-rename-or-remove": "List “{file}” in the handbook, name it after the resource that it "
    "is, or move it.",
    "list-rename-or-remove-files": "List the files in the handbook, name them after the resources "
    "that they are, or move them.",
    "look-for-copy": "Correct the link, or remove it. The Internet Archive may have a copy.["
    " {url}]",
    "make-place-a-link": "Make the place a link to the folder.",
    "make-share-read-only": "Set the share to read only.",
    "move-or-link": "Move “{file}” to “{place}”, or put this link into the handbook.[ {url}]",
    "moved-back-or-link": "“{earlier}” was moved to “{folder}”. Move it back, or put this link "
    "into the handbook.[ {url}]",
    "name-ends-with-dot-or-space": "The name ends with a dot or a space.",
    "name-has-control-character": "The name has an invisible control character.",
    "name-has-forbidden-character": "The name has the character {character}, which Windows cannot "
    "use.",
    "name-is-reserved": "The name is reserved by Windows.",
    "name-is-too-long": "The name is longer than 255 characters.",
    "next-run-fetches-again": "The next check fetches the handbook again.",
    "next-run-looks-again": "The next check looks again.",
    "put-file": "Put the document into “{folder}”[ under the name “{file_name}”].",
    "put-file-and-correct-place": "Put the document into a shared folder[ under the name "
    "“{file_name}”] and let the handbook's link point there.",
    "put-promised-file": "When the document is finished, put it into “{folder}”[ under the name "
    "“{file_name}”].",
    "remove-todo": "Remove the ToDo in the handbook; the link is right.",
    "remove-todo-and-link": "Remove the ToDo in the handbook and link to “{folder}”.[ {url}]",
    "remove-waiver": "Remove the waiver from the settings.",
    "rename-file": "Give “{file}” another name, and correct the links that point to it.",
    "rename-files": "Give the files other names, and correct the links that point to them.",
    "renew-app-password": "Make a new app password for the account, and give it to the check in "
    "its settings.",
    "renew-outdated": "Put the current version[ into “{folder}”][ under the name “{file_name}”].",
    "replace-empty-file": "Replace “{file}” by the right version, under the same name.",
    "restore-or-accept-empty": "See whether the files were deleted or moved by mistake. If it is "
    "meant so, run once syncer run --full --accept-empty.",
    "save-as-utf-8": "Save the page as text in UTF-8.",
    "share-again-or-unlink": "Share the folder again and put the new link into the handbook.",
    "share-suddenly-empty": "The share is suddenly empty or nearly so; that is not believed yet.",
    # The run.
    "folder-suddenly-empty": "The folder “[{path}][{folder}]” had {files_before:file|files} and is "
    "suddenly empty; that is not believed yet.",
    "folder-not-read": "The folder “[{path}][{folder}]” could not be read.[ {why}][ {because}]",
    "links-not-asked": "{count:link|links} could not be tried.",
    "more-folders-not-read": "{count:more folder|more folders} of {share} could not be read.",
    "offline": "The check ran without network.",
    "only-links": "The check looked at links only.",
    "page-not-read": "The page {page} could not be read.[ {why}]",
    "run-out-of-time": "The check ran out of time before it came to the share.",
    "run-stopped": "The check was stopped before it was done.",
    "state-damaged": "The memory of earlier checks was damaged and has been set aside.",
    "state-from-newer-version": "The memory is of a newer version ({version}) and has been set "
    "aside.",
    "upload-link-unclear": "The address to upload to is not a share link.",
    "upload-no-space": "The server has no room for the report.",
    "upload-not-allowed": "The check may not write to the folder, or may not replace files in it.",
    "upload-not-whole": "The file {file} did not arrive whole.",
    "upload-refused": "The server answered with error {status}.",
    # `syncer check-config`.
    "alias-without-row": "No row of the handbook names “{label}”.",
    "glob-without-page": "No page of the handbook matches “{pattern}”.",
    "host-not-linked": "No link of the audited pages leads to {host}.",
    "notice-login-refused": "The server refused the login. Correct the user or the password.",
    "notice-not-accepted": "It was not accepted: {detail}[ ({status})].",
    "notice-not-tried": "Not tried: a try would be taken for a notice.",
    "pattern-without-link": "No link of the audited pages matches “{pattern}”.",
    "pin-without-row": "No row of the handbook is called “{name}”[ on the page {page}].",
    "share-not-linked": "No row and no link of the audited pages leads to the share {share}.",
    "upload-below-file": "“{file}” is a file, so nothing can be put into it. Choose another "
    "folder.",
    "upload-folder-not-made-yet": "The folder “{folder}” is not there yet; the first check makes "
    "it.",
    "waiver-expired": "The waiver for “{subject}” ran out after {until:day} and covers nothing any "
    "more. Remove it, or prolong it.",
    # `syncer status`.
    "status-ahead-of-clock": "It lies in the future: the clock has been set back, or was wrong "
    "then.",
    "status-last-run": "Last check: {at:date}[, {minutes:minute|minutes} ago][, {hours:hour|hours} "
    "ago][, {days:day|days} ago].",
    "status-never-run": "No check has been completed here yet.",
    "status-notice-failed": "Notices ({channel}) have not got through since {since:date}.[ {why}]",
    "status-oldest-error": "Oldest unsolved error: “{subject}”, since {at:day}.",
    "status-publish-failed": "The report was not uploaded ({target}).",
    "status-release": "syncer {version} is of {at:day}[, {days:day|days} ago].",
    "status-slow-run": "The run took {minutes:minute|minutes}, more than half of the time until "
    "the next one.",
    "status-next": "The next check is expected {at:date}.",
    "status-overdue": "The check is overdue: it was expected {at:date}. The service's log says "
    "why.",
    "status-run-failed": "The check that began {at:date} ended without a result (code {code}): "
    "{problem}",
    "status-run-not-ended": "A check began {at:date} (process {process}) and has not ended: it is "
    "under way, or it was cut off.",
}
