//! The texts that a bench runs over, and the figures it makes of the rounds.

#![allow(clippy::cast_precision_loss, reason = "bytes of a corpus are far below 2^52")]

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;

/// How often everything is run.
pub const ROUNDS: usize = 7;

/// So many megabytes of a larger corpus are measured.
const MEGABYTES: usize = 4;

/// Articles of a corpus.
pub struct Corpus {
    /// Where it was read from.
    pub path: String,
    /// The articles' texts.
    pub texts: Vec<String>,
}

impl Corpus {
    /// The texts of a corpus of JSON Lines, up to [`MEGABYTES`].
    pub fn read(path: &str) -> Corpus {
        let file = File::open(path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let is_gzip = Path::new(path).extension().is_some_and(|extension| extension == "gz");
        let reader: Box<dyn Read> = if is_gzip { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) };
        let mut bytes = 0;
        let lines = BufReader::new(reader).lines().map(|line| line.expect("a line of UTF-8"));
        let texts = lines
            .map(|line| serde_json::from_str::<serde_json::Value>(&line).expect("JSON"))
            .map(|article| article["text"].as_str().expect("a text").to_owned())
            .take_while(|text| {
                let room = bytes < MEGABYTES * 1_000_000;
                bytes += text.len();
                room
            })
            .collect();
        Corpus { path: path.to_owned(), texts }
    }

    /// How large it is.
    pub fn megabytes(&self) -> f64 {
        self.texts.iter().map(String::len).sum::<usize>() as f64 / 1e6
    }

    /// What is measured.
    pub fn describe(&self) -> String {
        let (articles, megabytes) = (self.texts.len(), self.megabytes());
        format!("{}: {articles} articles, {megabytes:.1} MB, {ROUNDS} rounds, one thread", self.path)
    }
}

/// The sample corpus.
pub fn sample() -> String {
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/corpus/articles.jsonl").to_owned()
}

/// The middle one of some numbers.
pub fn median(numbers: impl Iterator<Item = f64>) -> f64 {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}
