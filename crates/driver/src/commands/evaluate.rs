//! `gisa evaluate`: scores the tagger on a file of gold mentions.
//!
//! The labels of the file's mentions are scored: a label that the file never has is not annotated in it, and mentions
//! of it that the tagger finds are neither right nor wrong. A gold file may have the six labels. With a model that has
//! labels of its own it may have any; mentions for which the model has no label count as missed.

use std::io::{self, Write};
use std::path::PathBuf;

use gisa_entity::{Label, Tagger, Worker};
use gisa_gold::{Errors, Evaluation, GoldDocument, GoldFormat, GoldReader};

use crate::error::Error;
use crate::exit::ExitStatus;
use crate::fold::{EmptyFoldError, EmptySplitError, Fold};
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
    /// The splits of the file that are scored; all documents if there are none.
    pub splits: Vec<String>,
    /// The fold of these documents that is scored; without it, all of them.
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
        let gold = of_split(open(input, has_own_labels(&tagger))?, settings.splits.clone());
        let gold = of_fold(gold, settings.fold);
        workers.in_order(chunks(gold), |chunk| score(&workers, chunk, input), sink)?;
    }
    if scored.evaluation.overall().documents() == 0 {
        let path = settings.file.clone();
        return Err(match (settings.fold, &settings.splits[..]) {
            (Some(fold), _) => EmptyFoldError { file: path, fold }.into(),
            (None, []) => Error::NoGold { path },
            (None, splits) => EmptySplitError { file: path, splits: splits.to_vec() }.into(),
        });
    }
    say_missing(settings, &tagger, &scored.evaluation);
    say_unannotated(settings, &scored.evaluation);
    let scored = scored.over_annotated(&tagger);
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
    /// Scores the same documents over the labels of the gold mentions, or over the tagger's if there are no mentions.
    fn over_annotated(mut self, tagger: &Tagger) -> Scored {
        let annotated: Vec<Label> = self.evaluation.overall().gold_labels().collect();
        let labels = if annotated.is_empty() { tagger.labels().to_vec() } else { annotated };
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

/// Reports the labels that the tagger found and the gold file does not annotate.
fn say_unannotated(settings: &Settings, evaluation: &Evaluation) {
    let overall = evaluation.overall();
    if overall.gold_labels().next().is_none() {
        return;
    }
    let unannotated: Vec<&str> =
        overall.predicted_labels().filter(|label| overall.label(*label).gold == 0).map(Label::as_str).collect();
    if !unannotated.is_empty() {
        let (file, labels) = (settings.file.display(), unannotated.join(", "));
        notice(&format!("gisa: {file}: these labels are not annotated, and their mentions are not scored: {labels}"));
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

/// Selects the documents of some splits, by default all, and keeps every error.
fn of_split(gold: impl Iterator<Item = Gold> + Send, splits: Vec<String>) -> impl Iterator<Item = Gold> + Send {
    gold.filter(move |gold| splits.is_empty() || gold.as_ref().map_or(true, |document| document.is_in_split(&splits)))
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
