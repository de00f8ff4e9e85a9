"""Bad containers: JSON lines, tables, Parquet, packed files, translation memories."""

from __future__ import annotations

import base64
import gzip
import io
import json
from functools import partial

from tests.torture.cases import ENGLISH, FRENCH, Case, file, packed

MIB = 2**20


def rows(*values: object) -> bytes:
    """JSON lines."""
    return b"".join(json.dumps(value).encode() + b"\n" for value in values)


def json_lines() -> list[Case]:
    """Rows that are broken, deep, huge, doubled, or named to reach where they must not."""
    good = {"text": FRENCH}
    sly = [
        "../../outside",
        "/etc/passwd",
        "a\0b",
        "..",
        ".",
        "",
        " ",
        "a/b",
        "C:\\a",
        "a" * 100_000,
        "a\nb",
        "#",
        "|",
    ]
    sly += ["-rf", "CON", "$(touch taken)", "`id`", "%2e%2e%2f", "\u202ea", "\ud83d", "a|b|" * 60]
    texts: list[object] = [None, 3, 1.5, True, [], {}, ["Le maire"], "", " ", "\ud800", "\0", "a"]
    odd_ids: list[object] = [1, 1.0, True, None, [], {}]
    huge_number = b'{"id": ' + b"9" * 5000 + b', "text": "Le maire est content."}\n'
    deep = b'{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}\n"
    deep_objects = b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b"\n"
    return [
        file(
            "ids.jsonl",
            rows(*({"id": i, "text": f"{FRENCH} {n}"} for n, i in enumerate(sly))),
            "either",
            len(sly),
        ),
        file("doubled-ids.jsonl", rows(*({"id": "a", **good} for _ in range(5))), "either", 5),
        file("id-of-a-row.jsonl", rows({"id": "2", **good}, good, {"id": "2", **good}), "either", 3),
        file(
            "ids-of-all-kinds.jsonl",
            rows(*({"id": i, **good} for i in odd_ids)),
            "either",
            6,
        ),
        file("texts.jsonl", rows(*({"text": text} for text in texts)), "either", len(texts)),
        file(
            "not-a-number.jsonl", b'{"id": NaN, "date": Infinity, "text": "Le maire est content."}\n', "read"
        ),
        file("huge-number.jsonl", huge_number + rows(good), "either", 2),
        file("big-float.jsonl", b'{"id": 1e999, "title": -1e999, "text": "Le maire est content."}\n', "read"),
        file("deep.jsonl", deep + rows(good), "either", 2),
        file("deep-objects.jsonl", deep_objects + rows(good), "either", 2),
        file(
            "doubled-keys.jsonl",
            b'{"text": "Le maire est content.", "text": "The mayor is happy."}\n',
            "read",
        ),
        file(
            "long-fields.jsonl",
            rows({"title": "a" * MIB, "url": "b" * MIB, "date": "c" * MIB, **good}),
            "read",
        ),
        file("odd-fields.jsonl", rows({"title": ["a"], "lang": 7, "url": {"a": 1}, **good}), "read"),
        file("array.jsonl", json.dumps([good]).encode(), "skipped"),
        file("pretty.jsonl", json.dumps(good, indent=2).encode(), "skipped", None),
        file("cut.jsonl", rows(good) + json.dumps(good).encode()[:-20], "either", 2),
        file("commas.jsonl", rows(good).rstrip() + b",\n" + rows(good), "either", 2),
        file(
            "binary-line.jsonl",
            rows(good) + bytes(range(256)).replace(b"\n", b"") + b"\n" + rows(good),
            "either",
            3,
        ),
        file("pdf-line.jsonl", b"%PDF-1.7\n" + rows(good), "either", 2),
        file("returns.jsonl", rows(good).replace(b"\n", b"\r\n") * 2, "read", 2),
        file("blank-lines.jsonl", b"\n\n" + rows(good) + b"\n \n", "read"),
        file("utf-16.jsonl", rows(good).decode().encode("utf-16"), "read"),
        file("utf-32.jsonl", rows(good).decode().encode("utf-32"), "read"),
        file("utf-16-without-mark.jsonl", rows(good).decode().encode("utf-16-le"), "either", None),
        file("marked.jsonl", b"\xef\xbb\xbf" + rows(good), "read"),
        file("line-of-10-mb.jsonl", lambda: rows({"text": "a" * (10 * MIB)}) + rows(good), "either", 2),
        file("empty.jsonl", b"", "nothing"),
        file("surrogates.jsonl", b'{"text": "Le maire \\ud83d est \\udc00 content."}\n', "read"),
    ]


