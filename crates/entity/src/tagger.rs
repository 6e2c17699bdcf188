//! The tagger: the resources that all threads share, and the options for building it.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gisa_tokenizer::Tokenizer;

use crate::error::Error;
use crate::gazetteer::{Entry, GazetteerError, read_user_gazetteer};
use crate::lists::Lists;
use crate::recognizer::gazetteer::GazetteerRecognizer;
use crate::recognizer::model::ModelRecognizer;
use crate::recognizer::temporal::TemporalRecognizer;
use crate::worker::Worker;
use gisa_model::Model;
use gisa_text::Label;

/// Recognizes the people, places, organisations and dates of Korean news text.
///
/// A tagger is built once and shared by all threads; each thread has its own [`Worker`]. Cloning is cheap.
#[derive(Clone)]
pub struct Tagger {
    pub(crate) shared: Arc<Shared>,
}

/// The state that all workers share.
pub(crate) struct Shared {
    pub(crate) tokenizer: Tokenizer,
    pub(crate) model: ModelRecognizer,
    /// The names of the user's gazetteers.
    pub(crate) user: GazetteerRecognizer,
    /// The recognizer of dates and times, if these are among the labels.
    pub(crate) temporal: Option<TemporalRecognizer>,
    /// The labels of the mentions: KLUE-NER's six, or those of a model that has labels of its own.
    labels: Vec<Label>,
    pub(crate) lists: Lists,
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
    /// Returns the options for building a tagger.
    pub fn builder() -> TaggerBuilder {
        TaggerBuilder::default()
    }

    /// Creates a worker for one thread. It owns buffers, so it should be reused for many documents.
    pub fn new_worker(&self) -> Worker {
        Worker::new(self)
    }

    /// Returns the labels that the tagger recognizes, in order: KLUE-NER's six, or those of a model that has labels of
    /// its own. Names of the user's gazetteers are recognized in addition, whatever their labels.
    pub fn labels(&self) -> &[Label] {
        &self.shared.labels
    }

    /// Returns the tokenizer of the tagger.
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
    /// Opened with the dictionary found in the usual places.
    #[default]
    Found,
    /// Opened with the dictionary in a folder.
    Dictionary(PathBuf),
    /// An existing tokenizer.
    Existing(Box<Tokenizer>),
}

/// The model of a tagger: by default the built-in one, if the crate has it.
#[derive(Debug, Default)]
enum ModelChoice {
    /// The built-in model.
    #[cfg(feature = "fast-model")]
    #[default]
    BuiltIn,
    /// A model file.
    File(PathBuf),
    /// The bytes of a model file, with a name for messages.
    Bytes(Vec<u8>, PathBuf),
    /// None yet: a crate built without a model needs one before it builds a tagger.
    #[cfg(not(feature = "fast-model"))]
    #[default]
    Missing,
}

impl TaggerBuilder {
    /// Sets the folder of the built dictionary. Without it the usual places are searched
    /// ([`gisa_tokenizer::Dictionary::find`]).
    #[must_use]
    pub fn dictionary(mut self, path: impl AsRef<Path>) -> TaggerBuilder {
        self.tokenizer = TokenizerChoice::Dictionary(path.as_ref().to_owned());
        self
    }

    /// Sets an existing tokenizer, with its user dictionary, instead of a dictionary.
    #[must_use]
    pub fn tokenizer(mut self, tokenizer: Tokenizer) -> TaggerBuilder {
        self.tokenizer = TokenizerChoice::Existing(Box::new(tokenizer));
        self
    }

    /// Sets the user dictionary, a CSV file of rows `surface,tag[,class][,cost]`. It replaces that of an existing
    /// tokenizer.
    #[must_use]
    pub fn user_dictionary(mut self, path: impl AsRef<Path>) -> TaggerBuilder {
        self.user_dictionary = Some(path.as_ref().to_owned());
        self
    }

    /// Adds a user gazetteer, a CSV file of rows `form,label[,kind][,name]`, whose entries have precedence over all
    /// other mentions.
    #[must_use]
    pub fn gazetteer(mut self, path: impl AsRef<Path>) -> TaggerBuilder {
        self.gazetteers.push(path.as_ref().to_owned());
        self
    }

