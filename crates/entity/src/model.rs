//! The trained tagger: a small network over the units of a sentence, and a chain over its tags.

pub(crate) mod crf;
pub(crate) mod parameters;
pub(crate) mod shape;
pub(crate) mod tags;
