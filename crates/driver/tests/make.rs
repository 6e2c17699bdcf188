//! `make extract`: when it runs the program again, with what, and how it ends. The program is the one under test; make's
//! own building is left out.
//!
//! The tests need make and the dictionary (`make dictionary`, or `make test`, which makes it first). All texts are
//! invented.

#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, SystemTime};

const ARTICLE: &str = "{\"id\": \"a1\", \"text\": \"김하늘 한빛시장은 23일 서울에서 협약을 맺었다.\"}\n";

/// Runs `make extract` for a folder that has `my corpus`, and tables in `my tables`.
fn extract(folder: &Path, args: &str) -> Output {
    let path = |name: &str| folder.join(name).display().to_string();
    Command::new("make")
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
        .args(["--no-print-directory", "extract", "CARGO=true", "PYTHON=false"])
        .arg(format!("GISA={}", assert_cmd::cargo::cargo_bin("gisa").display()))
        .arg(format!("CORPUS={}", path("my corpus")))
        .arg(format!("OUT={}", path("my tables")))
        .arg(format!("ARGS={args}"))
        .env_remove("MAKEFLAGS")
        .output()
        .unwrap()
}

#[track_caller]
fn expect(output: &Output, code: i32, said: &[&str]) {
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{stdout}{stderr}");
    for text in said {
        assert!(stdout.contains(text), "{text:?} is not in {stdout:?}; {stderr}");
    }
}

/// Makes the file a minute older or newer than now.
fn set_age(path: &Path, newer: bool) {
    let minute = Duration::from_mins(1);
    let time = if newer { SystemTime::now() + minute } else { SystemTime::now() - minute };
    fs::File::options().append(true).open(path).unwrap().set_modified(time).unwrap();
}

#[test]
fn it_runs_again_when_something_has_changed_and_keeps_its_status() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, tables) = (folder.path().join("my corpus"), folder.path().join("my tables"));
    let (articles, names) = (corpus.join("a.jsonl"), folder.path().join("names.csv"));
    fs::create_dir(&corpus).unwrap();
    fs::write(&articles, ARTICLE).unwrap();
    fs::write(&names, "form,label\n한빛관,LC\n").unwrap();
    set_age(&articles, false);
    set_age(&names, false);
    let args = format!("--gazetteer {}", names.display());

    let (made, kept) = ("the tables: ", "nothing has changed");
    expect(&extract(folder.path(), &args), 0, &[made]);
    expect(&extract(folder.path(), &args), 0, &[kept]);
    for table in ["articles.csv", "mentions.csv", "entities.csv"] {
        fs::remove_file(tables.join(table)).unwrap();
        expect(&extract(folder.path(), &args), 0, &[made]);
    }
    set_age(&names, true);
    expect(&extract(folder.path(), &args), 0, &[made]);
    set_age(&names, false);
    expect(&extract(folder.path(), &args), 0, &[kept]);

    fs::write(&articles, format!("{ARTICLE}broken\n")).unwrap();
    set_age(&articles, true);
    // Make itself ends with 2 whatever the status of a command is.
    expect(&extract(folder.path(), &args), 2, &[made, "some articles failed: see ", "failures.csv"]);
    set_age(&articles, false);
    expect(&extract(folder.path(), &args), 2, &[kept, "some articles failed: see "]);
}
