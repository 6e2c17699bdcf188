//! People, places, organisations and dates in Korean news text.
//!
//! A [`Tagger`] is built once and shared by all threads; each thread has its own [`Worker`]. A worker takes a
//! [`Document`], a text with its publication day, and returns its [`Mention`]s and the [`Entity`] to which each refers.
//! Labels and span conventions are those of KLUE-NER ([`Label`]), unless a model has labels of its own. Every mention
//! has its range in characters and in bytes.
//!
//! ```no_run
//! use gisa_entity::{Document, Tagger};
//!
//! let tagger = Tagger::builder().build()?;
//! let mut worker = tagger.new_worker();
//! let text = "이장우 대전시장이 23일 출국했다. 이 시장은 29일 돌아온다.";
//! let tagged = worker.tag(Document::new(text).published("2024-06-23".parse()?));
//! for mention in &tagged.mentions {
//!     println!("{} {} {} {:?}", mention.label, mention.text, tagged.name(mention), mention.value);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub use gisa_dates::{Basis, DateValue};
pub use gisa_text::{Day, Document, Label, OwnLabel, ParseDayError, ParseLabelError, ParsePublishedError, composed};

pub use crate::error::Error;
pub use crate::mention::{Entity, Mention, Tagged, TitleMention};
pub use crate::rule::Rule;
pub use crate::tagger::{Tagger, TaggerBuilder};
pub use crate::worker::Worker;

mod candidate;
mod error;
mod gazetteer;
mod link;
mod lists;
mod mention;
mod recall;
mod recognizer;
mod rule;
mod sentence;
mod span;
mod tagger;
mod title;
mod word;
mod worker;

/// The README's example runs as a test.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
pub struct Readme;
