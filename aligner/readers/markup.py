"""XML within limits: no entity of its own, nothing from elsewhere, no depth that a walk would not end in."""

from __future__ import annotations

from typing import Any

from aligner.model import InputError

Element = Any
"""An element of lxml, which has no types of its own."""

LONGEST_NAME = 40
"""Characters of an entity's name that are shown."""


def parse(data: bytes, advice: str) -> Element:
    """Return the root element of ``data``.

    Raises ``InputError`` for XML that is broken, nested too deeply, made to swell, or with entities of its
    own; it ends in ``advice``.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise InputError(f"broken XML ({reason}); {advice}") from error
    if (entity := next(root.iter(etree.Entity), None)) is not None:  # what it stands for would be lost
        raise InputError(f"refers to an entity of its own ({entity.text[:LONGEST_NAME]}); {advice}")
    return root


def local(element: Element) -> str:
    """Return the name of an element without its namespace; '' for a comment and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """Return an attribute by its name without namespace, '' where there is none."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""
