//! Predictions of a trained network, in many threads.

use std::ops::Range;

use rayon::prelude::*;

use crate::batch::{self, Units};
use crate::crf_loss::{CrfLoss, Room};
use crate::dataset::Dataset;
use crate::fit::tags;
use crate::layers::Network;
use gisa_model::crf::{Chain, Crf};
use gisa_model::lanes::Instructions;
use gisa_model::parameters::Parameters;
use gisa_model::shape::Shape;
use gisa_model::tags::Tags;

/// Number of units that a thread computes at once: their activations fit the processor's cache.
const UNITS: usize = 256;

/// Returns the probability of each tag of each unit of the texts, unit by unit.
pub(crate) fn posteriors(shape: &Shape, parameters: &Parameters, data: &Dataset, texts: Range<usize>) -> Vec<f32> {
    let chain = CrfLoss::new(tags(shape), &parameters.transitions);
    for_each_sentence(Network { shape, parameters, data }, texts, |scores, posteriors, room: &mut Room| {
        let start = posteriors.len();
        posteriors.resize(start + scores.len(), 0.0);
        chain.marginals(scores, &mut posteriors[start..], room);
    })
}

/// Returns the score of each tag of each unit of the texts, unit by unit.
pub(crate) fn scores(shape: &Shape, parameters: &Parameters, data: &Dataset, texts: Range<usize>) -> Vec<f32> {
    for_each_sentence(Network { shape, parameters, data }, texts, |of_sentence, scores, (): &mut ()| {
        scores.extend_from_slice(of_sentence);
    })
}

/// Returns the best tag sequences of the texts, unit by unit.
#[cfg(test)]
pub(crate) fn decode(shape: &Shape, parameters: &Parameters, data: &Dataset, texts: Range<usize>) -> Vec<usize> {
    let crf = Crf::new(tags(shape), &parameters.transitions);
    let instructions = Instructions::detect();
    for_each_sentence(Network { shape, parameters, data }, texts, |scores, tags, chain: &mut Chain| {
        tags.extend_from_slice(crf.decode(&crf.arranged_scores(scores), chain, instructions));
    })
}

/// Returns the best valid tag sequence, given the probability of each tag of each unit.
pub(crate) fn decode_probabilities(tags: Tags, likely: &[f32]) -> Vec<usize> {
    let scores: Vec<f32> = likely.iter().map(|probability| (probability + 1e-9).ln()).collect();
    let crf = Crf::new(tags, &vec![0.0; tags.count() * tags.count()]);
    crf.decode(&crf.arranged_scores(&scores), &mut Chain::default(), Instructions::detect()).to_vec()
}

/// Concatenates the results of `predict` on the scores of each sentence, in the order of the texts.
fn for_each_sentence<T: Clone + Send, R: Default>(
    network: Network,
    texts: Range<usize>,
    predict: impl Fn(&[f32], &mut Vec<T>, &mut R) + Sync,
) -> Vec<T> {
    let groups = batch::group(network.data, texts, UNITS);
    let predicted = groups.par_iter().map(|texts| {
        let units = Units::new(network.data, texts);
        let (scores, _) = network.forward(&units, None);
        let scores = scores.as_slice().expect("rows in order");
        let tags = network.shape.tags;
        let (mut results, mut room) = (Vec::new(), R::default());
        for (sentence, _) in &units.sentences {
            predict(&scores[sentence.start * tags..sentence.end * tags], &mut results, &mut room);
        }
        results
    });
    predicted.collect::<Vec<_>>().concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::initial::initial;
    use crate::toy;

    #[test]
    fn constraints_hold() {
        let (shape, data) = (toy::shape(), toy::data(100, 1));
        let mut parameters = initial(&shape, 1);
        parameters.output.weight.iter_mut().for_each(|weight| *weight *= 20.0);
        let decoded = decode(&shape, &parameters, &data, 0..100);
        let posteriors = posteriors(&shape, &parameters, &data, 0..100);
        assert_eq!((decoded.len(), posteriors.len()), (data.units(), data.units() * shape.tags));
        assert!(decoded.iter().any(|&tag| tag != 0));
        let tags = tags(&shape);
        for sentence in (0..100).map(|text| data.text_units(text)) {
            let row = &decoded[sentence.clone()];
            assert!(tags.may_begin(row[0]) && tags.may_end(row[row.len() - 1]));
            assert!(row.windows(2).all(|pair| tags.may_follow(pair[0], pair[1])));
            let (first, last) = (sentence.start * shape.tags, (sentence.end - 1) * shape.tags);
            for tag in 0..shape.tags {
                assert!(tags.may_begin(tag) || posteriors[first + tag] == 0.0);
                assert!(tags.may_end(tag) || posteriors[last + tag] == 0.0);
            }
        }
        for unit in posteriors.chunks_exact(shape.tags) {
            assert!((unit.iter().sum::<f32>() - 1.0).abs() < 1e-5);
        }
    }

    #[test]
    fn predictions_do_not_depend_on_other_texts() {
        // Predictions are deterministic too.
        let (shape, data) = (toy::shape(), toy::data(100, 1));
        let parameters = initial(&shape, 1);
        let all = posteriors(&shape, &parameters, &data, 0..100);
        let some = posteriors(&shape, &parameters, &data, 40..50);
        let start = data.text_units(40).start * shape.tags;
        assert!(some.iter().zip(&all[start..]).all(|(one, other)| (one - other).abs() < 1e-6));
        assert_eq!(all, posteriors(&shape, &parameters, &data, 0..100));
    }
}
