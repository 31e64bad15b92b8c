//! Says how deeply the elements of a page are nested, before anything is built of them.

use std::cell::Cell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

/// Elements whose end need not be written: where it is not, the next one of its kind ends them.
const ENDED_BY_THE_NEXT: [&str; 18] = [
    "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "caption", "colgroup",
    "option", "optgroup", "rb", "rp", "rt", "rtc",
];

/// Elements that never hold anything.
const EMPTY: [&str; 17] = [
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input",
    "link", "meta", "param", "source", "track", "wbr",
];

/// The line of `html`, from 1, where more than `most` elements are open at once. Whoever builds a tree walks up and down in it for each of its
/// elements, so that the depth of a page, not its length, can make that take hours.
pub(super) fn exceeds(html: &str, most: usize) -> Option<usize> {
    let tokenizer = Tokenizer::new(
        Depth {
            most,
            open: Cell::new(0),
            exceeded: Cell::new(None),
        },
        TokenizerOpts::default(),
    );
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(html));
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    tokenizer.sink.exceeded.get()
}

struct Depth {
    most: usize,
    open: Cell<usize>,
    exceeded: Cell<Option<usize>>,
}

impl TokenSink for Depth {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let Token::TagToken(tag) = token else {
            return TokenSinkResult::Continue;
        };
        let name = tag.name.as_ref();
        if ENDED_BY_THE_NEXT.contains(&name) || EMPTY.contains(&name) {
            return TokenSinkResult::Continue;
        }
        match tag.kind {
            TagKind::EndTag => self.open.set(self.open.get().saturating_sub(1)),
            // What stands in these is no markup.
            TagKind::StartTag if matches!(name, "script" | "style" | "xmp" | "noframes") => {
                self.open.set(self.open.get() + 1);
                return TokenSinkResult::RawData(if name == "script" {
                    RawKind::ScriptData
                } else {
                    RawKind::Rawtext
                });
            }
            TagKind::StartTag if matches!(name, "title" | "textarea") => {
                self.open.set(self.open.get() + 1);
                return TokenSinkResult::RawData(RawKind::Rcdata);
            }
            TagKind::StartTag => {
                self.open.set(self.open.get() + 1);
                if self.open.get() > self.most && self.exceeded.get().is_none() {
                    self.exceeded.set(Some(line as usize));
                }
            }
        }
        TokenSinkResult::Continue
    }
}
