"""English: reasons that come from reading the handbook, Nextcloud and the web."""

SOURCE_REASONS = {
    # The handbook and its site.
    "binary": "The file is binary.",
    "folder-links-too-many": "Not everything behind this symbolic link was read: such links lead "
    "to more than {limit} files and folders.",
    "handbook-folder-too-deep": "The folder was not read: it is more than {levels} levels deep.",
    "folder-io-error": "It is a folder, and it could not be opened ({detail}).",
    "front-matter-not-mapping": "The page's front matter is not made of names and values.",
    "front-matter-not-yaml": "The page's front matter cannot be read (line {line}).",
    "front-matter-too-big": "The page's front matter is too big to be read.",
    "git-failed": "git could not fetch the handbook: {detail}",
    "git-not-found": "The program git is not installed.",
    "git-timeout": "git was not done within {timeout_s} seconds.",
    "handbook-read-timeout": "The time for reading the handbook was over before this page.",
    "io-error": "The file could not be opened ({detail}).",
    "link-add-front-matter": "Put two lines of --- at the top of {file}.",
    "link-address-clash": "Several files have the same address ({files}); which of them is shown "
    "is chance.",
    "link-address-unknown": "The address of {file} depends on when and how the site is built, so "
    "the link was not checked.",
    "link-anchor-missing": "There is no section “#{anchor}” on the page {page}.",
    "link-anchor-unproven": "Whether “#{anchor}” is on {page} cannot be told without building the "
    "site.",
    "link-config-relative": "The link is shown on every page but does not work on {page}: it is "
    "relative.",
    "link-empty": "The link has no address.",
    "link-file-missing": "There is no file {file} in the handbook.",
    "link-file-not-published": "{file} exists but is not part of the site.",
    "link-image-is-page": "The image points to the page {page} and cannot be shown.",
    "link-image-missing": "There is no image {path} on the handbook's site.",
    "link-in-condition": "Whether the link is shown depends on a condition in Liquid, so it was "
    "not checked.",
    "link-kept-file-may-be-there": "The file is not in the sources but may have been put on the "
    "site (keep_files in _config.yml names {file}).",
    "link-lacks-baseurl": "The link lacks {base_path}, below which the site lies.",
    "link-liquid": "The link is made by Liquid that only a build of the site can work out.",
    "link-liquid-in-config": "Liquid in _config.yml is not run, so the link is shown as written.",
    "link-liquid-target-missing": "{{% link %}} names {file}, which is not there: Jekyll cannot "
    "build the site.",
    "link-mailto-missing": "The mail address lacks mailto: in front.",
    "link-on-unpublished-page": "The link stands on a page that the site does not show.",
    "link-other-case": "Upper and lower case differ: it is {found}.",
    "link-other-generator": "Another program makes the handbook's site ({file}); the address was "
    "not checked.",
    "link-outside-handbook": "The link leads out of the handbook's folder and was not checked: "
    "{path}",
    "link-outside-site": "The link leads out of the site ({base_path}) on the same host and was "
    "not checked.",
    "link-page-in-future": "{file} is dated {date:day}, and the site does not show it before.",
    "link-page-missing": "There is no page {path} on the handbook's site.",
    "link-page-not-rendered": "{file} lacks front matter, so the site makes no page of it.",
    "link-page-unreadable": "{file} could not be read, so what the site makes of it is unknown.",
    "link-plugin-may-make-it": "The page is not in the sources, but {plugin} may make it.",
    "link-redirect-drops-anchor": "The page sends the reader on to {target}, but the section is "
    "lost on the way.",
    "link-redirect-page": "The page sends the reader on to {target}.",
    "link-redirect-target-missing": "The page sends the reader on to {target}, which is not there.",
    "link-scheme-missing": "The address lacks https:// in front.",
    "link-slash-added": "The server sends the reader on to the address with a slash.",
    "link-theme-may-have-it": "The file is not in the sources, but the theme {theme} may have it.",
    "link-trailing-slash": "The slash at the end leads to a folder that is not there.",
    "link-use": "Write {url} instead.",
    "link-works-on-github-only": "The link works on GitHub, where {file} is, but not on the site.",
    "names-collide": "Two files have the same name, spelled in two ways; which one a reader gets "
    "is unknown.",
    "not-utf8": "The page is not UTF-8 (line {line}).",
    "own-comment-invalid": "The comment “syncer: {text}” cannot be read. Write: syncer: ignore "
    "CODE until YYYY-MM-DD: reason.",
    "own-settings-code": "“{code}” is not a code that a handbook may waive itself.",
    "own-settings-date": "The date {until:day} is too far away; the latest is {latest:day}.",
    "own-settings-entry": "{section} must be a table with lines of its own.",
    "own-settings-key": "“{key}” is unknown under {section}. Use {known}.",
    "own-settings-not-day": "“{key}” under {section} must be a day without quotes, as in "
    "2027-03-01.",
    "own-settings-not-list": "“{key}” under {section} must be a list of texts in quotes.",
    "own-settings-not-number": "“{key}” under {section} must be a whole number.",
    "own-settings-not-text": "“{key}” under {section} must be a text in quotes.",
    "own-settings-pattern": "“{pattern}” does not name a whole host. Begin with "
    "https://example.org/, for example.",
    "own-settings-required": "“{key}” is required under {section}.",
    "own-settings-section": "The section [{section}] is not allowed here. Only the administrator's "
    "settings may have it.",
    "own-settings-share": "No page links to the share {share}.",
    "own-settings-too-many": "There are more than {limit} entries; the rest is not read.",
    "own-settings-unreadable": "The file cannot be read ({detail}).",
    "own-settings-waiver": "The waiver of {code} needs a reason and a subject or a page.",
    "page-too-complex": "The page is too complex to be read: it needs more than {steps} steps.",
    "site-config-unreadable": "_config.yml could not be understood, so the site's addresses are "
    "uncertain.",
    "site-source-elsewhere": "The site is made of the folder {folder} (source in _config.yml), so "
    "its addresses are not those of the sources.",
    "table-cells-extra": "The row has {cells:cell|cells}, the table has only "
    "{columns:column|columns}.",
    "table-cells-missing": "The row has {cells:cell|cells}, the table has "
    "{columns:column|columns}.",
    "table-link-unclosed": "A link in the row is not complete, so it shows as text.",
    "table-mark-unclosed": "A {mark} in the row is never closed.",
    "table-name-missing": "The row names no resource.",
    "table-not-rendered": "The table shows as plain text: it lacks a blank line before or behind "
    "it.",
    "table-separator-missing": "The table lacks the line of dashes below its headers.",
    "too-big": "The page is larger than {limit_bytes} bytes.",
    # Nextcloud: servers, shares and links into them.
    "account-not-found": "The server knows no files of the account; its name is the user's id, not "
    "an address.",
    "account-refused": "The server refused the account's app password; it was tried only once.",
    "entry-unclear": "The server does not say whether it is a file or a folder.",
    "folder-names-collide": "Two folders here bear the same name in different Unicode forms; only "
    "one was read.",
    "folder-shows-nothing": "The server counts {size_bytes} bytes in the folder, but shows nothing "
    "in it.",
    "folder-too-deep": "The folder lies too deep (more than 100 levels).",
    "link-direct-unknown": "The server (Nextcloud {version}) does not serve direct addresses like "
    "this one.",
    "link-download-empty": "The file “{path}” is there, but the link does not download it.",
    "link-file-gone": "The file that the link names is no longer in the share.",
    "link-file-id-unknown": "Whether the file is there could not be told.",
    "link-file-moved": "The file now lies in the folder “{folder}”.",
    "link-needs-login": "The link needs a Nextcloud login[; it leads to “{path}”].",
    "link-needs-login-but-public": "The link needs a login, but the file can be reached without "
    "one.",
    "link-opens-root": "The link opens the share's top folder instead of “{folder}”.",
    "link-place-gone": "The folder “{path}” is no longer in the share.",
    "link-place-not-seen": "The folder “{path}” was not found, which is not confirmed yet.",
    "link-place-unread": "Whether the folder “{path}” is there could not be told: a part of the "
    "share could not be read.",
    "link-share-gone": "The link leads to a share that no longer exists.",
    "link-share-needs-password": "The share asks for a password.",
    "link-share-upload-only": "The share only takes uploads.",
    "listing-not-webdav": "The server's answer was no valid listing[: {detail}].",
    "listing-too-big": "The listing was too big.",
    "listing-truncated": "The listing was cut off.",
    "local-name-not-utf8": "The folder holds a name that is not UTF-8.",
    "local-unreadable": "The folder could not be read: {error}.",
    "server-connection-cut": "The connection to the server was cut in the middle of an answer.",
    "server-left-alone": "The server is not asked any more this time: {failed_tries:share|shares} "
    "did not let us in, and more tries could make it close them all.",
    "server-maintenance": "The server is in maintenance mode.",
    "server-not-found": "The server answered that there is no such address.",
    "server-not-reached": "The server could not be reached.",
    "server-redirects": "The server redirects elsewhere ({status}); correct the address in the "
    "settings (base_url).",
    "server-status": "The server answered with error {status} instead of a listing.",
    "server-throttled": "The server shuts us out for a while: too many failed tries from this "
    "address.",
    "server-timeout": "The server did not answer in time.",
    "server-tls-failed": "The server's certificate could not be verified.",
    "server-wants-login": "The server wants a login.",
    "share-became-upload-only": "Files can only be uploaded to it now, not seen.",
    "share-got-password": "It asks for a password now.",
    "share-lost-password": "It does not ask for a password any more.",
    "share-shows-other-folder": "It leads to another folder than before.",
    "share-gone": "The share is no longer there; the server was asked twice.[ It was last "
    "asked on {asked_at:date}; it is asked once a day at most.]",
    "share-not-looked-at": "The share was not looked at this time.",
    "share-page-lives": "The share's page is there, but the server does not let the check in.",
    "share-password-missing": "The share asks for a password, and none is configured.[ It was last "
    "asked on {asked_at:date}; it is asked once a day at most.]",
    "share-password-wrong": "The share's password is wrong.",
    "share-private-address": "The link leads to an address on a private network; only servers that "
    "the settings name may have one.",
    "share-too-big": "The share holds too many files and folders to be read whole.",
    "share-upload-only": "Files can only be uploaded to the share, not seen.",
    "use-link": "Use this link instead.[ {url}]",
    "walk-out-of-time": "The share took too long to read.",
    # Links to the web.
    "link-anchor-by-script": "The page is there; whether the section “#{anchor}” is, a script "
    "decides.",
    "link-anchor-not-html": "The file is there; whether it has “#{anchor}” cannot be checked.",
    "link-anchor-page-too-big": "The page is there but too big to be searched for “#{anchor}” as a "
    "whole.",
    "link-anchor-page-unread": "The page is there but could not be read to its end to find "
    "“#{anchor}”.",
    "link-asks-for-login": "{host} asks for a login.",
    "link-bot-wall": "{host} lets no robots in ({wall}); readers can probably open the page.",
    "link-check-refused": "{host} refuses the check ({status}), which does not mean that the page "
    "is gone.",
    "link-dns-failed": "The name {host} could not be looked up just now.",
    "link-dropped": "{host} broke off the connection.",
    "link-excluded": "The link is excluded in the settings ({pattern}).",
    "link-gone": "{host} says that the page is gone for good (410).",
    "link-headers-too-long": "{host} sends more before the page than the check reads.",
    "link-host-unknown": "There is no server named {host}.",
    "link-host-unreachable": "{host} cannot be reached.",
    "link-http-error": "{host} answers with error {status}.",
    "link-inside-host": "{host} can be reached only from within and so is not asked.",
    "link-interrupted": "The check was stopped before the link was tried.",
    "link-is-script": "The link is a script and leads nowhere.",
    "link-leads-to-login": "The link leads to a login page ({url}).",
    "link-mail-invalid": "The mail address in the link is written wrongly.",
    "link-moved": "The page has moved to {url}.",
    "link-network-unreachable": "There is no network from here to {host}.",
    "link-no-network": "None of the addresses that were tried answered; the network seems to be "
    "gone.",
    "link-not-absolute": "The link is no full address and was not checked.",
    "link-not-found": "{host} says that there is no such page (404).",
    "link-not-http": "{host} answers with something that is no web page.",
    "link-not-requested": "The address is too long or too unusual for the check to request it.",
    "link-phone-invalid": "The phone number “{number}” is written wrongly.",
    "link-private-address": "{host} lies on a private network; readers outside cannot get there, "
    "and the address was not asked.",
    "link-proxy-failed": "The proxy gave no connection to {host}.",
    "link-redirect-loop": "The page sends the reader round in circles ({url}).",
    "link-redirect-to-nowhere": "{host} sends the reader on to something that is no address "
    "(“{target}”).",
    "link-redirect-to-scheme": "The page sends the reader on to “{scheme}:”, which cannot be "
    "checked.",
    "link-refused": "{host} takes no connections.",
    "link-scheme-unchecked": "Links with “{scheme}:” cannot be checked.",
    "link-status-unclear": "{host} answers with {status}, which does not say whether the page is "
    "there.",
    "link-timed-out": "{host} did not answer within {timeout_s} seconds.",
    "link-tls-expired": "The certificate of {host} has expired, so that browsers warn.",
    "link-tls-failed": "No secure connection to {host} could be made.",
    "link-tls-not-yet-valid": "The certificate of {host} is not valid yet, so that browsers warn.",
    "link-tls-unknown-issuer": "The certificate of {host} comes from an unknown issuer, or the "
    "server does not send the whole chain; readers can perhaps open the page.",
    "link-tls-wrong-name": "The certificate does not hold for the name {host}, so that browsers "
    "warn.",
    "link-to-own-disk": "The link points to a file on the writer's own computer.",
    "link-too-many-redirects": "The page sends the reader on more than {limit} times, and the "
    "check does not follow any further.",
    "link-too-many-requests": "{host} has had too many requests and will not answer now (429).",
    "link-url-invalid": "The address is written wrongly, so that no browser can open it.",
}

