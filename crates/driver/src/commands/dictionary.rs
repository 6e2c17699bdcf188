//! `gisa dictionary`: making, finding and installing the dictionary.

use std::io::Write;
use std::path::{Path, PathBuf};

use gisa_tokenizer::dictionary::{self, ContextIds};
use gisa_tokenizer::{Dictionary, HopelessEntry, Tokenizer};

use crate::error::Error;
use crate::exit::ExitStatus;
use crate::notice::notice;

/// A task with the dictionary.
#[derive(Clone, Debug)]
pub enum Settings {
    /// Builds it from the pinned package or a source folder.
    Build {
        /// The package or folder.
        from: PathBuf,
        /// The folder to create.
        out: PathBuf,
        /// Whether equivalent context ids are merged; unmerged ids are for comparisons.
        contexts: ContextIds,
    },
    /// Writes its source for other analysers.
    Export {
        /// The package or folder.
        from: PathBuf,
        /// The folder for the files.
        out: PathBuf,
    },
    /// Prints the folder of the one in use.
    Path,
    /// Lists the entries of a user dictionary that can never be chosen.
    Check {
        /// The user dictionary.
        file: PathBuf,
    },
    /// Copies it to the user's data folder.
    Install {
        /// The built dictionary; by default the one in use.
        from: Option<PathBuf>,
    },
}

/// Runs the task.
///
/// # Errors
///
/// When a file cannot be read, is malformed, or the result cannot be written.
pub fn run(settings: &Settings, out: &mut impl Write) -> Result<ExitStatus, Error> {
    match settings {
        Settings::Build { from, out: folder, contexts } => {
            notice(&format!("Building the dictionary from {} ...", from.display()));
            let report = dictionary::build(from, folder, *contexts)?;
            tell(out, folder, report.entries)?;
        }
        Settings::Export { from, out: folder } => {
            dictionary::export(from, folder)?;
            writeln!(out, "{}", folder.display()).map_err(Error::Stdout)?;
        }
        Settings::Path => {
            let found = Dictionary::find(None)?;
            tell(out, found.path(), found.entries())?;
        }
        Settings::Check { file } => check(file, out)?,
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

fn check(file: &Path, out: &mut impl Write) -> Result<(), Error> {
    let tokenizer = Tokenizer::builder().user_dictionary(file).build()?;
    for HopelessEntry { line, surface, tag, instead, .. } in tokenizer.hopeless_user_entries() {
        let instead: Vec<String> = instead.iter().map(|(surface, tag)| format!("{surface}/{tag}")).collect();
        writeln!(out, "{}:{line}: {surface}/{tag} is never chosen: {} is cheaper", file.display(), instead.join(" "))
            .map_err(Error::Stdout)?;
    }
    Ok(())
}

fn tell(out: &mut impl Write, folder: &Path, entries: usize) -> Result<(), Error> {
    writeln!(out, "{}\t{entries} entries", folder.display()).map_err(Error::Stdout)
}
