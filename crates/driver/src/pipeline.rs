//! The pipeline: from records to rows on many threads, and the rows to a sink in the order of the input.
//!
//! ```text
//! Record ─► Article ─► ArticleText ─ tagger ─► ArticleMention ─► ArticleRow, MentionRow ─┐
//!                                                                            EntityTally ─┴─ encoder ─► sink
//! ```
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
use crate::rows::article::ArticleRow;
use crate::rows::batch::{ArticleRows, RowBatch};
use crate::rows::entity::EntityTally;
use crate::rows::failure::FailureRow;
use crate::rows::mention::MentionRow;
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
        let batch = rows(workers, chunk, extent);
        let mut entities = EntityTally::default();
        if S::LISTS_ENTITIES {
            batch.articles.iter().for_each(|article| entities.add_article(&article.mentions));
        }
        let totals = Totals {
            articles: batch.articles.len() as u64,
            mentions: batch.articles.iter().map(|article| article.mentions.len() as u64).sum(),
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
fn rows(workers: &Workers, chunk: Vec<RecordResult>, extent: Extent) -> RowBatch {
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
fn article_rows(worker: &mut Worker, record: Record, extent: Extent) -> Result<(ArticleRows, Option<Failure>), Cause> {
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
    let mentions: Vec<_> =
        ArticleMention::all(&tagged, &text).map(|mention| MentionRow::new(&article, &mention)).collect();
    Ok((ArticleRows { article: ArticleRow::new(&article, &mentions), mentions }, undated))
}
