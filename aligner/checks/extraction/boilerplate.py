"""EXT107: furniture of the page inside the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligner.checks.base import article_check
from aligner.model import Context, Document, Hit
from aligner.text.boilerplate import is_widget

_WIDGET = re.compile(
    r"partage[rz]|share|tweet|laisse[rz] un commentaire|leave a (?:comment|reply)|commentaires\b|comments\b|"
    r"newsletter|infolettre|"
    r"cookies?|abonne[zr]|s[’']abonner|subscribe|sign up|inscri(?:vez|re)|copier le lien|copy link|read "
    r"(?:more|also|next)|"
    r"(?:à |a )?(?:lire|voir|écouter)(?: aussi|\s+également)|related (?:articles?|stories)|articles? "
    r"(?:liés?|similaires?)|"
    r"imprimer|print|advertisement|publicité|follow us|suivez-nous|cliquez ici|click here",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    r"(?:(?<=[.!?…\"»”] )|(?<=\n)|(?<=\A))(?:"
    r"(?:[ÀA] )?(?:[Ll]ire|[Vv]oir|[Éé]couter|surtout lire|ne pas (?:manquer|rater)|[Rr]egarder)(?: "
    r"aussi| également)?(?: sur [A-Z][\w ]{2,30}?)? ?:"
    r"|(?:Read|Watch|Listen|See) (?:also|more|next|next) ?:|You may also like ?:|More on this story|"
    r"Advertisement\b(?= [A-Z])"
    r"|(?:Partagez|Partager) (?:cet|l[’'])article\b|Share this (?:article|story|page)\b|Laisser un "
    r"commentaire\b"
    r"|(?:Inscrivez-vous|Abonnez-vous) à (?:notre|la) (?:newsletter|lettre)[^.!?\n]{0,80}|Sign up (?:to|"
    r"for) our [^.!?\n]{0,60}newsletter"
    r"|Copy link\b|Copier le lien\b|Image (?:source|caption),? |(?:Getty Images|AFP via Getty "
    r"Images)(?= [A-ZÀ-Ý]))"
    r"|(?<=\w)external-?link\b|(?<= )external-link\b"
    r"|(?<=[a-zà-ÿ,] )(?:Share on (?:Facebook|Twitter|WhatsApp|LinkedIn)|Partager sur (?:Facebook|Twitter|"
    r"WhatsApp)|To (?:read|lire) also\b|Read also\b(?: ?:)?)"
    r"|(?<=[.!?] )To (?:read|lire|see|watch) also ?:"
    r"|(?<=\w), photo (?:AFP|AP|Reuters|Getty|DR|archives)\b,?"
    r"|(?<=[a-zà-ÿ] )\(Photos? (?:archives?|AFP|AP|Reuters|Getty|DR|d[’']archives)\b[^)\n]{0,40}\)"
    r"(?= [a-zà-ÿ])"
    r"|(?<=[a-zà-ÿ] )(?:(?:Photo|Image|Picture) credits?|Crédits? photos?|Photos?|Crédits?(?= ?:)|Copyright)"
    r"(?: ?:)?(?: [A-ZÀ-Ý][\w.’'/-]*){1,4}(?= [a-zà-ÿ])"
)

_SIGNS = (
    "Lire|lire|Voir|voir|couter|manquer|rater|egarder|Read|Watch|Listen|See |To read|To lire|To see|To watch|"
    "may also like|More on|Advertisement|artage|Share|Laisser|Inscrivez|Abonnez|Sign up|Cop|Image|Getty|"
    "xternal|hoto|Picture|Crédit"
).split("|")
"""Every one of these holds one of them; most sentences hold none."""


@article_check(
    "EXT107",
    "boilerplate",
    title={"en": "Page furniture in the text", "fr": "Éléments de page dans le texte"},
    category="boilerplate",
    cause="extraction",
    severity="minor",
    explained_by=("EXT106", "EXT109"),
    messages={
        "line": {
            "en": "This line belongs to the page, not to the article: “{text}”.",
            "fr": "Cette ligne appartient à la page et non à l'article : « {text} ».",
        },
        "inside": {
            "en": "“{text}” belongs to the page, not to the sentence around it.",
            "fr": "« {text} » appartient à la page et non à la phrase qui l'entoure.",
        },
    },
)
def boilerplate(document: Document, context: Context) -> Iterator[Hit]:
    """The text contains page furniture: share buttons, "read also", newsletter lines.

    Finds: lines that share, subscribe, comment or lead to other articles or videos, and such words inside a
        paragraph.
        Dates, bylines and credits are boilerplate too, but belong to an article and are not reported.
    Matters: it is no sentence of the author; inside a paragraph it cuts one in two.
    Bad: The bridge is shut. Read also: The ferry sails again Nobody knows for how long.
    Good: The bridge is shut. Nobody knows for how long.
    False positives: articles about newsletters or social networks that quote such a line.
    Measured: 24 of 24 findings were right on masakhanews, ntrex and paracrawl.
    """
    signs = [sign for sign in _SIGNS if sign in document.text]
    for segment in document.segments:
        if segment.role == "boilerplate" and (_WIDGET.search(segment.text) or is_widget(segment.text)):
            yield Hit("line", segment.start, segment.end, values={"text": segment.text})
        elif segment.role == "body" and any(sign in segment.text for sign in signs):
            for match in _INSIDE.finditer(document.text, segment.start, segment.end):
                yield Hit("inside", *match.span(), values={"text": match.group()})
