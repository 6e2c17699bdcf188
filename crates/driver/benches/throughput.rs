//! Throughput of the stages on one thread, as a ratio to stock lindera's `segment` over the same text in the same run.
//!
//! ```text
//! make bench                                  the sample corpus
//! make bench NEWS=folder/news.jsonl.gz        a corpus of one's own: JSON Lines with `text`, plain or .gz
//! ```
//!
//! Every round runs all stages one after the other, so that a change of the machine's speed meets them alike; the
//! figures are the medians of the rounds. Only the ratios can be compared between machines.

#![allow(clippy::print_stdout, reason = "the figures are what a bench prints")]
#![allow(clippy::cast_precision_loss, reason = "bytes of a corpus are far below 2^52")]

use std::fs::File;
use std::hint::black_box;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::time::Instant;

use flate2::read::MultiGzDecoder;
use gisa_entity::{Document, Tagger};
use gisa_tokenizer::{Dictionary, Tokenizer, sentences};
use lindera::dictionary::load_dictionary;
use lindera::mode::Mode;
use lindera::segmenter::Segmenter;

/// A stage's name, and what it does with a text; the number that it gives keeps it from being optimised away.
type Stage<'s> = (&'static str, Box<dyn FnMut(&str) -> usize + 's>);

const ROUNDS: usize = 7;
/// So many megabytes of a larger corpus are measured.
const MEGABYTES: usize = 4;

fn main() {
    let corpus = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/corpus/articles.jsonl");
    let path = corpus.unwrap_or_else(|| sample.to_owned());
    let texts = texts(Path::new(&path));
    let megabytes = texts.iter().map(String::len).sum::<usize>() as f64 / 1e6;
    println!("{path}: {} articles, {megabytes:.1} MB, {ROUNDS} rounds, one thread", texts.len());

    let dictionary = Dictionary::find(None).unwrap_or_else(|error| panic!("{error}"));
    let address = dictionary.path().to_str().expect("a path in UTF-8");
    let segmenter = Segmenter::new(Mode::Normal, load_dictionary(address).expect("the dictionary"), None);
    let mut segment = segmenter.new_worker();
    let tokenizer = Tokenizer::new(dictionary);
    let mut tokenize = tokenizer.new_worker();
    let tagger = Tagger::builder().build().unwrap_or_else(|error| panic!("{error}"));
    let mut tag = tagger.new_worker();

    let mut stages: [Stage<'_>; 4] = [
        // As a user of lindera would call it: the article as it stands.
        ("lindera segment", Box::new(|text| segment.segment(text).map_or(0, |tokens| tokens.len()))),
        ("sentences", Box::new(|text| sentences(text).count())),
        ("gisa tokenize", Box::new(|text| tokenize.tokenize(text).len())),
        ("gisa tag", Box::new(|text| tag.tag(Document::new(text)).mentions.len())),
    ];
    let mut speeds = [const { Vec::new() }; 4];
    for _ in 0..ROUNDS {
        for ((_, stage), speeds) in stages.iter_mut().zip(&mut speeds) {
            let begun = Instant::now();
            for text in &texts {
                black_box(stage(text));
            }
            speeds.push(megabytes / begun.elapsed().as_secs_f64());
        }
    }
    println!("{:<18}{:>10}{:>22}", "", "MB/s", "ratio to lindera");
    for ((name, _), of_stage) in stages.iter().zip(&speeds) {
        let ratios = of_stage.iter().zip(&speeds[0]).map(|(speed, reference)| speed / reference);
        println!("{name:<18}{:>10.2}{:>22.2}", median(of_stage.iter().copied()), median(ratios));
    }
}

fn median(numbers: impl Iterator<Item = f64>) -> f64 {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

/// The texts of a corpus of JSON Lines, up to [`MEGABYTES`].
fn texts(path: &Path) -> Vec<String> {
    let file = File::open(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let is_gzip = path.extension().is_some_and(|extension| extension == "gz");
    let reader: Box<dyn Read> = if is_gzip { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) };
    let mut bytes = 0;
    let lines = BufReader::new(reader).lines().map(|line| line.expect("a line of UTF-8"));
    lines
        .map(|line| serde_json::from_str::<serde_json::Value>(&line).expect("JSON"))
        .map(|article| article["text"].as_str().expect("a text").to_owned())
        .take_while(|text| {
            let room = bytes < MEGABYTES * 1_000_000;
            bytes += text.len();
            room
        })
        .collect()
}
