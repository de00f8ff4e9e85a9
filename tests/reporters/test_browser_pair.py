"""The page of a pair in a real browser, used as a reader uses it: keys, folds, copies, paper."""

from __future__ import annotations

import base64

from tests.reporters.browser import Driver, one, press, screen, until, wanted

FOCUSED = "return document.activeElement.matches('mark a') ? document.activeElement.hash : ''"

pytestmark = wanted


def test_n_and_p_walk_from_finding_to_finding(faulty_pair: Driver) -> None:
    script = (
        "return [...new Set([...document.querySelectorAll('mark:not(.quiet) a')].map(a => a.hash))]"
        ".map(hash => [hash, document.getElementById(hash.slice(1)).dataset.severity])"
    )
    ranks = ("critical", "major", "minor")  # the serious ones first, then in the order of the text
    walk = sorted(faulty_pair.execute_script(script), key=lambda found: ranks.index(found[1]))
    findings = [address for address, _ in walk]
    assert len(findings) > 2
    assert one(faulty_pair, ".keys").is_displayed()
    for expected in [*findings, findings[0]]:
        press(faulty_pair, "n")
        assert faulty_pair.execute_script(FOCUSED) == expected
    in_sight = "const box = document.activeElement.getBoundingClientRect(); return [box.top, innerHeight]"
    press(faulty_pair, "p")
    assert faulty_pair.execute_script(FOCUSED) == findings[-1]
    top, height = faulty_pair.execute_script(in_sight)
    assert 0 <= top < height


def test_a_finding_under_focus_shows_its_reason(faulty_pair: Driver) -> None:
    press(faulty_pair, "n")
    mark = faulty_pair.switch_to.active_element
    described = mark.get_attribute("aria-describedby").split()
    assert mark.get_attribute("data-reason").split("\n")[0] in one(faulty_pair, f"[id='{described[0]}']").text
    shown = "return getComputedStyle(document.activeElement, '::after').content"
    assert mark.get_attribute("data-reason")[:20] in faulty_pair.execute_script(shown)


def test_a_finding_that_is_folded_away_unfolds_when_a_link_names_it(faulty_pair: Driver) -> None:
    folded = one(faulty_pair, "details .note")
    assert not folded.is_displayed()
    faulty_pair.execute_script("location.hash = arguments[0]", "#" + folded.get_attribute("id"))
    unfolded = "details[open] .note:target"
    until(faulty_pair, lambda page: page.find_elements("css selector", unfolded))
    assert one(faulty_pair, unfolded).is_displayed()


def test_a_finding_is_copied_as_text(faulty_pair: Driver) -> None:
    # Pages without permission get a promise that is refused: what would be written is taken down instead.
    faulty_pair.execute_script(
        "window.copied = ''; navigator.clipboard.writeText = async text => { window.copied = text; }"
    )
    note = one(faulty_pair, ".note")
    one(note, "button.copy").click()
    copied = faulty_pair.execute_script("return window.copied").split("\n")
    assert copied[0] == note.get_attribute("data-place")
    assert copied[1] == one(note, ".reason").text
    assert copied[2] == note.get_attribute("data-excerpt")
    assert copied[-1].endswith("#" + note.get_attribute("id"))
    assert copied[-1].startswith("file:")
    assert one(note, "button.copy").text == "Copied"


def test_pages_print(faulty_pair: Driver) -> None:
    printed = base64.b64decode(faulty_pair.print_page())
    assert printed.startswith(b"%PDF-")
    assert printed.count(b"/Type /Page\n") >= 1
    with screen(faulty_pair, media="print"):
        assert not one(faulty_pair, ".crumbs").is_displayed()
        assert one(faulty_pair, ".note .reason").is_displayed()


def test_on_paper_everything_is_unfolded(faulty_pair: Driver) -> None:
    open_folds = "return [...document.querySelectorAll('details')].map(fold => fold.open)"
    assert not any(faulty_pair.execute_script(open_folds))
    faulty_pair.execute_script("window.dispatchEvent(new Event('beforeprint'))")
    assert all(faulty_pair.execute_script(open_folds))
    faulty_pair.execute_script("window.dispatchEvent(new Event('afterprint'))")
    assert not any(faulty_pair.execute_script(open_folds))


def test_the_keys_are_shown_over_the_page(faulty_pair: Driver) -> None:
    sight = "const at = arguments[0].getBoundingClientRect(); return at.top >= 0 && at.bottom <= innerHeight"
    keys = one(faulty_pair, ".keys ul")
    faulty_pair.execute_script("scrollTo({top: document.body.scrollHeight, behavior: 'instant'})")
    for closing in ("?", "\ue00c"):  # the latter is Escape
        press(faulty_pair, "?")
        assert keys.is_displayed()
        assert faulty_pair.execute_script(sight, keys)
        press(faulty_pair, closing)
        assert not keys.is_displayed()


def test_a_suppression_is_copied_ready_for_the_settings(faulty_pair: Driver) -> None:
    import tomllib

    from aligner.settings.gate import read_suppressions

    faulty_pair.execute_script(
        "window.copied = ''; navigator.clipboard.writeText = async text => { window.copied = text; }"
    )
    note = one(faulty_pair, ".note")
    one(note, "button.suppress").click()
    given = tomllib.loads(faulty_pair.execute_script("return window.copied"))
    (suppression,) = read_suppressions(given["suppress"])
    assert suppression.fingerprint == note.get_attribute("id").removeprefix("n-")
    assert suppression.code == note.get_attribute("data-code")


def test_a_number_shows_its_counterpart_and_the_keys_reach_it(faulty_pair: Driver) -> None:
    lit = "return [...document.querySelectorAll('.linked')].map(fact => fact.closest('.side').className)"
    press(faulty_pair, "f")
    until(faulty_pair, lambda page: page.execute_script(lit))
    assert {side.split()[-1] for side in faulty_pair.execute_script(lit)} == {"fr", "en"}
    described = "return document.activeElement.getAttribute('aria-description')"
    side = "return document.activeElement.closest('.side').className"
    assert faulty_pair.execute_script(described).startswith("↔ ")
    first = faulty_pair.execute_script(side)
    press(faulty_pair, "\ue007")
    until(faulty_pair, lambda page: page.execute_script(side) != first)
    one(faulty_pair, "input[name=facts]").click()
    until(faulty_pair, lambda page: not page.execute_script(lit))
    shown = "return getComputedStyle(document.querySelector('[data-f]')).textDecorationLine"
    assert faulty_pair.execute_script(shown) == "none"
    one(faulty_pair, "input[name=facts]").click()
    assert faulty_pair.execute_script(shown) == "underline"


def test_a_finding_says_on_which_side_its_lines_are(faulty_pair: Driver) -> None:
    import re

    places = [place.text for place in faulty_pair.find_elements("css selector", ".note .place") if place.text]
    assert all(re.fullmatch(r"(FR|EN) line \d+( ↔ (FR|EN) line \d+)?", place) for place in places), places
    assert any("↔" in place for place in places)
    with screen(faulty_pair, 390):
        label = (
            "return [...document.querySelectorAll('.side:not(.empty)')]"
            ".map(e => getComputedStyle(e, '::before').content)"
        )
        assert set(faulty_pair.execute_script(label)) == {'"fr"', '"en"'}
