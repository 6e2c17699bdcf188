//! `mentions.csv`: a row a mention, in the order of the articles and of their parts.

use std::io;

use gisa_entity::Basis;
use gisa_entity::Tagged;

use crate::analysis::{Found, context};
use crate::article::Article;
use crate::tables::cell::{RowWriter, text};

/// The names of the columns.
pub(super) const COLUMNS: [&str; 14] = [
    "article",
    "published",
    "part",
    "sentence",
    "label",
    "text",
    "name",
    "value",
    "start",
    "end",
    "rule",
    "context",
    "basis",
    "confidence",
];

/// The rows of an article's mentions.
pub(super) fn rows(article: &Article, tagged: &Tagged<'_>, found: &[Found<'_, '_>]) -> io::Result<Vec<u8>> {
    let id = article.id.to_string();
    let published = article.facts.published.map(|day| day.to_string()).unwrap_or_default();
    let mut rows = RowWriter::new();
    for Found { mention, name, origin } in found {
        let sentence = (mention.sentence + 1).to_string();
        let [start, end] = [origin.chars.start, origin.chars.end].map(|char| char.to_string());
        rows.write([
            &*text(&id),
            &published,
            origin.part.kind.as_str(),
            &sentence,
            &*text(mention.label.as_str()),
            &*text(mention.text),
            &*text(name),
            &*text(mention.value.as_deref().unwrap_or_default()),
            &start,
            &end,
            mention.rule,
            &*text(&context(tagged, mention)),
            mention.basis.map_or("", Basis::as_str),
            &format!("{:.2}", mention.confidence),
        ])?;
    }
    rows.into_bytes()
}
