use std::io::{Read as _, Write as _};

use chancery::source::{self, Error, Format, Item, Mapping, Options};
use chancery::text::{Date, Document, Note};
use encoding_rs::{Encoding, IBM866, MACINTOSH, WINDOWS_1250, WINDOWS_1252, WINDOWS_1254};
use flate2::Compression;
use flate2::write::GzEncoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

use crate::support::{Folder, root};

type Read = Result<(Document, Vec<Note>), Error>;

/// All documents of an input.
fn documents(name: &str, bytes: &[u8], options: &Options) -> Vec<Read> {
    let items = source::items(bytes, name, options);
    items.map(|item| source::read(&item?, options)).collect()
}

/// The only document of an input.
fn only(name: &str, bytes: &[u8]) -> Read {
    let mut documents = documents(name, bytes, &Options::default());
    assert_eq!(documents.len(), 1, "{name}");
    documents.remove(0)
}

fn page(html: &str) -> Document {
    only("page.html", html.as_bytes()).expect("it is a page").0
}

fn messages(notes: &[Note]) -> String {
    let messages: Vec<&str> = notes.iter().map(|note| note.message.as_str()).collect();
    messages.join("\n")
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("memory is there");
    encoder.finish().expect("memory is there")
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    compress_to_vec(bytes, CompressionLevel::Fastest)
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "it is compared with a date that need not be there"
)]
fn date(year: i32, month: u8, day: u8) -> Option<Date> {
    Some(Date {
        year,
        month: Some(month),
        day: Some(day),
    })
}

/// A page of a newspaper with everything that stands around an article.
const NEWS: &str = r##"<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<title>Minister visits Malé &raquo; The Example Herald</title>
<meta property="og:title" content="Minister visits Malé">
<meta property="og:site_name" content="The Example Herald">
<meta property="article:published_time" content="2024-08-11T10:00:00+05:30">
<link rel="canonical" href="https://news.example/2024/08/minister-visits">
<script>var x = "<p>script words</p>";</script><style>p { color: red }</style></head>
<body><header><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav></header>
<main><article><h1>Minister visits Malé</h1>
<p>The External Affairs Minister of India, S. Jaishankar, paid an official visit to
   Maldives from 9 to 11&nbsp;August 2024, the ministry said, after talks, meetings and a dinner.</p>
<p>He was received by the Foreign Minister, Moosa&nbsp;Zameer,<br>and called on the President. &ldquo;We agreed on
   much,&rdquo; he said, &amp; smiled; both sides, it was said, were pleased.<sup><a href="#fn1">1</a></sup></p>
<h2>Projects</h2>
<p>The two sides inaugurated the following projects, which India pays for, in the presence of the ministers:</p>
<ul><li>a water network on 28 islands;</li><li><p>a bridge between two islands.</p></li></ul>
<!-- <p>a comment</p> -->
<p>China, he said, <b>must</b> stop its <i>inter</i>ference in the region, a charge which Beijing denied at once.</p>
</article><aside><h3>Most read</h3><ul><li><a href="/a">Cat wins prize</a></li><li><a href="/b">Dog wins prize</a></li></ul></aside></main>
<footer><p>Copyright 2024 The Example Herald. <a href="/terms">Terms</a></p></footer></body></html>"##;

#[test]
fn of_a_page_the_article_is_read_without_what_stands_around_it() {
    let document = page(NEWS);
    assert_eq!(
        document.body,
        "The External Affairs Minister of India, S. Jaishankar, paid an official visit to Maldives from 9 to 11 August 2024, the ministry said, after talks, meetings and a dinner.\n\n\
         He was received by the Foreign Minister, Moosa Zameer,\nand called on the President. “We agreed on much,” he said, & smiled; both sides, it was said, were pleased.\n\n\
         Projects\n\n\
         The two sides inaugurated the following projects, which India pays for, in the presence of the ministers:\n\n\
         - a water network on 28 islands;\n\n\
         - a bridge between two islands.\n\n\
         China, he said, must stop its interference in the region, a charge which Beijing denied at once."
    );
    let headings: Vec<bool> = (document.paragraphs.iter())
        .map(|paragraph| paragraph.heading)
        .collect();
    assert_eq!(headings, [false, false, true, false, false, false, false]);
    let metadata = document.metadata;
    assert_eq!(metadata.title.as_deref(), Some("Minister visits Malé"));
    assert_eq!(metadata.date, date(2024, 8, 11));
    assert_eq!(metadata.publisher.as_deref(), Some("The Example Herald"));
    assert_eq!(
        metadata.source.as_deref(),
        Some("https://news.example/2024/08/minister-visits")
    );
}

