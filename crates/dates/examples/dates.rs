//! Finds the dates of texts and resolves them, without a dictionary:
//!
//! ```text
//! printf '2024-06-23\t시는 23일 축제를 오는 29일부터 연다고 밝혔다.\n' | cargo run --example dates
//! ```
//!
//! A line has a day of publication (which may be empty), a tab and a text. For each date mention, its range in characters, its
//! value, its rule and its basis are printed.

#![allow(clippy::print_stdout, reason = "that is what the example is for")]

use std::io::{BufRead, stdin};

use gisa_dates::Dates;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let dates = Dates::new();
    for line in stdin().lock().lines() {
        let line = line?;
        let (published, text) = line.split_once('\t').unwrap_or(("", &line));
        for mention in dates.find(text, published.parse().ok()) {
            let value = mention.value.map(|value| value.to_string()).unwrap_or_default();
            let basis = mention.basis.map_or("", |basis| basis.as_str());
            println!("{:?}\t{}\t{value}\t{}\t{basis}", mention.chars, mention.text, mention.rule);
        }
        println!();
    }
    Ok(())
}
