//! Flags that several commands share.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;

use crate::resources::Resources;

#[derive(Args)]
pub(super) struct WorkArgs {
    /// The number of threads, by default one per core. The results do not depend on it
    #[arg(long, value_name = "N")]
    pub(super) threads: Option<NonZeroUsize>,
    /// Reports failures only
    #[arg(long, short)]
    pub(super) quiet: bool,
}

#[derive(Args)]
pub(super) struct DictionaryArgs {
    /// The folder of the dictionary to use
    #[arg(long, value_name = "DIR")]
    dictionary: Option<PathBuf>,
    /// Words of your own, a CSV file: surface,tag[,class][,cost]. They take precedence over those of the dictionary
    #[arg(long, value_name = "FILE")]
    user_dictionary: Option<PathBuf>,
}

impl From<DictionaryArgs> for Resources {
    fn from(args: DictionaryArgs) -> Resources {
        Resources { dictionary: args.dictionary, user_dictionary: args.user_dictionary, ..Resources::default() }
    }
}

#[derive(Args)]
pub(super) struct TaggerArgs {
    #[command(flatten)]
    dictionaries: DictionaryArgs,
    /// Names of your own, a CSV file: form,label[,kind][,name]. They take precedence over all other mentions; may be
    /// repeated
    #[arg(long = "gazetteer", value_name = "FILE")]
    gazetteers: Vec<PathBuf>,
    /// The model: the built-in model (fast), or a file that gisa train wrote
    #[arg(long, value_name = "fast|FILE", default_value = "fast", value_parser = model)]
    model: PathBuf,
    /// Leaves out mentions with a lower confidence, from 0 to 1; names of your own are always kept
    #[arg(long, value_name = "P", default_value = "0", value_parser = probability)]
    min_confidence: f32,
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

/// Parses the name of the built-in model or the path of a model file.
fn model(text: &str) -> Result<PathBuf, String> {
    match text {
        "rules" => Err("the tagger always has a model: leave --model out for the built-in one, or name a file that gisa train wrote (a file named rules is ./rules)".to_owned()),
        _ => Ok(text.into()),
    }
}

/// Parses a number from 0 to 1.
fn probability(text: &str) -> Result<f32, String> {
    let number: f32 = text.parse().map_err(|_| format!("expected a number from 0 to 1, found {text:?}"))?;
    if (0.0..=1.0).contains(&number) { Ok(number) } else { Err(format!("expected a number from 0 to 1, found {text}")) }
}
