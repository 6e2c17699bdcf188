//! The program `gisa`: Korean news articles in; people, places, organisations and dates out.
//!
//! This crate reads corpora and newspaper pages, runs the tagger of `gisa-entity` over them on many threads, and writes
//! tables. An article goes one way through it:
//!
//! ```text
//! file ─ input, read ─► Record ─ article, page ─► Article ─ article_text ─► document ─ gisa-entity ─► mentions
//!                                                                                                        │
//!        output_folder ◄─ sink ◄─ ArticleRow, MentionRow, EntityRow, FailureRow ◄─ rows, article_mention ┘
//! ```
//!
//! One thread reads records, a pool does the rest of the way up to the rows in the form of the sink, and the caller's
//! thread writes them in the order of the input ([`pipeline`], [`parallel`]). `args` turns the command line into the
//! [`commands`]' settings.

#![warn(clippy::print_stderr)] // A closed standard error is no reason to panic: see `notice`.

use std::io::{self, BufWriter};

pub use crate::args::Command;
pub use crate::error::{Cause, Error, Failure};
pub use crate::exit::ExitStatus;
pub use crate::fold::{EmptyFoldError, EmptySplitError, Fold, ParseFoldError};
pub use crate::notice::notice;
pub use crate::output::{OutputError, OutputFile};

mod args;
pub mod article;
pub mod article_mention;
pub mod article_text;
pub mod commands;
mod earlier_tables;
mod error;
mod excerpt;
mod exit;
mod fold;
mod ids;
pub mod input;
mod notice;
mod output;
pub mod output_folder;
pub mod parallel;
pub mod pipeline;
pub mod progress;
pub mod read;
pub mod record;
pub mod resources;
pub mod rows;
pub mod sink;
pub mod source_position;
mod stamp;

/// Runs a command: results go to the standard output or to files, everything else to the standard error.
///
/// # Errors
///
/// When the command could not be run, or its results not be written. Failures of single articles are in the
/// [`ExitStatus`].
pub fn run(command: &Command) -> Result<ExitStatus, Error> {
    let mut out = BufWriter::new(io::stdout().lock());
    match command {
        Command::Extract(settings) => commands::extract::run(settings),
        Command::Tag(settings) => commands::tag::run(settings, &mut out),
        Command::Tokenize(settings) => commands::tokenize::run(settings, &mut out),
        Command::Train(settings) => commands::train::run(settings),
        Command::Evaluate(settings) => commands::evaluate::run(settings, &mut out),
        Command::Dictionary(settings) => commands::dictionary::run(settings, &mut out),
    }
}
