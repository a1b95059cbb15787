"""The mail: its subject, what it says, and that any mail program shows it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html as lxml_html

from syncer.audit.codes import FINDING_CODES
from syncer.manifest.document import (
    ChangedRecord,
    ChangesRecord,
    FileStateRecord,
    FindingRecord,
    FixedRecord,
    StatusManifest,
)
from syncer.manifest.news import News
from syncer.report.mail_digest import digest_run
from syncer.report.mail_subject import MAX_SUBJECT
from syncer.report.mail_texts import MailTexts, render_mail
from syncer.report.view.counts import count_all
from syncer.report.view.records import SectionKey
from syncer.report.words import Lang, words_of
from tests.golden.golden_manifests import NAMES, read_manifest

if TYPE_CHECKING:
    from tests.unit.report.records import Make

PROMISED = {"resource-partial", "resource-planned"}
URL = "https://boks.example.org/f/12345"
DAY = timedelta(days=1)
NOTHING = News(new=(), fixed=(), completeness=False, rules=False, first=False)
HOSTILE = (
    "Å" * 300,
    "漢字" * 200,
    "e\u0301" * 150,
    "\U0001f469\u200d\U0001f52c" * 60,
    "a\r\nBcc: alle@example.org",
    "a\u2028b\u0085c\x0bd\x0ce",
    "\u202ekniL\u202c",
    "</td></tr></table><script>alert(1)</script>",
    '"><img src=https://example.org/x.png onerror=alert(1)>',
    "{{ 7*7 }} {subject} [x] %s",
    "<!--[if mso]><![endif]-->",
    "=?utf-8?q?Hej?=",
    " ",
)

# What Word draws, which is Outlook's engine on Windows (Microsoft, "Word 2007 HTML and CSS
# Rendering Capabilities in Outlook"), and what does no harm where it is not understood.
TAGS = {
    "a", "b", "body", "h1", "h2", "head", "html", "meta", "p", "style", "table", "td", "title",
    "tr",
}  # fmt: skip
DRAWN = {
    "background-color", "border-top", "color", "font-family", "font-size", "font-weight",
    "line-height", "margin", "padding", "text-decoration",
}  # fmt: skip
IGNORED = {"max-width", "table-layout", "word-wrap"}
ATTRIBUTES = {
    "align", "bgcolor", "border", "cellpadding", "cellspacing", "charset", "class", "content",
    "href", "lang", "name", "role", "style", "width",
}  # fmt: skip


def fix(one: FindingRecord, make: Make) -> FixedRecord:
    """Return a finding as solved tonight."""
    values = {name: getattr(one, name) for name in FindingRecord.__dataclass_fields__}
    return FixedRecord(**values, fixed_at=make.now)


def make_night(
    make: Make, *, new: int = 0, fixed: int = 0, old: int = 0, name: str = "Bestyrelsens årshjul"
) -> tuple[StatusManifest, News]:
    """Return a night with so many missing resources that are new, solved, and known."""
    rows = tuple(
        make.row(f"{name} {number}" if number else name, "missing") for number in range(new + old)
    )
    findings = tuple(make.finding("resource-missing", row) for row in rows)
    solved = tuple(
        fix(make.finding("link-broken", subject=f"https://example.org/{number}"), make)
        for number in range(fixed)
    )
    changes = ChangesRecord(
        since=make.now - DAY, new=tuple(one.id for one in findings[:new]), fixed=solved
    )
    manifest = make.manifest(rows, findings=findings, changes=changes)
    return manifest, replace(NOTHING, new=findings[:new], fixed=solved)


def write(manifest: StatusManifest, news: News, lang: Lang = Lang.DA, **more: Any) -> MailTexts:
    """Return the mail."""
    return render_mail(digest_run(manifest, news, lang=lang, **more), report_url=URL)


@pytest.mark.parametrize(
    ("new", "fixed", "danish", "english"),
    [
        (1, 1, "1 ny, 1 løst – »Bestyrelsens årshjul« mangler",
         "1 new, 1 solved – “Bestyrelsens årshjul” is missing"),
        (1, 0, "1 ny – »Bestyrelsens årshjul« mangler",
         "1 new – “Bestyrelsens årshjul” is missing"),
        (12, 3, "12 nye, 3 løst – »Bestyrelsens årshjul« mangler",
         "12 new, 3 solved – “Bestyrelsens årshjul” is missing"),
        (0, 2, "2 løst – intet at gøre", "2 solved – nothing to do"),
        (0, 0, "intet at gøre", "nothing to do"),
    ],
)  # fmt: skip
def test_the_subject_has_the_news_first(
    make: Make, new: int, fixed: int, danish: str, english: str
) -> None:
    """How much is new and how much was solved, then the most pressing of it by its name."""
    manifest, news = make_night(make, new=new, fixed=fixed)
    assert write(manifest, news).subject == f"Håndbogen: {danish}"
    assert write(manifest, news, Lang.EN).subject == f"Handbook: {english}"


def test_the_most_pressing_is_named(make: Make) -> None:
    """An error before a warning, whatever the order of the report."""
    row, link = make.row("Vedtægter", "draft"), make.link("https://example.org/x", "broken")
    findings = (
        make.finding("resource-draft", row, severity="warning"),
        make.finding("link-broken", link, owner="maintainer"),
    )
    changes = ChangesRecord(since=make.now - DAY, new=tuple(one.id for one in findings))
    manifest = make.manifest((row,), (link,), findings, changes=changes)
    texts = write(manifest, replace(NOTHING, new=findings))
    assert texts.subject == "Håndbogen: 2 nye – linket »Læs mere« virker ikke"
    assert texts.text.index("Læs mere – ") < texts.text.index("Vedtægter – ")


def test_several_with_one_cause_are_one(make: Make) -> None:
    """A server that is down is named, not one of its shares."""
    findings = tuple(
        make.finding(
            "share-unreadable", severity="warning", owner="administrator",
            subject=f"sky.example.net/T{number}",
            args={"share": f"sky.example.net/T{number}", "why": "server-not-reached"},
        )
        for number in range(3)
    )  # fmt: skip
    texts = write(make.manifest(findings=findings), replace(NOTHING, new=findings))
    assert texts.subject == "Håndbogen: 1 ny – »sky.example.net«: Kunne ikke læses"


@pytest.mark.parametrize("code", sorted(FINDING_CODES))
@pytest.mark.parametrize("lang", list(Lang))
def test_every_finding_can_be_the_news(make: Make, code: str, lang: Lang) -> None:
    """Its few words fit in a subject beside a name, unless it is a promise."""
    finding = make.finding(code, subject="Bilag", severity="error")
    texts = write(make.manifest(findings=(finding,)), replace(NOTHING, new=(finding,)), lang)
    brief = words_of(lang).brief(code, "Bilag")
    assert brief
    nothing = words_of(lang).mail.none_to_do
    assert texts.subject.endswith(nothing if code in PROMISED else brief)


@pytest.mark.parametrize("number", [1, 3])
def test_what_could_not_be_looked_at_is_told_and_not_called_new(make: Make, number: int) -> None:
    """A mail that comes for it alone names it, with the number that the mail ends with."""
    findings = tuple(
        make.finding(
            "share-unreadable", severity="warning", owner="administrator",
            subject=f"sky{n}.example.net/T", hint=make.reason("next-run-looks-again"),
            args={"share": f"sky{n}.example.net/T", "name": f"Boks {n}"},
        )
        for n in range(number)
    )  # fmt: skip
    manifest = make.manifest((make.row("A"),), findings=findings)
    texts = write(manifest, replace(NOTHING, new=findings))
    count = "" if number == 1 else "3 kunne ikke kontrolleres – "
    assert texts.subject == f"Håndbogen: {count}»Boks 0« kunne ikke læses"
    heading = f"{number} punkt{'' if number == 1 else 'er'} kunne ikke kontrolleres."
    assert texts.text.startswith(f"{heading}\n\nDu skal ikke gøre noget i dag.\n")
    assert f"\n    {number} kunne ikke kontrolleres\n" in texts.text
    assert "\n* Boks 0 – Kunne ikke læses\n" in texts.text


def test_the_heading_says_the_state_once(make: Make) -> None:
    """Beside what is new only what waits, and a week without news in one line."""
    manifest, news = make_night(make, new=1, old=2)
    assert write(manifest, news).text.startswith("1 nyt punkt.\n\n2 punkter venter fra før.\n\nNyt")
    manifest, news = make_night(make, new=2, old=0)
    assert write(manifest, news).text.startswith("2 nye punkter.\n\nNyt")
    manifest, _ = make_night(make, new=0, old=2)
    weekly = write(manifest, NOTHING, weekly=True)
    assert weekly.text.startswith("Intet nyt. 2 punkter venter.\n\nDet har ventet længst")


def test_a_finding_of_another_version_can_be_the_news(make: Make) -> None:
    """Its code stands for it."""
    finding = make.finding("odd-code", subject="Vedtægter")
    texts = write(make.manifest(findings=(finding,)), replace(NOTHING, new=(finding,)))
    assert texts.subject == "Håndbogen: 1 ny – »Vedtægter«: odd-code"


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("lang", list(Lang))
def test_a_subject_is_one_short_line(make: Make, name: str, lang: Lang) -> None:
    """Whatever a name holds; what was counted is always there."""
    manifest, news = make_night(make, new=1, fixed=1, name=name)
    for told, start in (
        (news, {"da": "Håndbogen: 1 ny, 1 løst", "en": "Handbook: 1 new, 1 solved"}),
        (replace(news, new=()), {"da": "Håndbogen: 1 løst", "en": "Handbook: 1 solved"}),
    ):
        subject = write(manifest, told, lang).subject
        assert subject.startswith(start[lang])
        assert len(subject) <= MAX_SUBJECT
        assert subject.splitlines() == [subject] == [subject.strip()]
        # The joiner of an emoji is no control character.
        assert {unicodedata.category(one) for one in subject if one != "\u200d"}.isdisjoint(
            {"Cc", "Cf", "Cs", "Zl", "Zp"}
        )


def test_a_long_name_is_cut_between_words(make: Make) -> None:
    """So much of it is there that people know it."""
    name = "Vejledning til udarbejdelse af kommunens databehandleraftaler og bilag"
    manifest, news = make_night(make, new=1, name=name)
    texts = write(manifest, news)
    assert texts.subject == "Håndbogen: 1 ny – »Vejledning til udarbejdelse af kommunens…« mangler"
    assert name in " ".join(texts.text.split())


def test_a_first_mail_shows_where_to_begin(make: Make) -> None:
    """Nothing is told apart as new; the worst comes first, and the rest is counted."""
    manifest, _ = make_night(make, old=12)
    texts = write(manifest, replace(NOTHING, first=True))
    assert texts.subject == "Håndbogen: første mail – 12 punkter at se på"
    assert "\nDet vigtigste først\n" in texts.text
    assert texts.text.count("– Mangler\n") == 8
    assert "Og der er 4 andre punkter, som står i rapporten." in texts.text
    assert "\nNyt\n" not in texts.text


def test_a_good_day_says_that_nothing_is_to_do(make: Make) -> None:
    """In the first line; also after what was solved."""
    manifest = make.manifest((make.row("Vedtægter"),))
    texts = write(manifest, NOTHING, weekly=True)
    assert texts.subject == "Håndbogen: intet at gøre"
    assert texts.text.startswith(
        "Du skal ikke gøre noget i dag.\n\n1 ressource: 1 på plads.\n\nI alt lige nu"
    )
    noted = make.manifest(findings=(make.finding("page-empty", severity="info", subject="a.md"),))
    assert write(noted, NOTHING, weekly=True).subject == "Håndbogen: intet at gøre"


def test_an_incomplete_night_says_why(make: Make) -> None:
    """It is told as such, and never reads as all well."""
    because = (make.reason("server-not-reached", share="sky.example.net/T1"),)
    run = make.run(complete=False, incomplete_because=because)
    manifest = make.manifest(run=run)
    texts = write(manifest, replace(NOTHING, completeness=True))
    assert texts.subject == "Håndbogen: delvis kontrol – sky.example.net: Serveren kunne ikke nås"
    assert texts.text.startswith("Kontrollen kunne ikke se det hele.\n\nRapporten gælder kun")
    assert "* sky.example.net: Serveren kunne ikke nås.\n" in texts.text
    assert "på plads" not in texts.text
    weekly = write(manifest, NOTHING, weekly=True)
    assert "på plads" not in weekly.subject + weekly.text
    english = write(manifest, replace(NOTHING, completeness=True), Lang.EN)
    assert english.subject == "Handbook: partial check – sky.example.net: The server could not be…"


def test_that_it_is_complete_again_is_the_news(make: Make) -> None:
    """With what is open."""
    manifest, _ = make_night(make, old=2)
    texts = write(manifest, replace(NOTHING, completeness=True))
    assert texts.subject == "Håndbogen: fuld kontrol igen – 2 punkter at se på"
    assert texts.text.startswith("Kontrollen blev færdig igen.\n")


def test_that_the_rules_have_changed_is_the_news(make: Make) -> None:
    """With how much is judged differently; the report's own line says it once more."""
    changes = ChangesRecord(since=make.now - DAY, rules_changed=True, judged_differently=14)
    texts = write(make.manifest(changes=changes), replace(NOTHING, rules=True))
    assert texts.subject == "Håndbogen: kontrollen er opdateret – 14 punkter vurderes anderledes"
    assert texts.text.startswith("Kontrollen er opdateret.\n")
    assert texts.text.count("14 punkter vurderes nu anderledes") == 1


