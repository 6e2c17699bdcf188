//! JSON Lines: one article per line, with its mentions in the order of its text.

use std::io::{self, Write};

use gisa_entity::{Basis, DateValue, Day, Label};

use crate::article::Article;
use crate::article_mention::ArticleMention;
use crate::error::Error;
use crate::record::Id;
use crate::rows::batch::{ArticleRows, RowBatch};
use crate::rows::entity::{EntityRow, EntityTally};
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
    type Rows = JsonLine;
    type Encoded = Vec<u8>;

    fn encode(&self, rows: &RowBatch<JsonLine>) -> io::Result<Vec<u8>> {
        let mut lines = Vec::new();
        for line in &rows.articles {
            serde_json::to_writer(&mut lines, line)?;
            lines.push(b'\n');
        }
        Ok(lines)
    }
}

/// An article as a line of the output. The order of the keys is part of the interface.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct JsonLine {
    id: Id,
    published: Option<Day>,
    mentions: Vec<JsonMention>,
}

impl ArticleRows for JsonLine {
    fn new<'t>(article: &Article, mentions: impl Iterator<Item = ArticleMention<'t, 't>>) -> JsonLine {
        let mut mentions: Vec<_> = mentions.map(|mention| JsonMention::new(&mention)).collect();
        // A page's title, leads, captions and bylines may stand anywhere in it.
        mentions.sort_by_key(|mention| mention.start);
        JsonLine { id: article.id.clone(), published: article.facts.published, mentions }
    }

    fn mentions(&self) -> usize {
        self.mentions.len()
    }

    /// Adds nothing: the lines list no entities of the corpus.
    fn tally(&self, _: &mut EntityTally) {}
}

#[derive(Clone, Debug, PartialEq, serde::Serialize)]
struct JsonMention {
    start: usize,
    end: usize,
    label: Label,
    text: String,
    name: String,
    entity: usize,
    value: Option<DateValue>,
    basis: Option<Basis>,
    confidence: f64,
}

impl JsonMention {
    fn new(found: &ArticleMention<'_, '_>) -> JsonMention {
        let mention = found.mention;
        JsonMention {
            start: found.span.chars.start,
            end: found.span.chars.end,
            label: mention.label,
            text: mention.text.to_owned(),
            name: found.name.to_owned(),
            entity: mention.entity,
            value: mention.value,
            basis: mention.basis,
            confidence: hundredths(mention.confidence),
        }
    }
}

/// Rounds a probability to the hundredth.
fn hundredths(confidence: f32) -> f64 {
    (f64::from(confidence) * 100.0).round() / 100.0
}
