"""Learns the lemma tables anew, in seconds, for a model that is there, as after new words in the lexicon:

    python3 tools/language-model/relearn_lemmas.py --treebanks DIR --model src/language/model/english.bin
"""

import argparse
from pathlib import Path

import export
import treebank
from lemmas import Lemmatiser


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--treebanks", type=Path, required=True, help="folder of {ewt,gum}-train.conllu")
    arguments.add_argument("--model", type=Path, required=True, help="the model file to change")
    options = arguments.parse_args()
    names = ("ewt", "gum")
    lemmatiser = Lemmatiser([words for name in names for words in treebank.read(options.treebanks / f"{name}-train.conllu")])
    export.replace(options.model, export.lemmas(lemmatiser))


if __name__ == "__main__":
    main()
