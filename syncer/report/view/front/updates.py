"""Documents with other content than at the last complete run, in words."""

from __future__ import annotations

from syncer.manifest.document import ChangedRecord, FileStateRecord
from syncer.matching.names.danish import fold
from syncer.matching.names.versions import read_marks
from syncer.redact import make_visible
from syncer.report.view.facts import Facts

# What a name may have for a version to be read from it.
_MAX_NAME = 255


def phrase_changed(facts: Facts) -> tuple[str, ...]:
    """Return a line for each updated document: the row's name, the versions, the size."""
    return tuple(dict.fromkeys(_phrase(facts, one) for one in facts.manifest.changes.changed or ()))


def _phrase(facts: Facts, one: ChangedRecord) -> str:
    names = [
        row.name
        for row in facts.manifest.resources
        if any((file.share, file.file_id) == (one.share, one.file_id) for file in row.files[:1])
    ]
    before, after = _read_version(one.before), _read_version(one.after)
    return facts.words.fill(
        facts.words.labels.changed_item,
        name=make_visible(names[0] if names else one.after.path.rpartition("/")[2]),
        versions=f"{before} → {after}" if before and after and before != after else None,
        size=one.after.size_bytes,
    )


def _read_version(state: FileStateRecord) -> str | None:
    """Return the version in a file's name, as "v3.1"; None without one."""
    stem = state.path.rpartition("/")[2].rpartition(".")[0][:_MAX_NAME]
    version = read_marks(fold(stem)).version
    return None if version is None else "v" + ".".join(map(str, version))
