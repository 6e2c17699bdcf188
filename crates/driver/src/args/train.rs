//! The flags of `gisa train`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;

use crate::args::common::DictionaryArgs;
use crate::commands::train;
use crate::fold::Fold;

#[derive(Args)]
pub(super) struct TrainArgs {
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

impl From<TrainArgs> for train::Settings {
    fn from(args: TrainArgs) -> train::Settings {
        train::Settings {
            gold: args.gold,
            without_fold: args.without_fold,
            hints: args.hints,
            silver: args.silver,
            unlabelled: args.unlabelled,
            out: args.out,
            training: gisa_train::Settings {
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
