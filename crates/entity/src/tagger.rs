//! The tagger: everything that is read once and shared by all threads.

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gisa_tokenizer::Tokenizer;

use crate::gazetteer::{Gazetteer, Lists, read_user_gazetteer};
use crate::model::Model;
use crate::stage::learned::Learned;
use crate::stage::{self, Stage};
use crate::worker::Worker;
use crate::{Error, Label};

/// Finds the people, places, organisations and dates of Korean news text. Made once, shared by all threads; each
/// thread has its own [`Worker`]. Cloning is cheap.
#[derive(Clone)]
pub struct Tagger {
    pub(crate) shared: Arc<Shared>,
}

/// What the workers share.
pub(crate) struct Shared {
    pub(crate) tokenizer: Tokenizer,
    pub(crate) stages: Vec<Box<dyn Stage>>,
    /// The trained model; without it the stages are all rules.
    pub(crate) learned: Option<Learned>,
    /// What is looked for: the six, or the labels of a model that has some of its own.
    labels: Vec<Label>,
    pub(crate) lists: Arc<Lists>,
    pub(crate) min_confidence: f32,
}

impl Tagger {
    /// Options for a tagger.
    pub fn builder() -> TaggerBuilder {
        TaggerBuilder::default()
    }

    /// A worker for one thread. It owns buffers, so make one and use it for many documents.
    pub fn new_worker(&self) -> Worker {
        Worker::new(self)
    }

    /// The labels that the tagger looks for, in their order: the six, or all labels of a model that has labels of its own.
    /// Names of the user's gazetteers are found beside them, whatever their labels.
    pub fn labels(&self) -> &[Label] {
        &self.shared.labels
    }

    /// The tokenizer that the tagger reads morphemes from.
    pub fn tokenizer(&self) -> &Tokenizer {
        &self.shared.tokenizer
    }
}

/// Options for a [`Tagger`].
#[derive(Clone, Debug, Default)]
pub struct TaggerBuilder {
    dictionary: Option<PathBuf>,
    user_dictionary: Option<PathBuf>,
    gazetteers: Vec<PathBuf>,
    model: ModelChoice,
    min_confidence: f32,
}

/// Which model a tagger has.
#[derive(Clone, Debug, Default)]
enum ModelChoice {
    /// The one that is built in.
    #[default]
    BuiltIn,
    /// One from a file.
    File(PathBuf),
    /// None: rules and lists alone.
    Rules,
}

/// The model that is built in.
static BUILT_IN: &[u8] = include_bytes!("../../../data/models/fast.model");

impl TaggerBuilder {
    /// The folder of the built dictionary; without it the usual places are searched
    /// ([`gisa_tokenizer::Dictionary::find`]).
    #[must_use]
    pub fn dictionary(mut self, path: impl AsRef<Path>) -> TaggerBuilder {
        self.dictionary = Some(path.as_ref().to_owned());
        self
    }

    /// A user dictionary, `surface,tag[,class][,cost]`.
    #[must_use]
    pub fn user_dictionary(mut self, path: impl AsRef<Path>) -> TaggerBuilder {
        self.user_dictionary = Some(path.as_ref().to_owned());
        self
    }

    /// A gazetteer of your own, `form,label[,kind][,name]`; its entries win over everything else. May be called more
    /// than once.
    #[must_use]
    pub fn gazetteer(mut self, path: impl AsRef<Path>) -> TaggerBuilder {
        self.gazetteers.push(path.as_ref().to_owned());
        self
    }

    /// A model of your own, as `gisa train` writes it, instead of the one that is built in. It may have any labels.
    /// Beside one that has labels of its own, the rules for people, dates and times run only as far as it has these labels
    /// too, so that nothing is found that it was not trained for ([`Tagger::labels`]).
    #[must_use]
    pub fn model(mut self, path: impl AsRef<Path>) -> TaggerBuilder {
        self.model = ModelChoice::File(path.as_ref().to_owned());
        self
    }

