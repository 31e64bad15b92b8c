//! The language model on a held-back sample of two treebanks.

use chancery::language::{compare, evaluate, evaluate_text};

#[test]
fn the_model_keeps_its_accuracy_on_the_held_back_sample() {
    let sample = include_str!("../language/sample.conllu");
    let scores = evaluate(sample).expect("the sample is CoNLL-U");
    assert_eq!(scores.words.gold, 1342);
    // A little under the measured values, for a later model that is better elsewhere.
    for (name, score, floor) in [
        ("UPOS", scores.upos, 0.945),
        ("XPOS", scores.xpos, 0.94),
        ("lemma", scores.lemma, 0.96),
        ("UAS", scores.uas, 0.86),
        ("LAS", scores.las, 0.83),
    ] {
        let score = score.f1();
        assert!(score >= floor, "{name} {score:.4} is under {floor}");
    }
}

#[test]
fn running_text_is_cut_and_analysed_as_well_as_its_parts_allow() {
    let sample = include_str!("../language/sample.conllu");
    let scores = evaluate_text(sample).expect("the sample is CoNLL-U");
    for (name, score, floor) in [("tokens", scores.words, 0.985), ("LAS", scores.las, 0.80)] {
        let score = score.f1();
        assert!(score >= floor, "{name} {score:.4} is under {floor}");
    }
}

#[test]
fn words_are_compared_where_they_cover_the_same_characters() {
    let line = |id, form, head, relation| {
        format!("{id}\t{form}\t{form}\tX\tFW\t_\t{head}\t{relation}\t_\t_\n")
    };
    let gold = [
        line(1, "to-day", 2, "obl"),
        line(2, "rains", 0, "root"),
        "\n".to_owned(),
    ]
    .concat();
    let other = [
        line(1, "to-", 2, "dep"),
        line(2, "day", 3, "obl"),
        line(3, "rains", 0, "root"),
        "\n".to_owned(),
    ]
    .concat();
    let scores = compare(&gold, &other).expect("both are CoNLL-U");
    assert_eq!(
        (scores.las.gold, scores.las.found, scores.las.right),
        (2, 3, 1)
    );
    assert_eq!(scores.sentences.right, 1);
    let same = compare(&gold, &gold).expect("it is CoNLL-U");
    assert_eq!((same.las.f1(), same.relations[3].right), (1.0, 1));
}

#[test]
fn a_treebank_with_a_broken_line_is_refused_with_its_number() {
    let error =
        evaluate("# text = Yes\n1\tYes\tyes\n").expect_err("three columns are no word line");
    assert_eq!(error.line, Some(2));
}
