//! `gisa tag`: JSON Lines in, JSON Lines out, in the order of the input.

use std::io::Write;
use std::path::PathBuf;

use crate::earlier_tables;
use crate::error::Error;
use crate::exit::ExitStatus;
use crate::input::Inputs;
use crate::notice::notice;
use crate::parallel::Workers;
use crate::pipeline::{self, Extent};
use crate::progress::Progress;
use crate::read;
use crate::resources::Resources;
use crate::sink::jsonl::JsonLines;

/// What to read and how.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Files and folders, `-` for the standard input.
    pub inputs: Vec<PathBuf>,
    /// The number of threads, by default one per core.
    pub threads: Option<usize>,
    /// Whether only failures are reported.
    pub quiet: bool,
    /// The dictionary and word lists.
    pub resources: Resources,
}

/// Tags the text of every record, whole and as it is; of a page, the parts that are the article.
///
/// # Errors
///
/// When it cannot be done at all, and when the results cannot be written.
pub fn run(settings: &Settings, out: &mut impl Write) -> Result<ExitStatus, Error> {
    let mut inputs = Inputs::find(&settings.inputs)?;
    earlier_tables::set_aside(&mut inputs)?;
    let workers = Workers::new(settings.resources.tagger()?, settings.threads)?;
    let progress = Progress::new(inputs.bytes(), settings.quiet);
    let passed_over = earlier_tables::passed_over(&inputs);
    let records = read::all(inputs, progress.clone());
    let totals = pipeline::run(&workers, records, Extent::WholeText, &mut JsonLines::new(out), &progress)?;
    progress.finish();
    if let Some(line) = passed_over.filter(|_| !settings.quiet) {
        notice(&line);
    }
    Ok(ExitStatus::of_failures(totals.failures))
}
