"""The parts of all resources and all links, with their words."""

from __future__ import annotations

from collections.abc import Mapping

from syncer.report.view.counts import Counts, LinkPart, ResourcePart
from syncer.report.view.facts import Facts
from syncer.report.view.front.front_records import Figure, Figures
from syncer.report.view.records import Tone
from syncer.report.words import Labels

_RESOURCE_TONES: Mapping[ResourcePart, Tone] = {
    ResourcePart.PRESENT: Tone.GOOD,
    ResourcePart.MISSING: Tone.ALARM,
    ResourcePart.EXPLAINED: Tone.ALARM,
    ResourcePart.IMPROVABLE: Tone.WARNING,
    ResourcePart.READY: Tone.WARNING,
    ResourcePart.UNSEEN: Tone.UNKNOWN,
}
_LINK_TONES: Mapping[LinkPart, Tone] = {
    LinkPart.WORKING: Tone.GOOD,
    LinkPart.BROKEN: Tone.ALARM,
    LinkPart.UNSURE: Tone.UNKNOWN,
    LinkPart.UNSEEN: Tone.UNKNOWN,
}


def tell_fine(facts: Facts, counts: Counts) -> str:
    """Return how much is in place and works; "" when nothing is, or nothing else is to be said."""
    words, labels = facts.words, facts.words.labels
    if not counts.to_do:
        return ""
    present = counts.resources.get(ResourcePart.PRESENT, 0)
    working = counts.links.get(LinkPart.WORKING, 0)
    said = []
    if present:
        total, likely = sum(counts.resources.values()), counts.likely or None
        said.append(words.fill(labels.fine_resources, n=present, all=total, likely=likely))
    if working:
        said.append(words.fill(labels.fine_links, n=working))
    return " ".join(said)


def list_figures(facts: Facts, counts: Counts) -> tuple[Figures, ...]:
    """Return the parts of all resources and of all links; each adds up to its heading."""
    words, labels = facts.words, facts.words.labels
    resources, links = name_resource_parts(labels), name_link_parts(labels)
    found = []
    if counts.resources:
        likely = words.fill(labels.of_which_likely, n=counts.likely or None)
        found.append(
            Figures(
                heading=words.fill(labels.all_resources, n=sum(counts.resources.values())),
                anchor="all-resources",
                parts=tuple(
                    Figure(
                        number=words.number(number),
                        label=resources[part] + (likely if part is ResourcePart.PRESENT else ""),
                        tone=_RESOURCE_TONES.get(part, Tone.NOTE),
                        choice=choose_resources(part),
                    )
                    for part, number in counts.resources.items()
                ),
            )
        )
    if counts.links:
        found.append(
            Figures(
                heading=words.fill(labels.all_links, n=sum(counts.links.values())),
                anchor="all-links",
                parts=tuple(
                    Figure(
                        number=words.number(number),
                        label=links[part],
                        tone=_LINK_TONES.get(part, Tone.NOTE),
                        choice=choose_links(part),
                    )
                    for part, number in counts.links.items()
                ),
            )
        )
    return tuple(found)


def name_resource_parts(labels: Labels) -> dict[ResourcePart, str]:
    """Return the words for each part of the resources."""
    return {
        ResourcePart.PRESENT: labels.figure_present,
        ResourcePart.MISSING: labels.figure_missing,
        ResourcePart.EXPLAINED: labels.figure_explained,
        ResourcePart.IMPROVABLE: labels.figure_improvable,
        ResourcePart.READY: labels.figure_ready,
        ResourcePart.PLANNED: labels.figure_promised,
        ResourcePart.UNSEEN: labels.figure_unseen,
        ResourcePart.LOGIN: labels.figure_login,
        ResourcePart.OUTSIDE: labels.figure_outside,
        ResourcePart.OTHER: labels.figure_other,
    }


def name_link_parts(labels: Labels) -> dict[LinkPart, str]:
    """Return the words for each part of the links."""
    return {
        LinkPart.WORKING: labels.figure_working,
        LinkPart.BROKEN: labels.figure_broken,
        LinkPart.UNSURE: labels.figure_unsure,
        LinkPart.UNSEEN: labels.figure_unseen,
        LinkPart.LOGIN: labels.figure_login,
        LinkPart.OTHER: labels.figure_other,
    }


def choose_resources(part: ResourcePart) -> str:
    """Return the value of the filter that lists a part of the resources."""
    return f"resources-{part}"


def choose_links(part: LinkPart) -> str:
    """Return the value of the filter that lists a part of the links."""
    return f"links-{part}"
