//! The output folder: files appear in it all together or not at all, and nothing that stands in the way is followed or
//! written over.
//!
//! A run holds a lock on the folder (`lock`) from before it opens anything there until it ends. It writes its files in
//! a hidden folder inside and publishes them when they are whole (`publication`). A run that is interrupted before
//! that leaves the earlier files as they were; one that is interrupted while it publishes leaves what the next run into
//! the folder needs to finish it.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::error::Error;
use crate::output_folder::lock::Lock;

mod lock;
mod publication;

/// The prefix of the name of the folder in which a run writes its files.
const STAGING: &str = ".gisa-staging-";

/// A folder for the files of one run, which no other run writes to meanwhile.
#[derive(Debug)]
pub struct OutputFolder {
    path: PathBuf,
    _lock: Lock,
}

impl OutputFolder {
    /// Creates the folder if it does not exist, locks it, and completes an interrupted publication. `may_replace` is
    /// asked of each of the files that are going to be written, where it is there already.
    ///
    /// # Errors
    ///
    /// When the folder cannot be written, another run is writing to it, or `may_replace` refuses.
    pub fn open(
        path: &Path,
        names: &[String],
        may_replace: impl Fn(&Path) -> Result<(), Error>,
    ) -> Result<OutputFolder, Error> {
        fs::create_dir_all(path).map_err(Error::output(path))?;
        let lock = Lock::acquire(path)?;
        for file in names.iter().map(|name| path.join(name)).filter(|file| file.exists()) {
            if file.is_dir() {
                return Err(Error::output(&file)(io::ErrorKind::IsADirectory.into()));
            }
            may_replace(&file)?;
        }
        publication::finish(path)?;
        if lock.is_held() {
            remove_abandoned(path);
        }
        Ok(OutputFolder { path: path.to_owned(), _lock: lock })
    }

    /// Creates the hidden folder in which this run's files are written.
    ///
    /// # Errors
    ///
    /// When nothing can be written in the folder.
    pub fn stage(&self) -> Result<Staging<'_>, Error> {
        let staging = tempfile::Builder::new().prefix(STAGING).tempdir_in(&self.path);
        Ok(Staging { folder: &self.path, staging: staging.map_err(Error::output(&self.path))? })
    }
}

/// The files of a run until they are published. Dropped before that, they are removed.
#[derive(Debug)]
pub struct Staging<'f> {
    folder: &'f Path,
    staging: TempDir,
}

impl Staging<'_> {
    /// Creates a file.
    ///
    /// # Errors
    ///
    /// When it cannot be created, or was before.
    pub fn create(&self, name: &str) -> Result<File, Error> {
        let file = OpenOptions::new().write(true).create_new(true).open(self.staging.path().join(name));
        file.map_err(Error::output(&self.target(name)))
    }

    /// Returns the path that a file is going to have, by which messages name it.
    pub fn target(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Puts the files in the folder, in place of those of the same names; those of `names` that were not created are
    /// removed there. The files must have been closed.
    ///
    /// # Errors
    ///
    /// When a file cannot be put in place.
    pub fn publish(self, names: &[String]) -> Result<(), Error> {
        publication::publish(self.folder, self.staging, names)
    }
}

/// Removes the staging folders of killed runs. One that cannot be removed does no harm and stays.
fn remove_abandoned(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_folder && entry.file_name().to_string_lossy().starts_with(STAGING) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn names() -> Vec<String> {
        ["a", "b", "c"].map(str::to_owned).into()
    }

    fn open(path: &Path) -> Result<OutputFolder, Error> {
        OutputFolder::open(path, &names(), |_| Ok(()))
    }

    fn entries(path: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(path)
            .unwrap()
            .map(|entry| {
                let path = entry.unwrap().path();
                let text = fs::read_to_string(&path).unwrap_or_default();
                format!("{}={text}", path.file_name().unwrap().display())
            })
            .collect();
        names.sort();
        names
    }

    fn stage<'f>(folder: &'f OutputFolder, files: &[(&str, &str)]) -> Staging<'f> {
        let staging = folder.stage().unwrap();
        for (name, text) in files {
            staging.create(name).unwrap().write_all(text.as_bytes()).unwrap();
        }
        staging
    }

    #[test]
    fn the_earlier_files_stand_until_the_new_ones_are_whole() {
        let root = tempfile::tempdir().unwrap();
        for (name, text) in [("a", "1"), ("b", "1"), ("c", "1"), ("mine", "0")] {
            fs::write(root.path().join(name), text).unwrap();
        }
        let folder = open(root.path()).unwrap();
        drop(stage(&folder, &[("a", "2")]));
        drop(folder);
        assert_eq!(entries(root.path()), ["a=1", "b=1", "c=1", "mine=0"]);

        let folder = open(root.path()).unwrap();
        stage(&folder, &[("a", "2"), ("b", "2")]).publish(&names()).unwrap();
        drop(folder);
        assert_eq!(entries(root.path()), ["a=2", "b=2", "mine=0"]);
    }

    #[test]
    fn what_a_killed_run_left_is_removed() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join(".gisa-staging-x")).unwrap();
        fs::write(root.path().join(".gisa-staging-x/a"), "half").unwrap();
        drop(open(root.path()).unwrap());
        assert_eq!(entries(root.path()), [""; 0]);
    }

    #[test]
    fn two_runs_do_not_write_to_the_same_folder() {
        let root = tempfile::tempdir().unwrap();
        let first = open(root.path()).unwrap();
        assert!(matches!(open(root.path()), Err(Error::Busy { .. })));
        drop(first);
        assert!(open(root.path()).is_ok());
    }
}
