//! `gisa tokenize` and `gisa dictionary check` as a user runs them.

use std::fs;

use assert_cmd::Command;
use serde_json::Value;

use support::has_dictionary;

mod support;

fn gisa(arguments: &[&str], input: &str) -> (Option<i32>, String, String) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_gisa")).args(arguments).write_stdin(input).output().expect("gisa runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_line_in_gives_a_line_out() {
    if !has_dictionary() {
        return;
    }
    let input = "나는 새\n\n시장이 말했다.\n";
    let (code, tagged, _) = gisa(&["tokenize"], input);
    assert_eq!(
        (code, tagged.as_str()),
        (Some(0), "나/NP 는/JX 새/NNG\n\n시장/NNG 이/JKS 말/NNG 했/XSV+EP 다/EF ./SF\n")
    );
    let (_, surfaces, _) = gisa(&["tokenize", "--wakati"], input);
    assert_eq!(surfaces, "나 는 새\n\n시장 이 말 했 다 .\n");
}

#[test]
fn json_has_offsets_costs_and_other_analyses() {
    if !has_dictionary() {
        return;
    }
    let (code, json, _) = gisa(&["tokenize", "--json", "--analyses", "2"], "나는 새\n");
    assert_eq!(code, Some(0));
    let line: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(line["cost"], 340);
    assert_eq!(line["morphemes"][2]["surface"], "새");
    assert_eq!((&line["morphemes"][2]["start"], &line["morphemes"][2]["end"]), (&3.into(), &4.into()));
    assert_eq!(line["others"].as_array().map(Vec::len), Some(1));
    assert_eq!((&line["others"][0]["cost"], &line["others"][0]["morphemes"][2]["tag"]), (&849.into(), &"VV+EC".into()));
    let (_, json, _) = gisa(&["tokenize", "--json"], "나는 새\n");
    assert!(!json.contains("others"), "{json}");
    let (code, _, message) = gisa(&["tokenize", "--analyses", "2"], "");
    assert!(code == Some(2) && message.contains("--json"), "{message}");
}

#[test]
fn words_of_ones_own_are_found_and_checked() {
    if !has_dictionary() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("words.csv");
    fs::write(&path, "세종 스마트시티,NNP,지명\n대전,NNG,,30000\n").expect("a file");
    let path = path.to_str().expect("UTF-8");
    let (_, tagged, _) = gisa(&["tokenize", "--user-dictionary", path], "세종  스마트시티는 크다\n");
    assert!(tagged.starts_with("세종_스마트시티/NNP 는/JX "), "{tagged}");
    let (_, json, _) = gisa(&["tokenize", "--json", "--user-dictionary", path], "세종  스마트시티는 크다\n");
    assert!(json.contains("\"surface\":\"세종  스마트시티\""), "{json}");
    let (code, report, _) = gisa(&["dictionary", "check", path], "");
    assert_eq!((code, report), (Some(0), format!("{path}:2: 대전/NNG is never chosen: 대전/NNG is cheaper\n")));
}
