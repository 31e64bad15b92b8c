"""Brown clusters of words, learnt from much text that nobody annotated (Koo et al. 2008, simple semi-supervised dependency parsing,
<https://aclanthology.org/P08-1068/>): words of a cluster stand in like places, also those that no treebank has.
"""

import gzip
import json
from pathlib import Path

# Words whose clusters are kept: the likeliest of the list. Rarer ones were seen too seldom for a good one.
WORDS = 100_000


class Clusters:
    """`folder` holds `en_lexeme_cluster.json.gz` and `en_lexeme_prob.json.gz` of the Python package `spacy-lookups-data`.

    A cluster is a path of turns from the root of a tree, a bit each, the first one lowest. `all` are the paths, rising; `words` are the words
    with a cluster, each with its path and the logarithm of its likelihood.
    """

    def __init__(self, folder: Path):
        paths, likelihoods = (
            json.loads(gzip.decompress((folder / f"en_lexeme_{name}.json.gz").read_bytes())) for name in ("cluster", "prob")
        )
        likeliest = sorted(likelihoods, key=lambda word: (-likelihoods[word], word))[:WORDS]
        # White space parts the words in the file that the program reads.
        self._paths = {word: paths[word] for word in likeliest if paths.get(word) and not word.split()[1:]}
        self.all = sorted(set(self._paths.values()))
        self.words = [(word, path, likelihoods[word]) for word, path in self._paths.items()]

    def path(self, form: str) -> int | None:
        """The path of the cluster of a word as it is written, else of the word in small letters."""
        return self._paths.get(form) or self._paths.get(form.lower())

    def text(self) -> str:
        """A line for each cluster, its path and its words, as `src/text/clusters.rs` reads it."""
        words = {path: [] for path in self.all}
        for word, path, _ in self.words:
            words[path].append(word)
        return "".join(f"{path} {' '.join(sorted(words[path]))}\n" for path in self.all)