#[test]
fn lists_of_terms_and_tables_of_a_press_release_do_not_run_together() {
    let document = page(
        r#"<html><head><title>Joint press release</title><meta name="DC.date.issued" content="2023-05-04"></head><body><div id="content">
        <h1>Joint press release</h1>
        <dl><dt>Place</dt><dd>Nairobi, Kenya</dd><dt>Participants</dt><dd>Foreign Minister Alfred Mutua of Kenya, and officials of the ministry</dd></dl>
        <p>The Foreign Minister of Kenya, Alfred Mutua, received his colleague from Uganda, who had come for talks, on Thursday.</p>
        <table><tr><th>Name</th><th>Office, as of today</th></tr>
        <tr><td>Alfred Mutua</td><td>Foreign Minister of Kenya, and head of the delegation</td></tr></table>
        <p>The ministers agreed to build a road, a bridge and a port, and will meet again in Kampala in October, they said.</p>
        <pre>Contact:
  Press office</pre></div></body></html>"#,
    );
    let lines: Vec<&str> = document.body.split("\n\n").collect();
    for line in [
        "Place",
        "Nairobi, Kenya",
        "Foreign Minister Alfred Mutua of Kenya, and officials of the ministry",
        "Office, as of today",
        "Alfred Mutua",
        "Foreign Minister of Kenya, and head of the delegation",
        "Contact:\n  Press office",
    ] {
        assert!(lines.contains(&line), "{line} in {lines:#?}");
    }
    assert_eq!(document.metadata.date, date(2023, 5, 4));
    assert_eq!(
        document.metadata.title.as_deref(),
        Some("Joint press release")
    );
}

/// A body that is long enough to be an article.
const ARTICLE: &str = "<article><p>The foreign minister of Kenya, who had been invited by the government, arrived in Rome on Tuesday, officials said.</p>\
    <p>He will hold talks with his colleague, with members of parliament and with the president, and will leave for Paris, it was said.</p>\
    <p>A treaty on trade, which was agreed on last year, will be signed on Wednesday, according to the ministry of foreign affairs.</p></article>";

#[test]
fn json_ld_says_what_a_page_is_wherever_in_it_the_article_stands() {
    let about = r##"{"@context":"https://schema.org","@graph":[
        {"@type":"Organization","@id":"#us","name":"Example News"},
        {"@type":"WebPage","@id":"https://news.example/7","name":"Not this","datePublished":"2020-01-01"},
        {"@type":["NewsArticle"],"headline":"Talks in  Rome","datePublished":"2024-03-05T23:30:00Z",
         "publisher":{"@id":"#us"},"author":[{"name":"A. Writer"}],"mainEntityOfPage":{"@id":"https://news.example/7"}}]}"##;
    let document = page(&format!(
        "<html><head><title>x</title><script type=\"application/ld+json\">//<![CDATA[\n[{about}]\n//]]></script></head><body>{ARTICLE}</body></html>"
    ));
    let metadata = document.metadata;
    assert_eq!(metadata.title.as_deref(), Some("Talks in Rome"));
    assert_eq!(metadata.date, date(2024, 3, 5));
    assert_eq!(metadata.publisher.as_deref(), Some("Example News"));
    assert_eq!(metadata.source.as_deref(), Some("https://news.example/7"));

    let broken = format!(
        "<html><head><script type=\"application/ld+json\">{{\"a\":</script></head><body>{ARTICLE}</body></html>"
    );
    let (_, notes) = only("a.html", broken.as_bytes()).expect("it is a page");
    assert!(
        messages(&notes).contains("JSON-LD cannot be read"),
        "{notes:?}"
    );
}

