//! Korean text, as every other crate of gisa reads it.
//!
//! Every other crate builds on this one, which needs neither a dictionary nor a model. It defines the types that they
//! share: a [`Document`] is a text with the [`Day`] on which it was published, and a [`Label`] is the type of a
//! mention. [`sentences`] and [`eojeol`] split a text without changing it, a [`ComposedText`] is a text in composed
//! Hangul whose offsets can be mapped to the original, and [`particle`] recognises the particles after a name.
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
