//! Errors of the dictionary and the user dictionary, before any text is read. Analysing a text never fails.

use std::io;
use std::path::{Path, PathBuf};

/// An error of the dictionary or the user dictionary. The message names the file, the line where there is one, and
/// what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder could not be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// No dictionary in any of the places of the search.
    #[error(
        "no dictionary found; looked in {}. `make dictionary` builds one (or: gisa dictionary build --from FILE --out dictionaries/ko-dic)",
        places(.looked_in)
    )]
    NoDictionary {
        /// The places, in the order of the search.
        looked_in: Vec<PathBuf>,
    },
    /// A file that is altered, truncated, of another version or malformed.
    #[error("{}: {cause}", path.display())]
    Malformed {
        /// The file or folder.
        path: PathBuf,
        /// What was expected, what was found, and what to do.
        cause: String,
    },
    /// An invalid row of a user dictionary.
    #[error("{}:{line}: {cause}", path.display())]
    UserDictionary {
        /// The user dictionary's file.
        path: PathBuf,
        /// The line, counted from 1.
        line: u64,
        /// What is wrong with it and what is expected.
        cause: String,
    },
}

/// What to do about a dictionary that is damaged or of another version.
pub(crate) const REBUILD: &str = "run `make dictionary` to build it again";

impl Error {
    /// Returns whether there is no dictionary, rather than one that cannot be opened.
    pub const fn is_not_found(&self) -> bool {
        matches!(self, Error::NoDictionary { .. })
    }

    pub(crate) fn io(path: &Path) -> impl FnOnce(io::Error) -> Error + '_ {
        move |source| Error::Io { path: path.to_owned(), source }
    }

    pub(crate) fn malformed(path: &Path, cause: impl Into<String>) -> Error {
        Error::Malformed { path: path.to_owned(), cause: cause.into() }
    }
}

fn places(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
}
