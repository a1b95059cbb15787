"""English: reasons of the matching, the audit, the run and the commands."""

RESULT_REASONS = {
    # The matching: what counts for and against a file.
    "best-of-same": "the newest of {count} versions, formats or copies",
    "correct-own-settings": "Correct the entry in {file}, or remove it.",
    "correct-site-config": "Write the website’s settings in _config.yml as valid YAML.",
    "date-differs": "has another date than the row",
    "description-agrees": "the handbook's description mentions: {words}",
    "elsewhere-in-share": "is in {folder} of the same share",
    "equally-good": "{count} different documents fit equally well.",
    "file-id-unknown-here": "The link points to one file in Nextcloud. A local copy does not show "
    "whether it is one of the files here.",
    "filled-in-for": "is filled in for {words}",
    "folder-says-the-rest": "{words} is in the folder's name",
    "folder-with-files": "folder with {count:file|files}",
    "found-elsewhere": "Found in another place than {place}: {path}.",
    "found-in-other-share": "Found in another share: {path}.",
    "found-in-place": "Found where the row says: {path}.",
    "found-likely": "Probably {path}. Its name or folder does not quite match the row.",
    "found-without-place": "Found: {path}. The row does not say clearly where the document should "
    "be.",
    "in-other-share": "is in another share",
    "in-place": "is in the folder that the row names",
    "is-copy": "is a copy",
    "is-draft": "is a draft",
    "is-outdated": "is outdated or archived",
    "joined-or-apart": "same words, written together or apart",
    "linked": "The link points to the file itself: {path}.",
    "linked-file-gone": "The file that the link points to no longer exists, and no other file has "
    "that name.",
    "login-folder-not-seen": "The check's account cannot see the folder {place}. Either the folder "
    "is gone, or the account has no access to it.",
    "login-needed": "The place needs a login.",
    "login-not-seen": "The place needs a login, and the link points to nothing in the folders that "
    "were read.",
    "login-refused": "The place needs a login, and the check's login was refused.",
    "no-share-to-search": "There is no share to search in.",
    "not-a-document": "is not a document (.{extension})",
    "not-a-template": "is not a template",
    "not-compared": "Too many names of rows and files are alike to compare all of them.",
    "not-looked-at": "Not checked this time.",
    "maybe-there": "Perhaps it is {path}. Its name or folder does not quite match the row.",
    "may-mean": "“{file}” may mean “{row}”.",
    "nothing-found": "No file has that name.",
    "number-differs": "the number or letter differs: {numbers}",
    "only-drafts": "There is only a draft: {path}.",
    "only-outdated": "There is only an outdated or archived one: {path}.",
    "only-signed": "There is only a signed copy: {path}.",
    "other-compound": "is another word: {words}",
    "other-kind": "is another kind of document: {word}",
    "other-language": "in another language ({language})",
    "other-row-has-it": "belongs to another row",
    "other-share-not-listed": "Another share could not be read. The file may be there.",
    "other-state": "is not the draft or version that the row asks for",
    "outside-nextcloud": "The place is not in Nextcloud.",
    "password-needed": "The share needs a password that is not in the settings.",
    "picture": "is a picture (.{extension})",
    "pin-gone": "The settings point to {path}, which does not exist.",
    "pinned": "The settings say that it is {path}.",
    "place-gone": "The folder {place} no longer exists, and the file was not found anywhere else.",
    "remove-own-waiver": "Remove what sets the item aside from the handbook.",
    "row-name-liquid": "The name is made by Liquid and can be worked out only by building the "
    "website.",
    "row-place-liquid": "The place is made by Liquid and can be worked out only by building the "
    "website.",
    "same-but-typing": "“{file}” for “{row}” looks like a typing error.",
    "same-words": "same words",
    "says-more": "the name also has: {words}",
    "rename-one-page": "Rename one of the files, or give it another permalink.",
    "says-the-opposite": "says the opposite or another direction: {words}",
    "share-not-asked": "The check did not look in the share.",
    "share-not-read": "The share could not be read.[ {because}]",
    "signed-copy": "is a signed copy",
    "speaks-about-it": "is about it but is something else ({words})",
    "simplify-folders": "Use fewer symbolic links to folders, and fewer levels of folders.",
    "simplify-site-config": "Take the setting out of _config.yml, or look at the links of the "
    "website by hand.",
    "split-page": "Split the page into several smaller ones.",
    "throttled": "The server refuses the check for now, because there were too many attempts.",
    "turned-round": "says the opposite: the words around a preposition have changed places",
    "upload-only": "The share is for uploads only and cannot be read.",
    "version": "version {version}",
    "version-differs": "is another version than the row names",
    "words-missing": "lacks {words}",
    # The audit: what to do next.
    "add-front-matter": "Put two lines with --- at the top of the page, so that it is shown.",
    "add-kinds": "The {kinds:version|versions} for {kinds} {kinds:is|are} missing.[ Put "
    "{kinds:it|them} into “{folder}”.][ Use the name “{file_name}”, for example.]",
    "add-kinds-keep-todo": "The {kinds:version|versions} for {kinds} {kinds:is|are} missing.[ Put "
    "{kinds:it|them} into “{folder}”.][ Use the name “{file_name}”, for example.] Keep “(ToDo)” "
    "until then.",
    "allow-reading": "Allow the files in the share to be read.",
    "check-handbook-settings": "Check whether the handbook's address and the settings' patterns "
    "for pages and tables are right.",
    "confirm-likely": "Check whether “{file}” is the right document. If so, give the file a "
    "clearer name[, for example “{file_name}”], or let the handbook's link point to the file "
    "itself. If not, put the right document[ into “{folder}”].",
    "close-mark": "Put {mark} after the last bold word.",
    "configure-password": "Give the check the password in the settings, or remove it from the "
    "share.",
    "correct-front-matter": "Correct the lines at the top of the page (front matter).",
    "correct-password": "Correct the password in the settings, or remove it from the share.",
    "correct-pin": "Correct or remove the pin in the settings: {path} does not exist.",
    "correct-place": "Correct the link in the handbook, or create the folder again.",
    "correct-table-line": "Correct the row in the table.",
    "fill-or-remove-page": "Write the page, or delete it.",
    "finish-draft": "Finish the draft “{file}” and save it[ in “{folder}”][ under the name "
    "“{file_name}”].",
    "keep-one-file": "Find out which document is the right one. Name it “{name}”, and give the "
    "others names that show what they are, or let the handbook's link point to the file itself.",
    "keep-todo": "Keep “(ToDo)” until {kinds} {kinds:is|are} ready too.",
    "let-account-see-place": "Give the check's account access to the folder, or correct the link "
    "in the handbook.",
    "let-page-be-read": "Allow the check to read the page[ {page}].",
    "link-folder": "The document is in “{folder}”. Put this link into the handbook.[ {url}]",
    "link-folder-instead": "Let the link point to “{folder}”.[ {url}]",
    "link-one-place": "Make all rows about “{name}” lead to the same file.",
    "link-public-share": "Share the folder with a public link, and put it into the handbook.",
    "list-rename-or-remove": "Mention “{file}” in the handbook, give it the name of its resource, "
    "or move it.",
    "list-rename-or-remove-files": "Mention the files in the handbook, give them the names of "
    "their resources, or move them.",
    "look-for-copy": "Correct the link, or remove it. The Internet Archive may have a copy.["
    " {url}]",
    "make-place-a-link": "Make the place a link to the folder.",
    "make-share-read-only": "Make the share read-only.",
    "move-or-link": "Move “{file}” to “{place}”, or put this link into the handbook.[ {url}]",
    "moved-back-or-link": "“{earlier}” was moved to “{folder}”. Move it back, or put this link "
    "into the handbook.[ {url}]",
    "name-ends-with-dot-or-space": "The name ends with a dot or a space.",
    "name-has-control-character": "The name has an invisible character.",
    "name-has-forbidden-character": "The name has the character {character}, which Windows cannot "
    "use.",
    "name-is-reserved": "The name is reserved by Windows.",
    "name-is-too-long": "The name is longer than 255 characters.",
    "next-run-fetches-again": "The check fetches the handbook again[ {again}].",
    "next-run-looks-again": "The check tries again[ {again}].",
    "open-mark": "Put {mark} before the first bold word.",
    "put-file": "Put the document into “{folder}”[ under the name “{file_name}”].",
    "put-file-and-correct-place": "Put the document into a shared folder[ under the name "
    "“{file_name}”], and let the handbook's link point to the folder.",
    "put-promised-file": "When the document is finished, put it into “{folder}”[ under the name "
    "“{file_name}”].",
    "remove-todo": "Remove “(ToDo)” in the handbook. The link is right.",
    "remove-todo-and-link": "Remove “(ToDo)” in the handbook, and link to “{folder}”.[ {url}]",
    "remove-waiver": "Remove the line from the settings.",
    "rename-file": "Give “{file}” another name, and correct the links that point to it.",
    "rename-files": "Give the files other names, and correct the links that point to them.",
    "renew-app-password": "Create a new app password for the account, and put it into the check's "
    "settings.",
    "renew-outdated": "Put the current version[ into “{folder}”][ under the name “{file_name}”].",
    "replace-empty-file": "Replace “{file}” with the right version under the same name.",
    "restore-or-accept-empty": "Check whether files were deleted or moved by mistake. If this is "
    "intended, run syncer run --full --accept-empty once.",
    "save-as-utf-8": "Save the page as text in UTF-8.",
    "see-whether-server-answers": "See whether the server answers. The check tries "
    "again[ {again}].",
    "share-again-or-unlink": "Share the folder again, and put the new link into the handbook.",
    "share-suddenly-empty": "The share is suddenly empty or nearly empty. The check does not "
    "believe that yet.",
    # The run.
    "folder-suddenly-empty": "The folder “[{path}][{folder}]” had {files_before:file|files} and is "
    "suddenly empty. The check does not believe that yet.",
    "folder-not-read": "The folder “[{path}][{folder}]” could not be read.[ {why}][ {because}]",
    "links-not-asked": "{count:link|links} could not be tried.",
    "more-folders-not-read": "{count:more folder|more folders} in {share} could not be read.",
    "offline": "The check ran without a network.",
    "only-links": "The check looked at links only.",
    "page-not-read": "The page {page} could not be read.[ {why}]",
    "run-out-of-time": "The time was over before the check came to the share.",
    "run-stopped": "The check was stopped before it was finished.",
    "state-damaged": "The check's memory was damaged and has been set aside.",
    "state-from-newer-version": "The check's memory is from a newer version ({version}) and has "
    "been set aside.",
    "upload-link-unclear": "The address to upload the report to is not a share link.",
    "upload-no-space": "The server has no room for the report.",
    "upload-not-allowed": "The check may not write to the folder or replace files in it.",
    "upload-not-whole": "The file {file} did not arrive completely.",
    "upload-refused": "The server answered with error {status}.",
    # `syncer check-config`.
    "alias-without-row": "No row of the handbook names “{label}”.",
    "glob-without-page": "No page of the handbook matches “{pattern}”.",
    "host-not-linked": "No link on the checked pages leads to {host}.",
    "notice-login-refused": "The server refused the login. Correct the user name or the password.",
    "notice-not-accepted": "It was not accepted: {detail}[ ({status})].",
    "notice-not-tried": "Not tried: an attempt would be taken for a notice.",
    "pattern-without-link": "No link on the checked pages matches “{pattern}”.",
    "pin-without-row": "No row of the handbook is called “{name}”[ on the page {page}].",
    "share-not-linked": "No row and no link on the checked pages leads to the share {share}.",
    "upload-below-file": "“{file}” is a file, and nothing can be put into it. Choose another "
    "folder.",
    "upload-folder-not-made-yet": "The folder “{folder}” does not exist yet. The first check "
    "creates it.",
    "waiver-expired": "“{subject}” was set aside until the end of {until:day}. Remove the line, or "
    "set a later date.",
    # `syncer status`.
    "status-ahead-of-clock": "It is in the future. The clock has been set back, or it was wrong "
    "then.",
    "status-last-run": "Last check: {at:date}[, {minutes:minute|minutes} ago][, {hours:hour|hours} "
    "ago][, {days:day|days} ago].",
    "status-never-run": "No check has been completed here yet.",
    "status-notice-failed": "Notices ({channel}) have not arrived since {since:date}.[ {why}]",
    "status-oldest-error": "Oldest open error: “{subject}”, since {at:day}.",
    "status-publish-failed": "The report was not uploaded ({target}).",
    "status-release": "syncer {version} is from {at:day}[, {days:day|days} ago].",
    "status-slow-run": "The check took {minutes:minute|minutes}, more than half of the time until "
    "the next one.",
    "status-next": "Next check: {at:near}.",
    "status-overdue": "The check is late. It should have run on {at:date}. The service's log shows "
    "why.",
    "status-run-failed": "The check that began on {at:date} ended without a result (code {code}): "
    "{problem}",
    "status-run-not-ended": "A check began on {at:date} (process {process}) and has not ended. "
    "Either it is still running, or it was cut off.",
}
