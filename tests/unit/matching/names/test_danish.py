"""Danish words: folding, inflection, compounds, slips."""

from __future__ import annotations

import pytest

from syncer.matching.names.danish import Lexicon, fold
from syncer.matching.names.typing_errors import differs_by_doubling, differs_by_typing, slips_of
from syncer.matching.names.vocabulary import DEFAULT_VOCABULARY


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    """Build the default lexicon once."""
    return Lexicon(DEFAULT_VOCABULARY)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ÅRSREGNSKAB", "aarsregnskab"),
        ("A\u030arsregnskab", "aarsregnskab"),
        ("Leverandør", "leverandoer"),
        ("Café", "cafe"),
        ("Ærø", "aeroe"),
        ("naïve Ångström", "naive aangstroem"),
        ("PLAIN", "plain"),
        ("日本", "日本"),
    ],
)
def test_fold_makes_spellings_equal(text: str, folded: str) -> None:
    """Case, Unicode form, spelling of æ/ø/å and accents do not matter."""
    assert fold(text) == folded


@pytest.mark.parametrize(
    "forms",
    [
        "aftale aftalen aftaler aftalerne aftales",
        "kommissorium kommissoriet kommissorier kommissorierne",
        "budget budgettet budgetter budgetterne budgets",
        "proces processen processer processerne",
        "bestyrelse bestyrelsen bestyrelsens bestyrelser",
        "samarbejde samarbejds samarbejdet samarbejder",
        "håndbog håndbogen håndbøger",
        "center centret centre",
        "regel regler reglerne",
        "vedtægt vedtægter vedtægterne",
        "museum museet museer",
        "bruger brugeren brugerens brugere brugerne brugernes",
        "superbruger superbrugeren superbrugerne",
        "indkøber indkøberen indkøbere",
        "pligt pligten pligter",
        "oversigt oversigten oversigter",
        "brønd brønden brønde",
        "løn lønnen",
        "skema skemaet skemaer skemaerne",
        "konto kontoen kontoens kontoer kontoers kontoerne kontoernes",
        "sekretær sekretæren sekretærer",
        "samarbejdsaftale samarbejdsaftaler samarbejdsaftalerne",
        "kodeks kodex",
        "eksportaftale exportaftale",
        "boks box",
        "billede billeder billederne",
    ],
)
def test_stem_unites_forms(lexicon: Lexicon, forms: str) -> None:
    """All inflected forms of a word have one stem."""
    assert len({lexicon.stem(fold(form)) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("leder", "ledelse"),
        ("godkender", "godkendelse"),
        ("bestyrer", "bestyrelse"),
        ("ansøger", "ansøgning"),
        ("medlem", "medlemskab"),
        ("politik", "politisk"),
        ("leverandør", "leverance"),
        ("sikker", "sikkerhed"),
        ("bruger", "brugen"),
        ("lejer", "lejen"),
        ("indkøber", "indkøb"),
        ("superbrugerne", "superbrugen"),
    ],
)
def test_stem_keeps_derivations_apart(lexicon: Lexicon, one: str, other: str) -> None:
    """A derived word has another stem."""
    assert lexicon.stem(fold(one)) != lexicon.stem(fold(other))


def test_knows_compounds_of_known_words(lexicon: Lexicon) -> None:
    """A compound of known words is known, a misspelled one is not."""
    assert lexicon.knows("produktbeskrivelse")
    assert lexicon.knows("samarbejdsaftalen")
    assert not lexicon.knows("produktbeskirvelse")
    assert not lexicon.knows("kommunikationsssstrategi")
    assert lexicon.knows("kompetenceplan")
    assert lexicon.knows("kompetencerne")
    assert not lexicon.knows("kompetencplan")


def test_split_before_the_last_known_word(lexicon: Lexicon) -> None:
    """A compound is split before its head; a word without a known head is not split."""
    assert lexicon.split("projektsamarbejder") == ("projekt", "samarbejder")
    assert lexicon.split("xyzzyq") is None


def test_lemma_is_the_dictionary_form(lexicon: Lexicon) -> None:
    """An inflected form has the vocabulary's form as its lemma, an unknown word none."""
    assert lexicon.lemma("drifts") == "drift"
    assert lexicon.lemma("xyzzyq") is None


@pytest.mark.parametrize(
    ("word", "plural"),
    [
        ("skabeloner", True),
        ("vejledningerne", True),
        ("nyhedsbreve", True),
        ("vedtaegter", False),
        ("kalender", False),
        ("moedekalender", False),
        ("partner", False),
        ("partnere", True),
        ("brugeren", False),
        ("brugernes", True),
        ("aftale", False),
    ],
)
def test_is_plural(lexicon: Lexicon, word: str, plural: bool) -> None:
    """Words that only end like a plural, and plurals of one document, are no plurals."""
    assert lexicon.is_plural(word) is plural