def test_a_notice_that_failed_is_news(make: Make) -> None:
    """Whoever still gets mails learns that another channel is dead."""
    finding = make.finding(
        "notice-failed", severity="warning", owner="administrator", subject="webhook",
        args={"channel": "webhook", "since": "2026-11-21T02:15:00+00:00",
              "why": "notice-not-accepted"},
    )  # fmt: skip
    manifest = make.manifest(findings=(finding,))
    texts = write(manifest, replace(NOTHING, new=(finding,)))
    assert texts.subject == "Håndbogen: 1 ny – kontrollens besked (webhook) kom ikke frem"
    assert "Administratoren: Prøv indstillingerne" in texts.text


def test_a_quiet_week_ends_with_what_has_waited_longest(make: Make) -> None:
    """The oldest first, with its age; what is only promised comes last."""
    names = ("Ny", "Gammel", "Lovet", "Ældst")
    rows = [make.row(name, "planned" if name == "Lovet" else "missing") for name in names]
    ages = (3, 40, 400, 90)
    findings = tuple(
        make.finding(
            "resource-planned" if row.todo else "resource-missing", row,
            severity="warning" if row.todo else "error",
            first_seen_at=make.now - age * DAY, runs=age,
        )
        for row, age in zip(rows, ages, strict=True)
    )  # fmt: skip
    texts = write(make.manifest(tuple(rows), findings=findings), NOTHING, weekly=True)
    assert texts.subject == "Håndbogen: 3 venter – længst »Ældst« mangler"
    shown = re.findall(r"^\* (\w+) –", texts.text, re.MULTILINE)
    assert shown == ["Ældst", "Gammel", "Ny", "Lovet"]
    assert "Siden 25. august 2026" in texts.text
    english = write(make.manifest(tuple(rows), findings=findings), NOTHING, Lang.EN, weekly=True)
    assert english.subject == "Handbook: 3 waiting – longest “Ældst” is missing"


