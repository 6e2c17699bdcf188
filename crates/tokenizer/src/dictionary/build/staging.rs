//! Staging: a dictionary is built in a folder beside its place and then renamed, so that it is complete or does not
//! exist, and the old one stays when a build is interrupted.

use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use tempfile::TempDir;

use crate::dictionary::manifest;
use crate::error::Error;

/// A folder beside the one to be made, on the same file system. It is removed when dropped unpublished.
pub(crate) struct Staging {
    folder: TempDir,
    out: PathBuf,
}

/// The longest time of a build. An older folder was left by another process, even if one with that number is running.
const LONGEST_BUILD_SECONDS: u64 = 60 * 60;

impl Staging {
    /// Creates the folder, and removes those of earlier builds that were interrupted.
    ///
    /// # Errors
    ///
    /// When `out` exists and is no dictionary, which is not replaced, and when the folder cannot be created.
    pub fn beside(out: &Path) -> Result<Staging, Error> {
        // A link is followed, so that its target is replaced and the link stays.
        let out = fs::canonicalize(out).unwrap_or_else(|_| out.to_owned());
        refuse_other_folders(&out)?;
        let parent = match out.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
            _ => PathBuf::from("."),
        };
        fs::create_dir_all(&parent).map_err(Error::io(&parent))?;
        let prefix = prefix(&out);
        remove_stale(&parent, &prefix);
        let folder = tempfile::Builder::new()
            .prefix(&format!("{prefix}{}-", std::process::id()))
            .tempdir_in(&parent)
            .map_err(Error::io(&parent))?;
        let staging = Staging { folder, out };
        // Not made by `tempfile`, whose folders only their owner can read.
        fs::create_dir(staging.dictionary()).map_err(Error::io(&parent))?;
        Ok(staging)
    }

    /// Returns the folder that becomes the dictionary.
    pub fn dictionary(&self) -> PathBuf {
        self.folder.path().join("dictionary")
    }

    /// Creates a folder for the text files that the dictionary is built from, removed with the rest.
    ///
    /// lindera reads its path as a glob pattern. Where that would match something else, the folder is in the system's
    /// temporary folder.
    pub fn text(&self) -> Result<TempDir, Error> {
        let place = self.folder.path();
        let is_pattern = place.to_str().is_none_or(|path| path.contains(['*', '?', '[', ']']));
        let folder = if is_pattern { TempDir::new() } else { TempDir::new_in(place) };
        folder.map_err(Error::io(place))
    }

    /// Moves the dictionary to its place, and removes the one that was there.
    pub fn publish(self) -> Result<(), Error> {
        let new = self.dictionary();
        sync(&new)?;
        let old = self.folder.path().join("replaced");
        let replaces = self.out.exists();
        if replaces {
            fs::rename(&self.out, &old).map_err(Error::io(&self.out))?;
        }
        if let Err(error) = fs::rename(&new, &self.out) {
            if replaces {
                let _ = fs::rename(&old, &self.out);
            }
            return Err(Error::io(&self.out)(error));
        }
        Ok(())
    }
}

/// Returns the beginning of the names of temporary folders for a dictionary: `.ko-dic.building-`.
fn prefix(out: &Path) -> String {
    format!(".{}.building-", out.file_name().unwrap_or_default().to_string_lossy())
}

fn refuse_other_folders(out: &Path) -> Result<(), Error> {
    let is_dictionary = out.join(manifest::FILE).is_file();
    let is_empty = || fs::read_dir(out).is_ok_and(|mut files| files.next().is_none());
    if !out.exists() || is_dictionary || is_empty() {
        return Ok(());
    }
    let cause = "expected a dictionary to replace or nothing, found other files; remove it or choose another place";
    Err(Error::malformed(out, cause))
}

/// Removes the folders of interrupted builds. One that cannot be removed does no harm.
fn remove_stale(parent: &Path, prefix: &str) {
    let Ok(folders) = fs::read_dir(parent) else { return };
    for folder in folders.flatten() {
        let name = folder.file_name();
        let Some(rest) = name.to_str().and_then(|name| name.strip_prefix(prefix)) else { continue };
        let process = rest.split('-').next().unwrap_or_default();
        if !is_being_built(&folder.path(), process) {
            let _ = fs::remove_dir_all(folder.path());
        }
    }
}

/// Returns whether the process that made a folder is still running. Where the system does not say, a folder counts as
/// being built for as long as a build may take.
fn is_being_built(folder: &Path, process: &str) -> bool {
    let modified = fs::metadata(folder).and_then(|metadata| metadata.modified());
    let age = modified.ok().and_then(|modified| SystemTime::now().duration_since(modified).ok());
    if age.is_some_and(|age| age.as_secs() > LONGEST_BUILD_SECONDS) {
        return false;
    }
    let processes = Path::new("/proc");
    !processes.join("self").exists() || processes.join(process).exists()
}

/// Waits until the files are on the disk, so that a power failure does not leave a dictionary with empty files.
fn sync(folder: &Path) -> Result<(), Error> {
    for file in fs::read_dir(folder).map_err(Error::io(folder))?.flatten() {
        let path = file.path();
        OpenOptions::new().write(true).open(&path).and_then(|file| file.sync_all()).map_err(Error::io(&path))?;
    }
    // Only some systems open folders.
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(())
}