def test_joins_with_joining_letters(lexicon: Lexicon) -> None:
    """A compound consists of its parts, with or without joining letters."""
    assert lexicon.joins("samarbejdsaftale", "samarbejds", "aftale")
    assert lexicon.joins("samarbejdsaftalen", "samarbejde", "aftaler")
    assert not lexicon.joins("samarbejdsaftale", "drift", "aftale")
    assert not lexicon.joins("aftale", "samarbejds", "aftale")
    assert lexicon.joins("brugervejledning", "brugere", "vejledning")
    assert not lexicon.joins("brugervejledning", "brugen", "vejledning")


@pytest.mark.parametrize(
    ("part", "word", "same"),
    [
        ("samarbejds", "samarbejde", True),
        ("boerne", "boern", True),
        ("boernes", "boern", True),
        ("boernen", "boern", True),
        ("regels", "regel", True),
        ("boernet", "boern", False),
        ("samarbejd", "samvaer", False),
        ("leder", "led", False),
    ],
)
def test_the_first_part_is_the_word_with_joining_letters(
    lexicon: Lexicon, part: str, word: str, same: bool
) -> None:
    """No other ending joins, and a part that names who does it is no other word."""
    assert lexicon.is_first_part(part, word) is same


def test_strip_joint(lexicon: Lexicon) -> None:
    """The joining s is removed, a word's own s stays."""
    assert lexicon.strip_joint("drifts") == "drift"
    assert lexicon.strip_joint("kursus") == "kursus"
    assert lexicon.strip_joint("gas") == "gas"


def test_differs_by_joining(lexicon: Lexicon) -> None:
    """A missing joining letter makes no other word; another letter may."""
    assert lexicon.differs_by_joining("samarbejdaftale", "samarbejdsaftale")
    assert lexicon.differs_by_joining("landaftale", "landesaftale")
    assert not lexicon.differs_by_joining("landaftale", "landenaftale")
    assert not lexicon.differs_by_joining("salgsaftale", "valgsaftale")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tilslutningsaftale", "tilslutingsaftale"),
        ("partneraftale", "partneraftlae"),
        ("kommissorium", "kommisorium"),
        ("indkoebspolitik", "inkoebspolitik"),
        ("leverandoerpartneraftale", "leverandrpartnerafttale"),
    ],
)
def test_slips_are_slips(one: str, other: str) -> None:
    """One letter missing, doubled, wrong or swapped is a slip, two in a long word."""
    assert differs_by_typing(one, other)
    assert differs_by_typing(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("loen", "laan"),
        ("aftale", "omtale"),
        ("projektbeskrivelse", "produktbeskrivelse"),
        ("ansaettelse", "afsaettelse"),
        ("tiltraedelse", "fratraedelse"),
        ("udbud", "tilbud"),
        ("rapport2", "rapport3"),
        ("budget", "budget"),
        ("aftale", "leverandoeraftale"),
        ("arkaeolog", "arkaeologi"),
    ],
)
def test_other_words_are_no_slips(one: str, other: str) -> None:
    """Short words, another first letter, syllable, prefix or digit make another word."""
    assert not differs_by_typing(one, other)


def test_doubling() -> None:
    """Doubled letters make no other word when the word is long."""
    assert differs_by_doubling("forettningsorden", "forretningsorden")
    assert differs_by_doubling("rammearkitektur", "ramearkitektur")
    assert not differs_by_doubling("ramme", "rame")
    assert not differs_by_doubling("rammearkitektur", "ramxmearkitektur")
    assert not differs_by_doubling("rammearkitektur", "rammearkitektur")


def test_the_part_in_which_compounds_differ_decides(lexicon: Lexicon) -> None:
    """A short first part makes another word unless letters are swapped or lack dots."""
    assert lexicon.measure_differing_part("havneplan", "haveplan") == 5
    assert lexicon.measure_differing_part("tidsplan", "tilsplan") == 4
    assert lexicon.measure_differing_part("kantineaftale", "kanineaftale") == 6
    assert lexicon.measure_differing_part("kommunikationsplan", "komunikationsplan") >= 11
    for one, other in (("aarsplan", "arsplan"), ("havneplan", "hanveplan"), ("havneplan", "drift")):
        assert lexicon.measure_differing_part(one, other) == 99


def test_a_document_that_ends_like_a_compound_is_one_word(lexicon: Lexicon) -> None:
    """A slip anywhere in such a word is a slip, because it has no parts."""
    assert lexicon.measure_differing_part("fuldmagt", "fulmagt") == 99
    assert lexicon.measure_differing_part("checkliste", "chekliste") == 99


def test_slips_of_a_word() -> None:
    """The slips have one letter missing, doubled, wrong or swapped, never the first."""
    slips = slips_of("skabelon")
    assert slips >= {"skabelo", "skabbelon", "skabelonn", "skabelpn", "sakbelon", "skabelno"}
    assert slips.isdisjoint({"skabelon", "sskabelon"})
    assert {slip[0] for slip in slips} == {"s"}
