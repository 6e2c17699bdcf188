//! The lock on an output folder.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use same_file::Handle;

use crate::error::Error;

/// The file that a run locks. Nothing is ever written to it.
const NAME: &str = ".gisa.lock";

/// A lock, held until it is dropped. The file is removed then, so that the folder has none but the run's files.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    file: File,
    held: bool,
}

impl Lock {
    /// Takes the lock.
    ///
    /// # Errors
    ///
    /// When another process has it, and when the file cannot be made.
    pub(super) fn acquire(folder: &Path) -> Result<Lock, Error> {
        let path = folder.join(NAME);
        loop {
            if path.is_symlink() {
                let reason = "it is a symbolic link; remove it";
                return Err(Error::output(&path)(io::Error::new(io::ErrorKind::AlreadyExists, reason)));
            }
            let file = OpenOptions::new().write(true).create(true).truncate(false).open(&path);
            let file = file.map_err(Error::output(&path))?;
            let held = match file.try_lock() {
                Ok(()) => true,
                Err(TryLockError::WouldBlock) => return Err(Error::Busy { folder: folder.to_owned() }),
                // Some network file systems have no locks: better to write without one there.
                Err(TryLockError::Error(_)) => false,
            };
            // Between opening and locking, the run that had the lock may have removed the file, or somebody else; then
            // the next run would lock a file of its own.
            if !held || is_at(&file, &path).map_err(Error::output(&path))? {
                return Ok(Lock { path, file, held });
            }
        }
    }

    /// Returns whether other processes are really locked out.
    pub(super) fn is_held(&self) -> bool {
        self.held
    }
}

/// Returns whether a path leads to an open file.
fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    match Handle::from_path(path) {
        Ok(there) => Ok(there == Handle::from_file(file.try_clone()?)?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // While the lock is held the file is this run's own, unless somebody put another one there.
        if is_at(&self.file, &self.path).unwrap_or(false) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_keeps_others_out_until_it_is_dropped() {
        let folder = tempfile::tempdir().unwrap();
        let first = Lock::acquire(folder.path()).unwrap();
        assert!(first.is_held());
        assert!(matches!(Lock::acquire(folder.path()), Err(Error::Busy { .. })));
        drop(first);
        drop(Lock::acquire(folder.path()).unwrap());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn the_lock_of_a_removed_file_is_not_taken_for_the_folder_s() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(NAME);
        let removed = File::create(&path).unwrap();
        fs::remove_file(&path).unwrap();
        assert!(!is_at(&removed, &path).unwrap());
        fs::write(&path, "").unwrap();
        assert!(!is_at(&removed, &path).unwrap());
        assert!(is_at(&File::open(&path).unwrap(), &path).unwrap());
    }

    #[test]
    fn many_runs_take_turns() {
        let folder = tempfile::tempdir().unwrap();
        let inside = std::sync::atomic::AtomicUsize::new(0);
        std::thread::scope(|threads| {
            for _ in 0..4 {
                threads.spawn(|| {
                    for _ in 0..200 {
                        let Ok(lock) = Lock::acquire(folder.path()) else { continue };
                        assert_eq!(inside.fetch_add(1, std::sync::atomic::Ordering::SeqCst), 0);
                        inside.fetch_sub(1, std::sync::atomic::Ordering::SeqCst);
                        drop(lock);
                    }
                });
            }
        });
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("target");
        std::os::unix::fs::symlink(&target, folder.path().join(NAME)).unwrap();
        assert!(matches!(Lock::acquire(folder.path()), Err(Error::Output { .. })));
        assert!(!target.exists());
    }
}
