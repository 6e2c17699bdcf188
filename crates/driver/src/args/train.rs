//! The flags of `gisa train`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;

use crate::args::common::DictionaryArgs;
use crate::commands::train;
use crate::fold::Fold;

#[derive(Args)]
pub(super) struct TrainArgs {
    /// Texts with the mentions to learn: KLUE-NER (.tsv) or JSON Lines (.jsonl), optionally .gz or .zst
    #[arg(required = true, value_name = "GOLD")]
    gold: Vec<PathBuf>,
    /// Learns only from the documents of a split ("split" in JSON Lines) of the gold files that have splits; may be
    /// repeated
    #[arg(long, value_name = "NAME")]
    split: Vec<String>,
    /// Holds out the Kth of N folds of each gold file (its documents K, K+N, K+2N ...), to score the model on with gisa
    /// evaluate --fold K/N
    #[arg(long, value_name = "K/N")]
    without_fold: Option<Fold>,
    /// The same texts, or some of them, with the mentions of another annotation
    #[arg(long, value_name = "FILE")]
    hints: Vec<PathBuf>,
    /// Further texts with the mentions of that other annotation
    #[arg(long, value_name = "FILE", requires = "hints")]
    silver: Vec<PathBuf>,
    /// Texts without mentions, JSON Lines with "text", whose sentences trained networks label for training. Those whose
    /// "id" is the "news" of a gold document that is held out are left out
    #[arg(long, value_name = "FILE")]
    unlabelled: Vec<PathBuf>,
    /// The number of sentences sampled from the unlabelled texts
    #[arg(long, value_name = "N", default_value = "120000")]
    unlabelled_sentences: usize,
    /// The model file to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// A folder for intermediate networks; those found there are not trained again
    #[arg(long, value_name = "DIR")]
    work: Option<PathBuf>,
    /// The name of the model
    #[arg(long, default_value = "fast")]
    name: String,
    /// A source of the training data, recorded in the model; may be repeated
    #[arg(long, value_name = "TEXT")]
    source: Vec<String>,
    /// The licence of the model, recorded in it
    #[arg(long, value_name = "TEXT", default_value = "")]
    licence: String,
    /// Random seed
    #[arg(long, default_value = "0")]
    seed: u64,
    /// The number of threads, by default one per core. The model does not depend on it
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    #[command(flatten)]
    dictionaries: DictionaryArgs,
}

impl From<TrainArgs> for train::Settings {
    fn from(args: TrainArgs) -> train::Settings {
        train::Settings {
            gold: args.gold,
            splits: args.split,
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
