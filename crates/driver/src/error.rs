//! Errors of two kinds: an [`Error`] ends the run, a [`Failure`] concerns one article or file and the run goes on.

use std::io;
use std::path::{Path, PathBuf};

use gisa_entity::Day;

use crate::excerpt::excerpt;
use crate::source_position::SourcePosition;

/// The most characters of a cell, or of the name of a column, that a message shows.
const SHOWN_CHARS: usize = 60;

/// The reason why a run failed. The message names the file and says what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An input that does not exist or cannot be looked at.
    #[error("{}: {source}; nothing was read", path.display())]
    Input {
        /// The input as it was named.
        path: PathBuf,
        /// The error of the system.
        source: io::Error,
    },
    /// An input of a kind that is not read.
    #[error("{}: {reason}; supported are {}", path.display(), supported)]
    Unsupported {
        /// The input as it was named.
        path: PathBuf,
        /// The reason.
        reason: &'static str,
        /// The kinds that are read.
        supported: &'static str,
    },
    /// A file of articles where a plain text is read.
    #[error(
        "{}: a plain text is read here, line by line, and this is {format}; pass the texts of its articles instead, in a \
         .txt file or on the standard input{}",
        path.display(),
        if *format == "JSON Lines" { " (jq -r .text FILE | gisa tokenize)" } else { "" }
    )]
    NotPlainText {
        /// The file as it was named or found.
        path: PathBuf,
        /// Its format.
        format: &'static str,
    },
    /// Folders without a single article.
    #[error("no articles in {}: {others} other file(s) there{}; supported are {}", list(paths), and_tables(*tables), supported)]
    NoArticles {
        /// The inputs as they were named.
        paths: Vec<PathBuf>,
        /// The number of files of other kinds that were skipped.
        others: usize,
        /// The number of tables of earlier runs that were skipped.
        tables: usize,
        /// The kinds that are read.
        supported: &'static str,
    },
    /// The output folder or a table in it cannot be written.
    #[error("cannot write to {}: {source}; choose another folder with --out", path.display())]
    Output {
        /// The folder or file.
        path: PathBuf,
        /// The error of the system.
        source: io::Error,
    },
    /// Another run is writing to the same folder.
    #[error("{}: another run is writing there; wait for it, or choose another folder with --out", folder.display())]
    Busy {
        /// The folder.
        folder: PathBuf,
    },
    /// An input is one of the files that the run is going to write.
    #[error(
        "{input}: this input is {}, which the run would write over; choose another folder with --out",
        target.display()
    )]
    Overwrites {
        /// The input as it was named or found.
        input: String,
        /// The file to be written.
        target: PathBuf,
    },
    /// A file in the output folder that no run wrote and this one would replace.
    #[error(
        "{}: a table of this name is to be written, but this file is none of gisa's; move it away, or choose another \
         folder with --out",
        path.display()
    )]
    ForeignFile {
        /// The file.
        path: PathBuf,
    },
    /// An input that is a table of an earlier run.
    #[error("{}: this is a table that gisa wrote; name the articles that it was made from", path.display())]
    OwnTable {
        /// The input as it was named.
        path: PathBuf,
    },
    /// Rows cannot be represented in the output format.
    #[error("cannot write the rows: {0}")]
    Encode(#[source] io::Error),
    /// There is no folder for the user's data on this system.
    #[error("this system names no folder for user data; set GISA_DICTIONARY to the dictionary's folder instead")]
    NoUserData,
    /// A failure that concerns the whole run, as in a gold file, which is scored as a whole.
    #[error(transparent)]
    Failure(#[from] Failure),
    /// A gold file without a single document.
    #[error("{}: no documents with gold mentions; there is nothing to score or to learn", path.display())]
    NoGold {
        /// The file as it was named.
        path: PathBuf,
    },
    /// A fold of a gold file without a document.
    #[error(transparent)]
    EmptyFold(#[from] crate::fold::EmptyFoldError),
    /// A gold file without documents of a split.
    #[error(transparent)]
    EmptySplit(#[from] crate::fold::EmptySplitError),
    /// A file cannot be written.
    #[error(transparent)]
    OutputFile(#[from] crate::output::OutputError),
    /// A model could not be trained.
    #[error("cannot train: {0}")]
    Train(#[source] gisa_train::TrainError),
    /// A gold file.
    #[error(transparent)]
    Gold(#[from] gisa_gold::Error),
    /// The tagger's resources.
    #[error(transparent)]
    Entity(#[from] gisa_entity::Error),
    /// The dictionary.
    #[error(transparent)]
    Tokenizer(#[from] gisa_tokenizer::Error),
    /// The standard output could not be written.
    #[error("cannot write the results: {0}")]
    Stdout(#[source] io::Error),
    /// No threads could be started.
    #[error("cannot start the threads: {0}; try --threads 1")]
    Threads(#[from] rayon::ThreadPoolBuildError),
}

impl Error {
    /// Returns whether the reader of the results has closed the pipe, as `head` does, which is not an error.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Error::Stdout(source) if source.kind() == io::ErrorKind::BrokenPipe)
    }

    pub(crate) fn output(path: &Path) -> impl FnOnce(io::Error) -> Error + '_ {
        move |source| Error::Output { path: path.to_owned(), source }
    }
}

fn list(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
}

/// An article or file that could not be processed, displayed as `file:line: cause`.
#[derive(Debug, thiserror::Error)]
#[error("{position}: {cause}")]
pub struct Failure {
    /// The file and line.
    pub position: SourcePosition,
    /// The cause.
    #[source]
    pub cause: Cause,
}

/// The reason why an article or file could not be processed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Cause {
    /// The file could not be read to its end.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// The file has no bytes, or white space only.
    #[error("the file is empty")]
    EmptyFile,
    /// A table without rows.
    #[error("the table has a header and no rows")]
    NoRows,
    /// A page on which no article was found.
    #[error("no article text found on the page")]
    NoArticle,
    /// Bytes in an unknown encoding.
    #[error("not UTF-8 (invalid at byte {at}) and not Korean in EUC-KR/CP949; save it as UTF-8")]
    Encoding {
        /// The first byte that is no UTF-8, counted from the start of the file or line.
        at: usize,
    },
    /// Bytes that are not Korean in a file that is.
    #[error(
        "not UTF-8, and the bytes {} at byte {at} are no character of EUC-KR/CP949, in which the file is written; save it \
         as UTF-8",
        hex(bytes)
    )]
    KoreanEncoding {
        /// The first of the bytes, counted from the start of the line.
        at: usize,
        /// The bytes.
        bytes: Vec<u8>,
    },
    /// A line that is no JSON object.
    #[error("not a JSON object ({0}); JSON Lines has one object a line")]
    Json(#[from] serde_json::Error),
    /// A JSON value of the wrong type.
    #[error("{key:?} is {found}; expected {expected}")]
    Type {
        /// The key.
        key: String,
        /// The type it has.
        found: &'static str,
        /// The type it should have.
        expected: &'static str,
    },
    /// A JSON object without text.
    #[error("no text: the keys are {}; the text is looked for under {}", quoted(found), quoted(expected))]
    NoTextKey {
        /// The keys it has.
        found: Vec<String>,
        /// The keys under which a text is looked for.
        expected: &'static [&'static str],
    },
    /// A table without a text column.
    #[error("no text column: the columns are {}; the text is looked for under {}", quoted(found), quoted(expected))]
    NoTextColumn {
        /// The columns it has.
        found: Vec<String>,
        /// The columns under which a text is looked for.
        expected: &'static [&'static str],
    },
    /// A row whose text and title are empty.
    #[error("text and title are empty")]
    NoText,
    /// A publication day that cannot be read, of an article that is processed nevertheless.
    #[error(
        "{:?} is no publication day, and the article is done {}; a day is written {}",
        excerpt(written, SHOWN_CHARS),
        instead(*found),
        Day::PUBLISHED_FORMS
    )]
    Day {
        /// The text of the day in the file.
        written: String,
        /// The day that was found in the text.
        found: Option<Day>,
    },
    /// A row of a table with more or fewer cells than its header.
    #[error(
        "the row has {found} cells, the header {expected}; a quote may be missing or an unquoted delimiter stand in a cell"
    )]
    Ragged {
        /// The cells of the row.
        found: usize,
        /// The cells of the header.
        expected: usize,
    },
    /// A row with a quoted cell that goes on to the end of the file.
    #[error("a quote in this row is never closed; the rows after it were not read")]
    OpenQuote,
    /// A table that cannot be parsed into rows.
    #[error("{0}")]
    Table(#[from] csv::Error),
    /// A panic of this program at this article.
    #[error("gisa failed on this article ({0}); please report it, with the article if you can")]
    Panic(String),
}

impl Cause {
    pub(crate) fn at(self, position: &SourcePosition) -> Failure {
        Failure { position: position.clone(), cause: self }
    }
}

/// Formats bytes as `FF 0A`.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(" ")
}

fn and_tables(tables: usize) -> String {
    if tables == 0 { String::new() } else { format!(", and {tables} table(s) that gisa wrote") }
}

fn instead(found: Option<Day>) -> String {
    found.map_or_else(|| "without one".to_owned(), |day| format!("with the day found in its text, {day}"))
}

fn quoted<S: AsRef<str>>(names: &[S]) -> String {
    names.iter().map(|name| format!("{:?}", excerpt(name.as_ref(), SHOWN_CHARS))).collect::<Vec<_>>().join(", ")
}
