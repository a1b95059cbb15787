"""Whatever stands in a link, the site answers, and what it suggests is there."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from syncer.handbook.jekyll.check import Site, build_site
from syncer.model.handbook import Handbook, LinkSyntax, PageLink, PageText, ParsedPage, SourceSpan
from syncer.model.links import LinkStatus, LinkVerdict
from tests.property.reached import at_least, reached

PATHS = (
    "index.md",
    "docs/bilag.md",
    "docs/processer/index.md",
    "docs/processer/side å.md",
    "docs/a b/kort.md",
    "docs/x.y.md",
)
FILES = (*PATHS, "docs/raa.txt", "assets/logo.svg", "docs/bilag")
PARTS = st.sampled_from(
    [
        *("/", "//", "..", ".", "docs", "bilag", "Bilag", "processer", "index", "side å", "x.y"),
        *(".html", ".md", "%20", "%C3%A5", "%ff", "#", "#jura", "#Jura", "#top", "?", "\\", " "),
        *("kort", "raa.txt", "logo.svg", "https://h.example", "//h.example", "{{", "}}", "b"),
        *("{% link docs/bilag.md %}", "{{ site.baseurl }}", "www.", "@", ":", "æ", "\n"),
    ]
)
GOOD = ("bilag.html", "/docs/bilag.html#jura", "raa.txt", "/", "/docs/x.y.html", "#afsnit")
URLS = st.one_of(
    st.sampled_from(GOOD), st.lists(PARTS, max_size=6).map("".join), st.text(max_size=30)
)
SETTINGS = st.sampled_from(
    [
        "",
        "permalink: pretty\n",
        "permalink: /x/:title\n",
        "baseurl: /b\n",
        "plugins: [jekyll-relative-links]\n",
        "exclude: [docs/processer]\n",
    ]
)


def make_site(config: str) -> Site:
    """Build a site of a few pages, each with the ids `jura` and `afsnit`."""
    texts = dict.fromkeys(PATHS, "---\ntitle: x\n---\n# Jura\n")
    handbook = Handbook(
        source="test",
        revision=None,
        stale=None,
        pages=tuple(PageText(path, text) for path, text in texts.items()),
        unreadable=(),
        files=tuple(sorted(FILES)),
        config=config,
    )
    ids = frozenset({"jura", "afsnit"})
    pages = {path: ParsedPage(path, {}, (), ids, (), (), (), empty=False) for path in texts}
    return build_site(handbook, pages, site_url="https://h.example/b" if "/b" in config else None)


def check(site: Site, url: str, page: str, syntax: LinkSyntax) -> LinkVerdict | None:
    """Return the verdict on a link."""
    return site.check(PageLink(url, "x", syntax, SourceSpan(page, 4, 1, 4, 2), None))


@at_least(judged=10, ok=3, broken=5, suggested=3)
@given(SETTINGS, URLS, st.sampled_from([*PATHS, "andet.md"]), st.sampled_from(LinkSyntax))
def test_every_target_has_an_answer_and_every_hint_works(
    config: str, url: str, page: str, syntax: LinkSyntax
) -> None:
    """No target raises; no verdict but OK lacks a reason; a suggested address is not broken."""
    site = make_site(config)
    verdict = check(site, url, page, syntax)
    if verdict is None:
        return
    assert (verdict.status is LinkStatus.OK) == (verdict.reason is None)
    assert verdict.reason is not None or verdict.hint is None
    reached("judged")
    reached("ok", verdict.status is LinkStatus.OK)
    reached("broken", verdict.status is LinkStatus.BROKEN)
    if verdict.hint is None or verdict.hint.code != "link-use":
        return
    assert verdict.reason is not None
    if verdict.reason.code in ("link-scheme-missing", "link-mailto-missing"):
        return
    suggested = check(site, str(verdict.hint.args["url"]), page, LinkSyntax.LINK)
    assert suggested is not None
    assert suggested.status in (LinkStatus.OK, LinkStatus.REDIRECTED)
    reached("suggested")
