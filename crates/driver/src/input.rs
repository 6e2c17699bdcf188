//! Inputs: the files to read, found before anything is read, so that a wrong name is reported at once.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::error::{Cause, Error, Failure};
use crate::source_position::SourcePosition;

/// The kinds of file that are read, for messages.
pub(crate) const SUPPORTED: &str =
    ".txt, .jsonl, .csv and .tsv, each also with .gz or .zst after it, folders of them, and - for JSON Lines on stdin";

/// A file to read, or the standard input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The path as it was named or found, none for the standard input.
    pub path: Option<PathBuf>,
    /// The format of its articles.
    pub format: Format,
    /// The compression of the file.
    pub compression: Compression,
    /// Whether the file was named itself, rather than found in a folder.
    pub named: bool,
}

/// The format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One newspaper page or plain article.
    Page,
    /// One JSON object per line.
    JsonLines,
    /// Rows of cells separated by commas, or by tabs or semicolons if the header has no comma.
    Csv,
    /// Rows of cells separated by tabs; quoted if the quotes at the start of the file enclose cells.
    Tsv,
}

/// The compression of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compression {
    /// No compression.
    None,
    /// `.gz`.
    Gzip,
    /// `.zst`.
    Zstd,
}

impl Input {
    /// Returns the standard input, which is read as JSON Lines.
    pub fn stdin() -> Input {
        Input { path: None, format: Format::JsonLines, compression: Compression::None, named: true }
    }

    /// Recognizes a file by the extensions of its name, or returns why it is not read.
    fn from_path(path: &Path) -> Result<Input, &'static str> {
        let (compression, inner) = match extension(path).as_str() {
            "gz" => (Compression::Gzip, path.with_extension("")),
            "zst" => (Compression::Zstd, path.with_extension("")),
            _ => (Compression::None, path.to_owned()),
        };
        let format = match extension(&inner).as_str() {
            "txt" => Format::Page,
            "jsonl" | "ndjson" => Format::JsonLines,
            "csv" => Format::Csv,
            "tsv" => Format::Tsv,
            "xlsx" | "xls" => return Err("spreadsheets are not supported yet, save the sheet as CSV"),
            "html" | "htm" => return Err("HTML is not supported yet, save the page as text (.txt)"),
            "json" => return Err("JSON is read as JSON Lines only, one object a line in a .jsonl file"),
            _ => return Err("this kind of file is not supported"),
        };
        Ok(Input { path: Some(path.to_owned()), format, compression, named: false })
    }

    /// Returns the position by which messages and tables name the file.
    pub fn position(&self) -> SourcePosition {
        match &self.path {
            Some(path) => SourcePosition::file(path.display().to_string()),
            None => SourcePosition::file("stdin"),
        }
    }

    /// Returns the path without the extension of its compression.
    pub fn uncompressed(&self) -> Option<PathBuf> {
        let path = self.path.as_ref()?;
        Some(match self.compression {
            Compression::None => path.clone(),
            Compression::Gzip | Compression::Zstd => path.with_extension(""),
        })
    }

    /// Returns the file name without folder and extensions, from which articles without an id are named.
    pub fn stem(&self) -> String {
        let Some(path) = self.uncompressed() else { return "stdin".to_owned() };
        path.file_stem().unwrap_or(OsStr::new("article")).to_string_lossy().into_owned()
    }

    /// Returns the size of the file in bytes, zero if it is unknown.
    pub fn bytes(&self) -> u64 {
        self.path.as_ref().and_then(|path| fs::metadata(path).ok()).map_or(0, |meta| meta.len())
    }
}

fn extension(path: &Path) -> String {
    path.extension().unwrap_or_default().to_string_lossy().to_lowercase()
}

/// The files found under the named inputs.
#[derive(Debug, Default)]
pub struct Inputs {
    /// The files, in the order of the names; those of a folder in the order of their paths.
    pub files: Vec<Input>,
    /// Folders that could not be read.
    pub failures: Vec<Failure>,
    /// The number of files of other kinds that were skipped.
    pub others: usize,
    /// The number of tables of earlier runs that were skipped.
    pub tables: usize,
    named: Vec<PathBuf>,
}

impl Inputs {
    /// Finds the files. Folders are searched with their folders, following links; hidden files and files of other kinds
    /// are skipped.
    ///
    /// # Errors
    ///
    /// When a named input does not exist or is of a kind that is not read, and when folders were named that have no
    /// file to read.
    pub fn find(named: &[PathBuf]) -> Result<Inputs, Error> {
        let mut found = Inputs { named: named.to_vec(), ..Inputs::default() };
        for path in named {
            found.add_named(path)?;
        }
        found.not_empty()?;
        Ok(found)
    }

