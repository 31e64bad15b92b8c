"""Loads documents with chancery and checks with rdflib, an independent implementation, that the Turtle export parses and says
exactly what the N-Quads export says.

    interoperability.py PROGRAM FOLDER
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from rdflib import Dataset, Graph
from rdflib.compare import isomorphic

program, folder = sys.argv[1:]
texts = sorted(str(path) for path in Path(folder).glob("*.txt"))

with tempfile.TemporaryDirectory() as directory:
    store = ["--store", f"{directory}/store"]

    def export(form: str) -> str:
        command = [program, *store, "export", "--format", form]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    subprocess.run([program, *store, "load", *texts], check=True, capture_output=True)
    turtle = Graph().parse(data=export("ttl"), format="turtle")
    quads = Dataset().parse(data=export("nq"), format="nquads")
    flat = Graph()
    for subject, predicate, value, _ in quads.quads():
        flat.add((subject, predicate, value))
    if len(turtle) == 0:
        sys.exit("the export is empty")
    if not isomorphic(turtle, flat):
        sys.exit(f"Turtle ({len(turtle)} triples) and N-Quads ({len(flat)} triples) differ")
    print(f"rdflib read {len(turtle)} triples of {len(texts)} documents: Turtle and N-Quads agree")
