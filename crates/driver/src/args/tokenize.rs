//! The flags of `gisa tokenize`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;

use crate::args::common::DictionaryArgs;
use crate::commands::tokenize;

#[derive(Args)]
pub(super) struct TokenizeArgs {
    /// The plain text to read (.txt, optionally .gz or .zst); by default, and for -, the standard input
    #[arg(value_name = "FILE", default_value = "-")]
    input: PathBuf,
    /// Writes one object per line: {"cost", "morphemes": [{"surface", "tag", "class", "start", "end"}, ...]}, in
    /// characters
    #[arg(long)]
    json: bool,
    /// Writes the N cheapest analyses of each line, those after the best as "others"
    #[arg(long, value_name = "N", requires = "json", default_value = "1")]
    analyses: NonZeroUsize,
    /// Writes only the surfaces, separated by spaces
    #[arg(long, conflicts_with = "json")]
    wakati: bool,
    #[command(flatten)]
    dictionaries: DictionaryArgs,
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
