//! A composed document: the parts of an article as one text, and the way back from a place in it to the field.
//!
//! The tagger explains a bare surname by a full name anywhere in its document, so it has to see headline, body and
//! captions together; the menu, the ranking list and the copyright line it must not see. The parts are therefore joined
//! into one text with an empty line between them. Line breaks end sentences, so no mention crosses two parts.

use std::ops::Range;

use gisa_entity::{Document, Mention};

use crate::article::{Article, Field, Part};

const BETWEEN_PARTS: &str = "\n\n";

/// The parts of an article as one text.
pub struct Composed<'a> {
    article: &'a Article,
    text: String,
    pieces: Vec<Piece<'a>>,
}

/// A part and where it stands: in the composed text, and (in characters) in its field.
struct Piece<'a> {
    part: &'a Part,
    bytes: Range<usize>,
    first_char: usize,
    first_char_in_field: usize,
}

/// Where a mention stands in the article as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin<'a> {
    /// The part it stands in.
    pub part: &'a Part,
    /// Its characters in the part's field, half open.
    pub chars: Range<usize>,
}

impl<'a> Composed<'a> {
    /// Joins the parts of an article.
    pub fn new(article: &'a Article) -> Composed<'a> {
        let mut composed = Composed { article, text: String::new(), pieces: Vec::with_capacity(article.parts.len()) };
        let mut chars = 0;
        for (part, first_char_in_field) in article.parts.iter().zip(first_chars(article)) {
            if !composed.text.is_empty() {
                composed.text.push_str(BETWEEN_PARTS);
                chars += BETWEEN_PARTS.len();
            }
            let text = article.part_text(part);
            let start = composed.text.len();
            composed.text.push_str(text);
            let bytes = start..composed.text.len();
            composed.pieces.push(Piece { part, bytes, first_char: chars, first_char_in_field });
            chars += text.chars().count();
        }
        composed
    }

    /// The joined text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The document that the tagger reads.
    pub fn document(&self) -> Document<'_> {
        Document { text: &self.text, published: self.article.facts.published }
    }

    /// Where a mention of the document stands in the article; none if it should reach beyond one part.
    pub fn origin(&self, mention: &Mention<'_>) -> Option<Origin<'a>> {
        let after = self.pieces.partition_point(|piece| piece.bytes.start <= mention.bytes.start);
        let piece = self.pieces[..after].last()?;
        let moved = |char: usize| char - piece.first_char + piece.first_char_in_field;
        (mention.bytes.end <= piece.bytes.end)
            .then(|| Origin { part: piece.part, chars: moved(mention.chars.start)..moved(mention.chars.end) })
    }
}

/// How many characters of its field stand before each part, in one pass over each field.
fn first_chars(article: &Article) -> Vec<usize> {
    let mut order: Vec<usize> = (0..article.parts.len()).collect();
    order.sort_by_key(|&index| (article.parts[index].field, article.parts[index].range.start));
    let mut counts = vec![0; article.parts.len()];
    let (mut field, mut bytes, mut chars) = (Field::Title, 0, 0);
    for index in order {
        let part = &article.parts[index];
        if part.field != field {
            (field, bytes, chars) = (part.field, 0, 0);
        }
        chars += article.field(field)[bytes..part.range.start].chars().count();
        bytes = part.range.start;
        counts[index] = chars;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::PartKind;
    use crate::record::{Facts, Id};
    use crate::source_position::SourcePosition;

    fn article() -> Article {
        let text = "메뉴\n😀사진: 한강\n첫 문단 한강.\n광고\n둘째 문단 서울.\n끝";
        let part = |kind, words: &str| {
            let start = text.find(words).unwrap();
            Part { kind, field: Field::Text, range: start..start + words.len() }
        };
        Article {
            id: Id::Text("1".to_owned()),
            position: SourcePosition::file("1.txt"),
            facts: Facts::default(),
            title: "  서울 소식".to_owned(),
            text: text.to_owned(),
            parts: vec![
                Part { kind: PartKind::Title, field: Field::Title, range: 2.."  서울 소식".len() },
                part(PartKind::Body, "첫 문단 한강."),
                part(PartKind::Body, "둘째 문단 서울."),
                part(PartKind::Caption, "사진: 한강"),
            ],
        }
    }

    fn mention(text: &str, bytes: Range<usize>) -> Mention<'_> {
        let start = text[..bytes.start].chars().count();
        let end = start + text[bytes.clone()].chars().count();
        Mention {
            label: gisa_entity::Label::Location,
            text: &text[bytes.clone()],
            chars: start..end,
            bytes,
            sentence: 0,
            entity: 0,
            value: None,
            basis: None,
            confidence: 1.0,
            rule: "test",
        }
    }

    #[test]
    fn parts_are_joined_in_reading_order() {
        let article = article();
        let composed = Composed::new(&article);
        assert_eq!(composed.text(), "서울 소식\n\n첫 문단 한강.\n\n둘째 문단 서울.\n\n사진: 한강");
    }

    #[test]
    fn every_mention_leads_back_to_its_field() {
        let article = article();
        let composed = Composed::new(&article);
        for word in ["서울", "한강", "문단", "사진"] {
            for (start, _) in composed.text().match_indices(word) {
                let mention = mention(composed.text(), start..start + word.len());
                let origin = composed.origin(&mention).unwrap();
                let field: Vec<char> = article.field(origin.part.field).chars().collect();
                assert_eq!(field[origin.chars.clone()].iter().collect::<String>(), word, "at {start}");
            }
        }
    }

    #[test]
    fn a_mention_across_parts_has_no_origin() {
        let article = article();
        let composed = Composed::new(&article);
        let end = composed.text().find("첫").unwrap() + "첫".len();
        assert_eq!(composed.origin(&mention(composed.text(), 0..end)), None);
    }
}
