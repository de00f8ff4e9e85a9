"""The page of a review: one document with its script and style in it, filled by the script."""

from __future__ import annotations

import json
import tomllib
from html import escape
from importlib.resources import files

from aligner.model import Language


def _part(name: str) -> str:
    return files("aligner.review").joinpath("data", name).read_text("utf-8")


def labels(ui: Language) -> dict[str, str]:
    """Return the texts of the page in one language."""
    return {key: wording[ui] for key, wording in tomllib.loads(_part("labels.toml")).items()}


def page(token: str, nonce: str, ui: Language) -> str:
    """Return the page; ``token`` is what its requests carry, ``nonce`` what lets its own script run."""
    texts = labels(ui)
    setup = escape(json.dumps({"token": token, "labels": texts}, ensure_ascii=False))
    return (
        f'<!doctype html><html lang="{ui}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(texts['title'])} · aligner</title>"
        f'<style nonce="{nonce}">{_part("review.css")}</style>'
        f'<body data-setup="{setup}"><noscript>{escape(texts["needs_script"])}</noscript>'
        f'<script nonce="{nonce}">{_part("review.js")}</script></body></html>'
    )
