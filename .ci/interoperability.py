"""Loads documents with chancery and checks that other programs read every RDF export, and read the same in each: rdflib, raptor (`rapper`)
and serd (`serdi`), of which none shares code with chancery, and pyoxigraph, which does.

    interoperability.py PROGRAM FOLDER
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import pyoxigraph
from rdflib import Dataset, Graph

from exports import export

# Of each format: its names in rdflib, raptor and serd, where they read it.
FORMATS = {
    "nt": ("nt", "ntriples", "ntriples"),
    "ttl": ("turtle", "turtle", "turtle"),
    "nq": ("nquads", "nquads", "nquads"),
    "trig": ("trig", "trig", "trig"),
    "rdfxml": ("xml", "rdfxml", None),
    "jsonld": ("json-ld", None, None),
}
PYOXIGRAPH = {
    "nt": pyoxigraph.RdfFormat.N_TRIPLES,
    "ttl": pyoxigraph.RdfFormat.TURTLE,
    "nq": pyoxigraph.RdfFormat.N_QUADS,
    "trig": pyoxigraph.RdfFormat.TRIG,
    "rdfxml": pyoxigraph.RdfFormat.RDF_XML,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
}
# A text with what each syntax has to escape.
NASTY = """---
title: 'Quotes "double" \\ and ''single'', <tags> & "" ]]>'
date: 2022-01-28
---

"A \\"B\\" \t<c> & {d} ; e|f," said Foreign Minister Wang Yi of China.\r
Çavuşoğlu \U0001f4f0 visited Kenya\u2028 on Thursday. Kenya accused Uganda of arming "rebels" \\ and '''others'''.
"""


def triples(form: str, data: bytes) -> set[str]:
    """The triples, whatever graph they are in, each in one spelling; there are no blank nodes."""
    return {str(quad.triple) for quad in pyoxigraph.parse(data, format=PYOXIGRAPH[form])}


def by_rdflib(form: str, data: bytes) -> set[tuple]:
    if form in ("nq", "trig"):
        return {quad[:3] for quad in Dataset().parse(data=data, format=FORMATS[form][0]).quads()}
    return set(Graph().parse(data=data, format=FORMATS[form][0]))


def by_program(*command: str | Path) -> set[str]:
    done = subprocess.run(command, capture_output=True)
    if done.returncode != 0:
        sys.exit(f"{command[0]} cannot read the export: {done.stderr.decode()}")
    return triples("nt", done.stdout)


def main() -> None:
    program, folder = sys.argv[1:]
    with tempfile.TemporaryDirectory() as directory:
        files = export(program, folder, NASTY, list(FORMATS), Path(directory))
        expected = triples("nt", files["nt"].read_bytes())
        expected_by_rdflib = by_rdflib("nt", files["nt"].read_bytes())
        if not expected or len(expected_by_rdflib) != len(expected):
            sys.exit(f"{len(expected)} triples by pyoxigraph, {len(expected_by_rdflib)} by rdflib")
        for form, (_, raptor, serd) in FORMATS.items():
            data = files[form].read_bytes()
            read = {"pyoxigraph": triples(form, data)}
            if raptor:
                read["rapper"] = by_program("rapper", "-q", "-i", raptor, "-o", "ntriples", files[form])
            if serd:
                # N-Quads for the formats with graphs would keep them; we want triples.
                lines = by_program("serdi", "-q", "-i", serd, "-o", "ntriples", files[form])
                read["serdi"] = lines
            differ = [name for name, its in read.items() if its != expected]
            if by_rdflib(form, data) != expected_by_rdflib:
                differ.append("rdflib")
            if differ:
                sys.exit(f"{form} says something else than N-Triples, by {', '.join(differ)}")
            print(f"{form}: {len(expected)} triples, by rdflib, {', '.join(read)}")


if __name__ == "__main__":
    main()
