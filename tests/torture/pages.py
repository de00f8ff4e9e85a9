"""Bad web pages: deep, wide, with code, frames, entities, or without an article."""

from __future__ import annotations

from tests.torture.cases import FRENCH, Case, file

SENTENCES = [
    f"Le conseil numéro {n} de la ville a voté hier soir le budget, et la mairie en est contente."
    for n in range(12)
]
ARTICLE = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)


def page(middle: str = "", head: str = "", article: str = ARTICLE) -> str:
    """A page with an article, and something in it."""
    return (
        f"<!doctype html><html lang=fr><head><title>Le budget</title>{head}</head>"
        f"<body><article><h1>Le budget est voté</h1>{article}{middle}</article></body></html>"
    )


def attributes(n: int) -> str:
    return " ".join(f"a{i}=1" for i in range(n))


def pages() -> list[Case]:
    """Pages that a browser would survive, or not."""
    script = '<script>document.title="taken"</script>'
    laughs = '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><p>&b;</p>'
    outside = '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return [
        file("deep.html", lambda: page("<div>" * 100_000), "skipped"),
        file("deep-below-the-limit.html", page("<div>" * 30_000)),
        file("deep-tables.html", page("<table><tr><td>" * 10_000)),
        file("deep-lists.html", page("<ul><li>" * 15_000)),
        file("deep-inline.html", page("<b><i><u>" * 10_000)),
        file("deep-fonts.html", page("<font><span>a" * 15_000)),
        file("breaks.html", page("le<br>" * 30_000)),
        file("million-breaks.html", lambda: page("<br>" * 10**6), "skipped"),
        file("unclosed.html", page("<p>le maire " * 30_000)),
        file("million-attributes.html", lambda: page(f"<p {attributes(10**6)}>a</p>"), "skipped"),
        file("attributes.html", page(f"<p {attributes(1500)}>a</p>"), "read"),
        file("long-attribute.html", page(f"<p data-a='{'a b ' * 500_000}'>a</p>")),
        file("data-image.html", page(f"<img src='data:image/png;base64,{'A' * 2_000_000}'>")),
        file("unclosed-attribute.html", page("<p title='" + "a" * 10**6)),
        file("unclosed-comment.html", page("<!--" + "a" * 10**6)),
        file("many-comments.html", page("<!--a-->" * 100_000), "read"),
        file("script-only.html", f"<html><body>{script * 100}</body></html>", "skipped"),
        file("style-only.html", "<html><head><style>p{color:red}</style></head></html>", "skipped"),
        file("long-script.html", page(f"<script>{'a<b;' * 500_000}</script>")),
        file("scripts-among.html", page(script * 50), "read"),
        file(
            "script-as-text.html",
            page("<p>&lt;script&gt;document.title='taken'&lt;/script&gt; dit la mairie</p>"),
            "read",
        ),
        file(
            "frames.html", "<html><frameset><frame src=a><frame src=/etc/passwd></frameset></html>", "skipped"
        ),
        file("iframes.html", page("<iframe src=file:///etc/passwd></iframe>" * 500), "read"),
        file(
            "refresh.html", page(head="<meta http-equiv=refresh content='0;url=http://127.0.0.1:9/'>"), "read"
        ),
        file(
            "base.html", page(head="<base href=http://127.0.0.1:9/><link rel=stylesheet href=a.css>"), "read"
        ),
        file("laughs.html", laughs, "either"),
        file("outside.html", outside + page("<p>&x;</p>"), "read"),
        file("metas.html", page(head="<meta name=a content=b>" * 20_000)),
        file("json-deep.html", page(head=f"<script type=application/ld+json>{'[' * 10**5}</script>")),
        file(
            "json-broken.html",
            page(head='<script type=application/ld+json>{"@type": "NewsArticle", </script>'),
            "read",
        ),
        file("dates.html", page("2020-01-01 31/12/99 " * 20_000)),
        file("entities.html", page("&amp;&lt;&#0;&#xD800;&#x110000;&nosuch;" * 5_000)),
        file("nul.html", page("\0" * 1000)),
        file("latin-1-said-utf-8.html", page(head="<meta charset=utf-8>").encode("latin-1")),
        file("utf-16.html", page().encode("utf-16"), "read"),
        file("utf-7.html", "<meta charset=utf-7>+ADw-script+AD4-alert(1)+ADw-/script+AD4-"),
        file("empty.html", b"", "skipped"),
        file("text.html", FRENCH),
        file("xml.html", '<?xml version="1.0"?><rss><channel><item/></channel></rss>', "skipped"),
        file("svg.html", page("<svg><script>document.title='taken'</script><foreignObject>" * 900)),
        file("mathml.html", page("<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>" * 300)),
        file("template.html", page("<template><p>a</template>" * 5_000)),
        file("noscript.html", page("<noscript><p title='</noscript><img src=x onerror=alert(1)>'>" * 300)),
        file("less-than.html", page("<" * 500_000)),
        file("long-word.html", page(article=f"<p>{'a' * 500_000}</p>{ARTICLE}")),
        file("paragraphs.html", page(article="<p>Le maire est content de ce vote.</p>" * 10_000)),
        file(
            "title-of-1-mb.html", f"<html><head><title>{'Le maire ' * 110_000}</title></head>" + page()[15:]
        ),
        file("xhtml.html", '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>Le maire</p></body></html>'),
        file(
            "forms.html",
            page("<form action=http://127.0.0.1:9/><input autofocus onfocus=alert(1)></form>" * 99),
            "read",
        ),
    ]
