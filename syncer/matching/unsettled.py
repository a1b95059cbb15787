"""The groups whose files may belong to a row that was not compared (pure).

Of files that several rows could get each row has one, so that what a row gets depends on the rows
beside it: on those that may have a file of a share in which it has one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from syncer.matching.candidates import Option
from syncer.matching.files.entries import Item
from syncer.matching.files.index import Index
from syncer.matching.files.step_budget import OutOfSteps
from syncer.matching.row_requests import Group


def list_reach(index: Index, group: Group, exact: Iterable[Item] | None) -> frozenset[str]:
    """Return the shares in which a group that was not compared may have a file, or more.

    `exact` are the files with exactly its name, None when they are unknown: then, and when there
    are no steps left to find out, it may be any share.
    """
    if exact is None:
        return index.shares
    names = (
        words
        for request in group.requests
        for words in (*request.alternatives, *request.aliases, *request.described)
    )
    try:
        found = [index.list_shares(words) for words in dict.fromkeys(names)]
    except OutOfSteps:
        return index.shares
    return group.shares.union(*found, (index.share_of[item] for item in exact))


def find_unsettled(
    index: Index, options: Mapping[Group, Sequence[Option]], reached: Collection[str]
) -> set[Group]:
    """Return the groups with an option in a reached share, or in one that such a group reaches."""
    shares_of = {
        group: {index.share_of[option.item] for option in own} for group, own in options.items()
    }
    groups_of: defaultdict[str, list[Group]] = defaultdict(list)
    for group, shares in shares_of.items():
        for share in shares:
            groups_of[share].append(group)
    unsettled: set[Group] = set()
    left, known = list(reached), set(reached)
    while left:
        for group in groups_of.get(left.pop(), ()):
            if group not in unsettled:
                unsettled.add(group)
                left += shares_of[group] - known
                known |= shares_of[group]
    return unsettled
