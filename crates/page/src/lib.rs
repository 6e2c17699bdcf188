//! Reads Korean newspaper pages as they are scraped: bare text in, the parts of the article out.

pub use gisa_entity::Day;

pub use crate::page::{Page, read_body, read_page};

mod byline;
mod caption;
mod chrome;
mod dates;
mod line;
mod link;
mod page;
mod paragraph;
mod parts;
mod press;
mod prose;
mod section;
mod story;
mod title;
mod words;
