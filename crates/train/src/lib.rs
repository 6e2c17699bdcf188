//! Training: from texts with mentions to a model.
//!
//! [`train`] takes [`Texts`] and [`TrainingSettings`] and returns the bytes of a model's file, which
//! `gisa_entity::TaggerBuilder::model` opens. `recipe` has the steps. Below it, `dataset` holds texts, `initial` draws
//! the initial parameters, `fit` minimizes the loss, and `predict` runs trained networks. Results are the same for a
//! seed, whatever the number of threads in rayon's current pool. On another kind of processor the last digits may
//! differ: matrix products round once for a multiplication and an addition where the processor can (FMA).
//!
//! ```no_run
//! use gisa_gold::{GoldFormat, GoldReader};
//! use gisa_train::{TrainingSettings, Texts, train};
//! use gisa_tokenizer::Tokenizer;
//!
//! let file = std::fs::File::open("gold.tsv")?;
//! let gold = GoldReader::with_any_labels(file, "gold.tsv", GoldFormat::Klue).collect::<Result<Vec<_>, _>>()?;
//! let texts = Texts { gold: vec![gold], ..Texts::default() };
//! let model = train(&Tokenizer::builder().build()?, &texts, &TrainingSettings::default(), &mut |line| eprintln!("{line}"))?;
//! std::fs::write("my.model", model)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub use self::fit::TrainError;
pub use self::recipe::{Texts, TrainingSettings, train};

mod average;
mod batch;
mod calibration;
mod corpus;
mod crf_loss;
mod dataset;
mod exchange;
mod fit;
mod initial;
mod label_set;
mod large_table;
mod layers;
mod optimizer;
mod options;
mod predict;
mod random;
mod recipe;

#[cfg(test)]
mod toy;