# The codes of a `RemoteError`. They continue a sentence, so they start in lower case and have no
# full stop.
REMOTE_ERRORS = {
    "bad-answer": "the answer broke the rules",
    "bad-href": "an address in it was not valid",
    "compressed": "it was packed unreadably",
    "connection-cut": "the connection was cut",
    "doctype": "it held what does not belong there",
    "duplicate-entry": "something stood in it twice",
    "empty-answer": "it was empty",
    "entry-too-big": "an entry of it was too big",
    "foreign-href": "it named what is outside the folder",
    "http-status": "the server answered with an error",
    "maintenance": "the server is in maintenance",
    "not-a-folder": "a file stood as a folder",
    "not-authenticated": "the server wants a login",
    "not-found": "the server says it is not there",
    "not-multistatus": "it was another kind of answer",
    "not-reached": "the server could not be reached",
    "not-the-share": "it did not show the share",
    "not-xml": "it was perhaps a web page",
    "orphan-entry": "a folder was lacking in it",
    "out-of-time": "the time for it was over",
    "private-address": "the server is on a private network",
    "redirected": "the server redirected",
    "self-missing": "the folder itself was lacking in it",
    "self-twice": "the folder itself stood in it twice",
    "self-unclear": "it did not fit the folder",
    "share-not-found": "the share is not there",
    "mail-not-encrypted": "it is not on this machine, and a mail would not be encrypted",
    "smtp-not-supported": "the mail server cannot do what is set up",
    "smtp-status": "the mail server answered with an error",
    "stopped": "the check was stopped",
    "throttled": "the server shuts us out for a while",
    "timeout": "the server did not answer in time",
    "tls-failed": "the certificate was not accepted",
    "too-big": "it was too big",
    "too-deep": "the folders lay too deep",
    "too-many": "there were too many files",
    "too-many-requests": "the server asks for a pause",
    "truncated": "it was cut off",
    "upload-only": "files can only be uploaded",
    "wrong-depth": "it was of the wrong depth",
    "file-changed": "the file was another one than listed",
    "wrong-checksum": "the checksum of the file was wrong",
    "wrong-length": "the length of the file was wrong",
    "wrong-range": "the server sent another part of the file than was asked for",
}
