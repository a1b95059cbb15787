"""The built site as a web server serves it: what an address reaches, and what is near it.

GitHub Pages: `/x` is the file `x`, else `x.html`, else (when `x/index.html` exists) a redirect to
`/x/`; `/x/` is `x/index.html` and never `x.html`; upper and lower case differ.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from syncer.handbook.jekyll.outputs import Output, OutputKind
from syncer.handbook.jekyll.permalink import HTML_EXTENSIONS, split_name

PAGE_EXTENSIONS = HTML_EXTENSIONS | {".md", ".markdown"}


@dataclass(frozen=True, slots=True)
class ServedFile:
    """What an address reaches; `slash_added` when the server redirects to the address with `/`."""

    output: Output
    slash_added: bool = False


@dataclass(slots=True)
class NamedFiles:
    """The files of one name below a folder: how many, the least deep, and those of its folders."""

    count: int = 0
    best: tuple[int, str, Output] | None = None
    folders: dict[str, NamedFiles] = field(default_factory=dict)

    def add(self, output: Output) -> None:
        """Add a file; each once, at the root."""
        folders = output.file.split("/")[:-1]
        found = (len(folders), output.url, output)
        node = self
        for folder in (*folders, None):
            node.count += 1
            if node.best is None or found[:2] < node.best[:2]:
                node.best = found
            if folder is not None:
                node = node.folders.setdefault(folder, NamedFiles())

    def find_nearest(self, folders: Sequence[str]) -> Output | None:
        """Return the file with the fewest folders between it and these; then the first by address.

        The time is in proportion to the folders that lead somewhere, not to the files.
        """
        node: NamedFiles | None = self
        nearest: tuple[int, str, Output] | None = None
        for depth, folder in enumerate((*folders, "")):
            if node is None or node.best is None:
                break
            deep, url, output = node.best
            found = (len(folders) + deep - 2 * depth, url, output)
            if nearest is None or found[:2] < nearest[:2]:
                nearest = found
            node = node.folders.get(folder)
        return None if nearest is None else nearest[2]


@dataclass(frozen=True, slots=True)
class SiteTree:
    """Every file of the built site, found in four ways.

    Attributes:
        by_file: by path in the site.
        by_source: by source file; for a file that is both rendered and copied, the rendered one.
        by_folded: by path in the site in lower case, where only one file has it.
        by_name: by the last part of the address, lower case and without a page's extension.
        unplaced: those whose address only the build knows; `by_source` has them too.
        shared: by path in the site, where several sources have the same one: which of them the
            site shows depends on the disk of the build. `by_file` has one of them.
        later: by path in the site, those that Jekyll does not write before their date.
    """

    by_file: Mapping[str, Output]
    by_source: Mapping[str, Output]
    by_folded: Mapping[str, Output]
    by_name: Mapping[str, NamedFiles]
    unplaced: tuple[Output, ...]
    shared: Mapping[str, tuple[Output, ...]]
    later: Mapping[str, Output]

    def find(self, path: str) -> ServedFile | None:
        """Return what a decoded path below the site's root reaches; None for nothing.

        `path` begins with a slash, or is "" for the root.
        """
        return _look_up(self.by_file, path)

    def find_later(self, path: str) -> Output | None:
        """Return what the path will reach on a day in the future."""
        found = _look_up(self.later, path)
        return found.output if found else None

    def find_in_other_case(self, path: str) -> Output | None:
        """Return the file that the path would reach if case did not matter."""
        found = _look_up(self.by_folded, path.casefold())
        return found.output if found else None

    def find_nearest(self, path: str) -> Output | None:
        """Return the page or file with the same last name that is nearest to a path.

        The nearest has the fewest folders between it and the path; then the first by address.
        """
        named = self.by_name.get(name_of(path))
        return None if named is None else named.find_nearest(path.strip("/").split("/")[:-1])


def build_tree(outputs: Sequence[Output]) -> SiteTree:
    """Index the files of a site; of two with the same path, the later one wins."""
    later = {output.file: output for output in outputs if output.waits_until}
    outputs = [output for output in outputs if not output.waits_until]
    unplaced = tuple(output for output in outputs if output.possible)
    placed = [output for output in outputs if not output.possible]
    by_file = {output.file: output for output in placed}
    shared: defaultdict[str, dict[str, Output]] = defaultdict(dict)
    for output in placed:
        if output.source is not None:
            shared[output.file][output.source] = output
    folded: dict[str, list[Output]] = {}
    names: defaultdict[str, NamedFiles] = defaultdict(NamedFiles)
    by_source = {output.source: output for output in unplaced if output.source}
    for file in sorted(by_file):
        output = by_file[file]
        folded.setdefault(file.casefold(), []).append(output)
        if output.kind is not OutputKind.REDIRECT and output.doubt is None:
            names[name_of(f"/{file}")].add(output)
    for output in sorted(placed, key=lambda output: output.file):
        if output.source is not None and (output.rendered or output.source not in by_source):
            by_source[output.source] = output
    return SiteTree(
        by_file=by_file,
        by_source=by_source,
        by_folded={file: found[0] for file, found in folded.items() if len(found) == 1},
        by_name=dict(names),
        unplaced=unplaced,
        shared={
            file: tuple(found[source] for source in sorted(found))
            for file, found in shared.items()
            if len(found) > 1
        },
        later=later,
    )


def name_of(path: str) -> str:
    """Return the last name of a path in lower case: of `/a/index.html` and `/a/` it is "a"."""
    *folders, name = path.strip("/").split("/")
    stem, extension = split_name(name)
    if extension.lower() not in PAGE_EXTENSIONS:
        return name.casefold()
    if stem == "index" and folders:
        return folders[-1].casefold()
    return stem.casefold()


def _look_up(files: Mapping[str, Output], path: str) -> ServedFile | None:
    name = path.removeprefix("/")
    if path.endswith("/"):
        output = files.get(f"{name}index.html")
        return ServedFile(output) if output else None
    output = files.get(name) or files.get(f"{name}.html")
    if output is not None:
        return ServedFile(output)
    output = files.get(f"{name}/index.html" if name else "index.html")
    return ServedFile(output, slash_added=True) if output else None
