//! `gisa extract`: corpora in, tables out.

use std::path::PathBuf;

use crate::ExitStatus;
use crate::error::Error;
use crate::input::Inputs;
use crate::parallel::{Workers, chunks};
use crate::progress::Progress;
use crate::read;
use crate::resources::Resources;
use crate::tables::{Rows, Tables, Totals};

/// What to read and where to put the tables.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Files and folders, `-` for the standard input.
    pub inputs: Vec<PathBuf>,
    /// The folder of the tables.
    pub out: PathBuf,
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
    let workers = Workers::new(settings.resources.tagger()?, settings.threads)?;
    let mut tables = Tables::create(&settings.out, settings.bom)?;
    let progress = Progress::new(inputs.bytes(), settings.quiet);

    let articles = chunks(read::all(inputs, progress.clone()));
    workers.in_order(articles, |chunk| Rows::of(&workers, chunk), |rows| tables.append(rows, &progress))?;

    progress.finish();
    let totals = tables.finish()?;
    if !settings.quiet {
        eprintln!("{}", summary(&totals, settings));
    }
    Ok(ExitStatus::of_failures(totals.failures))
}

fn summary(totals: &Totals, settings: &Settings) -> String {
    let Totals { articles, mentions, entities, failures } = totals;
    let out = settings.out.display();
    let failed = match failures {
        0 => String::new(),
        _ => format!("; {failures} failed, listed in {}", settings.out.join("failures.csv").display()),
    };
    format!("{articles} articles, {mentions} mentions, {entities} entities: tables in {out}{failed}")
}