def tables() -> list[Case]:
    """Tables with too many columns, quotes without end, no header, two headers."""
    line = FRENCH.replace("\n", " ").replace('"', "'")
    cell = '"' + FRENCH.replace('"', '""') + '"'
    million = ",".join(f"c{i}" for i in range(10**6))
    return [
        file("million-columns.csv", lambda: f"{million},text\n{',' * 10**6}{cell}\n", "read"),
        file("million-commas.csv", lambda: f"id,text\na,{cell}\nb,{cell}{',' * 10**6}\n", "read", 2),
        file("unclosed.csv", f'id,text\na,{cell}\nb,"{line}\nc,{line.replace(",", ";")}\n', "either", 2),
        file("unclosed-from-the-start.csv", f'"id,text\n{cell}\n', "skipped"),
        file("huge-field.csv", lambda: f'id,text\na,"{"a" * (9 * MIB)}"\nb,{cell}\n', "either", None),
        file("two-texts.csv", f"text,text\n{cell},{cell}\n", "skipped"),
        file("two-ids.csv", f"id,id,text\na,b,{cell}\n", "read"),
        file("no-text.csv", "id,body\na,b\n", "skipped"),
        file("header-only.csv", "id,text\n", "nothing"),
        file("empty.csv", b"", "skipped"),
        file("short-rows.csv", f"id,title,text\na\nb,c\nd,e,{cell}\n", "either", 3),
        file("long-rows.csv", f"id,text\na,{cell},x,y\n", "skipped"),  # words behind the last column
        file("blank-rows.csv", f"id,text\n\n\na,{cell}\n\n", "read"),
        file("nul.csv", f"id,text\na\0,{cell}\n", "either", None),
        file("returns.csv", f"id,text\ra,{cell}\r".replace("\n", " "), "either"),
        file("semicolons.csv", f"id;text\na;{cell}\n", "read"),
        file("utf-16.csv", f"id,text\na,{cell}\n".encode("utf-16"), "read"),
        file(
            "binary-row.csv",
            f"id,text\na,{cell}\n".encode() + b"\1\2\3\4,\5\6\n" + f"c,{cell}\n".encode(),
            "either",
            3,
        ),
        file("pdf-row.csv", f"id,text\na,{cell}\n%PDF-1,b\nc,{cell}\n", "either", 3),
        file("long-line.csv", lambda: f"id,text\n{'b' * (9 * MIB)},c\nd,{cell}\n", "either", 2),
        file("formulas.csv", f"id,title,text\n=1+1,@SUM(A1),{cell}\n", "read"),
        file("sly-ids.csv", f'id,text\n../../a,{cell}\n"a\nb",{cell}\n', "read", 2),
        file("quotes-inside.csv", 'id,text\na,Le "maire" a dit "non" au conseil de la ville\n', "read"),
        file(
            "million-columns.tsv",
            lambda: f"{million.replace(',', chr(9))}\ttext\n{chr(9) * 10**6}{line}\n",
            "read",
        ),
        file("no-text.tsv", "id\tbody\na\tb\n", "skipped"),
        file("nul.tsv", f"id\ttext\na\0b\t{line}\n", "either", None),
        file("only-one-side.tsv", "fr\ten\nLe maire est content.\t\n\tThe mayor is happy.\n", "read", 2),
        file("empty-rows.tsv", "fr\ten\n\t\n\t\n", "skipped"),
        file("short-rows.tsv", "fr\ten\nLe maire est content.\n", "read", 2),
        file("binary-row.tsv", b"fr\ten\nLe maire.\tThe mayor.\n\0\1\2\t\3\n", "either", None),
    ]


