"""The keys of `_config.yml` that decide the addresses of a site, as Jekyll 4.3 reads them.

All other keys belong to the theme or a plugin and are stored only for `{{ site.key }}`. A key of
the wrong type counts as not set; of those that move pages the site is unknown (`find_unknown`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from zoneinfo import ZoneInfo

import yaml

from syncer.handbook.jekyll.config_yaml import find_unknown, is_true, load_settings
from syncer.handbook.jekyll.front_defaults import DefaultSet
from syncer.handbook.jekyll.gemfile import KNOWN_PLUGINS, NOT_ON_GITHUB, find_plugins
from syncer.handbook.kramdown.options import DEFAULT_EXTENSIONS, KramdownOptions, write_as_ruby
from syncer.handbook.ruby_globs import take_too_long
from syncer.model.handbook import Handbook, UnreadablePage
from syncer.model.reason import Reason

DEFAULT_EXCLUDE = (
    *(".sass-cache", ".jekyll-cache", "gemfiles", "Gemfile", "Gemfile.lock", "node_modules"),
    *("vendor/bundle/", "vendor/cache/", "vendor/gems/", "vendor/ruby/"),
)
DEFAULT_INCLUDE = (".htaccess",)

_GITHUB_THEMES = ("jekyll-theme-", "minima")
_GITHUB_GEMFILE = 'gem "github-pages", group: :jekyll_plugins'

SETTINGS_FILES = ("_config.yml", "_config.yaml", "_config.toml")
"""Where the settings of a site are; of TOML only that it is there."""
# What a file assigns lasts in the page that includes it; the name of a loop does not.
_RENAMING = re.compile(r"""\{%[^{}%]*?\b(?:assign|capture)\s+['"]?(page|site)\b""")
_UNREADABLE = Reason("site-config-unreadable")
# Every file is compared with every pattern and default.
_MAX_CHARACTERS = 262_144
_MAX_ENTRIES = 500
_MAX_DEFAULT = 1_000
_TYPE_ALIASES = {"page": "pages", "post": "posts", "draft": "drafts"}


@dataclass(frozen=True, slots=True)
class DocCollection:
    """A collection: the files of the folder `_label`, and whether and where they are written."""

    label: str
    output: bool
    permalink: str | None


@dataclass(frozen=True, slots=True)
class RelativeLinks:
    """Settings of the plugin jekyll-relative-links."""

    collections: bool
    exclude: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadmeIndex:
    """Settings of the plugin jekyll-readme-index."""

    remove_originals: bool
    with_front_matter: bool


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """The settings that decide addresses.

    Attributes:
        base_path: `baseurl` with a slash at its start and none at its end; "" when not set.
        url: without a slash at its end; "" when not set.
        permalink: a style (`date`, `pretty`, `none`, `ordinal`, `weekdate`) or a template.
        include, exclude: patterns as written, with Jekyll's own defaults.
        collections: `posts` first, then by label.
        collections_dir: the folder of the collections, "" for the root.
        defaults: in the order of the file.
        markdown_extensions: lower case, with the dot.
        plugins: names as written, with those of the `Gemfile`.
        plugin_folders: folders with plugins in Ruby, each with a slash at its end.
        keep_files: files and folders of the built site that Jekyll does not delete.
        theme: name of the theme, without owner and version; None without one.
        relative_links: None when the plugin is off.
        optional_front_matter: whether that plugin is on.
        remove_originals: whether that plugin does not also copy the files that it renders.
        redirects: whether jekyll-redirect-from is on.
        readme_index: None when jekyll-readme-index is off.
        strip_title: whether jekyll-titles-from-headings removes a page's first heading by default;
            None when the plugin is off.
        github_pages: whether GitHub Pages builds the site, with Jekyll 3 and its own plugins.
        timezone: of the build, None for the machine's own.
        future: whether documents dated in the future are built too.
        unpublished: whether pages with `published: false` are built too.
        kramdown: options of the Markdown converter.
        foreign_markdown: settings by which pages are not read by the rules of kramdown's unchanged
            GFM parser, which are ours; () for those.
        values: the whole file, for `{{ site.key }}`.
        renamed: names (`page`, `site`) that an included file may give another meaning.
        problem: why the file could not be understood; None when it could.
    """

    base_path: str = ""
    url: str = ""
    permalink: str = "date"
    include: tuple[str, ...] = DEFAULT_INCLUDE
    exclude: tuple[str, ...] = DEFAULT_EXCLUDE
    collections: tuple[DocCollection, ...] = (DocCollection("posts", output=True, permalink=None),)
    collections_dir: str = ""
    defaults: tuple[DefaultSet, ...] = ()
    markdown_extensions: frozenset[str] = DEFAULT_EXTENSIONS
    plugins: frozenset[str] = frozenset()
    plugin_folders: tuple[str, ...] = ("_plugins/",)
    keep_files: tuple[str, ...] = ()
    theme: str | None = None
    relative_links: RelativeLinks | None = None
    optional_front_matter: bool = False
    remove_originals: bool = False
    redirects: bool = False
    readme_index: ReadmeIndex | None = None
    strip_title: bool | None = None
    github_pages: bool = False
    timezone: ZoneInfo | None = None
    future: bool = False
    unpublished: bool = False
    kramdown: KramdownOptions = field(default_factory=KramdownOptions)
    foreign_markdown: tuple[str, ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)
    renamed: frozenset[str] = frozenset()
    problem: Reason | None = None


def read_config(text: str | None, gemfile: str | None = None) -> SiteConfig:
    """Return the settings in the text of a `_config.yml`.

    Args:
        text: None without such a file, which gives Jekyll's defaults.
        gemfile: text of the `Gemfile`, which may turn plugins on; None without one.

    Returns:
        The settings; the defaults with a `problem` when the file is no YAML mapping, or larger
        than any site's.
    """
    if len(text or "") > _MAX_CHARACTERS:
        return SiteConfig(problem=_UNREADABLE)
    try:
        values = load_settings(text or "")
    except yaml.YAMLError:
        return SiteConfig(problem=_UNREADABLE)
    if values is not None and not isinstance(values, Mapping):
        return SiteConfig(problem=_UNREADABLE)
    config = _understand(values or {}, find_plugins(gemfile or ""))
    return SiteConfig(problem=_UNREADABLE) if _is_too_long(config) else config


def _is_too_long(config: SiteConfig) -> bool:
    """Return whether the settings have more of something than there is time for on each page."""
    links = [config.values.get(key) for key in ("aux_links", "nav_external_links")]
    lists = (
        *(config.include, config.exclude, config.defaults, config.collections, config.keep_files),
        *(config.plugins, config.markdown_extensions),
        *(found for found in links if isinstance(found, list | Mapping)),
    )
    return (
        any(len(entries) > _MAX_ENTRIES for entries in lists)
        or _string(config.values.get("footer_content")).count("<") > _MAX_ENTRIES
        or any(len(str(entry.values)) > _MAX_DEFAULT for entry in config.defaults)
    )


def read_settings(handbook: Handbook) -> SiteConfig:
    """Return the settings of a handbook.

    They have a `problem` when their file could not be read, or is one that we do not read
    (`_config.toml`).
    """
    config = read_config(handbook.config, handbook.gemfile)
    if handbook.gemfile is None and _is_built_by_github(handbook, config):
        config = read_config(handbook.config, _GITHUB_GEMFILE)
    texts = (file.text for file in (*handbook.pages, *handbook.texts))
    renamed = frozenset(name for text in texts for name in _RENAMING.findall(text))
    globs = (*config.include, *config.exclude, *(entry.path for entry in config.defaults))
    if take_too_long(globs, handbook.files):
        config = SiteConfig(problem=_UNREADABLE)
    unknown = config.problem or find_unknown(config.values, handbook.files)
    config = replace(config, renamed=renamed, problem=unknown)
    if handbook.config is None and _name_unread_file(handbook) is not None:
        return replace(config, problem=_UNREADABLE)
    return config


def find_unread_settings(handbook: Handbook) -> UnreadablePage | None:
    """Return the file of the settings if nothing is known of them; None when they were read.

    Not one link within the site can be judged without them.
    """
    problem = read_settings(handbook).problem
    page = handbook.config_page
    path = _name_unread_file(handbook) if page is None else page.path
    return None if problem is None or path is None else UnreadablePage(path, problem)


def _name_unread_file(handbook: Handbook) -> str | None:
    unread = {page.path for page in handbook.unreadable} | {"_config.toml"} & set(handbook.files)
    return next((name for name in SETTINGS_FILES if name in unread), None)


def _is_built_by_github(handbook: Handbook, config: SiteConfig) -> bool:
    """Return whether sources without a `Gemfile` have nothing that GitHub Pages would not build."""
    theme = config.values.get("theme")
    return (
        config.plugins <= KNOWN_PLUGINS - NOT_ON_GITHUB
        and (theme is None or str(theme).startswith(_GITHUB_THEMES))
        and not any(file.startswith(config.plugin_folders) for file in handbook.files)
        and all(page.path != "Gemfile" for page in handbook.unreadable)
    )


def _understand(values: Mapping[str, object], more_plugins: frozenset[str]) -> SiteConfig:
    github_pages = "github-pages" in more_plugins
    plugins = (more_plugins - {"github-pages"}).union(
        _strings(values.get("plugins")), _strings(values.get("gems"))
    )
    include = _strings(values["include"]) if "include" in values else DEFAULT_INCLUDE
    kramdown = _mapping(values.get("kramdown"))
    optional = _mapping(values.get("optional_front_matter"))
    titles = _mapping(values.get("titles_from_headings"))
    titled = "jekyll-titles-from-headings" in plugins and _is_on(values, "titles_from_headings")
    source = _string(values.get("source")).strip("./")
    return SiteConfig(
        base_path=_slashed(_string(values.get("baseurl"))),
        url=_string(values.get("url")).rstrip("/"),
        permalink=_string(values.get("permalink")) or "date",
        include=include,
        exclude=(*_strings(values.get("exclude")), *DEFAULT_EXCLUDE),
        collections=_read_collections(values.get("collections")),
        collections_dir=_string(values.get("collections_dir")).strip("/"),
        defaults=_read_defaults(values.get("defaults")),
        markdown_extensions=_read_extensions(values.get("markdown_ext")),
        plugins=plugins,
        plugin_folders=tuple(
            f"{folder.strip('./')}/" for folder in _strings(values.get("plugins_dir", "_plugins"))
        ),
        keep_files=tuple(path.strip("/") for path in _strings(values.get("keep_files"))),
        theme=_theme_name(values),
        relative_links=_read_relative_links(values, plugins),
        optional_front_matter="jekyll-optional-front-matter" in plugins
        and _is_on(values, "optional_front_matter")
        and not is_true(values.get("require_front_matter")),
        remove_originals=optional.get("remove_originals") is True,
        redirects="jekyll-redirect-from" in plugins,
        readme_index=_read_readme_index(values, plugins),
        strip_title=titles.get("strip_title") is True if titled else None,
        github_pages=github_pages,
        timezone=_read_zone(_string(values.get("timezone"))),
        future=is_true(values.get("future")),
        unpublished=is_true(values.get("unpublished")),
        kramdown=replace(
            KramdownOptions().change(kramdown),
            link_defs=_read_link_defs(kramdown.get("link_defs")),
            auto_id_stripping=True,
        ),
        foreign_markdown=_list_foreign(values, kramdown),
        values=values,
        # The site is made from another folder than the one that was read.
        problem=Reason("site-source-elsewhere", {"folder": source}) if source else None,
    )


def _list_foreign(values: Mapping[str, object], kramdown: Mapping[str, object]) -> tuple[str, ...]:
    """Return the settings that choose another converter, another parser or other rules of it."""
    converter = _string(values.get("markdown")) or "kramdown"
    if converter.lower() != "kramdown":
        # Each has settings below its own name.
        own = (name for name in values if str(name).lower() in converter.lower())
        return (f"markdown: {converter}", *(f"{name}: {values[name]}" for name in own))
    parser = _string(kramdown.get("input")) or "GFM"
    found = [] if parser.upper() == "GFM" else [f"kramdown: input: {parser}"]
    if "gfm_quirks" in kramdown:
        found.append(f"kramdown: gfm_quirks: {kramdown['gfm_quirks']}")
    found += [
        f"kramdown: {key}: {kramdown[key]}"
        for key in ("auto_id_prefix", "footnote_prefix")
        if write_as_ruby(kramdown.get(key)) is None
    ]
    return tuple(found)


def _read_link_defs(value: object) -> tuple[tuple[str, str], ...]:
    """Read `{name: [target, title]}`, which may be a text of YAML."""
    if isinstance(value, str):
        try:
            value = load_settings(value)
        except yaml.YAMLError:
            return ()
    return tuple(
        (name, target[0])
        for name, target in _mapping(value).items()
        if isinstance(name, str) and isinstance(target, list) and target
        if isinstance(target[0], str)
    )


def _read_extensions(written: object) -> frozenset[str]:
    if not isinstance(written, str):
        return DEFAULT_EXTENSIONS
    # A blank after a comma is a part of the suffix.
    return frozenset(f".{extension.lower()}" for extension in written.split(","))


def _read_collections(value: object) -> tuple[DocCollection, ...]:
    if isinstance(value, Mapping):
        entries = {str(label): _mapping(settings) for label, settings in value.items()}
    else:
        entries = {label: {} for label in _strings(value)}
    posts = entries.pop("posts", {})
    # Jekyll looks for the settings under the name without such characters, and so finds none.
    labels = [re.sub(r"[^A-Za-z0-9_.-]", "", name) for name in sorted(entries) if name != "data"]
    return (
        DocCollection("posts", output=True, permalink=_string(posts.get("permalink")) or None),
        *(
            DocCollection(
                label,
                output=is_true(entries.get(label, {}).get("output")),
                permalink=_string(entries.get(label, {}).get("permalink")) or None,
            )
            for label in labels
        ),
    )


def _read_defaults(value: object) -> tuple[DefaultSet, ...]:
    sets = []
    for entry in value if isinstance(value, Sequence) and not isinstance(value, str) else ():
        if not isinstance(entry, Mapping) or not isinstance(entry.get("values"), Mapping):
            continue
        scope = _mapping(entry.get("scope"))
        type_ = _string(scope.get("type")) if "type" in scope else None
        sets.append(
            DefaultSet(
                # Any other value than a text is everywhere.
                path if isinstance(path := scope.get("path"), str) else "",
                None if type_ is None else _TYPE_ALIASES.get(type_, type_),
                entry["values"],
            )
        )
    return tuple(sets)


def _is_on(values: Mapping[str, object], key: str) -> bool:
    """Return whether the settings of a plugin leave it on: neither they nor `enabled` is false."""
    return values.get(key) is not False and _mapping(values.get(key)).get("enabled") is not False


def _read_relative_links(
    values: Mapping[str, object], plugins: Collection[str]
) -> RelativeLinks | None:
    settings = _mapping(values.get("relative_links"))
    if "jekyll-relative-links" not in plugins or not _is_on(values, "relative_links"):
        return None
    return RelativeLinks(settings.get("collections") is True, _strings(settings.get("exclude")))


def _read_readme_index(
    values: Mapping[str, object], plugins: Collection[str]
) -> ReadmeIndex | None:
    settings = _mapping(values.get("readme_index"))
    if "jekyll-readme-index" not in plugins or not _is_on(values, "readme_index"):
        return None
    return ReadmeIndex(
        settings.get("remove_originals") is True, settings.get("with_frontmatter") is True
    )


def _read_zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, OSError, ValueError):
        # There is no such zone; `ZoneInfoNotFoundError` is a KeyError.
        return None


def _theme_name(values: Mapping[str, object]) -> str | None:
    """Return the theme's bare name: `remote_theme: owner/name@version` is the theme `name`."""
    remote = _string(values.get("remote_theme")).rpartition("/")[2].partition("@")[0]
    return remote or _string(values.get("theme")) or None


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _string(value: object) -> str:
    # Only scalars: the text of a list of aliases to lists may be huge. `false` is not set.
    return str(value) if isinstance(value, str | int | float | date) and value is not False else ""


def _strings(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    # Jekyll passes over a pattern that is no text.
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def _slashed(path: str) -> str:
    path = path.strip().rstrip("/")
    return f"/{path.lstrip('/')}" if path else ""
