//! The closed word lists that reading needs before any knowledge is loaded: abbreviations, prefixes, speaker labels.
//!
//! All are lower case and sorted, since they are searched by bisection.

/// Whether the sorted `list` has `word`, whatever its case.
pub(super) fn contains(list: &[&str], word: &str) -> bool {
    // The longest entry is far shorter, and an overlong word need not be lowered.
    word.len() <= 40 && list.binary_search(&word.to_lowercase().as_str()).is_ok()
}

/// The number of the month, from its full name or its abbreviation without full stop.
pub(super) fn month(word: &str) -> Option<u8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let lower = word.to_lowercase();
    if lower == "sept" {
        return Some(9);
    }
    let found = MONTHS
        .iter()
        .position(|month| *month == lower || (lower.len() == 3 && month.starts_with(&lower)))?;
    Some(found as u8 + 1)
}

/// Words written with a full stop that name what follows and so never end a sentence: titles, ranks, first parts of names.
pub(super) const TITLES: &[&str] = &[
    "adm", "amb", "atty", "brig", "capt", "cdr", "cmdr", "cmdt", "col", "comdr", "cpl", "dr",
    "drs", "fr", "ft", "gen", "gov", "hon", "lt", "maj", "messrs", "mgr", "mlle", "mme", "mr",
    "mrs", "ms", "msgr", "mt", "mx", "pres", "prof", "reps", "rev", "rt", "sen", "sens", "sgt",
    "st", "ste", "supt",
];

/// Abbreviations that introduce what follows.
pub(super) const CONNECTIVES: &[&str] = &["ca", "cf", "e.g", "eg", "i.e", "ie", "v", "viz", "vs"];

/// Words written with a full stop that a sentence may end with.
pub(super) const ABBREVIATIONS: &[&str] = &[
    "al", "approx", "apr", "assn", "asst", "attn", "aug", "ave", "blvd", "bros", "ca", "calif",
    "cf", "co", "corp", "dec", "dept", "dist", "ed", "eds", "eg", "esp", "esq", "est", "etc",
    "ext", "feb", "govt", "ie", "inc", "intl", "jan", "jr", "ltd", "natl", "nov", "oct", "plc",
    "pty", "rd", "rep", "sept", "sr", "tel", "univ", "viz", "vs",
];

/// Words written with a full stop only before a number (`No. 5`, `Art. 2`, `p. 7`).
pub(super) const BEFORE_NUMBERS: &[&str] = &[
    "app", "art", "arts", "c", "ch", "chap", "doc", "fig", "figs", "no", "nos", "p", "para",
    "paras", "pp", "pt", "res", "rs", "sec", "sect", "vol", "vols",
];

/// Months and days that are abbreviated, with a capital, before a number (`Mar. 3`).
pub(super) const CALENDAR: &[&str] = &[
    "fri", "jul", "jun", "mar", "mon", "sat", "sep", "sun", "thu", "thur", "thurs", "tue", "tues",
    "wed",
];

/// Abbreviations that, in lower case, are also words or units that end sentences.
pub(super) const ALSO_WORDS: &[&str] = &[
    "co", "col", "dec", "ed", "fr", "ft", "gen", "hon", "jan", "ms", "mt", "pres", "rep", "rev",
    "st",
];

/// Parts before a hyphen that stay with what follows; all other hyphenated words are taken apart. Counted in the
/// training parts of UD English EWT and GUM (2025-05): those kept together more often than not.
pub(super) const PREFIXES: &[&str] = &[
    "anti", "arch", "co", "counter", "cross", "e", "ex", "inter", "intra", "mid", "mini", "multi",
    "neo", "non", "over", "post", "pre", "pro", "psycho", "re", "semi", "socio", "sub", "un",
];

/// Endings of the names of files and sites.
pub(super) const FILE_ENDINGS: &[&str] = &[
    "com", "doc", "docx", "edu", "gif", "gov", "htm", "html", "info", "int", "jpg", "mil", "net",
    "org", "pdf", "png", "ppt", "txt", "xls", "xlsx", "zip",
];

/// Contractions written as one word, with the length of their first word.
pub(super) const CONTRACTIONS: &[(&str, usize)] = &[
    ("aint", 2),
    ("arent", 3),
    ("cannot", 3),
    ("cant", 2),
    ("couldnt", 5),
    ("didnt", 3),
    ("doesnt", 4),
    ("dont", 2),
    ("gonna", 3),
    ("gotta", 3),
    ("hadnt", 3),
    ("hasnt", 3),
    ("havent", 4),
    ("isnt", 2),
    ("shouldnt", 6),
    ("wanna", 3),
    ("wasnt", 3),
    ("werent", 4),
    ("wont", 2),
    ("wouldnt", 5),
];

/// Words that, written with a capital, show that a sentence begins.
pub(super) const SENTENCE_STARTERS: &[&str] = &[
    "a",
    "about",
    "according",
    "after",
    "all",
    "also",
    "although",
    "among",
    "an",
    "and",
    "another",
    "any",
    "are",
    "as",
    "asked",
    "at",
    "because",
    "before",
    "besides",
    "both",
    "but",
    "by",
    "can",
    "could",
    "despite",
    "did",
    "do",
    "does",
    "during",
    "each",
    "earlier",
    "even",
    "every",
    "following",
    "for",
    "from",
    "further",
    "furthermore",
    "had",
    "has",
    "have",
    "he",
    "her",
    "here",
    "his",
    "how",
    "however",
    "i",
    "if",
    "in",
    "indeed",
    "is",
    "it",
    "its",
    "last",
    "later",
    "many",
    "meanwhile",
    "moreover",
    "most",
    "my",
    "nevertheless",
    "no",
    "nor",
    "not",
    "now",
    "of",
    "on",
    "once",
    "one",
    "only",
    "or",
    "other",
    "others",
    "our",
    "over",
    "she",
    "since",
    "so",
    "some",
    "speaking",
    "still",
    "such",
    "that",
    "the",
    "their",
    "then",
    "there",
    "therefore",
    "these",
    "they",
    "this",
    "those",
    "though",
    "thus",
    "to",
    "today",
    "under",
    "until",
    "upon",
    "was",
    "we",
    "were",
    "what",
    "when",
    "where",
    "whether",
    "which",
    "while",
    "who",
    "why",
    "will",
    "with",
    "within",
    "without",
    "would",
    "yesterday",
    "yet",
    "you",
    "your",
];

