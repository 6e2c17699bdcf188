//! `gisa train`: makes a model of texts with mentions.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use gisa_gold::{GoldDocument, GoldFormat, GoldReader};
use gisa_train::Texts;
use serde::Deserialize;

use crate::error::{Cause, Error};
use crate::exit::ExitStatus;
use crate::fold::{EmptyFoldError, Fold};
use crate::input::{Input, Inputs};
use crate::notice::notice;
use crate::output::OutputFile;
use crate::read::{self, Lines};
use crate::resources::Resources;

/// What to train on, and where to write the model.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Texts with the mentions to learn: KLUE-NER (`.tsv`) or JSON Lines (`.jsonl`).
    pub gold: Vec<PathBuf>,
    /// The fold of each of them that is held out, to score the model on.
    pub without_fold: Option<Fold>,
    /// The same texts with the mentions of another annotation.
    pub hints: Vec<PathBuf>,
    /// Further texts with the mentions of that other annotation.
    pub silver: Vec<PathBuf>,
    /// Texts without mentions: JSON Lines with `text`.
    pub unlabelled: Vec<PathBuf>,
    /// The model file to write.
    pub out: PathBuf,
    /// The settings of the training.
    pub training: gisa_train::TrainingSettings,
    /// The number of threads; by default one per core.
    pub threads: Option<usize>,
    /// The dictionary and word lists.
    pub resources: Resources,
}

/// Trains and writes the model. Progress goes to the standard error.
///
/// # Errors
///
/// When a file cannot be read or has a malformed line (both are named), when there is nothing to learn, and when the
/// model cannot be written; this is checked before the training.
pub fn run(settings: &Settings) -> Result<ExitStatus, Error> {
    let tokenizer = settings.resources.tokenizer()?;
    let inputs = TrainingInputs::find(settings)?;
    let model = OutputFile::new(&settings.out, inputs.paths().chain(settings.resources.files()))?;
    if let Some(folder) = &settings.training.work {
        check_folder(folder).map_err(Error::output(folder))?;
    }
    let texts = inputs.read(settings.without_fold)?;
    let mut pool = rayon::ThreadPoolBuilder::new();
    if let Some(threads) = settings.threads {
        pool = pool.num_threads(threads);
    }
    let pool = pool.build().map_err(Error::Threads)?;
    let mut say = |line: String| notice(&line);
    let trained = pool.install(|| gisa_train::train(&tokenizer, &texts, &settings.training, &mut say));
    let bytes = trained.map_err(Error::Train)?;
    model.write(&bytes)?;
    notice(&format!("{}: {} bytes", settings.out.display(), bytes.len()));
    Ok(ExitStatus::Done)
}

/// Creates the folder if it does not exist, and checks that files can be created in it.
fn check_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    tempfile::tempfile_in(folder).map(drop)
}

/// The files to read, found before anything is read.
struct TrainingInputs {
    gold: Vec<Input>,
    hints: Vec<Input>,
    silver: Vec<Input>,
    unlabelled: Vec<Input>,
}

impl TrainingInputs {
    fn find(settings: &Settings) -> Result<TrainingInputs, Error> {
        Ok(TrainingInputs {
            gold: files(&settings.gold)?,
            hints: files(&settings.hints)?,
            silver: files(&settings.silver)?,
            unlabelled: files(&settings.unlabelled)?,
        })
    }

    fn paths(&self) -> impl Iterator<Item = &Path> {
        let files = [&self.gold, &self.hints, &self.silver, &self.unlabelled].into_iter().flatten();
        files.filter_map(|input| input.path.as_deref())
    }

    fn read(&self, without: Option<Fold>) -> Result<Texts, Error> {
        Ok(Texts {
            gold: gold(&self.gold, without)?,
            hints: gold(&self.hints, None)?,
            silver: gold(&self.silver, None)?,
            unlabelled: unlabelled(&self.unlabelled)?,
        })
    }
}

fn files(paths: &[PathBuf]) -> Result<Vec<Input>, Error> {
    if paths.is_empty() {
        return Ok(Vec::new());
    }
    let inputs = Inputs::find(paths)?;
    match inputs.failures.into_iter().next() {
        Some(failure) => Err(failure.into()),
        None => Ok(inputs.files),
    }
}

/// Reads all documents of gold files with the labels of the files, without the fold that is held out of each.
fn gold(files: &[Input], without: Option<Fold>) -> Result<Vec<GoldDocument<String>>, Error> {
    let mut documents = Vec::new();
    for input in files {
        let format = GoldFormat::from_path(input.uncompressed().unwrap_or_default()).unwrap_or(GoldFormat::JsonLines);
        let before = documents.len();
        let named = || PathBuf::from(input.position().file);
        for (index, document) in GoldReader::with_any_labels(read::open_required(input)?, named(), format).enumerate() {
            let document = document?;
            if !without.is_some_and(|fold| fold.contains(index)) {
                documents.push(document);
            }
        }
        if documents.len() == before {
            return Err(match without {
                Some(fold) => EmptyFoldError { file: named(), fold }.into(),
                None => Error::NoGold { path: named() },
            });
        }
    }
    Ok(documents)
}

#[derive(Deserialize)]
struct Article {
    text: String,
}

/// Reads the texts of JSON Lines files.
fn unlabelled(files: &[Input]) -> Result<Vec<String>, Error> {
    let mut texts = Vec::new();
    for input in files {
        for (number, line) in Lines::new(read::open_required(input)?) {
            let position = input.position().line(number);
            let line = line.map_err(|cause| cause.at(&position))?;
            if line.trim().is_empty() {
                continue;
            }
            let article: Article = serde_json::from_str(&line).map_err(|error| Cause::Json(error).at(&position))?;
            texts.push(article.text);
        }
    }
    Ok(texts)
}
