"""English: reasons that come from reading the handbook, Nextcloud and the web."""

SOURCE_REASONS = {
    # The handbook and its site.
    "binary": "The file is not a text file.",
    "change-brings-doubt": "The change makes {count:link|links} on the changed pages impossible to "
    "check ({page}, line {line}), for a reason that is new. So the check is incomplete.",
    "change-brings-row-doubt": "The change makes {count:row|rows} on the changed pages impossible "
    "to check ({page}, line {line}): Liquid makes the name or the place, which no row had before. "
    "So the check is incomplete.",
    "change-hides-links": "The change makes {count:link|links} that could be checked before "
    "impossible to check ({page}, line {line}). So the check is incomplete.",
    "change-hides-rows": "The change makes {count:row|rows} that could be checked before "
    "impossible to check ({page}, line {line}): Liquid makes the name or the place. So the check "
    "is incomplete.",
    "change-site-kind": "The change makes the handbook be read as another kind of website ({now} "
    "instead of {before}), so other things may be links. So the check is incomplete. Look at it, "
    "or set site under [handbook] in the administrator's settings.",
    "change-turns-jekyll": "The change adds or removes the file .nojekyll, which turns Jekyll off "
    "on GitHub Pages, so the pages may be made otherwise. So the check is incomplete. Look at it, "
    "or set site under [handbook] in the administrator's settings.",
    "change-turns-markdown": "The change makes Jekyll read the pages by other rules of Markdown "
    "(markdown, or input or gfm_quirks of kramdown, in _config.yml), so other things may be links. "
    "So the check is incomplete. Look at it.",
    "folder-link-leads-out": "The link leads to a folder outside of the handbook and was not "
    "followed.",
    "folder-link-leads-up": "The link leads to a folder above itself and was not followed.",
    "folder-links-too-many": "Not everything behind this symbolic link was read. Such links lead "
    "to more than {limit} files and folders.",
    "handbook-folder-too-deep": "The folder was not read because it is more than {levels} levels "
    "deep.",
    "folder-io-error": "The folder could not be opened ({detail}).",
    "front-matter-not-mapping": "The lines at the top of the page (front matter) do not consist of "
    "names and values.",
    "front-matter-not-yaml": "The lines at the top of the page (front matter) cannot be read (line "
    "{line}).",
    "front-matter-too-big": "The lines at the top of the page (front matter) are too long to be "
    "read.",
    "git-failed": "git could not fetch the handbook: {detail}",
    "git-not-found": "The program git is not installed.",
    "git-timeout": "git did not finish within {timeout_s} seconds.",
    "handbook-read-timeout": "The time for reading the handbook was over before this page was "
    "read.",
    "io-error": "The file could not be opened ({detail}).",
    "link-add-front-matter": "Put two lines with --- at the top of {file}.",
    "link-address-clash": "Several files have the same address ({files}). Which of them is shown "
    "is left to chance.",
    "link-address-unknown": "The address of {file} depends on when and how the website is built, "
    "so the link was not checked.",
    "link-anchor-missing": "There is no section “#{anchor}” on the page {page}.",
    "link-anchor-unproven": "Whether “#{anchor}” is on {page} cannot be seen without building the "
    "website.",
    "link-base-elsewhere": "The HTML element base on the page or in its layout may lead the link "
    "elsewhere.",
    "link-config-relative": "The link is relative. It is shown on every page but does not work on "
    "{page}.",
    "link-empty": "The link has no address.",
    "link-file-missing": "There is no file {file} in the handbook.",
    "link-file-not-published": "{file} exists but is not part of the handbook's website.",
    "link-image-is-page": "The image points to the page {page} and cannot be shown.",
    "link-image-missing": "There is no image {path} on the handbook's website.",
    "link-in-condition": "Whether the link is shown depends on a condition in Liquid, so it was "
    "not checked.",
    "link-kept-file-may-be-there": "The file is not among the handbook's files but may have been "
    "put on the website (keep_files in _config.yml names {file}).",
    "link-lacks-baseurl": "The link lacks {base_path}, the start of every address of the website.",
    "link-liquid": "The link is made by Liquid and can be worked out only by building the website.",
    "link-liquid-in-config": "Liquid in _config.yml is not run, so the link is shown as written.",
    "link-liquid-target-missing": "The link names {file} with Liquid, but the file does not exist. "
    "Jekyll cannot build the website.",
    "link-mailto-missing": "mailto: is missing before the mail address.",
    "link-on-unpublished-page": "The link is on a page that the website does not show.",
    "link-other-case": "Upper and lower case differ. It is called {found}.",
    "link-other-generator": "The handbook's website is built by another program ({file}), so the "
    "address was not checked.",
    "link-outside-handbook": "The link leads out of the handbook's folder and was not checked: "
    "{path}",
    "link-outside-site": "The link leads to an address on the same server but outside the "
    "handbook's website ({base_path}). It was not checked.",
    "link-page-in-future": "{file} is dated {date:day}, and the website does not show it before.",
    "link-page-missing": "There is no page {path} on the handbook's website.",
    "link-page-not-rendered": "{file} lacks the lines at the top (front matter) and therefore does "
    "not become a page.",
    "link-page-unreadable": "{file} could not be read, so the check does not know what it becomes "
    "on the website.",
    "link-plugin-may-make-it": "The page is not among the handbook's files, but {plugin} may "
    "create it.",
    "link-redirect-drops-anchor": "The page sends the reader on to {target}, but the section is "
    "lost on the way.",
    "link-redirect-page": "The page sends the reader on to {target}.",
    "link-redirect-target-missing": "The page sends the reader on to {target}, which does not "
    "exist.",
    "link-scheme-missing": "https:// is missing before the address.",
    "link-slash-added": "The server sends the reader on to the address with a slash.",
    "link-theme-may-have-it": "The file is not among the handbook's files, but the theme {theme} "
    "may have it.",
    "link-trailing-slash": "The slash at the end leads to a folder that does not exist.",
    "link-use": "Write {url} instead.",
    "link-works-on-github-only": "The link works on GitHub but not on the handbook's website.",
    "names-collide": "Two files have the same name, written in two ways. It is not known which of "
    "them a reader gets.",
    "page-link-leads-out": "The page is a symbolic link that leads to no file of the handbook.",
    "not-utf8": "The page is not saved as UTF-8 (line {line}).",
    "own-comment-invalid": "The comment “syncer: {text}” cannot be read. Write: syncer: ignore "
    "CODE until YYYY-MM-DD: reason.",
    "own-settings-code": "“{code}” is not a code that the handbook itself may set aside.",
    "own-settings-date": "The date {until:day} is too far away. The latest possible is "
    "{latest:day}.",
    "own-settings-entry": "{section} must be a table with lines of its own.",
    "own-settings-key": "“{key}” is not known under {section}. Use {known}.",
    "own-settings-not-day": "“{key}” under {section} must be a date without quotes, for example "
    "2027-03-01.",
    "own-settings-not-list": "“{key}” under {section} must be a list of texts in quotes.",
    "own-settings-not-number": "“{key}” under {section} must be a whole number.",
    "own-settings-not-text": "“{key}” under {section} must be a text in quotes.",
    "own-settings-pattern": "“{pattern}” does not name a whole host. Begin with "
    "https://example.org/, for example.",
    "own-settings-required": "“{key}” is missing under {section}.",
    "own-settings-section": "The section [{section}] may be only in the administrator's settings.",
    "own-settings-share": "No page links to the share {share}.",
    "own-settings-too-many": "There are more than {limit} entries. The rest was not read.",
    "own-settings-unreadable": "The file cannot be read ({detail}).",
    "own-settings-waiver": "What sets {code} aside needs a reason and must be about a certain item "
    "or a certain page.",
    "page-too-complex": "The page is too complex to be read. It needs more than {steps} steps.",
    "site-config-unreadable": "_config.yml could not be read, so the website's addresses are "
    "uncertain.",
    "site-setting-unknown": "_config.yml has “{setting}”; what website that makes is unknown here.",
    "site-source-elsewhere": "The website is built from the folder {folder} (source in "
    "_config.yml), so its addresses differ from the handbook's files.",
    "table-cells-extra": "The row has {cells:cell|cells}, but the table has only "
    "{columns:column|columns}.",
    "table-cells-missing": "The row has only {cells:cell|cells}, but the table has "
    "{columns:column|columns}.",
    "table-link-unclosed": "A link in the row is not complete, so it is shown as text.",
    "table-mark-unclosed": "Bold text begins with {mark} but does not end.",
    "table-mark-unopened": "Bold text ends with {mark} but does not begin.",
    "table-name-missing": "The row names no resource.",
    "table-not-rendered": "The table is shown as plain text, because a blank line before or after "
    "it is missing.",
    "table-separator-missing": "The table lacks the line of dashes below its headings.",
    "too-big": "The page is larger than {limit_bytes} bytes.",
    # Nextcloud: servers, shares and links into them.
    "account-not-found": "The server knows no files of the account. The name is the user name, not "
    "the mail address.",
    "account-refused": "The server refused the account's app password. The check tried only once.",
    "entry-unclear": "The server does not say whether it is a file or a folder.",
    "folder-names-collide": "Two folders here have the same name, written in two ways (Unicode). "
    "Only one was read.",
    "folder-not-scanned": "The server has not looked through the folder yet, and shows nothing "
    "in it.",
    "folder-shows-nothing": "The server counts {size_bytes} bytes in the folder, but shows nothing "
    "in it.",
    "folder-too-deep": "The folder is too deep (more than 100 levels).",
    "link-direct-unknown": "The server (Nextcloud {version}) does not know direct addresses like "
    "this one.",
    "link-download-empty": "The file “{path}” is there, but the link does not download it.",
    "link-file-gone": "The file that the link points to is no longer in the share.",
    "link-file-id-unknown": "The check could not see whether the file exists.",
    "link-file-moved": "The file is now in the folder “{folder}”.",
    "link-needs-login": "The link can be opened only when logged in to Nextcloud[. It leads to "
    "“{path}”].",
    "link-needs-login-but-public": "The link needs a login, but the file can also be opened "
    "without one.",
    "link-opens-root": "The link opens the top folder instead of “{folder}”.",
    "link-place-gone": "The folder “{path}” is no longer in the share.",
    "link-place-not-seen": "The folder “{path}” was not found, but that is not confirmed yet.",
    "link-place-unread": "The check could not see whether the folder “{path}” exists, because part "
    "of the share could not be read.",
    "link-share-gone": "The link leads to a share that no longer exists.",
    "link-share-needs-password": "The share needs a password.",
    "link-share-upload-only": "The share is for uploads only.",
    "listing-not-webdav": "The server's answer was not a valid list of the folder[: {detail}].",
    "listing-too-big": "The list of the folder was too big.",
    "listing-truncated": "The server did not send the whole list of the folder.",
    "local-name-not-utf8": "The folder contains a name that is not UTF-8.",
    "local-unreadable": "The folder could not be read: {error}.",
    "server-connection-cut": "The connection to the server was cut in the middle of an answer.",
    "server-left-alone": "The check does not ask the server any more this time. "
    "{failed_tries:share|shares} could not be opened, and more attempts may make it close them "
    "all.",
    "server-maintenance": "The server is in maintenance mode.",
    "server-not-found": "The server answered that the address does not exist.",
    "server-not-reached": "The server could not be reached.",
    "server-redirects": "The server redirects to another address ({status}). Correct it in the "
    "settings (base_url).",
    "server-status": "The server answered with error {status} instead of a list of the folder.",
    "server-throttled": "The server refuses the check for a while, because there were too many "
    "failed attempts from this address.",
    "server-timeout": "The server did not answer in time.",
    "server-tls-failed": "The server's certificate could not be verified.",
    "server-wants-login": "The server needs a login.",
    "share-became-upload-only": "Files can now only be uploaded to the share, not seen.",
    "share-got-password": "The link now needs a password.",
    "share-lost-password": "The link no longer needs a password.",
    "share-shows-other-folder": "The link now leads to another folder than before.",
    "share-gone": "The share no longer exists. The check has asked the server twice.[ It was last "
    "tried on {asked_at:date}. It is tried at most once a day.]",
    "share-kept-changing": "Files were moved or changed the whole time that the share was read.",
    "share-not-looked-at": "The share was not checked this time.",
    "share-page-lives": "The link to the share exists, but the server does not let the check in.",
    "share-password-missing": "The share needs a password that is not in the settings.[ It was "
    "last tried on {asked_at:date}. It is tried at most once a day.]",
    "share-password-wrong": "The password for the share is wrong.",
    "share-private-address": "The link leads to an address on a private network. That is allowed "
    "only for servers in the settings.",
    "share-too-big": "The share has too many files and folders to be read completely.",
    "share-upload-only": "Files can only be uploaded to the share, not seen.",
    "use-link": "Use this link instead.[ {url}]",
    "walk-out-of-time": "The share took too long to read.",
    # Links to the web.
    "link-anchor-by-script": "The page exists. Whether the section “#{anchor}” is on it is decided "
    "by a script.",
    "link-anchor-not-html": "The file exists. Whether “#{anchor}” is in it cannot be checked.",
    "link-anchor-page-too-big": "The page exists but is too big for the check to look for "
    "“#{anchor}” in all of it.",
    "link-anchor-page-unread": "The page exists but could not be read to the end to find "
    "“#{anchor}”.",
    "link-asks-for-login": "{host} needs a login.",
    "link-bot-wall": "{host} does not let robots in ({wall}). Readers can probably open the page.",
    "link-check-refused": "{host} refuses the check ({status}). That does not mean that the page "
    "is gone.",
    "link-dns-failed": "The name {host} could not be looked up right now.",
    "link-dropped": "{host} broke off the connection.",
    "link-excluded": "The link is excluded in the settings ({pattern}).",
    "link-gone": "{host} answers that the page has been removed permanently (410).",
    "link-headers-too-long": "{host} sends more before the page than the check reads.",
    "link-host-given-up": "{host} did not answer several times in a row, so this link was not "
    "tried.",
    "link-host-unknown": "There is no server named {host}.",
    "link-host-unreachable": "{host} cannot be reached.",
    "link-http-error": "{host} answers with error {status}.",
    "link-inside-host": "{host} can be reached only from inside and is therefore not checked.",
    "link-interrupted": "The check was stopped before the link was tried.",
    "link-is-script": "The link is a script and leads nowhere.",
    "link-leads-to-login": "The link leads to a login page ({url}).",
    "link-mail-invalid": "The mail address in the link is not written correctly.",
    "link-moved": "The page has moved to {url}.",
    "link-network-unreachable": "The check has no network to {host}.",
    "link-no-network": "None of the addresses that were tried answered. The check may have no "
    "network.",
    "link-not-absolute": "The link is not a full address and was not checked.",
    "link-not-found": "{host} answers that the page does not exist (404).",
    "link-not-http": "{host} answers with something that is not a web page.",
    "link-not-requested": "The address is too long or too unusual for the check to try it.",
    "link-phone-invalid": "The phone number “{number}” is not written correctly.",
    "link-private-address": "{host} is on a private network that readers outside cannot reach. The "
    "address was not tried.",
    "link-proxy-failed": "The proxy could not connect to {host}.",
    "link-redirect-loop": "The page sends the reader round in a circle ({url}).",
    "link-redirect-to-nowhere": "{host} sends the reader on to something that is not an address "
    "(“{target}”).",
    "link-redirect-to-scheme": "The page sends the reader on to “{scheme}:”, which cannot be "
    "checked.",
    "link-redirects-too-slow": "{host} sends the reader on, and the page did not come within "
    "{timeout_s} seconds.",
    "link-refused": "{host} does not accept connections.",
    "link-scheme-unchecked": "Links with “{scheme}:” cannot be checked.",
    "link-status-unclear": "{host} answers with {status}, which does not show whether the page "
    "exists.",
    "link-timed-out": "{host} did not answer within {timeout_s} seconds.",
    "link-tls-expired": "The certificate of {host} has expired, so the browser warns.",
    "link-tls-failed": "No secure connection to {host} could be made.",
    "link-tls-not-yet-valid": "The certificate of {host} is not valid yet, so the browser warns.",
    "link-tls-unknown-issuer": "The certificate of {host} comes from an unknown issuer, or the "
    "server does not send the whole chain. Readers may be able to open the page.",
    "link-tls-wrong-name": "The certificate is not valid for the name {host}, so the browser "
    "warns.",
    "link-to-own-disk": "The link points to a file on the writer's own computer.",
    "link-too-many-redirects": "The page sends the reader on more than {limit} times. The check "
    "does not follow any further.",
    "link-too-many-requests": "{host} has had too many requests and does not answer now (429).",
    "link-url-invalid": "The address is not written correctly, so no browser can open it.",
}

