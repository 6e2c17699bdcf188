//! Recognizers: the ways of finding mentions in a sentence.
//!
//! A recognizer reads a sentence and proposes candidates with a score; it knows nothing of the other recognizers. The choice
//! among all candidates is made afterwards ([`select`](crate::candidate::select)). The trained model needs buffers of its
//! own and so is no such recognizer; `learned` makes candidates of what it finds.

use std::sync::Arc;

use crate::Label;
use crate::candidate::Candidate;
use crate::gazetteer::Gazetteer;
use crate::lists::Lists;
use crate::sentence::AnalysedSentence;

mod known;
pub(crate) mod learned;
mod organisation;
mod person;
mod place;
mod quantity;
mod temporal;

/// A way of finding mentions.
pub(crate) trait Recognizer: Send + Sync {
    /// Adds candidates to those that the recognizers before have found in the sentence.
    fn propose<'g>(&'g self, sentence: &AnalysedSentence<'_>, candidates: &mut Vec<Candidate<'g>>);
}

/// The recognizers that stand beside a trained model: the user's names; people, whose surname before a title the rest of the
/// document explains; and dates, which have values to be read. People and dates are found as far as they are among the
/// tagger's labels: who trains a model for events asks for nothing else. The user's names are asked for always.
pub(crate) fn beside_model(lists: &Arc<Lists>, user: Gazetteer, labels: &[Label]) -> Vec<Box<dyn Recognizer>> {
    let mut recognizers: Vec<Box<dyn Recognizer>> = Vec::new();
    if labels.contains(&Label::Person) {
        recognizers.push(Box::new(person::PersonRecognizer::new(Arc::clone(lists))));
    }
    if let Some(temporal) = temporal::TemporalRecognizer::among(labels) {
        recognizers.push(Box::new(temporal));
    }
    if !user.is_empty() {
        recognizers
            .push(Box::new(known::UserNameRecognizer::new(known::GazetteerRecognizer::new(Arc::clone(lists), user))));
    }
    recognizers
}

/// The recognizers of the tagger of rules, in the order in which they run.
pub(crate) fn all(lists: &Arc<Lists>, user: Gazetteer) -> Vec<Box<dyn Recognizer>> {
    vec![
        Box::new(known::GazetteerRecognizer::new(Arc::clone(lists), user)),
        Box::new(organisation::OrganisationRecognizer::new(Arc::clone(lists))),
        Box::new(place::PlaceRecognizer::new(Arc::clone(lists))),
        Box::new(person::PersonRecognizer::new(Arc::clone(lists))),
        Box::new(temporal::TemporalRecognizer::new()),
        Box::new(quantity::QuantityRecognizer::new()),
    ]
}
