//! `gisa train`: makes a model of texts with mentions.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use gisa_gold::{GoldDocument, GoldFormat, GoldReader};
use gisa_train::Texts;
use serde::Deserialize;

use crate::error::{Cause, Error};
use crate::exit::ExitStatus;
use crate::fold::{EmptyFoldError, EmptySplitError, Fold};
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
    /// The splits to learn from, of the files whose documents have one; all if there are none.
    pub splits: Vec<String>,
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
    let texts = inputs.read(settings)?;
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

    fn read(&self, settings: &Settings) -> Result<Texts, Error> {
        let part = Part { splits: &settings.splits, without: settings.without_fold };
        let all = |files: &[Input]| -> Result<_, Error> {
            let read = files.iter().map(|file| gold(file, Part::default())).collect::<Result<Vec<_>, _>>()?;
            Ok(read.concat())
        };
        Ok(Texts {
            gold: self.gold.iter().map(|file| gold(file, part)).collect::<Result<_, _>>()?,
            hints: all(&self.hints)?,
            silver: all(&self.silver)?,
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

/// The part of a gold file to learn from.
#[derive(Clone, Copy, Default)]
struct Part<'p> {
    splits: &'p [String],
    without: Option<Fold>,
}

/// Reads the documents of a gold file with the labels of the file: those of the splits, if the file has splits, without the
/// fold of them that is held out.
fn gold(input: &Input, Part { splits, without }: Part<'_>) -> Result<Vec<GoldDocument<String>>, Error> {
    let format = GoldFormat::from_path(input.uncompressed().unwrap_or_default()).unwrap_or(GoldFormat::JsonLines);
    let named = || PathBuf::from(input.position().file);
    let documents = GoldReader::with_any_labels(read::open_required(input)?, named(), format);
    let mut documents: Vec<GoldDocument<String>> = documents.collect::<Result<_, _>>()?;
    if !splits.is_empty() && documents.iter().any(|document| document.split.is_some()) {
        documents.retain(|document| document.split.as_ref().is_some_and(|split| splits.contains(split)));
        if documents.is_empty() {
            return Err(EmptySplitError { file: named(), splits: splits.to_vec() }.into());
        }
    }
    if documents.is_empty() {
        return Err(Error::NoGold { path: named() });
    }
    if let Some(fold) = without {
        let mut index = 0..;
        documents.retain(|_| !index.next().is_some_and(|index| fold.contains(index)));
        if documents.is_empty() {
            return Err(EmptyFoldError { file: named(), fold }.into());
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
