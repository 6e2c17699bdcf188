//! The tagger: everything that is read once and shared by all threads.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gisa_tokenizer::Tokenizer;

use crate::gazetteer::{Entry, Gazetteer, GazetteerError, read_user_gazetteer};
use crate::lists::Lists;
use crate::recognizer::model::ModelRecognizer;
use crate::recognizer::{self, Recognizer};
use crate::worker::Worker;
use crate::{Error, Label};
use gisa_model::Model;

/// Finds the people, places, organisations and dates of Korean news text. Made once, shared by all threads; each
/// thread has its own [`Worker`]. Cloning is cheap.
#[derive(Clone)]
pub struct Tagger {
    pub(crate) shared: Arc<Shared>,
}

/// What the workers share.
pub(crate) struct Shared {
    pub(crate) tokenizer: Tokenizer,
    pub(crate) recognizers: Vec<Box<dyn Recognizer>>,
    /// The trained model; without it the recognizers are all rules.
    pub(crate) model: Option<ModelRecognizer>,
    /// What is looked for: the six, or the labels of a model that has some of its own.
    labels: Vec<Label>,
    pub(crate) lists: Arc<Lists>,
    pub(crate) min_confidence: f32,
}

impl std::fmt::Debug for Tagger {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tagger")
            .field("labels", &self.labels())
            .field("tokenizer", &self.tokenizer())
            .finish_non_exhaustive()
    }
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
#[derive(Debug, Default)]
pub struct TaggerBuilder {
    tokenizer: TokenizerChoice,
    user_dictionary: Option<PathBuf>,
    gazetteers: Vec<PathBuf>,
    entries: Vec<Entry>,
    model: ModelChoice,
    min_confidence: f32,
}

/// The tokenizer of a tagger.
#[derive(Debug, Default)]
enum TokenizerChoice {
    /// With the dictionary that is found in the usual places.
    #[default]
    Found,
    /// With the dictionary in a folder.
    Dictionary(PathBuf),
    /// One that exists already.
    Existing(Box<Tokenizer>),
}

/// The model of a tagger.
#[derive(Debug)]
enum ModelChoice {
    /// The one that is part of the crate.
    #[cfg(feature = "fast-model")]
    BuiltIn,
    /// One from a file.
    File(PathBuf),
    /// The bytes of one, with a name for messages.
    Bytes(Vec<u8>, PathBuf),
    /// None: rules and lists alone.
    Rules,
}

#[expect(clippy::derivable_impls, reason = "the default depends on a feature")]
impl Default for ModelChoice {
    fn default() -> ModelChoice {
        #[cfg(feature = "fast-model")]
        return ModelChoice::BuiltIn;
        #[cfg(not(feature = "fast-model"))]
        ModelChoice::Rules
    }
}

impl TaggerBuilder {
    /// Sets the folder of the built dictionary. Without it the usual places are searched
    /// ([`gisa_tokenizer::Dictionary::find`]).
    #[must_use]
    pub fn dictionary(mut self, path: impl AsRef<Path>) -> TaggerBuilder {
        self.tokenizer = TokenizerChoice::Dictionary(path.as_ref().to_owned());
        self
    }

    /// Sets a tokenizer that exists already, with its user dictionary, in place of a dictionary.
    #[must_use]
    pub fn tokenizer(mut self, tokenizer: Tokenizer) -> TaggerBuilder {
        self.tokenizer = TokenizerChoice::Existing(Box::new(tokenizer));
        self
    }

    /// Sets a user dictionary, `surface,tag[,class][,cost]`. A tokenizer that exists already gets it in place of its
    /// own.
    #[must_use]
    pub fn user_dictionary(mut self, path: impl AsRef<Path>) -> TaggerBuilder {
        self.user_dictionary = Some(path.as_ref().to_owned());
        self
    }

    /// Adds a gazetteer of your own, `form,label[,kind][,name]`. Its entries win over everything else.
    #[must_use]
    pub fn gazetteer(mut self, path: impl AsRef<Path>) -> TaggerBuilder {
        self.gazetteers.push(path.as_ref().to_owned());
        self
    }

    /// Reads a gazetteer of your own at once; `name` stands for the file in messages. As [`gazetteer`](Self::gazetteer)
    /// otherwise.
    ///
    /// # Errors
    ///
    /// When reading fails or a row is wrong.
    ///
    /// ```
    /// use gisa_entity::Tagger;
    ///
    /// let rows = "form,label,kind,name\n한빛연,OG,institute,한빛연구원\n";
    /// let builder = Tagger::builder().gazetteer_from_reader(rows.as_bytes(), "rows")?;
    ///
    /// let wrong = Tagger::builder().gazetteer_from_reader("한빛연,ORG\n".as_bytes(), "rows").unwrap_err();
    /// assert!(wrong.to_string().starts_with("rows:1: unknown label"));
    /// # Ok::<(), gisa_entity::Error>(())
    /// ```
    pub fn gazetteer_from_reader(mut self, reader: impl Read, name: impl AsRef<Path>) -> Result<TaggerBuilder, Error> {
        read_user_gazetteer(reader, &mut self.entries).map_err(|error| gazetteer_error(name.as_ref(), error))?;
        Ok(self)
    }

