//! Recognizers: the ways of finding mentions in a sentence.
//!
//! A recognizer proposes candidates with their [`Evidence`](crate::candidate::Evidence), independently of the other
//! recognizers. [`select`](crate::candidate::select) chooses among all candidates afterwards.

pub(crate) mod gazetteer;
pub(crate) mod model;
pub(crate) mod temporal;
