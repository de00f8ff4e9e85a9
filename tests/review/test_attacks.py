"""Requests that no browser sends: the server of a review answers or refuses each, and goes on serving."""

from __future__ import annotations

import json
import logging
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import aligner
from aligner.review.content import Content
from aligner.review.server import TOKEN_HEADER, ReviewServer
from aligner.settings.review import EMPTY, Review
from tests.cli.articles import GLUED, write_pair

FR, EN = "articles/passerelle.txt", "articles/footbridge.txt"
JSON = "Content-Type: application/json"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReviewServer]:
    folder = tmp_path_factory.mktemp("attacked")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        write_pair(Path("articles"))
        Path(FR).write_text(GLUED, encoding="utf-8")
        report = aligner.audit("articles", "report", select="EXT101", detector=False, cache=False)
        with ReviewServer(Content(report, "en"), EMPTY, _save) as served:
            thread = threading.Thread(target=served.serve_forever, args=(0.02,))
            thread.start()
            yield served
            served.shutdown()
            thread.join()


def _save(review: Review) -> None:
    raise AssertionError("a mark of an attacker was saved")


def request(
    line: str, *headers: str, body: bytes = b"", length: str | None = "", token: bool = True, host: str = ""
) -> bytes:
    """Write a request by hand; ``TOKEN`` and ``PORT`` in it are filled in."""
    told = [line, f"Host: {host or '127.0.0.1:PORT'}", "Connection: close"]
    told += [f"{TOKEN_HEADER}: TOKEN"] if token else []
    if length is not None and (body or length):
        told.append(f"Content-Length: {length or len(body)}")
    return "\r\n".join([*told, *headers, "", ""]).encode("latin-1", "replace") + body


def post(body: object, *headers: str, length: str | None = "") -> bytes:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return request("POST /mark HTTP/1.1", JSON, *headers, body=data, length=length)


