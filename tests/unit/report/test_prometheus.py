"""Metrics for the textfile collector."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from syncer.report.prometheus import render_prometheus
from syncer.report.words import Lang
from tests.unit.nightly.made_manifests import FIRST_NIGHT, make_manifest

_LINE = re.compile(r'[a-z_]+\{([a-z]+="(?:[^"\\\n]|\\["\\n])*",?)+\} [-+0-9.e]+')


def test_every_line_is_of_the_format(make: Any) -> None:
    """Every line is a comment or a sample, and each metric occurs once."""
    manifest = replace(make_manifest(), resources=(make.row("A"), make.row("B")))
    text = render_prometheus(manifest, lang=Lang.DA)
    lines = text.splitlines()
    assert text.endswith("\n")
    assert lines
    assert all(line.startswith("# ") or _LINE.fullmatch(line) for line in lines)
    helps = [line.split()[2] for line in lines if line.startswith("# HELP")]
    assert len(helps) == len(set(helps))
    assert 'syncer_resources{handbook="handbook",status="present"} 2' in lines
    assert 'syncer_run_complete{handbook="handbook"} 1' in lines
    assert 'syncer_deliveries_failed{handbook="handbook"} 0' in lines
    stamp = f"{FIRST_NIGHT.timestamp():.15g}"
    assert f'syncer_complete_run_timestamp_seconds{{handbook="handbook"}} {stamp}' in lines


def test_unknown_metrics_are_omitted() -> None:
    """Without a complete run or a next one there is no metric, rather than 1970."""
    text = render_prometheus(make_manifest(complete=False), lang=Lang.EN)
    assert "complete_run_timestamp" not in text
    assert "next_run" not in text
    assert 'syncer_run_complete{handbook="handbook"} 0' in text


def test_a_handbook_of_any_name() -> None:
    """Quotes, backslashes and line breaks stay inside the label."""
    manifest = make_manifest()
    named = replace(manifest, handbook=replace(manifest.handbook, source='a"b\\c\nd'))
    text = render_prometheus(named, lang=Lang.DA)
    assert r'handbook="a\"b\\c\nd"' in text
    assert all(line.startswith("# ") or _LINE.fullmatch(line) for line in text.splitlines())


def test_documents_count_once_however_many_rows_name_them(make: Any) -> None:
    """By how they open, and the size of those that are copied; nothing where nothing is known."""
    opened = replace(make.file("A.docx"), opens="yes", copied_at=FIRST_NIGHT, size_bytes=5)
    locked = replace(make.file("B.docx"), opens="locked")
    rows = (make.row("A", files=(opened, locked)), make.row("B", files=(opened,)))
    text = render_prometheus(replace(make_manifest(), resources=rows), lang=Lang.DA)
    assert 'syncer_documents{handbook="handbook",opens="yes"} 1' in text
    assert 'syncer_documents{handbook="handbook",opens="locked"} 1' in text
    assert 'syncer_documents_bytes{handbook="handbook"} 5' in text
    assert "syncer_documents" not in render_prometheus(make_manifest(), lang=Lang.DA)
