//! `gisa extract`: corpora in, tables out.

use std::path::PathBuf;

use crate::error::Error;
use crate::exit::ExitStatus;
use crate::ids::{self, Renamed};
use crate::input::Inputs;
use crate::parallel::{Workers, chunks};
use crate::progress::Progress;
use crate::read;
use crate::resources::Resources;
use crate::stamp::Stamp;
use crate::tables::{Rows, Tables, Totals};

/// What to read and where to put the tables.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Files and folders, `-` for the standard input.
    pub inputs: Vec<PathBuf>,
    /// The folder of the tables.
    pub out: PathBuf,
    /// Whether to leave the tables as they are if nothing has changed since they were made.
    pub if_changed: bool,
    /// Whether the tables begin with the mark by which Excel knows UTF-8.
    pub bom: bool,
    /// The number of threads; without it, as many as the machine has.
    pub threads: Option<usize>,
    /// Whether only failures are said.
    pub quiet: bool,
    /// The dictionary and word lists.
    pub resources: Resources,
}

/// Reads the inputs, tags their articles and writes the tables.
///
/// # Errors
///
/// When it cannot be done at all: an input is missing, the dictionary is missing, the folder cannot be written.
pub fn run(settings: &Settings) -> Result<ExitStatus, Error> {
    let inputs = Inputs::find(&settings.inputs, Some(&settings.out))?;
    let stamp = Stamp::new(settings, &inputs);
    if let Some(status) = stamp.earlier() {
        if !settings.quiet {
            eprintln!("{}", unchanged(status, settings));
        }
        return Ok(status);
    }
    let workers = Workers::new(settings.resources.tagger()?, settings.threads)?;
    let mut tables = Tables::create(&settings.out, settings.bom)?;
    stamp.remove()?;
    let progress = Progress::new(inputs.bytes(), settings.quiet);

    let (others, renamed) = (inputs.others as u64, Renamed::default());
    let articles = chunks(ids::distinct(read::all(inputs, progress.clone()), renamed.clone()));
    workers.in_order(articles, |chunk| Rows::of(&workers, chunk), |rows| tables.append(rows, &progress))?;

    progress.finish();
    let totals = tables.finish()?;
    let status = ExitStatus::of_failures(totals.failures);
    stamp.write(status)?;
    if !settings.quiet {
        if others > 0 {
            let were = if others == 1 { "file of another kind was" } else { "files of other kinds were" };
            eprintln!("gisa: {others} {were} not read");
        }
        if renamed.count() > 0 {
            eprintln!("gisa: ids repeat; {} got #2, #3 … behind the id", counted(renamed.count(), "article"));
        }
        eprintln!("{}", summary(&totals, settings));
    }
    Ok(status)
}

fn unchanged(status: ExitStatus, settings: &Settings) -> String {
    let failed = match status {
        ExitStatus::SomeFailed => {
            format!("; some articles failed, listed in {}", settings.out.join("failures.csv").display())
        }
        _ => String::new(),
    };
    format!("nothing has changed since the tables in {} were made{failed}", settings.out.display())
}

fn summary(totals: &Totals, settings: &Settings) -> String {
    let Totals { articles, mentions, entities, failures } = totals;
    let out = settings.out.display();
    let failed = match failures {
        0 => String::new(),
        _ => format!("; {failures} failed, listed in {}", settings.out.join("failures.csv").display()),
    };
    let articles = counted(*articles, "article");
    let mentions = counted(*mentions, "mention");
    let entities = if *entities == 1 { "1 entity".to_owned() } else { format!("{entities} entities") };
    format!("{articles}, {mentions}, {entities}: tables in {out}{failed}")
}

/// `1 article`, `2 articles`.
fn counted(count: u64, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
