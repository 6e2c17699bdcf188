//! Errors of the tagger's resources: the dictionary, the gazetteers and the model.

use std::io;
use std::path::PathBuf;

/// An error of the tagger's resources. The message names the file and, where there is one, the line.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The dictionary or the user dictionary could not be opened.
    #[error(transparent)]
    Tokenizer(#[from] gisa_tokenizer::Error),
    /// A file could not be read.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
    /// A model file is malformed, or does not belong to this version or its word lists.
    #[error("{}: {cause}", path.display())]
    Model {
        /// The file.
        path: PathBuf,
        /// What is wrong and what is expected.
        #[source]
        cause: gisa_model::ModelError,
    },
    /// No model was set, and the crate was built without the feature `fast-model`.
    #[error("no model: set one with TaggerBuilder::model, or build gisa-entity with its feature fast-model")]
    NoModel,
    /// The minimum confidence is not a probability.
    #[error("expected a least confidence from 0 to 1, found {found}")]
    Confidence {
        /// The value that was set.
        found: f32,
    },
    /// A line of a file is malformed.
    #[error("{}:{line}: {cause}", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: u64,
        /// What is wrong and what is expected.
        cause: String,
    },
}
