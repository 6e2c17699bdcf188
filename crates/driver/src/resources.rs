//! The dictionary and the word lists that the commands share.

use std::path::{Path, PathBuf};

use gisa_entity::Tagger;
use gisa_tokenizer::Tokenizer;

use crate::error::Error;

/// The dictionary, word lists and model to use.
#[derive(Clone, Debug, Default)]
pub struct Resources {
    /// The folder of the built dictionary; by default the usual places are searched.
    pub dictionary: Option<PathBuf>,
    /// Words of the user's own.
    pub user_dictionary: Option<PathBuf>,
    /// Names of the user's own.
    pub gazetteers: Vec<PathBuf>,
    /// The model: a file; by default, and if it is `fast`, the built-in model.
    pub model: Option<PathBuf>,
    /// The confidence below which mentions are left out.
    pub min_confidence: f32,
}

impl Resources {
    /// Builds a tagger with these resources.
    ///
    /// # Errors
    ///
    /// When the dictionary is missing or damaged, or a row of a list is malformed.
    pub fn tagger(&self) -> Result<Tagger, Error> {
        let mut builder = Tagger::builder();
        if let Some(path) = &self.dictionary {
            builder = builder.dictionary(path);
        }
        if let Some(path) = &self.user_dictionary {
            builder = builder.user_dictionary(path);
        }
        for path in &self.gazetteers {
            builder = builder.gazetteer(path);
        }
        match &self.model {
            Some(path) if path.as_os_str() != "fast" => builder = builder.model(path),
            _ => {}
        }
        Ok(builder.min_confidence(self.min_confidence).build()?)
    }

    /// Returns the files that are named: the user dictionary, the gazetteers, and the model where it is a file.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        let model = self.model.iter().filter(|model| model.as_os_str() != "fast");
        self.user_dictionary.iter().chain(&self.gazetteers).chain(model).map(PathBuf::as_path)
    }

    /// Builds a tokenizer with these resources.
    ///
    /// # Errors
    ///
    /// As [`tagger`](Self::tagger).
    pub fn tokenizer(&self) -> Result<Tokenizer, Error> {
        let mut builder = Tokenizer::builder();
        if let Some(path) = &self.dictionary {
            builder = builder.dictionary(path);
        }
        if let Some(path) = &self.user_dictionary {
            builder = builder.user_dictionary(path);
        }
        Ok(builder.build()?)
    }
}