GET = "GET /data HTTP/1.1"
MARK = {"kind": "finding", "verdict": "false", "fingerprint": "x", "code": "EXT101"}
REFUSED: dict[str, bytes] = {
    "no token": request(GET, token=False),
    "empty token": request(GET, f"{TOKEN_HEADER}: ", token=False),
    "token of other letters": request(GET, f"{TOKEN_HEADER}: \u00e9\u00ff", token=False),
    "token in the address": request("GET /data?token=TOKEN HTTP/1.1", token=False),
    "token cut": request(GET, f"{TOKEN_HEADER}: TOKE", token=False),
    "token as a cookie": request(GET, "Cookie: token=TOKEN", token=False),
    "page with the token in a header": request("GET / HTTP/1.1"),
    "another host": request(GET, host="evil.example"),
    "another host with our port": request(GET, host="evil.example:PORT"),
    "our host, no port": request(GET, host="127.0.0.1"),
    "our host in another": request(GET, host="127.0.0.1:PORT.evil.example"),
    "IPv6": request(GET, host="[::1]:PORT"),
    "number for a host": request(GET, host="2130706433:PORT"),
    "no host": f"GET /data HTTP/1.1\r\n{TOKEN_HEADER}: TOKEN\r\n\r\n".encode(),
    "another origin": request(GET, "Origin: http://evil.example"),
    "origin of a file": request(GET, "Origin: null"),
    "origin of another port": request(GET, "Origin: http://127.0.0.1:1"),
    "origin that begins alike": request(GET, "Origin: http://127.0.0.1:PORT.evil.example"),
    "origin in upper case": request(GET, "Origin: HTTP://127.0.0.1:PORT"),
    "another site": request(GET, "Sec-Fetch-Site: cross-site"),
    "path above": request("GET /../../etc/passwd HTTP/1.1"),
    "path above, spelled out": request("GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1"),
    "path of the disk": request("GET //etc/passwd HTTP/1.1"),
    "path of the report": request("GET /report/summary.json HTTP/1.1"),
    "path with a zero byte": request("GET /data\0 HTTP/1.1"),
    "address of another": request("GET http://evil.example/data2 HTTP/1.1"),
    "broken address": request("GET http://[ HTTP/1.1"),
    "pair of the disk": request("GET /beads?pair=../../etc/passwd HTTP/1.1"),
    "pair of a million": request("GET /beads?pair=" + "a" * 60_000 + " HTTP/1.1"),
    "address without end": request("GET /" + "a" * 70_000 + " HTTP/1.1"),
    "a million fields": request("GET /beads?" + "a=1&" * 15_000 + " HTTP/1.1"),
    "header without end": request(GET, "X: " + "a" * 70_000),
    "thousand headers": request(GET, *(f"X-{n}: 1" for n in range(1_000))),
    "another method": request("DELETE /data HTTP/1.1"),
    "method of markup": request("<script> /data HTTP/1.1"),
    "asking before": request("OPTIONS /mark HTTP/1.1", "Origin: http://evil.example"),
    "another protocol": request("GET /data HTTP/9.9"),
    "no protocol": b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03" + b"\0" * 90 + b"\r\n\r\n",
    "no type": request("POST /mark HTTP/1.1", body=b"{}"),
    "type of a form": request("POST /mark HTTP/1.1", "Content-Type: text/plain", body=b"{}"),
    "no length": post(b"", length=None),
    "length in pieces": post(b"", "Transfer-Encoding: chunked", length=None),
    "length below zero": post(b"", length="-1"),
    "length in words": post(b"", length="ten"),
    "length in other digits": post(b"", length="\u00b2"),
    "length without end": post(b"", length="9" * 5_000),
    "length of gigabytes": post(b"", length=str(2**40)),
    "body of a megabyte and more": post(b"", length=str(2**20 + 1)),
    "empty body": post(b"", length="0"),
    "broken JSON": post(b'{"kind": '),
    "not UTF-8": post(b'{"kind": "\xff\xfe"}'),
    "UTF-16": post(json.dumps(MARK).encode("utf-16")),
    "deep": post(b"[" * 100_000),
    "deep tables": post(b'{"a":' * 50_000),
    "huge number": post(b'{"kind": ' + b"9" * 5_000 + b"}"),
    "not a number": post(b'{"kind": "beads", "pair": "x", "beads": [{"fr": [NaN], "en": []}]}'),
    "a list": post([MARK]),
    "null": post(None),
    "another finding": post(MARK),
    "no finding": post(MARK | {"fingerprint": ""}),
    "a code for a fingerprint": post(MARK | {"fingerprint": ["x"]}),
    "surrogates": post(MARK | {"fingerprint": "\ud800"}),
    "long reason": post(MARK | {"reason": "a" * 20_000}),
    "pair above": post({"kind": "pair", "fr": "../../etc/passwd", "en": EN, "verdict": "right"}),
    "pair of one": post({"kind": "pair", "fr": FR, "en": FR, "verdict": "right"}),
    "beads below zero": post({"kind": "beads", "pair": f"{FR}|{EN}", "beads": [{"fr": [-1], "en": [0]}]}),
    "beads out of range": post({"kind": "beads", "pair": f"{FR}|{EN}", "beads": [{"fr": [10**9], "en": []}]}),
    "beads true": post({"kind": "beads", "pair": f"{FR}|{EN}", "beads": [{"fr": [True], "en": [0]}]}),
    "beads twice": post({"kind": "beads", "pair": f"{FR}|{EN}", "beads": [{"fr": [0, 0], "en": [0]}]}),
    "two hosts": request(GET, "Host: evil.example"),
    "two hosts, the other first": request(GET, "Host: 127.0.0.1:PORT", host="evil.example"),
    "two tokens": request(GET, f"{TOKEN_HEADER}: x", f"{TOKEN_HEADER}: TOKEN", token=False),
    "two tokens in the address": request("GET /?token=x&token=TOKEN HTTP/1.1", token=False),
    "two lengths": post(MARK, "Content-Length: 0"),
    "length and pieces": post(MARK, "Transfer-Encoding: chunked"),
    "two types": request("POST /mark HTTP/1.1", "Content-Type: text/plain", JSON, body=b"{}"),
    "only the head": request("HEAD /data HTTP/1.1"),
    "another verb": request("PUT /mark HTTP/1.1", JSON, body=b"{}"),
    "tracing": request("TRACE / HTTP/1.1"),
    "a way through": request("CONNECT evil.example:80 HTTP/1.1"),
    "waiting to be asked": post(MARK, "Expect: 100-continue"),
    "path with parameters": request("GET /data;x HTTP/1.1"),
    "path in percents": request("GET /%64ata HTTP/1.1"),
    "no protocol, no host": b"GET /data\r\n",
    "protocol of old, no host": f"GET /data HTTP/1.0\r\n{TOKEN_HEADER}: TOKEN\r\n\r\n".encode(),
    "end without token": request("POST /end HTTP/1.1", JSON, body=b"{}", token=False),
    "end as a page": request("GET /end HTTP/1.1"),
    "kind of a class": post({"kind": "__class__", "fingerprint": "x"}),
    "no pair": request("GET /beads HTTP/1.1"),
    "two pairs": request("GET /beads?pair=a&pair=b HTTP/1.1"),
    "pair of half a surrogate": request("GET /beads?pair=%ED%A0%80 HTTP/1.1"),
    "pair of a zero byte": request("GET /beads?pair=%00 HTTP/1.1"),
    "verdict in a list": post({"kind": "pair", "fr": FR, "en": EN, "verdict": ["right"]}),
    "pair the other way round": post({"kind": "pair", "fr": EN, "en": FR, "verdict": "right"}),
    "beads without end": post(
        {"kind": "beads", "pair": f"{FR}|{EN}", "beads": [{"fr": [0], "en": [0]}] * 9_999}
    ),
    "beads in fractions": post({"kind": "beads", "pair": f"{FR}|{EN}", "beads": [{"fr": [0.5], "en": [0]}]}),
    "beads that cross": post(
        {"kind": "beads", "pair": f"{FR}|{EN}", "beads": [{"fr": [1], "en": [2]}, {"fr": [2], "en": [1]}]}
    ),
    "beads in a text": post({"kind": "beads", "pair": f"{FR}|{EN}", "beads": "x"}),
    "beads null": post({"kind": "beads", "pair": f"{FR}|{EN}", "beads": None}),
}  # each is refused


