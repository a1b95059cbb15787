"""The report as JUnit XML, for CI systems that show test results."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from xml.etree import ElementTree as ET

from syncer.manifest.document import StatusManifest
from syncer.model.findings import Severity
from syncer.model.links import LinkKind, LinkStatus
from syncer.model.matching import Verdict
from syncer.redact import make_visible
from syncer.report.view.annotations import Annotation, list_annotations
from syncer.report.view.facts import Facts, gather_facts
from syncer.report.view.remarks import list_incomplete_reasons
from syncer.report.visible import show_handbook_text, show_url
from syncer.report.words import Lang, words_of

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
_UNSEEN = frozenset({Verdict.UNDETERMINED, LinkStatus.UNCONFIRMED, LinkStatus.TIMED_OUT})
_SKIPPED = frozenset({Verdict.UNCHECKED, Verdict.NO_ACCESS, LinkStatus.EXCLUDED})


def render_junit(
    manifest: StatusManifest, *, lang: Lang, new: Collection[str] | None = None
) -> str:
    """Return the audit as test suites: resources, links, and all other findings.

    Every row and every link except mail addresses is a test. An error is a failure. A warning, a
    remark and anything in the baseline is output of a passing test. What could not be checked is
    an error (a test that could not run), and what was excluded or waived is skipped. An incomplete
    run has a failing test of its own, so that it never looks clean. `new` is as in
    `render_github`. Source: the schema of Jenkins' xUnit plugin, which other readers accept.
    """
    facts = gather_facts(manifest, words_of(lang))
    about: defaultdict[str | None, list[Annotation]] = defaultdict(list)
    for one in list_annotations(manifest, lang=lang, new=new):
        known = one.resource in facts.rows or one.link in facts.links
        about[(one.resource or one.link) if known else None].append(one)
    labels = facts.words.labels
    suites = ET.Element("testsuites", name=make_visible(manifest.tool.name))
    _add_suite(suites, labels.resources_heading, _test_rows(facts, about))
    _add_suite(suites, labels.links_heading, _test_links(facts, about))
    _add_suite(suites, labels.section_everything, _test_rest(facts, about[None]))
    _sum_up(suites, suites.iter("testcase"))
    ET.indent(suites)
    return f"{_DECLARATION}\n{ET.tostring(suites, encoding='unicode')}\n"


def _add_suite(suites: ET.Element, name: str, cases: Iterable[ET.Element]) -> None:
    suite = ET.SubElement(suites, "testsuite", name=name)
    suite.extend(cases)
    _sum_up(suite, suite.iter("testcase"))


def _sum_up(element: ET.Element, cases: Iterable[ET.Element]) -> None:
    found = list(cases)
    element.set("tests", str(len(found)))
    for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        element.set(attribute, str(sum(case.find(tag) is not None for case in found)))
    element.set("time", "0")


def _test_rows(facts: Facts, about: dict[str | None, list[Annotation]]) -> Iterable[ET.Element]:
    for row in facts.manifest.resources:
        case = _make_case(row.page, f"{show_handbook_text(row.name)}:{row.line}")
        _set_outcome(case, row.status, facts.words.verdict(row.status), about.get(row.id, ()))
        yield case


def _test_links(facts: Facts, about: dict[str | None, list[Annotation]]) -> Iterable[ET.Element]:
    for link in facts.manifest.links:
        if link.kind != LinkKind.MAIL:
            case = _make_case(link.page, f"{show_url(link.url)}:{link.line}:{link.column}")
            words = facts.words.link_status(link.status)
            _set_outcome(case, link.status, words, about.get(link.id, ()))
            yield case


def _test_rest(facts: Facts, annotations: Sequence[Annotation]) -> Iterable[ET.Element]:
    for one in annotations:
        case = _make_case(one.page or "", one.title)
        _set_outcome(case, "", "", (one,))
        yield case
    if not facts.manifest.run.complete:
        case = _make_case("", facts.words.labels.incomplete)
        error = ET.SubElement(case, "error", type="incomplete")
        error.set("message", facts.words.labels.incomplete_first)
        error.text = "\n".join(list_incomplete_reasons(facts))
        yield case


def _make_case(page: str, name: str) -> ET.Element:
    return ET.Element("testcase", classname=show_handbook_text(page), name=name, time="0")


def _set_outcome(
    case: ET.Element, status: str, words: str, annotations: Sequence[Annotation]
) -> None:
    """Add the worst outcome of the annotations and the status to a test."""
    open_ones = [one for one in annotations if not (one.waived or one.explained)]
    failures = [one for one in open_ones if one.severity == Severity.ERROR and not one.known]
    if failures:
        failure = ET.SubElement(case, "failure", type=failures[0].code)
        failure.set("message", failures[0].title)
        failure.text = "\n".join(one.message for one in failures)
    elif status in _UNSEEN:
        ET.SubElement(case, "error", type=status).set("message", words)
    elif status in _SKIPPED or (annotations and not open_ones):
        ET.SubElement(case, "skipped").set(
            "message", words or annotations[0].waived or annotations[0].title
        )
    rest = [one for one in open_ones if one not in failures]
    if rest:
        ET.SubElement(case, "system-out").text = "\n".join(
            f"{one.title}. {one.message}" for one in rest
        )
