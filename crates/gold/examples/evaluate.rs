//! Scores the mentions predicted by any program against gold mentions.
//!
//! ```text
//! cargo run --package gisa-gold --example evaluate [GOLD.jsonl PREDICTED.jsonl]
//! ```
//!
//! Both files are JSON Lines with the same texts in the same order.

#![allow(clippy::print_stdout, reason = "an example prints its result")]

use std::fs;

use gisa_gold::{Evaluation, GoldFormat, GoldReader};

const GOLD: &str = r#"{"id": "1", "text": "한빛시는 23일 김하늘 시장이 온다고 밝혔다.", "spans": [[0, 3, "OG"], [5, 8, "DT"], [9, 12, "PS"]]}"#;
const PREDICTED: &str = r#"{"id": "1", "text": "한빛시는 23일 김하늘 시장이 온다고 밝혔다.", "spans": [[0, 3, "LC"], [5, 8, "DT"], [9, 12, "PS"]]}"#;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let files: Vec<String> = std::env::args().skip(1).map(fs::read_to_string).collect::<Result<_, _>>()?;
    let (gold, predicted) = match &files[..] {
        [gold, predicted] => (&gold[..], &predicted[..]),
        _ => (GOLD, PREDICTED),
    };
    let read = |file, name| GoldReader::from_reader(str::as_bytes(file), name, GoldFormat::JsonLines);
    let mut evaluation = Evaluation::new();
    for (gold, predicted) in read(gold, "gold").zip(read(predicted, "predicted")) {
        let mentions = predicted?.mentions;
        evaluation.add(&gold?, mentions.into_iter().map(|mention| (mention.label, mention.chars)));
    }
    println!("{evaluation}");
    Ok(())
}
