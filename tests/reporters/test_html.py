from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from aligner.model import Finding, Language, Unpaired
from aligner.report.records import article_text
from aligner.report.writer import Report, ReportWriter
from aligner.reporters.alignments import render
from aligner.reporters.html import write_pages
from aligner.reporters.view import article_view
from tests.reporters import samples
from tests.reporters.conftest import fill

VOID = {"meta", "link", "input", "br", "img", "hr", "rect", "circle", "line", "path"}
HOSTILE = [
    "<script>document.title='taken'</script>",
    '"><img src=x onerror=alert(1)>',
    "</style></script><h1>out</h1>",
    "{{ 7 * 7 }}{% raw %}",
    "nul\0and\x1bescape",
    "\u202eturned round\u202c",
    "javascript:alert(1)",
    "👩‍🚒 & &amp; ]]>",
]


class Page(HTMLParser):
    """Collects what a page holds, and fails on an element that is closed out of order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        for name, value in attrs:
            self.attributes.append((tag, name, value or ""))
            if name == "id":
                self.ids.append(value or "")
            if name == "href":
                self.links.append(value or "")
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self._open or self._open[-1] not in ("style", "script"):
            self.text += data


def pages(report: Report) -> dict[str, Page]:
    files = sorted(report.path.rglob("*.html"))
    return {str(file.relative_to(report.path)): Page(file.read_text("utf-8")) for file in files}


@pytest.mark.parametrize("ui", ["en", "fr"])
def test_pages_are_well_formed_say_their_language_and_reach_each_other(tmp_path: Path, ui: Language) -> None:
    with ReportWriter(tmp_path / "out", ui=ui) as writer:
        report = fill(writer)
    every = pages(report)
    assert len(every) == 4
    for name, page in every.items():
        assert ("html", "lang", ui) in page.attributes
        assert page.tags["h1"] == page.tags["main"] == page.tags["head"] == 1
        assert [i for i, n in Counter(page.ids).items() if n > 1] == []
        folder = (report.path / name).parent
        for link in page.links:
            target, _, anchor = link.partition("#")
            if target:
                assert (folder / target).resolve().is_relative_to(report.path.resolve())
                assert (folder / target).is_file()
            else:
                assert "=" in anchor or anchor in page.ids  # or it is a filter


def test_pages_need_nothing_from_outside_and_allow_nothing_but_their_own_code(report: Report) -> None:
    for file in report.path.rglob("*.html"):
        html = file.read_text("utf-8")
        assert "//" not in re.sub(r"<script>.*?</script>", "", html, flags=re.S)
        policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)
        assert policy
        assert policy[1].startswith("default-src &#39;none&#39;;")
        for tag in ("style", "script"):
            (content,) = re.findall(f"<{tag}>(.*?)</{tag}>", html, flags=re.S)
            digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
            assert f"{tag}-src &#39;sha256-{digest.replace('+', '+')}&#39;" in policy[1]
        assert not re.search(r"<[^>]+\s(style|on\w+)=", html)


def test_every_finding_is_listed_once_and_marked_where_it_stands(report: Report) -> None:
    (pair,) = (report.path / "pairs").iterdir()
    page = Page(pair.read_text("utf-8"))
    for finding in samples.HARBOUR_FINDINGS + samples.HARBOUR_PAIR_FINDINGS:
        assert page.ids.count(f"n-{finding.fingerprint}") == 1
        assert page.ids.count(f"m-{finding.fingerprint}") == 1
    html = re.sub(r"</?span[^>]*>", "", pair.read_text("utf-8"))  # numbers and names are marked as well
    marks = re.findall(r'<mark class="([^"]+)"><a [^>]*>([^<]*)</a></mark>', html)
    assert ("major", "morningwith") in marks
    assert ("critical", "40") in marks
    assert ("major quiet", " ships") in marks
    assert "Something is wrong with “40”." in html


def test_texts_stand_in_their_language_with_boilerplate_and_gaps_visible(report: Report) -> None:
    (pair,) = (report.path / "pairs").iterdir()
    html = pair.read_text("utf-8")
    assert '<p class="segment boilerplate" lang="fr">Partager l’article</p>' in html
    assert '<p class="segment body" lang="en">Local bakers gave away bread.</p>' in html
    assert "Only in the English article" in html
    assert html.count("Moved: corresponds to passage") == 2
    text = Page(html).text
    order = [text.index(said) for said in ("Photo : archives", "14 navires", "Partager l", "La criée")]
    assert order == sorted(order)


def test_an_unpaired_article_has_a_page_with_its_findings(report: Report) -> None:
    (file,) = (report.path / "articles").iterdir()
    page = Page(file.read_text("utf-8"))
    assert f"n-{samples.MARKET_FINDINGS[0].fingerprint}" in page.ids
    assert "only related" in page.text
    assert "lieu ancien" in page.text


def test_the_overview_says_it_all(report: Report) -> None:
    text = " ".join(Page((report.path / "index.html").read_text("utf-8")).text.split())
    for said in (
        "3 articles (2 French, 1 English) · 103 words · 1 pair · 1 without counterpart",
        "20.8",
        "Le port rouvre après la tempête",
        "en/harbour.txt",
        "77% 68%",
        "1 critical 3 major 1 minor",
        "only related",
        "not a text: it holds NUL bytes",
        "Words run together EXT101",
        "static-fr-en",
        "1 explained by another finding",
    ):
        assert said in text


def test_a_hostile_article_is_text_and_nothing_else(tmp_path: Path) -> None:
    fr = samples.document("fr/<b>.txt", "fr", [(HOSTILE[0], "title"), *HOSTILE, "long " * 40_000])
    en = samples.document("en/\"'.txt", "en", [("x" * 200_000, "title"), *HOSTILE], title=HOSTILE[1])
    beads = [([i], [i]) for i in range(9)]
    pair = samples.alignment(fr, en, [*beads, ([9], [])])
    found = [samples.finding(fr, text, suggestion=text) for text in HOSTILE]
    found += [samples.finding(en, text, code="ACC308", pair=pair.pair, bead=1) for text in HOSTILE]
    with ReportWriter(tmp_path / "out") as writer:
        writer.add_document(fr, found[:8])
        writer.add_document(en)
        writer.add_alignment(pair, found[8:])
        lone = samples.document("lone", "fr", HOSTILE)
        writer.add_document(lone)
        writer.add_unpaired(Unpaired(lone, "ambiguous", HOSTILE[0], 0.5))
        report = writer.finish({HOSTILE[1]: HOSTILE[2]}, write_pages=write_pages)
    for page in pages(report).values():
        assert page.tags["script"] == page.tags["style"] == 1
        assert page.tags["img"] == 0
        assert "\0" not in page.text
        assert "\x1b" not in page.text
        assert not [name for _, name, _ in page.attributes if name.startswith("on")]
    (shown,) = (page for name, page in pages(report).items() if name.startswith("pairs/"))
    assert shown.tags["h1"] == 1
    for text in HOSTILE:
        assert text.replace("\0", "␀").replace("\x1b", "␛").replace("\u202e", "\\u202e") in shown.text
    assert "49" not in shown.text.split("{{ 7 * 7 }}")[1][:40]


def test_a_finding_outside_every_passage_is_listed_above(tmp_path: Path) -> None:
    article = samples.document("a.txt", "fr", ["Un.", "Deux."])
    gap = samples.finding(article, "\n\n", at=3)
    with ReportWriter(tmp_path / "out") as writer:
        writer.add_document(article, [gap])
        report = writer.finish({}, write_pages=write_pages)
    (file,) = (report.path / "articles").iterdir()
    page = Page(file.read_text("utf-8"))
    assert f"n-{gap.fingerprint}" in page.ids
    assert "Outside the passages" in page.text


def test_links_to_passages_survive_a_change_elsewhere() -> None:
    def anchors(first: str) -> list[str]:
        fr = samples.document("f", "fr", [first, "Même phrase."])
        en = samples.document("e", "en", ["A change.", "Same sentence."])
        page = Page(str(render(samples.alignment(fr, en, [([0], [0]), ([1], [1])]), "html")))
        return [i for i in page.ids if i.startswith("b-")]

    before, after = anchors("Avant."), anchors("Après.")
    assert before[0] != after[0]
    assert before[1] == after[1]


def test_two_articles_of_one_story_show_only_the_findings_of_their_own_comparison(tmp_path: Path) -> None:
    fr = samples.document("f", "fr", ["Une phraseici."])
    one, two = (samples.document(f"e{i}", "en", [f"A sentence {i}."]) for i in (1, 2))
    pairs = [samples.alignment(fr, en, [([0], [0])], group=7) for en in (one, two)]
    own = samples.finding(fr, "phraseici")
    compared = [
        samples.finding(fr, text, code="ACC301", pair=pair.pair, bead=0)
        for text, pair in zip(("Une", "Un"), pairs, strict=True)
    ]
    with ReportWriter(tmp_path / "out") as writer:
        for document in (fr, one, two):
            writer.add_document(document)
        for pair in pairs:
            writer.add_alignment(pair)
        writer.add_findings([own, *compared])
        report = writer.finish({}, write_pages=write_pages)
    shown = [
        {f.fingerprint for f in (own, *compared) if f"n-{f.fingerprint}" in Page(text).ids}
        for text in ((report.path / row.page).read_text("utf-8") for row in report.pairs())
    ]
    assert shown == [{own.fingerprint, f.fingerprint} for f in compared]
    assert [row.findings for row in report.pairs()] == [2, 2]
    first, second = report.pairs()
    assert (
        f'<a href="../{second.page}"><bdi class="path">e2</bdi></a>' in (report.path / first.page).read_text()
    )
    assert [row.findings for row in report.documents()] == [0, 0, 3]


def test_a_corpus_without_pairs_or_findings_says_so(tmp_path: Path) -> None:
    with ReportWriter(tmp_path / "out") as writer:
        writer.add_document(samples.document("a.txt", "fr", []))
        report = writer.finish({}, write_pages=write_pages)
    text = Page((report.path / "index.html").read_text("utf-8")).text
    assert "There is no English article here to pair the French ones with." in text
    assert "Nothing was found here." in text


def test_one_pair_alone_is_a_page_without_links_to_others() -> None:
    page = Page(str(render(samples.HARBOUR, "html", "fr", samples.HARBOUR_FINDINGS)))
    assert all(link.startswith("#") for link in page.links)
    assert "Quelque chose ne va pas avec «\u00a0morningwith\u00a0»." in page.text


def suspect(text: str) -> Finding:
    return replace(samples.finding(samples.MARKET, text), suspicion=True)


def test_suspicions_are_folded_away_and_called_so(tmp_path: Path) -> None:
    doubtful = suspect("rénové")
    with ReportWriter(tmp_path / "out") as writer:
        writer.add_document(samples.MARKET, [*samples.MARKET_FINDINGS, doubtful])
        report = writer.finish({}, write_pages=write_pages)
    (file,) = (report.path / "articles").iterdir()
    html = file.read_text("utf-8")
    fold = html.split('<li class="suspected">')[1].split("</details>")[0]
    assert "1 suspicion</summary>" in fold
    assert f'id="n-{doubtful.fingerprint}"' in fold
    assert '<span class="level">Suspicion</span>' in fold
    assert samples.MARKET_FINDINGS[0].fingerprint not in fold
    assert f"n-{doubtful.fingerprint}" not in (report.path / "index.html").read_text("utf-8")


def test_the_most_serious_findings_lead_straight_to_their_place(report: Report) -> None:
    index = (report.path / "index.html").read_text("utf-8")
    (serious,) = re.findall(r'<ol class="serious">.*?</ol>', index, flags=re.S)
    hrefs = re.findall(r'class="chip (\w+)">.*?</span>.*?href="([^"#]+)#([^"]+)"', serious, flags=re.S)
    assert [severity for severity, _, _ in hrefs][:2] == ["critical", "major"]
    for _, page, anchor in hrefs:
        assert anchor in Page((report.path / page).read_text("utf-8")).ids
    assert len(hrefs) == 6  # all but the one that another explains
    assert index.index('class="serious"') < index.index('class="card dial"')


def test_every_open_finding_is_in_the_list_and_leads_to_its_place(report: Report) -> None:
    text = (report.path / "findings.html").read_text("utf-8")
    page = Page(text)
    named = [link.partition("#") for link in page.links if "#m-" in link]
    assert len(named) == 6  # all but the one that another explains
    for target, _, anchor in named:
        assert anchor in Page((report.path / target).read_text("utf-8")).ids
    assert 'data-severity="critical"' in text
    # A finding of one article alone is shown beside what is aligned with it.
    row = next(row for row in text.split("<tr") if 'data-codes="EXT104"' in row)
    assert "Le maire a promis 2,5 millions d’euros." in row


def test_a_suggested_mark_is_shown_with_what_it_stands_beside() -> None:
    text = "Une hausse de 30% en mai."
    article = samples.document("a.txt", "fr", [text])
    sign = samples.finding(article, "%", code="TYP501", suggestion="\u202f%")
    word = samples.finding(article, "mai", code="TYP501", suggestion="juin")
    notes = article_view(article_text(article), [sign, word], lambda finding: "").notes
    assert [note.suggestion for note in notes] == ["30\u202f%", "juin"]


def test_the_overview_has_the_title_of_the_run_and_leads_to_the_tables(tmp_path: Path) -> None:
    with ReportWriter(tmp_path / "out") as writer:
        writer.add_document(samples.HARBOUR_FR)
        report = writer.finish({}, write_pages=write_pages, title="Mai <2026>")
    index = (report.path / "index.html").read_text("utf-8")
    assert "<h1>Mai &lt;2026&gt;</h1>" in index
    assert report.summary["title"] == "Mai <2026>"
    assert 'href="pairs.csv"' in index
