"""Learns how to get from a form and its tag to the dictionary form: rules on endings, and exceptions.

`src/language/lemma.rs` applies them; `lemma_of` here is its mirror.
"""

import math
import re
from collections import Counter, defaultdict
from pathlib import Path

# Endings longer than this are not worth a rule; the words that need more are exceptions.
LONGEST_ENDING = 6
# A rule that changes more letters is a coincidence.
LONGEST_CHANGE = 3
IRREGULAR = Path(__file__).with_name("irregular.txt")
ROOT = Path(__file__).parents[2]
VOWELS = "aeiou"
# One syllable with one vowel: its last consonant is always doubled (`plot`, `plotting`; `ploted` is of `plote`, if of any).
ONE_SYLLABLE = re.compile("(?:[^aeiou]*|qu)[aeiou][^aeiouwxy]")


def casing(form: str) -> str:
    """`l`ower, `c`apitalised, `m`ixed (`NGOs`) or `u`pper case.

    The rules differ: `Chinese` keeps its capital, `Today` does not.
    """
    capitals = sum(letter.isupper() for letter in form)
    if capitals > 1:
        return "u" if form == form.upper() else "m"
    return "c" if form[:1].isupper() else "l"


def regular_forms(base: str) -> list[tuple[str, str]]:
    """Tag and form of the regular past and participles of a verb; both spellings where its last letter may be doubled."""
    if not base.isalpha() or len(base) < 3:
        return []
    last, before = base[-1], base[-2]
    if last == "e":
        pasts, presents = [base + "d"], [base + "ing" if before in "eioy" else base[:-1] + "ing"]
    elif last == "y" and before not in VOWELS:
        pasts, presents = [base[:-1] + "ied"], [base + "ing"]
    else:
        stems = [base]
        if before in VOWELS and base[-3] not in VOWELS and last not in VOWELS + "wxy":
            doubled = base + last
            stems = [doubled] if ONE_SYLLABLE.fullmatch(base) else [base, doubled]
        pasts, presents = [stem + "ed" for stem in stems], [stem + "ing" for stem in stems]
    return [(tag, past) for past in pasts for tag in ("VBD", "VBN")] + [("VBG", present) for present in presents]


def rule_between(form: str, lemma: str) -> tuple[int, str, str]:
    """How many letters to take off the end, what to add, and whether to keep capitals (`k`) or not (`l`)."""
    base, case = (form, "k") if lemma[:1].isupper() and form[:1].isupper() else (form.lower(), "l")
    common = 0
    while common < min(len(base), len(lemma)) and base[common] == lemma[common]:
        common += 1
    return len(base) - common, lemma[common:], case


def apply(rule, form: str) -> str:
    strip, add, case = rule
    base = form if case == "k" else form.lower()
    return base[: max(0, len(base) - strip)] + add


def words_known() -> set[str]:
    """Words that are in use, of texts without annotation."""
    lines = (ROOT / "src/text/clusters.txt").read_text(encoding="utf-8").splitlines()
    return {word for line in lines for word in line.split()[1:]}


def words_of_lexicon(part_of_speech: str) -> set[str]:
    entry = re.compile(r'ontolex:writtenRep "([a-z]+)"@en \] ; lexinfo:partOfSpeech lexinfo:' + part_of_speech)
    files = sorted((ROOT / "ontology/lexicon/en").glob("*.ttl"))
    return {word for file in files for word in entry.findall(file.read_text(encoding="utf-8"))}


def verbs_among(words: set[str]) -> set[str]:
    """The words of which both regular inflections, past and participle, are among them, too."""

    def seen(base, tag):
        return any(form in words for other, form in regular_forms(base) if other == tag)

    return {word for word in words if word.islower() and seen(word, "VBD") and seen(word, "VBG")}


