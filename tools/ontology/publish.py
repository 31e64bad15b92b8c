"""Prints the ontology as one document for OWL tools such as Protégé:

    pip install rdflib
    python tools/ontology/publish.py > chancery.owl
    python tools/ontology/publish.py turtle > chancery.ttl

It is the files at the top of `ontology/` without the shapes; the lexicon and the gazetteer are data. Lists, which OWL keeps for axioms,
become strings: `ch:statusOrder ( "planned" "occurred" )` becomes `ch:statusOrder "planned occurred"`.
"""

import sys
from pathlib import Path

from rdflib import RDF, Graph, Literal
from rdflib.collection import Collection

ONTOLOGY = Path(__file__).parents[2] / "ontology"


def read(paths: list[Path]) -> Graph:
    """The triples of Turtle files, with strings in the place of lists."""
    graph = Graph()
    for path in paths:
        graph.parse(path, format="turtle")
    for subject, predicate, head in list(graph):
        if predicate != RDF.rest and (head, RDF.first, None) in graph:
            elements = Collection(graph, head)
            if not all(isinstance(element, Literal) for element in elements):
                continue
            graph.remove((subject, predicate, head))
            graph.add((subject, predicate, Literal(" ".join(elements))))
            elements.clear()
            graph.remove((head, None, None))
    return graph


def published() -> Graph:
    """The ontology as one document."""
    return read(sorted(path for path in ONTOLOGY.glob("*.ttl") if path.name != "shapes.ttl"))


if __name__ == "__main__":
    form = sys.argv[1] if len(sys.argv) > 1 else "xml"
    sys.stdout.buffer.write(published().serialize(format=form, encoding="utf-8"))
