"""The made-up tree that is walked: any size, always the same, and what a Nextcloud says of it."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

FOLDERS = 610
"""Below the root, which makes 611."""
FILES = 10_000
ROOT = "/public.php/webdav"

_TOP_FOLDERS = 10
_FOLDERS_IN_EACH = 3
_FILES_PER_FOLDER = 50
_CHUNK_ENTRIES = 100
_NUMBERS = 997
_FIRST = (
    "aftale", "bilag", "borger", "drift", "faktura", "forvaltning", "ledelse", "løsning", "møde",
    "ordning", "partner", "personale", "produkt", "projekt", "rapport", "ramme", "sikkerheds",
    "skole", "støtte", "udbuds", "udviklings", "ældre", "økonomi", "års",
)  # fmt: skip
_LAST = (
    "beskrivelse", "dokument", "forslag", "grundlag", "håndbog", "kontrakt", "liste", "model",
    "notat", "opgave", "oversigt", "plan", "politik", "referat", "skabelon", "skema", "vejledning",
)  # fmt: skip
WORDS = tuple(first + last for first in _FIRST for last in _LAST)
_QUOTED = tuple(quote(word).lower() for word in WORDS)
_ENDS = (".docx", ".pdf", ".xlsx", ".odt")

HEAD = (
    '<?xml version="1.0"?>\n<d:multistatus xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns"'
    ' xmlns:oc="http://owncloud.org/ns" xmlns:nc="http://nextcloud.org/ns">'
)
TAIL = "</d:multistatus>"


def count_folders(files: int) -> int:
    """Return how many folders a tree of so many files has below its root."""
    return max(FOLDERS, files // _FILES_PER_FOLDER)


def name_folders(count: int) -> list[str]:
    """Return the folders' paths, each after the one that holds it; 610 are five levels deep."""
    paths: list[str] = []
    for number in range(count):
        name = f"{WORDS[number * 7 % len(WORDS)]} {number}"
        above = find_parent(number)
        paths.append(name if above is None else f"{paths[above]}/{name}")
    return paths


def find_parent(number: int) -> int | None:
    """Return the number of the folder that holds a folder; None is the root."""
    return None if number < _TOP_FOLDERS else (number - _TOP_FOLDERS) // _FOLDERS_IN_EACH


def name_file(number: int) -> str:
    """Return a file's name."""
    return " ".join([*(WORDS[word] for word in _pick(number)), _end(number)])


def _quote_file(number: int) -> str:
    return "%20".join([*(_QUOTED[word] for word in _pick(number)), _end(number)])


def _pick(number: int) -> tuple[int, int]:
    return number % len(WORDS), number * 31 // len(WORDS) % len(WORDS)


def _end(number: int) -> str:
    return f"{number % _NUMBERS}{_ENDS[number % len(_ENDS)]}"


def write_root() -> str:
    """Write the answer to Depth 0 for the root."""
    return HEAD + _write_folder(f"{ROOT}/", None) + TAIL


def write_listing(files: int, folders: list[str], folder: int | None) -> str:
    """Write the answer to Depth 1 for one folder, the root for None."""
    here = f"{ROOT}/" if folder is None else f"{ROOT}/{quote(folders[folder])}/"
    parts = [HEAD, _write_folder(here, folder)]
    parts += [
        _write_folder(f"{ROOT}/{quote(path)}/", number)
        for number, path in enumerate(folders)
        if find_parent(number) == folder
    ]
    if folder is not None:
        parts += [
            _write_file(here + quote(name_file(number)), number)
            for number in range(folder, files, len(folders))
        ]
    return "".join([*parts, TAIL])


def stream_tree(files: int) -> Iterator[bytes]:
    """Write the answer to Depth: infinity, piece by piece, folder after folder."""
    folders = name_folders(count_folders(files))
    yield (HEAD + _write_folder(f"{ROOT}/", None)).encode()
    for folder, path in enumerate(folders):
        here = f"{ROOT}/{quote(path)}/"
        parts = [_write_folder(here, folder)]
        for number in range(folder, files, len(folders)):
            parts.append(_write_file(here + _quote_file(number), number))
            if len(parts) == _CHUNK_ENTRIES:
                yield "".join(parts).encode()
                parts.clear()
        yield "".join(parts).encode()
    yield TAIL.encode()


def _write_folder(href: str, number: int | None) -> str:
    file_id = 50 if number is None else 100 + number
    return (
        f"<d:response><d:href>{href}</d:href><d:propstat><d:prop><d:resourcetype><d:collection/>"
        f"</d:resourcetype><d:getetag>&quot;6b03ac{file_id:07x}&quot;</d:getetag>"
        "<d:getlastmodified>Mon, 23 Nov 2026 03:00:36 GMT</d:getlastmodified>"
        f"<oc:fileid>{file_id}</oc:fileid><oc:size>4096</oc:size>"
        "<oc:permissions>SRG</oc:permissions><nc:mount-type></nc:mount-type></d:prop>"
        "<d:status>HTTP/1.1 200 OK</d:status></d:propstat><d:propstat><d:prop><d:getcontentlength/>"
        "</d:prop><d:status>HTTP/1.1 404 Not Found</d:status></d:propstat></d:response>"
    )


def _write_file(href: str, number: int) -> str:
    return (
        f"<d:response><d:href>{href}</d:href><d:propstat><d:prop><d:resourcetype/>"
        f"<d:getetag>&quot;{number * 2654435761 % (1 << 128):032x}&quot;</d:getetag>"
        f"<d:getlastmodified>Mon, 23 Nov 2026 03:{number // 60 % 60:02}:{number % 60:02} GMT"
        f"</d:getlastmodified><d:getcontentlength>{number + 1}</d:getcontentlength>"
        f"<oc:fileid>{1_000_000 + number}</oc:fileid><oc:size>{number + 1}</oc:size>"
        "<oc:permissions>SRG</oc:permissions><nc:mount-type></nc:mount-type></d:prop>"
        "<d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>"
    )
