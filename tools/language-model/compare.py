"""Chancery beside spaCy and UDPipe 1, all trained on the same treebanks: accuracy, speed and size on the same sentences.

    python3 tools/language-model/compare.py --treebanks DIR --work DIR

Run it in the repository. The others are installed and trained below the folder `--work`, and found there again by a
later run. All get the tokens of the treebanks and run on one thread; `cargo bench --bench language` counts what is right.
spaCy has its standard configuration for small models (`spacy init config --optimize efficiency`), UDPipe its default
options; how long both are trained can be chosen, as UDPipe's default takes most of a day.
"""

import argparse
import os
import re
import subprocess
import sys
import time
from pathlib import Path

PACKAGES = ["spacy==3.8.18", "ufal.udpipe==1.4.0.1"]
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
OWN_MODEL = [Path("src/language/model/english.bin"), Path("src/text/clusters.txt")]
BENCH = ["cargo", "bench", "--quiet", "--locked", "--bench", "language", "--"]


def run(command):
    """What a command prints; stops where it fails."""
    return subprocess.run([str(part) for part in command], check=True, stdout=subprocess.PIPE, text=True).stdout


def joined(treebanks: Path, work: Path, part: str) -> Path:
    path = work / f"{part}.conllu"
    path.write_text(
        "".join((treebanks / f"{name}-{part}.conllu").read_text(encoding="utf-8") for name in ("ewt", "gum")),
        encoding="utf-8",
    )
    return path


