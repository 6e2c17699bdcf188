//! The stamp of a run of `gisa extract`: by it `--if-changed` knows whether the tables in the output folder are still
//! those of the inputs, and how the run that made them ended.
//!
//! The stamp is the file `.made` in the output folder. It holds a digest of all that the tables depend on: the
//! settings, the files to read, the files that options name, the dictionary, and the program. Files are not read for
//! it: their paths, sizes and times of last change are compared. What else lies in the folders of the inputs has no
//! part in it, so the tables may be among the articles.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use gisa_tokenizer::Dictionary;
use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::exit::ExitStatus;
use crate::input::Inputs;
use crate::resources::Resources;
use crate::rows::table::Table;
use crate::sink::csv;

const FILE: &str = ".made";

/// The dictionary's list of its files, written anew whenever it is built.
const MANIFEST: &str = "manifest.json";

/// The stamp of a run.
#[derive(Clone, Debug)]
pub struct Stamp {
    folder: PathBuf,
    /// None where no later run can know that nothing has changed, and where none is to.
    digest: Option<String>,
}

impl Stamp {
    /// Takes the digest of a run before it reads its inputs, so that what is changed meanwhile counts as changed.
    /// `settings` names all that the tables depend on beside the files. With inputs that cannot be compared, as the
    /// standard input, the run has no digest.
    pub fn new(folder: &Path, settings: &str, resources: &Resources, inputs: &Inputs) -> Stamp {
        Stamp { folder: folder.to_owned(), digest: digest(settings, resources, inputs).ok() }
    }

    /// Returns a stamp without a digest, which no later run is compared with.
    pub fn none(folder: &Path) -> Stamp {
        Stamp { folder: folder.to_owned(), digest: None }
    }

    /// Returns how the run that made the tables ended, if they are there and nothing has changed since.
    pub fn earlier(&self) -> Option<ExitStatus> {
        let stamp = fs::read_to_string(self.path()).ok()?;
        let (digest, status) = stamp.trim_end().split_once('\n')?;
        let status =
            [ExitStatus::Done, ExitStatus::SomeFailed].into_iter().find(|of| of.code().to_string() == status)?;
        let tables =
            Table::ALL.into_iter().filter(|table| *table != Table::Failures || status == ExitStatus::SomeFailed);
        let tables_are_there = tables.map(|table| self.folder.join(csv::file_name(table))).all(|table| table.is_file());
        (self.digest.as_deref() == Some(digest) && tables_are_there).then_some(status)
    }

    /// Removes the stamp of an earlier run, whose tables are about to be replaced.
    ///
    /// # Errors
    ///
    /// When there is one that cannot be removed.
    pub fn remove(&self) -> Result<(), Error> {
        match fs::remove_file(self.path()) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Error::output(&self.path())(error)),
            _ => Ok(()),
        }
    }

    /// Writes the stamp of a run whose tables are in place.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn write(&self, status: ExitStatus) -> Result<(), Error> {
        let Some(digest) = &self.digest else { return Ok(()) };
        fs::write(self.path(), format!("{digest}\n{}\n", status.code())).map_err(Error::output(&self.path()))
    }

    fn path(&self) -> PathBuf {
        self.folder.join(FILE)
    }
}

fn digest(settings: &str, resources: &Resources, inputs: &Inputs) -> io::Result<String> {
    if !inputs.failures.is_empty() {
        return Err(io::ErrorKind::Unsupported.into());
    }
    let mut hasher = Sha256::new();
    hasher.update(settings);
    hasher.update("\n");
    for input in &inputs.files {
        add(&mut hasher, input.path.as_deref().ok_or(io::ErrorKind::Unsupported)?)?;
    }
    for file in resources.files() {
        add(&mut hasher, file)?;
    }
    let dictionary = Dictionary::find(resources.dictionary.as_deref()).map_err(io::Error::other)?;
    add(&mut hasher, &dictionary.path().join(MANIFEST))?;
    add(&mut hasher, &std::env::current_exe()?)?;
    Ok(base16ct::lower::encode_string(&hasher.finalize()))
}

/// Adds a file: its path, its size, and when it was changed last.
fn add(hasher: &mut Sha256, path: &Path) -> io::Result<()> {
    let metadata = fs::metadata(path)?;
    hasher.update(path.as_os_str().as_encoded_bytes());
    // No path has this byte.
    hasher.update(format!("\0{} {:?}\n", metadata.len(), metadata.modified()?));
    Ok(())
}
