"""Checks the ontology as others get it (`tools/ontology/publish.py`):

- that it keeps to OWL 2 DL, by itself and with the lexicon, the gazetteer and a record, and that broken variants are found out;
- that each term of chancery's own has one label and one definition in English, and the ontology its header;
- that RDF/XML, which Protégé reads, says the same as the Turtle; and that horned-owl, a library for OWL, makes as many axioms of it.

    ontology.py PROGRAM FOLDER

For OWL 2 DL every triple must be one that the mapping to RDF (<https://www.w3.org/TR/owl2-mapping-to-rdf/>) can give, with every term
declared and used as what it is. The check knows the axioms that the ontology has: declarations, subclasses, subproperties, domains,
ranges, functional properties, disjoint classes, definitions of datatypes, assertions and annotations. Whatever else it meets is a fault.
It does not reason, and knows no class expressions, of which there are none.
"""

import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

import pyhornedowl
from rdflib import BNode, Graph, Literal, Namespace, OWL, RDF, RDFS, SKOS, URIRef, XSD
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS, VANN

sys.path.insert(0, str(Path(__file__).parent.parent / "tools/ontology"))
from publish import ONTOLOGY, published, read

CH = Namespace("https://w3id.org/chancery#")
RESERVED = tuple(str(namespace) for namespace in (RDF, RDFS, OWL, XSD))
PROPERTIES = {OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}
KINDS = PROPERTIES | {OWL.Class, RDFS.Datatype, OWL.NamedIndividual}

# What OWL 2 itself declares: <https://www.w3.org/TR/owl2-syntax/#Datatype_Maps>, without its restrictions of strings and integers that
# nobody here uses.
DATATYPES = {
    RDFS.Literal, RDF.PlainLiteral, RDF.langString, OWL.real, OWL.rational, XSD.decimal, XSD.integer, XSD.double, XSD.float,
    XSD.nonNegativeInteger, XSD.positiveInteger, XSD.string, XSD.boolean, XSD.anyURI, XSD.dateTime, XSD.dateTimeStamp,
}  # fmt: skip
ANNOTATIONS = {RDFS.label, RDFS.comment, RDFS.seeAlso, RDFS.isDefinedBy, OWL.versionInfo, OWL.deprecated}
# OWL leaves out the dates of XML Schema; a record is of little use without.
DATES = {XSD.date, XSD.gYearMonth, XSD.gYear}


