"""Writes the model file that `src/language/model.rs` reads and describes.

After the magic line come entries until the end of the file. An entry is a name (one byte of length, then ASCII), a
kind (one byte), two little-endian 32-bit numbers, and a payload:

- kind `t`, text: bytes, 0; that many bytes of UTF-8.
- kind `f`, numbers: rows, columns; rows x columns little-endian 32-bit floats.
- kind `q`, quantised: rows, columns; a 32-bit float scale for each row, then rows x columns signed bytes.
  The value is byte x scale of the row.
"""

import struct
from pathlib import Path

import numpy

MAGIC = b"chancery english 1\n"


def _entry(name, kind, first, second, payload):
    return struct.pack("<B", len(name)) + name.encode("ascii") + kind + struct.pack("<II", first, second) + payload


def text(name, content):
    payload = content.encode("utf-8")
    return _entry(name, b"t", len(payload), 0, payload)


def numbers(name, tensor):
    array = numpy.atleast_2d(tensor.detach().numpy().astype("<f4"))
    return _entry(name, b"f", *array.shape, array.tobytes())


def quantised(name, tensor):
    """Symmetric 8-bit quantisation with one scale a row."""
    array = tensor.detach().numpy().astype("<f4")
    scale = (numpy.maximum(numpy.abs(array).max(axis=1), 1e-8) / 127).astype("<f4")
    rounded = numpy.clip(numpy.rint(array / scale[:, None]), -127, 127).astype("i1")
    return _entry(name, b"q", *array.shape, scale.tobytes() + rounded.tobytes())


def lemmas(lemmatiser) -> dict[str, bytes]:
    """The entries of the lemma tables, by name."""
    tables = {"lemma.rules": lemmatiser.rules_text(), "lemma.exceptions": lemmatiser.exceptions_text()}
    return {name: text(name, content) for name, content in tables.items()}


def replace(path: Path, entries: dict[str, bytes]):
    """Puts `entries` instead of those of the same names into a model file."""
    old, at = path.read_bytes(), len(MAGIC)
    new = [MAGIC]
    while at < len(old):
        start, length = at, old[at]
        name, kind = old[at + 1 : at + 1 + length].decode("ascii"), old[at + 1 + length : at + 2 + length]
        first, second = struct.unpack_from("<II", old, at + 2 + length)
        at += 10 + length + {b"t": first, b"f": 4 * first * second, b"q": 4 * first + first * second}[kind]
        new.append(entries.get(name, old[start:at]))
    path.write_bytes(b"".join(new))


def write(path: Path, parser, encoder, lemmatiser):
    entries = [
        text("upos", "\n".join(encoder.upos)),
        text("xpos", "\n".join(encoder.xpos)),
        text("tags", "\n".join("\t".join(pair) for pair in encoder.tag_pairs)),
        text("relations", "\n".join(encoder.relations)),
        text("vocabulary", "\n".join(encoder.vocabulary.words)),
        *lemmas(lemmatiser).values(),
        quantised("words", parser.words.weight),
        quantised("pieces", parser.pieces.weight),
        quantised("mix.weight", parser.mix.weight),
        numbers("mix.bias", parser.mix.bias),
    ]
    for name, layer in (("first", parser.first), ("second", parser.second)):
        for direction, lstm in (("forward", layer.onward), ("backward", layer.back)):
            entries += [
                quantised(f"{name}.{direction}.input", lstm.weight_ih_l0),
                quantised(f"{name}.{direction}.recurrent", lstm.weight_hh_l0),
                numbers(f"{name}.{direction}.bias", lstm.bias_ih_l0 + lstm.bias_hh_l0),
            ]
    for name in ("xpos", "upos", "projections", "labels"):
        layer = getattr(parser, name)
        entries += [quantised(f"{name}.weight", layer.weight), numbers(f"{name}.bias", layer.bias)]
    entries += [
        quantised("arcs", parser.arcs),
        numbers("distance", parser.distance),
    ]
    path.write_bytes(MAGIC + b"".join(entries))