def test_updated_documents_are_named(make: Make) -> None:
    """As the report names them."""
    states = [FileStateRecord(path="Aftale.docx", size_bytes=n, modified_at=None) for n in (1, 2)]
    changed = ChangedRecord(share=make.share_id, file_id=1, before=states[0], after=states[1])
    changes = ChangesRecord(since=make.now - DAY, changed=(changed,))
    texts = write(make.manifest(changes=changes), replace(NOTHING, completeness=True))
    assert "* »Aftale.docx«, 2 B" in texts.text


def test_who_has_to_do_something(make: Make) -> None:
    """Each action has its owner, and each owner a number."""
    manifest, news = make_night(make, new=1, old=2)
    texts = write(manifest, news)
    assert "\n  Sekretariatet: Læg dokumentet i" in texts.text
    assert "\n    3 for sekretariatet\n    0 for håndbogens redaktør\n" in texts.text


@pytest.mark.parametrize("name", NAMES)
def test_the_numbers_add_up(name: str) -> None:
    """What each reader has is all that is to be done; what was not seen is beside it, or above.

    An incomplete run says how much of the handbook that is, which is another number.
    """
    manifest = read_manifest(name)
    texts = write(manifest, replace(NOTHING, first=True))
    listed = texts.text.partition("\nI alt lige nu\n")[2].partition("\n\n")[0].splitlines()
    assert len(listed) in (3, 4)
    counts = count_all(manifest)
    numbers = [int(line.split()[0]) for line in listed]
    assert sum(numbers[:3]) == counts.to_do
    unseen = counts.of(SectionKey.UNSEEN) if manifest.run.complete else 0
    assert numbers[3:] == [unseen] * bool(unseen)
    counted = re.search(r"(\d+) punkt", texts.subject)
    assert counted is None or int(counted[1]) == counts.to_do


