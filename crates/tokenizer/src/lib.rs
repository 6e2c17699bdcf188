//! Korean newspaper text to sentences, eojeol (space-delimited words) and morphemes.
//!
//! The analysis is MeCab-ko's over mecab-ko-dic, to the word: a search of our own over lindera's dictionary parts. No type
//! of lindera stands in this crate's interface.
//! A [`Tokenizer`] is made once and shared by all threads, a [`Worker`] is made for each thread and owns the buffers.
//! Every [`Morpheme`] carries its byte range in the text as it was given, so that `&text[morpheme.range()]` is its
//! surface whatever the text's Unicode form.
//!
//! ```no_run
//! use gisa_tokenizer::{Dictionary, Tokenizer};
//!
//! let tokenizer = Tokenizer::new(Dictionary::find(None)?);
//! let mut worker = tokenizer.new_worker();
//! let text = "이장우 대전시장이 23일 출국했다.";
//! for morpheme in worker.tokenize(text) {
//!     println!("{}/{}", morpheme.surface(text), morpheme.tag());
//! }
//! # Ok::<(), gisa_tokenizer::Error>(())
//! ```

pub use gisa_text::{Sentences, eojeol, sentences};

pub use crate::class::{ParseClassError, SemanticClass};
pub use crate::dictionary::Dictionary;
pub use crate::error::Error;
pub use crate::morpheme::{Morpheme, Origin};
pub use crate::tag::{ParseTagError, PosTag, Tag};
pub use crate::tokenizer::{Tokenizer, TokenizerBuilder};
pub use crate::user_dictionary::HopelessEntry;
pub use crate::worker::{Analysis, Worker};

mod characters;
mod class;
pub mod dictionary;
mod error;
mod lattice;
mod morpheme;
mod tag;
mod tokenizer;
mod user_dictionary;
mod worker;
