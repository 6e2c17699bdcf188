//! The flags of `gisa tag`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;

use crate::args::common::{TaggerArgs, WorkArgs};
use crate::commands::tag;

#[derive(Args)]
pub(super) struct TagArgs {
    /// Files and folders to read; by default, and for -, JSON Lines on the standard input
    #[arg(value_name = "INPUT", default_value = "-")]
    inputs: Vec<PathBuf>,
    #[command(flatten)]
    work: WorkArgs,
    #[command(flatten)]
    resources: TaggerArgs,
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
