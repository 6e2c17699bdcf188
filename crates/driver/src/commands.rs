//! The commands, one file each: its settings, and what it does with them.

pub mod dictionary;
pub mod evaluate;
pub mod extract;
pub mod tag;
pub mod tokenize;
pub mod train;
