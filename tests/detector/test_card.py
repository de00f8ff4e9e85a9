"""The card of the shipped detector and what the checks take from it say the same."""

from __future__ import annotations

import hashlib
import json

from aligner.checks.suspects import SENTENCE
from aligner.detector import default_folder
from aligner.lab.train.detector.network import COLUMNS, TYPES
from aligner.model import LANGUAGES


def test_the_card_is_that_of_the_weights_and_the_checks_use_its_curves() -> None:
    folder = default_folder()
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    assert card["version"] == hashlib.sha256((folder / "model.onnx").read_bytes()).hexdigest()[:12]
    assert card["types"] == list(TYPES)
    assert card["columns"] == {column: list(labels) for column, labels in COLUMNS.items()}
    assert {n: list(SENTENCE[n]) for n in LANGUAGES} == card["sentences"]
