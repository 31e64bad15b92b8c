"""Checks with pySHACL, an independent processor of SHACL, that `chancery check` finds what the shapes of ontology/shapes.ttl find, violation
by violation (the node and the shape that it breaks): in the record of the texts of FOLDER and in the built-in knowledge, which conform,
and in the graphs of tests/broken, which break every shape.

    shapes.py PROGRAM FOLDER
"""

import json
import logging
import subprocess
import sys
import tempfile
from pathlib import Path

import pyshacl
from rdflib import Graph, Namespace

# rdflib tells of each ill-formed literal of the broken graphs.
logging.disable(logging.WARNING)

SH = Namespace("http://www.w3.org/ns/shacl#")
root = Path(__file__).resolve().parent.parent
program, folder = Path(sys.argv[1]).resolve(), sys.argv[2]
shapes = Graph().parse(root / "ontology/shapes.ttl")
names = {str(shape) for shape in shapes.subjects(SH.message)}


def theirs(*files: Path) -> set[tuple[str, str]]:
    data = Graph()
    for file in files:
        data.parse(file)
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes)
    results = report.objects(None, SH.result)
    return {(str(report.value(result, SH.sourceShape)), str(report.value(result, SH.focusNode))) for result in results}


def ours(directory: str, *arguments: str) -> set[tuple[str, str]]:
    command = [program, "check", "--format", "json", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=directory)
    if done.returncode == 2:
        sys.exit(done.stderr)
    found = {(result["shape"], result["focus"]) for result in json.loads(done.stdout)["results"]}
    # What SHACL Core cannot say, and what a file is to be read at all, has no shape.
    return {(shape, node) for shape, node in found if shape in names}


def compare(what: str, pyshacl_found: set, chancery_found: set, conforms: bool) -> set:
    for one, other, who in [
        (pyshacl_found, chancery_found, "pySHACL"),
        (chancery_found, pyshacl_found, "chancery"),
    ]:
        for shape, node in sorted(one - other):
            print(f"{what}: only {who} finds that {node} breaks {shape}", file=sys.stderr)
    if pyshacl_found != chancery_found or conforms != (not chancery_found):
        sys.exit(f"{what}: pySHACL finds {len(pyshacl_found)} violations, chancery {len(chancery_found)}")
    print(f"{what}: pySHACL and chancery find the same {len(chancery_found)} violations")
    return {shape for shape, _ in chancery_found}


with tempfile.TemporaryDirectory() as directory:
    store = ["--store", f"{directory}/store"]
    texts = sorted(str(path) for path in Path(folder).glob("*.txt"))
    subprocess.run([program, *store, "load", *texts], check=True, capture_output=True)
    record = Path(directory) / "record.ttl"
    export = subprocess.run([program, *store, "export"], check=True, capture_output=True)
    record.write_bytes(export.stdout)
    compare("the record", theirs(record), ours(directory, *store), conforms=True)
    knowledge = sorted(
        path for path in (root / "ontology").rglob("*.ttl") if path.name not in ("shapes.ttl", "reused.ttl")
    )
    compare("the knowledge", theirs(*knowledge), ours(directory), conforms=True)
    broken = root / "tests/broken"
    found = compare(
        "the broken record", theirs(broken / "record.ttl"), ours(directory, "--data", str(broken / "record.ttl")), conforms=False
    )
    found |= compare(
        "the broken knowledge",
        theirs(*knowledge, broken / "knowledge.ttl"),
        ours(directory, "--ontology", str(broken / "knowledge.ttl")),
        conforms=False,
    )
    if found != names:
        sys.exit(f"no broken graph breaks {sorted(names - found)}")
    print(f"all {len(names)} shapes are broken at least once")
