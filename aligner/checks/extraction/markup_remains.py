"""EXT109: remains of HTML, Markdown, templates or scripts in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligner.checks.base import article_check
from aligner.model import Context, Document, Hit
from aligner.text.masks import MARKDOWN

_REMAINS = re.compile(
    r"&(?:nbsp|amp|lt|gt|quot|apos|rsquo|lsquo|rdquo|ldquo|laquo|raquo|eacute|egrave|agrave|ccedil|"
    r"hellip|ndash|mdash"
    r"|euro|copy|ecirc|ocirc|#x?[0-9a-fA-F]{2,6});?"
    r"|</?(?:p|br|div|span|a|b|i|u|strong|em|img|h[1-6]|ul|ol|li|table|t[rdh]|script|style|font|iframe|"
    r"blockquote|figure"
    r"|figcaption)(?:\s[^<>\n]{0,300})?/?>"
    r"|<!--|-->|\{\{[^{}\n]{1,80}\}\}|\{%[^{}\n]{1,80}%\}|\[/?(?:caption|embed|gallery|quote|url|img|b|"
    r"i)\b[^\[\]\n]{0,120}\]"
    r"|\\u00[0-9a-fA-F]{2}|(?<=\w)\\n(?=\w|\\)|\bfunction\s?\(\w*\)\s?\{|document\.(?:getElementById|write)\("
    r"|(?<!\S)[^\W\d_]+(?:%(?:20|[CE][0-9A-F](?:%[89AB][0-9A-F]){1,2})[^\W\d_]*)+(?=[\s.,;:!?)]|\Z)"
)
_SIGNS = ("&", "<", "-->", "{", "[", "\\", "function", "document.", "%2", "%C", "%E")
"""Every one of these remains holds one of them; most articles hold none."""
_MARKDOWN = re.compile(
    r"\*\*[^\s*][^*\n]{0,80}\*\*|(?<!\w)__[^\s_][^_\n]{0,80}__(?!\w)|\]\((?:https?:)?/[^\s()]{1,200}\)|"
    r"(?m:^#{1,6}\s)"
)
_MARKDOWN_SIGNS = ("**", "__", "](", "#")


@article_check(
    "EXT109",
    "markup-remains",
    title={"en": "Remains of code", "fr": "Restes de code"},
    category="markup",
    cause="extraction",
    severity="minor",
    explained_by=("EXT106",),
    of_source=True,
    messages={
        "markup": {
            "en": "There are remains of the page's code in the text: “{text}”.",
            "fr": "Il reste du code de la page dans le texte : « {text} ».",
        },
    },
)
def markup_remains(document: Document, context: Context) -> Iterator[Hit]:
    """The text contains remains of HTML, Markdown, templates or scripts.

    Finds: character entities ("&nbsp;"), tags, comments, template fields, short codes and, but for Markdown
        files, the marks of Markdown.
    Matters: the reader sees code, and every word that touches it is lost to later tools.
    Bad: The mayor&nbsp;said <b>no</b> to {{ plan.name }}.
    Good: The mayor said no to the plan.
    False positives: articles about the making of web pages.
    Measured: 19 of 19 findings were right on masakhanews, ntrex, newstest, paracrawl and newsdiscuss.
    """
    patterns: list[tuple[re.Pattern[str], tuple[str, ...]]] = [(_REMAINS, _SIGNS)]
    if document.metadata.get("format") not in MARKDOWN:
        patterns.append((_MARKDOWN, _MARKDOWN_SIGNS))
    for pattern, signs in patterns:
        if any(sign in document.text for sign in signs):
            for match in pattern.finditer(document.text):
                yield Hit("markup", *match.span(), values={"text": match.group().strip()})
