//! The pipeline: from records to rows on many threads, and the rows to a sink in the order of the input.
//!
//! ```text
//! Record ─► Article ─► ArticleText ─ tagger ─► ArticleMention ─► rows of the sink ─┬─ encoder ─► sink
//!                                                                     EntityTally ─┘
//! ```
//!
//! The sink says by a type which rows it takes of an article ([`ArticleRows`]), and no others are made.
//!
//! All of it up to the encoded rows is the work of a thread of the pool, so a sink has little more to do than to write;
//! which bytes it writes does not depend on the number of threads.

use gisa_entity::Worker;

use crate::article::Article;
use crate::article_mention::ArticleMention;
use crate::article_text::ArticleText;
use crate::error::{Cause, Error, Failure};
use crate::parallel::{Workers, chunks};
use crate::progress::Progress;
use crate::record::{Record, RecordResult, Shape};
use crate::rows::batch::{ArticleRows, RowBatch};
use crate::rows::entity::EntityTally;
use crate::rows::failure::FailureRow;
use crate::sink::{Encoder, Sink};

/// The extent of a record that is tagged. Of a page it is always the parts of the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// The parts of the article: title, leads, body, captions and bylines.
    Parts,
    /// The text of a line or row, all of it and as it is, without the title.
    WholeText,
}

/// The counts of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Totals {
    /// The articles that were processed.
    pub articles: u64,
    /// The mentions in them.
    pub mentions: u64,
    /// The entities over all of them, where the sink lists entities.
    pub entities: u64,
    /// The failures.
    pub failures: u64,
}

/// Tags the records and writes their rows to the sink. Failures are reported on the standard error and counted.
///
/// # Errors
///
/// When the sink cannot write. The rest of the input is not read then.
pub fn run<S: Sink>(
    workers: &Workers,
    records: impl Iterator<Item = RecordResult> + Send,
    extent: Extent,
    sink: &mut S,
    progress: &Progress,
) -> Result<Totals, Error> {
    let encoder = sink.encoder();
    let work = |chunk| -> Result<Done<S>, Error> {
        let batch: RowBatch<<S::Encoder as Encoder>::Rows> = rows(workers, chunk, extent);
        let mut entities = EntityTally::default();
        batch.articles.iter().for_each(|article| article.tally(&mut entities));
        let totals = Totals {
            articles: batch.articles.len() as u64,
            mentions: batch.articles.iter().map(|article| article.mentions() as u64).sum(),
            entities: 0,
            failures: batch.failures.len() as u64,
        };
        Ok(Done { encoded: encoder.encode(&batch).map_err(Error::Encode)?, failures: batch.failures, entities, totals })
    };
    let (mut totals, mut entities) = (Totals::default(), EntityTally::default());
    workers.in_order(chunks(records), work, |done| {
        let done = done?;
        sink.write(done.encoded)?;
        entities.merge(done.entities);
        totals.articles += done.totals.articles;
        totals.mentions += done.totals.mentions;
        totals.failures += done.totals.failures;
        progress.articles(totals.articles);
        done.failures.iter().for_each(|failure| progress.say(&format!("gisa: {failure}")));
        Ok(())
    })?;
    let entities = entities.into_rows();
    totals.entities = entities.len() as u64;
    sink.finish(&entities)?;
    Ok(totals)
}

/// The result of the work on a chunk, for the sink's thread.
struct Done<S: Sink> {
    encoded: <S::Encoder as Encoder>::Encoded,
    failures: Vec<FailureRow>,
    entities: EntityTally,
    totals: Totals,
}

/// Makes the rows of a chunk of records.
fn rows<R: ArticleRows>(workers: &Workers, chunk: Vec<RecordResult>, extent: Extent) -> RowBatch<R> {
    let mut batch = RowBatch::default();
    for result in workers.each_record(chunk, |worker, record| article_rows(worker, record, extent)) {
        match result {
            Ok((article, undated)) => {
                batch.articles.push(article);
                batch.failures.extend(undated.map(FailureRow::from));
            }
            Err(failure) => batch.failures.push(failure.into()),
        }
    }
    batch
}

/// Makes the rows of a record's article, and the failure of its day of publication where that cannot be read.
fn article_rows<R: ArticleRows>(
    worker: &mut Worker,
    record: Record,
    extent: Extent,
) -> Result<(R, Option<Failure>), Cause> {
    let article = match (extent, record.shape) {
        (Extent::WholeText, Shape::Row) => Article::whole(record),
        (Extent::WholeText, Shape::Page) | (Extent::Parts, _) => Article::from_record(record)?,
    };
    let undated =
        article.facts.no_day.as_ref().map(|written| {
            Cause::Day { written: written.clone(), found: article.facts.published }.at(&article.position)
        });
    let text = ArticleText::new(&article);
    let tagged = worker.tag(text.document());
    Ok((R::new(&article, ArticleMention::all(&tagged, &text)), undated))
}

#[cfg(test)]
mod tests {
    use std::io;

    use gisa_entity::Tagger;
    use gisa_tokenizer::{Tokenizer, tiny};

