//! Teachers: the probabilities that trained networks give to the tags of each unit, for another network to learn from.

#![allow(clippy::cast_precision_loss, reason = "there are few networks")]

use crate::corpus::{Encoder, Labels, Sentence};
use crate::dataset::Dataset;
use crate::predict::{decode_probabilities, posteriors};
use gisa_model::features::Vocabulary;
use gisa_model::parameters::Parameters;
use gisa_model::shape::Shape;

/// The probability of each tag of each unit of a sentence, unit by unit.
pub(super) type TagProbabilities = Vec<f32>;

/// Returns the tag probabilities of each sentence, averaged over the networks. Sentences come with the tags of their
/// hints where the networks read hints.
pub(super) fn label<'s>(
    shape: &Shape,
    networks: &[Parameters],
    vocabulary: &Vocabulary,
    sentences: impl Iterator<Item = (&'s Sentence, Option<&'s [usize]>)>,
) -> Vec<TagProbabilities> {
    let mut encoder = Encoder::new(vocabulary);
    let mut data = Dataset::new(shape);
    let mut lengths = Vec::new();
    for (sentence, hints) in sentences {
        lengths.push(sentence.len());
        encoder.push(sentence, hints, 1.0, &mut data);
    }
    let mut mean = vec![0.0; data.units() * shape.tags];
    let part = 1.0 / networks.len() as f32;
    for parameters in networks {
        let probabilities = posteriors(shape, parameters, &data, 0..data.sentences());
        for (mean, probability) in mean.iter_mut().zip(probabilities) {
            *mean += probability * part;
        }
    }
    let mut rest = mean.as_slice();
    let mut by_sentence = Vec::with_capacity(lengths.len());
    for length in lengths {
        let (sentence, after) = rest.split_at(length * shape.tags);
        by_sentence.push(sentence.to_vec());
        rest = after;
    }
    by_sentence
}

/// Returns the mean of two labellings of the same sentences.
pub(super) fn average(one: Vec<TagProbabilities>, other: Vec<TagProbabilities>) -> Vec<TagProbabilities> {
    one.into_iter().zip(other).map(|(a, b)| a.into_iter().zip(b).map(|(a, b)| 0.5 * (a + b)).collect()).collect()
}

/// Adds sentences to a data set with their tag probabilities as targets.
pub(super) fn push_labelled(
    encoder: &mut Encoder<'_>,
    sentences: &[Sentence],
    probabilities: &[TagProbabilities],
    labels: &Labels,
    data: &mut Dataset,
) {
    let count = labels.tags().count();
    for (sentence, probabilities) in sentences.iter().zip(probabilities) {
        encoder.push(sentence, None, 1.0, data);
        let best = decode_probabilities(labels.tags(), probabilities);
        for (tag, probabilities) in best.into_iter().zip(probabilities.chunks_exact(count)) {
            data.targets_mut().push_likely(tag, probabilities);
        }
    }
}
