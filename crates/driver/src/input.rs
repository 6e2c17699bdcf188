//! Inputs: which files to read, found before anything is read, so that a slip in a name is told at once.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::{Cause, Error, Failure};
use crate::source_position::SourcePosition;
use crate::table_names::TABLES;

/// The kinds of file that are read, for messages.
pub(crate) const SUPPORTED: &str =
    ".txt, .jsonl, .csv and .tsv, each also with .gz or .zst after it, folders of them, and - for JSON Lines on stdin";

/// A file to read, or the standard input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The path as it was named or found; none for the standard input.
    pub path: Option<PathBuf>,
    /// How its articles are written.
    pub format: Format,
    /// How it is compressed.
    pub compression: Compression,
}

/// How the articles of a file are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One newspaper page or plain article.
    Page,
    /// A JSON object a line.
    JsonLines,
    /// Rows of cells, with a comma between them unless the header has tabs or semicolons only.
    Csv,
    /// Rows of cells, with a tab between them; quoted where the quotes in the file's head are those of cells.
    Tsv,
}

/// How a file is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compression {
    /// Not at all.
    None,
    /// `.gz`.
    Gzip,
    /// `.zst`.
    Zstd,
}

impl Input {
    /// JSON Lines on the standard input.
    pub fn stdin() -> Input {
        Input { path: None, format: Format::JsonLines, compression: Compression::None }
    }

    /// The file at a path, by the endings of its name; or what speaks against it.
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
        Ok(Input { path: Some(path.to_owned()), format, compression })
    }

    /// The file's name in messages and tables.
    pub fn place(&self) -> SourcePosition {
        match &self.path {
            Some(path) => SourcePosition::file(path.display().to_string()),
            None => SourcePosition::file("stdin"),
        }
    }

    /// The file's path without the ending of its compression.
    pub fn uncompressed(&self) -> Option<PathBuf> {
        let path = self.path.as_ref()?;
        Some(match self.compression {
            Compression::None => path.clone(),
            Compression::Gzip | Compression::Zstd => path.with_extension(""),
        })
    }

    /// The file's name without folder and endings, from which articles without an id are named.
    pub fn stem(&self) -> String {
        let Some(path) = self.uncompressed() else { return "stdin".to_owned() };
        path.file_stem().unwrap_or(OsStr::new("article")).to_string_lossy().into_owned()
    }

    /// The size of the file, zero where it is unknown.
    pub fn bytes(&self) -> u64 {
        self.path.as_ref().and_then(|path| fs::metadata(path).ok()).map_or(0, |meta| meta.len())
    }
}

fn extension(path: &Path) -> String {
    path.extension().unwrap_or_default().to_string_lossy().to_lowercase()
}

/// What was found under the named inputs.
#[derive(Debug, Default)]
pub struct Inputs {
    /// The files, in the order of the names; those of a folder in the order of their paths.
    pub files: Vec<Input>,
    /// Folders that could not be looked into.
    pub failures: Vec<Failure>,
    /// How many files of other kinds were passed over.
    pub others: usize,
}

impl Inputs {
    /// Finds the files. Folders are searched with their folders; hidden files and files of other kinds are passed over,
    /// and so are the tables that an earlier run left in `out`.
    ///
    /// # Errors
    ///
    /// When a named input does not exist or is of a kind that is not read, and when folders were named and there is not
    /// one article in them.
    pub fn find(named: &[PathBuf], out: Option<&Path>) -> Result<Inputs, Error> {
        let mut search = Search { found: Inputs::default(), out: out.and_then(|out| fs::canonicalize(out).ok()) };
        for path in named {
            search.add_named(path)?;
        }
        let Search { found, .. } = search;
        if found.files.is_empty() && found.failures.is_empty() {
            return Err(Error::NoArticles { paths: named.to_vec(), others: found.others, supported: SUPPORTED });
        }
        Ok(found)
    }

    /// The size of all files.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(Input::bytes).sum()
    }
}

struct Search {
    found: Inputs,
    out: Option<PathBuf>,
}

impl Search {
    fn add_named(&mut self, path: &Path) -> Result<(), Error> {
        if path == Path::new("-") {
            self.found.files.push(Input::stdin());
            return Ok(());
        }
        let error = |source| Error::Input { path: path.to_owned(), source };
        if fs::metadata(path).map_err(error)?.is_dir() {
            self.add_folder(path, &mut Vec::new());
            return Ok(());
        }
        let input = Input::from_path(path).map_err(|reason| Error::Unsupported {
            path: path.to_owned(),
            reason,
            supported: SUPPORTED,
        })?;
        fs::File::open(path).map_err(error)?;
        self.found.files.push(input);
        Ok(())
    }

    /// Adds what is in a folder; `above` are the real paths of the folders that led to it, against links in a circle.
    fn add_folder(&mut self, folder: &Path, above: &mut Vec<PathBuf>) {
        let (real, entries) = match fs::canonicalize(folder).and_then(|real| Ok((real, sorted_entries(folder)?))) {
            Ok(both) => both,
            Err(source) => {
                self.found.failures.push(Cause::Io(source).at(&SourcePosition::file(folder.display().to_string())));
                return;
            }
        };
        if above.contains(&real) {
            return;
        }
        let is_out = self.out.as_ref() == Some(&real);
        above.push(real);
        for path in entries {
            if path.is_dir() {
                self.add_folder(&path, above);
            } else if !(is_out && is_table(&path)) {
                self.add_file(&path);
            }
        }
        above.pop();
    }

    fn add_file(&mut self, path: &Path) {
        match Input::from_path(path) {
            Ok(input) => self.found.files.push(input),
            Err(_) => self.found.others += 1,
        }
    }
}

/// The entries of a folder that are not hidden, by name.
fn sorted_entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if !entry.file_name().to_string_lossy().starts_with('.') {
            paths.push(entry.path());
        }
    }
    paths.sort();
    Ok(paths)
}

fn is_table(path: &Path) -> bool {
    TABLES.iter().any(|table| path.file_name() == Some(OsStr::new(table)))
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

    #[test]
    fn folders_are_searched_in_order() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b/2.txt", "b/1.jsonl", "a.csv", ".hidden.txt", "b/picture.jpg", "out/articles.csv", "out/own.csv"]
        {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        let out = folder.path().join("out");
        let found = Inputs::find(&[folder.path().to_owned()], Some(&out)).unwrap();
        let names: Vec<_> = found
            .files
            .iter()
            .map(|input| input.path.as_ref().unwrap().strip_prefix(folder.path()).unwrap().display().to_string())
            .collect();
        assert_eq!(names, ["a.csv", "b/1.jsonl", "b/2.txt", "out/own.csv"]);
        assert_eq!(found.others, 1);
    }
}
