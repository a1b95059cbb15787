"""English: reasons about the content of documents, and about the local copy of them."""

DOCUMENT_REASONS = {
    "copy-disk-full": "There is not enough room on the disk, or it cannot be written.",
    "copy-file-changed": "The file was changed meanwhile; the next run fetches it.",
    "copy-file-too-big": "Files of more than {limit} MB are not copied (max_file_mb).",
    "copy-too-big": "The copy may have {limit} MB in all (max_total_mb).",
    "copy-wrong-answer": "What the server sent is not the file that it lists.",
    "document-blank": "It has no words, no pictures and no filled cells.",
    "document-cut-off": "The end is missing: it may be half an upload.",
    "document-encrypted": "The content is encrypted.",
    "document-is-html": "The content is a web page, perhaps a login page saved as a document.",
    "document-is-other": "The content is of another kind ({kind}) than the name says.",
    "document-part-broken": "A part of the document is broken: {part}.",
    "document-part-missing": "A part of the document is missing: {part}.",
    "document-unreadable": "The content makes no sense to a program that opens this kind.",
    "fill-blank-file": "Put the written version of “{file}” there, under the same name.",
    "replace-damaged-file": "Put a whole version of “{file}” there, under the same name.",
    "replace-other-type": "Put the right document there as “{file}”, or correct the suffix of its "
    "name.",
    "unlock-file": "Save “{file}” without a password if readers are to open it.",
}
