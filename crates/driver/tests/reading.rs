//! What the program reads: days of publication in every form, tables in CP949, and files that are not what a command takes.
//!
//! The tests need the dictionary (`make dictionary`, or `make test`, which makes it first). All texts are invented.

use std::fs;

use assert_cmd::Command;
use tempfile::TempDir;

use support::has_dictionary;

mod support;

/// Runs the program in a folder with these files.
fn run(files: &[(&str, &[u8])], arguments: &[&str]) -> (Option<i32>, String, String, TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).expect("a file");
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_gisa"));
    let output = command.current_dir(folder.path()).args(arguments).output().expect("gisa runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code(), text(output.stdout), text(output.stderr), folder)
}

fn cp949(text: &str) -> Vec<u8> {
    encoding_rs::EUC_KR.encode(text).0.into_owned()
}

#[test]
fn days_are_the_same_in_every_format() {
    if !has_dictionary() {
        return;
    }
    let forms = [
        "20240623.0",
        "2024년 6월 23일 17시 04분",
        "2024-06-23 5:04 PM",
        "24.06.23",
        "2024-06-23T17:04+09:00[Asia/Seoul]",
        "2024-06-22T20:00:00Z",
    ];
    let line = |form: &&str| format!("{{\"text\": \"가\", \"published\": \"{form}\"}}");
    let lines = forms.iter().map(line).collect::<Vec<_>>().join("\n");
    let rows = forms.map(|form| format!("\"{form}\",가"));
    let table = format!("일자,본문\r\n{}", rows.join("\r\n"));
    let files: [(&str, &[u8]); 2] = [("a.jsonl", lines.as_bytes()), ("b.csv", table.as_bytes())];
    let (code, tagged, said, _folder) = run(&files, &["tag", "a.jsonl", "b.csv"]);
    assert_eq!((code, said.as_str()), (Some(0), ""));
    assert_eq!(tagged.lines().count(), 2 * forms.len());
    assert!(tagged.lines().all(|line| line.contains("\"published\":\"2024-06-23\"")), "{tagged}");
}

#[test]
fn an_unreadable_day_is_told_alike_by_every_command() {
    if !has_dictionary() {
        return;
    }
    let line = "{\"id\": \"a\", \"text\": \"김하늘 시장은 서울로 갔다.\", \"published\": \"그제\"}\n".as_bytes();
    let expected = "gisa: a.jsonl:1: \"그제\" is no publication day, and the article is done without one; a day is written \
                    2024-06-23, 20240623, ";
    let (code, tagged, said, _folder) = run(&[("a.jsonl", line)], &["tag", "a.jsonl"]);
    assert!(code == Some(1) && said.starts_with(expected), "{said}");
    assert!(tagged.starts_with("{\"id\":\"a\",\"published\":null,\"mentions\":[{"), "{tagged}");
    let (code, _, said, _folder) = run(&[("a.jsonl", line)], &["extract", "a.jsonl", "--out", "out", "--quiet"]);
    assert!(code == Some(1) && said.starts_with(expected), "{said}");
}

#[test]
fn a_long_cell_is_shortened_in_a_message() {
    if !has_dictionary() {
        return;
    }
    // A syllable of three characters, of which the 60 characters that are shown would cut the last.
    let (syllable, first) = ("\u{1112}\u{1161}\u{11ab}", '가');
    let line = format!("{{\"text\": \"가\", \"published\": \"{first}{}\"}}\n", syllable.repeat(100));
    let (_, _, said, _folder) = run(&[("a.jsonl", line.as_bytes())], &["tag", "a.jsonl"]);
    assert!(said.contains(&format!("\"{first}{}…\" is no publication day", syllable.repeat(19))), "{said}");
}

