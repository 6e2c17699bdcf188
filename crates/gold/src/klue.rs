//! KLUE-NER's format (`.tsv`, `.txt`): a character and its tag on each line.
//!
//! Each sentence ends with a blank line. It consists of a head line and of a line for each character, including
//! spaces, with the character's tag in the IOB2 scheme:
//!
//! ```text
//! ## klue-ner-v1_dev_00001-wikitree<TAB><이장우:PS> 시장은
//! 이<TAB>B-PS
//! 장<TAB>I-PS
//! 우<TAB>I-PS
//!  <TAB>O
//! …
//! ```

use std::io::Read;

use crate::document::source_of;
use crate::document::{GoldDocument, GoldLabel, GoldMention};
use crate::error::Error;
use crate::lines::Lines;

/// Reads the sentences of a KLUE-NER file.
#[derive(Debug)]
pub(crate) struct KlueReader<L> {
    /// The sentence whose head line ended the sentence before it, without a blank line between them.
    next: Option<Sentence<L>>,
}

impl<L: GoldLabel> KlueReader<L> {
    pub(crate) fn new() -> KlueReader<L> {
        KlueReader { next: None }
    }

    /// Reads the next sentence, or returns `None` at the end of the file.
    ///
    /// Of a sentence with errors the first error is returned; the rest of the sentence is read and ignored.
    pub(crate) fn next_document<R: Read>(&mut self, lines: &mut Lines<R>) -> Option<Result<GoldDocument<L>, Error>> {
        let mut sentence = self.next.take().unwrap_or_default();
        let mut error = None;
        while let Some(line) = lines.next() {
            let line = match line {
                Ok(line) => line,
                Err(failed @ Error::Io { .. }) => return Some(Err(failed)),
                Err(other) => {
                    error.get_or_insert(other);
                    continue;
                }
            };
            if line.is_empty() {
                if error.is_some() || sentence.length > 0 {
                    break;
                }
                // The comment block at the top of the file may end with a blank line.
                sentence = Sentence::default();
            } else if let Some(head) = line.strip_prefix("##") {
                // Of several head lines in a row the last one counts: those before it are comments.
                let next = Sentence::from_head(head, lines.number());
                if error.is_some() || sentence.length > 0 {
                    self.next = Some(next);
                    break;
                }
                sentence = next;
            } else if error.is_none() {
                sentence.line = sentence.line.or(Some(lines.number()));
                error = sentence.push(&line).err().map(|cause| lines.error(cause));
            }
        }
        match error {
            Some(error) => Some(Err(error)),
            None if sentence.length > 0 => Some(Ok(sentence.into_document())),
            None => None,
        }
    }
}

/// A KLUE-NER sentence whose lines are being read.
#[derive(Debug)]
struct Sentence<L> {
    id: String,
    line: Option<u64>,
    text: String,
    /// The length of `text`, in characters.
    length: usize,
    mentions: Vec<GoldMention<L>>,
    /// The label of the mention that the previous character belongs to, if any.
    inside: Option<L>,
}

impl<L> Default for Sentence<L> {
    fn default() -> Sentence<L> {
        let (id, text) = (String::new(), String::new());
        Sentence { id, line: None, text, length: 0, mentions: Vec::new(), inside: None }
    }
}

impl<L: GoldLabel> Sentence<L> {
    /// Starts a sentence from the rest of its head line after `##`: the id and, after a tab, the annotated text.
    fn from_head(head: &str, line: u64) -> Sentence<L> {
        let id = head.split('\t').next().unwrap_or_default().trim();
        Sentence { id: id.to_owned(), line: Some(line), ..Sentence::default() }
    }

    /// Adds the line of a character. The character may itself be a tab, so the last tab of the line is the separator.
    fn push(&mut self, line: &str) -> Result<(), String> {
        let (text, tag) = line
            .rsplit_once('\t')
            .ok_or_else(|| format!("no tab in {line:?}; a line is a character, a tab and its tag"))?;
        let mut characters = text.chars();
        let (Some(character), None) = (characters.next(), characters.next()) else {
            return Err(format!("{text:?} before the tab is not one character"));
        };
        let here = self.length;
        self.inside = if tag == "O" {
            None
        } else if let Some(label) = tag.strip_prefix("B-") {
            let label: L = parse_label(label)?;
            self.mentions.push(GoldMention { label: label.clone(), chars: here..here + 1 });
            Some(label)
        } else if let Some(label) = tag.strip_prefix("I-") {
            let label: L = parse_label(label)?;
            match self.mentions.last_mut() {
                Some(mention) if self.inside.as_ref() == Some(&label) => mention.chars.end = here + 1,
                _ => return Err(format!("I-{label} goes on with no mention; the first tag of a mention is B-{label}")),
            }
            Some(label)
        } else {
            return Err(format!("unknown tag {tag:?}; a tag is O, or B- or I- and a label, as in B-PS"));
        };
        self.text.push(character);
        self.length += 1;
        Ok(())
    }

    fn into_document(self) -> GoldDocument<L> {
        let line = self.line.unwrap_or_default();
        let id = if self.id.is_empty() { line.to_string() } else { self.id };
        GoldDocument { source: source_of(&id), id, line, ..GoldDocument::new(self.text, self.mentions) }
    }
}