/// Verbs of speaking, which after a quoted question or exclamation show that the sentence goes on.
pub(super) const SPEECH_VERBS: &[&str] = &[
    "added",
    "answered",
    "argued",
    "asked",
    "asks",
    "cried",
    "declared",
    "demanded",
    "exclaimed",
    "explained",
    "inquired",
    "insisted",
    "noted",
    "quipped",
    "recalled",
    "remarked",
    "replied",
    "responded",
    "said",
    "says",
    "shouted",
    "stated",
    "stressed",
    "told",
    "wondered",
    "wrote",
];

/// Words that open or mark a question.
pub(super) const QUESTION_WORDS: &[&str] = &[
    "am", "any", "are", "can", "could", "did", "do", "does", "had", "has", "have", "how", "is",
    "may", "might", "shall", "should", "was", "were", "what", "when", "where", "which", "who",
    "whom", "whose", "why", "will", "would",
];

/// Verbs with which an interviewer asks without a question mark (`Tell us about ...`).
pub(super) const REQUESTS: &[&str] = &["comment", "describe", "explain", "please", "share", "tell"];

/// Pronouns of whoever is speaking.
pub(super) const FIRST_PERSON: &[&str] = &[
    "i",
    "me",
    "mine",
    "my",
    "myself",
    "our",
    "ours",
    "ourselves",
    "us",
    "we",
];

/// Pronouns of whoever is spoken to.
pub(super) const SECOND_PERSON: &[&str] = &["you", "your", "yours", "yourself", "yourselves"];

/// Words for the occasions on which turns are taken.
pub(super) const OCCASIONS: &[&str] = &[
    "briefing",
    "conference",
    "conversation",
    "interview",
    "meeting",
    "session",
];

/// Speaker labels of whoever asks.
pub(super) const ASKING_LABELS: &[&str] = &[
    "anchor",
    "correspondent",
    "editor",
    "host",
    "interviewer",
    "journalist",
    "media",
    "moderator",
    "presenter",
    "press",
    "q",
    "question",
    "reporter",
];

/// Speaker labels of whoever answers.
pub(super) const ANSWERING_LABELS: &[&str] = &[
    "a",
    "ambassador",
    "answer",
    "chairman",
    "chairperson",
    "chancellor",
    "chargé d'affaires",
    "commissioner",
    "deputy foreign minister",
    "deputy minister",
    "deputy spokesman",
    "deputy spokesperson",
    "director",
    "envoy",
    "foreign minister",
    "foreign secretary",
    "governor",
    "high commissioner",
    "high representative",
    "interviewee",
    "minister",
    "minister of foreign affairs",
    "official spokesperson",
    "permanent representative",
    "pm",
    "president",
    "prime minister",
    "reply",
    "response",
    "secretary",
    "secretary general",
    "secretary of state",
    "secretary-general",
    "senior state department official",
    "speaker",
    "special envoy",
    "spokesman",
    "spokesperson",
    "spokeswoman",
    "vice president",
];

/// Words that open a line with a colon without being a speaker.
pub(super) const NOT_LABELS: &[&str] = &[
    "address",
    "also",
    "and",
    "annex",
    "author",
    "background",
    "but",
    "by",
    "contact",
    "contacts",
    "copyright",
    "date",
    "e-mail",
    "email",
    "enclosure",
    "example",
    "fax",
    "figure",
    "for",
    "from",
    "genre",
    "image",
    "in",
    "location",
    "more",
    "note",
    "notes",
    "on",
    "phone",
    "photo",
    "picture",
    "place",
    "published",
    "re",
    "read",
    "ref",
    "reference",
    "related",
    "see",
    "source",
    "sources",
    "subject",
    "summary",
    "tags",
    "tel",
    "telephone",
    "the",
    "theme",
    "then",
    "time",
    "title",
    "to",
    "topic",
    "translation",
    "update",
    "updated",
    "url",
    "venue",
    "video",
    "warning",
    "website",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_sorted_and_lower_case() {
        let lists = [
            TITLES,
            CONNECTIVES,
            ABBREVIATIONS,
            BEFORE_NUMBERS,
            CALENDAR,
            ALSO_WORDS,
            PREFIXES,
            FILE_ENDINGS,
            SENTENCE_STARTERS,
            SPEECH_VERBS,
            QUESTION_WORDS,
            REQUESTS,
            FIRST_PERSON,
            SECOND_PERSON,
            OCCASIONS,
            ASKING_LABELS,
            ANSWERING_LABELS,
            NOT_LABELS,
        ];
        for list in lists {
            for pair in list.windows(2) {
                assert!(pair[0] < pair[1], "{} stands before {}", pair[0], pair[1]);
            }
            assert!(list.iter().all(|word| word.to_lowercase() == **word));
        }
        assert!(CONTRACTIONS.is_sorted());
    }
}
