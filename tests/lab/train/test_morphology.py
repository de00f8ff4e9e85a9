"""The tables of forms are made from a dictionary with grammatical fields, and read back."""

from __future__ import annotations

import gzip
from collections import Counter
from pathlib import Path

from aligner.lab.train.morphology import english_forms, french_forms, with_usage, write_morphology
from aligner.lab.train.usage import Usage

AFF = """FLAG long
SFX S. Y 2
SFX S. 0 0/L' [^sxz] is:sg
SFX S. 0 s/D' [^sxz] is:pl
SFX a0 Y 3
SFX a0 er er/n' er po:infi
SFX a0 er ée/n' er po:ppas po:adj is:fem is:sg
SFX a0 er e/j' er po:ipre po:spre po:1sg po:3sg
PFX Um Y 3
PFX Um 0 0/S. .
PFX Um 0 l'kilo/S.() .
PFX Um 0 kilo/S.() .
PFX Ui Y 1
PFX Ui 0 0 .
NEEDAFFIX ()
"""
DIC = """8
homme/S.() po:nom is:mas
hibou/S.() po:nom is:mas
hibouesque/S.() po:adj is:epi
parler/a0() po:v1_it_q__a
ligner/a0() po:v1__t____a
ligne/S.() po:nom is:fem
mètre/Um() po:nom is:mas
hertz/Ui() po:nom is:mas is:inv
"""


def test_french_forms_have_their_lemmas_parts_and_features(tmp_path: Path) -> None:
    (tmp_path / "fr.aff").write_text(AFF, encoding="utf-8")
    (tmp_path / "fr.dic").write_text(DIC, encoding="utf-8")
    forms = french_forms(tmp_path, ["L'homme dit que l'homme voit d'homme. Le hibou dort."] * 3)
    assert forms["hommes"] == {("homme", "noun plur masc mute")}
    assert forms["homme"] == {("homme", "noun sing masc mute")}
    assert forms["hibou"] == {("hibou", "noun sing masc aspirated")}
    assert forms["hibouesque"] == {("hibouesque", "adj sing masc fem aspirated")}
    assert forms["parlée"] == {
        ("parler", "verb pastpart fem sing intrans trans refl"),
        ("parler", "adj fem sing"),
    }
    assert ("parler", "verb fin sub 1 sing 3 sing intrans trans refl") in forms["parle"]


def test_units_are_words_with_and_without_their_prefixes(tmp_path: Path) -> None:
    (tmp_path / "fr.aff").write_text(AFF, encoding="utf-8")
    (tmp_path / "fr.dic").write_text(DIC, encoding="utf-8")
    forms = french_forms(tmp_path, [])
    assert forms["mètre"] == {("mètre", "noun sing masc")}
    assert forms["kilomètres"] == {("kilomètre", "noun plur masc")}
    assert forms["hertz"] == {("hertz", "noun masc sing plur")}
    assert not any("'" in form for form in forms)


def test_rare_verbs_give_way_to_common_words(tmp_path: Path) -> None:
    (tmp_path / "fr.aff").write_text(AFF, encoding="utf-8")
    (tmp_path / "fr.dic").write_text(DIC, encoding="utf-8")
    out = tmp_path / "table.gz"
    assert write_morphology(french_forms(tmp_path, []), "fr", out) > 0
    head, _, rows = gzip.decompress(out.read_bytes()).decode().partition("\n\n")
    classes = head.split("\n")
    by_form = dict(row.split("\t") for row in rows.splitlines())
    assert [classes[int(n)].split("\t")[2] for n in by_form["ligne"].split(",")] == ["noun sing fem"]


def test_english_forms(tmp_path: Path) -> None:
    inflections, lemmas, closed = (tmp_path / name for name in ("infl.gz", "lemma.gz", "closed.tsv"))
    rows = (
        "child,noun,children",
        "advice,noun,advices/advice",
        "series,noun,series",
        "learn,verb,learned/learnt,learnt,learning,learns",
        "big,adj,bigger,biggest",
    )
    inflections.write_bytes(gzip.compress("\n".join(rows).encode()))
    lemmas.write_bytes(gzip.compress(b"economic,adj,economic\nbest,adj,good\n"))
    closed.write_text("the\tthe\tdet sing plur\n", encoding="utf-8")
    forms = english_forms(inflections, lemmas, closed)
    assert forms["children"] == {("child", "noun plur")}
    assert forms["advices"] == {("advice", "noun plur mass")}
    assert forms["series"] == {("series", "noun sing plur")}
    assert forms["learned"] == {("learn", "verb past"), ("learn", "verb pastpart")}
    assert forms["biggest"] == {("big", "adj sup")}
    assert forms["economic"] == {("economic", "adj")}
    assert forms["the"] == {("the", "det sing plur")}
    assert "best" not in forms


def test_news_adds_what_dictionaries_leave_out() -> None:
    forms = {
        "act": {("act", "verb base")},
        "acts": {("act", "verb third")},
        "many": {("many", "det plur")},
        "run": {("run", "verb base"), ("run", "noun sing")},
    }
    uses = {
        ("act", "noun sing"): (9, 40, 100),
        ("acts", "noun plur"): (4, 20, 100),
        ("many", "adj"): (90, 900, 1000),  # closed
        ("run", "noun sing"): (9, 40, 100),  # known
        ("trading", "noun sing"): (9, 90, 100),
        ("euros", "noun plur"): (9, 90, 100),
        ("euro", "noun sing"): (9, 90, 100),
        ("tx", "noun"): (9, 90, 100),  # no number
        ("zip", "noun sing"): (2, 90, 100),  # two articles
    }
    usage = Usage(
        Counter({use: articles for use, (articles, _, _) in uses.items()}),
        Counter({use: count for use, (_, count, _) in uses.items()}),
        Counter({form: total for (form, _), (_, _, total) in uses.items()}),
    )
    added = with_usage(forms, usage, "en")
    new = {form: readings - forms.get(form, set()) for form, readings in added.items()}
    assert {form: readings for form, readings in new.items() if readings} == {
        "act": {("act", "noun sing")},
        "acts": {("act", "noun plur")},
        "trading": {("trading", "noun sing")},
        "euro": {("euro", "noun sing")},
        "euros": {("euro", "noun plur")},
    }


def test_a_noun_that_looks_like_a_small_word_counts_if_news_uses_it(tmp_path: Path) -> None:
    forms = {
        "fin": {("fin", "noun sing fem"), ("fin", "adv")},
        "fins": {("fin", "noun plur fem"), ("fin", "adj")},
    }
    usage = Usage(
        Counter({("fin", "noun sing fem"): 2}), Counter({("fin", "noun sing fem"): 9}), Counter(fin=90)
    )
    out = tmp_path / "table.gz"
    write_morphology(forms, "fr", out)
    assert b"noun sing fem" not in gzip.decompress(out.read_bytes())
    write_morphology(forms, "fr", out, usage)
    assert b"noun sing fem" in gzip.decompress(out.read_bytes())
