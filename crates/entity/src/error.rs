//! What can go wrong before a document is read: with the dictionary, the gazetteers, or a file of gold mentions.

use std::io;
use std::path::PathBuf;

/// An error of the tagger's resources or of a gold file. The message names the file and the line.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The dictionary or the user dictionary.
    #[error(transparent)]
    Tokenizer(#[from] gisa_tokenizer::Error),
    /// A file could not be read.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A model's file is not what it should be.
    #[error("{}: {cause}", path.display())]
    Model {
        /// The file.
        path: PathBuf,
        /// What is wrong and what is expected.
        #[source]
        cause: gisa_model::ModelError,
    },
    /// The least confidence is no probability.
    #[error("expected a least confidence from 0 to 1, found {found}")]
    Confidence {
        /// What was asked for.
        found: f32,
    },
    /// A line of a file is not what it should be.
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
