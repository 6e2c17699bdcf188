//! Teachers: the probabilities that trained networks give to the tags of each unit, for another network to learn from.

#![allow(clippy::cast_precision_loss, reason = "there are few networks")]

use crate::corpus::{Encoder, Labels, Text};
use crate::dataset::Dataset;
use crate::predict::{decode_probabilities, posteriors};
use gisa_model::features::Vocabulary;
use gisa_model::parameters::Parameters;
use gisa_model::shape::Shape;

/// The probability of each tag of each unit of a text, unit by unit.
pub(super) type TagProbabilities = Vec<f32>;

/// Returns the tag probabilities of each text, averaged over the networks. Texts come with the tags of their
/// hints where the networks read hints.
pub(super) fn label<'s>(
    shape: &Shape,
    networks: &[Parameters],
    vocabulary: &Vocabulary,
    texts: impl Iterator<Item = (&'s Text, Option<&'s [usize]>)>,
) -> Vec<TagProbabilities> {
    let mut encoder = Encoder::new(vocabulary);
    let mut data = Dataset::new(shape);
    let mut lengths = Vec::new();
    for (text, hints) in texts {
        lengths.push(text.len());
        encoder.push(text, hints, 1.0, &mut data);
    }
    let mut mean = vec![0.0; data.units() * shape.tags];
    let part = 1.0 / networks.len() as f32;
    for parameters in networks {
        let probabilities = posteriors(shape, parameters, &data, 0..data.texts());
        for (mean, probability) in mean.iter_mut().zip(probabilities) {
            *mean += probability * part;
        }
    }
    let mut rest = mean.as_slice();
    let mut by_text = Vec::with_capacity(lengths.len());
    for length in lengths {
        let (text, after) = rest.split_at(length * shape.tags);
        by_text.push(text.to_vec());
        rest = after;
    }
    by_text
}

/// Returns the mean of two labellings of the same texts.
pub(super) fn average(one: Vec<TagProbabilities>, other: Vec<TagProbabilities>) -> Vec<TagProbabilities> {
    one.into_iter().zip(other).map(|(a, b)| a.into_iter().zip(b).map(|(a, b)| 0.5 * (a + b)).collect()).collect()
}

/// Adds texts to a data set with their tag probabilities as targets.
pub(super) fn push_labelled(
    encoder: &mut Encoder<'_>,
    texts: &[Text],
    probabilities: &[TagProbabilities],
    labels: &Labels,
    data: &mut Dataset,
) {
    let count = labels.tags().count();
    for (text, probabilities) in texts.iter().zip(probabilities) {
        encoder.push(text, None, 1.0, data);
        for sentence in text.sentence_units() {
            let probabilities = &probabilities[sentence.start * count..sentence.end * count];
            let best = decode_probabilities(labels.tags(), probabilities);
            for (tag, probabilities) in best.into_iter().zip(probabilities.chunks_exact(count)) {
                data.targets_mut().push_likely(tag, probabilities);
            }
        }
    }
}
