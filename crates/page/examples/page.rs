//! Reads a newspaper page, from a file or the built-in example, and prints the parts of its article.
//!
//! ```text
//! cargo run -p gisa-page --example page [FILE]
//! ```

use std::io::{self, Write};
use std::ops::Range;

/// An invented page in the form of scraped text.
const PAGE: &str = include_str!("page.txt");

fn main() -> io::Result<()> {
    let text = match std::env::args_os().nth(1) {
        Some(path) => std::fs::read_to_string(&path)
            .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))?,
        None => PAGE.to_owned(),
    };
    let page = gisa_page::read_page(&text);

    let mut out = io::stdout().lock();
    let mut part = |name: &str, ranges: &[Range<usize>]| {
        ranges.iter().try_for_each(|range| writeln!(out, "{name:<10} {range:?} {}", &text[range.clone()]))
    };
    part("title", page.title.as_slice())?;
    part("lead", &page.leads)?;
    part("body", &page.body)?;
    part("caption", &page.captions)?;
    part("byline", &page.bylines)?;
    for (name, day) in [("published", page.published), ("modified", page.modified)] {
        if let Some(day) = day {
            writeln!(out, "{name:<10} {day}")?;
        }
    }
    writeln!(out, "press      {}", page.press.as_deref().unwrap_or("-"))?;
    writeln!(out, "reporters  {}", page.reporters.join(", "))?;
    writeln!(out, "sections   {}", page.sections.join(" > "))?;
    writeln!(out, "url        {}", page.url.as_deref().unwrap_or("-"))
}
