//! The sample corpus end to end: the tables of `data/corpus` against the expected ones in `tests/golden`, and what was
//! written down of every article (`expected.jsonl`) against what the page reader makes of it.
//!
//! After a change that is meant, `make golden` writes the expected tables anew; read the difference before committing.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use support::has_dictionary;

mod support;

const TABLES: [&str; 3] = ["articles.csv", "mentions.csv", "entities.csv"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Extracts the sample corpus into a folder, from the root of the checkout, so that paths in the tables are the same
/// everywhere.
fn extract(out: &Path) {
    let output = Command::new(env!("CARGO_BIN_EXE_gisa"))
        .current_dir(root())
        .args(["extract", "data/corpus", "--quiet", "--out"])
        .arg(out)
        .output()
        .expect("gisa runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn tables_of_the_sample_corpus() {
    if !has_dictionary() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    extract(folder.path());
    let golden = root().join("tests/golden");
    let update = std::env::var_os("GISA_UPDATE_GOLDEN").is_some();
    for table in TABLES {
        let made = fs::read_to_string(folder.path().join(table)).expect(table);
        if update {
            fs::write(golden.join(table), &made).expect(table);
            continue;
        }
        let expected = fs::read_to_string(golden.join(table)).unwrap_or_default();
        if let Some((line, (made, expected))) = first_difference(&made, &expected) {
            panic!("{table}:{line}\n  made      {made}\n  expected  {expected}\n`make golden` writes the tables anew");
        }
    }
}

/// The first line in which two texts differ, counted from 1.
fn first_difference<'t>(made: &'t str, expected: &'t str) -> Option<(usize, (&'t str, &'t str))> {
    let lines = made.lines().count().max(expected.lines().count());
    let line = |text: &'t str, index: usize| text.lines().nth(index).unwrap_or("(none)");
    let differing = |index: &usize| line(made, *index) != line(expected, *index);
    (made != expected).then(|| {
        let index = made
            .lines()
            .zip(expected.lines())
            .position(|(made, expected)| made != expected)
            .or_else(|| (0..lines).find(differing))
            .unwrap_or(lines);
        (index + 1, (line(made, index), line(expected, index)))
    })
}

#[test]
fn pages_are_read_as_expected() {
    if !has_dictionary() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    extract(folder.path());
    let articles = articles(&folder.path().join("articles.csv"));
    let expected = fs::read_to_string(root().join("tests/golden/expected.jsonl")).expect("the expectations");
    let mut count = 0;
    for line in expected.lines() {
        let expected: Value = serde_json::from_str(line).expect("JSON");
        let text = |key: &str| expected[key].as_str().unwrap_or_default().to_owned();
        let (file, id) = (text("file"), text("id"));
        let article = articles
            .iter()
            .find(|article| article["파일"].ends_with(&file) && (id.is_empty() || article["뉴스 식별자"] == id))
            .unwrap_or_else(|| panic!("{file} {id} is not in the table"));
        let same = |column: &str, wanted: &str| assert_eq!(article[column], wanted, "{column} of {file} {id}");
        same("제목", &text("title"));
        same("일자", &text("published").chars().take(10).filter(|&c| c != '-').collect::<String>());
        same("언론사", &text("press"));
        same("기고자", &text("reporter").replace(", ", ","));
        let body = article["본문"].replace('\r', "");
        assert!(body.starts_with(&text("body_starts")), "the body of {file} {id} begins {body:.60}");
        assert!(body.ends_with(&text("body_ends")), "the body of {file} {id} does not end {}", text("body_ends"));
        let people: Vec<&str> = article["인물"].split(',').collect();
        for name in expected["not_people"].as_array().expect("names").iter().filter_map(Value::as_str) {
            assert!(!people.contains(&name), "{name} stands outside the article {file} {id}");
        }
        count += 1;
    }
    assert_eq!(count, articles.len());
    assert!(count >= 40, "{count} articles");
}

/// The rows of a table by column name.
fn articles(path: &Path) -> Vec<HashMap<String, String>> {
    let text = fs::read_to_string(path).expect("the table");
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let columns = reader.headers().expect("a header").clone();
    let row = |record: csv::StringRecord| {
        columns.iter().zip(record.iter()).map(|(c, v)| (c.to_owned(), v.to_owned())).collect()
    };
    reader.records().map(|record| row(record.expect("a row"))).collect()
}