#[test]
fn evaluate_reads_days_as_corpora_write_them() {
    if !has_dictionary() {
        return;
    }
    let gold = "{\"published\":\"20240623\",\"text\":\"김하늘은 갔다.\",\"spans\":[[0,3,\"PS\"]]}\n".as_bytes();
    let (code, scores, said, _folder) = run(&[("gold.jsonl", gold)], &["evaluate", "gold.jsonl", "--json"]);
    assert!(code == Some(0) && scores.contains("\"documents\":1"), "{scores}{said}");
    let wrong = "{\"published\":\"그제\",\"text\":\"가\",\"spans\":[]}\n".as_bytes();
    let (code, _, said, _folder) = run(&[("gold.jsonl", wrong)], &["evaluate", "gold.jsonl"]);
    assert!(code == Some(2) && said.contains("gold.jsonl:1: published: \"그제\" is no publication day"), "{said}");
}

#[test]
fn every_cell_of_a_cp949_table_is_korean() {
    if !has_dictionary() {
        return;
    }
    let table = cp949("section,title,text\n책,책,김하늘 시장은 서울로 갔다.\n");
    let (code, _, said, folder) = run(&[("a.csv", &table)], &["extract", "a.csv", "--out", "out", "--no-bom"]);
    assert_eq!(code, Some(0), "{said}");
    let articles = fs::read_to_string(folder.path().join("out/articles.csv")).expect("a table");
    assert!(articles.lines().nth(1).is_some_and(|row| row.contains(",책,책,")), "{articles}");
    assert!(!articles.contains('å'), "{articles}");
}

#[test]
fn no_text_ends_a_table() {
    if !has_dictionary() {
        return;
    }
    let table = "id,text\na,가\n\0end of table\0\nb,나\n".as_bytes();
    let (code, tagged, said, _folder) = run(&[("a.csv", table)], &["tag", "a.csv"]);
    assert!(code == Some(1) && said.contains("a.csv:3: the row has 1 cells, the header 2"), "{said}");
    assert_eq!(tagged.lines().count(), 2, "{tagged}");
}

#[test]
fn a_comma_in_a_quoted_header_is_no_delimiter() {
    if !has_dictionary() {
        return;
    }
    let table = "id;\"본문, 전체\";text\nb;나;가\n".as_bytes();
    let (code, tagged, said, _folder) = run(&[("a.csv", table)], &["tag", "a.csv"]);
    assert_eq!((code, tagged.as_str()), (Some(0), "{\"id\":\"b\",\"published\":null,\"mentions\":[]}\n"), "{said}");
}

#[test]
fn decomposed_names_of_columns_are_known() {
    if !has_dictionary() {
        return;
    }
    // 본문, as a Mac writes it.
    let table = "id,\u{1107}\u{1169}\u{11ab}\u{1106}\u{116e}\u{11ab}\na,가\n";
    let (code, tagged, said, _folder) = run(&[("a.csv", table.as_bytes())], &["tag", "a.csv"]);
    assert!(code == Some(0) && tagged.starts_with("{\"id\":\"a\""), "{said}");
}

#[test]
fn tokenize_refuses_files_of_articles() {
    let files: [(&str, &[u8]); 4] =
        [("a.jsonl", b"{}"), ("a.jsonl.gz", b""), ("a.csv", b"text\na\n"), ("a.tsv", b"text\na\n")];
    for (name, bytes) in files {
        let (code, out, said, _folder) = run(&[(name, bytes)], &["tokenize", name]);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{name}");
        assert!(said.contains(name) && said.contains("plain text"), "{said}");
        assert_eq!(said.contains("jq -r .text"), name.contains("jsonl"), "{said}");
    }
    // Of a folder with both, nothing is written before the refusal.
    let files: [(&str, &[u8]); 2] = [("a.txt", "가\n".as_bytes()), ("b.jsonl", b"{}")];
    let (code, out, said, _folder) = run(&files, &["tokenize", "."]);
    assert!(code == Some(2) && out.is_empty() && said.contains("b.jsonl"), "{out}{said}");
}
