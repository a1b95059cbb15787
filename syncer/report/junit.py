"""The report as JUnit XML, for a CI that shows test results."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from xml.etree import ElementTree as ET

from syncer.manifest.document import StatusManifest
from syncer.model.findings import Severity
from syncer.model.links import LinkKind, LinkStatus
from syncer.model.matching import Verdict
from syncer.report.view.annotations import Annotation, list_annotations
from syncer.report.view.facts import Facts, gather_facts
from syncer.report.view.remarks import say_incomplete
from syncer.report.visible import make_visible, show_handbook_text, show_url
from syncer.report.words import Lang, words_of

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
_UNSEEN = frozenset({Verdict.UNDETERMINED, LinkStatus.UNCONFIRMED, LinkStatus.TIMED_OUT})
_LEFT_OUT = frozenset({Verdict.UNCHECKED, Verdict.NO_ACCESS, LinkStatus.EXCLUDED})


def render_junit(
    manifest: StatusManifest, *, lang: Lang, new: Collection[str] | None = None
) -> str:
    """Return the audit as test suites: resources, links, and whatever else was found.

    Every row and every link but mail addresses is a test. An error is a failure, a warning, a
    remark or what the baseline has is said in the output of a test that passes, what could not be
    looked at is an error (a test that could not run), and what was left out or set aside is
    skipped. An incomplete run has one erring test of its own, so that it never looks clean. `new`
    as in `render_github`.
    Source: the schema of Jenkins' xUnit plugin, which other readers accept.
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
        _judge(case, row.status, facts.words.verdict(row.status), about.get(row.id, ()))
        yield case


def _test_links(facts: Facts, about: dict[str | None, list[Annotation]]) -> Iterable[ET.Element]:
    for link in facts.manifest.links:
        if link.kind != LinkKind.MAIL:
            case = _make_case(link.page, f"{show_url(link.url)}:{link.line}:{link.column}")
            said = facts.words.link_status(link.status)
            _judge(case, link.status, said, about.get(link.id, ()))
            yield case


def _test_rest(facts: Facts, annotations: Sequence[Annotation]) -> Iterable[ET.Element]:
    for one in annotations:
        case = _make_case(one.page or "", one.title)
        _judge(case, "", "", (one,))
        yield case
    if not facts.manifest.run.complete:
        case = _make_case("", facts.words.labels.incomplete)
        error = ET.SubElement(case, "error", type="incomplete")
        error.set("message", facts.words.labels.incomplete_first)
        error.text = "\n".join(say_incomplete(facts))
        yield case


def _make_case(page: str, name: str) -> ET.Element:
    return ET.Element("testcase", classname=show_handbook_text(page), name=name, time="0")


def _judge(case: ET.Element, status: str, said: str, annotations: Sequence[Annotation]) -> None:
    """Give a test its outcome: the worst that its annotations or its status say."""
    open_ones = [one for one in annotations if not (one.waived or one.explained)]
    failures = [one for one in open_ones if one.severity == Severity.ERROR and not one.known]
    if failures:
        failure = ET.SubElement(case, "failure", type=failures[0].code)
        failure.set("message", failures[0].title)
        failure.text = "\n".join(one.message for one in failures)
    elif status in _UNSEEN:
        ET.SubElement(case, "error", type=status).set("message", said)
    elif status in _LEFT_OUT or (annotations and not open_ones):
        ET.SubElement(case, "skipped").set("message", said or annotations[0].title)
    rest = [one for one in open_ones if one not in failures]
    if rest:
        ET.SubElement(case, "system-out").text = "\n".join(
            f"{one.title}. {one.message}" for one in rest
        )
