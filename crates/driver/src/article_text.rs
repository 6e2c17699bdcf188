//! The text of an article as the tagger reads it, and the way back from a mention in it to the field it stands in.
//!
//! The tagger explains a bare surname by a full name anywhere in its document, so it has to see headline, body and
//! captions together; the menu, the ranking list and the copyright line it must not see. The parts are therefore joined
//! into one text with an empty line between them. Line breaks end sentences, so no mention crosses two parts.

use std::ops::Range;

use gisa_entity::Document;

use crate::article::{Article, Field, Part};

const BETWEEN_PARTS: &str = "\n\n";

/// The parts of an article, joined into one text.
#[derive(Debug)]
pub struct ArticleText<'a> {
    article: &'a Article,
    text: String,
    pieces: Vec<Piece<'a>>,
}

/// A part and its place in the joined text and, in characters, in its field.
#[derive(Debug)]
struct Piece<'a> {
    part: &'a Part,
    bytes: Range<usize>,
    first_char: usize,
    first_char_in_field: usize,
}

/// A span of an article as it was read: where a stretch of the joined text comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartSpan<'a> {
    /// The part that the span stands in.
    pub part: &'a Part,
    /// The characters of the part's field, half open.
    pub chars: Range<usize>,
}

impl<'a> ArticleText<'a> {
    /// Joins the parts of an article.
    pub fn new(article: &'a Article) -> ArticleText<'a> {
        let mut joined = ArticleText { article, text: String::new(), pieces: Vec::with_capacity(article.parts.len()) };
        let mut chars = 0;
        for (part, first_char_in_field) in article.parts.iter().zip(first_chars(article)) {
            if !joined.text.is_empty() {
                joined.text.push_str(BETWEEN_PARTS);
                chars += BETWEEN_PARTS.len();
            }
            let text = article.part_text(part);
            let start = joined.text.len();
            joined.text.push_str(text);
            let bytes = start..joined.text.len();
            joined.pieces.push(Piece { part, bytes, first_char: chars, first_char_in_field });
            chars += text.chars().count();
        }
        joined
    }

    /// Returns the joined text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the document that the tagger reads.
    pub fn document(&self) -> Document<'_> {
        Document { text: &self.text, published: self.article.facts.published }
    }

    /// Returns where a span of the joined text, given in bytes and in characters, stands in the article; none if it
    /// reaches beyond one part.
    pub fn part_span(&self, bytes: &Range<usize>, chars: &Range<usize>) -> Option<PartSpan<'a>> {
        let after = self.pieces.partition_point(|piece| piece.bytes.start <= bytes.start);
        let piece = self.pieces[..after].last()?;
        let moved = |char: usize| char - piece.first_char + piece.first_char_in_field;
        (bytes.end <= piece.bytes.end)
            .then(|| PartSpan { part: piece.part, chars: moved(chars.start)..moved(chars.end) })
    }
}

/// Counts the characters of its field that stand before each part, in one pass over each field.
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

    fn span<'a>(joined: &ArticleText<'a>, bytes: Range<usize>) -> Option<PartSpan<'a>> {
        let start = joined.text()[..bytes.start].chars().count();
        let end = start + joined.text()[bytes.clone()].chars().count();
        joined.part_span(&bytes, &(start..end))
    }

    #[test]
    fn parts_are_joined_in_reading_order() {
        let article = article();
        let joined = ArticleText::new(&article);
        assert_eq!(joined.text(), "서울 소식\n\n첫 문단 한강.\n\n둘째 문단 서울.\n\n사진: 한강");
    }

    #[test]
    fn every_mention_leads_back_to_its_field() {
        let article = article();
        let joined = ArticleText::new(&article);
        for word in ["서울", "한강", "문단", "사진"] {
            for (start, _) in joined.text().match_indices(word) {
                let span = span(&joined, start..start + word.len()).unwrap();
                let field: Vec<char> = article.field(span.part.field).chars().collect();
                assert_eq!(field[span.chars.clone()].iter().collect::<String>(), word, "at {start}");
            }
        }
    }

    #[test]
    fn a_mention_across_parts_has_no_span() {
        let article = article();
        let joined = ArticleText::new(&article);
        let end = joined.text().find("첫").unwrap() + "첫".len();
        assert_eq!(span(&joined, 0..end), None);
    }
}
