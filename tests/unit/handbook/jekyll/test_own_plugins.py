"""What a site's own Ruby may make: nothing for filters and tags, anything for the rest."""

from __future__ import annotations

import pytest

from syncer.model.links import LinkStatus
from tests.unit.handbook.jekyll.test_built_parts import HEAD, judge, make_site

FILTER = """\
# A Generator is not meant here.
module Jekyll
  module Pynt
    def pynt(text)
      text.upcase
    end
  end
end
Liquid::Template.register_filter(Jekyll::Pynt)
"""
TAG = """\
class Boks < Liquid::Tag
  def render(_context)
    "<b>x</b>"
  end
end
Liquid::Template.register_tag("boks", Boks)
"""
GENERATOR = "class Sider < Jekyll::Generator\n  def generate(site)\n  end\nend\n"
HOOK = "Jekyll::Hooks.register(:site, :post_write) { |site| }\n"
PATCH = "module Jekyll\n  class URL\n    def to_s; end\n  end\nend\n" + FILTER


@pytest.mark.parametrize("text", [FILTER, TAG])
def test_filters_and_tags_make_no_pages(text: str) -> None:
    """An absent page is absent, and ids are known where they are not used."""
    site = make_site({"_plugins/a.rb": text})
    assert judge(site, "[x](/nej)").status is LinkStatus.BROKEN
    assert judge(site, "[x](/#nej)").status is LinkStatus.BROKEN


@pytest.mark.parametrize("text", [GENERATOR, HOOK, PATCH, "", "puts 1\n"])
def test_other_ruby_may_make_any_page(text: str) -> None:
    """Generators, hooks, changes of Jekyll, and what registers nothing."""
    verdict = judge(make_site({"_plugins/a.rb": text}), "[x](/nej)")
    assert verdict.status is LinkStatus.UNCHECKED


def test_the_plugin_to_blame_is_named() -> None:
    """The one that makes pages, before those that come first in the alphabet."""
    files = {"_plugins/a.rb": FILTER, "_plugins/b.rb": "puts 1\n", "_plugins/c.rb": GENERATOR}
    site = make_site(files, "plugins: [aaa-ukendt]\n")
    reason = judge(site, "[x](/nej)").reason
    assert reason is not None
    assert reason.args == {"plugin": "_plugins/c.rb"}


@pytest.mark.parametrize("where", ["a.md", "_layouts/l.html"])
def test_a_filter_of_their_own_may_add_ids_where_it_is_used(where: str) -> None:
    """On the page, or in a layout on its content."""
    files = {
        "_plugins/a.rb": FILTER,
        "_layouts/l.html": "{{ content }}\n",
        "a.md": "---\nlayout: l\n---\n# A\n",
    }
    site = make_site({**files, where: files[where] + "{{ content | pynt }}\n"})
    assert judge(site, "[x](/a.html#nej)").status is LinkStatus.UNCHECKED
    assert judge(make_site(files), "[x](/a.html#nej)").status is LinkStatus.BROKEN


@pytest.mark.parametrize("gem", ["sass-embedded", "jekyll-theme-minimal", "mit-tema"])
def test_tools_and_themes_are_no_plugins(gem: str) -> None:
    """A theme has files, below `assets/`, and no code."""
    gemfile = f'gem "{gem}", group: :jekyll_plugins\n'
    site = make_site({"a.md": HEAD}, "theme: mit-tema\n", gemfile=gemfile)
    assert judge(site, "[x](/nej)").status is LinkStatus.BROKEN
    other = make_site({"a.md": HEAD}, gemfile='gem "ukendt", group: :jekyll_plugins\n')
    assert judge(other, "[x](/nej)").status is LinkStatus.UNCHECKED


def test_archives_make_their_own_addresses_only() -> None:
    """Years, tags and categories of jekyll-archives, or where the settings put them."""
    site = make_site({}, "plugins: [jekyll-archives]\n")
    named = make_site(
        {}, "plugins: [jekyll-archives]\njekyll-archives: {permalinks: {tag: '/om/:name/'}}\n"
    )
    assert judge(site, "[x](/tag/jura/)").status is LinkStatus.UNCHECKED
    assert judge(site, "[x](/docs/jura/mere/nej)").status is LinkStatus.BROKEN
    assert judge(named, "[x](/om/jura/)").status is LinkStatus.UNCHECKED
    assert judge(named, "[x](/tag/jura/)").status is LinkStatus.BROKEN
