//! `gisa evaluate`: scores the tagger on a file of gold mentions.
//!
//! The six labels are scored, and a gold file may have no others. With a model that has labels of its own, a gold file
//! may have any, and the model's labels and the file's are scored: what the model has no label for counts as missed.

use std::io::{self, Write};
use std::path::PathBuf;

use gisa_entity::{Label, Tagger, Worker};
use gisa_gold::{Errors, Evaluation, GoldDocument, GoldFormat, GoldReader};

use crate::error::Error;
use crate::exit::ExitStatus;
use crate::fold::{EmptyFoldError, Fold};
use crate::input::{Input, Inputs};
use crate::notice::notice;
use crate::parallel::Workers;
use crate::read;
use crate::resources::Resources;

/// The number of documents in a chunk of work; most are a single sentence.
const CHUNK_DOCUMENTS: usize = 128;

/// What to score, and how to write the scores.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The gold file: KLUE-NER (`.tsv`) or JSON Lines (`.jsonl`).
    pub file: PathBuf,
    /// The fold of the file that is scored; without it, the whole file.
    pub fold: Option<Fold>,
    /// Whether the scores are written as JSON instead of a table.
    pub json: bool,
    /// Whether the errors are listed after the table.
    pub errors: bool,
    /// The number of threads; by default one per core.
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
    let inputs = Inputs::find(std::slice::from_ref(&settings.file))?;
    if let Some(failure) = inputs.failures.into_iter().next() {
        return Err(failure.into());
    }
    let tagger = settings.resources.tagger()?;
    let workers = Workers::new(tagger.clone(), settings.threads)?;
    let mut scored = Scored::default();
    for input in &inputs.files {
        let sink = |part: Result<Scored, Error>| {
            let part = part?;
            scored.evaluation.merge(&part.evaluation);
            scored.errors.merge(part.errors);
            Ok(())
        };
        let gold = of_fold(open(input, has_own_labels(&tagger))?, settings.fold);
        workers.in_order(chunks(gold), |chunk| score(&workers, chunk, input), sink)?;
    }
    if scored.evaluation.overall().documents() == 0 {
        let path = settings.file.clone();
        return Err(match settings.fold {
            Some(fold) => EmptyFoldError { file: path, fold }.into(),
            None => Error::NoGold { path },
        });
    }
    if has_own_labels(&tagger) {
        say_missing(settings, &tagger, &scored.evaluation);
        scored = scored.over(&tagger);
    }
    write(settings, &scored, out).map_err(Error::Stdout)?;
    Ok(ExitStatus::Done)
}

/// The scores and errors of some documents.
#[derive(Default)]
struct Scored {
    evaluation: Evaluation,
    errors: Errors,
}

impl Scored {
    /// Scores the same documents over the tagger's labels and those of the gold mentions.
    fn over(mut self, tagger: &Tagger) -> Scored {
        let labels = tagger.labels().iter().copied().chain(self.evaluation.overall().gold_labels());
        let mut evaluation = Evaluation::with_labels(labels);
        evaluation.merge(&self.evaluation);
        self.errors.retain_labels(evaluation.labels());
        Scored { evaluation, errors: self.errors }
    }
}

fn has_own_labels(tagger: &Tagger) -> bool {
    tagger.labels().iter().any(|label| label.is_own())
}

/// Reports the labels of the gold file that the model does not have. Only a gazetteer can find mentions with these.
fn say_missing(settings: &Settings, tagger: &Tagger, evaluation: &Evaluation) {
    let overall = evaluation.overall();
    let is_missing = |label: &Label| !tagger.labels().contains(label) && overall.label(*label).predicted == 0;
    let missing: Vec<&str> = overall.gold_labels().filter(is_missing).map(Label::as_str).collect();
    if !missing.is_empty() {
        let (file, missing) = (settings.file.display(), missing.join(", "));
        notice(&format!(
            "gisa: {file}: the model does not have these labels, whose mentions count as missed: {missing}"
        ));
    }
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

type Gold = Result<GoldDocument, gisa_gold::Error>;

/// Opens the documents of a gold file, whose labels are the six built-in ones, or any.
fn open(input: &Input, any_labels: bool) -> Result<Box<dyn Iterator<Item = Gold> + Send>, Error> {
    let path = input.uncompressed().unwrap_or_default();
    let named = || PathBuf::from(input.position().file);
    let reader = read::open_required(input)?;
    let format = GoldFormat::from_path(&path).unwrap_or(GoldFormat::JsonLines);
    if !any_labels {
        return Ok(Box::new(GoldReader::from_reader(reader, named(), format)));
    }
    let documents = GoldReader::with_any_labels(reader, named(), format);
    Ok(Box::new(documents.map(|document| document.map(|document| document.map_labels(|name| Label::named(name))))))
}

/// Selects the documents of a fold, by default all, and keeps every error.
fn of_fold(gold: impl Iterator<Item = Gold> + Send, fold: Option<Fold>) -> impl Iterator<Item = Gold> + Send {
    let is_scored = move |index, gold: &Gold| gold.is_err() || fold.is_none_or(|fold| fold.contains(index));
    gold.enumerate().filter(move |(index, gold)| is_scored(*index, gold)).map(|(_, gold)| gold)
}

/// Groups the documents up to the first error into chunks.
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
        let mentions = workers.with_worker(tagged).map_err(|cause| cause.at(&input.position().line(gold.line)))?;
        scored.errors.add(&gold, mentions.iter().cloned());
        scored.evaluation.add(&gold, mentions);
    }
    Ok(scored)
}
