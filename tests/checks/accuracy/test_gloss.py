"""The translation of an example that both sides cite in one language is no addition that matters."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aligner.checks.accuracy.addition import addition
from aligner.model import BeadView, Context, Language
from tests.checks.build import alignment

EXAMPLE = "Les directeurs sont responsables de l'évaluation des employés."


@pytest.mark.parametrize(("language", "severity"), [("fr", "minor"), ("en", None)])
def test_a_gloss_of_an_example_is_minor(language: Language, severity: str | None) -> None:
    built = alignment(
        {
            "fr": ["En voici un exemple :", EXAMPLE, ""],
            "en": [
                "Here is one:",
                EXAMPLE,
                "The directors are responsible for evaluating their employees.",
            ],
        }
    )
    bead = built.beads[1]
    cited = replace(bead, en=tuple(replace(segment, language=language) for segment in bead.en))
    built = replace(built, beads=(built.beads[0], cited, built.beads[2]))
    (hit,) = addition.find(BeadView(built, 2), Context())
    assert hit.severity == severity


@pytest.mark.parametrize(
    ("passage", "severity"),
    [
        ("The masculine singular form is avocat, the feminine one is avocate.)", "minor"),
        ("(The masculine singular form is avocat, the feminine one is avocate.)", "minor"),
        ("*Note: An earlier version of this story was posted in error.*", "minor"),
        ("The notes of the council (all twelve of them) were posted in error.", None),
    ],
)
def test_what_is_in_brackets_or_a_note_is_minor(passage: str, severity: str | None) -> None:
    built = alignment({"fr": ["Voici un exemple.", ""], "en": ["Here is an example.", passage]})
    (hit,) = addition.find(BeadView(built, 1), Context())
    assert hit.severity == severity


@pytest.mark.parametrize(
    ("similarity", "french", "severity"),
    [
        (0.4, "Et que dire de ce mot ?", "minor"),
        (0.9, "Et que dire de ce mot ?", None),
        (0.4, None, None),
    ],
)
def test_what_is_added_where_both_sides_were_written_anew_is_minor(
    similarity: float, french: str | None, severity: str | None
) -> None:
    sides = {
        "fr": [
            "Revoir ses mots.",
            "",
            "Une autre expression est entrée dans la langue.",
            *([french] if french else []),
        ],
        "en": [
            "Rethinking terms.",
            "You likely know the good cop and the bad one.",
            "It was a violent image.",
            *([""] if french else []),
        ],
    }
    built = alignment(sides)
    beads = tuple(replace(bead, similarity=similarity) for bead in built.beads)
    (hit,) = addition.find(BeadView(replace(built, beads=beads), 1), Context())
    assert hit.severity == severity