    /// Returns the size of all files in bytes.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(Input::bytes).sum()
    }

    /// Checks that there is something to read.
    ///
    /// # Errors
    ///
    /// When there is nothing.
    pub(crate) fn not_empty(&self) -> Result<(), Error> {
        if !self.files.is_empty() || !self.failures.is_empty() {
            return Ok(());
        }
        let (paths, others, tables) = (self.named.clone(), self.others, self.tables);
        Err(Error::NoArticles { paths, others, tables, supported: SUPPORTED })
    }

    fn add_named(&mut self, path: &Path) -> Result<(), Error> {
        if path == Path::new("-") {
            self.files.push(Input::stdin());
            return Ok(());
        }
        let error = |source| Error::Input { path: path.to_owned(), source };
        if fs::metadata(path).map_err(error)?.is_dir() {
            self.add_folder(path);
            return Ok(());
        }
        let input = Input::from_path(path).map_err(|reason| Error::Unsupported {
            path: path.to_owned(),
            reason,
            supported: SUPPORTED,
        })?;
        fs::File::open(path).map_err(error)?;
        self.files.push(Input { named: true, ..input });
        Ok(())
    }

    fn add_folder(&mut self, folder: &Path) {
        let entries = WalkDir::new(folder).follow_links(true).sort_by_file_name();
        for entry in entries.into_iter().filter_entry(is_shown) {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) => self.add_file(entry.path()),
                Err(error) => self.add_failed(folder, error),
            }
        }
    }

    fn add_file(&mut self, path: &Path) {
        match Input::from_path(path) {
            Ok(input) => self.files.push(input),
            Err(_) => self.others += 1,
        }
    }

    fn add_failed(&mut self, folder: &Path, error: walkdir::Error) {
        // A link back to a folder above leads to what is read anyway.
        if error.loop_ancestor().is_some() {
            return;
        }
        let path = error.path().unwrap_or(folder).to_owned();
        if path != folder && !path.is_dir() {
            // A dangling link is reported when its file is read.
            self.add_file(&path);
        } else if let Some(source) = error.into_io_error() {
            self.failures.push(Cause::Io(source).at(&SourcePosition::file(path.display().to_string())));
        }
    }
}

/// Returns whether an entry is not hidden; the named folder itself may be.
fn is_shown(entry: &DirEntry) -> bool {
    entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_name() {
        let cases = [
            ("a.txt", Ok((Format::Page, Compression::None))),
            ("a.TXT", Ok((Format::Page, Compression::None))),
            ("a.txt.gz", Ok((Format::Page, Compression::Gzip))),
            ("b.v2.jsonl.zst", Ok((Format::JsonLines, Compression::Zstd))),
            ("b.csv", Ok((Format::Csv, Compression::None))),
            ("b.tsv.gz", Ok((Format::Tsv, Compression::Gzip))),
            ("b.xlsx", Err(())),
            ("b.html.gz", Err(())),
            ("b.gz", Err(())),
            ("b", Err(())),
        ];
        for (name, expected) in cases {
            let input = Input::from_path(Path::new(name)).map(|input| (input.format, input.compression));
            assert_eq!(input.map_err(|_| ()), expected, "{name}");
        }
    }

    #[test]
    fn stems_have_no_endings() {
        for (name, stem) in [("x/a.txt", "a"), ("x/a.txt.gz", "a"), ("b.v2.jsonl.zst", "b.v2")] {
            assert_eq!(Input::from_path(Path::new(name)).unwrap().stem(), stem);
        }
        assert_eq!(Input::stdin().stem(), "stdin");
    }

    fn found(folder: &Path) -> (Vec<String>, Inputs) {
        let found = Inputs::find(&[folder.to_owned()]).unwrap();
        let name = |input: &Input| {
            let path = input.path.as_ref().unwrap().strip_prefix(folder).unwrap();
            path.display().to_string().replace(std::path::MAIN_SEPARATOR, "/")
        };
        (found.files.iter().map(name).collect(), found)
    }

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        folder
    }

    #[test]
    fn folders_are_searched_in_order() {
        let files = ["b/2.txt", "b/1.jsonl", "b-c/3.txt", "a.csv", ".hidden.txt", ".b/4.txt", "b/picture.jpg", "c.tsv"];
        let folder = folder(&files);
        let (names, found) = found(folder.path());
        assert_eq!(names, ["a.csv", "b/1.jsonl", "b/2.txt", "b-c/3.txt", "c.tsv"]);
        assert_eq!(found.others, 1);
        assert!(found.files.iter().all(|input| !input.named));
        assert!(Inputs::find(&[folder.path().join("a.csv")]).unwrap().files[0].named);
        assert_eq!(Inputs::find(&[folder.path().join(".b")]).unwrap().files.len(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_and_not_in_circles() {
        use std::os::unix::fs::symlink;

        let (folder, elsewhere) = (folder(&["a/1.txt", "a/b/2.txt"]), folder(&["c/3.txt", "4.txt"]));
        let at = |name: &str| folder.path().join(name);
        symlink(folder.path(), at("a/b/up")).unwrap();
        symlink(elsewhere.path().join("c"), at("a/linked")).unwrap();
        symlink(elsewhere.path().join("4.txt"), at("a/one.txt")).unwrap();
        symlink(at("a/b"), at("z")).unwrap();
        symlink(at("nowhere"), at("lost.txt")).unwrap();
        symlink(at("nowhere"), at("lost")).unwrap();
        let (names, found) = found(folder.path());
        assert_eq!(names, ["a/1.txt", "a/b/2.txt", "a/linked/3.txt", "a/one.txt", "lost.txt", "z/2.txt"]);
        assert_eq!((found.others, found.failures.len()), (1, 0));
    }
}
