"""Words that can carry the negation of the other side without being one: "unable", "peu", "impossible"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from aligner.model import Language


def one_of(*alternatives: str) -> re.Pattern[str]:
    """A pattern for any of the alternatives as whole words, whatever the case."""
    return re.compile(rf"\b(?:{'|'.join(alternatives)})(?!\w)", re.IGNORECASE)


def stems(words: str) -> str:
    """Alternatives from words with spaces between; ``*`` stands for any ending."""
    return "|".join(word.replace("*", r"\w*") for word in words.split())


# Found by their excess in pairs of newstest 2008-2012 and Europarl (train) where only the other side
# negates, and completed by hand so that a word of one language has its counterpart in the other.
WEAK: Mapping[Language, re.Pattern[str]] = {
    "fr": one_of(
        stems(
            "évit* absen* inutile* sinon ignor* manqu* défaut muet* silenc* refus* interdi* empêch* "
            "renon* faux fausse* mal échou* vain vaine désaccord* cess* oubli* contrairement échec* "
            "dément* démenti* nie nié nient niait niant dépourvu* priver exempt* abst* néglig* "
            "omis omet* omettre illég* illicit* illisib* irré* irra* injust* inégal* insuff* "
            "inadm* inadéq* inadap* inacc* incert* inach* insens* incap* inconscien* insat* inchang* "
            "incorrect* négati* inexact* ineff* inhabit* inattend* inopér* invis* impay* impuiss* imprud* "
            "imparf* impréc* imprév* improp* impossib* mécont* méconn* méfi* déconseill* "
            "désapprouv* désavou* dissuad* rarement sauf excepté hormis prohib* "
            "exclu exclue exclus exclues exclure exclut exclusion* rare rares impopul* inoff* inact* "
            "facultati* indiffér* irrespect*"
        ),
        r"(?<!\bun )(?<!\bà )peu(?! à peu| après| de temps| importe| avant)",
        r"arrêt(?!ée?s?\b)\w*|hors(?!-)|rejet(?!ons?\b)\w*",
        r"privée?s? d\w*|à peine|mise? à part|première fois|loin d\w*|au lieu|plutôt que|faute d\w*",
        r"(?<!\bau )contraires?|au contraire d\w*|libres? d\w*",
        r"(?<!\bsans )(?<!\baucun )dout(?:e|es|ent|ait|aient|é)|en panne|tout sauf|à l['’]exception",
        r"i(?!ndispensable)[nm]\w{3,}(?:able|ible)s?|ir\w{3,}(?:able|ible)s?",
        r"non-\w{3,}",
    ),
    "en": one_of(
        stems(
            "unable fail fails failed failing few lack* default* silen* little hardly scarcely "
            "barely rarely seldom unless refus* deny denied denies denying denial* avoid* prevent* "
            "wrong* absen* reject* forget* forgot* ignor* doubt* unlike* disagree* disapprov* dislike* "
            "dismiss* distrust* disregard* dissat* dissuad* mistrust* refrain* ceas* inadeq* insuff* "
            "inapprop* inaccur* incap* incorrect* ineff* invis* imposs* improb* impat* improp* imprud* "
            "irreg* irrat* irresp* irrel* illegal* illicit* illegib* forbid* forbad* "
            "prohibit* banned barred neglect* omit* omission* abstain* false falsely fake negative* "
            "exempt* exclud* exclusion* depriv* stop* discont* except* otherwise "
            "optional* indiffer* disrespect* disobey*"
        ),
        r"un(?!ion|it|iver|der|ti|ique|ifor|an|if|less|cle\b|employ|fortun|veil|lock|leash|fold|known|cover|anim)\w{3,}",
        r"in(?!dispensable)\w{3,}(?:ible|able)|non-?\w{4,}",
        r"(?!unless|regardless|nonetheless|nevertheless|bless)[a-z]{3,}less(?:ly|ness)?",
        r"g(?:ive|ives|iving|iven|ave) up|failures?|declin\w+ to|miss(?:es|ed|ing)?",
        r"contraven\w+|(?<!the )contrary|instead of|rather than|first time|yet to",
        r"far from|other than|in vain|apart from|short of|free (?:of|from)",
    ),
}
# Words that do so now and then: they make a lost negation doubtful.
PERHAPS: Mapping[Language, re.Pattern[str]] = {
    "fr": re.compile(
        one_of(
            stems(
                "moins contre seul seule seulement uniquement malgré toujours encore loin rest* fini* "
                "perd* termin* avant fermé* difficil* trop oppos* résist* abandonn* "
                "anonym* plutôt inconnu* annul* mauvais* bloqu* sceptiq* absurd*"
            ),
            "une fois",
        ).pattern
        + r"|\?",
        re.IGNORECASE,
    ),
    "en": re.compile(
        one_of(
            stems(
                "only just than out far until remain* against free yet still "
                "lost lose loses losing end ends ended ending retire* over hard poor* low* less worse worst "
                "break* apart empty gone closed keep* kept any* drop* quit exit fine same "
                "too rare broken rather instead short difficult* oppos* resist* abandon* unknown cancel* "
                "bad badly block* outside suspicio* sceptic* skeptic* slim struggl* absurd* waste* wasting"
            ),
            "at most",
        ).pattern
        + r"|\?",
        re.IGNORECASE,
    ),
}
