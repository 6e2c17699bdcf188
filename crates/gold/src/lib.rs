//! Gold mentions: annotated corpora, and how well predicted mentions agree with them.
//!
//! A [`GoldReader`] reads the [`GoldDocument`]s of a file, in KLUE-NER's format or as JSON Lines. An [`Evaluation`]
//! compares them with the mentions that a tagger predicts and computes precision, recall and F1; [`Errors`] lists the
//! mentions that were missed, spurious or mislabelled. The crate depends on no tagger: any labelled spans can be
//! scored.
//!
//! ```
//! use gisa_gold::{Evaluation, GoldFormat, GoldReader};
//! use gisa_text::Label;
//!
//! let file = r#"{"id": "1", "text": "이장우 시장은 대전에 있다.", "spans": [[0, 3, "PS"], [8, 10, "LC"]]}"#;
//! let mut evaluation = Evaluation::default();
//! for gold in GoldReader::from_reader(file.as_bytes(), "gold.jsonl", GoldFormat::JsonLines) {
//!     evaluation.add(&gold?, [(Label::Person, 0..3)]);
//! }
//! let total = evaluation.overall().micro(&Label::ALL);
//! assert_eq!((total.gold, total.predicted, total.correct), (2, 1, 1));
//! # Ok::<(), gisa_gold::Error>(())
//! ```

pub use crate::document::{GoldDocument, GoldLabel, GoldMention};
pub use crate::error::Error;
pub use crate::errors::{ErrorKind, Errors};
pub use crate::evaluation::{Evaluation, NEWS_LABELS};
pub use crate::reader::{GoldFormat, GoldReader};
pub use crate::score::Score;
pub use crate::tally::Tally;

mod document;
mod error;
mod errors;
mod evaluation;
mod jsonl;
mod klue;
mod lines;
mod reader;
mod report;
mod score;
mod tally;
