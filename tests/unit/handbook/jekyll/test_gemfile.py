"""The plugins that a `Gemfile` puts into a build."""

from __future__ import annotations

import pytest

from syncer.handbook.jekyll.config import read_config
from syncer.handbook.jekyll.gemfile import find_plugins


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", set()),
        ('gem "jekyll", "~> 4.3"\ngem "just-the-docs"\n', set()),
        ('group :jekyll_plugins do\n  gem "a-b"\n  gem \'c\', "1"\nend\ngem "d"\n', {"a-b", "c"}),
        ("group :test, :jekyll_plugins do\n  # gem 'x'\n  gem('a') # b\nend\n", {"a"}),
        ('group :jekyll_plugins do\n  if true\n    gem "a"\n  end\n  gem "b"\nend\n', {"a", "b"}),
        ('platforms :ruby do |x|\n  gem "a"\nend\nend\ngem "b"\n', set()),
        ('gem "a", group: :jekyll_plugins\ngem "b", :group => [:test]\n', {"a"}),
        ('#group :jekyll_plugins do\ngem "a"\n', set()),
        ('gem "a", # en\n  "1",\n  group: :jekyll_plugins\ngem "b"\n', {"a"}),
        ("group :test,\n  'jekyll_plugins' do\n  gem 'a'\nend\ngem 'b'\n", {"a"}),
        ('gem "a", group: "jekyll_plugins"\ngem "b"\n', {"a"}),
    ],
)
def test_gems_of_the_group_are_plugins(text: str, expected: set[str]) -> None:
    """As a block, or as an option of one gem; not what stands in other groups or comments."""
    assert find_plugins(text) == expected


def test_what_adds_nothing_to_a_site_is_no_plugin() -> None:
    """People put Jekyll, its server and what Ruby needs into the group, too."""
    text = 'group :jekyll_plugins do\n  gem "jekyll"\n  gem "webrick"\n  gem "a"\nend\n'
    assert find_plugins(text) == {"a"}


def test_github_pages_turns_its_own_plugins_on() -> None:
    """The gem stands for the plugins that GitHub gives every site."""
    config = read_config(None, 'gem "github-pages", "~> 231", group: :jekyll_plugins\n')
    assert config.relative_links is not None
    assert config.optional_front_matter
    assert "github-pages" not in config.plugins
