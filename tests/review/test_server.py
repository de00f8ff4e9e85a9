"""The local page of a review: who is answered, what is taken, and a real browser that marks and drags."""

from __future__ import annotations

import csv
import http.client
import io
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import aligner
from aligner.review.content import Content
from aligner.review.page import labels, page
from aligner.review.server import TOKEN_HEADER, ReviewServer
from aligner.settings.review import EMPTY, Review, read_review
from tests.cli.articles import GLUED, write_pair
from tests.cli.articles import aligner as command
from tests.reporters.browser import Driver, click, reopen, screen, until, wanted

FR, EN = "articles/passerelle.txt", "articles/footbridge.txt"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Iterator[aligner.Report]:
    folder = tmp_path_factory.mktemp("review")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        write_pair(Path("articles"))
        glued = GLUED.replace("trois", "<b>trois").replace("fermée depuis", "ferméedepuis")
        Path(FR).write_text(glued, encoding="utf-8")
        yield aligner.audit("articles", "report", select="EXT101", detector=False, cache=False)


@pytest.fixture
def saved() -> list[Review]:
    return []


@pytest.fixture
def server(report: aligner.Report, saved: list[Review]) -> Iterator[ReviewServer]:
    with ReviewServer(Content(report, "en"), EMPTY, saved.append) as served:
        thread = threading.Thread(target=served.serve_forever, args=(0.02,))
        thread.start()
        yield served
        served.shutdown()
        thread.join()


def ask(server: ReviewServer, path: str, mark: object = None, **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=20)
    given = {TOKEN_HEADER: server.token} | ({} if mark is None else {"Content-Type": "application/json"})
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    body = None if mark is None else mark if isinstance(mark, str) else json.dumps(mark)
    connection.request("GET" if mark is None else "POST", path, body, given)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def finding(server: ReviewServer) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(ask(server, "/data")[1])["findings"][0]
    return {
        "kind": "finding",
        "verdict": "false",
        **{key: found[key] for key in ("fingerprint", "code", "path")},
    }