    /// No model: rules and lists alone.
    #[must_use]
    pub fn rules_only(mut self) -> TaggerBuilder {
        self.model = ModelChoice::Rules;
        self
    }

    /// Leaves out mentions that are less probable than this to be right, from 0 to 1. A user's own names always stay.
    #[must_use]
    pub fn min_confidence(mut self, confidence: f32) -> TaggerBuilder {
        self.min_confidence = confidence;
        self
    }

    /// Opens the dictionary and reads the gazetteers and the model.
    ///
    /// # Errors
    ///
    /// When no dictionary is found or it is damaged, when a row of a user dictionary or gazetteer is wrong (file and
    /// line are named), and when a model's file is cut, altered or of another version.
    pub fn build(self) -> Result<Tagger, Error> {
        let mut tokenizer = Tokenizer::builder();
        if let Some(path) = &self.dictionary {
            tokenizer = tokenizer.dictionary(path);
        }
        if let Some(path) = &self.user_dictionary {
            tokenizer = tokenizer.user_dictionary(path);
        }
        let mut user = Gazetteer::default();
        for path in &self.gazetteers {
            read_user_gazetteer(path, &mut user)?;
        }
        let lists = Arc::new(Lists::embedded());
        let learned = self.model.open()?;
        let labels = labels_of(learned.as_ref().map(Learned::labels));
        let stages = match learned {
            Some(_) => stage::beside_model(&lists, user, &labels),
            None => stage::all(&lists, user),
        };
        let tokenizer = tokenizer.build()?;
        let min_confidence = self.min_confidence;
        Ok(Tagger { shared: Arc::new(Shared { tokenizer, stages, learned, labels, lists, min_confidence }) })
    }
}

impl ModelChoice {
    fn open(&self) -> Result<Option<Learned>, Error> {
        let (bytes, path) = match self {
            ModelChoice::BuiltIn => (Cow::Borrowed(BUILT_IN), Path::new("the built-in model")),
            ModelChoice::File(path) => {
                let bytes = fs::read(path).map_err(|source| Error::Io { path: path.clone(), source })?;
                (Cow::Owned(bytes), path.as_path())
            }
            ModelChoice::Rules => return Ok(None),
        };
        let wrong = |cause| Error::Model { path: path.to_owned(), cause };
        Model::read(bytes).map(|model| Some(Learned::new(model))).map_err(wrong)
    }
}

/// What a tagger looks for whose model has these labels, or that has none. Beside a model of some of the six, people, dates
/// and times are found by rules even if it lacks them, so that the tables have their columns.
fn labels_of(model: Option<&[Label]>) -> Vec<Label> {
    let with_own = model.filter(|labels| labels.iter().any(|label| label.is_own()));
    let mut labels = with_own.unwrap_or(&Label::ALL).to_vec();
    labels.sort_unstable();
    labels.dedup();
    labels
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_with_labels_of_its_own_decides_what_is_looked_for() {
        let event = Label::named("EVENT");
        // What the model has, what is looked for, and how many stages stand beside it.
        for (model, expected, stages) in [
            (None, &Label::ALL[..], 2),
            (Some(&Label::ALL[..]), &Label::ALL, 2),
            (Some(&[Label::Organisation]), &Label::ALL, 2),
            (Some(&[event]), &[event], 0),
            (Some(&[event, Label::Organisation, event]), &[Label::Organisation, event], 0),
            (Some(&[event, Label::Person]), &[Label::Person, event], 1),
            (Some(&[event, Label::Time, Label::Person]), &[Label::Person, Label::Time, event], 2),
        ] {
            let labels = labels_of(model);
            assert_eq!(labels, expected, "{model:?}");
            let lists = Arc::new(Lists::embedded());
            assert_eq!(stage::beside_model(&lists, Gazetteer::default(), &labels).len(), stages, "{model:?}");
        }
    }
}
