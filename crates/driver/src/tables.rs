//! Tables: articles, mentions and entities as CSV (RFC 4180) that spreadsheets open, and the failures if there are any.
//!
//! The rows of a chunk are written to memory by the threads ([`Rows`]) and put into the files in order ([`Tables`]), so
//! the tables are the same bytes for any number of threads.

use std::fs;
use std::path::{Path, PathBuf};

use gisa_entity::Worker;

use crate::analysis;
use crate::article::Article;
use crate::composed::Composed;
use crate::error::{Cause, Error, Failure};
use crate::parallel::Workers;
use crate::progress::Progress;
use crate::record::{Record, RecordResult};
use crate::table_names::{ARTICLES, ENTITIES, FAILURES, MENTIONS};
pub use crate::tables::articles::BIGKINDS_COLUMNS;
use crate::tables::entities::EntityTally;
use crate::tables::file::TableFile;

mod articles;
mod cell;
mod entities;
mod failures;
mod file;
mod mentions;

/// The rows of one chunk of articles.
#[derive(Debug, Default)]
pub struct Rows {
    articles: Vec<u8>,
    mentions: Vec<u8>,
    entities: EntityTally,
    failures: Vec<Failure>,
    totals: Totals,
}

/// How much was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// The articles that were done.
    pub articles: u64,
    /// The rows of `mentions.csv`.
    pub mentions: u64,
    /// The rows of `entities.csv`.
    pub entities: u64,
    /// What could not be done.
    pub failures: u64,
}

impl Rows {
    /// Finds the article in each record, tags it and writes its rows.
    pub fn of(workers: &Workers, chunk: Vec<RecordResult>) -> Rows {
        let mut rows = Rows::default();
        for result in workers.each_record(chunk, article_rows) {
            match result {
                Ok(article) => rows.merge(article),
                Err(failure) => {
                    rows.totals.failures += 1;
                    rows.failures.push(failure);
                }
            }
        }
        rows
    }

    fn merge(&mut self, other: Rows) {
        self.articles.extend(other.articles);
        self.mentions.extend(other.mentions);
        self.entities.merge(other.entities);
        self.failures.extend(other.failures);
        self.totals.failures += other.totals.failures;
        self.totals.articles += other.totals.articles;
        self.totals.mentions += other.totals.mentions;
    }
}

fn article_rows(worker: &mut Worker, record: Record) -> Result<Rows, Cause> {
    let article = Article::from_record(record)?;
    let undated = article.facts.no_day.clone().map(|written| Cause::Undated(written).at(&article.position));
    let composed = Composed::new(&article);
    let tagged = worker.tag(composed.document());
    let found: Vec<_> = analysis::found(&tagged, &composed).collect();
    let mut entities = EntityTally::default();
    entities.add_article(article.facts.published, &found);
    Ok(Rows {
        articles: articles::rows(&article, &found)?,
        mentions: mentions::rows(&article, &tagged, &found)?,
        entities,
        totals: Totals {
            articles: 1,
            mentions: found.len() as u64,
            failures: undated.iter().len() as u64,
            ..Totals::default()
        },
        failures: undated.into_iter().collect(),
    })
}

/// The tables in the output folder. They are written beside those of an earlier run and take their place in
/// [`finish`](Tables::finish), so a run that is interrupted leaves the earlier tables as they were.
pub struct Tables {
    folder: PathBuf,
    bom: bool,
    articles: TableFile,
    mentions: TableFile,
    entities: TableFile,
    failures: Option<TableFile>,
    tally: EntityTally,
    totals: Totals,
}

impl Tables {
    /// Makes the folder and begins the tables, so that a folder that cannot be written is known before the work.
    ///
    /// # Errors
    ///
    /// When the folder or a table in it cannot be written, or another run is writing there.
    pub fn create(folder: &Path, bom: bool) -> Result<Tables, Error> {
        fs::create_dir_all(folder).map_err(Error::output(folder))?;
        let table = |name, header: &[&str]| TableFile::create(&folder.join(name), header, bom);
        Ok(Tables {
            folder: folder.to_owned(),
            bom,
            articles: table(ARTICLES, &articles::header())?,
            mentions: table(MENTIONS, &mentions::COLUMNS)?,
            entities: table(ENTITIES, &entities::COLUMNS)?,
            failures: None,
            tally: EntityTally::default(),
            totals: Totals::default(),
        })
    }

    /// Adds the rows of the next chunk, and says what failed in it.
    ///
    /// # Errors
    ///
    /// When a table cannot be written, as on a full disk.
    pub fn append(&mut self, rows: Rows, progress: &Progress) -> Result<(), Error> {
        self.articles.write(&rows.articles)?;
        self.mentions.write(&rows.mentions)?;
        self.tally.merge(rows.entities);
        self.totals.articles += rows.totals.articles;
        self.totals.mentions += rows.totals.mentions;
        self.totals.failures += rows.totals.failures;
        progress.articles(self.totals.articles);
        for failure in &rows.failures {
            progress.say(&format!("gisa: {failure}"));
        }
        self.append_failures(&rows.failures)
    }

    fn append_failures(&mut self, failures: &[Failure]) -> Result<(), Error> {
        if failures.is_empty() {
            return Ok(());
        }
        let table = match &mut self.failures {
            Some(table) => table,
            none => none.insert(TableFile::create(&self.folder.join(FAILURES), &failures::COLUMNS, self.bom)?),
        };
        table.write(&failures::rows(failures).map_err(|source| Error::Output { path: self.folder.clone(), source })?)
    }

    /// Writes the entities and puts all tables in place; a list of failures that an earlier run left is removed.
    ///
    /// # Errors
    ///
    /// When a table cannot be written or put in place.
    pub fn finish(mut self) -> Result<Totals, Error> {
        let entities = self.tally.into_sorted();
        self.totals.entities = entities.len() as u64;
        let rows = entities::rows(&entities).map_err(|source| Error::Output { path: self.folder.clone(), source })?;
        self.entities.write(&rows)?;
        for table in [self.articles, self.mentions, self.entities] {
            table.publish()?;
        }
        let failures = self.folder.join(FAILURES);
        match self.failures {
            Some(table) => table.publish()?,
            None if failures.exists() => fs::remove_file(&failures).map_err(Error::output(&failures))?,
            None => {}
        }
        Ok(self.totals)
    }
}
