//! JSON Lines: one article per line, with its mentions in the order of its text.

use std::io::{self, Write};

use gisa_entity::Basis;
use gisa_entity::Label;

use crate::error::Error;
use crate::record::Id;
use crate::rows::batch::{ArticleRows, RowBatch};
use crate::rows::entity::EntityRow;
use crate::rows::mention::MentionRow;
use crate::sink::{Encoder, Sink};

/// A sink that writes JSON Lines to the standard output or any other writer.
#[derive(Debug)]
pub struct JsonLines<W> {
    out: W,
}

impl<W: Write> JsonLines<W> {
    /// Makes a sink that writes to `out`.
    pub fn new(out: W) -> JsonLines<W> {
        JsonLines { out }
    }
}

impl<W: Write> Sink for JsonLines<W> {
    type Encoder = JsonEncoder;

    const LISTS_ENTITIES: bool = false;

    fn encoder(&self) -> JsonEncoder {
        JsonEncoder
    }

    fn write(&mut self, lines: Vec<u8>) -> Result<(), Error> {
        self.out.write_all(&lines).map_err(Error::Stdout)
    }

    fn finish(&mut self, _: &[EntityRow]) -> Result<(), Error> {
        self.out.flush().map_err(Error::Stdout)
    }
}

/// Encodes articles as lines of JSON.
#[derive(Clone, Copy, Debug)]
pub struct JsonEncoder;

impl Encoder for JsonEncoder {
    type Encoded = Vec<u8>;

    fn encode(&self, rows: &RowBatch) -> io::Result<Vec<u8>> {
        let mut lines = Vec::new();
        for article in &rows.articles {
            serde_json::to_writer(&mut lines, &Line::from(article))?;
            lines.push(b'\n');
        }
        Ok(lines)
    }
}

/// A line of the output. The order of the keys is part of the interface.
#[derive(serde::Serialize)]
struct Line<'l> {
    id: &'l Id,
    published: Option<String>,
    mentions: Vec<MentionJson<'l>>,
}

impl<'l> From<&'l ArticleRows> for Line<'l> {
    fn from(rows: &'l ArticleRows) -> Line<'l> {
        let mut mentions: Vec<_> = rows.mentions.iter().map(MentionJson::from).collect();
        // A page's title, leads, captions and bylines may stand anywhere in it.
        mentions.sort_by_key(|mention| mention.start);
        let published = rows.article.facts.published.map(|day| day.to_string());
        Line { id: &rows.article.id, published, mentions }
    }
}

#[derive(serde::Serialize)]
struct MentionJson<'l> {
    start: usize,
    end: usize,
    label: Label,
    text: &'l str,
    name: &'l str,
    entity: usize,
    value: Option<&'l str>,
    basis: Option<&'static str>,
    confidence: f64,
}

impl<'l> From<&'l MentionRow> for MentionJson<'l> {
    fn from(row: &'l MentionRow) -> MentionJson<'l> {
        MentionJson {
            start: row.chars.start,
            end: row.chars.end,
            label: row.label,
            text: &row.text,
            name: &row.name,
            entity: row.entity,
            value: row.value.as_deref(),
            basis: row.basis.map(Basis::as_str),
            confidence: hundredths(row.confidence),
        }
    }
}

/// Rounds a probability to the hundredth.
fn hundredths(confidence: f32) -> f64 {
    (f64::from(confidence) * 100.0).round() / 100.0
}