    /// Adds a user gazetteer as [`gazetteer`](Self::gazetteer) does, but reads it immediately; `name` is its name in
    /// messages.
    ///
    /// # Errors
    ///
    /// If reading fails or a row is malformed.
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

    /// Sets the model file, as `gisa train` writes it, instead of the built-in model.
    ///
    /// The model may have any labels. If it has labels of its own, dates and times are read by their forms only if it
    /// has their labels too ([`Tagger::labels`]).
    #[must_use]
    pub fn model(mut self, path: impl AsRef<Path>) -> TaggerBuilder {
        self.model = ModelChoice::File(path.as_ref().to_owned());
        self
    }

    /// Sets the model as [`model`](Self::model) does, but reads its file immediately; `name` is its name in messages.
    ///
    /// # Errors
    ///
    /// If reading fails. A malformed model is an error of [`build`](Self::build).
    pub fn model_from_reader(mut self, mut reader: impl Read, name: impl AsRef<Path>) -> Result<TaggerBuilder, Error> {
        let mut bytes = Vec::new();
        let path = name.as_ref().to_owned();
        match reader.read_to_end(&mut bytes) {
            Ok(_) => self.model = ModelChoice::Bytes(bytes, path),
            Err(source) => return Err(Error::Io { path, source }),
        }
        Ok(self)
    }

    /// Sets the minimum confidence of mentions, from 0 to 1. Names of the user's gazetteers are not subject to it. A
    /// surname that refers to a full name of the document is as sure as the surer of the two.
    #[must_use]
    pub fn min_confidence(mut self, confidence: f32) -> TaggerBuilder {
        self.min_confidence = confidence;
        self
    }

    /// Opens the dictionary and reads the gazetteers and the model.
    ///
    /// # Errors
    ///
    /// If the minimum confidence is not within 0 and 1; if the crate was built without the feature `fast-model` and no
    /// model was set; if no dictionary is found or it is damaged; if a row of a user
    /// dictionary or gazetteer is malformed (the message names file and line); and if a model file is truncated,
    /// altered, of another version, or was trained with other word lists.
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
        let user = GazetteerRecognizer::new(entries.into_iter().collect());
        let lists = Lists::embedded();
        let model = self.model.open()?;
        let labels = labels_of(model.labels());
        let temporal = TemporalRecognizer::among(&labels);
        let tokenizer = self.tokenizer.open(self.user_dictionary.as_deref())?;
        Ok(Tagger { shared: Arc::new(Shared { tokenizer, model, user, temporal, labels, lists, min_confidence }) })
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
    fn open(self) -> Result<ModelRecognizer, Error> {
        let (model, path) = match self {
            #[cfg(feature = "fast-model")]
            ModelChoice::BuiltIn => (Model::fast(), PathBuf::from("the built-in model")),
            ModelChoice::File(path) => {
                let bytes = fs::read(&path).map_err(|source| Error::Io { path: path.clone(), source })?;
                (Model::read(Cow::Owned(bytes)), path)
            }
            ModelChoice::Bytes(bytes, path) => (Model::read(Cow::Owned(bytes)), path),
            #[cfg(not(feature = "fast-model"))]
            ModelChoice::Missing => return Err(Error::NoModel),
        };
        match model {
            Ok(model) => Ok(ModelRecognizer::new(model)),
            Err(cause) => Err(Error::Model { path, cause }),
        }
    }
}

/// Returns the labels of a tagger whose model has these labels: all six if it has some of them and no others, since
/// dates and times are read by their forms even if the model lacks them.
fn labels_of(model: &[Label]) -> Vec<Label> {
    let has_own = model.iter().any(|label| label.is_own());
    let mut labels = if has_own { model } else { &Label::ALL }.to_vec();
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
        // What the model has, what is looked for, and whether dates or times are read by their forms.
        for (model, expected, temporal) in [
            (&Label::ALL[..], &Label::ALL[..], true),
            (&[Label::Organisation], &Label::ALL, true),
            (&[event], &[event], false),
            (&[event, Label::Organisation, event], &[Label::Organisation, event], false),
            (&[event, Label::Time, Label::Person], &[Label::Person, Label::Time, event], true),
        ] {
            let labels = labels_of(model);
            assert_eq!(labels, expected, "{model:?}");
            assert_eq!(TemporalRecognizer::among(&labels).is_some(), temporal, "{model:?}");
        }
    }
}