    /// Sets a model of your own, as `gisa train` writes it, in place of the one that is part of the crate. It may have
    /// any labels. Beside one that has labels of its own, the rules for people, dates and times run only as far as it has
    /// these labels too, so that nothing is found that it was not trained for ([`Tagger::labels`]).
    #[must_use]
    pub fn model(mut self, path: impl AsRef<Path>) -> TaggerBuilder {
        self.model = ModelChoice::File(path.as_ref().to_owned());
        self
    }

    /// Reads a model of your own at once; `name` stands for the file in messages. As [`model`](Self::model) otherwise.
    ///
    /// # Errors
    ///
    /// When reading fails. What is wrong with the model is told by [`build`](Self::build).
    pub fn model_from_reader(mut self, mut reader: impl Read, name: impl AsRef<Path>) -> Result<TaggerBuilder, Error> {
        let mut bytes = Vec::new();
        let path = name.as_ref().to_owned();
        match reader.read_to_end(&mut bytes) {
            Ok(_) => self.model = ModelChoice::Bytes(bytes, path),
            Err(source) => return Err(Error::Io { path, source }),
        }
        Ok(self)
    }

    /// Sets no model: rules and lists alone.
    #[must_use]
    pub fn rules_only(mut self) -> TaggerBuilder {
        self.model = ModelChoice::Rules;
        self
    }

    /// Sets the least probability, from 0 to 1, of the mentions that are given. A user's own names are always given.
    #[must_use]
    pub fn min_confidence(mut self, confidence: f32) -> TaggerBuilder {
        self.min_confidence = confidence;
        self
    }

    /// Opens the dictionary and reads the gazetteers and the model.
    ///
    /// # Errors
    ///
    /// When the least confidence is not within 0 and 1; when no dictionary is found or it is damaged; when a row of a
    /// user dictionary or gazetteer is wrong (file and line are named); and when a model's file is cut, altered, of
    /// another version, or was trained with other word lists.
    pub fn build(self) -> Result<Tagger, Error> {
        let min_confidence = self.min_confidence;
        if !(0.0..=1.0).contains(&min_confidence) {
            return Err(Error::Confidence { found: min_confidence });
        }
        let mut entries = self.entries;
        for path in &self.gazetteers {
            let file = File::open(path).map_err(|source| Error::Io { path: path.clone(), source })?;
            read_user_gazetteer(file, &mut entries).map_err(|error| gazetteer_error(path, error))?;
        }
        let user: Gazetteer = entries.into_iter().collect();
        let lists = Arc::new(Lists::embedded());
        let model = self.model.open()?;
        let labels = labels_of(model.as_ref().map(ModelRecognizer::labels));
        let recognizers = match model {
            Some(_) => recognizer::beside_model(&lists, user, &labels),
            None => recognizer::all(&lists, user),
        };
        let tokenizer = self.tokenizer.open(self.user_dictionary.as_deref())?;
        Ok(Tagger { shared: Arc::new(Shared { tokenizer, recognizers, model, labels, lists, min_confidence }) })
    }
}

fn gazetteer_error(path: &Path, error: GazetteerError) -> Error {
    let path = path.to_owned();
    match error {
        GazetteerError::Io(source) => Error::Io { path, source },
        GazetteerError::Line(line, cause) => Error::Line { path, line, cause },
    }
}

impl TokenizerChoice {
    fn open(self, user_dictionary: Option<&Path>) -> Result<Tokenizer, Error> {
        let mut builder = Tokenizer::builder();
        match self {
            TokenizerChoice::Found => {}
            TokenizerChoice::Dictionary(path) => builder = builder.dictionary(path),
            TokenizerChoice::Existing(tokenizer) => {
                return match user_dictionary {
                    Some(path) => Ok(tokenizer.with_user_dictionary(path)?),
                    None => Ok(*tokenizer),
                };
            }
        }
        if let Some(path) = user_dictionary {
            builder = builder.user_dictionary(path);
        }
        Ok(builder.build()?)
    }
}

impl ModelChoice {
    fn open(self) -> Result<Option<ModelRecognizer>, Error> {
        let (model, path) = match self {
            #[cfg(feature = "fast-model")]
            ModelChoice::BuiltIn => (Model::fast(), PathBuf::from("the built-in model")),
            ModelChoice::File(path) => {
                let bytes = fs::read(&path).map_err(|source| Error::Io { path: path.clone(), source })?;
                (Model::read(Cow::Owned(bytes)), path)
            }
            ModelChoice::Bytes(bytes, path) => (Model::read(Cow::Owned(bytes)), path),
            ModelChoice::Rules => return Ok(None),
        };
        match model {
            Ok(model) => Ok(Some(ModelRecognizer::new(model))),
            Err(cause) => Err(Error::Model { path, cause }),
        }
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
        // What the model has, what is looked for, and how many recognizers stand beside it.
        for (model, expected, recognizers) in [
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
            assert_eq!(recognizer::beside_model(&lists, Gazetteer::default(), &labels).len(), recognizers, "{model:?}");
        }
    }
}
