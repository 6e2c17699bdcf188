//! Rows of `mentions.csv`: a mention with its place in the article, in the order of the articles and of their parts.

use std::ops::Range;

use gisa_entity::Basis;
use gisa_entity::{Day, Label};

use crate::article::{Article, PartKind};
use crate::article_mention::ArticleMention;
use crate::record::Id;
use crate::rows::{Cell, Column, Row};

/// A mention.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct MentionRow {
    /// The id of the article.
    pub article: Id,
    /// The day of publication of the article.
    pub published: Option<Day>,
    /// The part of the article that the mention stands in.
    pub part: PartKind,
    /// The sentence of the article that the mention stands in, counted from 0.
    pub sentence: usize,
    /// The label of the mention.
    pub label: Label,
    /// The mention as it is written.
    pub text: String,
    /// The name of the entity it refers to.
    pub name: String,
    /// The number of that entity in the article, from 0 on in the order of their first mention.
    pub entity: usize,
    /// The calendar value of a date in ISO 8601.
    pub value: Option<String>,
    /// The characters of the part's field that the mention is, half open.
    pub chars: Range<usize>,
    /// The rule that found the mention.
    pub rule: &'static str,
    /// The mention in its sentence, on one line.
    pub context: String,
    /// The basis of the value of a date.
    pub basis: Option<Basis>,
    /// The probability that the span and its label are right, from 0 to 1.
    pub confidence: f32,
}

impl MentionRow {
    /// Makes the row of a mention of an article.
    pub fn new(article: &Article, found: &ArticleMention<'_, '_>) -> MentionRow {
        let mention = found.mention;
        MentionRow {
            article: article.id.clone(),
            published: article.facts.published,
            part: found.span.part.kind,
            sentence: mention.sentence,
            label: mention.label,
            text: mention.text.to_owned(),
            name: found.name.to_owned(),
            entity: mention.entity,
            value: mention.value.map(|value| value.to_string()),
            chars: found.span.chars.clone(),
            rule: mention.rule.as_str(),
            context: found.context(),
            basis: mention.basis,
            confidence: mention.confidence,
        }
    }

    /// Returns whether the mention is in the news, rather than in a byline.
    pub fn is_news(&self) -> bool {
        self.part != PartKind::Byline
    }

    /// Returns the calendar date or range of dates of a `DT` mention; a duration (`P3D`) is none.
    pub fn date(&self) -> Option<&str> {
        let value = self.value.as_deref()?;
        (self.label == Label::Date && !value.starts_with('P')).then_some(value)
    }

    /// Makes a row with its other fields empty.
    #[cfg(test)]
    pub(crate) fn of(article: Id, label: Label, part: PartKind) -> MentionRow {
        MentionRow {
            article,
            published: None,
            part,
            sentence: 0,
            label,
            text: String::new(),
            name: String::new(),
            entity: 0,
            value: None,
            chars: 0..0,
            rule: "test",
            context: String::new(),
            basis: None,
            confidence: 1.0,
        }
    }
}

impl Row for MentionRow {
    const COLUMNS: &'static [Column<MentionRow>] = &[
        Column::new("article", |row| match &row.article {
            Id::Text(id) => Cell::text(id),
            Id::Number(id) => Cell::Text(id.to_string().into()),
        }),
        Column::new("published", |row| Cell::day(row.published)),
        Column::new("part", |row| Cell::Word(row.part.as_str())),
        Column::new("sentence", |row| Cell::count(row.sentence + 1)),
        Column::new("label", |row| Cell::text(row.label.as_str())),
        Column::new("text", |row| Cell::text(&row.text)),
        Column::new("name", |row| Cell::text(&row.name)),
        Column::new("value", |row| Cell::optional(row.value.as_deref())),
        Column::new("start", |row| Cell::count(row.chars.start)),
        Column::new("end", |row| Cell::count(row.chars.end)),
        Column::new("rule", |row| Cell::Word(row.rule)),
        Column::new("context", |row| Cell::text(&row.context)),
        Column::new("basis", |row| row.basis.map_or(Cell::Empty, |basis| Cell::Word(basis.as_str()))),
        Column::new("confidence", |row| Cell::Probability(row.confidence)),
    ];
}