#[test]
fn a_page_says_its_day_in_many_ways_and_a_day_that_is_none_is_noted() {
    let of = |head: &str, body: &str| {
        let html = format!("<html><head>{head}</head><body>{body}{ARTICLE}</body></html>");
        only("a.html", html.as_bytes()).expect("it is a page")
    };
    for (head, body) in [
        (
            r#"<meta name="citation_publication_date" content="2024/08/11">"#,
            "",
        ),
        (r#"<meta name="DC.date" content="11 August 2024">"#, ""),
        (r#"<meta name="date" content="2024-08-11 09:00">"#, ""),
        (
            r#"<meta property="article:published_time" content="soon"><meta name="date" content="2024-08-11">"#,
            "",
        ),
        (
            "",
            r#"<span itemprop="datePublished" content="2024-08-11T01:00:00Z">x</span>"#,
        ),
        ("", r#"<time datetime="2024-08-11">Sunday</time>"#),
        (
            r#"<meta property="article:modified_time" content="2025-01-01"><meta name="date" content="2024-08-11">"#,
            "",
        ),
    ] {
        assert_eq!(
            of(head, body).0.metadata.date,
            date(2024, 8, 11),
            "{head}{body}"
        );
    }
    // Of which article these are the days nobody knows.
    let teasers =
        r#"<div><time datetime="2001-01-01">x</time><time datetime="2002-01-01">x</time></div>"#;
    assert_eq!(of("", teasers).0.metadata.date, None);
    let (_, notes) = of(r#"<meta name="date" content="2024-13-45">"#, "");
    assert!(messages(&notes).contains("`2024-13-45`"), "{notes:?}");
}

#[test]
fn broken_and_odd_markup_is_read_as_browsers_do() {
    let document = page(
        "<p>The minister of Kenya left for Rome, where talks were held, on Tuesday&period;<br><br><br>\n<br/>He met&nbsp;&nbsp;\u{a0}the president &lt;of Italy&gt;, it was said.\
         <p>Unclosed <b>bold <i>both</b> ends</i>, and a stray </div></span> end, &unknown; and &#x43;&#79;&#78;.\
         <![CDATA[not shown]]><!-- nor this -- > --><p hidden>nor that</p>\
         <p>He said: <q>We will come, if invited, to the talks of the two sides</q>, and left, as was said before.<div>A line of its own<span> and more</span></div>\
         <p>1<sup>st</sup> of May: a day on which, as on others, the ministers did not meet, because, it was said, they had no time, or no wish, to do so.",
    );
    for words in [
        "on Tuesday.\n\nHe met the president <of Italy>, it was said.",
        "Unclosed bold both ends, and a stray end, &unknown; and CON.",
        "He said: “We will come, if invited, to the talks of the two sides”, and left, as was said before.\n\nA line of its own and more\n\n1st of May",
    ] {
        assert!(
            document.body.contains(words),
            "{words}\nin\n{}",
            document.body
        );
    }
    for words in ["not shown", "nor"] {
        assert!(!document.body.contains(words), "{words}");
    }
}

#[test]
fn pages_without_an_article_are_noted_or_refused() {
    let (document, notes) = only(
        "a.html",
        b"<html><body><div><a href='/a'>One</a> <a href='/b'>Two</a></div></body></html>",
    )
    .expect("it has words");
    assert!(
        messages(&notes).contains("little text"),
        "{notes:?} {}",
        document.body
    );
    for html in [
        "<html><body><div id=app></div><script>fetch('/text')</script></body></html>",
        "<!DOCTYPE html>",
        "",
    ] {
        let error = only("a.html", html.as_bytes()).expect_err("it has no words");
        assert_eq!(error.message, "the page has no text", "{html}");
        assert!(error.hint.is_some());
    }
}

#[test]
fn a_page_that_is_nested_without_end_is_refused_and_a_deep_one_is_read() {
    let nested = |depth: usize, element: &str| {
        format!(
            "<html><body>{}\n{ARTICLE}{}</body></html>",
            format!("\n<{element}>").repeat(depth),
            format!("</{element}>").repeat(depth)
        )
    };
    let error = only("a.html", nested(100_000, "div").as_bytes()).expect_err("it is too deep");
    assert_eq!(error.line, Some(1000), "html and body are elements, too");
    assert!(error.message.contains("nested"), "{error}");
    for element in ["div", "span", "blockquote"] {
        let document = page(&nested(900, element));
        assert!(
            document.body.contains("left for Paris") || document.body.contains("leave for Paris")
        );
    }
    // Their ends need not be written.
    let paragraphs = page(
        &"<p>The minister, who had come for talks, left on Tuesday, it was said.".repeat(3000),
    );
    assert_eq!(paragraphs.sentences.len(), 3000);
}

#[test]
fn each_line_of_json_lines_is_a_document_and_a_bad_one_does_not_hide_the_others() {
    let folder = Folder::new();
    folder.write(
        "archive.jsonl",
        "\u{feff}{\"id\": 7, \"url\": \"https://news.example/7\", \"title\": \"Visit\", \"date\": \"2022-01-28T10:00:00Z\", \"text\": \"Foreign Minister Wang Yi visited Kenya on Thursday.\", \"publisher\": null}\r\n\
         \n\
         {\"title\": \"No text\", \"content\": \"x\"}\n\
         {\"text\": \"x\" \n\
         [1]\n\
         {\"text\": [\"a\"]}\n\
         {\"text\": \"x\", \"date\": \"yesterday\"}\n\
         {\"text\": \"x\", \"genre\": \"poem\"}\n\
         {\"text\": \" \"}\n\
         {\"text\": \"a\\u0000b\"}\n\
         {\"title\": \"Second\", \"date\": 2022, \"text\": \"Foreign Minister Wang Yi visited Eritrea on 4 January 2022.\"}",
    );
    let answer = folder.run(&["load", "archive.jsonl"]);
    assert_eq!(answer.code, Some(1), "{}", answer.stderr);
    for told in [
        "  line 3: it has no `text`\nhint: `--map text=NAME` names the field of the text; there are `content`, `title`\n",
        "  line 4, column 12: it is no JSON: ",
        "  line 5: it is a list, not an object\n",
        "  line 6: its `text` is a list, not a string\n",
        "  line 7: `yesterday` is no date\n",
        "  line 8: genre `poem` is not known\n",
        "  line 9: its `text` is empty\n",
        "  line 10: its `text` has a NUL character\n",
        "loaded `archive.jsonl, line 1` as <https://chancery.invalid/document/7>: 1 official, 1 visit",
        "loaded `archive.jsonl, line 11` as <https://chancery.invalid/document/archive-",
    ] {
        assert!(
            answer.stderr.contains(told),
            "{told}\nin\n{}",
            answer.stderr
        );
    }
    assert_eq!(
        answer
            .stderr
            .matches("error: cannot read `archive.jsonl`\n")
            .count(),
        8
    );
    let rows = folder.done(&["query", "--format", "csv", "-e",
        "SELECT ?title ?issued ?source WHERE { ?d a ch:Document ; dcterms:title ?title ; dcterms:issued ?issued OPTIONAL { ?d dcterms:source ?source } } ORDER BY ?title"]);
    assert_eq!(
        rows.replace("\r\n", "\n"),
        "title,issued,source\nSecond,2022,\nVisit,2022-01-28,https://news.example/7\n"
    );
    folder.done(&["check"]);

    // What a document is called does not depend on what stands before it.
    folder.write("archive.jsonl", "{\"title\": \"Second\", \"date\": 2022, \"text\": \"Foreign Minister Wang Yi visited Eritrea on 4 January 2022.\"}\n");
    let answer = folder.run(&["load", "archive.jsonl"]);
    assert!(
        answer
            .stderr
            .starts_with("unchanged `archive.jsonl, line 1`"),
        "{}",
        answer.stderr
    );
}

#[test]
fn fields_of_json_lines_can_have_other_names() {
    let line = br#"{"headline": "A", "body": {"en": "The minister left."}, "a.b": "2024-01-02", "a": {"b": "2023-01-01"}, "genre": "politics", "where": {"id": 5}}"#;
    let read = |map: &str| {
        let options = Options {
            mapping: map.parse().expect("it is a mapping"),
            ..Options::default()
        };
        documents("a.jsonl", line, &options).remove(0)
    };
    let (document, _) = read("title=headline,text=body.en, date = a.b,genre=,id=where.id")
        .expect("it is a document");
    assert_eq!(document.body, "The minister left.");
    let metadata = document.metadata;
    assert_eq!(metadata.title.as_deref(), Some("A"));
    assert_eq!(metadata.date, date(2024, 1, 2));
    assert_eq!(metadata.id.as_deref(), Some("5"));
    assert!(
        read("text=body.en")
            .is_err_and(|error| error.hint.is_some_and(|hint| hint.contains("--map genre=")))
    );
    for (map, message) in [
        (
            "title",
            "`title` has no `=`, as in `title=headline,text=body`",
        ),
        (
            "name=x",
            "`name` is none of id, url, title, date, text, genre, source, publisher, language",
        ),
        ("title=a,title=b", "`title` is given twice"),
        ("text=", "a document needs its `text`"),
    ] {
        assert_eq!(map.parse::<Mapping>().expect_err(map), message);
    }
    let answer = Folder::new().run(&["load", "--map", "name=x", "a.jsonl"]);
    assert_eq!(answer.code, Some(2));
    assert!(
        answer.stderr.contains("`name` is none of"),
        "{}",
        answer.stderr
    );
}

#[test]
fn the_format_is_known_by_name_and_content_and_can_be_forced() {
    let object = br#"{"text": "The minister left."}"#;
    let html =
        b"\xEF\xBB\xBF<?xml version=\"1.0\"?>\n<!-- x -->\n<!doctype HTML>\n<p>The minister left.";
    let formats = |name: &str, bytes: &[u8]| -> Vec<Format> {
        source::items(bytes, name, &Options::default())
            .map(|item| item.expect("it is readable").format)
            .collect()
    };
    for name in ["", "a.txt", "a.JSONL", "a.ndjson", "a.jsonl.gz", "a.json"] {
        assert_eq!(formats(name, object), [Format::JsonLines], "{name}");
    }
    for name in ["", "a.txt", "a.HTM", "a.xhtml.zst", "a.b"] {
        assert_eq!(formats(name, html), [Format::Html], "{name}");
    }
    for text in [
        "[Unofficial translation]\n\nText.",
        "{sic} he said",
        "<p>Text",
        "{\"quoted\" he said}",
        "<html5 is a standard>",
    ] {
        assert_eq!(formats("a.txt", text.as_bytes()), [Format::Text], "{text}");
    }
    for json in [
        "[{\"text\": \"x\"}]",
        "[\n  {\n \"text\": \"x\"\n}]",
        "{\n  \"text\": \"x\"\n}",
    ] {
        let error = only("a.json", json.as_bytes()).expect_err("it is over several lines");
        assert_eq!(error.message, "it is JSON, but not JSON Lines");
        assert!(error.hint.is_some_and(|hint| hint.contains("jq")));
    }
    let forced = Options {
        format: Some(Format::Text),
        ..Options::default()
    };
    let documents = documents("a.jsonl", object, &forced);
    assert_eq!(
        documents[0].as_ref().expect("it is text").0.body.as_bytes(),
        object
    );

    let folder = Folder::new();
    folder.write(
        "visit",
        format!("<p>Foreign Minister Wang Yi visited Kenya on 5 May 2022, after talks.{ARTICLE}"),
    );
    let shown = folder.done(&[
        "show",
        "--stage",
        "tokens",
        "--input-format",
        "html",
        "visit",
    ]);
    assert!(!shown.contains("article"), "{shown}");
    assert!(
        folder
            .done(&["show", "--stage", "tokens", "visit"])
            .contains("article")
    );
}

#[test]
fn compressed_inputs_are_decompressed_whatever_their_name() {
    let text = "---\ntitle: Visit\n---\n\nThe minister left.\n".as_bytes();
    let lines = b"{\"text\": \"One.\"}\n{\"text\": \"Two.\"}\n".as_slice();
    let halves = |compress: fn(&[u8]) -> Vec<u8>, bytes: &[u8]| {
        let (first, second) = bytes.split_at(20);
        [compress(first), compress(second)].concat()
    };
    let skippable = [b"\x53\x2A\x4D\x18\x03\0\0\0abc".to_vec(), zstd(text)].concat();
    for (name, bytes) in [
        ("a.txt.gz", gzip(text)),
        ("a.txt.zst", zstd(text)),
        ("a.txt", gzip(text)),
        ("", zstd(text)),
        ("a.gz", halves(gzip, text)),
        ("a.zst", halves(zstd, text)),
        ("a.zst", skippable),
    ] {
        let (document, _) = only(name, &bytes).expect("it is text");
        assert_eq!(document.body, "The minister left.\n", "{name}");
        assert_eq!(document.metadata.title.as_deref(), Some("Visit"));
    }
    for bytes in [
        gzip(lines),
        zstd(lines),
        halves(gzip, lines),
        halves(zstd, lines),
    ] {
        assert_eq!(
            documents("a.jsonl.gz", &bytes, &Options::default()).len(),
            2
        );
    }
    let html = format!("<!doctype html>{ARTICLE}");
    assert!(
        only("", &gzip(html.as_bytes()))
            .is_ok_and(|(document, _)| document.body.starts_with("The foreign"))
    );
    assert_eq!(source::stem("archive.jsonl.gz"), "archive");
    assert_eq!(source::stem("v1.2.html"), "v1.2");
}

#[test]
fn damaged_compression_is_named_and_what_came_before_is_kept() {
    // Not to be compressed much, so that there is something to cut.
    let mut state = 1_u64;
    let lines = (0..20_000).map(|_| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        format!("{{\"text\": \"Word {state}.\"}}")
    });
    let lines = lines.collect::<Vec<_>>().join("\n");
    for (compression, compressed) in [
        ("gzip", gzip(lines.as_bytes())),
        ("zstd", zstd(lines.as_bytes())),
    ] {
        let cut = &compressed[..compressed.len() * 9 / 10];
        let mut read = documents("a.jsonl", cut, &Options::default());
        let error = read
            .pop()
            .expect("there is a last one")
            .expect_err("it is cut");
        assert!(
            read.len() > 100 && read.iter().all(Result::is_ok),
            "{compression}: {}",
            read.len()
        );
        assert!(
            error
                .message
                .starts_with(&format!("the {compression} data are cut off after ")),
            "{error}"
        );
        assert_eq!(error.line, Some(read.len() + 1));

        let mut wrong = compressed.clone();
        let end = wrong.len() - 2;
        wrong[end] ^= 0x55;
        let last = documents("a.jsonl", &wrong, &Options::default()).pop();
        let error = last
            .expect("there is a last one")
            .expect_err("its checksum is wrong");
        assert!(
            error
                .message
                .starts_with(&format!("the {compression} data are damaged after ")),
            "{error}"
        );
    }
}

#[test]
fn nothing_that_is_larger_than_any_text_fills_the_memory() {
    // A line, a text and a page that never end, each followed by something good where that can be.
    let endless = || std::io::repeat(b'a').take(200 << 20);
    let after = b"\n{\"text\": \"One.\"}\n".as_slice();
    let long_line = b"{\"text\": \"".chain(endless()).chain(after);
    let read: Vec<_> = source::items(long_line, "a.jsonl", &Options::default()).collect();
    assert_eq!(read.len(), 2);
    let error = read[0].as_ref().expect_err("it is too long");
    assert_eq!(error.to_string(), "line 1: the line has more than 64 MB");
    assert_eq!(read[1].as_ref().expect("it is short").line, Some(2));
    for name in ["a.txt", "a.html"] {
        let read: Vec<_> = source::items(endless(), name, &Options::default()).collect();
        assert!(
            matches!(&read[..], [Err(error)] if error.message.ends_with("more than 64 MB")),
            "{name}"
        );
    }
    let error = only("a.txt", "Words. ".repeat(2 << 20).as_bytes()).expect_err("it is too long");
    assert_eq!(error.message, "the text has more than 2 MB");

    // What was made to fill it.
    let mut bomb = GzEncoder::new(Vec::new(), Compression::best());
    for _ in 0..100 {
        bomb.write_all(&vec![b'\n'; 1 << 20])
            .expect("memory is there");
    }
    let bomb = bomb.finish().expect("memory is there");
    let read: Vec<_> = source::items(&bomb[..], "a.jsonl.gz", &Options::default()).collect();
    assert!(
        matches!(&read[..], [Err(error)] if error.message.contains("200 times larger")),
        "{read:?}"
    );
}

#[test]
fn deep_json_is_refused_and_the_rest_is_read() {
    let lines = format!("{{\"a\":{}\n{{\"text\":\"One.\"}}", "[".repeat(100_000));
    let read = documents("a.jsonl", lines.as_bytes(), &Options::default());
    assert!(
        matches!(&read[..], [Err(error), Ok(_)] if error.message.contains("recursion")),
        "{read:?}"
    );
}

/// An English text with a few words of other letters.
fn text_with(words: &str) -> String {
    format!(
        "The foreign minister of the country arrived on Tuesday. He met {words} and left for home after the talks.\n"
    )
}

/// [`ARTICLE`] with a paragraph before its own.
fn article_with(paragraph: &[u8]) -> Vec<u8> {
    let rest = ARTICLE.strip_prefix("<article>").expect("it is one");
    [b"<article><p>", paragraph, b"</p>", rest.as_bytes()].concat()
}

fn encoded(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    let (bytes, _, unmappable) = encoding.encode(text);
    assert!(!unmappable, "{text}");
    bytes.into_owned()
}

fn utf16(text: &str, to: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(to).collect()
}

#[test]
fn other_charsets_are_read_where_they_are_certain() {
    let text = text_with("José Pérez of Côte d’Ivoire – “a friend”");
    for (bytes, charset) in [
        (text.clone().into_bytes(), ""),
        (encoded(&text, WINDOWS_1252), "windows-1252"),
        (
            utf16(&format!("\u{feff}{text}"), u16::to_le_bytes),
            "UTF-16LE",
        ),
        (
            utf16(&format!("\u{feff}{text}"), u16::to_be_bytes),
            "UTF-16BE",
        ),
    ] {
        let (document, notes) = only("a.txt", &bytes).expect(charset);
        assert_eq!(document.body, text, "{charset}");
        let told = messages(&notes);
        assert_eq!(
            told.contains("the file was read as"),
            !charset.is_empty(),
            "{told}"
        );
        assert!(told.contains(charset), "{told}");
    }
    // A page may say what it is in; UTF-8 is believed to be that whatever is said.
    let names = text_with("Edgars Rinkēvičs and Milošević");
    let declared = |charset: &str, bytes: &[u8]| {
        let head = format!("<!doctype html><meta charset={charset}>");
        only("a.html", &[head.as_bytes(), &article_with(bytes)].concat())
    };
    for (charset, bytes) in [
        (
            "windows-1257",
            encoded("Rinkēvičs, who had come, left", encoding_rs::WINDOWS_1257),
        ),
        (
            "iso-8859-1",
            b"Rink\xC4\x93vi\xC4\x8Ds, who had come, left".to_vec(),
        ),
    ] {
        let (document, _) = declared(charset, &bytes).expect("it is a page");
        assert!(
            document.body.contains("Rinkēvičs, who"),
            "{}",
            document.body
        );
    }
    let (document, notes) = declared("utf-8", &encoded("Pérez, who had come, left", WINDOWS_1252))
        .expect("it is a page");
    assert!(document.body.contains("Pérez, who"), "{}", document.body);
    assert!(messages(&notes).contains("windows-1252"), "{notes:?}");
    let xml = [
        b"<?xml version='1.0' encoding='windows-1250'?><html><body>".as_slice(),
        &article_with(&encoded("Milošević came", WINDOWS_1250)),
    ]
    .concat();
    assert!(
        only("a.xhtml", &xml)
            .expect("it is a page")
            .0
            .body
            .contains("Milošević came")
    );
    assert_eq!(
        only("a.txt", names.as_bytes()).expect("it is UTF-8").0.body,
        names
    );
}

#[test]
fn where_a_charset_is_in_doubt_the_text_is_refused_with_its_place() {
    for (words, encoding, place, said) in [
        // `ć` is `æ` in the encoding that is more usual.
        (
            "Milošević",
            WINDOWS_1250,
            (1, 72),
            "byte 0xE6 may be `æ` in windows-1252, `ć` in windows-1250, `æ` in windows-1254",
        ),
        ("Erdoğan", WINDOWS_1254, (1, 68), "`ğ` in windows-1254"),
        (
            "“a friend”, ‘he said’",
            MACINTOSH,
            (1, 64),
            "`“` in macintosh",
        ),
    ] {
        let error = only("a.txt", &encoded(&text_with(words), encoding)).expect_err(words);
        assert!(error.message.contains(said), "{words}: {error}");
        assert_eq!(error.line.zip(error.column), Some(place), "{error}");
        assert!(error.hint.expect("there is one").contains("iconv"));
    }
    for (bytes, place, message) in [
        (
            b"text\nab\0c".to_vec(),
            Some((2, 3)),
            "the file is binary: it has a NUL byte here",
        ),
        (
            b"\xC3\xA9\n\xC3\xB1\xC3\xA9\xC3".to_vec(),
            Some((2, 3)),
            "byte 0xC3 is not UTF-8",
        ),
        (
            utf16("Text without a mark.", u16::to_le_bytes),
            None,
            "the file is UTF-16 without a byte order mark",
        ),
        (
            b"\xFF\xFE\0\0T\0\0\0".to_vec(),
            None,
            "the file is UTF-32, which is not read",
        ),
        (
            b"\xFF\xFEa\0\0\xD8a\0".to_vec(),
            Some((1, 2)),
            "what follows here is not UTF-16LE",
        ),
    ] {
        let error = only("a.txt", &bytes).expect_err(message);
        assert_eq!(
            (error.line.zip(error.column), error.message.as_str()),
            (place, message)
        );
        assert!(error.hint.is_some());
    }
    let error = only("a.jsonl", b"{\"text\": \"Jos\xE9\"}").expect_err("JSON is UTF-8");
    assert_eq!(
        error.to_string(),
        "line 1, column 14: byte 0xE9 is not UTF-8"
    );
}

#[test]
fn what_is_no_text_is_named_for_what_it_is() {
    for (bytes, what) in [
        (b"%PDF-1.7\n".as_slice(), "PDF"),
        (b"{\\rtf1 x}", "RTF"),
        (b"PK\x03\x04\x14\0\x06\0[Content_Types].xml", "Office"),
        (
            b"PK\x03\x04\x14\0\0\0\0\0mimetypeapplication/vnd.oasis.opendocument.text",
            "OpenDocument",
        ),
        (b"PK\x03\x04\x14\0\0\0texts/a.txt", "ZIP"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "Office"),
        (b"\x89PNG\r\n\x1A\n", "PNG"),
        (b"\xFF\xD8\xFF\xE0", "JPEG"),
        (b"BZh91AY", "bzip2"),
        (b"\xFD7zXZ\0", "xz"),
    ] {
        for (name, bytes) in [
            ("a.txt", bytes.to_vec()),
            ("a.html", bytes.to_vec()),
            ("a.jsonl", gzip(bytes)),
        ] {
            let error = only(name, &bytes).expect_err(what);
            assert!(error.message.contains(what), "{name}: {error}");
            assert!(error.hint.is_some());
        }
    }
    let twice = only("a.txt.gz.gz", &gzip(&gzip(b"Text."))).expect_err("it is compressed twice");
    assert!(twice.message.contains("within"), "{twice}");
}

#[test]
fn a_text_in_another_language_is_noted() {
    let foreign = [
        (
            "French",
            "Le ministre des Affaires étrangères a reçu hier à Paris son homologue du Kenya pour un entretien consacré aux relations entre les deux pays. Les deux ministres ont évoqué la situation dans la région et sont convenus de renforcer leur coopération dans le domaine de l’énergie et des transports.",
        ),
        (
            "German",
            "Die Außenministerin empfing am Dienstag in Berlin ihren Amtskollegen aus Kenia zu einem Gespräch über die Beziehungen zwischen den beiden Ländern. Beide Seiten sprachen über die Lage in der Region und vereinbarten, ihre Zusammenarbeit in den Bereichen Energie und Verkehr weiter zu vertiefen.",
        ),
        (
            "Russian",
            "Министр иностранных дел принял во вторник в Москве своего коллегу из Кении. Стороны обсудили положение в регионе и договорились расширять сотрудничество в области энергетики и транспорта, а также провести следующую встречу осенью этого года в Найроби, сообщило министерство.",
        ),
    ];
    for (language, text) in foreign {
        let (_, notes) = only("a.txt", text.as_bytes()).expect("it is text");
        let told = messages(&notes);
        assert!(
            told.contains(&format!(
                "the text seems to be {language}; chancery reads English"
            )),
            "{told}"
        );
    }
    let json = format!("{{\"text\": {}}}", serde_json::json!(foreign[1].1));
    let (_, notes) = only("a.jsonl", json.as_bytes()).expect("it is a document");
    assert!(messages(&notes).contains("German"));
    let said =
        only("a.jsonl", br#"{"text": "Bonjour.", "language": "fr-FR"}"#).expect("it is a document");
    assert!(messages(&said.1).contains("is said to be in the language `fr-FR`"));
    let english = only(
        "a.jsonl",
        br#"{"text": "Good morning.", "language": "en-GB"}"#,
    )
    .expect("it is a document");
    assert!(!messages(&english.1).contains("language"));
}

#[test]
fn no_document_of_the_corpus_seems_to_be_in_another_language_or_charset() {
    let mut count = 0;
    for folder in ["dev", "validation", "practice"] {
        let folder = root().join("tests/corpus").join(folder);
        for entry in std::fs::read_dir(folder).expect("it is there") {
            let path = entry.expect("it can be read").path();
            if path.extension().is_none_or(|ending| ending != "txt") {
                continue;
            }
            let bytes = std::fs::read(&path).expect("it can be read");
            let (_, notes) =
                source::read(&Item::text(&bytes), &Options::default()).expect("it is text");
            let told = messages(&notes);
            assert!(
                !told.contains("seems") && !told.contains("read as"),
                "{}: {told}",
                path.display()
            );
            count += 1;
        }
    }
    assert!(count > 30);
}

#[test]
fn a_folder_of_everything_is_loaded_and_its_record_keeps_the_promises() {
    let folder = Folder::new();
    let visit = "Foreign Minister Wang Yi visited Kenya on Thursday.";
    folder.write("all/news.html", NEWS);
    folder.write(
        "all/a.txt.gz",
        gzip(format!("---\ndate: 2022-01-28\n---\n\n{visit}\n").as_bytes()),
    );
    folder.write(
        "all/deep/archive.ndjson.zst",
        zstd(format!("{{\"date\":\"2022-01-28\",\"text\":\"{visit}\"}}\n").as_bytes()),
    );
    folder.write(
        "all/old.txt",
        encoded(&text_with("José Pérez"), WINDOWS_1252),
    );
    // Five letters do not tell the charset.
    folder.write("all/russian.txt", encoded("Текст", IBM866));
    folder.write("all/picture.png", b"\x89PNG\r\n\x1A\n");
    let answer = folder.run(&["load", "all"]);
    assert!(
        answer.stderr.contains("\n5 read = 4 loaded "),
        "{}",
        answer.stderr
    );
    assert!(
        answer
            .stderr
            .contains("note: `all/old.txt`: the file was read as windows-1252"),
        "{}",
        answer.stderr
    );
    // Evidence is checked there against the text that the record holds.
    folder.done(&["check"]);
    let rows = folder.done(&["query", "visits", "--format", "csv"]);
    assert!(
        rows.contains("paid an official visit to Maldives from 9 to 11 August 2024"),
        "{rows}"
    );
    assert_eq!(rows.matches(visit).count(), 2, "{rows}");
}

#[test]
fn commands_for_one_text_take_one_document() {
    let folder = Folder::new();
    let line = "{\"text\": \"Foreign Minister Wang Yi visited Kenya in May 2022.\"}\n";
    folder.write("one.jsonl", line);
    folder.write("two.jsonl", line.repeat(2));
    folder.write("none.jsonl", "\n");
    assert!(folder.done(&["extract", "one.jsonl"]).contains("ch:Visit"));
    assert!(
        folder
            .run_with(&["extract", "-"], line)
            .stdout
            .contains("ch:Visit")
    );
    let answer = folder.run(&["extract", "two.jsonl"]);
    assert_eq!(answer.code, Some(2));
    assert!(
        answer.stderr.starts_with(
            "error: cannot read `two.jsonl`\n  it holds more than one document\nhint: "
        ),
        "{}",
        answer.stderr
    );
    let answer = folder.run(&["show", "--stage", "tokens", "none.jsonl"]);
    assert_eq!(answer.code, Some(2));
    assert!(
        answer.stderr.contains("  it holds no document\n"),
        "{}",
        answer.stderr
    );
}
