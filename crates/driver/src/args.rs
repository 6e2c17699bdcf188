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

/// What to do, and with what.
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
    /// Reads the command line of the process. A wrong one, and `--help`, end the process here.
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
Exit codes: 0 all done; 1 done, but some articles failed (each is named with file, line and cause);
2 could not run.";

const INPUTS: &str = "\
Inputs are files or folders, which are searched with their folders:
  .txt          one article: a newspaper page as scraped, or plain text
  .jsonl        JSON Lines, an object a line
  .csv, .tsv    a table with a header, BigKinds exports among them
each also compressed, with .gz or .zst after it; - is JSON Lines on the standard input.
Text is UTF-8, UTF-16 with a byte-order mark, or EUC-KR/CP949.

Keys of an object and columns of a table (the first that is there counts):
  text          text, body, content, 본문, 내용
  title         title, 제목, headline
  id            id, 뉴스 식별자
  published     published, date, 일자 (2024-06-23, 20240623, 2024/06/23 or 2024.06.23., also with a time)
  press         press, 언론사
  reporter      reporter, 기고자, author
  section       section, category, 통합 분류1 to 3
  url           url, link";

const TABLES: &str = "\
Tables, as CSV in UTF-8:
  articles.csv  a row an article: the 19 columns of a BigKinds export, then our own
  mentions.csv  a row a mention: where it stands, what it is, what it refers to
  entities.csv  a row an entity over the whole corpus, with its counts and first and last day
  failures.csv  what could not be done, if there is anything
Tables of an earlier run are replaced, all of them, when the new ones are whole; if no article could
be read they stay. While .gisa-publishing is in DIR they are being replaced; after an interruption
the next run into DIR finishes that. Tables that gisa wrote are not read as articles.
A cell that a spreadsheet would run as a formula (= + - @, tab or carriage return first) gets an
apostrophe before it: -15도 is '-15도. To get the text back, take one apostrophe off wherever one of
these follows it, or write with --no-guard.";

#[derive(Subcommand)]
enum CliCommand {
    /// Reads articles and writes tables of their mentions and entities
    #[command(after_help = format!("{INPUTS}\n\n{TABLES}"))]
    Extract(ExtractArgs),
    /// Reads JSON Lines and writes JSON Lines with the mentions, in the order of the input
    ///
    /// A line in: {"id": "a1", "text": "이장우 시장은 23일 ...", "published": "2024-06-23"}. A line out: {"id": "a1",
    /// "published": "2024-06-23", "mentions": [{"start": 0, "end": 3, "label": "PS", "text": "이장우", "name": "이장우",
    /// "entity": 0, "value": null}, ...]}. start and end count characters (Unicode scalar values, as Python does) in
    /// the text as it was given; the text is tagged whole. Of a .txt page the parts that are the article are tagged,
    /// and the offsets count in the file.
    #[command(after_help = INPUTS)]
    Tag(TagArgs),
    /// Writes the morphemes of each line: a line in, a line out
    ///
    /// A line is analysed as one sentence, as MeCab does: surface/TAG, joined by single spaces. The input is plain text;
    /// files of articles (.jsonl, .csv, .tsv) are refused. Their texts are analysed when they are passed alone:
    /// jq -r .text a.jsonl | gisa tokenize
    Tokenize(TokenizeArgs),
    /// Trains a model on texts with mentions
    ///
    /// The labels are whatever the files have. With texts that another annotation has marked, and texts without marks,
    /// the model learns from these too: a corrector turns the other annotation's labels into those to learn, and large
    /// networks teach the small one.
    Train(TrainArgs),
    /// Scores the tagger on a file of gold mentions
    ///
    /// Prints precision, recall and F of whole mentions (start, end and label must be right) for each label, their
    /// micro and macro averages, and which labels are taken for which. The labels are the six; with a model that has labels
    /// of its own they are the model's and the file's.
    Evaluate(EvaluateArgs),
    /// Builds, finds or installs the dictionary
    ///
    /// The dictionary is looked for at --dictionary, then $GISA_DICTIONARY, then in the folder for the user's data, then
    /// as dictionaries/ko-dic in this folder or one above it.
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
