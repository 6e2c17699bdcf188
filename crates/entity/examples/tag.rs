//! Prints the people of a text with their titles and what they are called in full.
//!
//! ```text
//! cargo run --package gisa-entity --example tag [TEXT]
//! ```
//!
//! It needs the dictionary (`make dictionary`).

#![allow(clippy::print_stdout, reason = "an example prints what it found")]

use gisa_entity::{Document, Label, Tagger};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let given = std::env::args().nth(1);
    let text = given.as_deref().unwrap_or("이장우 대전시장은 23일 출국했다. 이 시장은 29일 돌아온다.");
    let tagger = Tagger::builder().build()?;
    let document = tagger.new_worker().tag(Document::new(text).published("2024-06-23".parse()?));
    for person in document.mentions.iter().filter(|mention| mention.label == Label::Person) {
        let title = person.title.as_ref().map_or("-", |title| title.text);
        println!("{:?}\t{}\t{title}\t{}", person.chars, person.text, document.name(person));
    }
    Ok(())
}
