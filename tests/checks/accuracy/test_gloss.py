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
