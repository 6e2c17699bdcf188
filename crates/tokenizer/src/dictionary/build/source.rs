//! The source of a dictionary: the pinned package, a folder with MeCab's binaries, or mecab-ko-dic's source folder.

use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use zip::ZipArchive;

use crate::dictionary::build::lexicon::{Entry, FEATURES, Lexicon};
use crate::dictionary::build::matrix::Matrix;
use crate::dictionary::build::mecab::{self, Compiled};
use crate::dictionary::digest::sha256;
use crate::error::Error;

/// A download that `data/sources.toml` pins.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Pin {
    pub name: String,
    pub version: String,
    pub size: u64,
    pub sha256: String,
    pub entries: usize,
}

impl Pin {
    /// Returns the pin of mecab-ko-dic that the program was compiled with.
    pub fn mecab_ko_dic() -> Result<Pin, Error> {
        #[derive(Deserialize)]
        #[serde(rename_all = "kebab-case")]
        struct Sources {
            mecab_ko_dic: Pin,
        }
        let sources: Sources = toml::from_str(include_str!("../../../data/sources.toml"))
            .map_err(|error| Error::malformed(Path::new("data/sources.toml"), error.to_string()))?;
        Ok(sources.mecab_ko_dic)
    }
}

/// The file or folder that a dictionary was built from, for the manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Provenance {
    /// The name of the file or folder.
    pub name: String,
    /// The hash of a file; none for a folder.
    pub sha256: Option<String>,
}

/// Reads the lexicon from a package file or a folder.
///
/// # Errors
///
/// When the file is not the pinned one, and when a part is missing or damaged; the message names the file.
pub(crate) fn read(from: &Path, pin: &Pin) -> Result<(Lexicon, Provenance), Error> {
    let name = from.file_name().unwrap_or(from.as_os_str()).to_string_lossy().into_owned();
    let metadata = fs::metadata(from).map_err(Error::io(from))?;
    if !metadata.is_dir() {
        let lexicon = mecab::decompile(&read_package(from, pin)?)?;
        if lexicon.words.len() != pin.entries {
            let cause = format!("expected {} words, found {}", pin.entries, lexicon.words.len());
            return Err(Error::malformed(from, cause));
        }
        return Ok((lexicon, Provenance { name, sha256: Some(pin.sha256.clone()) }));
    }
    let lexicon = match compiled_folder(from) {
        Some(folder) => mecab::decompile(&read_compiled(folder)?)?,
        None => read_source_folder(from)?,
    };
    Ok((lexicon, Provenance { name, sha256: None }))
}

/// Reads the package, if it is the pinned one.
fn read_package(path: &Path, pin: &Pin) -> Result<Compiled, Error> {
    let bytes = fs::read(path).map_err(Error::io(path))?;
    let found = sha256(&bytes);
    if found != pin.sha256 {
        let Pin { name, version, size, sha256, .. } = pin;
        let cause = format!(
            "expected {name} {version} with sha256 {sha256} ({size} bytes), found sha256 {found} ({} bytes); the file \
             is cut, altered or another one: delete it and run `make dictionary`",
            bytes.len()
        );
        return Err(Error::malformed(path, cause));
    }
    unzip(path, bytes)
}

