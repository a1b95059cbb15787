"""English: why `syncer fix` cannot correct something."""

CORRECTION_REASONS = {
    "fix-address-has-password": "The right address has a password in it, or a key that lets in.",
    "fix-by-hand": "This must be corrected by hand.",
    "fix-linked-file": "The file is a symbolic link, or one leads to it.",
    "fix-liquid": "The address is written in Liquid.",
    "fix-no-address": "The right address is not known.",
    "fix-not-all-there": "Some of what is planned in the row is still missing.",
    "fix-not-asked": "This is corrected only when you ask for it: --only {code} or --ask.",
    "fix-not-proven": "The correction could not be proven and was left out.",
    "fix-overlaps": "Another correction changes the same place. Run the command again afterwards.",
    "fix-place-unclear": "It is not clear where on the page it is.",
    "fix-secret-address": "The address belongs to a share that no page links to.",
    "fix-several-places": "The row has several links, and it is not known which one is wrong.",
}
