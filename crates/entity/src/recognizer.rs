//! Recognizers: the ways of finding mentions in a sentence.
//!
//! A recognizer reads a sentence and proposes candidates with a score, independently of the other recognizers.
//! [`select`](crate::candidate::select) chooses among all candidates afterwards. The trained model needs buffers of its
//! own, so [`ModelRecognizer`](model::ModelRecognizer) does not implement [`Recognizer`].

use std::sync::Arc;

use crate::candidate::Candidate;
use crate::gazetteer::Gazetteer;
use crate::lists::Lists;
use crate::sentence::AnalyzedSentence;
use gisa_text::Label;

mod gazetteer;
pub(crate) mod model;
mod organisation;
mod person;
mod place;
mod quantity;
mod temporal;

/// A way of finding mentions.
pub(crate) trait Recognizer: Send + Sync {
    /// Appends the candidates that this recognizer finds in the sentence.
    fn propose<'g>(&'g self, sentence: &AnalyzedSentence<'_>, candidates: &mut Vec<Candidate<'g>>);
}

/// Returns the recognizers that complement a trained model.
///
/// People are recognized again because the rest of the document explains a surname before a title, and dates because
/// their values have to be read; either only if the label is one of the tagger's. The user's names are recognized
/// whatever the labels.
pub(crate) fn beside_model(lists: &Arc<Lists>, user: Gazetteer, labels: &[Label]) -> Vec<Box<dyn Recognizer>> {
    let mut recognizers: Vec<Box<dyn Recognizer>> = Vec::new();
    if labels.contains(&Label::Person) {
        recognizers.push(Box::new(person::PersonRecognizer::new(Arc::clone(lists))));
    }
    if let Some(temporal) = temporal::TemporalRecognizer::among(labels) {
        recognizers.push(Box::new(temporal));
    }
    if !user.is_empty() {
        recognizers.push(Box::new(gazetteer::UserNameRecognizer::new(gazetteer::GazetteerRecognizer::new(
            Arc::clone(lists),
            user,
        ))));
    }
    recognizers
}

/// Returns the recognizers of a tagger without a model, in the order in which they run.
pub(crate) fn all(lists: &Arc<Lists>, user: Gazetteer) -> Vec<Box<dyn Recognizer>> {
    vec![
        Box::new(gazetteer::GazetteerRecognizer::new(Arc::clone(lists), user)),
        Box::new(organisation::OrganisationRecognizer::new(Arc::clone(lists))),
        Box::new(place::PlaceRecognizer::new(Arc::clone(lists))),
        Box::new(person::PersonRecognizer::new(Arc::clone(lists))),
        Box::new(temporal::TemporalRecognizer::new()),
        Box::new(quantity::QuantityRecognizer::new()),
    ]
}
