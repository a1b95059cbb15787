"""English: reasons about the content of documents, and about the local copy of them."""

DOCUMENT_REASONS = {
    "copy-disk-full": "There is no room on the disk, or it cannot be written to.",
    "copy-file-changed": "The file was changed meanwhile. The next check fetches it.",
    "copy-file-too-big": "Files over {limit} MB are not copied (max_file_mb).",
    "copy-place-taken": "[The file “{file_there}”][The folder “{folder_there}”][The link "
    "“{link_there}”] of the copy is in the way of what belongs there. Move it elsewhere.",
    "copy-too-big": "The copy may be {limit} MB in all (max_total_mb).",
    "copy-unproven": "The server did not say which version it sent. The next check tries again.",
    "copy-wrong-answer": "The server sent another file than the one in its list.",
    "document-blank": "The file has no words, no pictures and no filled cells.",
    "document-cut-off": "The end is missing. The file may be only half transferred.",
    "document-encrypted": "The content is encrypted.",
    "document-is-html": "The content is a web page, perhaps a login page saved as a document.",
    "document-is-other": "The content is of another kind ({kind}) than the name says.",
    "document-part-broken": "A part of the document is broken: {part}.",
    "document-part-missing": "A part of the document is missing: {part}.",
    "document-unreadable": "A program that opens this kind of file cannot read the content.",
    "fill-blank-file": "Put the completed version of “{file}” there under the same name.",
    "replace-damaged-file": "Put a version of “{file}” there that opens, under the same name.",
    "replace-other-type": "Put the right document there as “{file}”, or correct the file's "
    "extension.",
    "unlock-file": "Save “{file}” without a password if readers should be able to open it.",
}
