//! The manifest of a built dictionary: its source, and the size and hash of each of its files.
//!
//! It is written last, so a folder without one is an incomplete dictionary. Hashing 70 MB at every start would take
//! longer than everything else, so the manifest also holds the modification time of each file: while size and time are
//! unchanged, the contents are trusted; when the time differs (an edited file, a copied folder), the file is hashed.

use std::fs::{self, Metadata};
use std::path::Path;
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use crate::dictionary::digest::sha256;
use crate::error::{Error, REBUILD};

#[cfg(feature = "build")]
pub(super) mod writer;

/// The name of the file in the dictionary's folder.
pub(crate) const FILE: &str = "manifest.json";

/// The version of the folder's layout, raised with every change to what `build` writes.
const FORMAT_VERSION: u32 = 3;

/// The contents of a built dictionary.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Manifest {
    format_version: u32,
    pub entries: usize,
    source: String,
    source_sha256: Option<String>,
    files: Vec<FileRecord>,
}

#[derive(Debug, Deserialize, Serialize)]
struct FileRecord {
    name: String,
    size: u64,
    sha256: String,
    /// The modification time, in nanoseconds since 1970.
    modified: Option<u64>,
}

/// Which files to hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Depth {
    /// Those modified since the manifest was written.
    Changed,
    /// All of them.
    Whole,
}

impl Manifest {
    /// Reads the manifest of a dictionary.
    ///
    /// # Errors
    ///
    /// When there is none, when it is damaged, and when it describes a layout of another version.
    pub fn read(folder: &Path) -> Result<Manifest, Error> {
        let path = folder.join(FILE);
        if !path.exists() {
            let cause = format!("expected a built dictionary, found no {FILE} in the folder; {REBUILD}");
            return Err(Error::malformed(folder, cause));
        }
        let text = fs::read(&path).map_err(Error::io(&path))?;
        let refused = |cause: String| Error::malformed(&path, format!("{cause}; {REBUILD}"));
        let value: serde_json::Value = serde_json::from_slice(&text).map_err(|error| refused(error.to_string()))?;
        let found = value.get("format_version").and_then(serde_json::Value::as_u64);
        if found != Some(FORMAT_VERSION.into()) {
            let found = found.map_or("none".to_owned(), |version| version.to_string());
            return Err(refused(format!("expected a dictionary of format version {FORMAT_VERSION}, found {found}")));
        }
        serde_json::from_value(value).map_err(|error| refused(error.to_string()))
    }

    /// Compares the files with their sizes and hashes at the time of the build.
    ///
    /// # Errors
    ///
    /// At the first file that is missing, truncated or altered; the message names it.
    pub fn check(&self, folder: &Path, depth: Depth) -> Result<(), Error> {
        self.files.iter().try_for_each(|file| file.check(folder, depth))
    }
}

impl FileRecord {
    fn check(&self, folder: &Path, depth: Depth) -> Result<(), Error> {
        let path = folder.join(&self.name);
        let refused = |cause: String| Error::malformed(&path, format!("{cause}; {REBUILD}"));
        let metadata = match fs::metadata(&path) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(refused(format!("expected a file of {} bytes, found none", self.size)));
            }
            Err(error) => return Err(Error::io(&path)(error)),
        };
        if metadata.len() != self.size {
            return Err(refused(format!("expected {} bytes, found {}", self.size, metadata.len())));
        }
        if depth == Depth::Changed && self.modified.is_some() && self.modified == modified(&metadata) {
            return Ok(());
        }
        let found = sha256(&fs::read(&path).map_err(Error::io(&path))?);
        if found == self.sha256 {
            return Ok(());
        }
        Err(refused(format!("the file is altered: expected sha256 {}, found {found}", self.sha256)))
    }
}

fn modified(metadata: &Metadata) -> Option<u64> {
    let since = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    since.as_nanos().try_into().ok()
}