# The codes of a `RemoteError`. They continue a sentence, so they start in lower case and have no
# full stop.
REMOTE_ERRORS = {
    "bad-answer": "the answer did not follow the rules",
    "bad-href": "an address in it was not valid",
    "compressed": "it was compressed so that it could not be read",
    "connection-cut": "the connection was cut",
    "doctype": "it contained something that does not belong there",
    "duplicate-entry": "something was in it twice",
    "empty-answer": "it was empty",
    "entry-too-big": "a line in it was too big",
    "foreign-href": "it named something outside the folder",
    "http-status": "the server answered with an error",
    "maintenance": "the server is under maintenance",
    "not-a-folder": "a file was listed as a folder",
    "not-authenticated": "the server needs a login",
    "not-found": "the server says that it does not exist",
    "not-multistatus": "it was another kind of answer",
    "not-reached": "the server could not be reached",
    "not-the-share": "it did not show the share",
    "not-xml": "it was not a list, perhaps a web page",
    "orphan-entry": "a folder was missing in it",
    "out-of-time": "the time for it was over",
    "private-address": "the server is on a private network",
    "redirected": "the server redirected",
    "self-missing": "the folder itself was missing in it",
    "self-twice": "the folder itself was in it twice",
    "self-unclear": "it did not match the folder",
    "share-not-found": "the share does not exist",
    "mail-not-encrypted": "it is not on this machine, and a mail would not be encrypted",
    "smtp-not-supported": "the mail server cannot do what is set up",
    "smtp-status": "the mail server answered with an error",
    "stopped": "the check was stopped",
    "throttled": "the server shuts the check out for a while",
    "timeout": "the server did not answer in time",
    "tls-failed": "the certificate could not be verified",
    "too-big": "it was too big",
    "too-deep": "the folders were too deep",
    "too-many": "there were too many files",
    "too-many-requests": "the server asks for a pause",
    "truncated": "the server did not send all of it",
    "upload-only": "files can only be uploaded",
    "wrong-depth": "it went too deep or not deep enough",
    "file-changed": "the file was another one than the list shows",
    "no-etag": "the answer did not say which version of the file it was",
    "wrong-checksum": "the checksum of the file was wrong",
    "wrong-length": "the length of the file was wrong",
    "wrong-range": "the server sent another part of the file than was asked for",
}
