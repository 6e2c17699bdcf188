//! `gisa train` on files and options as they really come: an output that cannot be written is told before the training,
//! nothing but the output is written, a fold that is left out is the one that `gisa evaluate --fold` scores, and of a
//! file with splits those are learnt from that are asked for.
//!
//! The tests need the dictionary (`make dictionary`, or `make test`, which makes it first). All texts are invented.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use gisa::Fold;
use gisa_gold::{GoldFormat, GoldReader};
use gisa_testing::skip;
use tempfile::TempDir;

use support::has_dictionary;

mod support;

/// Enough texts that there is something to learn.
fn gold() -> String {
    let mut lines = String::new();
    for (number, name) in ["김하늘", "이두리", "박세온", "최다올", "정미르"].into_iter().enumerate() {
        writeln!(lines, r#"{{"id": "{number}", "text": "{name} 시장은 떠났다.", "spans": [[0, 3, "HERO"]]}}"#).unwrap();
    }
    lines
}

/// A folder with `gold.jsonl`, in which the program runs.
struct Folder {
    folder: TempDir,
}

impl Folder {
    fn new() -> Folder {
        let folder = Folder { folder: tempfile::tempdir().unwrap() };
        folder.write("gold.jsonl", &gold());
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// The names in the folder.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// Runs the program, checks its exit code, and returns what it says on the standard error.
    #[track_caller]
    fn run(&self, code: i32, args: &[&str]) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gisa"));
        let output = command.current_dir(self.folder.path()).args(args).output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{stderr}");
        stderr
    }

    /// Checks that a training is refused before it begins.
    #[track_caller]
    fn refuses(&self, args: &[&str], expected: &str) {
        let before = self.names();
        let said = self.run(2, &[&["train"], args].concat());
        assert!(said.contains(expected), "{expected:?} is not in {said:?}");
        assert!(!said.contains("sentences; labels"), "the training began: {said}");
        assert_eq!(self.names(), before);
    }
}

#[test]
fn an_input_is_not_overwritten() {
    if !has_dictionary() {
        return;
    }
    let folder = Folder::new();
    folder.write("hints.jsonl", &gold());
    folder.write("words.csv", "가람전자,NNP\n");
    fs::create_dir(folder.path("more")).unwrap();
    folder.write("more/b.jsonl", &gold());
    fs::hard_link(folder.path("gold.jsonl"), folder.path("other.jsonl")).unwrap();
    let absolute = folder.path("gold.jsonl").display().to_string();

    let cases: [(&str, &[&str]); 6] = [
        ("gold.jsonl", &["gold.jsonl"]),
        ("more/../gold.jsonl", &["gold.jsonl"]),
        ("gold.jsonl", &[&absolute]),
        ("other.jsonl", &["gold.jsonl"]),
        ("more/b.jsonl", &["gold.jsonl", "more"]),
        ("hints.jsonl", &["gold.jsonl", "--hints", "hints.jsonl"]),
    ];
    for (out, args) in cases {
        folder.refuses(&[args, &["--out", out]].concat(), &format!("{out} is also an input ("));
    }
    folder
        .refuses(&["gold.jsonl", "--user-dictionary", "words.csv", "--out", "words.csv"], "words.csv is also an input");
    assert_eq!(folder.read("gold.jsonl"), gold());
    assert_eq!(folder.read("words.csv"), "가람전자,NNP\n");
}

#[test]
fn an_output_that_cannot_be_written_is_told_before_the_training() {
    if !has_dictionary() {
        return;
    }
    let folder = Folder::new();
    fs::create_dir(folder.path("folder")).unwrap();
    let cases: [(&[&str], &str); 5] = [
        (&["--out", "nowhere/my.model"], "cannot write to nowhere/my.model: "),
        (&["--out", "gold.jsonl/my.model"], "cannot write to gold.jsonl/my.model: "),
        (&["--out", "folder"], "folder is not a regular file"),
        (&["--out", "folder/.."], "folder/.. is not a regular file"),
        (&["--out", "my.model", "--work", "gold.jsonl"], "cannot write to gold.jsonl: "),
    ];
    for (args, expected) in cases {
        folder.refuses(&[&["gold.jsonl"], args].concat(), expected);
    }
}

#[cfg(unix)]
#[test]
fn a_device_is_not_replaced() {
    if !has_dictionary() {
        return;
    }
    let folder = Folder::new();
    for device in ["/dev/null", "/dev/full"].map(Path::new) {
        if !device.exists() {
            continue;
        }
        let out = device.to_str().unwrap();
        folder.refuses(&["gold.jsonl", "--out", out], &format!("{out} is not a regular file"));
        assert!(!device.is_file());
    }
}

#[test]
fn nothing_but_the_output_is_written() {
    if !has_dictionary() {
        return;
    }
    let folder = Folder::new();
    folder.write("a.part", "beside");
    folder.write("a.v2", "an earlier model");
    folder.run(0, &["train", "gold.jsonl", "--out", "a.v2"]);
    assert_eq!(folder.read("a.part"), "beside");
    assert_eq!(folder.names(), ["a.part", "a.v2", "gold.jsonl"]);
    folder.run(0, &["evaluate", "gold.jsonl", "--model", "a.v2"]);
}

#[test]
fn a_fold_is_left_out_as_if_its_documents_were_not_there() {
    if !has_dictionary() {
        return;
    }
    let folder = Folder::new();
    // A line that stands for no document, before and between those that do.
    let gold = gold();
    let lines: Vec<&str> = gold.lines().collect();
    folder.write("gold.jsonl", &format!("\n{}", gold.replace("\n{\"id\": \"3\"", "\n\n{\"id\": \"3\"")));
    folder.write("rest.jsonl", &lines[1..4].join("\n"));
    folder.run(0, &["train", "gold.jsonl", "--without-fold", "1/4", "--out", "fold.model"]);
    folder.run(0, &["train", "rest.jsonl", "--out", "rest.model"]);
    let [of_fold, of_rest] = ["fold.model", "rest.model"].map(|name| fs::read(folder.path(name)).unwrap());
    assert!(of_fold == of_rest, "the models differ");

    folder.write("held-out.jsonl", &[lines[0], lines[4]].join("\n"));
    let score = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gisa"));
        let command = command.current_dir(folder.folder.path()).arg("evaluate").args(args);
        let output = command.args(["--model", "fold.model", "--json"]).output().unwrap();
        assert!(output.status.success());
        String::from_utf8(output.stdout).unwrap()
    };
    let of_fold = score(&["gold.jsonl", "--fold", "1/4"]);
    assert_eq!(of_fold, score(&["held-out.jsonl"]));
    assert_ne!(of_fold, score(&["gold.jsonl"]));

    let said = folder.run(2, &["evaluate", "rest.jsonl", "--model", "fold.model", "--fold", "4/4"]);
    assert!(said.contains("rest.jsonl: the file has too few documents for the fold 4/4"), "{said}");
    folder.write("one.jsonl", lines[0]);
    folder.refuses(&["one.jsonl", "--without-fold", "1/4", "--out", "my.model"], "one.jsonl: the file has too few");
}