def faults(graph: Graph, datatypes: set[URIRef] = frozenset()) -> list[str]:
    """What keeps a graph from OWL 2 DL; `datatypes` are let pass as well."""
    found = []
    kinds = defaultdict(set)
    for term, kind in graph.subject_objects(RDF.type):
        if kind in KINDS:
            kinds[term].add(kind)
    for kind, terms in [(RDFS.Datatype, DATATYPES | datatypes), (OWL.AnnotationProperty, ANNOTATIONS), (OWL.Class, {OWL.Thing})]:
        for term in terms:
            kinds[term].add(kind)

    def fault(what: str, *terms) -> None:
        found.append(f"{what}: {' '.join(term.n3(graph.namespace_manager) for term in terms)}")

    def is_a(kind: URIRef, *terms) -> bool:
        return all(kind in kinds.get(term, ()) for term in terms)

    def known(literal: Literal) -> bool:
        return literal.datatype is None or is_a(RDFS.Datatype, literal.datatype)

    for term, its in list(kinds.items()):
        built_in = term in DATATYPES | datatypes | ANNOTATIONS | {OWL.Thing}
        if isinstance(term, BNode) or str(term).startswith(RESERVED) and not built_in:
            fault("nobody but OWL may declare it", term)
        if len(its & PROPERTIES) > 1 or its >= {OWL.Class, RDFS.Datatype}:
            fault("it is two things at once", term)

    headers = set(graph.subjects(RDF.type, OWL.Ontology))
    members = set()
    for axiom, head in graph.subject_objects(OWL.members):
        members.update(node for node in graph.transitive_objects(head, RDF.rest))
        classes = list(Collection(graph, head))
        if (axiom, RDF.type, OWL.AllDisjointClasses) not in graph or len(classes) < 2 or not is_a(OWL.Class, *classes):
            fault("it names no classes that exclude each other", axiom)

    for triple in graph:
        subject, predicate, object = triple
        kind = next(iter(kinds.get(predicate, set()) & PROPERTIES), None)
        if predicate == RDF.type:
            if object in KINDS or object == OWL.Ontology:
                fits = isinstance(subject, URIRef)
            elif object == OWL.FunctionalProperty:
                fits = is_a(OWL.ObjectProperty, subject) or is_a(OWL.DatatypeProperty, subject)
            else:
                fits = is_a(OWL.Class, object) or object == OWL.AllDisjointClasses and (subject, OWL.members, None) in graph
        elif predicate in (RDFS.subClassOf, OWL.disjointWith):
            fits = is_a(OWL.Class, subject, object)
        elif predicate == RDFS.subPropertyOf:
            fits = any(is_a(kind, subject, object) for kind in PROPERTIES)
        elif predicate in (RDFS.domain, RDFS.range):
            of = [OWL.Class, RDFS.Datatype][predicate == RDFS.range and is_a(OWL.DatatypeProperty, subject)]
            fits = not is_a(OWL.AnnotationProperty, subject) and bool(kinds.get(subject, set()) & PROPERTIES) and is_a(of, object)
        elif predicate == OWL.equivalentClass:
            fits = is_a(RDFS.Datatype, subject, object) and subject not in DATATYPES
        elif predicate == OWL.versionIRI:
            fits = subject in headers and isinstance(object, URIRef)
        elif predicate == OWL.members:
            fits = True
        elif predicate in (RDF.first, RDF.rest):
            fits = subject in members
        elif kind == OWL.ObjectProperty:
            fits = not isinstance(object, Literal)
        elif kind == OWL.DatatypeProperty:
            fits = isinstance(object, Literal) and known(object)
        else:
            fits = kind == OWL.AnnotationProperty and (not isinstance(object, Literal) or known(object))
        if not fits:
            fault("no axiom of OWL 2 DL", *triple)

    # Nodes without a name may only hang together as trees do.
    for node in {object for object in graph.objects() if isinstance(object, BNode)}:
        if len(list(graph.subjects(None, node))) > 1:
            fault("two triples lead to it", node)
    return sorted(found)


def header_faults(graph: Graph) -> list[str]:
    """What the header, or a term of chancery's own, lacks."""
    found = []
    [header] = graph.subjects(RDF.type, OWL.Ontology)
    wanted = [OWL.versionIRI, OWL.versionInfo, DCTERMS.title, DCTERMS.description, DCTERMS.license, DCTERMS.creator, DCTERMS.created,
              VANN.preferredNamespacePrefix, VANN.preferredNamespaceUri]  # fmt: skip
    found.extend(f"the header has no {term}" for term in wanted if graph.value(header, term) is None)
    own = {term for term in graph.subjects(RDF.type) if str(term).startswith(str(header))} - {header}
    for term in sorted(own):
        for property in (SKOS.prefLabel, SKOS.definition):
            texts = [text for text in graph.objects(term, property) if text.language == "en"]
            if len(texts) != 1:
                found.append(f"<{term}> has {len(texts)} of {property} in English")
    return found


def broken(graph: Graph) -> dict[str, Graph]:
    """The ontology with one fault each."""
    word, blank = URIRef("https://example.org/word"), BNode()
    additions = {
        "a property of two kinds": [(CH.visitor, RDF.type, OWL.DatatypeProperty)],
        "a class that is a datatype": [(CH.Visit, RDF.type, RDFS.Datatype)],
        "a class that nobody declares": [(CH.Visit, RDFS.subClassOf, word)],
        "a property that nobody declares": [(CH.Visit, word, Literal("x"))],
        "a datatype that OWL does not know": [(CH.charge, RDFS.range, XSD.date)],
        "data below annotation": [(CH.label, RDFS.subPropertyOf, SKOS.prefLabel)],
        "a literal as an object": [(CH.current, CH.tenure, Literal("current"))],
        "an object as a literal": [(CH.current, CH.title, word)],
        "a domain of an annotation": [(CH.hint, RDFS.domain, CH.Visit)],
        "a list that is no axiom": [(CH.Visit, CH.hint, blank), (blank, RDF.first, Literal("x")), (blank, RDF.rest, RDF.nil)],
        "an axiom that the check does not know": [(CH.visitor, OWL.inverseOf, word)],
        "a class in the namespace of OWL": [(OWL.Restriction, RDF.type, OWL.Class)],
        "a node without a name in two places": [(CH.Visit, CH.hint, blank), (CH.Project, CH.hint, blank)],
    }
    return {name: graph + to_graph(triples) for name, triples in additions.items()}


