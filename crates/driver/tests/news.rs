//! `gisa tag` over whole corpora of news, when they are there: every mention's offsets give back its text, the output is
//! in the order of the input, and memory does not grow with the corpus.
//!
//! The corpora (`*.jsonl.gz`, an object with `id` and `text` a line) are no part of the project. They are looked for in
//! `$GISA_NEWS`, else in `../shared/data/news` beside the checkout; without them the test says so and passes.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use flate2::read::MultiGzDecoder;
use gisa_testing::skip;
use serde_json::Value;

use support::has_dictionary;

mod support;

/// Maximum memory for tagging any corpus, dictionary and tables included.
#[cfg(target_os = "linux")]
const PEAK_MEGABYTES: u64 = 300;

fn corpora() -> Vec<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/news");
    let folder = std::env::var_os("GISA_NEWS").map_or(beside, PathBuf::from);
    let Ok(entries) = folder.read_dir() else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| path.to_string_lossy().ends_with(".jsonl.gz"));
    files.sort();
    files
}

#[test]
fn offsets_hold_over_every_mention() {
    let files = corpora();
    if files.is_empty() {
        return skip("no corpora in $GISA_NEWS or ../shared/data/news");
    }
    if !has_dictionary() {
        return;
    }
    let (mut articles, mut mentions) = (0, 0);
    for path in &files {
        let (read, found) = check(path);
        articles += read;
        mentions += found;
    }
    eprintln!("{articles} articles, {mentions} mentions: every offset gives back its text");
    assert!(mentions > articles, "{mentions} mentions in {articles} articles are too few");
}

/// Tags a corpus and compares the output with the input line by line. Gives the numbers of articles and mentions.
fn check(path: &Path) -> (usize, usize) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_gisa"))
        .args(["tag", "--quiet"])
        .arg(path)
        .stdout(Stdio::piped())
        .spawn()
        .expect("gisa runs");
    let output = BufReader::new(child.stdout.take().expect("a pipe"));
    let input = BufReader::new(MultiGzDecoder::new(File::open(path).expect("the corpus")));
    let mut output = output.lines();
    let (mut articles, mut mentions) = (0, 0);
    for line in input.lines() {
        let article: Value = serde_json::from_str(&line.expect("a line")).expect("JSON");
        let tagged = output.next().expect("a line out for a line in").expect("UTF-8");
        let tagged: Value = serde_json::from_str(&tagged).expect("JSON");
        assert_eq!(tagged["id"], article["id"], "the output is in the order of the input");
        mentions += check_article(article["text"].as_str().expect("a text"), &tagged);
        articles += 1;
        if articles % 1000 == 0 {
            check_memory(&child);
        }
    }
    assert!(output.next().is_none(), "no line more than the input has");
    assert!(child.wait().expect("gisa ends").success());
    (articles, mentions)
}

fn check_article(text: &str, tagged: &Value) -> usize {
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mentions = tagged["mentions"].as_array().expect("mentions");
    let mut end = 0;
    for mention in mentions {
        let offset = |key: &str| usize::try_from(mention[key].as_u64().expect("an offset")).expect("an offset");
        let (from, to) = (offset("start"), offset("end"));
        assert!(end <= from && from < to && to < starts.len(), "{mention} after {end} in {}", tagged["id"]);
        assert_eq!(&text[starts[from]..starts[to]], mention["text"], "in {}", tagged["id"]);
        end = to;
    }
    mentions.len()
}

#[cfg(target_os = "linux")]
fn check_memory(child: &Child) {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = peak.and_then(|peak| peak.trim().strip_suffix(" kB")).and_then(|peak| peak.parse::<u64>().ok());
    if let Some(kilobytes) = kilobytes {
        assert!(kilobytes / 1024 < PEAK_MEGABYTES, "{} MB", kilobytes / 1024);
    }
}

#[cfg(not(target_os = "linux"))]
fn check_memory(_: &Child) {}