ABORTS = base64.b64decode(
    "UEFSMf8VBBUUFRRMFQQVABIAAAEAAABhAQAAAGIVABUSFRIsFQQVEBUGFQYcNgAoAWIYAWEREQAAABsCAAAABDE4NDQ2NzQ0MDcz"
    "NzA5NTUxNjE2BBUAEgAAFQAAAExlIG1haXJlIGVzdC4KAAAAVGhlIG1heW9yLhUAFRIVEiwVBBUQFQYVBhw2ACgKVGhlIG1heW9y"
    "LhgVTGUgbWFpcmUgZXN0IGNvbnRlbnQuEREAAAACAAAABAEBAwIVBBk8NQAYBnNjaGVtYRUEABUMJQMYAmlkJQBMHAAAABUMJQIY"
    "BHRleHQlAEwcAAAAFgQZHBksJgAcFQwZNQAGEBkYAmlkFQAWBBZ8FnwmOCYIHDYAKAFiGAFhEREAGSwVBBUAFQIAFQAVEBUCADwW"
    "BBkGGSYABAAAACYAHBUMGTUABhAZGAR0ZXh0FQAWBBbwARbwASbuASaEARw2ACgKVGhlIG1heW9yLhgVTGUgbWFpcmUgZXN0IGNv"
    "bnRlbnQuEREAGSwVBBUAFQIAFQAVEBUCADwWPhkGGSYABAAAABbsAhYEJggW7AIAKCBwYXJxdWV0LWNwcC1hcnJvdyB2ZXJzaW9u"
    "IDI2LjAuMRksHAAAHAAAABYBAABQQVIx"
)
"""A Parquet file over which pyarrow 26 ends the process: a histogram in it has a level too many."""


def parquet() -> list[Case]:
    """Parquet files that are cut, bent, of other types, or small only while they are packed."""

    def table(**columns: list[object]) -> bytes:
        import pyarrow as arrow
        from pyarrow import parquet as format_

        sink = io.BytesIO()
        format_.write_table(arrow.table(columns), sink)
        return sink.getvalue()

    def cut() -> bytes:
        return table(id=["a"], text=[FRENCH])[:-30]

    def bent(at: float) -> bytes:
        whole = bytearray(table(id=["a", "b"], text=[FRENCH, ENGLISH]))
        place = int(len(whole) * at)
        whole[place : place + 40] = bytes(b ^ 0x5A for b in whole[place : place + 40])
        return bytes(whole)

    return [
        file("cut.parquet", cut, "skipped", None),
        *(file(f"bent-{n}.parquet", partial(bent, n / 12), "either", None) for n in range(12)),
        file("aborts.parquet", ABORTS, "skipped"),
        file(
            "no-letters.parquet",
            lambda: table(text=[FRENCH], xyzw=["a"]).replace(b"xyzw", b"\xf4yzw"),
            "skipped",
        ),
        file("only-the-mark.parquet", b"PAR1PAR1", "skipped"),
        file("sly-length.parquet", b"PAR1" + b"\0" * 20 + b"\xff\xff\xff\x7f" + b"PAR1", "skipped"),
        file("text.parquet", FRENCH, "skipped"),
        file("empty.parquet", b"", "skipped"),
        file("no-text.parquet", lambda: table(body=[FRENCH]), "skipped"),
        file("numbers.parquet", lambda: table(text=[1, 2]), "skipped", 2),
        file("nulls.parquet", lambda: table(text=[None, None]), "skipped", 2),
        file("bytes.parquet", lambda: table(text=[b"\xff\xfe", FRENCH.encode()]), "skipped", 2),
        file("lists.parquet", lambda: table(text=[["a"], ["b"]]), "skipped", 2),
        file("no-rows.parquet", lambda: table(id=["a"], text=["b"])[:0], "skipped"),
        file("bomb.parquet", lambda: table(text=["a" * (9 * MIB)] * 12), "skipped", 12),
        packed("packed.parquet.gz", lambda: table(text=[FRENCH]), "read"),
    ]


def gzipped() -> list[Case]:
    """Packed files: cut, doubled, swelling, with sly names inside."""
    whole = gzip.compress(FRENCH.encode())

    def named() -> bytes:
        held = io.BytesIO()
        with gzip.GzipFile("../../outside.txt", "wb", fileobj=held) as out:
            out.write(FRENCH.encode())
        return held.getvalue()

    def swelling() -> bytes:
        return gzip.compress(b"\n" * (100 * MIB))

    return [
        *(file(f"cut-{n}.txt.gz", whole[:n], "skipped") for n in (0, 1, 9, 10, 11, 100, len(whole) - 1)),
        file("bent.txt.gz", whole[:60] + b"\0\0\0\0" + whole[64:], "skipped"),
        file("wrong-sum.txt.gz", whole[:-8] + b"\0\0\0\0" + whole[-4:], "skipped"),
        file("rubbish-after.txt.gz", whole + b"rubbish"),
        file("two-members.txt.gz", whole + gzip.compress(FRENCH.encode()), "read"),
        file("plain.txt.gz", FRENCH, "skipped"),
        file("gzip-of-gzip.txt.gz", gzip.compress(whole), "skipped"),
        file("quine-like.txt.gz", gzip.compress(gzip.compress(gzip.compress(whole))), "skipped"),
        file("bomb.txt.gz", swelling, "skipped"),
        file("bomb.jsonl.gz", swelling, "skipped"),
        file("bomb.csv.gz", swelling, "skipped"),
        file("bomb.tmx.gz", lambda: gzip.compress(b"<tmx>" + b" " * (100 * MIB)), "skipped"),
        file("bomb.parquet.gz", swelling, "skipped"),
        file("bomb.html.gz", swelling, "skipped"),
        file("bomb-of-bombs.txt.gz", lambda: gzip.compress(swelling()), "skipped"),
        file("sly-name.txt.gz", named, "read"),
        packed("empty.txt.gz", b"", "skipped"),
        packed("picture.txt.gz", b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "skipped"),
        packed("rows.tsv.gz", f"id\ttext\na\t{FRENCH.splitlines()[2]}\n".encode(), "read"),
        packed("lone-side.tsv.gz", b"fr\ten\nLe maire est content.\tThe mayor is happy.\n", "read", 2),
    ]