def to_graph(triples: list) -> Graph:
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    return graph


def differences(graph: Graph, horned: pyhornedowl.PyIndexedOntology) -> list[str]:
    """Where horned-owl, which maps RDF to axioms by itself, has other axioms than the triples say. Of those about nodes without a name
    it knows none."""
    axioms = Counter(type(axiom.component).__name__ for axiom in horned.get_axioms())
    kinds = {kind: set(graph.subjects(RDF.type, kind)) for kind in PROPERTIES}
    kinds[OWL.AnnotationProperty] |= ANNOTATIONS
    [header] = graph.subjects(RDF.type, OWL.Ontology)
    named = [triple for triple in graph if isinstance(triple[0], URIRef) and triple[0] != header]

    def triples(*properties: URIRef) -> int:
        return sum(predicate in properties for _, predicate, _ in named)

    def instances(*classes: URIRef) -> int:
        return sum(triple[1:] == (RDF.type, kind) for triple in named for kind in classes)

    expected = {
        "DeclareClass": instances(OWL.Class),
        "DeclareDatatype": instances(RDFS.Datatype),
        "DeclareObjectProperty": instances(OWL.ObjectProperty),
        "DeclareDataProperty": instances(OWL.DatatypeProperty),
        "DeclareAnnotationProperty": instances(OWL.AnnotationProperty),
        "FunctionalObjectProperty FunctionalDataProperty": instances(OWL.FunctionalProperty),
        "SubClassOf": triples(RDFS.subClassOf),
        "SubObjectPropertyOf SubDataPropertyOf": triples(RDFS.subPropertyOf),
        "ObjectPropertyDomain DataPropertyDomain": triples(RDFS.domain),
        "ObjectPropertyRange DataPropertyRange": triples(RDFS.range),
        "DatatypeDefinition": triples(OWL.equivalentClass),
        "ClassAssertion": triples(RDF.type) - instances(*KINDS, OWL.FunctionalProperty),
        "ObjectPropertyAssertion": triples(*kinds[OWL.ObjectProperty]),
        "DataPropertyAssertion": triples(*kinds[OWL.DatatypeProperty]),
        "AnnotationAssertion": triples(*kinds[OWL.AnnotationProperty]),
    }
    return [
        f"horned-owl has {has} of {names}, the triples {number}"
        for names, number in expected.items()
        if (has := sum(axioms[name] for name in names.split())) != number
    ]


def main() -> None:
    program, folder = sys.argv[1:]
    ontology = published()
    problems = faults(ontology) + header_faults(ontology)
    data = read(sorted(path for path in (ONTOLOGY / "lexicon").rglob("*.ttl")))
    data += read(sorted((ONTOLOGY / "gazetteer").glob("*.ttl")))
    problems += [f"data: {fault}" for fault in faults(ontology + data, DATES)]
    with tempfile.TemporaryDirectory() as directory:
        store = ["--store", f"{directory}/store"]
        subprocess.run([program, *store, "load", "--quiet", folder], check=True, capture_output=True)
        export = subprocess.run([program, *store, "export"], check=True, capture_output=True, text=True).stdout
    record = Graph().parse(data=export, format="turtle")
    problems += [f"record: {fault}" for fault in faults(ontology + record, DATES)]
    problems += [f"not found out: {name}" for name, graph in broken(ontology).items() if not faults(graph)]

    xml = ontology.serialize(format="xml")
    if not isomorphic(Graph().parse(data=xml, format="xml"), ontology):
        problems.append("RDF/XML and Turtle differ")
    problems += differences(ontology, pyhornedowl.open_ontology_from_string(xml, serialization="owl"))
    if problems:
        sys.exit("\n".join(problems[:50] + [f"{len(problems)} faults of the ontology"]))
    print(f"OWL 2 DL: {len(ontology)} triples of the ontology, {len(data)} of its data and {len(record)} of a record keep to it")


if __name__ == "__main__":
    main()
