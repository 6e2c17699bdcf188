//! An output file: checked before the work that fills it, and put in place when it is complete.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// A file that a command will write, or replace, at a path.
///
/// The bytes are written to a temporary file of another name in the same folder, which then takes the path's place, so
/// the file is never incomplete, and an earlier one is kept until the new one is complete.
#[derive(Clone, Debug)]
pub struct OutputFile {
    path: PathBuf,
}

/// The reason why a file cannot be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OutputError {
    /// The path is that of an input, perhaps by another name.
    #[error("{} is also an input ({}) and would be overwritten; choose another file with --out", path.display(), input.display())]
    IsInput {
        /// The output as it was named.
        path: PathBuf,
        /// The input.
        input: PathBuf,
    },
    /// The path is that of a folder, a device or a pipe.
    #[error("{} is not a regular file and is not replaced; choose another file with --out", path.display())]
    NotRegular {
        /// The output as it was named.
        path: PathBuf,
    },
    /// The system refused to write.
    #[error("cannot write to {}: {source}; choose another file with --out", path.display())]
    Io {
        /// The output as it was named.
        path: PathBuf,
        /// The error of the system.
        source: io::Error,
    },
}

impl OutputFile {
    /// Checks that the file can be written, before any work is done for it. Nothing is left behind.
    ///
    /// # Errors
    ///
    /// When the path is that of one of the inputs, or there is something at it that is not a regular file, or no file
    /// can be made in its folder.
    pub fn new<'p>(path: &Path, inputs: impl IntoIterator<Item = &'p Path>) -> Result<OutputFile, OutputError> {
        for input in inputs {
            if same_file::is_same_file(path, input).unwrap_or(false) {
                return Err(OutputError::IsInput { path: path.to_owned(), input: input.to_owned() });
            }
        }
        if fs::metadata(path).is_ok_and(|metadata| !metadata.is_file()) || path.file_name().is_none() {
            return Err(OutputError::NotRegular { path: path.to_owned() });
        }
        let output = OutputFile { path: path.to_owned() };
        output.temporary().map_err(output.error())?;
        Ok(output)
    }

    /// Writes the whole file.
    ///
    /// # Errors
    ///
    /// When the system refuses to, as on a full disk. What was at the path is then as before.
    pub fn write(&self, bytes: &[u8]) -> Result<(), OutputError> {
        let write = || {
            let mut file = self.temporary()?;
            file.write_all(bytes)?;
            file.as_file().sync_all()?;
            file.persist(self.target()).map_err(|error| error.error)
        };
        write().map(drop).map_err(self.error())
    }

    /// Returns the file to replace; a symbolic link is followed.
    fn target(&self) -> PathBuf {
        fs::canonicalize(&self.path).unwrap_or_else(|_| self.path.clone())
    }

    /// Creates an empty file in the target's folder, removed when it is dropped.
    fn temporary(&self) -> io::Result<NamedTempFile> {
        let target = self.target();
        let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        builder.prefix(".gisa-").suffix(".part");
        set_permissions(&mut builder, &target);
        builder.tempfile_in(folder)
    }

    fn error(&self) -> impl FnOnce(io::Error) -> OutputError + '_ {
        |source| OutputError::Io { path: self.path.clone(), source }
    }
}

/// Gives the file the permissions of the one it replaces, or those of any new file, less the process's mask. `tempfile`
/// alone makes files that only their owner can read.
#[cfg(unix)]
fn set_permissions(builder: &mut tempfile::Builder<'_, '_>, target: &Path) {
    use std::os::unix::fs::PermissionsExt;

    let replaced = fs::metadata(target).map(|metadata| metadata.permissions());
    builder.permissions(replaced.unwrap_or(fs::Permissions::from_mode(0o666)));
}

#[cfg(not(unix))]
fn set_permissions(_: &mut tempfile::Builder<'_, '_>, _: &Path) {}

#[cfg(test)]
mod tests {
    use super::*;

    const NO_INPUTS: [&Path; 0] = [];

    #[test]
    fn a_file_is_replaced_whole_and_nothing_else_is_touched() {
        let folder = tempfile::tempdir().unwrap();
        let (path, beside) = (folder.path().join("a.v2"), folder.path().join("a.part"));
        fs::write(&beside, "beside").unwrap();
        for text in ["first", "second"] {
            let output = OutputFile::new(&path, NO_INPUTS).unwrap();
            output.write(text.as_bytes()).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
        assert_eq!(fs::read_to_string(&beside).unwrap(), "beside");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn a_check_alone_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        OutputFile::new(&folder.path().join("a"), NO_INPUTS).unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn what_cannot_be_written_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("in"), "in").unwrap();
        fs::create_dir(path("folder")).unwrap();
        let cases = [
            ("in", "is also an input"),
            ("folder/../in", "is also an input"),
            ("folder", "is not a regular file"),
            ("nowhere/a", "cannot write to"),
            ("in/a", "cannot write to"),
        ];
        for (name, expected) in cases {
            let error = OutputFile::new(&path(name), [path("in").as_path()]).unwrap_err().to_string();
            assert!(error.contains(name) && error.contains(expected), "{error}");
        }
        assert_eq!(fs::read_to_string(path("in")).unwrap(), "in");
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_and_permissions_kept() {
        use std::os::unix::fs::{PermissionsExt, symlink};

        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::create_dir(path("models")).unwrap();
        fs::write(path("models/a"), "earlier").unwrap();
        fs::set_permissions(path("models/a"), fs::Permissions::from_mode(0o640)).unwrap();
        symlink("models/a", path("link")).unwrap();
        fs::hard_link(path("models/a"), path("other")).unwrap();

        OutputFile::new(&path("link"), NO_INPUTS).unwrap().write(b"new").unwrap();
        assert!(path("link").is_symlink());
        assert_eq!(fs::read_to_string(path("models/a")).unwrap(), "new");
        assert_eq!(fs::metadata(path("models/a")).unwrap().permissions().mode() & 0o777, 0o640);
        assert_eq!(fs::read_to_string(path("other")).unwrap(), "earlier");

        fs::write(path("plain"), "").unwrap();
        OutputFile::new(&path("new"), NO_INPUTS).unwrap().write(b"new").unwrap();
        let mode = |name: &str| fs::metadata(path(name)).unwrap().permissions().mode();
        assert_eq!(mode("new"), mode("plain"));

        for device in ["/dev/null", "/dev/full"] {
            let error = OutputFile::new(Path::new(device), NO_INPUTS).unwrap_err();
            assert!(matches!(error, OutputError::NotRegular { .. }), "{error}");
        }
    }
}
