//! The program `gisa`: reads the command line, runs the command, and exits with its status.

#![warn(clippy::print_stderr)]

use std::process::ExitCode;

use gisa::{Command, ExitStatus};

fn main() -> ExitCode {
    match gisa::run(&Command::from_args()) {
        Ok(status) => status.into(),
        // Whoever read the results has read enough, as `head` does.
        Err(error) if error.is_closed_pipe() => ExitStatus::Done.into(),
        Err(error) => {
            gisa::notice(&format!("gisa: {error}"));
            ExitStatus::CouldNotRun.into()
        }
    }
}
