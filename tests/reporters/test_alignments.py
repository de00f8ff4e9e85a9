from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.report.writer import Report
from aligner.reporters.alignments import FORMATS, render, table
from aligner.reporters.bitext import Unit, kept_units, moses, tmx, tsv, units
from aligner.text.visible import flat
from tests.reporters import samples


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_written_the_same_twice(form: str) -> None:
    assert render(samples.HARBOUR, form) == render(samples.HARBOUR, form) != ""


def test_an_unknown_format_is_an_error() -> None:
    with pytest.raises(ValueError, match="there are table"):
        render(samples.HARBOUR, "docx")


def test_tsv_numbers_segments_with_boilerplate_counted() -> None:
    assert str(render(samples.HARBOUR, "tsv")).splitlines() == [
        "0\t0\t0.9100",
        "2 3\t1\t0.8400",
        "\t2\t0.0000",
        "4\t3\t0.9100",
        "5\t\t0.0000",
        "7\t\t0.0000",
        "\t5\t0.0000",
    ]


def test_vecalign_lists_both_sides_and_a_cost() -> None:
    lines = str(render(samples.HARBOUR, "vecalign")).splitlines()
    assert lines[1] == "[2, 3]:[1]:0.160000"
    assert lines[2] == "[]:[2]:0.000000"


def test_jsonl_is_the_bead_line_of_the_report(report: Report) -> None:
    lines = str(render(samples.HARBOUR, "jsonl"))
    assert lines == (report.path / "beads.jsonl").read_text("utf-8")
    assert json.loads(lines.splitlines()[1])["kind"] == "2-1"


def test_ladder_climbs_both_sides_and_gives_boilerplate_rungs_of_its_own() -> None:
    rungs = [line.split("\t") for line in str(render(samples.HARBOUR, "ladder")).splitlines()]
    places = [(int(fr), int(en)) for fr, en, _ in rungs]
    assert places == sorted(places)
    assert places[:3] == [(0, 0), (1, 1), (2, 1)]
    assert places[-1] == (8, 6)
    assert [score for *_, score in rungs][:3] == ["0.9100", "0.0000", "0.8400"]


def test_table_shows_both_sides_in_the_width_given() -> None:
    for width in (60, 120):
        lines = table(samples.HARBOUR, "fr", width=width).splitlines()
        assert max(map(len, lines)) <= width
        assert "0,91" in lines[1]
    assert any("0-1 ↔ 6" in line for line in lines)


def test_table_shows_no_control_characters() -> None:
    fr = samples.document("f", "fr", ["rouge \x1b[31m\u202e [bold]texte[/bold]"])
    shown = table(samples.alignment(fr, samples.document("e", "en", ["plain"]), [([0], [0])]), "en", 200)
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "[bold]texte[/bold]" in shown


def test_moses_writes_two_files_of_the_same_lines() -> None:
    fr, en = tuple(render(samples.HARBOUR, "moses"))
    assert len(fr.splitlines()) == len(en.splitlines()) == 3
    assert fr.splitlines()[1].endswith("à quai. Les pêcheurs attendaient depuis neuf jours.")


def test_units_are_one_line_each_whatever_breaks_the_text_holds() -> None:
    fr = samples.document("f", "fr", ["une\nligne\u2028et\tdeux\u00a0!\r\n"])
    (unit,) = units(samples.alignment(fr, samples.document("e", "en", ["one\x85line"]), [([0], [0])]))
    assert (unit.fr, unit.en) == ("une ligne et deux\u00a0!", "one line")


def read_tmx(text: str) -> list[tuple[str, str]]:
    from translate.storage.tmx import tmxfile

    store = tmxfile(io.BytesIO(text.encode("utf-8")), "fr", "en")
    return [(unit.source, unit.target) for unit in store.units]


def test_tmx_is_read_back_by_a_translation_tool() -> None:
    pytest.importorskip("translate.storage.tmx", reason="translate-toolkit is not installed")
    expected = [(unit.fr, unit.en) for unit in units(samples.HARBOUR)]
    assert read_tmx(str(render(samples.HARBOUR, "tmx"))) == expected


@given(st.lists(st.tuples(st.text(), st.text()), max_size=4))
def test_tmx_holds_any_text_that_xml_can_hold(texts: list[tuple[str, str]]) -> None:
    pytest.importorskip("translate.storage.tmx", reason="translate-toolkit is not installed")
    made = [Unit(flat(fr), flat(en), 0.5, "f|e") for fr, en in texts]
    lines = [(unit.fr, unit.en) for unit in made]
    legal = [tuple("".join(c for c in side if is_xml(c)) for side in line) for line in lines]
    assert read_tmx("".join(tmx(made))) == legal


def is_xml(character: str) -> bool:
    code = ord(character)
    return code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or code > 0xFFFF


def test_a_report_gives_its_kept_bitext(report: Report) -> None:
    every = list(kept_units(report))
    assert [unit.en.split()[0] for unit in every] == ["Harbour", "The", "The"]
    assert len(list(kept_units(report, min_score=0.9))) == 2
    assert [unit.en for unit in kept_units(report, exclude=("EXT101", "ACC"))] == [
        "Harbour reopens after storm",
        "The mayor promised promised 2.5 million euros.",
    ]
    # What another finding explains does not shut a bead out.
    assert len(list(kept_units(report, exclude=("FLU",)))) == 3
    assert list(kept_units(report, kinds=("adapted",))) == []
    assert len(list(kept_units(report, kinds=("adapted", "translation")))) == 3


def test_bitext_tsv_has_names_and_is_never_quoted() -> None:
    lines = list(tsv([Unit('"Oui", dit-il', "“Yes”", 0.87654, "f|e")]))
    assert lines == ["fr\ten\tsimilarity\tpair\n", '"Oui", dit-il\t“Yes”\t0.8765\tf|e\n']
    assert moses([]) == ("", "")


def test_alignments_are_scored_as_written(tmp_path: Path) -> None:
    """The numbers of the tsv are those of the lines of a text given a sentence a line."""
    fr = samples.document("f", "fr", ["a", "b", "c"])
    en = samples.document("e", "en", ["x", "y"])
    text = str(render(samples.alignment(fr, en, [([0, 1], [0]), ([2], [1])]), "tsv"))
    assert [line.split("\t")[:2] for line in text.splitlines()] == [["0 1", "0"], ["2", "1"]]
