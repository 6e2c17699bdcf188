//! Snapshots of the command line: exit code, standard output and standard error of each command, as a user sees them.
//!
//! What a command says is in `tests/snapshots`. After a change that is meant, `INSTA_UPDATE=always cargo test -p gisa
//! --test cli` writes the snapshots anew; read the difference before committing it.
//!
//! The tests need the dictionary (`make dictionary`, or `make test`, which makes it first). All texts are invented.

use std::fs;
use std::process::Output;

use assert_cmd::Command;
use tempfile::TempDir;

use support::has_dictionary;

mod support;

/// Two articles, and a line that is none.
const ARTICLES: &str = r#"{"id": "a1", "published": "2024-06-23", "text": "김하늘 한빛시장은 오는 29일 서울에서 가람전자와 협약을 맺는다. 김 시장은 \"기쁘다\"고 말했다."}
{"id": "a2", "text": "비가 온다."}
"#;

const NAMES: &str = "form,label,kind,name\n가람전자,OG,company,가람\n";

/// A folder with files of the test, in which the program runs.
struct Cli {
    folder: TempDir,
}

impl Cli {
    fn new(files: &[(&str, &str)]) -> Cli {
        let cli = Cli { folder: tempfile::tempdir().unwrap() };
        for (name, text) in files {
            let path = cli.folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        cli
    }

    fn run(&self, args: &[&str], stdin: &str) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gisa"));
        // The help is as wide as the terminal, whose width this variable says where there is none.
        command.env_remove("COLUMNS").current_dir(self.folder.path()).args(args).write_stdin(stdin);
        describe(&command.output().unwrap())
    }
}

/// An outcome as it stands in a snapshot.
fn describe(output: &Output) -> String {
    let code = output.status.code().map_or("none".to_owned(), |code| code.to_string());
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    format!("exit code: {code}\n--- stdout ---\n{}--- stderr ---\n{}", text(&output.stdout), text(&output.stderr))
}

/// Compares an outcome with its snapshot, after what differs from one machine or version to another.
#[track_caller]
fn expect(name: &str, cli: &Cli, args: &[&str], stdin: &str) {
    let outcome = cli.run(args, stdin);
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_description(format!("gisa {}", args.join(" ")));
    settings.add_filter(&regex::escape(&cli.folder.path().display().to_string()), "[FOLDER]");
    settings.add_filter(r"\bgisa \d+\.\d+\.\d+\S*", "gisa [VERSION]");
    settings.add_filter(r"gisa\.exe", "gisa");
    settings.bind(|| insta::assert_snapshot!(name, outcome));
}

#[test]
fn help() {
    let cli = Cli::new(&[]);
    expect("help", &cli, &["--help"], "");
    expect("version", &cli, &["--version"], "");
    for command in ["extract", "tag", "tokenize", "train", "evaluate", "dictionary"] {
        expect(&format!("help-{command}"), &cli, &[command, "--help"], "");
    }
    for command in ["build", "export", "path", "check", "install"] {
        expect(&format!("help-dictionary-{command}"), &cli, &["dictionary", command, "--help"], "");
    }
}

#[test]
fn wrong_command_lines() {
    let cli = Cli::new(&[("a.jsonl", ARTICLES)]);
    let cases: [(&str, &[&str]); 8] = [
        ("usage-no-command", &[]),
        ("usage-unknown-command", &["extrakt"]),
        ("usage-extract-without-out", &["extract", "a.jsonl"]),
        ("usage-no-threads", &["tag", "a.jsonl", "--threads", "0"]),
        ("usage-improbable", &["tag", "a.jsonl", "--min-confidence", "50"]),
        ("usage-no-fold", &["evaluate", "a.jsonl", "--fold", "6/5"]),
        ("usage-silver-without-hints", &["train", "a.jsonl", "--silver", "a.jsonl", "--out", "my.model"]),
        ("usage-json-and-errors", &["evaluate", "a.jsonl", "--json", "--errors"]),
    ];
    for (name, args) in cases {
        expect(name, &cli, args, "");
    }
}

