//! The command line: the flags of each command and their help. Flags become the settings of their command here; no type
//! of clap goes further in.

#![allow(clippy::doc_markdown, reason = "the comments are the help, which is read on a terminal and is no Markdown")]

use clap::{Parser, Subcommand};

use crate::args::dictionary::DictionaryCommand;
use crate::args::evaluate::EvaluateArgs;
use crate::args::extract::ExtractArgs;
use crate::args::tag::TagArgs;
use crate::args::tokenize::TokenizeArgs;
use crate::args::train::TrainArgs;
use crate::commands;

mod common;
mod dictionary;
mod evaluate;
mod extract;
mod tag;
mod tokenize;
mod train;

/// A command and its settings.
#[derive(Clone, Debug)]
pub enum Command {
    /// `gisa extract`.
    Extract(commands::extract::Settings),
    /// `gisa tag`.
    Tag(commands::tag::Settings),
    /// `gisa tokenize`.
    Tokenize(commands::tokenize::Settings),
    /// `gisa train`.
    Train(commands::train::Settings),
    /// `gisa evaluate`.
    Evaluate(commands::evaluate::Settings),
    /// `gisa dictionary`.
    Dictionary(commands::dictionary::Settings),
}

impl Command {
    /// Parses the command line of the process. An invalid one, and `--help`, end the process.
    pub fn from_args() -> Command {
        Cli::parse().command.into()
    }
}

/// Reads Korean newspaper articles and finds the people, places, organisations and dates in them.
#[derive(Parser)]
#[command(name = "gisa", version, after_help = EXIT_CODES, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: CliCommand,
}

const EXIT_CODES: &str = "\
Results go to the standard output or to files, everything else to the standard error.
Exit codes: 0 success; 1 finished, but some articles failed (each is reported with file, line and
cause); 2 could not run.";

const INPUTS: &str = "\
Inputs are files or folders, which are searched recursively:
  .txt          one article: a newspaper page as scraped, or plain text
  .jsonl        JSON Lines, one object per line
  .csv, .tsv    a table with a header, BigKinds exports among them
Each may be compressed (.gz or .zst); - is JSON Lines on the standard input.
Text is UTF-8, UTF-16 with a byte-order mark, or EUC-KR/CP949.

Keys of an object and columns of a table (the first one present is used):
  text          text, body, content, 본문, 내용
  title         title, 제목, headline
  id            id, 뉴스 식별자
  published     published, date, 일자 (2024-06-23, 20240623, 2024/06/23 or 2024.06.23., optionally with a time)
  press         press, 언론사
  reporter      reporter, 기고자, author
  section       section, category, 통합 분류1 to 3
  url           url, link";

const TABLES: &str = "\
Tables, as CSV in UTF-8:
  articles.csv  one row per article: the 19 columns of a BigKinds export, then those of gisa
  mentions.csv  one row per mention: its position, its label and the entity it refers to
  entities.csv  one row per entity of the whole corpus, with its counts and its first and last day
  failures.csv  one row per failure, if there are any
The tables of an earlier run are replaced together once the new ones are complete; if no article
could be read, they stay. While they are being replaced, DIR contains .gisa-publishing; after an
interruption, the next run into DIR completes the replacement. Tables that gisa wrote are not read
as articles.
A cell that a spreadsheet would evaluate as a formula (it begins with =, +, -, @, a tab or a carriage
return) is prefixed with an apostrophe: -15도 becomes '-15도. To restore the text,
take one apostrophe off where one of these characters follows it, or use --no-guard.";

#[derive(Subcommand)]
enum CliCommand {
    /// Reads articles and writes tables of their mentions and entities
    #[command(after_help = format!("{INPUTS}\n\n{TABLES}"))]
    Extract(ExtractArgs),
    /// Reads articles and writes their mentions as JSON Lines, in the order of the input
    ///
    /// Input: {"id": "a1", "text": "이장우 시장은 23일 ...", "published": "2024-06-23"}. Output: {"id": "a1",
    /// "published": "2024-06-23", "mentions": [{"start": 0, "end": 3, "label": "PS", "text": "이장우", "name": "이장우",
    /// "entity": 0, "value": null}, ...]}. start and end count characters (Unicode scalar values, as Python does) in
    /// the unchanged text, all of which is tagged. Of a .txt page only the article is tagged, and the offsets are
    /// those in the file.
    #[command(after_help = INPUTS)]
    Tag(TagArgs),
    /// Writes the morphemes of a text, one output line per input line
    ///
    /// A line is analysed as one sentence, as MeCab does: surface/TAG, joined by single spaces. The input is plain
    /// text; files of articles (.jsonl, .csv, .tsv) are refused. Their texts can be extracted and passed on: jq -r
    /// .text a.jsonl | gisa tokenize
    Tokenize(TokenizeArgs),
    /// Trains a model on texts with mentions
    ///
    /// The labels are those of the files. The model also learns from texts with another annotation, whose labels a
    /// corrector translates, and from texts without annotation, which other networks label for it. A label of which a
    /// gold file has no mention is not annotated in it: its texts say nothing about this label.
    Train(TrainArgs),
    /// Scores the tagger on a file of gold mentions
    ///
    /// Prints precision, recall and F1 of whole mentions (start, end and label must match) for each label, their micro
    /// and macro averages, and the confusion of labels. The labels of the file's mentions are scored; found mentions of
    /// other labels are neither right nor wrong. A file may have the six built-in labels or, with a model that has labels
    /// of its own, any.
    Evaluate(EvaluateArgs),
    /// Builds, finds or installs the dictionary
    ///
    /// The dictionary is searched for at --dictionary, in $GISA_DICTIONARY, in the user's data folder, and as
    /// dictionaries/ko-dic in the current folder or one above it, in this order.
    #[command(subcommand)]
    Dictionary(DictionaryCommand),
}

impl From<CliCommand> for Command {
    fn from(command: CliCommand) -> Command {
        match command {
            CliCommand::Extract(args) => Command::Extract(args.into()),
            CliCommand::Tag(args) => Command::Tag(args.into()),
            CliCommand::Tokenize(args) => Command::Tokenize(args.into()),
            CliCommand::Train(args) => Command::Train(args.into()),
            CliCommand::Evaluate(args) => Command::Evaluate(args.into()),
            CliCommand::Dictionary(command) => Command::Dictionary(command.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn flags_become_settings() {
        let parse = |line: &str| Command::from(Cli::try_parse_from(line.split(' ')).unwrap().command);
        let Command::Extract(settings) = parse("gisa extract a b --out o --no-bom --threads 3 --gazetteer g.csv")
        else {
            panic!("another command");
        };
        assert_eq!((settings.inputs.len(), settings.csv.bom, settings.threads), (2, false, Some(3)));
        assert_eq!(settings.resources.gazetteers, [PathBuf::from("g.csv")]);
        let Command::Tag(settings) = parse("gisa tag") else { panic!("another command") };
        assert_eq!(settings.inputs, [PathBuf::from("-")]);
        assert!(Cli::try_parse_from(["gisa", "tokenize", "--json", "--wakati"]).is_err());
        assert!(Cli::try_parse_from(["gisa", "extract", "a", "--out", "o", "--threads", "0"]).is_err());
    }
}