def read_body(page: str) -> list[str]:
    """Return the words of the HTML part, in order."""
    document: Any = lxml_html.document_fromstring(page)
    (body,) = document.xpath("//body")
    for comment in body.xpath("//comment()"):
        comment.drop_tree()
    parts = (text.strip("\n") for text in body.itertext())
    return " ".join(parts).split()


def read_text(text: str) -> list[str]:
    """Return the words of the text part, without what draws its lists and its button."""
    plain = re.sub(r"^(\* |-+$)", "", text, flags=re.MULTILINE)
    return plain.replace(f":\n{URL}", "").split()


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("weekly", [False, True])
@pytest.mark.parametrize("night", [{"new": 12, "fixed": 9, "old": 3}, {"old": 30}, {}])
def test_both_parts_say_the_same(make: Make, lang: Lang, night: Any, *, weekly: bool) -> None:
    """Word for word, in one order."""
    manifest, news = make_night(make, **night)
    texts = write(manifest, news, lang, weekly=weekly)
    assert read_text(texts.text) == read_body(texts.html)
    assert len(read_text(texts.text)) > 20


@pytest.mark.parametrize("name", [*HOSTILE, "Et navn"])
def test_every_mail_program_can_show_it(make: Make, name: str) -> None:
    """Only tags, attributes and styles that Word draws; nothing is fetched, no name is markup."""
    manifest, news = make_night(make, new=3, fixed=2, old=1, name=name)
    page: Any = lxml_html.document_fromstring(write(manifest, news).html)
    elements = [one for one in page.iter() if isinstance(one.tag, str)]
    assert {one.tag for one in elements} == TAGS
    assert {attribute for one in elements for attribute in one.attrib} <= ATTRIBUTES
    assert page.xpath("//@href") == [URL]
    styles = ";".join(page.xpath("//@style"))
    pairs = [style.split(":", 1) for style in styles.split(";") if style]
    assert {name for name, _ in pairs} <= DRAWN | IGNORED
    values = " ".join(value for _, value in pairs)
    assert re.fullmatch(r"[\w #%,'.-]*", values)
    comments = [comment.text for comment in page.iter() if not isinstance(comment.tag, str)]
    assert [text[:9] for text in comments] == ["[if mso]>", "[if mso]>"]


