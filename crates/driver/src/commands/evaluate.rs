//! `gisa evaluate`: scores the tagger on a file of gold mentions.

use std::io::{self, Write};
use std::path::PathBuf;

use gisa_entity::Worker;
use gisa_entity::evaluate::{Errors, Evaluation};
use gisa_entity::gold::{GoldDocument, GoldFormat, GoldReader};

use crate::ExitStatus;
use crate::error::Error;
use crate::input::{Input, Inputs};
use crate::parallel::Workers;
use crate::progress::Progress;
use crate::read;
use crate::resources::Resources;

/// How many documents are handed to a thread at once; most are a sentence.
const CHUNK_DOCUMENTS: usize = 128;

/// What to score and how to say it.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The gold file: KLUE-NER (`.tsv`) or JSON Lines (`.jsonl`).
    pub file: PathBuf,
    /// Whether the figures are written as JSON instead of a table.
    pub json: bool,
    /// Whether the errors are listed after the table.
    pub errors: bool,
    /// The number of threads; without it, as many as the machine has.
    pub threads: Option<usize>,
    /// The dictionary and word lists.
    pub resources: Resources,
}

/// Tags the file's documents and writes the scores.
///
/// # Errors
///
/// When the file cannot be read, is no gold file, or has no documents.
pub fn run(settings: &Settings, out: &mut impl Write) -> Result<ExitStatus, Error> {
    let inputs = Inputs::find(std::slice::from_ref(&settings.file), None)?;
    if let Some(failure) = inputs.failures.into_iter().next() {
        return Err(failure.into());
    }
    let workers = Workers::new(settings.resources.tagger()?, settings.threads)?;
    let mut scored = Scored::default();
    for input in &inputs.files {
        let sink = |part: Result<Scored, Error>| {
            let part = part?;
            scored.evaluation.merge(&part.evaluation);
            scored.errors.merge(part.errors);
            Ok(())
        };
        workers.in_order(chunks(open(input)?), |chunk| score(&workers, chunk, input), sink)?;
    }
    if scored.evaluation.overall().documents() == 0 {
        return Err(Error::NoGold { path: settings.file.clone() });
    }
    write(settings, &scored, out).map_err(Error::Stdout)?;
    Ok(ExitStatus::Done)
}

/// What was counted of some documents.
#[derive(Default)]
struct Scored {
    evaluation: Evaluation,
    errors: Errors,
}

fn write(settings: &Settings, scored: &Scored, out: &mut impl Write) -> io::Result<()> {
    if settings.json {
        writeln!(out, "{}", scored.evaluation.to_json())?;
    } else {
        writeln!(out, "{}", scored.evaluation)?;
    }
    if settings.errors {
        write!(out, "\n{}", scored.errors)?;
    }
    out.flush()
}

type Gold = Result<GoldDocument, gisa_entity::Error>;

fn open(input: &Input) -> Result<impl Iterator<Item = Gold> + Send + use<>, Error> {
    let path = input.uncompressed().unwrap_or_default();
    let named = || PathBuf::from(input.place().file);
    let reader = read::open(input, &Progress::hidden()).map_err(|source| Error::Input { path: named(), source })?;
    let format = GoldFormat::from_path(&path).unwrap_or(GoldFormat::JsonLines);
    Ok(GoldReader::from_reader(reader, named(), format))
}

/// The documents up to the first that cannot be read, in chunks.
fn chunks(gold: impl Iterator<Item = Gold> + Send) -> impl Iterator<Item = Result<Vec<GoldDocument>, Error>> + Send {
    let mut gold = gold.fuse();
    std::iter::from_fn(move || {
        let chunk: Result<Vec<_>, _> = gold.by_ref().take(CHUNK_DOCUMENTS).collect();
        chunk.map(|chunk| (!chunk.is_empty()).then_some(chunk)).map_err(Error::from).transpose()
    })
}

fn score(workers: &Workers, chunk: Result<Vec<GoldDocument>, Error>, input: &Input) -> Result<Scored, Error> {
    let mut scored = Scored::default();
    for gold in chunk? {
        let tagged = |worker: &mut Worker| {
            let mentions = worker.tag(gold.document()).mentions;
            Ok(mentions.into_iter().map(|mention| (mention.label, mention.chars)).collect::<Vec<_>>())
        };
        let mentions = workers.with_worker(tagged).map_err(|cause| cause.at(&input.place().line(gold.line)))?;
        scored.errors.add(&gold, mentions.iter().cloned());
        scored.evaluation.add(&gold, mentions);
    }
    Ok(scored)
}
