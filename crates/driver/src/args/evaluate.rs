//! The flags of `gisa evaluate`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;

use crate::args::common::TaggerArgs;
use crate::commands::evaluate;
use crate::fold::Fold;

#[derive(Args)]
pub(super) struct EvaluateArgs {
    /// The gold file: KLUE-NER (.tsv) or JSON Lines (.jsonl), optionally .gz or .zst
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Scores only the documents of a split ("split" in JSON Lines); may be repeated
    #[arg(long, value_name = "NAME")]
    split: Vec<String>,
    /// Scores only the Kth of N folds (documents K, K+N, K+2N ...), which gisa train --without-fold K/N holds out
    #[arg(long, value_name = "K/N")]
    fold: Option<Fold>,
    /// Writes the scores as JSON
    #[arg(long)]
    json: bool,
    /// Lists the errors after the scores, the most frequent first, with their sentences
    #[arg(long, conflicts_with = "json")]
    errors: bool,
    /// The number of threads, by default one per core
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    #[command(flatten)]
    resources: TaggerArgs,
}

impl From<EvaluateArgs> for evaluate::Settings {
    fn from(args: EvaluateArgs) -> evaluate::Settings {
        evaluate::Settings {
            file: args.file,
            splits: args.split,
            fold: args.fold,
            json: args.json,
            errors: args.errors,
            threads: args.threads.map(NonZeroUsize::get),
            resources: args.resources.into(),
        }
    }
}
