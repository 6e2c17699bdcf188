//! `gisa evaluate` on parts of a gold file, and on files that do not annotate every label.
//!
//! The tests need the dictionary (`make dictionary`, or `make test`, which makes it first). All texts are invented. The
//! names of a gazetteer make the mentions certain that a small model, trained by the test, may not find.

use std::fs;

use assert_cmd::Command;
use serde_json::{Value, json};
use tempfile::TempDir;

use support::has_dictionary;

mod support;

/// People to learn.
const PEOPLE: &str = r#"{"text": "김하늘 시장은 떠났다.", "spans": [[0, 3, "PS"]]}
{"text": "박세온 시장은 떠났다.", "spans": [[0, 3, "PS", "박세온"]]}
{"text": "최다올 시장은 떠났다.", "spans": [[0, 3, "PS"]]}
"#;

/// People in documents of two splits and of none; places are not annotated, but in the last document.
const GOLD: &str = r#"{"id": "1", "split": "train", "text": "이두리는 서울로 갔다.", "spans": [[0, 3, "PS", "이두리"]]}
{"id": "2", "split": "dev", "text": "이두리는 부산에 왔다.", "spans": [[0, 3, "PS"]]}
{"id": "3", "split": "dev", "text": "정미르가 서울로 갔다.", "spans": [[0, 3, "PS"]]}
{"id": "4", "text": "이두리도 서울에 왔다.", "spans": [[0, 3, "PS"], [5, 7, "LC"]]}
"#;

const NAMES: &str = "form,label\n이두리,PS\n정미르,PS\n서울,LC\n부산,LC\n";

/// A folder with a model, gold files and a gazetteer, in which the program runs.
struct Folder {
    folder: TempDir,
}

impl Folder {
    fn new() -> Folder {
        let folder = Folder { folder: tempfile::tempdir().unwrap() };
        for (name, text) in [("people.jsonl", PEOPLE), ("gold.jsonl", GOLD), ("names.csv", NAMES)] {
            folder.write(name, text);
        }
        folder.run(0, &["train", "people.jsonl", "--out", "my.model"]);
        folder
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.path().join(name), text).unwrap();
    }

    /// Runs the program, checks its exit code, and returns its standard output and standard error.
    #[track_caller]
    fn run(&self, code: i32, args: &[&str]) -> (String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gisa"));
        let output = command.current_dir(self.folder.path()).args(args).output().unwrap();
        let [stdout, stderr] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        assert_eq!(output.status.code(), Some(code), "{stderr}");
        (stdout, stderr)
    }

    #[track_caller]
    fn evaluate(&self, code: i32, args: &[&str]) -> (String, String) {
        self.run(code, &[&["evaluate", "--model", "my.model", "--gazetteer", "names.csv"], args].concat())
    }

    /// Returns the scores as JSON, and what is reported.
    #[track_caller]
    fn scores(&self, args: &[&str]) -> (Value, String) {
        let (json, said) = self.evaluate(0, &[args, &["--json"]].concat());
        (serde_json::from_str(&json).unwrap(), said)
    }
}

#[test]
fn parts_of_gold_files() {
    if !has_dictionary() {
        return;
    }
    let folder = Folder::new();
    documents_of_splits_are_scored(&folder);
    splits_that_no_document_has_are_refused(&folder);
    labels_that_are_not_annotated_are_not_scored(&folder);
    without_any_mention_all_labels_are_scored(&folder);
}

fn documents_of_splits_are_scored(folder: &Folder) {
    let cases: [(&[&str], u64, u64); 7] = [
        (&[], 4, 4),
        (&["--split", "train"], 1, 1),
        (&["--split", "dev"], 2, 2),
        (&["--split", "dev", "--split", "train"], 3, 3),
        (&["--split", "dev", "--split", "none"], 2, 2),
        // The folds are those of the split: its first document, and its second.
        (&["--split", "dev", "--fold", "1/2"], 1, 1),
        (&["--split", "dev", "--fold", "2/2"], 1, 1),
    ];
    for (args, documents, people) in cases {
        let (scores, _) = folder.scores(&[&["gold.jsonl"], args].concat());
        let person = &scores["overall"]["labels"]["PS"];
        let found = [&scores["overall"]["documents"], &person["gold"], &person["correct"]];
        assert_eq!(found, [&json!(documents), &json!(people), &json!(people)], "{args:?}: {scores}");
    }
    let lines: Vec<&str> = GOLD.lines().collect();
    for (fold, line) in [("1/2", lines[1]), ("2/2", lines[2])] {
        folder.write("one.jsonl", line);
        let of_fold = folder.scores(&["gold.jsonl", "--split", "dev", "--fold", fold]);
        assert_eq!(of_fold.0, folder.scores(&["one.jsonl"]).0, "{fold}");
    }
}

fn splits_that_no_document_has_are_refused(folder: &Folder) {
    let cases: [(&[&str], &str); 4] = [
        (&["gold.jsonl", "--split", "tset"], "gisa: gold.jsonl: no document has the split tset (the field"),
        (
            &["gold.jsonl", "--split", "a", "--split", "b"],
            "gisa: gold.jsonl: no document has the split a or b (the field",
        ),
        (&["people.jsonl", "--split", "dev"], "gisa: people.jsonl: no document has the split dev (the field"),
        (
            &["gold.jsonl", "--split", "dev", "--fold", "3/3"],
            "gisa: gold.jsonl: the file has too few documents for the fold 3/3",
        ),
    ];
    for (args, expected) in cases {
        let (out, said) = folder.evaluate(2, args);
        assert!(out.is_empty() && said.starts_with(expected), "{args:?}: {said}");
    }
}

fn labels_that_are_not_annotated_are_not_scored(folder: &Folder) {
    let (scores, said) = folder.scores(&["gold.jsonl", "--split", "dev"]);
    assert_eq!(said, "gisa: gold.jsonl: these labels are not annotated, and their mentions are not scored: LC\n");
    assert_eq!(scores["labels"], json!(["PS"]));
    let overall = &scores["overall"];
    assert_eq!(overall["labels"].as_object().unwrap().keys().collect::<Vec<_>>(), ["PS"]);
    assert_eq!(
        overall["sets"][0]["micro"],
        json!({"gold": 2, "predicted": 2, "correct": 2, "precision": 1.0, "recall": 1.0, "f1": 1.0})
    );
    let (report, _) = folder.evaluate(0, &["gold.jsonl", "--split", "dev", "--errors"]);
    assert!(report.lines().any(|line| line.starts_with("PS  ")) && !report.contains("LC"), "{report}");

    // Annotated once, a label counts: of three places found two are not marked.
    let (scores, said) = folder.scores(&["gold.jsonl"]);
    assert_eq!((said.as_str(), &scores["labels"]), ("", &json!(["PS", "LC"])));
    let places = &scores["overall"]["labels"]["LC"];
    assert_eq!([&places["gold"], &places["predicted"], &places["correct"]], [1, 4, 1], "{scores}");
}

fn without_any_mention_all_labels_are_scored(folder: &Folder) {
    folder.write("none.jsonl", r#"{"text": "이두리는 서울로 갔다.", "spans": []}"#);
    let (scores, said) = folder.scores(&["none.jsonl"]);
    assert_eq!((said.as_str(), &scores["labels"]), ("", &json!(["PS", "LC", "OG", "DT", "TI", "QT"])));
    let people = &scores["overall"]["labels"]["PS"];
    assert_eq!([&people["gold"], &people["predicted"], &people["correct"]], [0, 1, 0], "{scores}");
}
