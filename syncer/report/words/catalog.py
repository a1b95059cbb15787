"""The tables that every language must fill, so that Danish and English agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from syncer.model.findings import Owner, Severity
from syncer.model.links import LinkKind, LinkStatus
from syncer.model.matching import Verdict
from syncer.model.shares import ShareStatus
from syncer.report.words.phrasing import Conventions


class Topic(StrEnum):
    """The topics of finding codes, in the order in which items of one severity are listed."""

    MISSING = "missing"
    PROMISED = "promised"
    PARTIAL = "partial"
    DRAFT = "draft"
    OUTDATED = "outdated"
    ELSEWHERE = "elsewhere"
    AMBIGUOUS = "ambiguous"
    LIKELY = "likely"
    FILES = "files"
    READY = "ready"
    PLACES = "places"
    LINKS = "links"
    LINK_NOTES = "link-notes"
    PAGES = "pages"
    SHARES = "shares"
    UPKEEP = "upkeep"
    UNSEEN_RESOURCES = "unseen-resources"
    UNSEEN_LINKS = "unseen-links"
    UNSEEN_SOURCES = "unseen-sources"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class FindingWords:
    """The words of a finding.

    Attributes:
        badge: two or three words.
        sentence: a template; `view.phrases` supplies its arguments.
        action: a template of what to do about it, "" when nothing can be done.
    """

    badge: str
    sentence: str
    card: str
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """Every other text of a report; most are templates."""

    fix_head: str
    fix_none: str
    fix_made: str
    fix_would: str
    fix_rest: str
    fix_others: str
    fix_shown: str
    fix_ignore: str
    fix_ignore_file: str
    fix_why: str
    fix_can: str
    report_title: str
    title: str
    skip: str
    made_at: str
    next_at: str
    overdue: str
    scope_offline: str
    scope_offline_web: str
    scope_copies: str
    on_server: str
    on_share: str
    scope_only_resources: str
    scope_only_links: str
    scope_pages: str
    verdict_nothing: str
    verdict_scoped: str
    verdict_all: str
    verdict_new: str
    verdict_old: str
    verdict_stopped: str
    verdict_incomplete: str
    share_secretariat: str
    share_maintainer: str
    share_administrator: str
    door_secretariat: str
    door_maintainer: str
    door_administrator: str
    doors_label: str
    door_new: str
    door_promised: str
    new_since: str
    none_new: str
    solved_since: str
    none_solved: str
    new_beside_baseline: str
    more_news: str
    first_check: str
    solved_row: str
    solved_row_removed: str
    solved_link: str
    solved_link_removed: str
    solved_share: str
    solved_share_removed: str
    solved_other: str
    block_errors: str
    block_warnings: str
    block_promised: str
    block_unseen: str
    all_resources: str
    all_links: str
    figure_explained: str
    figure_outside: str
    figure_other: str
    figure_working: str
    figure_unsure: str
    figure_login: str
    state_waived: str
    of_resources: str
    of_links: str
    not_checked: str
    chart_points: str
    complete_report: str
    this_is_complete: str
    newest_report: str
    door_in_part: str
    some_pages: str
    pages_not_read: str
    more_reasons: str
    nothing_to_check: str
    fine_resources: str
    fine_links: str
    incomplete: str
    incomplete_first: str
    last_complete: str
    rules_changed: str
    count_waived: str
    again_tonight: str
    again_at: str
    since_yesterday: str
    since_today: str
    since_day: str
    new: str
    new_meaning: str
    section_legend: str
    open_since: str
    figures_label: str
    page_links: str
    figure_present: str
    figure_missing: str
    figure_promised: str
    figure_improvable: str
    figure_ready: str
    figure_broken: str
    figure_unseen: str
    of_which_likely: str
    in_nextcloud: str
    in_shared_folder: str
    section_secretariat: str
    section_secretariat_intro: str
    section_maintainer: str
    section_maintainer_intro: str
    section_administrator: str
    section_administrator_intro: str
    section_unseen: str
    section_unseen_intro: str
    section_changes: str
    section_history: str
    section_everything: str
    section_waived: str
    section_waived_intro: str
    nothing_here: str
    nothing_here_so_far: str
    do_this: str
    do_nothing: str
    why: str
    set_aside: str
    near_misses: str
    likeness: str
    chosen: str
    promised_kinds: str
    would_change: str
    would_change_present: str
    would_change_outside: str
    would_change_unchecked: str
    would_change_liquid: str
    pin_intro: str
    waive_intro: str
    copy: str
    copied: str
    mentioned: str
    line: str
    section_of_page: str
    place_in_row: str
    open_folder: str
    file: str
    folder: str
    more_places: str
    more_files: str
    consequences: str
    waived_until: str
    waiver_ended: str
    notes: str
    fixed: str
    fixed_none: str
    moved: str
    moved_item: str
    changed: str
    changed_item: str
    index_title: str
    index_intro: str
    index_none: str
    index_empty: str
    sync_done: str
    sync_would: str
    sync_same: str
    chart_caption: str
    chart_state: str
    chart_course: str
    chart_now: str
    unseen_outside: str
    unseen_rows: str
    unseen_links: str
    unseen_excluded: str
    chart_range: str
    chart_same: str
    chart_from_to: str
    chart_on_day: str
    chart_incomplete: str
    progress_documents: str
    resources_heading: str
    resources_caption: str
    links_heading: str
    links_caption: str
    shares_heading: str
    shares_caption: str
    column_resource: str
    column_state: str
    column_file: str
    column_mentions: str
    column_line: str
    column_link: str
    column_share: str
    column_content: str
    column_owner: str
    column_severity: str
    column_what: str
    column_about: str
    column_sentence: str
    column_action: str
    column_page: str
    column_new: str
    column_open_since: str
    column_waived_until: str
    column_reason: str
    column_code: str
    column_expected: str
    column_folder: str
    column_size: str
    column_changed: str
    column_section: str
    column_place: str
    column_kind: str
    column_address: str
    column_new_address: str
    column_checked: str
    findings_heading: str
    lists_file: str
    lists_cut: str
    share_content: str
    share_account: str
    share_copy: str
    filter_legend: str
    filter_text: str
    filter_page: str
    filter_kind: str
    filter_state: str
    filter_all: str
    filter_count: str
    filter_none: str
    filter_reset: str
    kind_resource: str
    state_attention: str
    no_text: str
    whole_handbook: str
    root_folder: str
    unknown_place: str
    beyond_baseline: str
    own_settings_added: str
    mail_count: str
    handbook_revision: str
    site_jekyll: str
    site_github: str
    site_files: str
    made_by: str
    ready_of: str
    ready_none: str
    ready_unseen: str
    ready_lacks: str
    ready_unknown: str
    waive_reason: str
    objection: str
    objection_subject: str
    objection_request: str
    objection_item: str
    objection_place: str
    objection_seen: str
    cut_short: str
    left_out: str
    unknown_state: str
    unknown_finding: str
    unknown_reason: str
    badge_only: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailWords:
    """The texts of a mail; most are templates. Those up to `longest` are for its subject."""

    name: str
    new: str
    fixed: str
    first: str
    incomplete: str
    complete_again: str
    unseen: str
    rules: str
    waiting: str
    none_to_do: str
    to_do: str
    judged: str
    together: str
    longest: str
    heading_new: str
    heading_fixed: str
    heading_first: str
    heading_complete: str
    heading_rules: str
    heading_waiting: str
    heading_unseen: str
    still_waiting: str
    nothing_to_do: str
    block_new: str
    block_fixed: str
    block_changed: str
    block_unseen: str
    block_first: str
    block_waiting: str
    block_numbers: str
    for_secretariat: str
    for_maintainer: str
    for_administrator: str
    for_nobody: str
    more: str
    more_places: str
    place: str
    button: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """All words of one language; the tests prove that the tables are complete.

    Attributes:
        last_seen: what an unknown row was when it was last known; no unknown verdict is one.
        badges, sentences, cards, actions: by finding code.
        instead: sentences by the code of the finding's reason, which they say as well.
        together: the sentence of several items with one cause, by finding code.
        briefs: a finding in a few words that go on in a line, by finding code.
        meanings, remedies: what a badge means, and what to do, by finding code, in the order of
            the legend. Code stands between backticks.
        reasons: templates by code of a `Reason`.
        remote: by code of a `RemoteError`; they continue a sentence.
    """

    conventions: Conventions
    labels: Labels
    mail: MailWords
    verdicts: Mapping[Verdict, str]
    link_statuses: Mapping[LinkStatus, str]
    link_kinds: Mapping[LinkKind, str]
    share_statuses: Mapping[ShareStatus, str]
    owners: Mapping[Owner, str]
    severities: Mapping[Severity, str]
    last_seen: Mapping[Verdict, str]
    badges: Mapping[str, str]
    sentences: Mapping[str, str]
    cards: Mapping[str, str]
    instead: Mapping[str, str]
    actions: Mapping[str, str]
    together: Mapping[str, str]
    briefs: Mapping[str, str]
    meanings: Mapping[str, str]
    remedies: Mapping[str, str]
    reasons: Mapping[str, str]
    remote: Mapping[str, str]