#[test]
fn documents_of_a_split_are_learnt_from_as_if_there_were_no_others() {
    if !has_dictionary() {
        return;
    }
    let folder = Folder::new();
    let gold = gold();
    let lines: Vec<&str> = gold.lines().collect();
    let splits = ["train", "dev", "train", "near-dev", "train"];
    let with_splits =
        lines.iter().zip(splits).map(|(line, split)| line.replacen('{', &format!(r#"{{"split": "{split}", "#), 1));
    folder.write("split.jsonl", &with_splits.collect::<Vec<_>>().join("\n"));
    folder.write("of-train.jsonl", &[lines[0], lines[2], lines[4]].join("\n"));
    folder.write("of-fold.jsonl", &[lines[0], lines[4]].join("\n"));
    folder.write("of-both.jsonl", &[lines[0], lines[2], lines[3], lines[4]].join("\n"));
    let train = |args: &[&str]| {
        folder.run(0, &[&["train"], args, &["--out", "my.model"]].concat());
        fs::read(folder.path("my.model")).unwrap()
    };
    let cases: [(&[&str], &[&str]); 4] = [
        (&["split.jsonl", "--split", "train"], &["of-train.jsonl"]),
        (&["split.jsonl", "--split", "train", "--split", "near-dev"], &["of-both.jsonl"]),
        // Of a file without splits all documents are learnt from.
        (&["split.jsonl", "gold.jsonl", "--split", "train"], &["of-train.jsonl", "gold.jsonl"]),
        // The fold is one of the split.
        (&["split.jsonl", "--split", "train", "--without-fold", "2/3"], &["of-fold.jsonl"]),
    ];
    for (args, same) in cases {
        assert!(train(args) == train(same), "{args:?}");
    }

    fs::remove_file(folder.path("my.model")).unwrap();
    let refused: [(&[&str], &str); 4] = [
        (&["split.jsonl", "--split", "tset"], "gisa: split.jsonl: no document has the split tset (the field"),
        (
            &["gold.jsonl", "split.jsonl", "--split", "a", "--split", "b"],
            "split.jsonl: no document has the split a or b",
        ),
        (&["gold.jsonl", "of-fold.jsonl", "--split", "train"], "gisa: gold.jsonl: no document has the split train"),
        (&["split.jsonl", "--split", "dev", "--without-fold", "1/2"], "split.jsonl: the file has too few documents"),
    ];
    for (args, expected) in refused {
        folder.refuses(&[args, &["--out", "my.model"]].concat(), expected);
    }
}

#[test]
fn files_with_different_labels_make_a_model_of_all_labels() {
    if !has_dictionary() {
        return;
    }
    let folder = Folder::new();
    let (mut heroes, mut cities, mut both) = (String::new(), String::new(), String::new());
    let names = ["김하늘", "이두리", "박세온", "최다올", "정미르", "한나무"];
    let places = ["서울", "부산", "대전", "광주", "인천", "대구"];
    for (number, name) in names.iter().enumerate() {
        for (other, place) in places.iter().enumerate() {
            let line = |spans: &str| format!("{{\"text\": \"{name} 시장은 {place}에 왔다.\", \"spans\": [{spans}]}}\n");
            let (hero, city) = (r#"[0, 3, "HERO"]"#, r#"[8, 10, "CITY"]"#);
            let (file, spans) = if (number + other) % 2 == 0 { (&mut heroes, hero) } else { (&mut cities, city) };
            file.push_str(&line(spans).repeat(8));
            both.push_str(&line(&format!("{hero}, {city}")));
        }
    }
    for (name, text) in [("heroes.jsonl", &heroes), ("cities.jsonl", &cities), ("both.jsonl", &both)] {
        folder.write(name, text);
    }
    let said = folder.run(0, &["train", "heroes.jsonl", "cities.jsonl", "--out", "my.model"]);
    assert!(said.contains("labels HERO CITY"), "{said}");
    let mut command = Command::new(env!("CARGO_BIN_EXE_gisa"));
    let command = command.current_dir(folder.folder.path()).args(["evaluate", "both.jsonl", "--model", "my.model"]);
    let output = command.arg("--json").output().unwrap();
    let scores: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    for label in ["HERO", "CITY"] {
        let score = &scores["overall"]["labels"][label];
        assert_eq!([&score["gold"], &score["predicted"], &score["correct"]], [36, 36, 36], "{label}: {scores}");
    }
}

/// The sentences on which the figures rest: of KLUE-NER's open ones every fifth, from the first on, by their head lines.
#[test]
fn the_fold_of_the_figures_is_every_fifth_sentence() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/ner/klue-ner-open.tsv");
    let Ok(file) = fs::read_to_string(&path) else {
        return skip("there is no ../shared/data/ner/klue-ner-open.tsv beside the checkout");
    };
    let (mut held_out, mut count) = (String::new(), 0);
    for line in file.split_inclusive('\n') {
        count += usize::from(line.starts_with("## klue"));
        if count > 0 && (count - 1) % 5 == 0 {
            held_out += line;
        }
    }
    let read = |file: &str| {
        let documents = GoldReader::from_reader(file.as_bytes(), &path, GoldFormat::Klue);
        documents.map(|document| document.map(|document| (document.id, document.text)).unwrap()).collect::<Vec<_>>()
    };
    let fold: Fold = "1/5".parse().unwrap();
    let all = read(&file);
    let of_fold: Vec<_> = (0..).zip(all).filter(|(index, _)| fold.contains(*index)).map(|(_, of)| of).collect();
    assert_eq!(of_fold.len(), 700);
    assert_eq!(of_fold, read(&held_out));
}