def test_only_who_knows_the_secret_is_answered(server: ReviewServer, saved: list[Review]) -> None:
    assert server.server_address[0] == "127.0.0.1"
    assert ask(server, f"/?token={server.token}")[0] == 200
    port = server.server_port
    mark = finding(server)
    for headers in (
        {TOKEN_HEADER: "x"},
        {TOKEN_HEADER: "é".encode().decode("latin-1")},
        {"Host": f"evil.example:{port}"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": f"https://127.0.0.1:{port}"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ):
        assert ask(server, "/data", **headers)[0] == 403, headers
        assert ask(server, "/mark", mark, **headers)[0] == 403, headers
    assert ask(server, "/")[0] == ask(server, "/?token=x")[0] == 403
    assert ask(server, "/mark", mark, Content_Type="text/plain")[0] == 415
    assert ask(server, "/mark", mark, Content_Length=str(2**30))[0] == 413
    assert saved == []
    assert ask(server, "/data", Origin=f"http://localhost:{port}", Host=f"localhost:{port}")[0] == 200


def test_marks_about_nothing_are_refused(server: ReviewServer, saved: list[Review]) -> None:
    mark = finding(server)
    key = f"{FR}|{EN}"
    for bad in (
        "{",
        "[" * 9999,
        {"kind": "other"},
        mark | {"fingerprint": "x"},
        mark | {"code": "EXT102"},
        {"kind": "pair", "fr": EN, "en": FR, "verdict": "right"},
        {"kind": "beads", "pair": "x|y", "beads": []},
        {"kind": "beads", "pair": key, "beads": [{"fr": [999], "en": []}]},
    ):
        status, reason = ask(server, "/mark", bad)
        assert (status, bool(reason)) == (400, True), bad
    assert ask(server, "/beads?pair=x")[0] == ask(server, "/nothing")[0] == 404
    assert ask(server, "/nothing", {})[0] == 404
    assert saved == []
    assert ask(server, "/mark", mark)[0] == 200
    assert len(saved) == 1


def test_a_mark_that_cannot_be_saved_does_not_hold(server: ReviewServer) -> None:
    def full(_: Review) -> None:
        raise aligner.InputError("review.jsonl: cannot be written: no space left")

    server._save = full
    assert ask(server, "/mark", finding(server)) == (409, "review.jsonl: cannot be written: no space left")
    assert server.review == EMPTY


def test_a_port_that_is_taken(server: ReviewServer) -> None:
    with pytest.raises(aligner.InputError, match="cannot be used"):
        ReviewServer(server.content, EMPTY, print, server.server_port)


def test_the_page_has_every_text_in_both_languages() -> None:
    assert labels("fr").keys() == labels("en").keys()
    assert all(labels("fr").values())
    assert '<html lang="fr">' in page("t", "n", "fr")


@pytest.mark.usefixtures("report")
def test_the_command_keeps_marks_and_sums_them_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ReviewServer, "serve_forever", serve_once)
    run = command("review", "report", "--no-open")
    assert run.exit_code == 0, run.output
    assert "http://127.0.0.1:" in run.stderr
    assert "EXT101  0      1      0.00" in run.stdout
    assert len(read_review(Path("report/review.jsonl")).suppressions) == 1
    assert Path("report/reviewed-pairs.csv").read_text("utf-8") == "fr,en\n"
    assert command("review", "report", "--summary").stdout == run.stdout
    Path("report/review.jsonl").write_text("x", encoding="utf-8")
    assert command("review", "report", "--summary").exit_code == 2
    Path("report/review.jsonl").unlink()
    assert "no finding is marked" in command("review", "report", "--summary").stdout
    assert command("review", "articles").exit_code == 2


def serve_once(server: ReviewServer, poll_interval: float = 0.5) -> None:
    mark = next(iter(server.content.all(EMPTY)["findings"]))
    server.mark(
        {"kind": "finding", "verdict": "false", "fingerprint": mark["fingerprint"], "code": mark["code"]}
    )
    raise KeyboardInterrupt


DRAG = """
const [from, to] = arguments, data = new DataTransfer();
const send = (node, name) =>
  node.dispatchEvent(new DragEvent(name, {bubbles: true, cancelable: true, dataTransfer: data}));
send(from, "dragstart");
if (send(to, "dragover")) throw new Error("nothing can be dropped there");
send(to, "drop");
"""
"""What a mouse sets off; WebDriver's own does not, in a browser without a window."""


class TestInABrowser:
    pytestmark = wanted

    def test_findings_pairs_and_sentences_are_marked(
        self, driver: Driver, server: ReviewServer, saved: list[Review]
    ) -> None:
        from selenium.webdriver.common.action_chains import ActionChains
        from selenium.webdriver.common.keys import Keys

        def find(selector: str) -> Any:
            until(driver, lambda d: d.find_elements("css selector", selector))
            return driver.find_element("css selector", selector)

        def press(*keys: str) -> None:
            ActionChains(driver).send_keys(*keys).perform()

        driver.get(server.address)
        assert "<b>trois" in find(".card.now, .card + .card").find_element("xpath", "..").text
        assert len(driver.find_elements("css selector", ".card")) == 2
        press("w")
        press("a name", Keys.ENTER)
        until(driver, lambda _: len(saved) == 1)
        find(".card[data-verdict=false]")
        press("r")  # a mark goes on to the next finding
        until(driver, lambda _: len(saved) == 2)
        assert [s.reason for s in saved[-1].suppressions] == ["a name"]
        (right,) = saved[-1].applicable
        assert right["suggestion"].replace(" ", "") == right["excerpt"]
        click(driver, "#tab-precision")
        assert "50%" in find("#precision").text
        click(driver, "#tab-pairs")
        click(driver, ".card[data-pair] button[data-verdict=right]")
        until(driver, lambda _: saved[-1].known == ((FR, EN),))
        click(driver, "button.beads")
        first = find("[data-bead='1'] .segment[data-side=fr]")
        number = int(first.get_attribute("data-number"))
        driver.execute_script("arguments[0].focus()", first)
        ActionChains(driver).key_down(Keys.ALT).send_keys(Keys.ARROW_UP).key_up(Keys.ALT).perform()
        find(f"[data-bead='0'] .segment[data-number='{number}'][data-side=fr]")
        second = find("[data-bead='1'] .segment[data-side=en]")
        moved = second.get_attribute("data-number")
        driver.execute_script(DRAG, second, find("[data-bead='2']"))
        click(driver, "#save")
        until(driver, lambda _: saved[-1].beads)
        ((key, locked),) = saved[-1].beads.items()
        assert key == f"{FR}|{EN}"
        assert locked[0][:2] == ((0, number), (0,))
        assert locked[0].en_text.startswith("Morvilliers footbridge")
        assert [n for bead in locked for n in bead.en] == sorted(n for bead in locked for n in bead.en)
        assert locked[1].fr, locked
        assert locked[1].en[0] == int(moved), locked
        reopen(driver, server.address)
        click(driver, "#tab-pairs")
        click(driver, "button.beads")
        find(".bead.locked")
        assert len(driver.find_elements("css selector", ".bead.locked")) == len(locked)
        click(driver, "#reset")
        until(driver, lambda _: not saved[-1].beads)
        click(driver, "#finish")
        find("#finished")

    def test_axe_finds_nothing_serious(self, driver: Driver, server: ReviewServer) -> None:
        axe = pytest.importorskip("axe_core_python", reason="axe-core-python is not installed")
        source = (Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
        driver.get(server.address)
        until(driver, lambda d: d.find_elements("css selector", ".card.now"))
        for tab in ("findings", "pairs"):
            click(driver, f"#tab-{tab}")
            for width, scheme in ((390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")):
                with screen(driver, width, scheme):
                    driver.execute_script(source)
                    found = driver.execute_async_script("axe.run().then(arguments[arguments.length - 1])")
                    assert driver.execute_script("return document.documentElement.scrollWidth") <= width
                assert len(found["passes"]) > 10  # it did look
                serious = [v["id"] for v in found["violations"] if v["impact"] in ("serious", "critical")]
                assert not serious, (tab, width, scheme)

    def test_a_verdict_that_cannot_be_saved_is_taken_back(self, driver: Driver, server: ReviewServer) -> None:
        from selenium.webdriver.common.action_chains import ActionChains

        def full(_: Review) -> None:
            raise aligner.InputError("no space left")

        server._save = full
        driver.get(server.address)
        until(driver, lambda d: d.find_elements("css selector", ".card.now"))
        ActionChains(driver).send_keys("r").perform()
        until(driver, lambda d: "no space left" in d.find_element("css selector", ".failed").text)
        assert not driver.find_elements("css selector", ".card[data-verdict=right]")


def test_marks_by_the_path_as_given_are_known_again(report: aligner.Report) -> None:
    """Fingerprints of earlier versions; those of today count from the corpus folder or the repository."""
    content = Content(report, "en")
    old, new = "7a04cc6616407886", next(f.fingerprint for f in report.findings() if f.excerpt == "troisde")
    mark = {"kind": "finding", "fingerprint": old, "code": "EXT101", "verdict": "false", "reason": "A word."}
    review = content.renewed(EMPTY.with_mark(mark))
    assert list(review.findings) == [new]
    assert review.findings[new].items() >= {**mark, "fingerprint": new, "excerpt": "troisde"}.items()
    verdicts = {f["fingerprint"]: f["verdict"] for f in content.all(review)["findings"]}
    assert verdicts[new] == "false"
    later = {**mark, "fingerprint": new, "verdict": "right"}
    both = content.renewed(EMPTY.with_mark(later).with_mark(mark)).findings
    assert {fingerprint: mark["verdict"] for fingerprint, mark in both.items()} == {new: "right"}
    other = EMPTY.with_mark({**mark, "fingerprint": "0123"})
    assert content.renewed(other) == other


def test_pairs_and_beads_marked_from_another_folder_are_known_again(report: aligner.Report) -> None:
    content = Content(report, "en")
    key, bead = f"{FR}|{EN}", {"fr": [0], "en": [0]}
    for fr, en in ((FR, EN), ("passerelle.txt", "footbridge.txt"), (f"/there/{FR}", f"there/{EN}")):
        marked = EMPTY.with_mark({"kind": "pair", "fr": fr, "en": en, "verdict": "right"})
        marked = marked.with_mark({"kind": "beads", "pair": f"{fr}|{en}", "beads": [bead]})
        (pair,) = content.all(content.renewed(marked))["pairs"]
        assert (pair["key"], pair["mark"], pair["locked"]) == (key, "right", 1)
    lost = EMPTY.with_mark({"kind": "pair", "fr": "x.txt", "en": "y.txt", "verdict": "wrong"})
    assert content.renewed(lost) == lost


def test_what_is_found_in_one_article_has_the_passage_beside_it(report: aligner.Report) -> None:
    found = next(f for f in Content(report, "en").all(EMPTY)["findings"] if f["excerpt"] == "troisde")
    assert "cracks were found in three of its piers" in found["other"]
    table = (report.path / "findings.csv").read_text("utf-8-sig")
    (row,) = (row for row in csv.DictReader(io.StringIO(table)) if row["excerpt"] == "troisde")
    assert row["other_excerpt"] == found["other"]