fn unzip(path: &Path, bytes: Vec<u8>) -> Result<Compiled, Error> {
    let refused = |error: zip::result::ZipError| Error::malformed(path, error.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(refused)?;
    let names: Vec<String> = archive.file_names().filter_map(|name| name.ok().map(|name| name.to_string())).collect();
    let mut files: [Vec<u8>; 4] = Default::default();
    for (file, wanted) in files.iter_mut().zip(mecab::FILES) {
        let name = names
            .iter()
            .find(|name| name.rsplit('/').next() == Some(wanted))
            .ok_or_else(|| Error::malformed(path, format!("expected a file {wanted} in the archive, found none")))?;
        let mut member = archive.by_name(name).map_err(refused)?;
        member.read_to_end(file).map_err(Error::io(path))?;
    }
    Ok(Compiled { folder: path.to_owned(), files })
}

/// Returns the folder with MeCab's binaries: the one given, or the place in it where the unpacked package has them.
fn compiled_folder(folder: &Path) -> Option<PathBuf> {
    let places = [folder.to_owned(), folder.join("dictionary"), folder.join("mecab_ko_dic/dictionary")];
    places.into_iter().find(|place| place.join(mecab::FILES[0]).is_file())
}

fn read_compiled(folder: PathBuf) -> Result<Compiled, Error> {
    let mut files: [Vec<u8>; 4] = Default::default();
    for (file, name) in files.iter_mut().zip(mecab::FILES) {
        let path = folder.join(name);
        *file = fs::read(&path).map_err(Error::io(&path))?;
    }
    Ok(Compiled { folder, files })
}

/// Reads mecab-ko-dic as it is distributed: `*.csv`, `unk.def`, `matrix.def`, `char.def`.
fn read_source_folder(folder: &Path) -> Result<Lexicon, Error> {
    let mut tables: Vec<PathBuf> = fs::read_dir(folder)
        .map_err(Error::io(folder))?
        .filter_map(|file| file.ok().map(|file| file.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "csv"))
        .collect();
    if tables.is_empty() {
        let cause = "expected a folder with sys.dic (compiled) or *.csv (source) of mecab-ko-dic, found neither";
        return Err(Error::malformed(folder, cause));
    }
    tables.sort();
    let read_text = |name: &str| {
        let path = folder.join(name);
        fs::read_to_string(&path).map_err(Error::io(&path)).map(|text| (path, text))
    };
    let (path, text) = read_text("matrix.def")?;
    let matrix =
        Matrix::parse(&text).map_err(|(line, cause)| Error::malformed(&path, format!("line {line}: {cause}")))?;
    let (_, characters) = read_text("char.def")?;
    let unknown = read_table(&folder.join("unk.def"), &matrix)?;
    let mut words = Vec::new();
    for table in tables {
        words.append(&mut read_table(&table, &matrix)?);
    }
    Ok(Lexicon { words, unknown, matrix, characters })
}

/// Reads a table of words: surface, left id, right id, cost, eight features.
fn read_table(path: &Path, matrix: &Matrix) -> Result<Vec<Entry>, Error> {
    let file = fs::File::open(path).map_err(Error::io(path))?;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(file);
    let mut words = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| Error::malformed(path, error.to_string()))?;
        let line = record.position().map_or(0, csv::Position::line);
        let word = word_of(&record, matrix).map_err(|cause| Error::malformed(path, format!("line {line}: {cause}")))?;
        words.push(word);
    }
    Ok(words)
}

fn word_of(record: &csv::StringRecord, matrix: &Matrix) -> Result<Entry, String> {
    let cell = |i: usize| record.get(i).unwrap_or_default();
    let number = |i: usize, what: &str, below: usize| {
        let id: Option<u16> = cell(i).trim().parse().ok().filter(|&id| usize::from(id) < below);
        id.ok_or_else(|| format!("expected a {what} below {below}, found {:?}", cell(i)))
    };
    let columns = 4 + FEATURES;
    let wrong_columns = |found| format!("expected {columns} columns, found {found}");
    if record.len() != columns {
        return Err(wrong_columns(record.len()));
    }
    let left = number(1, "left context id", matrix.lefts())?;
    let right = number(2, "right context id", matrix.rights())?;
    let cost = cell(3).trim().parse().map_err(|_| format!("expected a cost of 16 bits, found {:?}", cell(3)))?;
    if cell(0).trim().is_empty() {
        return Err("expected a surface, found an empty cell".to_owned());
    }
    Entry::new(cell(0).to_owned(), (left, right), cost, record.iter().skip(4)).map_err(|found| wrong_columns(4 + found))
}
