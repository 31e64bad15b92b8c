"""Puts back into a treebank file the paragraphs that an extract of it has lost.

    python3 tools/language-model/paragraphs.py gum-news-interview-speech-test.conllu > with-paragraphs.conllu

UD_English-GUM says with `# newpar` where a paragraph opens, and the raw text of a treebank shows it by a blank line (CoNLL 2018 shared task,
<https://aclanthology.org/K18-2001/>); without, headings and captions run into the text. `paragraphs.txt` says which sentences of the test documents
open one. Fails if the file lacks one of these sentences.
"""

import sys
from pathlib import Path


def openings() -> set[str]:
    """The identifiers of the sentences that open a paragraph."""
    lines = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    documents = (line.split() for line in lines if not line.startswith("#"))
    return {f"{document}-{number}" for document, *numbers in documents for number in numbers}


def main():
    left = openings()
    for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
        name = line.removeprefix("# sent_id = ")
        if name in left:
            left.remove(name)
            print("# newpar")
        print(line)
    if left:
        sys.exit(f"the file lacks {len(left)} of the sentences, {min(left)} first")


if __name__ == "__main__":
    main()
