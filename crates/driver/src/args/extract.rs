//! The flags of `gisa extract`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;

use crate::args::common::{TaggerArgs, WorkArgs};
use crate::commands::extract;
use crate::sink::csv::CsvOptions;

#[derive(Args)]
pub(super) struct ExtractArgs {
    /// Files and folders to read; - is JSON Lines on the standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// The folder for the tables, created if it does not exist
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Does nothing if the tables in DIR were made from the same inputs, options, dictionary and program, and none of
    /// these has changed since; the exit code is then that of the earlier run
    #[arg(long)]
    if_changed: bool,
    /// Leaves out the byte-order mark by which Excel recognizes UTF-8
    #[arg(long)]
    no_bom: bool,
    /// Writes cells that begin like a formula unchanged, for programs; a spreadsheet would evaluate them
    #[arg(long)]
    no_guard: bool,
    #[command(flatten)]
    work: WorkArgs,
    #[command(flatten)]
    resources: TaggerArgs,
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
