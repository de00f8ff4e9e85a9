"""The local server of a review: this machine only, a secret in every request, no page of another origin."""

from __future__ import annotations

import hmac
import json
import logging
import secrets
import threading
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from aligner.model import InputError
from aligner.review.content import Content
from aligner.review.page import page
from aligner.settings.review import Review, checked

logger = logging.getLogger(__name__)

HOST = "127.0.0.1"
LONGEST_MARK = 2**20
"""Bytes of one mark."""
LENGTH_DIGITS = 9
"""Of the number of bytes that a request says: more of them are no number worth reading."""
TOKEN_HEADER = "X-Review-Token"
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
}

Json = dict[str, Any]
Save = Callable[[Review], None]


class _RefusedError(Exception):
    """A request that is not answered."""

    def __init__(self, status: HTTPStatus, reason: str) -> None:
        super().__init__(reason)
        self.status = status


class ReviewServer(ThreadingHTTPServer):
    """Serves the page of one review, and saves every mark at once.

    ``save`` is given the review after each mark, one call at a time.
    """

    daemon_threads = True

    def __init__(self, content: Content, review: Review, save: Save, port: int = 0) -> None:
        """Listen on a port of this machine, a free one if 0. Raises InputError if that cannot be."""
        try:
            super().__init__((HOST, port), _Handler)
        except (OSError, OverflowError) as error:
            raise InputError(f"port {port}: cannot be used: {error}") from error
        self.content = content
        self.review = review
        self.token = secrets.token_urlsafe(24)
        self._save = save
        self._lock = threading.Lock()

    @property
    def origins(self) -> tuple[str, ...]:
        """The origins that the page may be opened under."""
        return tuple(f"http://{host}:{self.server_port}" for host in (HOST, "localhost"))

    @property
    def address(self) -> str:
        """The address of the page, with its secret."""
        return f"{self.origins[0]}/?token={self.token}"

    def mark(self, record: object) -> Json:
        """Take one mark and save the review. Raises ValueError for anything else."""
        mark = checked(record)
        if refusal := self.content.refusal(mark):
            raise ValueError(refusal)
        mark = self.content.with_texts(mark)
        with self._lock:
            review = self.review.with_mark(mark)
            self._save(review)
            self.review = review
        return {"precision": self.content.precision(review)}

    def end(self) -> None:
        """Stop serving, once the request at hand is answered."""
        threading.Thread(target=self.shutdown, daemon=True).start()

    def handle_error(self, *_: object) -> None:
        """Keep what a browser breaks off out of the terminal."""
        logger.debug("a request failed", exc_info=True)


class _Handler(BaseHTTPRequestHandler):
    """Answers one connection."""

    server: ReviewServer
    server_version = "aligner"
    sys_version = ""
    timeout = 60

    def do_GET(self) -> None:
        self._answer(self._get)

    def do_POST(self) -> None:
        self._answer(self._post)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002
        """Refuse what is no request, without saying again what it was."""
        super().send_error(code)

    def log_message(self, format: str, *args: object) -> None:
        logger.debug(format, *args)

    def _answer(self, make: Callable[[], tuple[str, bytes]]) -> None:
        try:
            kind, body = make()
            status = HTTPStatus.OK
        except _RefusedError as error:
            kind, body, status = "text/plain; charset=utf-8", str(error).encode(), error.status
        except InputError as error:
            kind, body, status = "text/plain; charset=utf-8", str(error).encode(), HTTPStatus.CONFLICT
        except Exception as error:
            logger.exception("a request could not be answered")
            kind, body = "text/plain; charset=utf-8", f"{type(error).__name__}".encode()
            status = HTTPStatus.INTERNAL_SERVER_ERROR
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        if kind.startswith("text/html"):
            self.send_header("Content-Security-Policy", self._policy)
        self.end_headers()
        self.wfile.write(body)

    def _get(self) -> tuple[str, bytes]:
        try:
            address = urlsplit(self.path)
        except ValueError:
            raise _RefusedError(HTTPStatus.BAD_REQUEST, "no address") from None
        query = parse_qs(address.query)
        token = query.get("token", [""])[0] if address.path == "/" else self.headers.get(TOKEN_HEADER, "")
        self._require(token)
        server = self.server
        if address.path == "/":
            nonce = secrets.token_urlsafe(12)
            self._policy = (
                f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; "
                "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
            )
            return "text/html; charset=utf-8", page(server.token, nonce, server.content.ui).encode()
        if address.path == "/data":
            return _json(server.content.all(server.review))
        if address.path == "/beads":
            try:
                return _json(server.content.beads(query.get("pair", [""])[0], server.review))
            except KeyError:
                raise _RefusedError(HTTPStatus.NOT_FOUND, "no such pair in the report") from None
        raise _RefusedError(HTTPStatus.NOT_FOUND, "nothing here")

    def _post(self) -> tuple[str, bytes]:
        self._require(self.headers.get(TOKEN_HEADER, ""))
        if self.headers.get_content_type() != "application/json":
            raise _RefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "a mark is JSON")
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or len(length) > LENGTH_DIGITS or int(length) > LONGEST_MARK:
            raise _RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "a mark is shorter")
        data = self.rfile.read(int(length))
        if self.path == "/end":
            self.server.end()
            return _json({})
        if self.path != "/mark":
            raise _RefusedError(HTTPStatus.NOT_FOUND, "nothing here")
        try:
            return _json(self.server.mark(json.loads(data)))
        except (ValueError, RecursionError) as error:
            raise _RefusedError(HTTPStatus.BAD_REQUEST, str(error)) from None

    def _require(self, token: str) -> None:
        """Refuse who does not know the secret, and what a page of another origin or name sends."""
        hosts = [origin.removeprefix("http://") for origin in self.server.origins]
        if self.headers.get_all("Host", []) not in [[host] for host in hosts]:
            raise _RefusedError(HTTPStatus.FORBIDDEN, "another host")
        if self.headers.get("Origin", self.server.origins[0]) not in self.server.origins:
            raise _RefusedError(HTTPStatus.FORBIDDEN, "another origin")
        if self.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
            raise _RefusedError(HTTPStatus.FORBIDDEN, "another site")
        if not hmac.compare_digest(token.encode("utf-8", "replace"), self.server.token.encode()):
            raise _RefusedError(HTTPStatus.FORBIDDEN, "the address of the review, with its token, is needed")


def _json(value: Json) -> tuple[str, bytes]:
    text = json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace")
    return "application/json; charset=utf-8", text
