//! The Makefile: when `make extract` does its work again, with what, and how it ends; and what other targets need. The
//! program is the one under test; make's own building is left out.
//!
//! The tests need make and the dictionary (`make dictionary`, or `make test`, which makes it first). All texts are
//! invented.

#![cfg(unix)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

use support::has_dictionary;

mod support;

const ARTICLE: &str = "{\"id\": \"a1\", \"text\": \"김하늘 한빛시장은 23일 서울에서 협약을 맺었다.\"}\n";

/// Runs a target of make with variables.
fn make(target: &str, variables: &[(&str, &str)]) -> Output {
    Command::new("make")
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
        .args(["--no-print-directory", target, "CARGO=true", "PYTHON=false"])
        .arg(format!("GISA={}", env!("CARGO_BIN_EXE_gisa")))
        .args(variables.iter().map(|(name, value)| format!("{name}={value}")))
        // `make test` runs this test.
        .env_remove("MAKEFLAGS")
        .env_remove("MAKELEVEL")
        .output()
        .unwrap()
}

/// A folder with articles and tables in it, and `make extract` for these.
struct Extraction {
    folder: TempDir,
    corpus: &'static str,
    out: &'static str,
}

impl Extraction {
    /// With one article in the corpus.
    fn new(corpus: &'static str, out: &'static str) -> Extraction {
        let extraction = Extraction { folder: tempfile::tempdir().unwrap(), corpus, out };
        extraction.write(&format!("{corpus}/a.jsonl"), ARTICLE);
        extraction
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        fs::write(self.path(name), text).unwrap();
    }

    fn run(&self, args: &str) -> Output {
        let path = |name: &str| self.path(name).display().to_string();
        make("extract", &[("CORPUS", &path(self.corpus)), ("OUT", &path(self.out)), ("ARGS", args)])
    }
}

#[track_caller]
fn expect(output: &Output, code: i32, said: &[&str]) {
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{stdout}{stderr}");
    for text in said {
        assert!(stderr.contains(text), "{text:?} is not in {stderr:?}; {stdout}");
    }
}

const MADE: &str = "1 article, ";
const KEPT: &str = "nothing has changed since the tables in ";

/// Makes the file a minute older or newer than now.
fn set_age(path: &Path, newer: bool) {
    let minute = Duration::from_mins(1);
    let time = if newer { SystemTime::now() + minute } else { SystemTime::now() - minute };
    fs::File::options().append(true).open(path).unwrap().set_modified(time).unwrap();
}

#[test]
fn it_runs_again_when_something_has_changed_and_keeps_its_status() {
    if !has_dictionary() {
        return;
    }
    let extraction = Extraction::new("my corpus", "my tables");
    let (articles, names) = (extraction.path("my corpus/a.jsonl"), extraction.path("names.csv"));
    extraction.write("names.csv", "form,label\n한빛관,LC\n");
    set_age(&articles, false);
    set_age(&names, false);
    let args = format!("--gazetteer {}", names.display());

    expect(&extraction.run(&args), 0, &[MADE]);
    expect(&extraction.run(&args), 0, &[KEPT]);
    for table in ["articles.csv", "mentions.csv", "entities.csv"] {
        fs::remove_file(extraction.path("my tables").join(table)).unwrap();
        expect(&extraction.run(&args), 0, &[MADE]);
    }
    // A file that is newer is another one, and so is one that is older than that which was read.
    for newer in [true, false] {
        set_age(&names, newer);
        expect(&extraction.run(&args), 0, &[MADE]);
        expect(&extraction.run(&args), 0, &[KEPT]);
    }
    expect(&extraction.run(&format!("{args} --no-bom")), 0, &[MADE]);
    expect(&extraction.run(&format!("{args} --no-bom --threads 1")), 0, &[KEPT]);
    expect(&extraction.run(&args), 0, &[MADE]);

    extraction.write("my corpus/b.jsonl", &ARTICLE.replace("a1", "b1"));
    expect(&extraction.run(&args), 0, &["2 articles, "]);
    fs::remove_file(extraction.path("my corpus/b.jsonl")).unwrap();
    expect(&extraction.run(&args), 0, &[MADE]);

    fs::write(&articles, format!("{ARTICLE}broken\n")).unwrap();
    // Make itself ends with 2 whatever the status of a command is.
    expect(&extraction.run(&args), 2, &[MADE, "1 failed, listed in ", "failures.csv"]);
    expect(&extraction.run(&args), 2, &[KEPT, "some articles failed, listed in ", "failures.csv"]);
    fs::remove_file(extraction.path("my tables/failures.csv")).unwrap();
    expect(&extraction.run(&args), 2, &[MADE]);
}