class Lemmatiser:
    def __init__(self, sentences):
        counts = self._observations(sentences)
        self.rules = self._learn_rules(counts)
        self.exceptions = {}
        self.exceptions = self._learn_exceptions(counts)

    @staticmethod
    def _observations(sentences):
        """How often each form and tag has each lemma."""
        counts = Counter()
        for words in sentences:
            for word in words:
                # `_` is the second half of a word torn in two. Proper names made of other words (`United`) stay whole.
                if word.lemma != "_" and (word.upos == "PROPN" or not word.xpos.startswith("NNP")):
                    counts[word.xpos, word.form, word.lemma] += 1
        # The list outweighs slips of the annotators (`fled`: `flead`).
        irregular = set()
        for line in IRREGULAR.read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                kind, base, *columns = line.split()
                irregular.add(base)
                for tag, forms in zip(("VBD", "VBN") if kind == "verb" else ("NNS",), columns):
                    for form in forms.split("/"):
                        counts[tag, form, base] += 20
        seen = {lemma for xpos, form, lemma in counts if xpos in ("VB", "VBP") and form == lemma}
        known = words_known()
        verbs = seen | words_of_lexicon("verb")
        for base in sorted(verbs | verbs_among(known)):
            for tag, form in regular_forms(base):
                if base in irregular and tag != "VBG":
                    continue
                # Of words that nobody annotated, those count that are there, since a letter may be doubled or not.
                if base in verbs or form in known:
                    counts[tag, form, base] += 2
        nouns = {lemma for xpos, form, lemma in counts if xpos == "NN" and form == lemma} | words_of_lexicon("noun")
        plurals = {form for xpos, form, lemma in counts if xpos == "NNS" and lemma in irregular}
        for base in sorted(nouns):
            form = base + ("es" if base.endswith(("s", "x", "z", "ch", "sh")) else "s")
            if base.isalpha() and form in known and form not in plurals:
                counts["NNS", form, base] += 2
        return counts

    @staticmethod
    def _learn_rules(counts):
        """The best rule for each ending, where it differs from that of the next shorter ending."""
        votes, supporters = defaultdict(Counter), defaultdict(Counter)
        for (xpos, form, lemma), count in sorted(counts.items()):
            rule = rule_between(form, lemma)
            if rule[0] > LONGEST_CHANGE or len(rule[1]) > LONGEST_CHANGE:
                continue
            word = form.lower()
            for length in range(min(LONGEST_ENDING, len(word)) + 1):
                ending = word[len(word) - length :]
                # A word counts by the logarithm of its frequency: rules are for the words not seen.
                votes[xpos, casing(form), ending][rule] += math.log2(1 + count)
                supporters[xpos, casing(form), ending][rule] += 1
        rules = {}
        for key in sorted(votes, key=lambda key: (len(key[2]), key)):
            xpos, case, ending = key
            best = min(votes[key].items(), key=lambda item: (-item[1], item[0]))[0]
            # Names have no endings: `Wales` and `Reuters` stay as they are.
            if ending and (supporters[key][best] < 2 or xpos == "NNP"):
                continue
            shorter = [(xpos, case, ending[start:]) for start in range(1, len(ending) + 1)]
            inherited = next((rules[candidate] for candidate in shorter if candidate in rules), None)
            if best != inherited:
                rules[key] = best
        return rules

    def _learn_exceptions(self, counts):
        """Words seen at least twice that the rules get wrong."""
        lemmas = defaultdict(Counter)
        for (xpos, form, lemma), count in counts.items():
            lemmas[xpos, form.lower()][form, lemma] += count
        exceptions = {}
        for (xpos, word), seen in sorted(lemmas.items()):
            by_lemma, wrong = Counter(), 0
            for (form, lemma), count in seen.items():
                by_lemma[lemma] += count
                wrong += count * (self.lemma_of(form, xpos) != lemma)
            lemma, count = min(by_lemma.items(), key=lambda item: (-item[1], item[0]))
            # A word never seen in lower case is not known to be no name (`Bosnian`), however its lemma is annotated.
            named = lemma == word and not any(form == word for form, _ in seen)
            if count >= 2 and wrong > seen.total() - count and not named:
                exceptions[xpos, word] = lemma
        return exceptions

    def lemma_of(self, form: str, xpos: str) -> str:
        word = form.lower()
        if (xpos, word) in self.exceptions:
            return self.exceptions[xpos, word]
        if xpos == "CD" and any(letter.isdigit() for letter in word):
            return word.replace(",", "")
        for length in range(min(LONGEST_ENDING, len(word)), -1, -1):
            rule = self.rules.get((xpos, casing(form), word[len(word) - length :]))
            if rule:
                return apply(rule, form)
        return word

    def rules_text(self) -> str:
        return "\n".join(
            "\t".join((xpos, case, ending, str(strip), add, kept))
            for (xpos, case, ending), (strip, add, kept) in sorted(self.rules.items())
        )

    def exceptions_text(self) -> str:
        return "\n".join("\t".join((*key, lemma)) for key, lemma in sorted(self.exceptions.items()))