#[test]
fn tag() {
    if !has_dictionary() {
        return;
    }
    let cli = Cli::new(&[("a.jsonl", ARTICLES), ("names.csv", NAMES), ("names.xlsx", "")]);
    expect("tag", &cli, &["tag", "a.jsonl"], "");
    expect("tag-stdin", &cli, &["tag"], ARTICLES);
    expect("tag-gazetteer", &cli, &["tag", "a.jsonl", "--gazetteer", "names.csv"], "");
    expect("tag-some-failed", &cli, &["tag"], &format!("{ARTICLES}broken\n{{\"id\": \"a3\"}}\n"));
    expect("tag-missing-file", &cli, &["tag", "b.jsonl"], "");
    expect("tag-missing-dictionary", &cli, &["tag", "a.jsonl", "--dictionary", "nowhere"], "");
    expect("tag-missing-model", &cli, &["tag", "a.jsonl", "--model", "nowhere.model"], "");
    expect("tag-no-model", &cli, &["tag", "a.jsonl", "--model", "rules"], "");
    expect("tag-other-kind", &cli, &["tag", "names.xlsx"], "");
}

#[test]
fn extract() {
    if !has_dictionary() {
        return;
    }
    let broken = format!("{ARTICLES}broken\n");
    let cli = Cli::new(&[("a.jsonl", ARTICLES), ("b.jsonl", &broken), ("empty/readme.md", "x")]);
    expect("extract", &cli, &["extract", "a.jsonl", "--out", "out"], "");
    expect("extract-quiet", &cli, &["extract", "a.jsonl", "--out", "out", "--quiet"], "");
    expect("extract-some-failed", &cli, &["extract", "b.jsonl", "--out", "out"], "");
    expect("extract-no-articles", &cli, &["extract", "empty", "--out", "out"], "");
    expect("extract-unwritable", &cli, &["extract", "a.jsonl", "--out", "a.jsonl"], "");
}

#[test]
fn tokenize() {
    if !has_dictionary() {
        return;
    }
    let cli = Cli::new(&[("words.csv", "세종 스마트시티,NNP,지명\n대전,NNG,,30000\n")]);
    let text = "나는 새\n\n세종 스마트시티가 문을 연다.\n";
    expect("tokenize", &cli, &["tokenize"], text);
    expect("tokenize-wakati", &cli, &["tokenize", "--wakati"], text);
    expect("tokenize-json", &cli, &["tokenize", "--json"], "나는 새\n");
    expect("tokenize-analyses", &cli, &["tokenize", "--json", "--analyses", "2"], "나는 새\n");
    expect("tokenize-user-dictionary", &cli, &["tokenize", "--user-dictionary", "words.csv"], text);
    expect("dictionary-check", &cli, &["dictionary", "check", "words.csv"], "");
}

#[test]
fn evaluate() {
    if !has_dictionary() {
        return;
    }
    let gold = r#"{"id": "1", "text": "김하늘 시장은 23일 서울로 떠났다.", "spans": [[0, 3, "PS"], [8, 11, "DT"], [12, 14, "LC"]]}
{"id": "2", "text": "이두리 대표가 돌아왔다.", "spans": [[0, 3, "PS"], [4, 6, "PS"]]}
"#;
    let own = r#"{"text": "김하늘", "spans": [[0, 3, "HERO"]]}"#;
    let cli = Cli::new(&[("gold.jsonl", gold), ("own.jsonl", own), ("empty.jsonl", "\n")]);
    expect("evaluate", &cli, &["evaluate", "gold.jsonl"], "");
    expect("evaluate-json", &cli, &["evaluate", "gold.jsonl", "--json"], "");
    expect("evaluate-errors", &cli, &["evaluate", "gold.jsonl", "--errors"], "");
    expect("evaluate-fold", &cli, &["evaluate", "gold.jsonl", "--fold", "2/2"], "");
    expect("evaluate-empty-fold", &cli, &["evaluate", "gold.jsonl", "--fold", "3/5"], "");
    expect("evaluate-no-documents", &cli, &["evaluate", "empty.jsonl"], "");
    expect("evaluate-unknown-label", &cli, &["evaluate", "own.jsonl"], "");
}