#[test]
fn the_tables_may_lie_among_the_articles() {
    if !has_dictionary() {
        return;
    }
    let extraction = Extraction::new("my", "my/tables");
    expect(&extraction.run(""), 0, &[MADE]);
    expect(&extraction.run(""), 0, &[KEPT]);
    extraction.write("my/b.jsonl", &ARTICLE.replace("a1", "b1"));
    expect(&extraction.run(""), 0, &["2 articles, "]);
    expect(&extraction.run(""), 0, &[KEPT]);

    let extraction = Extraction::new("my", "my");
    expect(&extraction.run(""), 0, &[MADE]);
    expect(&extraction.run(""), 0, &[KEPT]);
}

#[test]
fn tables_of_another_run_are_not_taken_for_those_of_the_last() {
    if !has_dictionary() {
        return;
    }
    let extraction = Extraction::new("my", "tables");
    extraction.write("other/b.jsonl", &ARTICLE.replace("a1", "b1").repeat(2));
    expect(&extraction.run(""), 0, &[MADE]);
    let mut gisa = Command::new(env!("CARGO_BIN_EXE_gisa"));
    let by_hand = gisa.arg("extract").arg(extraction.path("other")).arg("--out").arg(extraction.path("tables"));
    expect(&by_hand.output().unwrap(), 0, &["2 articles, "]);
    expect(&extraction.run(""), 0, &[MADE]);
    expect(&extraction.run(""), 0, &[KEPT]);
}

#[test]
fn the_standard_input_is_read_every_time() {
    if !has_dictionary() {
        return;
    }
    let extraction = Extraction::new("my", "tables");
    for articles in ["1 article, ", "2 articles, "] {
        let mut gisa = assert_cmd::Command::new(env!("CARGO_BIN_EXE_gisa"));
        let gisa = gisa.args(["extract", "--if-changed", "-", "--out"]).arg(extraction.path("tables"));
        let text = if articles == MADE { ARTICLE.to_owned() } else { ARTICLE.repeat(2) };
        expect(&gisa.write_stdin(text).output().unwrap(), 0, &[articles]);
    }
}

#[test]
fn a_run_that_could_not_be_done_is_done_again() {
    if !has_dictionary() {
        return;
    }
    let extraction = Extraction::new("my", "tables");
    expect(&extraction.run("--gazetteer nowhere.csv"), 2, &["nowhere.csv"]);
    expect(&extraction.run("--gazetteer nowhere.csv"), 2, &["nowhere.csv"]);
    expect(&extraction.run(""), 0, &[MADE]);
}

#[test]
fn several_inputs_are_given_apart() {
    if !has_dictionary() {
        return;
    }
    let extraction = Extraction::new("my", "tables");
    extraction.write("b.jsonl", &ARTICLE.replace("a1", "b1"));
    let path = |name: &str| extraction.path(name).display().to_string();
    let corpus = format!("{} {}", path("my"), path("b.jsonl"));
    let output = make("extract", &[("CORPUS", &corpus), ("OUT", &path("tables"))]);
    expect(&output, 0, &["2 articles, "]);
}

#[test]
fn all_targets_are_listed() {
    let output = make("help", &[]);
    let listed = String::from_utf8(output.stdout).unwrap();
    let targets: Vec<&str> = listed.lines().map(|line| line.split_whitespace().nth(1).unwrap()).collect();
    let expected = "help run test extract evaluate train dictionary dictionary-install bench lint doc golden clean";
    assert_eq!(targets.join(" "), expected);
}

#[test]
fn evaluation_without_data_says_where_to_name_it() {
    let output = make("evaluate", &[("DATA", "nowhere"), ("MODEL", "fast")]);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.code() == Some(2) && said.contains("DATA=folder"), "{said}");
}

#[test]
fn evaluation_scores_a_file_with_the_model_that_is_built_in() {
    if !has_dictionary() {
        return;
    }
    let extraction = Extraction::new("my", "tables");
    extraction.write("gold.jsonl", "{\"text\": \"김하늘 시장은 떠났다.\", \"spans\": [[0, 3, \"PS\"]]}\n");
    let file = extraction.path("gold.jsonl").display().to_string();
    let output = make("evaluate", &[("FILE", &file)]);
    expect(&output, 0, &[]);
    assert!(String::from_utf8_lossy(&output.stdout).contains("--model 'fast'"));
}