def memory(body: str, head: str = "") -> bytes:
    """A translation memory."""
    return f'<?xml version="1.0"?>{head}<tmx version="1.4"><header/><body>{body}</body></tmx>'.encode()


def unit(fr: str, en: str = "The mayor is happy.") -> str:
    """One unit of it."""
    return f'<tu><tuv xml:lang="fr"><seg>{fr}</seg></tuv><tuv xml:lang="en"><seg>{en}</seg></tuv></tu>'


def memories() -> list[Case]:
    """Translation memories with entities that swell or reach outside, deep, cut, in odd encodings."""
    laughs = '<!DOCTYPE t [<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)
    )
    long = f'<!DOCTYPE t [<!ENTITY a "{"a" * 100_000}">]>'
    outside = '<!DOCTYPE t [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    network = (
        '<!DOCTYPE t SYSTEM "http://127.0.0.1:9/a.dtd" [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p"> %p;]>'
    )
    good = unit("Le maire est content.")
    wide = " ".join(f"a{i}='1'" for i in range(100_000))
    return [
        file("laughs.tmx", memory(unit("&a11;"), laughs + "]>"), "skipped"),
        file("long-entity.tmx", lambda: memory(unit("&a;" * 20_000), long), "skipped"),
        file(
            "endless-entity.tmx",
            memory(unit("&a;"), '<!DOCTYPE t [<!ENTITY a "&b;"><!ENTITY b "&a;">]>'),
            "skipped",
        ),
        file("outside.tmx", memory(unit("&x;"), outside)),
        file("network.tmx", memory(good, network), "either", None),
        file(
            "include.tmx",
            memory(f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>{good}'),
            "read",
            2,
        ),
        file("deep.tmx", memory(unit("<hi>" * 100_000 + "a" + "</hi>" * 100_000)), "either", None),
        file("deep-body.tmx", memory("<a>" * 100_000 + good + "</a>" * 100_000), "either", None),
        file("attributes.tmx", memory(f"<tu {wide}/>{good}"), "read", 2),
        file("cut.tmx", memory(good)[:-40], "skipped"),
        file("empty.tmx", b"", "skipped"),
        file("no-units.tmx", memory(""), "skipped"),
        file("not-xml.tmx", FRENCH, "skipped"),
        file("html.tmx", "<!doctype html><p>Le maire", "skipped"),
        file("nul.tmx", memory(unit("Le \0 maire")), "skipped"),
        file("unknown-encoding.tmx", b'<?xml version="1.0" encoding="klingon"?><tmx/>', "skipped"),
        file("wide-encoding.tmx", b'<?xml version="1.0" encoding="shift_jis"?><tmx/>', "skipped"),
        file("utf-16.tmx", memory(good).decode().encode("utf-16"), "read", 2),
        file(
            "latin-1.tmx",
            b'<?xml version="1.0" encoding="iso-8859-1"?>'
            + memory(unit("Le maire a été élu."))[21:].decode().encode("latin-1"),
            "read",
            2,
        ),
        file("no-language.tmx", memory("<tu><tuv><seg>Le maire</seg></tuv></tu>"), "skipped"),
        file("many-units.tmx", lambda: memory(good * 2_000), "read", 2),
        file("binary.tmx", bytes(range(256)) * 9, "skipped"),
    ]


def containers() -> list[Case]:
    """A folder that is named like each container."""
    names = [f"folder.{suffix}" for suffix in ("jsonl", "csv", "tsv", "parquet", "tmx", "txt.gz", "html")]
    return [file(f"{name}/inside.txt", f"{FRENCH} {name}", "read") for name in names]
