"""Which version of a pair is behind: what each lacks, and what never counts for it."""

import csv
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aligner.checks import wording
from aligner.model import Finding, Language
from aligner.report.in_step import Sync, is_update, lacking
from aligner.report.writer import ReportWriter
from aligner.reporters.html import write_pages
from tests.reporters import samples

PAIR = samples.HARBOUR.pair


def found(language: Language, excerpt: str, code: str = "ACC301", key: str = "passage") -> Finding:
    article = PAIR.fr if language == "fr" else PAIR.en
    return replace(samples.finding(article, excerpt, code="ACC301", pair=PAIR), code=code, key=key)


FR_PASSAGE = found("fr", "Les pêcheurs attendaient depuis neuf jours.")
EN_GLOSS = found("en", "fishermen", "ACC303", "clause-en")
EN_PASSAGE = found("en", "The mayor promised promised 2.5 million euros.", "ACC302")


def behind(*findings: Finding) -> str:
    sync = Sync()
    for finding in findings:
        sync.add(finding)
    return sync.behind


def test_the_version_that_lacks_a_passage_is_behind() -> None:
    assert behind() == "none"
    assert behind(FR_PASSAGE) == "en"
    assert behind(EN_PASSAGE) == "fr"
    assert behind(FR_PASSAGE, EN_PASSAGE) == "both"


def test_a_gloss_does_not_outweigh_a_passage() -> None:
    assert behind(FR_PASSAGE, EN_GLOSS) == "en"
    assert behind(EN_GLOSS) == "fr"


def test_what_an_abridged_version_leaves_out_is_lacked() -> None:
    assert behind(replace(FR_PASSAGE, demoted_by="ALN203")) == "en"
    assert behind(replace(FR_PASSAGE, demoted_by="ALN203", suppressed=True)) == "none"


@pytest.mark.parametrize("change", [{"demoted_by": "ALN204"}, {"suppressed": True}, {"suspicion": True}])
def test_what_does_not_count_is_lacked_by_neither(change: dict[str, Any]) -> None:
    assert lacking(replace(FR_PASSAGE, **change)) is None
    figure = replace(found("fr", "14", "ACC308", "differs"), **change)
    assert not is_update(figure)


@pytest.mark.parametrize(
    ("code", "key", "side", "updated"),
    [
        ("ACC308", "only-fr", "en", False),
        ("ACC312", "differs", None, True),
        ("ACC308", "odd-en", None, True),
        ("ACC312", "swapped", None, False),
        ("ACC309", "differs", None, False),
        ("EXT101", "passage", None, False),
    ],
)
def test_facts_are_lacking_or_updated(code: str, key: str, side: str | None, updated: bool) -> None:
    figure = found("fr", "14", code, key)
    assert (lacking(figure), is_update(figure)) == (side, updated)


def test_pairs_csv_and_the_pages_say_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {"passage": "Only here.", "clause-en": "Only here.", "differs": "Not the same."}
    worded = {key: {"fr": text, "en": text} for key, text in texts.items()}
    monkeypatch.setattr(wording, "_MESSAGES", dict.fromkeys(("ACC301", "ACC303", "ACC308"), worded))
    figure = replace(found("fr", "14", "ACC308", "differs"), values={"fr": "14", "en": "40"})
    with ReportWriter(tmp_path / "report") as writer:
        writer.add_document(PAIR.fr, [FR_PASSAGE, figure])
        writer.add_document(PAIR.en, [EN_GLOSS])
        writer.add_alignment(samples.HARBOUR)
        report = writer.finish({}, write_pages=write_pages)
    with (report.path / "pairs.csv").open(encoding="utf-8") as lines:
        (row,) = csv.DictReader(lines)
    columns = ("behind", "missing_fr", "missing_en", "updated")
    assert [row[column] for column in columns] == ["en", "1", "1", "1"]
    page, index = ((report.path / name).read_text("utf-8") for name in (row["page"], "index.html"))
    assert '<h2 id="sync">The English version is behind</h2>' in page
    assert f'href="#m-{FR_PASSAGE.fingerprint}"' in page
    assert f'href="{row["page"]}#sync"' in index
