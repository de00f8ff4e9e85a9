"""What words are used for is counted by article, where the detector is sure."""

from __future__ import annotations

from aligner.detector import load
from aligner.lab.train.usage import Usage, count_uses
from aligner.text.structure import make_document


def test_sure_nouns_and_adjectives_are_counted() -> None:
    texts = [
        "The act was passed in June. A second act follows in the autumn.",
        "They act in good faith. The third chapter is short.",
    ]
    usage = Usage()
    count_uses((make_document(f"{n}.txt", text, {}, "en") for n, text in enumerate(texts)), load(), usage)
    assert usage.articles["act", "noun sing"] == 1
    assert usage.uses["act", "noun sing"] == 2
    assert usage.occurrences["act"] == 3
    assert ("act", "noun sing") in {*usage.frequent(1, 0.5)}
    assert ("act", "noun sing") not in {*usage.frequent(2, 0.5)}
    assert ("act", "noun sing") not in {*usage.frequent(1, 0.7)}
