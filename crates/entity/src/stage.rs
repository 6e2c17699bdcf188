//! Stages: the ways of finding mentions in a sentence.
//!
//! A stage reads a sentence and proposes candidates with a score; it knows nothing of the other stages. The choice
//! among all candidates is made afterwards ([`select`](crate::candidate::select)). The trained model needs buffers of its
//! own and so is no such stage; `learned` makes candidates of what it finds.

use std::sync::Arc;

use crate::Label;
use crate::candidate::Candidate;
use crate::gazetteer::Gazetteer;
use crate::lists::Lists;
use crate::sentence::Sentence;

mod known;
pub(crate) mod learned;
mod organisation;
mod person;
mod place;
mod quantity;
mod temporal;

/// A way of finding mentions.
pub(crate) trait Stage: Send + Sync {
    /// Adds candidates to those that the stages before have found in the sentence.
    fn propose<'g>(&'g self, sentence: &Sentence<'_>, candidates: &mut Vec<Candidate<'g>>);
}

/// The stages that stand beside a trained model: the user's names; people, whose surname before a title the rest of the
/// document explains; and dates, which have values to be read. People and dates are found as far as they are among the
/// tagger's labels: who trains a model for events asks for nothing else. The user's names are asked for always.
pub(crate) fn beside_model(lists: &Arc<Lists>, user: Gazetteer, labels: &[Label]) -> Vec<Box<dyn Stage>> {
    let mut stages: Vec<Box<dyn Stage>> = Vec::new();
    if labels.contains(&Label::Person) {
        stages.push(Box::new(person::Person::new(Arc::clone(lists))));
    }
    if let Some(temporal) = temporal::Temporal::among(labels) {
        stages.push(Box::new(temporal));
    }
    if !user.is_empty() {
        stages.push(Box::new(known::UserNames::new(known::Known::new(Arc::clone(lists), user))));
    }
    stages
}

/// The stages of the tagger of rules, in the order in which they run.
pub(crate) fn all(lists: &Arc<Lists>, user: Gazetteer) -> Vec<Box<dyn Stage>> {
    vec![
        Box::new(known::Known::new(Arc::clone(lists), user)),
        Box::new(organisation::Organisation::new(Arc::clone(lists))),
        Box::new(place::Place::new(Arc::clone(lists))),
        Box::new(person::Person::new(Arc::clone(lists))),
        Box::new(temporal::Temporal::new()),
        Box::new(quantity::Quantity::new()),
    ]
}
