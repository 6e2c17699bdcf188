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

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use gisa_dates::Dates;
use gisa_entity::{Document, Tagger};
use gisa_tokenizer::{Tokenizer, sentences};
use lindera::dictionary::load_dictionary;
use lindera::mode::Mode;
use lindera::segmenter::Segmenter;

#[path = "corpus/mod.rs"]
mod corpus;

use corpus::{Corpus, ROUNDS, median};

/// A stage's name, and what it does with a text; the number that it gives keeps it from being optimised away.
type Stage<'s> = (&'static str, Box<dyn FnMut(&str) -> usize + 's>);

/// lindera's own build of the dictionary, which `make bench` makes.
const LINDERA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../dictionaries/.bench/lindera");

fn main() {
    let corpus = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let corpus = Corpus::read(&corpus.unwrap_or_else(corpus::sample));
    println!("{}", corpus.describe());

    assert!(Path::new(LINDERA).exists(), "{LINDERA} is not there; run `make bench`");
    let segmenter = Segmenter::new(Mode::Normal, load_dictionary(LINDERA).expect("the dictionary"), None);
    let mut segment = segmenter.new_worker();
    let tagger = Tagger::builder().build().unwrap_or_else(|error| panic!("{error}"));
    let tokenizer: &Tokenizer = tagger.tokenizer();
    let mut tokenize = tokenizer.new_worker();
    let mut tag = tagger.new_worker();

    let dates = Dates::new();
    // Without a day of publication most dates would be left unread.
    let published = "2020-01-15".parse().expect("a day");

    let mut stages: [Stage<'_>; 5] = [
        // As a user of lindera would call it: the article as it stands.
        ("lindera segment", Box::new(|text| segment.segment(text).map_or(0, |tokens| tokens.len()))),
        ("sentences", Box::new(|text| sentences(text).count())),
        ("gisa tokenize", Box::new(|text| tokenize.tokenize(text).len())),
        ("gisa dates", Box::new(|text| dates.find(text, Some(published)).len())),
        ("gisa tag", Box::new(|text| tag.tag(Document::new(text).published(published)).mentions.len())),
    ];
    let mut speeds = [const { Vec::new() }; 5];
    for _ in 0..ROUNDS {
        for ((_, stage), speeds) in stages.iter_mut().zip(&mut speeds) {
            let begun = Instant::now();
            for text in &corpus.texts {
                black_box(stage(text));
            }
            speeds.push(corpus.megabytes() / begun.elapsed().as_secs_f64());
        }
    }
    println!("{:<18}{:>10}{:>22}", "", "MB/s", "ratio to lindera");
    for ((name, _), of_stage) in stages.iter().zip(&speeds) {
        let ratios = of_stage.iter().zip(&speeds[0]).map(|(speed, reference)| speed / reference);
        println!("{name:<18}{:>10.2}{:>22.2}", median(of_stage.iter().copied()), median(ratios));
    }
    // Dates are found and read inside of tagging: the share of its time that they take.
    let shares = speeds[4].iter().zip(&speeds[3]).map(|(tag, dates)| tag / dates * 100.0);
    println!("dates take {:.1} % of the time of gisa tag", median(shares));
}
