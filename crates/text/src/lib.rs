//! Korean text, as every other crate of gisa reads it.
//!
//! This crate stands below all others and knows neither a dictionary nor a model. It has the nouns that they share:
//! a [`Document`] is a text and the [`Day`] on which it was published, a [`Label`] says what a mention names, and
//! [`sentences`] and [`eojeol`] divide a text without changing it. [`ComposedText`] is a text in composed Hangul with the way back
//! to its original, and [`particle`] knows what may follow a name.
//!
//! All ranges are half-open byte ranges on character boundaries unless a name says otherwise.
//!
//! ```
//! use gisa_text::{Day, sentences};
//!
//! let text = "물가가 1.5% 올랐다.이어 환율도 올랐다.";
//! let found: Vec<&str> = sentences(text).map(|range| &text[range]).collect();
//! assert_eq!(found, ["물가가 1.5% 올랐다.", "이어 환율도 올랐다."]);
//!
//! let day: Day = "2024-06-23".parse()?;
//! assert_eq!(day.weekday(), 7);
//! # Ok::<(), gisa_text::ParseDayError>(())
//! ```

pub use crate::composed::{ComposedText, composed};
pub use crate::day::{Day, ParseDayError, ParsePublishedError};
pub use crate::document::Document;
pub use crate::eojeol::eojeol;
pub use crate::label::{Label, OwnLabel, ParseLabelError};
pub use crate::sentence::{Sentences, sentences};
pub use crate::syllables::Syllables;

mod composed;
mod day;
mod document;
mod eojeol;
mod label;
pub mod particle;
mod sentence;
mod syllables;
