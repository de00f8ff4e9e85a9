"""Faults of French grammar that depend on a distant word: the mood after "que", and agreed participles."""

from __future__ import annotations

import re

from aligner.lab.train.detector.context import Context, Tokens, at, places
from aligner.lab.train.detector.faults_of_words import swap
from aligner.lab.train.detector.word_statistics import folded

SUBJUNCTIVES = {
    subjunctive: indicative
    for row in """
        soit est · soient sont · sois es · soyons sommes · soyez êtes · ait a · aient ont · aie ai ·
        ayons avons · ayez avez · puisse peut · puissent peuvent · puissions pouvons · puissiez
        pouvez · fasse fait · fassent font · fassions faisons · fassiez faites · fasses fais · aille
        va · aillent vont · ailles vas · sache sait · sachent savent · sachions savons · sachiez
        savez · saches sais · veuille veut · veuillent veulent · vienne vient · viennes viens ·
        tienne tient · prenne prend · prennes prends · devienne devient · revienne revient ·
        obtienne obtient · maintienne maintient · comprenne comprend · apprenne apprend ·
        entreprenne entreprend · dise dit · disent disent · mette met · mettes mets · permette
        permet · promette promet · doive doit · reçoive reçoit · perçoive perçoit · voie voit ·
        voies vois · croie croit · finisse finit · finissent finissent · agisse agit · choisisse
        choisit · réussisse réussit · suive suit · vive vit · lise lit · écrive écrit · serve sert ·
        sente sent · perde perd · perdes perds · rende rend · réponde répond · attende attend ·
        entende entend · vende vend · parte part · partes pars · dorme dort · connaisse connaît ·
        paraisse paraît · disparaisse disparaît · conduise conduit · produise produit · construise
        construit · réduise réduit · craigne craint · plaigne plaint · atteigne atteint · joigne
        joint · boive boit · meure meurt · vaille vaut · faille faut · plaise plaît · taise tait ·
        ouvre ouvre
    """.split("·")
    for subjunctive, indicative in [row.split()]
    if subjunctive != indicative
}
"""Forms of the subjunctive that sound unlike the indicative of the same person."""
THAT = frozenset(("que", "qu'"))
MAX_DISTANCE = 4
"""Tokens from "que" to its verb, at most; from "si" half as many."""
HAVING = frozenset(
    """
    ai as a avons avez ont avais avait avions aviez avaient aura aurai auras aurons aurez auront aurais
    aurait auraient aie ait aient eut eurent avoir ayant
    """.split()
)
BETWEEN = frozenset("pas plus jamais déjà bien mal tout tous toujours aussi encore souvent trop rien".split())
"""What may come between "to have" and its participle."""
PARTICIPLE = re.compile(r"(?P<bare>\w{2,}(?:é|i|u|is|it|ert))(?P<agreed>e|s|es)?$")
ENDINGS = ("e", "s", "es")
CLITICS = frozenset("le la les l' me m' te t' nous vous".split())
ASKING = frozenset(
    "que qu' dont quel quelle quels quelles combien lequel laquelle lesquels lesquelles".split()
)
FOREGOING = 8
"""Tokens before "to have" in which such a word may be an object that the participle agrees with."""


def mood(tokens: Tokens, context: Context) -> Tokens | None:
    """Put the indicative for a subjunctive after "que"; now and then a conditional after "si"."""
    if context.language != "fr":
        return None
    for i in places(tokens, context, lambda t: t.text.lower() in SUBJUNCTIVES):
        if THAT.intersection(folded(t.text) for t in tokens[max(0, i - MAX_DISTANCE) : i]):
            return swap(tokens, i, SUBJUNCTIVES[tokens[i].text.lower()], "verb-form", context, 1.0)
    for i in places(
        tokens, context, lambda t: t.text.lower().endswith(("ais", "ait", "aient", "ions", "iez"))
    ):
        if "si" in (folded(t.text) for t in tokens[max(0, i - MAX_DISTANCE // 2) : i]):
            ends = ("rais", "rait", "raient", "rions", "riez")
            forms = [
                w for w in context.statistics.families.get(tokens[i].text.lower(), ()) if w.endswith(ends)
            ]
            if forms:
                return swap(tokens, i, context.rng.choice(forms), "verb-form", context, 1.0)
    return None


def participle(tokens: Tokens, context: Context) -> Tokens | None:
    """Drop or add the agreement of a participle after "to have" (French only).

    It agrees with an object that precedes it, and only then.
    """
    if context.language != "fr":
        return None
    for i in places(tokens, context, lambda t: t.text.lower() in context.statistics.families):
        having = i - 1
        while having > 0 and folded(tokens[having].text) in BETWEEN:
            having -= 1
        before = at(tokens, having)
        if not before or folded(before.text) not in HAVING:
            continue
        old, forms = tokens[i].text.lower(), context.statistics.families[tokens[i].text.lower()]
        match = PARTICIPLE.match(old)
        if not match:
            continue
        if match["agreed"] and match["bare"] in forms:
            return swap(tokens, i, match["bare"], "agreement", context, 1.0)
        foregoing = [folded(t.text) for t in tokens[max(0, having - FOREGOING) : having]]
        wrong = [old + end for end in ENDINGS if old + end in forms]
        if wrong and not CLITICS.intersection(foregoing[-1:]) and not ASKING.intersection(foregoing):
            return swap(tokens, i, context.rng.choice(wrong), "agreement", context, 1.0)
    return None
