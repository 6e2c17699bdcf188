//! `gisa train`: makes a model of texts with mentions.

use std::collections::HashSet;
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
        let all = |files: &[Input]| Ok::<_, Error>(annotations(files)?.concat());
        let annotations = annotations(&self.gold)?;
        let mut held_out: HashSet<String> = origins(&annotations).map(str::to_owned).collect();
        let part = Part { splits: &settings.splits, without: settings.without_fold };
        let gold = self.select_gold(annotations, part)?;
        for origin in origins(&gold) {
            held_out.remove(origin);
        }
        Ok(Texts {
            gold,
            hints: all(&self.hints)?,
            silver: all(&self.silver)?,
            unlabelled: unlabelled(&self.unlabelled, &held_out)?,
        })
    }

    /// Selects a part of each gold file.
    fn select_gold(&self, annotations: Vec<Annotation>, part: Part<'_>) -> Result<Vec<Annotation>, Error> {
        let mut has_splits = annotations.iter().map(|documents| has_splits(documents));
        if let Some(first) = self.gold.first()
            && !part.splits.is_empty()
            && !has_splits.any(|has_splits| has_splits)
        {
            return Err(EmptySplitError { file: name(first), splits: part.splits.to_vec() }.into());
        }
        let files = self.gold.iter().zip(annotations);
        files.map(|(file, documents)| part.select(documents, &name(file))).collect()
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

/// The documents of a gold file, with the labels of the file.
type Annotation = Vec<GoldDocument<String>>;

/// The part of a gold file to learn from.
#[derive(Clone, Copy)]
struct Part<'p> {
    splits: &'p [String],
    without: Option<Fold>,
}

impl Part<'_> {
    /// Selects the documents of the splits, if the file has splits, without the fold of them that is held out.
    fn select(self, mut documents: Annotation, file: &Path) -> Result<Annotation, Error> {
        if !self.splits.is_empty() && has_splits(&documents) {
            documents.retain(|document| document.is_in_split(self.splits));
            if documents.is_empty() {
                return Err(EmptySplitError { file: file.to_owned(), splits: self.splits.to_vec() }.into());
            }
        }
        if let Some(fold) = self.without {
            let numbered = documents.into_iter().enumerate();
            documents = numbered.filter(|(index, _)| !fold.contains(*index)).map(|(_, document)| document).collect();
            if documents.is_empty() {
                return Err(EmptyFoldError { file: file.to_owned(), fold }.into());
            }
        }
        Ok(documents)
    }
}

fn has_splits(documents: &[GoldDocument<String>]) -> bool {
    documents.iter().any(|document| document.split.is_some())
}

/// Returns the ids of the texts in the corpora they were taken from.
fn origins(annotations: &[Annotation]) -> impl Iterator<Item = &str> {
    annotations.iter().flatten().filter_map(|document| document.origin.as_deref())
}

/// Returns the name of a file in messages.
fn name(input: &Input) -> PathBuf {
    PathBuf::from(input.position().file)
}

/// Reads the documents of each gold file.
fn annotations(files: &[Input]) -> Result<Vec<Annotation>, Error> {
    files.iter().map(annotation).collect()
}

/// Reads the documents of a gold file.
fn annotation(input: &Input) -> Result<Annotation, Error> {
    let format = GoldFormat::from_path(input.uncompressed().unwrap_or_default()).unwrap_or(GoldFormat::JsonLines);
    let documents = GoldReader::with_any_labels(read::open_required(input)?, name(input), format);
    let documents = documents.collect::<Result<Annotation, _>>()?;
    if documents.is_empty() { Err(Error::NoGold { path: name(input) }) } else { Ok(documents) }
}

/// A line of a file of unlabelled texts.
#[derive(Deserialize)]
struct Article {
    id: Option<serde_json::Value>,
    title: Option<String>,
    text: String,
}

impl Article {
    /// Returns whether the article is one of the texts with these ids.
    fn is_among(&self, ids: &HashSet<String>) -> bool {
        match &self.id {
            Some(serde_json::Value::String(id)) => ids.contains(id),
            Some(id) => ids.contains(&id.to_string()),
            None => false,
        }
    }

    /// Returns the title and the text, with an empty line between them, as annotated articles have them.
    fn into_text(self) -> String {
        match self.title.filter(|title| !title.is_empty()) {
            Some(title) => format!("{title}\n\n{}", self.text),
            None => self.text,
        }
    }
}

/// Reads the texts of JSON Lines files, without those that are held out of the gold files.
fn unlabelled(files: &[Input], held_out: &HashSet<String>) -> Result<Vec<String>, Error> {
    let mut texts = Vec::new();
    for input in files {
        for (number, line) in Lines::new(read::open_required(input)?) {
            let position = input.position().line(number);
            let line = line.map_err(|cause| cause.at(&position))?;
            if line.trim().is_empty() {
                continue;
            }
            let article: Article = serde_json::from_str(&line).map_err(|error| Cause::Json(error).at(&position))?;
            if !article.is_among(held_out) {
                texts.push(article.into_text());
            }
        }
    }
    Ok(texts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unlabelled_texts_that_are_held_out_are_recognized() {
        let held_out = HashSet::from(["a-1".to_owned(), "7".to_owned()]);
        for (line, expected) in [
            (r#"{"id": "a-1", "text": "비가 왔다."}"#, None),
            (r#"{"id": 7, "text": "비가 왔다."}"#, None),
            (r#"{"id": "a-2", "text": "비가 왔다."}"#, Some("비가 왔다.")),
            (r#"{"title": "날씨", "text": "비가 왔다."}"#, Some("날씨\n\n비가 왔다.")),
            (r#"{"title": "", "text": "비가 왔다."}"#, Some("비가 왔다.")),
            (r#"{"title": null, "text": "비가 왔다."}"#, Some("비가 왔다.")),
        ] {
            let article: Article = serde_json::from_str(line).unwrap();
            let text = (!article.is_among(&held_out)).then(|| article.into_text());
            assert_eq!(text.as_deref(), expected, "{line}");
        }
    }
}
