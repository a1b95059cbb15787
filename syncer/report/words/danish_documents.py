"""Danish: reasons about the content of documents, and about the local copy of them."""

DOCUMENT_REASONS = {
    "copy-disk-full": "Der er ikke plads på disken, eller der kan ikke skrives på den.",
    "copy-file-changed": "Filen blev ændret undervejs. Den næste kontrol henter den.",
    "copy-file-too-big": "Filer over {limit} MB kopieres ikke (max_file_mb).",
    "copy-place-taken": "I kopien er [filen »{file_there}«][mappen »{folder_there}«][linket "
    "»{link_there}«] i vejen for det, der hører til der. Flyt hindringen et andet sted hen.",
    "copy-too-big": "Kopien må i alt fylde {limit} MB (max_total_mb).",
    "copy-unproven": "Serveren sagde ikke, hvilken version den sendte. Den næste "
    "kontrol prøver igen.",
    "copy-wrong-answer": "Serveren sendte en anden fil end den, der står i dens liste.",
    "document-blank": "Der er hverken ord, billeder eller udfyldte celler i filen.",
    "document-cut-off": "Slutningen mangler. Filen er måske kun halvt overført.",
    "document-encrypted": "Indholdet er krypteret.",
    "document-is-html": "Indholdet er en hjemmeside, måske en login-side, der er gemt som "
    "dokument.",
    "document-is-other": "Indholdet er af en anden slags ({kind}), end navnet siger.",
    "document-part-broken": "En del af dokumentet er ødelagt: {part}.",
    "document-part-missing": "En del af dokumentet mangler: {part}.",
    "document-unreadable": "Et program, der kan åbne den slags filer, kan ikke læse indholdet.",
    "fill-blank-file": "Læg den udfyldte udgave af »{file}« under samme navn.",
    "replace-damaged-file": "Læg en udgave af »{file}«, der kan åbnes, under samme navn.",
    "replace-other-type": "Læg det rigtige dokument som »{file}«, eller ret filendelsen.",
    "unlock-file": "Gem »{file}« uden adgangskode, hvis læserne skal kunne åbne den.",
}
