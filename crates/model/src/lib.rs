//! The trained tagger of gisa: a small network over the units of a text, and a linear-chain CRF over the tags of
//! each sentence.
//!
//! ```text
//! text ─ gisa-tokenizer ─► morphemes ─ unit ─► units ─ features ─► rows and flags ─ network ─► scores of tags
//!                                                                                               │
//!                                                mentions with their probability ◄─ tags, crf ◄─┘
//! ```
//!
//! [`Model`] opens a model file and predicts mentions; it is shared by all threads, and each thread has its own
//! [`Buffers`]. `gisa-train` builds on the modules: [`shape`] has the network's formulas, [`parameters`] what training
//! fits, and [`file`](mod@file) the format of both. Programs use the model through `gisa-entity`.
//!
//! # Features
//!
//! - `fast` (default): the model built into the crate, [`Model::fast`], 4.5 MB.
//!
//! ```
//! # #[cfg(feature = "fast")] {
//! use gisa_model::Model;
//!
//! let model = Model::fast().expect("the built-in model opens");
//! assert_eq!(model.header().labels.len(), 6);
//! # }
//! ```

#![allow(clippy::cast_precision_loss, reason = "sums of the network are far below 2^24, or need not be exact")]

pub use crate::error::ModelError;
pub use crate::lists::{List, ListedForms};
pub use crate::model::{Buffers, Model, Prediction};

pub mod crf;
pub mod embedding;
mod error;
pub mod features;
pub mod file;
pub mod lanes;
mod lists;
mod model;
pub mod network;
pub mod parameters;
mod product;
pub mod shape;
pub mod tags;
pub mod unit;
