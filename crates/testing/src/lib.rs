//! What the tests of all crates share: a test that lacks something is skipped, and says so.
//!
//! The crate depends on none of the others, so every one of them can have it as a dev-dependency. What a test may lack
//! is of two kinds. Data that only some machines have, such as corpora, is [skipped](skip) wherever it is absent. What
//! `make test` provides before it runs the tests, the dictionary above all, is [asked for](provided): continuous
//! integration sets `CI`, and there the absence is a failure, so that no run is green because nothing was tested.

use std::fmt::Display;
use std::io::{self, Write};
use std::{env, thread};

/// Prints why the current test does nothing.
///
/// The line is written past the test runner, which captures what the `print` macros write and shows it only for tests
/// that fail.
pub fn skip(reason: impl Display) {
    let test = thread::current();
    let _ = writeln!(io::stderr(), "skipped: {}: {reason}", test.name().unwrap_or("a test"));
}

/// Returns what a test needs and `make test` provides. Where it is absent the test is skipped, which is printed.
///
/// ```
/// use std::{fs, io};
///
/// let file = fs::read_to_string("Cargo.toml");
/// let Some(text) = gisa_testing::provided(file, |error| error.kind() == io::ErrorKind::NotFound) else { return };
/// assert!(text.contains("[package]"));
/// ```
///
/// # Panics
///
/// If the error is another than absence, and if continuous integration runs the test: `CI` is set, and not to `false`.
#[track_caller]
pub fn provided<T, E: Display>(found: Result<T, E>, is_not_found: impl FnOnce(&E) -> bool) -> Option<T> {
    match found {
        Ok(found) => Some(found),
        Err(error) if is_not_found(&error) && !is_continuous_integration() => {
            skip(error);
            None
        }
        Err(error) => panic!("{error}"),
    }
}

fn is_continuous_integration() -> bool {
    env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false")
}

#[cfg(test)]
mod tests {
    use std::process::{Command, Output};

    use super::*;

    /// Runs one of the ignored tests below in a process of its own, as the test runner does, with a value of `CI`.
    fn run(test: &str, ci: Option<&str>) -> (bool, String) {
        let mut command = Command::new(env::current_exe().unwrap());
        command
            .args(["--exact", &format!("tests::{test}"), "--ignored"])
            .env_remove("RUST_TEST_NOCAPTURE")
            .env_remove("CI");
        command.envs(ci.map(|value| ("CI", value)));
        let Output { status, stdout, stderr } = command.output().unwrap();
        let stdout = String::from_utf8(stdout).unwrap();
        assert!(stdout.contains("running 1 test"), "{stdout}");
        (status.success(), String::from_utf8(stderr).unwrap())
    }

    #[test]
    #[ignore = "run by the tests of `skip`"]
    fn skipping() {
        eprintln!("captured");
        skip("no corpora");
    }

    #[test]
    #[ignore = "run by the tests of `provided`"]
    fn asking_for_what_is_absent() {
        assert!(provided(Err::<(), _>("no dictionary"), |_| true).is_none());
    }

    #[test]
    #[ignore = "run by the tests of `provided`"]
    #[should_panic(expected = "a damaged dictionary")]
    fn asking_for_what_is_damaged() {
        provided(Err::<(), _>("a damaged dictionary"), |_| false);
    }

    #[test]
    fn the_reason_of_a_skipped_test_is_printed() {
        for ci in [None, Some("true")] {
            assert_eq!(run("skipping", ci), (true, "skipped: tests::skipping: no corpora\n".to_owned()));
        }
    }

    #[test]
    fn absence_is_a_failure_in_continuous_integration_only() {
        for (ci, skipped) in
            [(None, true), (Some(""), true), (Some("false"), true), (Some("true"), false), (Some("1"), false)]
        {
            let (passed, said) = run("asking_for_what_is_absent", ci);
            assert_eq!(passed, skipped, "{ci:?}");
            let reason = "skipped: tests::asking_for_what_is_absent: no dictionary";
            assert_eq!(said.contains(reason), skipped, "{ci:?}: {said}");
        }
    }

    #[test]
    fn what_is_damaged_is_never_skipped() {
        for ci in [None, Some("true")] {
            assert!(run("asking_for_what_is_damaged", ci).0, "it panics");
        }
    }

    #[test]
    fn what_is_there_is_returned() {
        assert_eq!(provided(Ok::<_, &str>(1), |_| true), Some(1));
    }
}
