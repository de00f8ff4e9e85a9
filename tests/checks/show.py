"""Show what a rule of grammar can ask: ``python -m tests.checks.show fr "Le pont est fermé."``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import cast

from aligner.checks.fluency._grammar import sentences_of
from aligner.detector import load, score_article
from aligner.model import Language
from tests.checks import build


def shown(text: str, language: Language) -> Iterator[str]:
    """Yield a line for each word, as the terms of a pattern name it, and one for each rule that matches."""
    for sentence in sentences_of(score_article(build.article(text, language), load())):
        names = {word.start: word.text for word in sentence.words}
        for word in sentence.words:
            readings = " ".join(f"{lemma}:{'.'.join(sorted(tags))}" for lemma, tags in word.readings)
            tag, head = word.tag, names.get(word.tag.head, "")
            yield (
                f"{word.text}\tpos:{tag.pos}@{tag.confidence:.2f}\tfeat:{tag.features}"
                f"\trel:{tag.relation} of {head}\tbad:{word.p_bad:.2f}\tis: {readings or 'unknown'}"
            )
        for candidate in sentence.candidates:
            for match in sentence.matches(candidate):
                words = " ".join(word.text for place in match for word in place)
                yield f"{candidate.rule.code} {candidate.rule.id}: {words}"


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in shown(sys.argv[2], cast(Language, sys.argv[1])))