    use super::*;
    use crate::record::{Facts, Id};
    use crate::rows::entity::EntityRow;
    use crate::sink::csv::CsvEncoder;
    use crate::sink::jsonl::JsonLines;
    use crate::source_position::SourcePosition;

    /// A sink that takes what an encoder makes of the rows it names.
    struct Collected<E: Encoder> {
        encoder: E,
        encoded: Vec<E::Encoded>,
        entities: Vec<EntityRow>,
    }

    impl<E: Encoder + Copy> Sink for Collected<E> {
        type Encoder = E;

        fn encoder(&self) -> E {
            self.encoder
        }

        fn write(&mut self, encoded: E::Encoded) -> Result<(), Error> {
            self.encoded.push(encoded);
            Ok(())
        }

        fn finish(&mut self, entities: &[EntityRow]) -> Result<(), Error> {
            self.entities = entities.to_vec();
            Ok(())
        }
    }

    /// The ids of articles, and the names in them.
    #[derive(Clone, Copy)]
    struct Names;

    impl Encoder for Names {
        type Rows = (String, Vec<String>);
        type Encoded = Vec<(String, Vec<String>)>;

        fn encode(&self, rows: &RowBatch<Self::Rows>) -> io::Result<Self::Encoded> {
            Ok(rows.articles.clone())
        }
    }

    impl ArticleRows for (String, Vec<String>) {
        fn new<'t>(article: &Article, mentions: impl Iterator<Item = ArticleMention<'t, 't>>) -> Self {
            (article.id.to_string(), mentions.map(|mention| mention.name.to_owned()).collect())
        }

        fn mentions(&self) -> usize {
            self.1.len()
        }

        fn tally(&self, _: &mut EntityTally) {}
    }

    fn workers() -> Workers {
        let names = "form,label,kind,name\n가람시청,OG,,가람시\n새솔섬,LC,,\n";
        let builder = Tagger::builder().tokenizer(Tokenizer::new(tiny::dictionary().unwrap()));
        // Of words that the tiny dictionary lacks the model is not sure: only the names of the gazetteer are left.
        let builder = builder.gazetteer_from_reader(names.as_bytes(), "names").unwrap().min_confidence(1.0);
        Workers::new(builder.build().unwrap(), Some(2)).unwrap()
    }

    fn record(id: &str, title: &str, text: &str) -> Record {
        let position = SourcePosition::file("a.jsonl");
        let (title, text) = (title.to_owned(), text.to_owned());
        let id = Id::Text(id.to_owned());
        Record { id, position, shape: Shape::Row, facts: Facts::default(), title, text }
    }

    fn records() -> impl Iterator<Item = RecordResult> + Send {
        [record("1", "", "새솔섬 가람시청"), record("2", "", " "), record("3", "가람시청", "새솔섬")]
            .map(Ok)
            .into_iter()
    }

    fn collected<E: Encoder + Copy>(encoder: E) -> (Totals, Collected<E>) {
        let mut sink = Collected { encoder, encoded: Vec::new(), entities: Vec::new() };
        let totals = run(&workers(), records(), Extent::Parts, &mut sink, &Progress::hidden()).unwrap();
        (totals, sink)
    }

    #[test]
    fn a_sink_is_given_the_rows_it_names() {
        let (totals, sink) = collected(Names);
        let rows = [("1", ["새솔섬", "가람시"]), ("3", ["가람시", "새솔섬"])];
        let expected = rows.map(|(id, names)| (id.to_owned(), names.map(str::to_owned).to_vec()));
        assert_eq!(sink.encoded.concat(), expected);
        assert_eq!(totals, Totals { articles: 2, mentions: 4, entities: 0, failures: 1 });
        assert!(sink.entities.is_empty());
    }

    #[test]
    fn tables_list_the_entities_of_the_corpus() {
        let (totals, sink) = collected(CsvEncoder::new(true));
        assert_eq!(totals, Totals { articles: 2, mentions: 4, entities: 2, failures: 1 });
        let names: Vec<_> = sink.entities.iter().map(|row| (row.name.as_str(), row.articles)).collect();
        assert_eq!(names, [("새솔섬", 2), ("가람시", 2)]);
    }

    #[test]
    fn lines_of_json_have_their_mentions_in_the_order_of_the_text() {
        // The caption, which stands first, is the last part of an article.
        let page = "새솔섬이 보인다. 사진=한빛일보\n가람시청이 문을 연다고 시장은 밝혔다.\n";
        let mut lines = Vec::new();
        let records = [Ok(record("1", "", page))].into_iter();
        run(&workers(), records, Extent::Parts, &mut JsonLines::new(&mut lines), &Progress::hidden()).unwrap();
        let expected = concat!(
            r#"{"id":"1","published":null,"mentions":["#,
            r#"{"start":0,"end":3,"label":"LC","text":"새솔섬","name":"새솔섬","entity":1,"value":null,"basis":null,"confidence":1.0},"#,
            r#"{"start":18,"end":22,"label":"OG","text":"가람시청","name":"가람시","entity":0,"value":null,"basis":null,"confidence":1.0}]}"#,
            "\n"
        );
        assert_eq!(String::from_utf8(lines).unwrap(), expected);
    }
}
