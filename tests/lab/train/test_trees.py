"""Treebanks: words as they are written, their tags, and the rows of pieces made of them."""

from __future__ import annotations

from aligner.lab.train.detector.network import COLUMNS
from aligner.lab.train.detector.rows import UNKNOWN, tree_rows
from aligner.lab.train.detector.trees import Tree, sentences, tree
from tests.lab.train.small import tokenizer

FRENCH = """\
# sent_id = one
1\tJean\tJean\tPROPN\t_\t_\t2\tnsubj\t_\t_
2\tparle\tparler\tVERB\t_\tMood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin\t0\troot\t_\t_
3-4\tdu\t_\t_\t_\t_\t_\t_\t_\t_
3\tde\tde\tADP\t_\t_\t5\tcase\t_\t_
4\tle\tle\tDET\t_\tDefinite=Def|Gender=Masc|Number=Sing|PronType=Art\t5\tdet\t_\t_
5\tpont\tpont\tNOUN\t_\tGender=Masc|Number=Sing\t2\tobl:arg\t_\tSpaceAfter=No
6\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_

# sent_id = two
1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\t_
1\tDo\tdo\tAUX\t_\tVerbForm=Fin\t3\taux\t_\t_
2\tn't\tnot\tPART\t_\t_\t3\tadvmod\t_\t_
3\tgo\tgo\tVERB\t_\tVerbForm=Inf\t0\troot\t_\t_
"""


def trees() -> list[Tree]:
    found = [tree(fields, "fr") for _, fields in sentences(FRENCH.splitlines())]
    return [each for each in found if each]


def named(tree: Tree) -> list[tuple[str, str, str, int]]:
    columns = list(COLUMNS)
    upos, relation = columns.index("UPOS"), columns.index("Relation")
    return [
        (
            tree.text[word.start : word.end],
            COLUMNS["UPOS"][word.tags[upos]],
            COLUMNS["Relation"][word.tags[relation]],
            word.head,
        )
        for word in tree.words
    ]


def test_contractions_are_one_word_unless_their_words_are_written_out() -> None:
    french, english = trees()
    assert french.text == "Jean parle du pont."
    assert named(french) == [
        ("Jean", "PROPN", "nsubj", 1),
        ("parle", "VERB", "root", -1),
        ("du", "ADP+DET", "case", 3),
        ("pont", "NOUN", "obl", 1),
        (".", "PUNCT", "punct", 1),
    ]
    assert [word[:2] for word in named(english)] == [("Do", "AUX"), ("n't", "PART"), ("go", "VERB")]


def test_features_are_labels_of_columns() -> None:
    word = trees()[0].words[1]
    found = {
        column: labels[label] for (column, labels), label in zip(COLUMNS.items(), word.tags, strict=True)
    }
    assert found["Person"] == "3"
    assert found["Tense"] == "Pres"
    assert found["Gender"] == "_"


def test_pieces_have_the_tags_of_their_word_and_the_first_piece_of_its_head() -> None:
    (row, _) = tree_rows(trees(), tokenizer("Jean", "parle", "pont"))
    assert row.tags is not None
    assert row.heads is not None
    # <s> Jean parle ▁ d u pont . </s>
    assert row.tags[:, 0].tolist()[0] == row.tags[:, 0].tolist()[-1] == UNKNOWN
    assert row.heads.tolist()[1:3] == [2, 0]
    du = [i for i, tag in enumerate(row.tags[:, 0]) if tag == COLUMNS["UPOS"].index("ADP+DET")]
    assert len(du) > 1
    assert {int(row.heads[i]) for i in du} == {du[-1] + 1}
    assert row.garbled == UNKNOWN
