//! The commands, one file each: its settings and its run.

pub mod dictionary;
pub mod evaluate;
pub mod extract;
pub mod tag;
pub mod tokenize;
pub mod train;
