//! Exit codes, on which scripts rely.

use std::process::ExitCode;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExitStatus {
    /// All articles were processed: 0.
    Done,
    /// The run finished; some articles failed, each of which was named: 1.
    SomeFailed,
    /// The run could not be carried out: 2.
    CouldNotRun,
}

impl ExitStatus {
    /// Returns the status of a finished run with this number of failures.
    pub fn of_failures(failures: u64) -> ExitStatus {
        if failures == 0 { ExitStatus::Done } else { ExitStatus::SomeFailed }
    }

    /// Returns the exit code.
    pub const fn code(self) -> u8 {
        match self {
            ExitStatus::Done => 0,
            ExitStatus::SomeFailed => 1,
            ExitStatus::CouldNotRun => 2,
        }
    }
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> ExitCode {
        ExitCode::from(status.code())
    }
}
