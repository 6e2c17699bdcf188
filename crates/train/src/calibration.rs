//! Calibration: the temperature at which the confidences of a network equal the share of correct mentions (Guo and others
//! 2017, "On calibration of modern neural networks").
//!
//! Scores are divided by the temperature before probabilities are computed, which leaves the choice of tags unchanged.
//! A grid search finds the temperature with the least negative log-likelihood on held-out sentences: the sum of `-ln p`
//! over the predicted mentions that are correct and of `-ln (1 - p)` over the others. Mentions of labels that are not
//! annotated count neither way.

use crate::dataset::Dataset;
use crate::fit::tags;
use crate::predict::scores;
use gisa_model::crf::{Chain, Crf};
use gisa_model::lanes::Instructions;
use gisa_model::parameters::Parameters;
use gisa_model::shape::Shape;

/// The temperatures of the grid search, in tenths.
const TENTHS: std::ops::RangeInclusive<u8> = 8..=60;

/// Bound of the probabilities, so that no single mention decides.
const LEAST: f32 = 0.001;

/// Returns the best temperature for a network on held-out sentences.
pub(super) fn temperature(shape: &Shape, parameters: &Parameters, data: &Dataset) -> f32 {
    let scores = scores(shape, parameters, data, 0..data.texts());
    let tried = TENTHS.map(|tenths| f32::from(tenths) / 10.0);
    let tried =
        tried.map(|temperature| (negative_log_likelihood(shape, parameters, data, &scores, temperature), temperature));
    tried.min_by(|a, b| a.0.total_cmp(&b.0)).map_or(1.0, |(_, temperature)| temperature)
}

/// Returns the negative log-likelihood, at a temperature, of the predicted mentions being correct or not.
fn negative_log_likelihood(
    shape: &Shape,
    parameters: &Parameters,
    data: &Dataset,
    scores: &[f32],
    temperature: f32,
) -> f32 {
    let crf = Crf::with_temperature(tags(shape), &parameters.transitions, temperature);
    let (mut chain, instructions) = (Chain::default(), Instructions::detect());
    let mut sum = 0.0;
    let sentences = (0..data.texts()).flat_map(|text| data.text(text).map(move |sentence| (sentence, text)));
    for (units, text) in sentences.map(|(sentence, text)| (data.sentence(sentence), text)) {
        let scores = crf.arranged_scores(&scores[units.start * shape.tags..units.end * shape.tags]);
        let found = crf.decode(&scores, &mut chain, instructions).to_vec();
        let gold: Vec<usize> = units.map(|unit| data.targets().tag(unit)).collect();
        let gold = tags(shape).mentions(&gold);
        crf.sum(&scores, &mut chain, instructions);
        let found_mentions = tags(shape).mentions(&found).into_iter();
        for mention in found_mentions.filter(|(_, label)| !data.unannotated(text).contains(*label)) {
            let range = mention.0.clone();
            let confidence = crf.probability(range.start, &found[range], &chain).clamp(LEAST, 1.0 - LEAST);
            let likely = if gold.contains(&mention) { confidence } else { 1.0 - confidence };
            sum -= likely.ln();
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::Targets;
    use crate::fit::fit;
    use crate::initial::initial;
    use crate::label_set::LabelSet;
    use crate::options::Options;
    use crate::toy;
    use gisa_model::tags::OUTSIDE;

    #[test]
    fn mentions_of_labels_that_are_not_annotated_count_neither_way() {
        let shape = toy::shape();
        let options =
            Options { epochs: 4, units_per_batch: 60, learning_rate: 1e-2, table_rate: 1e-2, ..toy::options() };
        let parameters = fit(&shape, initial(&shape, 1), &toy::data(100, 1), &options, &mut |_| {}).unwrap();
        let complete = toy::data(100, 2);
        let left_out = LabelSet::from_iter([1]);
        let incomplete = toy::incomplete_data(100, 2, |_| left_out);
        // The same targets, as if all labels were annotated; and all mentions, as if label 1 were not.
        let mut taken_for_complete = complete.clone();
        *taken_for_complete.targets_mut() = incomplete.targets().clone();
        let mut taken_for_incomplete = incomplete.clone();
        *taken_for_incomplete.targets_mut() = complete.targets().clone();
        let scores = scores(&shape, &parameters, &complete, 0..100);
        let loss = |data: &Dataset| negative_log_likelihood(&shape, &parameters, data, &scores, 1.0);
        assert!(loss(&incomplete) > 0.0 && loss(&incomplete) < loss(&complete));
        assert!(loss(&complete) < loss(&taken_for_complete));
        assert!((loss(&incomplete) - loss(&taken_for_incomplete)).abs() < 1e-6);
    }

    #[test]
    fn the_temperature_undoes_what_scores_were_multiplied_by() {
        let (shape, data) = (toy::shape(), toy::data(100, 1));
        let options =
            Options { epochs: 4, units_per_batch: 60, learning_rate: 1e-2, table_rate: 1e-2, ..toy::options() };
        let mut parameters = fit(&shape, initial(&shape, 1), &data, &options, &mut |_| {}).unwrap();
        // Every third sentence has no gold mentions, so predictions in it are wrong.
        let mut unseen = toy::data(300, 2);
        let mut targets = Targets::new();
        for sentence in 0..unseen.sentences() {
            for unit in unseen.sentence(sentence) {
                targets.push(if sentence % 3 == 0 { OUTSIDE } else { unseen.targets().tag(unit) });
            }
        }
        *unseen.targets_mut() = targets;
        let before = temperature(&shape, &parameters, &unseen);
        for array in [&mut parameters.output.weight, &mut parameters.output.bias, &mut parameters.transitions] {
            for number in array {
                *number *= 2.0;
            }
        }
        let after = temperature(&shape, &parameters, &unseen);
        assert!((1.1..2.9).contains(&before), "{before}");
        assert!((after - 2.0 * before).abs() < 0.15, "{before}, doubled {after}");
    }
}
