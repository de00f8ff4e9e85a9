"""Pairing: true pairs, near misses, copies, versions, known pairs, and who is left over."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.encoders import Encoder, load
from aligner.lab.bench.pairs import load_gold, rates
from aligner.model import Document, InputError
from aligner.pairing.facts import facts, shared_facts, total
from aligner.pairing.match import Edge, _accept
from aligner.pairing.pair import Pairing
from aligner.text.structure import make_document
from tests.pairing.in_memory import pair_documents
from tests.reading import read_articles

CORPORA = Path(__file__).parents[2] / "corpora"

BRIDGE_FR = """Le pont de Marvelle rouvrira lundi après onze mois de travaux.

Les deux voies seront ouvertes aux voitures et aux vélos, a précisé la préfecture. Le chantier a coûté
4,2 millions d'euros, soit un dixième de plus que prévu. L'ingénieure Sonia Katz parle d'un défi technique."""
BRIDGE_EN = """The Marvelle bridge will reopen on Monday after eleven months of work.

Both lanes will be open to cars and bicycles, the prefecture said. The work cost 4.2 million euros,
a tenth more than planned. The engineer Sonia Katz calls it a technical challenge."""
FERRY_EN = """The Marvelle ferry will stop running on Monday for want of a captain.

The prefecture hopes to hire two pilots before the end of the summer. Passengers paid 310,000 euros in fares
last year, a tenth less than in the year before. The union's spokesman, Pierre Aubin, expects a long stop."""


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load()


def article(path: str, text: str, date: str = "") -> Document:
    return make_document(path, text, {"date": date} if date else {})


def names(pairing: Pairing) -> list[tuple[str, str]]:
    return [(a.pair.fr.path, a.pair.en.path) for a in pairing.alignments]


def test_a_pair_and_a_near_miss(encoder: Encoder) -> None:
    found = pair_documents(
        [article("f", BRIDGE_FR), article("e", BRIDGE_EN), article("x", FERRY_EN)], encoder
    )
    assert names(found) == [("f", "e")]
    assert [(u.document.path, u.best_candidate) for u in found.unpaired] == [
        ("x", "")
    ]  # at 0.00, nothing is near
    assert found.unpaired[0].reason in {"no counterpart", "only related"}


def test_a_copy_is_said_and_does_not_spoil_the_margin(encoder: Encoder) -> None:
    documents = [article("f", BRIDGE_FR), article("e", BRIDGE_EN), article("copy", BRIDGE_EN)]
    found = pair_documents(documents, encoder)
    assert names(found) == [("f", "e")]
    assert found.alignments[0].pair.margin > 0.9
    assert [(u.document.path, u.reason, u.best_candidate) for u in found.unpaired] == [
        ("copy", "duplicate of another article", "e")
    ]


def test_known_pairs_are_taken_as_they_are(encoder: Encoder) -> None:
    documents = [article("f", BRIDGE_FR), article("e", BRIDGE_EN), article("x", FERRY_EN)]
    found = pair_documents(documents, encoder, known=[("f", "x")])
    assert names(found) == [("f", "x")]
    assert found.alignments[0].pair.score == 1.0
    assert [u.document.path for u in found.unpaired] == ["e"]


@pytest.mark.parametrize(
    ("pair", "message"), [(("f", "absent"), "no article 'absent' was read"), (("e", "f"), "not in French")]
)
def test_known_pairs_that_cannot_be(encoder: Encoder, pair: tuple[str, str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        pair_documents([article("f", BRIDGE_FR), article("e", BRIDGE_EN)], encoder, known=[pair])


def test_articles_published_far_apart_are_not_compared(encoder: Encoder) -> None:
    documents = [article("f", BRIDGE_FR, "2024-01-10"), article("e", BRIDGE_EN, "2024-09-10")]
    assert names(pair_documents(documents, encoder)) == []
    near = [article("f", BRIDGE_FR, "2024-01-10"), article("e", BRIDGE_EN, "2024-01-12")]
    assert names(pair_documents(near, encoder)) == [("f", "e")]


def test_one_language_only(encoder: Encoder) -> None:
    found = pair_documents([article("f", BRIDGE_FR)], encoder)
    assert not found.alignments
    assert found.unpaired[0].reason == "no counterpart"


def test_near_misses_are_left_alone(encoder: Encoder) -> None:
    """`corpora/nearmiss`: same company, same week, other facts; precision must be 1."""
    folder = CORPORA / "nearmiss"
    documents = [d for d in read_articles([str(folder / "articles.jsonl")]) if isinstance(d, Document)]
    found = pair_documents(documents, encoder)
    said = {(Path(fr).name, Path(en).name) for fr, en in names(found)}
    measured = rates(load_gold(folder / "gold.csv"), said)
    assert measured["precision"] == 1.0
    assert measured["recall"] >= 0.9
    assert len(found.unpaired) + len({path for pair in names(found) for path in pair}) == len(documents)


def test_versions_of_one_story_share_a_group(encoder: Encoder) -> None:
    documents = [d for d in read_articles([str(CORPORA / "demo")]) if isinstance(d, Document)]
    pairs = [a.pair for a in pair_documents(documents, encoder).alignments]
    by_name = {(Path(p.fr.path).name, Path(p.en.path).name): p for p in pairs}
    first = by_name["musee-de-la-soie.txt", "museum-reopening.txt"]
    second = by_name["musee-de-la-soie.txt", "silk-museum.txt"]
    assert first.group == second.group
    assert by_name["cabines-medicales.md", "island-clinics.txt"].kind == "abridged"
    assert by_name["marathon-brume.txt", "fog-marathon.txt"].kind == "adapted"


@pytest.mark.parametrize(("covered", "versions"), [(0.7, 2), (0.6, 1)])
def test_what_has_only_a_part_of_the_story_is_no_version(covered: float, versions: int) -> None:
    accepted, groups = _accept((), [Edge(0, 1, 6.0, 0.8), Edge(0, 2, 5.0, covered)])
    assert len(accepted) == versions
    assert len(groups) == versions + 1


def test_facts_are_shared_by_both_languages() -> None:
    fr = facts("Selon la société, M. Altman a vendu 1 300 brevets à l'Américain Deltor.")
    en = facts("Yesterday, Mr Altman sold 1,300 patents to Deltor, an American firm.")
    assert {"1300", "altman", "deltor", "americ"} <= fr & en
    weight = dict.fromkeys(fr ^ en, 1.1) | dict.fromkeys(fr & en, 0.4)  # two of three articles have these
    assert shared_facts(fr, en, weight, min(total(fr, weight), total(en, weight))) > 0.5
