//! `gisa train`: makes a model of texts with mentions.

use std::fs;
use std::io::BufRead;
use std::path::{Path, PathBuf};

use gisa_entity::gold::{GoldDocument, GoldFormat, GoldReader};
use gisa_entity::train::{self, Texts};
use serde::Deserialize;

use crate::error::{Cause, Error};
use crate::exit::ExitStatus;
use crate::input::{Input, Inputs};
use crate::notice::notice;
use crate::progress::Progress;
use crate::read::{self, Lines};
use crate::resources::Resources;

/// What to train on, and where the model goes.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Texts with the mentions to learn: KLUE-NER (`.tsv`) or JSON Lines (`.jsonl`).
    pub gold: Vec<PathBuf>,
    /// The same texts with the mentions of another annotation.
    pub hints: Vec<PathBuf>,
    /// Further texts with the mentions of that other annotation.
    pub silver: Vec<PathBuf>,
    /// Texts without mentions: JSON Lines with `text`.
    pub unlabelled: Vec<PathBuf>,
    /// The model file to write.
    pub out: PathBuf,
    /// How to train.
    pub training: train::Settings,
    /// The number of threads; without it, as many as the machine has.
    pub threads: Option<usize>,
    /// The dictionary and word lists.
    pub resources: Resources,
}

/// Trains and writes the model. Progress goes to the standard error.
///
/// # Errors
///
/// When a file cannot be read or has a line that is wrong (both are named), when there is nothing to learn, and when the
/// model cannot be written.
pub fn run(settings: &Settings) -> Result<ExitStatus, Error> {
    let tokenizer = settings.resources.tokenizer()?;
    let texts = Texts {
        gold: gold(&settings.gold)?,
        hints: gold(&settings.hints)?,
        silver: gold(&settings.silver)?,
        unlabelled: unlabelled(&settings.unlabelled)?,
    };
    let mut pool = rayon::ThreadPoolBuilder::new();
    if let Some(threads) = settings.threads {
        pool = pool.num_threads(threads);
    }
    let pool = pool.build().map_err(Error::Threads)?;
    let mut say = |line: String| notice(&line);
    let trained = pool.install(|| train::train(&tokenizer, &texts, &settings.training, &mut say));
    let bytes = trained.map_err(Error::Train)?;
    write(&settings.out, &bytes).map_err(|source| Error::Output { path: settings.out.clone(), source })?;
    notice(&format!("{}: {} bytes", settings.out.display(), bytes.len()));
    Ok(ExitStatus::Done)
}

/// Writes beside and renames, so that there is never half a model.
fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let part = path.with_extension("part");
    fs::write(&part, bytes)?;
    fs::rename(part, path)
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

fn open(input: &Input) -> Result<impl BufRead + Send + use<>, Error> {
    let named = || PathBuf::from(input.place().file);
    read::open(input, &Progress::hidden()).map_err(|source| Error::Input { path: named(), source })
}

/// All documents of gold files, with whatever labels they have.
fn gold(paths: &[PathBuf]) -> Result<Vec<GoldDocument<String>>, Error> {
    let mut documents = Vec::new();
    for input in files(paths)? {
        let format = GoldFormat::from_path(input.uncompressed().unwrap_or_default()).unwrap_or(GoldFormat::JsonLines);
        let before = documents.len();
        for document in GoldReader::with_any_labels(open(&input)?, input.place().file, format) {
            documents.push(document?);
        }
        if documents.len() == before {
            return Err(Error::NoGold { path: PathBuf::from(input.place().file) });
        }
    }
    Ok(documents)
}

#[derive(Deserialize)]
struct Article {
    text: String,
}

/// The texts of JSON Lines files.
fn unlabelled(paths: &[PathBuf]) -> Result<Vec<String>, Error> {
    let mut texts = Vec::new();
    for input in files(paths)? {
        for (number, line) in Lines::new(open(&input)?) {
            let place = input.place().line(number);
            let line = line.map_err(|cause| cause.at(&place))?;
            if line.trim().is_empty() {
                continue;
            }
            let article: Article = serde_json::from_str(&line).map_err(|error| Cause::Json(error).at(&place))?;
            texts.push(article.text);
        }
    }
    Ok(texts)
}