fn parse_label<L: GoldLabel>(text: &str) -> Result<L, String> {
    if text.is_empty() {
        return Err("the label is empty; a tag is O, or B- or I- and a label, as in B-PS".to_owned());
    }
    text.parse().map_err(|error: L::Err| error.to_string())
}

#[cfg(test)]
mod tests {
    use crate::GoldFormat;
    use crate::reader::tests::read_and_render;

    macro_rules! t {
        ($name:ident, $file:expr, $expected:expr $(,)?) => {
            #[test]
            fn $name() {
                let expected: &[&str] = &$expected;
                assert_eq!(read_and_render(GoldFormat::Klue, $file), expected);
            }
        };
    }

    t!(empty, "", []);
    t!(only_blank_lines, "\n\n\n", []);
    t!(only_comments, "## 주석 : ##\n## 컬럼명 : CHAR\tNE_TAG\n", []);
    t!(
        comment_block,
        "## 토큰, 레이블 구분자 : \t\n## 컬럼명 : CHAR\tNE_TAG\n## a-wikitree\t<김:PS>은\n김\tB-PS\n은\tO\n\n\
         ## b-nsmc\t굿\n굿\tO\n\n",
        [r#"3 a-wikitree [wikitree] "김은": 0..1 PS"#, r#"7 b-nsmc [nsmc] "굿": "#],
    );
    t!(comment_block_and_blank_line, "## 주석 : ##\n\n\n김\tB-PS\n\n", [r#"4 4 [-] "김": 0..1 PS"#],);
    t!(no_blank_line_at_the_end, "## a\t…\n김\tB-PS", [r#"1 a [-] "김": 0..1 PS"#]);
    t!(
        no_blank_line_between,
        "## a\t…\n김\tB-PS\n## b\t…\n이\tB-PS\n",
        [r#"1 a [-] "김": 0..1 PS"#, r#"3 b [-] "이": 0..1 PS"#],
    );
    t!(byte_order_mark, "\u{feff}## a\t…\n김\tB-PS\n", [r#"1 a [-] "김": 0..1 PS"#]);
    t!(
        carriage_returns,
        "## a\t…\r\n김\tB-PS\r\n\r\n## b\t…\r\n이\tO\r\n",
        [r#"1 a [-] "김": 0..1 PS"#, r#"4 b [-] "이": "#],
    );
    t!(
        spaces_tabs_and_hashes_are_characters,
        "## a\t…\n \tO\n\t\tO\n\u{3000}\tO\n#\tO\n\r\tO\n😀\tO\n",
        [r#"1 a [-] " \t\u{3000}#\r😀": "#],
    );
    t!(
        mentions_side_by_side,
        "1\tB-DT\n일\tI-DT\n3\tB-TI\n시\tI-TI\n4\tB-TI\n \tO\n김\tB-PS\n",
        [r#"1 1 [-] "1일3시4 김": 0..2 DT, 2..4 TI, 4..5 TI, 6..7 PS"#],
    );
    t!(unknown_label, "김\tB-PER\n", [r#"gold:1: unknown label "PER"; the labels are PS, LC, OG, DT, TI and QT"#],);
    t!(unknown_tag, "김\tE-PS\n", [r#"gold:1: unknown tag "E-PS"; a tag is O, or B- or I- and a label, as in B-PS"#],);
    t!(
        mention_without_beginning,
        "김\tI-PS\n",
        ["gold:1: I-PS goes on with no mention; the first tag of a mention is B-PS"],
    );
    t!(
        mention_after_a_gap,
        "김\tB-PS\n \tO\n이\tI-PS\n",
        ["gold:3: I-PS goes on with no mention; the first tag of a mention is B-PS"],
    );
    t!(
        mention_changes_label,
        "김\tB-PS\n해\tI-LC\n",
        ["gold:2: I-LC goes on with no mention; the first tag of a mention is B-LC"],
    );
    t!(
        no_mention_over_a_sentence_end,
        "김\tB-PS\n\n이\tI-PS\n",
        [r#"1 1 [-] "김": 0..1 PS"#, "gold:3: I-PS goes on with no mention; the first tag of a mention is B-PS",],
    );
    t!(no_tab, "김 O\n", [r#"gold:1: no tab in "김 O"; a line is a character, a tab and its tag"#]);
    t!(two_characters, "김이\tO\n", [r#"gold:1: "김이" before the tab is not one character"#]);
    t!(no_character, "\tO\n", [r#"gold:1: "" before the tab is not one character"#]);
    t!(
        goes_on_after_errors,
        "## a\t…\n김\tX\n이\tY\n\n## b\t…\n이\tB-PS\n\n## c\t…\n\tO\n## d\t…\n박\tB-PS\n",
        [
            r#"gold:2: unknown tag "X"; a tag is O, or B- or I- and a label, as in B-PS"#,
            r#"5 b [-] "이": 0..1 PS"#,
            r#"gold:9: "" before the tab is not one character"#,
            r#"10 d [-] "박": 0..1 PS"#,
        ],
    );
    t!(
        not_utf8,
        b"\xb1\xe8\tB-PS\n\n\xea\xb9\x80\tB-PS\n",
        ["gold:1: not UTF-8; save the file as UTF-8", r#"3 3 [-] "김": 0..1 PS"#],
    );
}
