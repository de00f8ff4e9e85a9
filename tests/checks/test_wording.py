"""The messages and explanations of all checks, in both languages: typeset, with the decimals of each."""

import re
from dataclasses import replace

import pytest

from aligner.checks import wording
from aligner.checks.explanation import explanation
from aligner.checks.registry import CHECKS
from aligner.checks.wording import typeset
from aligner.model import Check
from aligner.reporters.explained import describe
from tests.reporters import samples

GENDERS = {"La": "la même", "L’unité": "la même", "Le": "le même", "L’ordre": "le même"}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_every_check_explains_itself_in_french_as_french_is_typeset(check: Check) -> None:
    said = explanation(check, "fr")
    english = explanation(check, "en")
    for part in ("summary", "finds", "matters", "false_positives"):
        text = getattr(said, part)
        assert text
        assert text != getattr(english, part), f"{check.code}: no French {part} in explanations_fr.toml"
        assert not re.search(r"'| [:;!?»](?![a-z])|« ", re.sub(r"; : ! \? %|; ! \?|« [?…] »", "", text)), text
    assert said.bad == english.bad
    assert describe(check, "fr").startswith(f"{check.code} {check.title['fr']}")


@pytest.mark.parametrize("check", [c for c in CHECKS if "differs" in c.messages], ids=lambda c: c.code)
def test_what_differs_agrees_in_gender(check: Check) -> None:
    text = typeset(check.messages["differs"]["fr"])
    wanted = next(same for thing, same in GENDERS.items() if text.startswith(f"{thing} "))
    assert f"n’est pas {wanted}\u00a0:" in text


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_an_article_is_a_news_story_never_a_word(check: Check) -> None:
    said = [text for wordings in check.messages.values() for text in wordings.values()]
    said += [explanation(check, language).summary for language in ("en", "fr")]
    assert not [text for text in said if re.search(r"article or (the|an) |article ou un ", text)]
    determiner = check.messages.get("determiner")
    if determiner:
        assert "determiner (the, a, his …)" in determiner["en"]
        assert "déterminant (le, un, son…)" in determiner["fr"]


def test_decimals_are_those_of_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wording, "_MESSAGES", {"ALN204": {"found": {"fr": "{what}", "en": "{what}"}}})
    article = samples.document("a.txt", "en", ["one two"])
    finding = samples.finding(article, "one", code="ALN204")
    finding = replace(finding, values={"what": 0.17})
    assert (wording.message(finding, "fr"), wording.message(finding, "en")) == ("0,17", "0.17")
    kept = replace(finding, values={"what": "1.5"})  # a text of the article stays as it is
    assert wording.message(kept, "fr") == "1.5"
