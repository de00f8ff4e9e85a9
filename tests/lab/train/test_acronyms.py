"""Acronyms that French news alone has."""

from __future__ import annotations

import lzma
from pathlib import Path

from aligner.lab.train.acronyms import count_acronyms, french_acronyms
from aligner.lab.train.usage import NEWS


def test_acronyms_count_once_a_line_and_not_in_capitals() -> None:
    counts, letters = count_acronyms(["La SNCF et la SNCF.", "GREVE GENERALE SNCF", "Le GIEC."])
    assert counts == {"SNCF": 1, "GIEC": 1}
    assert letters == len("La SNCF et la SNCF.GREVE GENERALE SNCFLe GIEC.")


def test_those_of_english_news_and_of_the_table_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    texts = {
        "fr": "La SNCF, la NASA, l\u2019ONU et Louis XIV\n" * 20,
        "en": "NASA said that it went well.\n" * 20,
    }
    for language, names in NEWS.items():
        for name in names:
            with lzma.open(tmp_path / "more" / f"{name}.txt.xz", "wt", encoding="utf-8") as out:
                out.write(texts[language])
    assert french_acronyms(tmp_path) == ["SNCF"]
