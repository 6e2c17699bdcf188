//! Morphological analysis of Korean newspaper text: sentences, eojeol (space-delimited words) and morphemes.
//!
//! The analysis is exactly MeCab-ko's over mecab-ko-dic: a search of our own over lindera's dictionary parts. No type of
//! lindera occurs in this crate's interface.
//!
//! A [`Tokenizer`] is made once and shared by all threads; a [`Worker`] is made for each thread and owns the buffers.
//! Every [`Morpheme`] carries its byte range in the text as it was given, so that `&text[morpheme.range()]` is its
//! surface in any Unicode normalization form.
//!
//! ```
//! use gisa_tokenizer::{Tokenizer, tiny};
//!
//! // `Dictionary::find(None)?` opens the downloaded dictionary.
//! let tokenizer = Tokenizer::new(tiny::dictionary()?);
//! let mut worker = tokenizer.new_worker();
//! let text = "이장우 대전시장은 출국했다.";
//! let tagged: Vec<String> =
//!     worker.tokenize(text).iter().map(|morpheme| format!("{}/{}", morpheme.surface(text), morpheme.tag())).collect();
//! assert_eq!(tagged.join(" "), "이장우/NNP 대전/NNP 시장/NNG 은/JX 출국/NNG 했/XSV+EP 다/EF ./SF");
//! # Ok::<(), gisa_tokenizer::Error>(())
//! ```
//!
//! # Features
//!
//! - `build`: building, exporting and installing dictionaries ([`dictionary`]). Off by default: a program that only
//!   tokenizes opens the dictionary that `gisa dictionary build` made.
//! - `tiny`: a dictionary of some 170 words, built in a moment, for tests and examples that run without the downloaded
//!   one. Implies `build`.

#![warn(missing_debug_implementations)]

pub use gisa_text::{Sentences, eojeol, sentences};

pub use crate::class::{ParseClassError, SemanticClass};
pub use crate::dictionary::Dictionary;
pub use crate::error::Error;
pub use crate::hopeless::HopelessEntry;
pub use crate::morpheme::{Morpheme, MorphemeSource};
pub use crate::tag::{ParseTagError, PosTag, Tag};
pub use crate::tokenizer::{Tokenizer, TokenizerBuilder};
pub use crate::worker::{Analysis, Worker};

mod characters;
mod class;
pub mod dictionary;
mod error;
mod hopeless;
mod lattice;
mod morpheme;
mod serde_text;
mod tag;
#[cfg(feature = "tiny")]
pub mod tiny;
mod tokenizer;
mod user_dictionary;
mod worker;
