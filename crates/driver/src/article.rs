//! An article: the texts of one record, cut into the parts that a newspaper gives it.

use std::borrow::Cow;
use std::ops::Range;

use gisa_page::Page;

use crate::error::Cause;
use crate::record::{Facts, Id, Record, Shape};
use crate::source_position::SourcePosition;

/// The text of a record that a part stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The record's title.
    Title,
    /// The record's text; for a page, the whole file.
    Text,
}

/// The role of a part in its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartKind {
    /// The headline.
    Title,
    /// A line between headline and body that sums the article up.
    Lead,
    /// A paragraph.
    Body,
    /// The text under a picture.
    Caption,
    /// The line that names the reporter, who is not in the news.
    Byline,
}

impl PartKind {
    /// Returns the word for the role in `mentions.csv`.
    pub const fn as_str(self) -> &'static str {
        match self {
            PartKind::Title => "title",
            PartKind::Lead => "lead",
            PartKind::Body => "body",
            PartKind::Caption => "caption",
            PartKind::Byline => "byline",
        }
    }

    /// Returns whether an article can consist of such parts alone.
    const fn is_prose(self) -> bool {
        matches!(self, PartKind::Lead | PartKind::Body)
    }
}

/// A stretch of one of the article's fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The role of the part.
    pub kind: PartKind,
    /// The field that the part stands in.
    pub field: Field,
    /// The bytes of the field, half open.
    pub range: Range<usize>,
}

/// An article as it was read: its fields unchanged, and the parts of them that make up the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// The id of the article.
    pub id: Id,
    /// The file and line of the record.
    pub position: SourcePosition,
    /// The metadata of the article.
    pub facts: Facts,
    /// The title field as it was read, empty for a page, whose title stands in its text.
    pub title: String,
    /// The text field as it was read.
    pub text: String,
    /// The parts in reading order: title, leads, body, captions, bylines.
    pub parts: Vec<Part>,
}

impl Article {
    /// Finds the parts of a record. Metadata that the record lacks (day, newspaper, reporter) is taken from the text.
    ///
    /// # Errors
    ///
    /// When a page has no article on it, and when a row has neither title nor text.
    pub fn from_record(record: Record) -> Result<Article, Cause> {
        let title = trimmed(&record.title);
        let page = match record.shape {
            Shape::Page => gisa_page::read_page(&record.text),
            Shape::Row => gisa_page::read_body(&record.text, (!title.is_empty()).then(|| &record.title[title.clone()])),
        };
        let parts = parts(title, &page);
        match record.shape {
            Shape::Page if !parts.iter().any(|part| part.kind.is_prose()) => return Err(Cause::NoArticle),
            Shape::Row if parts.is_empty() => return Err(Cause::NoText),
            _ => {}
        }
        let facts = complete(record.facts, page);
        Ok(Article { id: record.id, position: record.position, facts, title: record.title, text: record.text, parts })
    }

    /// Makes an article of the whole text of a record, as one part.
    pub fn whole(record: Record) -> Article {
        let parts = vec![Part { kind: PartKind::Body, field: Field::Text, range: 0..record.text.len() }];
        Article {
            id: record.id,
            position: record.position,
            facts: record.facts,
            title: String::new(),
            text: record.text,
            parts,
        }
    }

    /// Returns the text of a field.
    pub fn field(&self, field: Field) -> &str {
        match field {
            Field::Title => &self.title,
            Field::Text => &self.text,
        }
    }

    /// Returns the text of a part.
    pub fn part_text(&self, part: &Part) -> &str {
        &self.field(part.field)[part.range.clone()]
    }

    /// Returns the headline, empty if there is none.
    pub fn headline(&self) -> &str {
        self.parts.iter().find(|part| part.kind == PartKind::Title).map_or("", |part| self.part_text(part))
    }

    /// Returns the paragraphs of the body with an empty line between them.
    pub fn body(&self) -> Cow<'_, str> {
        let mut paragraphs =
            self.parts.iter().filter(|part| part.kind == PartKind::Body).map(|part| self.part_text(part));
        match (paragraphs.next(), paragraphs.next()) {
            (None, _) => Cow::Borrowed(""),
            (Some(only), None) => Cow::Borrowed(only),
            (Some(first), Some(second)) => {
                let rest = paragraphs.fold(format!("{first}\n\n{second}"), |body, next| body + "\n\n" + next);
                Cow::Owned(rest)
            }
        }
    }
}

/// Returns the bytes of a text without the white space around it.
fn trimmed(text: &str) -> Range<usize> {
    let start = text.len() - text.trim_start().len();
    start..start + text.trim().len()
}

fn parts(title: Range<usize>, page: &Page) -> Vec<Part> {
    let in_text = |kind| move |range: &Range<usize>| Part { kind, field: Field::Text, range: range.clone() };
    let headline = if title.is_empty() {
        page.title.as_ref().map(in_text(PartKind::Title))
    } else {
        Some(Part { kind: PartKind::Title, field: Field::Title, range: title })
    };
    headline
        .into_iter()
        .chain(page.leads.iter().map(in_text(PartKind::Lead)))
        .chain(page.body.iter().map(in_text(PartKind::Body)))
        .chain(page.captions.iter().map(in_text(PartKind::Caption)))
        .chain(page.bylines.iter().map(in_text(PartKind::Byline)))
        .filter(|part| !part.range.is_empty())
        .collect()
}

fn complete(facts: Facts, page: Page) -> Facts {
    let unless_empty = |given: Vec<String>, found| if given.is_empty() { found } else { given };
    Facts {
        published: facts.published.or(page.published),
        press: facts.press.or(page.press),
        reporters: unless_empty(facts.reporters, page.reporters),
        sections: unless_empty(facts.sections, page.sections),
        url: facts.url.or(page.url),
        ..facts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(title: &str, text: &str) -> Record {
        Record {
            id: Id::Text("a".to_owned()),
            position: SourcePosition::file("a.jsonl"),
            shape: Shape::Row,
            facts: Facts::default(),
            title: title.to_owned(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn the_title_field_is_kept_and_its_part_trimmed() {
        let article = Article::from_record(record("  시장 출국 \n", "이 시장은 떠났다.")).unwrap();
        assert_eq!(article.title, "  시장 출국 \n");
        assert_eq!(article.headline(), "시장 출국");
        assert_eq!(article.parts[0].field, Field::Title);
    }

    #[test]
    fn a_record_without_words_is_refused() {
        assert!(matches!(Article::from_record(record("", " \n")), Err(Cause::NoText)));
        assert!(Article::from_record(record("속보", "")).is_ok());
    }

    #[test]
    fn a_whole_record_is_one_part() {
        let article = Article::whole(record("시장", " 이 시장은 떠났다.\n"));
        assert_eq!(article.parts.len(), 1);
        assert_eq!(article.part_text(&article.parts[0]), " 이 시장은 떠났다.\n");
        assert_eq!(article.headline(), "");
    }

    #[test]
    fn a_body_joins_its_paragraphs() {
        let mut article = Article::whole(record("", "가나다"));
        assert_eq!(article.body(), "가나다");
        article.parts = [0..3, 3..6, 6..9]
            .into_iter()
            .map(|range| Part { kind: PartKind::Body, field: Field::Text, range })
            .collect();
        assert_eq!(article.body(), "가\n\n나\n\n다");
        article.parts.clear();
        assert_eq!(article.body(), "");
    }
}