def sent(server: ReviewServer, data: bytes) -> bytes:
    """Send bytes and return the answer."""
    data = data.replace(b"TOKEN", server.token.encode()).replace(b"TOKE", server.token[:-1].encode())
    data = data.replace(b"PORT", str(server.server_port).encode())
    answer = b""
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=20) as connection:
        try:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            while piece := connection.recv(65_536):
                answer += piece
        except OSError:  # it was refused before it was read
            pass
    return answer


@pytest.mark.parametrize("name", REFUSED)
def test_a_request_is_refused_and_the_next_answered(
    name: str, server: ReviewServer, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.INFO):
        answer = sent(server, REFUSED[name])
    assert not answer.startswith((b"HTTP/1.0 2", b"HTTP/1.0 500")), answer[:300]
    assert b"root:" not in answer
    assert b"<script>" not in answer
    assert server.token.encode() not in answer
    assert not caplog.records, caplog.text
    assert capfd.readouterr().err == ""
    assert sent(server, request(GET)).startswith(b"HTTP/1.0 200 ")


@pytest.mark.parametrize(
    "data", [b"", b"\r\n" * 50, b"GET", b"\0" * 9_000, request(GET)[:-2], post(MARK, length="900")]
)
def test_who_goes_away_leaves_nothing(
    data: bytes, server: ReviewServer, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    before = open_files()
    with caplog.at_level(logging.INFO):
        for _ in range(5):
            sent(server, data)
    assert not caplog.records, caplog.text
    assert capfd.readouterr().err == ""
    assert sent(server, request(GET)).startswith(b"HTTP/1.0 200 ")
    assert open_files() <= before + 2


def open_files() -> int:
    """How many files this process has open, where the system says."""
    folder = Path("/proc/self/fd")
    return len(list(folder.iterdir())) if folder.is_dir() else 0