def train_spacy(options):
    model = options.work / "spacy" / "model-best"
    if model.exists():
        return
    spacy = [sys.executable, "-m", "spacy"]
    for part in ("train", "dev"):
        run([*spacy, "convert", joined(options.treebanks, options.work, part), options.work, "-c", "conllu", "-n", 10])
    config = options.work / "spacy.cfg"
    pipeline = "tagger,morphologizer,trainable_lemmatizer,parser"
    run([*spacy, "init", "config", config, "--lang", "en", "--pipeline", pipeline, "--optimize", "efficiency", "--force"])
    run(
        [*spacy, "train", config, "--output", model.parent]
        + ["--paths.train", options.work / "train.spacy", "--paths.dev", options.work / "dev.spacy"]
        + ["--training.max_steps", options.spacy_steps, "--training.eval_frequency", max(1, options.spacy_steps // 5)]
    )


def train_udpipe(options):
    model = options.work / "udpipe.model"
    if model.exists():
        return
    from ufal import udpipe

    def sentences(part):
        reader = udpipe.InputFormat.newConlluInputFormat()
        reader.setText(joined(options.treebanks, options.work, part).read_text(encoding="utf-8"))
        result, error = udpipe.Sentences(), udpipe.ProcessingError()
        sentence = udpipe.Sentence()
        while reader.nextSentence(sentence, error):
            result.append(sentence)
            sentence = udpipe.Sentence()
        return result

    error = udpipe.ProcessingError()
    trained = udpipe.Trainer.train(
        "morphodita_parsito",
        sentences("train"),
        sentences("dev"),
        "none",
        f"iterations={options.udpipe_tagger_iterations}",
        f"iterations={options.udpipe_parser_iterations}",
        error,
    )
    if error.occurred():
        sys.exit(f"UDPipe could not be trained: {error.message}")
    model.write_bytes(trained)


def blocks(treebank: Path):
    """The sentences of a treebank, each as its lines of single words."""
    for block in treebank.read_text(encoding="utf-8").split("\n\n"):
        lines = [line.split("\t") for line in block.splitlines() if line and not line.startswith("#")]
        words = [columns for columns in lines if columns[0].isdecimal()]
        if words:
            yield words


def conllu(sentences) -> str:
    """Sentences of (form, lemma, UPOS, XPOS, head, relation) as CoNLL-U."""
    result = []
    for words in sentences:
        for number, (form, lemma, upos, xpos, head, relation) in enumerate(words, 1):
            columns = [number, form, lemma or "_", upos or "_", xpos or "_", "_", head, relation or "_", "_", "_"]
            result.append("\t".join(map(str, columns)))
        result.append("")
    return "\n".join(result) + "\n"


def with_spacy(options, sentences):
    import spacy
    from spacy.tokens import Doc

    pipeline = spacy.load(options.work / "spacy" / "model-best")
    documents = [Doc(pipeline.vocab, words=[word[1] for word in words]) for words in sentences]
    start = time.process_time()
    documents = list(pipeline.pipe(documents))
    seconds = time.process_time() - start

    def word(token):
        root = token.head.i == token.i
        return token.text, token.lemma_, token.pos_, token.tag_, 0 if root else token.head.i + 1, token.dep_.replace("ROOT", "root")

    return [[word(token) for token in document] for document in documents], seconds


def with_udpipe(options, sentences):
    from ufal import udpipe

    model = udpipe.Model.load(str(options.work / "udpipe.model"))
    documents = []
    for words in sentences:
        sentence = udpipe.Sentence()
        for columns in words:
            sentence.addWord(columns[1])
        documents.append(sentence)
    start = time.process_time()
    for sentence in documents:
        model.tag(sentence, model.DEFAULT)
        model.parse(sentence, model.DEFAULT)
    seconds = time.process_time() - start
    result = [
        [(word.form, word.lemma, word.upostag, word.xpostag, word.head, word.deprel) for word in list(sentence.words)[1:]]
        for sentence in documents
    ]
    return result, seconds


def figures(printed: str):
    """UPOS, XPOS, lemma, UAS and LAS of the first scores that the benchmark printed."""
    return [re.search(rf"\b{name} ([\d.]+)", printed)[1] for name in ("UPOS", "XPOS", "lemma", "UAS", "LAS")]


def megabytes(model: list[Path]) -> float:
    """The size of a model of files and folders of files."""
    files = [path for part in model for path in [part, *part.rglob("*")] if path.is_file()]
    return sum(path.stat().st_size for path in files) / 1e6


def report(options):
    """A table with a row for each program and treebank."""
    print("| program | treebank | UPOS | XPOS | lemma | UAS | LAS | tokens/s | MB |")
    print("|---|---|---|---|---|---|---|---|---|", flush=True)

    def row(program, treebank, scores, speed, model):
        print(f"| {program} | {treebank.stem} | {' | '.join(scores)} | {speed:,.0f} | {megabytes(model):.1f} |", flush=True)

    for treebank in options.tests:
        sentences = list(blocks(treebank))
        printed = run([*BENCH, treebank])
        row("chancery", treebank, figures(printed), float(re.search(r"([\d.]+) tokens/s", printed)[1]), OWN_MODEL)
        for program, trained, annotate in (
            (f"spaCy, {options.spacy_steps} steps", "spacy/model-best", with_spacy),
            (
                f"UDPipe 1, {options.udpipe_tagger_iterations} and {options.udpipe_parser_iterations} iterations",
                "udpipe.model",
                with_udpipe,
            ),
        ):
            if not (options.work / trained).exists():
                print(f"| {program} | {treebank.stem} | not trained |", flush=True)
                continue
            annotated, seconds = annotate(options, sentences)
            other = options.work / "other.conllu"
            other.write_text(conllu(annotated), encoding="utf-8")
            scores = figures(run([*BENCH, "--other", other, treebank]))
            row(program, treebank, scores, sum(map(len, sentences)) / seconds, [options.work / trained])


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--treebanks", type=Path, required=True, help="folder of {ewt,gum}-{train,dev}.conllu")
    arguments.add_argument("--work", type=Path, required=True, help="where the others are installed and trained")
    arguments.add_argument("--tests", type=Path, nargs="*", help="treebanks to compare on; else *-test.conllu of the folder")
    arguments.add_argument("--spacy-steps", type=int, default=5000)
    arguments.add_argument("--udpipe-tagger-iterations", type=int, default=20)
    arguments.add_argument("--udpipe-parser-iterations", type=int, default=10)
    arguments.add_argument("--train", choices=["spacy", "udpipe"], nargs="*", default=["spacy", "udpipe"])
    options = arguments.parse_args()
    options.tests = options.tests or sorted(options.treebanks.glob("*-test.conllu"))
    options.work = options.work.resolve()

    python = options.work / "venv" / "bin" / "python"
    if Path(sys.prefix) != python.parents[1]:
        if not python.exists():
            run([sys.executable, "-m", "venv", python.parents[1]])
            run([python, "-m", "pip", "install", "--quiet", *PACKAGES])
        for name in THREADS:
            os.environ[name] = "1"
        os.execv(python, [str(python), *sys.argv])
    for program in options.train:
        {"spacy": train_spacy, "udpipe": train_udpipe}[program](options)
    report(options)


if __name__ == "__main__":
    main()
