//! A model with labels of its own, from end to end: the program trains one on two labels that are none of the six, tags
//! with it, makes tables, and scores it.
//!
//! The tests need the dictionary (`make dictionary`, or `make test`, which makes it first). All texts are invented.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use assert_cmd::Command;
use serde_json::{Value, json};
use tempfile::TempDir;

use support::has_dictionary;

mod support;

/// Names of events and of products; each ends with a word that tells which it is.
const PLACES: [&str; 8] = ["가람", "한빛", "누리", "다온", "미르", "새솔", "아라", "해솔"];
const EVENTS: [&str; 3] = ["축제", "박람회", "마라톤"];
const PRODUCTS: [&str; 3] = ["라면", "냉장고", "세탁기"];

/// A text with the mentions in it, as label and text.
type Marked = (String, Vec<(&'static str, String)>);

/// Sentences with an event, a product or both, with people and dates around them that are not marked.
fn sentences() -> Vec<Marked> {
    let mut sentences = Vec::new();
    for (number, place) in PLACES.iter().enumerate() {
        for (event, product) in EVENTS.iter().zip(PRODUCTS) {
            let other = PLACES[(number + 3) % PLACES.len()];
            let (event, product) = (format!("{place}{event}"), format!("{other}{product}"));
            let marks = |event: &str, product: &str| vec![("EVENT", event.to_owned()), ("제품", product.to_owned())];
            sentences.extend([
                (format!("김하늘 시장은 23일 {event}에 갔다."), vec![("EVENT", event.clone())]),
                (format!("올해 {event}는 10월에 열린다."), vec![("EVENT", event.clone())]),
                (format!("이두리 대표는 {product}를 새로 내놓았다."), vec![("제품", product.clone())]),
                (format!("시민들은 {event}에서 {product}를 샀다."), marks(&event, &product)),
                (format!("오는 30일 {event}에 {product}도 나온다."), marks(&event, &product)),
                ("그는 오전 10시 서울로 떠났다고 밝혔다.".to_owned(), Vec::new()),
            ]);
        }
    }
    sentences
}

/// Sentences as gold lines of JSON.
fn gold(sentences: &[Marked]) -> String {
    let mut lines = String::new();
    for (text, mentions) in sentences {
        let span = |(label, mention): &(&str, String)| {
            let start = text[..text.find(mention.as_str()).unwrap()].chars().count();
            json!([start, start + mention.chars().count(), label])
        };
        let spans: Vec<Value> = mentions.iter().map(span).collect();
        writeln!(lines, "{}", json!({"text": text, "spans": spans})).unwrap();
    }
    lines
}

/// A folder with a model for `EVENT` and `제품`, and the program run in it.
struct Trained {
    folder: TempDir,
}

impl Trained {
    fn new() -> Trained {
        let trained = Trained { folder: tempfile::tempdir().unwrap() };
        trained.write("gold.jsonl", &gold(&sentences()));
        let (_, said) = trained.run(&["train", "gold.jsonl", "--out", "my.model"]);
        assert!(said.contains("labels EVENT 제품"), "{said}");
        trained
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    /// The rows of a table after its header.
    fn rows(&self, table: &str) -> Vec<String> {
        let text = fs::read_to_string(self.path(table)).unwrap();
        text.split_terminator("\r\n").skip(1).map(str::to_owned).collect()
    }

    /// What the program writes and what it says.
    #[track_caller]
    fn run(&self, args: &[&str]) -> (String, String) {
        let output = Command::cargo_bin("gisa").unwrap().current_dir(self.folder.path()).args(args).output().unwrap();
        let [stdout, stderr] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        assert_eq!(output.status.code(), Some(0), "{stderr}");
        (stdout, stderr)
    }

    /// The mentions that `gisa tag` finds, `text/label=name`.
    fn tag(&self, text: &str, options: &[&str]) -> Vec<String> {
        self.write("in.jsonl", &json!({"id": "1", "published": "2024-06-23", "text": text}).to_string());
        let (line, _) = self.run(&[&["tag", "in.jsonl", "--quiet"], options].concat());
        let line: Value = serde_json::from_str(&line).unwrap();
        let characters: Vec<char> = text.chars().collect();
        let number = |mention: &Value, key: &str| usize::try_from(mention[key].as_u64().unwrap()).unwrap();
        let mentions = line["mentions"].as_array().unwrap().iter();
        mentions
            .map(|mention| {
                let written: String = characters[number(mention, "start")..number(mention, "end")].iter().collect();
                assert_eq!(mention["text"], written);
                let string = |key: &str| mention[key].as_str().unwrap();
                format!("{written}/{}={}", string("label"), string("name"))
            })
            .collect()
    }
}

const TEXT: &str =
    "김하늘 시장은 23일 누리축제에 갔다. 시민들은 누리축제에서 한빛냉장고를 샀다. 김 시장은 24일 떠났다.";

#[test]
fn labels_of_ones_own() {
    if !has_dictionary() {
        return;
    }
    let trained = Trained::new();
    tagging_gives_the_labels_of_the_model_alone(&trained);
    tables_have_them(&trained);
    evaluation_scores_them(&trained);
    gold_labels_that_the_model_lacks_are_missed_and_named(&trained);
}

fn tagging_gives_the_labels_of_the_model_alone(trained: &Trained) {
    let own = ["누리축제/EVENT=누리축제", "누리축제/EVENT=누리축제", "한빛냉장고/제품=한빛냉장고"];
    assert_eq!(trained.tag(TEXT, &["--model", "my.model"]), own);
    // The user's names win, and bring no other people.
    trained.write("names.csv", "김하늘,PS\n한빛냉장고,OG,company,한빛\n");
    let with_names = trained.tag(TEXT, &["--model", "my.model", "--gazetteer", "names.csv"]);
    assert_eq!(with_names, ["김하늘/PS=김하늘", own[0], own[1], "한빛냉장고/OG=한빛"]);
    // The model that is built in is as it was.
    let built_in = trained.tag(TEXT, &[]);
    assert!(built_in.contains(&"김/PS=김하늘".to_owned()), "{built_in:?}");
    assert!(!built_in.iter().any(|mention| mention.contains("EVENT")), "{built_in:?}");
}

fn tables_have_them(trained: &Trained) {
    trained.write("in.jsonl", &json!({"id": "1", "published": "2024-06-23", "text": TEXT}).to_string());
    trained.run(&["extract", "in.jsonl", "--out", "out", "--quiet", "--model", "my.model"]);
    let labels: Vec<String> =
        trained.rows("out/mentions.csv").iter().map(|row| row.split(',').nth(4).unwrap().to_owned()).collect();
    assert_eq!(labels, ["EVENT", "EVENT", "제품"]);
    let entities = trained.rows("out/entities.csv");
    let expected = ["EVENT,누리축제,,2,1,2024-06-23,2024-06-23", "제품,한빛냉장고,,1,1,2024-06-23,2024-06-23"];
    assert_eq!(entities, expected);
}

fn evaluation_scores_them(trained: &Trained) {
    let (report, said) = trained.run(&["evaluate", "gold.jsonl", "--model", "my.model"]);
    let names: Vec<&str> = report.lines().map(|line| line.split_whitespace().next().unwrap_or_default()).collect();
    let expected = ["overall:", "label", "EVENT", "제품", "micro", "macro", "spans", ""];
    assert_eq!(names[..expected.len()], expected, "{report}");
    assert_eq!(said, "");
    let (json, _) = trained.run(&["evaluate", "gold.jsonl", "--model", "my.model", "--json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["labels"], json!(["EVENT", "제품"]));
    assert_eq!(json["overall"]["labels"]["EVENT"]["gold"], 96);
    let f1 = json["overall"]["sets"][0]["micro"]["f1"].as_f64().unwrap();
    assert!(f1 > 0.95, "{report}");
}

fn gold_labels_that_the_model_lacks_are_missed_and_named(trained: &Trained) {
    let marked: [(&str, &[(&str, &str)]); 3] = [
        ("시민들은 누리축제에서 한빛냉장고를 샀다.", &[("EVENT", "누리축제"), ("제품", "한빛냉장고")]),
        ("김하늘 시장은 23일 다온축제에 갔다.", &[("PS", "김하늘"), ("EVENT", "다온축제")]),
        ("그는 오전 10시 서울로 떠났다고 밝혔다.", &[("CITY", "서울")]),
    ];
    let owned = |mentions: &[(&'static str, &str)]| mentions.iter().map(|&(l, m)| (l, m.to_owned())).collect();
    let marked = marked.map(|(text, mentions)| (text.to_owned(), owned(mentions)));
    trained.write("more.jsonl", &gold(&marked));
    let (report, said) = trained.run(&["evaluate", "more.jsonl", "--model", "my.model", "--errors"]);
    let note = "gisa: more.jsonl: the model does not have these labels, whose mentions count as missed: PS, CITY\n";
    assert_eq!(said, note);
    let row =
        |name: &str| report.lines().find(|line| line.starts_with(name)).unwrap().split_whitespace().collect::<Vec<_>>();
    assert_eq!(row("PS")[1..4], ["1", "0", "0"], "{report}");
    assert_eq!(row("CITY")[1..4], ["1", "0", "0"], "{report}");
    assert_eq!(row("micro")[1], "5", "{report}");
    assert!(report.contains("missed: 서울/CITY → -"), "{report}");

    // What a gazetteer finds is no longer missed, and names of labels that the file does not annotate are not scored.
    trained.write("names.csv", "김하늘,PS\n23일,QT\n");
    let options = ["--model", "my.model", "--gazetteer", "names.csv", "--errors"];
    let (report, said) = trained.run(&[&["evaluate", "more.jsonl"], &options[..]].concat());
    let unannotated = "gisa: more.jsonl: these labels are not annotated, and their mentions are not scored: QT\n";
    assert_eq!(said, note.replace("PS, ", "") + unannotated);
    assert!(report.lines().any(|line| line.starts_with("PS  ") && line.contains("100.00")), "{report}");
    assert!(!report.contains("QT"), "{report}");

    // The model that is built in scores the six alone, and names what is wrong.
    let mut command = Command::cargo_bin("gisa").unwrap();
    let output = command.current_dir(trained.folder.path()).args(["evaluate", "more.jsonl"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains(r#"more.jsonl:1: unknown label "EVENT"; the labels are PS, LC"#), "{said}");
}
