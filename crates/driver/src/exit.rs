//! Exit codes, on which scripts rely.

use std::process::ExitCode;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExitStatus {
    /// All articles are done: 0.
    Done,
    /// The run is done; some articles failed, each of which was named: 1.
    SomeFailed,
    /// The run could not be done: 2.
    CouldNotRun,
}

impl ExitStatus {
    /// The status of a run that is done, by what failed in it.
    pub fn of_failures(failures: u64) -> ExitStatus {
        if failures == 0 { ExitStatus::Done } else { ExitStatus::SomeFailed }
    }

    /// The number that the system is told.
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