def test_it_is_read_without_its_style_sheet(make: Make) -> None:
    """The sheet only changes colours on a dark screen: every text has its own beside it."""
    manifest, news = make_night(make, new=1, fixed=1)
    page: Any = lxml_html.document_fromstring(write(manifest, news).html)
    (sheet,) = page.xpath("//style/text()")
    media, _, rules = sheet.partition("{")
    assert media.split() == ["@media", "(prefers-color-scheme:", "dark)"]
    assert set(re.findall(r"[{;]\s*([a-z-]+):", rules)) == {"color", "background-color"}
    dark = set(re.findall(r"\.(\w+)", rules))
    assert set(page.xpath("//@class")) <= dark
    for cell in page.xpath("//td[p or h1 or h2]"):
        assert {"color", "font-family", "font-size"} <= {
            style.partition(":")[0] for style in cell.get("style").split(";")
        }


def test_outlook_gets_a_width(make: Make) -> None:
    """It ignores `max-width`: a table around the card has one, for it alone."""
    page = write(*make_night(make, new=1)).html
    assert page.count("<!--[if mso]>") == page.count("<![endif]-->") == 2
    assert '<!--[if mso]><table role="presentation" width="600"' in page


def test_no_word_and_no_address_is_broken(make: Make) -> None:
    """Lines have 72 columns, unless one word is longer."""
    long = "Personoplysningsbehandlingsaftaleskabelonvejledning"
    link = (
        "https://boks.example.dk/s/Ab12Cd34?dir=/Skabeloner/Kommissorier&path=/Skabeloner/Kom-mis"
    )
    row = make.row(f"{long} {long} {long}", "elsewhere")
    finding = make.finding("resource-elsewhere", row, hint=make.reason("moved-to", url=link))
    texts = write(make.manifest((row,), findings=(finding,)), replace(NOTHING, new=(finding,)))
    lines = texts.text.splitlines()
    assert lines
    assert all(len(line) <= 72 or len(line.split()) == 1 for line in lines)
    assert texts.text.count(long) >= 2


def test_without_an_address_there_is_no_button(make: Make) -> None:
    """Where the report can be read is a setting."""
    manifest, news = make_night(make, new=1)
    texts = render_mail(digest_run(manifest, news, lang=Lang.DA), report_url=None)
    assert "href" not in texts.html
    assert "Åbn rapporten" not in texts.html + texts.text


@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_bounded(make: Make, name: str) -> None:
    """A mail names few items, and of a long text only its beginning."""
    manifest, news = make_night(make, new=400, fixed=400, name=name * 9)
    texts = write(manifest, news)
    assert len(texts.text) < 20_000
    assert texts.text.count("\n* ") <= 16
