//! `gisa extract`: corpora in, tables out.

use std::path::PathBuf;

use crate::earlier_tables;
use crate::error::Error;
use crate::exit::ExitStatus;
use crate::ids::{self, Renamed};
use crate::input::Inputs;
use crate::notice::notice;
use crate::output_folder::OutputFolder;
use crate::parallel::Workers;
use crate::pipeline::{self, Extent, Totals};
use crate::progress::Progress;
use crate::read;
use crate::resources::Resources;
use crate::rows::table::Table;
use crate::sink::csv::{self, CsvOptions, CsvTables};
use crate::stamp::Stamp;

/// What to read and where to put the tables.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Files and folders, `-` for the standard input.
    pub inputs: Vec<PathBuf>,
    /// The folder of the tables.
    pub out: PathBuf,
    /// Whether to leave the tables as they are if nothing has changed since they were made.
    pub if_changed: bool,
    /// How the tables are written.
    pub csv: CsvOptions,
    /// The number of threads, by default one per core.
    pub threads: Option<usize>,
    /// Whether only failures are reported.
    pub quiet: bool,
    /// The dictionary and word lists.
    pub resources: Resources,
}

/// Reads the inputs, tags their articles and writes the tables.
///
/// # Errors
///
/// When it cannot be done at all: an input is missing or would be written over, the dictionary is missing, the folder
/// cannot be written or has files in it that are not gisa's.
pub fn run(settings: &Settings) -> Result<ExitStatus, Error> {
    let names = CsvTables::file_names();
    let mut inputs = Inputs::find(&settings.inputs)?;
    earlier_tables::set_aside(&mut inputs)?;
    earlier_tables::refuse_overwriting(&inputs, &settings.out, &names)?;
    let stamp = settings.stamp(&inputs);
    if let Some(status) = stamp.earlier() {
        if !settings.quiet {
            notice(&unchanged(status, settings));
        }
        return Ok(status);
    }
    let workers = Workers::new(settings.resources.tagger()?, settings.threads)?;
    let folder = OutputFolder::open(&settings.out, &names, earlier_tables::may_replace)?;
    let staging = folder.stage()?;
    let progress = Progress::new(inputs.bytes(), settings.quiet);

    let (others, tables_found) = (inputs.others, earlier_tables::passed_over(&inputs));
    let renamed = Renamed::default();
    let records = ids::distinct(read::all(inputs, progress.clone()), renamed.clone());
    let mut tables = CsvTables::create(&staging, settings.csv)?;
    let totals = pipeline::run(&workers, records, Extent::Parts, &mut tables, &progress)?;
    drop(tables);
    progress.finish();
    let status = ExitStatus::of_failures(totals.failures);

    // Tables with articles are worth more than a list of failures, each of which was reported.
    let keep_earlier =
        totals.articles == 0 && earlier_tables::has_articles(&settings.out.join(csv::file_name(Table::Articles)));
    if keep_earlier {
        drop(staging);
    } else {
        stamp.remove()?;
        staging.publish(&names)?;
        stamp.write(status)?;
    }
    if !settings.quiet {
        if others > 0 {
            let were = if others == 1 { "file of another kind was" } else { "files of other kinds were" };
            notice(&format!("gisa: {others} {were} not read"));
        }
        if let Some(line) = tables_found {
            notice(&line);
        }
        if renamed.count() > 0 {
            notice(&format!("gisa: ids repeat; {} got #2, #3 … behind the id", counted(renamed.count(), "article")));
        }
    }
    if keep_earlier {
        let out = settings.out.display();
        notice(&format!("gisa: nothing could be read; the tables of an earlier run stay as they are in {out}"));
    } else if !settings.quiet {
        notice(&summary(&totals, settings));
    }
    Ok(status)
}

impl Settings {
    /// Returns the path of the table of failures.
    fn failures(&self) -> PathBuf {
        self.out.join(csv::file_name(Table::Failures))
    }

    fn stamp(&self, inputs: &Inputs) -> Stamp {
        if !self.if_changed {
            return Stamp::none(&self.out);
        }
        // `Debug` names every field, so that an option counts as soon as there is one. Those that change no table are
        // left out.
        let settings = Settings { threads: None, quiet: false, ..self.clone() };
        Stamp::new(&self.out, &format!("{settings:?}"), &self.resources, inputs)
    }
}

fn unchanged(status: ExitStatus, settings: &Settings) -> String {
    let failed = match status {
        ExitStatus::SomeFailed => format!("; some articles failed, listed in {}", settings.failures().display()),
        _ => String::new(),
    };
    format!("nothing has changed since the tables in {} were made{failed}", settings.out.display())
}

fn summary(totals: &Totals, settings: &Settings) -> String {
    let Totals { articles, mentions, entities, failures } = totals;
    let out = settings.out.display();
    let failed = match failures {
        0 => String::new(),
        _ => format!("; {failures} failed, listed in {}", settings.failures().display()),
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
