//! `gisa dictionary`: making, finding and installing the dictionary.

use std::io::Write;
use std::path::{Path, PathBuf};

use gisa_tokenizer::Dictionary;
use gisa_tokenizer::dictionary;

use crate::ExitStatus;
use crate::error::Error;

/// What to do with the dictionary.
#[derive(Clone, Debug)]
pub enum Settings {
    /// Builds it from the pinned package or a source folder.
    Build {
        /// The package or folder.
        from: PathBuf,
        /// The folder to make.
        out: PathBuf,
    },
    /// Says which one is used.
    Path,
    /// Copies it to the user's data folder.
    Install {
        /// The built dictionary; without it, the one that is found.
        from: Option<PathBuf>,
    },
}

/// Does it.
///
/// # Errors
///
/// When a file cannot be read, is not what it should be, or the result cannot be written.
pub fn run(settings: &Settings, out: &mut impl Write) -> Result<ExitStatus, Error> {
    match settings {
        Settings::Build { from, out: folder } => {
            eprintln!("Building the dictionary from {} ...", from.display());
            let report = dictionary::build(from, folder)?;
            tell(out, folder, report.entries)?;
        }
        Settings::Path => {
            let found = Dictionary::find(None)?;
            tell(out, found.path(), found.entries())?;
        }
        Settings::Install { from } => {
            let target = Dictionary::user_data_path().ok_or(Error::NoUserData)?;
            let found = Dictionary::find(from.as_deref())?;
            dictionary::install(&found, &target)?;
            tell(out, &target, found.entries())?;
        }
    }
    out.flush().map_err(Error::Stdout)?;
    Ok(ExitStatus::Done)
}

fn tell(out: &mut impl Write, folder: &Path, entries: usize) -> Result<(), Error> {
    writeln!(out, "{}\t{entries} entries", folder.display()).map_err(Error::Stdout)
}
