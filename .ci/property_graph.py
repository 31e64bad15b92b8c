"""Loads documents with chancery and checks that networkx opens the GraphML export, csv the lists of nodes and edges, and pydot the DOT
export, and that all three are one graph: nodes, edges and the attributes of each.

    property_graph.py PROGRAM FOLDER
"""

import csv
import sys
import tempfile
from collections import Counter
from pathlib import Path

import networkx
import pydot

from exports import export

# A text with what each syntax has to escape.
NASTY = """---
title: '=1+1 "double" \\ and <tags> & ]]>'
date: 2022-01-28
---

"A \\"B\\" \t<c> & {d} ; e|f," said Foreign Minister Wang Yi of China.\r
Kenya accused Uganda of arming "rebels" \\ and \\n others.
"""

Attributes = frozenset[tuple[str, str]]


def attributes(named: dict) -> Attributes:
    """Those that have a value; numbers in one spelling."""

    def spelled(value: object) -> str:
        try:
            return repr(float(value))
        except ValueError:
            return str(value)

    return frozenset((name, spelled(value)) for name, value in named.items() if value not in ("", None))


def of_graphml(file: Path) -> tuple[dict[str, Attributes], Counter]:
    graph = networkx.read_graphml(file, force_multigraph=True)
    nodes = {node: attributes(its) for node, its in graph.nodes(data=True)}
    return nodes, Counter((source, target, attributes(its)) for source, target, its in graph.edges(data=True))


def of_lists(folder: Path) -> tuple[dict[str, Attributes], Counter]:
    def rows(name: str) -> list[dict[str, str]]:
        with open(folder / name, newline="", encoding="utf-8") as file:
            found = list(csv.DictReader(file, strict=True))
        # A formula stands behind an apostrophe.
        plain = lambda value: value[1:] if value[:2] in ("'=", "'+", "'-", "'@") else value  # noqa: E731
        return [{key.removesuffix(":double"): plain(value) for key, value in row.items()} for row in found]

    nodes = {}
    for row in rows("nodes.csv"):
        node, labels = row.pop("id:ID"), row.pop(":LABEL")
        nodes[node] = attributes(row | {"type": " | ".join(sorted(labels.split(";")))})
    edges = Counter()
    for row in rows("edges.csv"):
        source, target, role = row.pop(":START_ID"), row.pop(":END_ID"), row.pop(":TYPE")
        edges[source, target, attributes(row | {"type": role})] += 1
    return nodes, edges


def of_dot(file: Path) -> tuple[dict[str, Attributes], Counter]:
    def read(quoted: str) -> str:
        text, escaped = "", False
        for character in quoted[1:-1]:
            if escaped:
                text += {"n": "\n", "r": "\r"}.get(character, character)
            elif character != "\\":
                text += character
            escaped = character == "\\" and not escaped
        return text

    def its(item: pydot.Node | pydot.Edge, label: bool) -> Attributes:
        found = {name.removeprefix("record_"): read(value) for name, value in item.get_attributes().items()}
        if not label:
            del found["label"]
        return attributes(found)

    [graph] = pydot.graph_from_dot_file(file, encoding="utf-8")
    nodes = {read(node.get_name()): its(node, label=True) for node in graph.get_nodes()}
    edges = ((read(edge.get_source()), read(edge.get_destination()), its(edge, label=False)) for edge in graph.get_edges())
    return nodes, Counter(edges)


def main() -> None:
    program, folder = sys.argv[1:]
    with tempfile.TemporaryDirectory() as directory:
        files = export(program, folder, NASTY, ["graphml", "csv", "dot"], Path(directory))
        nodes, edges = of_graphml(files["graphml"])
        if not nodes or not edges:
            sys.exit("the export is empty")
        for form, other in [("CSV", of_lists(files["csv"])), ("DOT", of_dot(files["dot"]))]:
            if other[0] != nodes:
                wrong = next(node for node in nodes | other[0] if nodes.get(node) != other[0].get(node))
                sys.exit(f"{form} has another node than GraphML: {other[0].get(wrong)}\n{nodes.get(wrong)}")
            if other[1] != edges:
                sys.exit(f"{form} has other edges than GraphML: {list((other[1] - edges) + (edges - other[1]))[:2]}")
        facts = [dict(its) for its in nodes.values() if "evidence" in dict(its)]
        if not all(fact["evidence"] and fact["document"] in nodes for fact in facts):
            sys.exit("a fact lacks its sentence or document")
        print(f"networkx, csv and pydot read one graph: {len(nodes)} nodes, {len(facts)} of them facts, {edges.total()} edges")


if __name__ == "__main__":
    main()
