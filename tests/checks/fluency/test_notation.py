"""Short forms in dates and measures are no garbled words."""

from __future__ import annotations

from itertools import pairwise

import pytest

from aligner.checks.fluency._notation import notation_spans, without_notation
from aligner.model import Language, WordScore


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Le train part jeu. 2 sept. à 10 h 34.", ["jeu. 2 sept."]),
        ("fr", "Réunion mar. 14 janv. et lun. 8 févr. 2021.", ["mar. 14 janv.", "lun. 8 févr. 2021."]),
        ("fr", "Le bail court d’oct. 2023 à avr. 2024.", ["oct. 2023", "avr. 2024."]),
        ("fr", "Le guichet ferme le mer. 24 déc. à midi.", ["le mer. 24 déc."]),
        ("en", "It closes on Wed., Dec. 24 at noon.", ["Wed., Dec. 24"]),
        ("fr", "La ville est à cinq lieues env. du port (max. trente).", ["env. du", "max."]),
        ("en", "The hall seats approx. 300, incl. the stage.", ["approx.", "incl. the"]),
        ("fr", "Ouvert de mi-déc. à fin févr. au musée.", ["déc. à", "févr. au"]),
        ("fr", "Ouvert du lun. au ven. de 9 h à 17 h.", ["du lun. au", "ven. de"]),
        ("fr", "Voir l’art. 12 et la 3e éd. chez vous.", ["art.", "éd. chez"]),
        ("fr", "C’est un jeu. Il dure. Voilà la mer. La plage est vide.", []),
        ("en", "It is in Station Rd. near the bridge.", ["Rd."]),
        ("en", "The show runs from Jan. to Prof. Hill’s talk.", ["from Jan. to", "Prof."]),
        ("fr", "La mer est calme et le jeu dure 3 ans.", []),
        ("fr", "La réunion du mardi 2 mars dure.", []),
        ("en", "The train leaves Thu 2 Sept at noon.", ["Thu 2 Sept"]),
        ("en", "The lease runs from Oct. 2023 to Jan. 5, 2024.", ["Oct. 2023", "Jan. 5, 2024."]),
        ("en", "He is 5ft 11in tall and weighs 70 kg.", ["5ft", "11in", "70 kg"]),
        ("en", "The sun sets in 25 in a week.", []),
        ("en", "Of the 30 in the hall, 12 went.", []),
    ],
)
def test_short_forms_are_found_with_their_figures(language: Language, text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in notation_spans(text, language)] == expected


def test_words_within_a_span_are_left_out() -> None:
    text = "He left Thu 2 Sept in a hurry on Fri 3 Oct."
    starts = [0, *(i + 1 for i, char in enumerate(text) if char == " "), len(text)]
    words = [WordScore(start, end - 1, 0.9, "lexical") for start, end in pairwise(starts)]
    kept = without_notation(words, list(notation_spans(text, "en")))
    assert [text[word.start : word.end] for word in kept] == ["He", "left", "in", "a", "hurry", "on"]
