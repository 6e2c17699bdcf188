//! The CRF in training: the marginal probabilities of the tags of a sentence, and the loss with its gradient.
//!
//! The loss is the negative logarithm of the probability of the sentence's tags among all valid tag sequences
//! (Lafferty, McCallum, Pereira 2001, "Conditional random fields"). Its gradient is the expected count of each tag less
//! the observed one, computed by the forward-backward recursion with each unit's numbers scaled to sum to one (Rabiner
//! 1989, "A tutorial on hidden Markov models", V.A). Where a unit has tag probabilities instead of a tag, its score is
//! the expected one, which makes the gradient the difference of two distributions; transitions are those of the best
//! sequence. Where an annotation leaves out some labels, the loss is the negative logarithm of the probability of all
//! tag sequences that agree with it (Tsuboi and others 2008, "Training conditional random fields using incomplete
//! annotations").

use crate::dataset::Targets;
use crate::label_set::LabelSet;
use gisa_model::tags::Tags;

/// A linear-chain CRF with the exponentials of its transition scores.
pub(super) struct CrfLoss {
    tags: Tags,
    /// `exp` of the score of each transition, 0 for impossible ones: `factors[before * tags + after]`.
    factors: Vec<f64>,
    /// The transpose of `factors`.
    turned: Vec<f64>,
    begin: Vec<f64>,
    end: Vec<f64>,
}

/// The targets of the units of a sentence.
#[derive(Clone, Copy)]
pub(super) struct SentenceTargets<'t> {
    pub targets: &'t Targets,
    /// Number of each unit in the data set.
    pub units: &'t [usize],
    /// The labels whose mentions are not marked.
    pub unannotated: LabelSet,
}

/// The buffers of the recursion, reused from sentence to sentence.
#[derive(Default)]
pub(super) struct Room {
    /// `exp` of the scores minus the highest of the unit.
    scores: Vec<f64>,
    forward: Vec<f64>,
    /// The backward weights of the current unit, and their products with the scores of the unit.
    backward: Vec<f64>,
    onward: Vec<f64>,
    /// The scores of the tags that an incomplete annotation allows, and their marginal probabilities.
    allowed: Vec<f32>,
    observed: Vec<f32>,
}

/// Weighted counts of transitions.
pub(super) struct Pairs {
    /// Expected counts, without the factors.
    expected: Vec<f64>,
    seen: Vec<f64>,
}

impl Pairs {
    /// Creates counts of zero.
    pub fn new(tags: Tags) -> Pairs {
        let zeros = vec![0.0; tags.count() * tags.count()];
        Pairs { expected: zeros.clone(), seen: zeros }
    }

    /// Adds the expected counts of the transitions between two units, `weight` times.
    fn expect(&mut self, weight: f64, forward: &[f64], onward: &[f64], sum: f64) {
        for (row, before) in self.expected.chunks_exact_mut(forward.len()).zip(forward) {
            let share = weight * before / sum;
            row.iter_mut().zip(onward).for_each(|(expected, after)| *expected += share * after);
        }
    }
}

impl CrfLoss {
    /// Creates a CRF from the scores of transitions.
    pub fn new(tags: Tags, transitions: &[f32]) -> CrfLoss {
        let count = tags.count();
        let allowed = |may: bool, factor: f64| if may { factor } else { 0.0 };
        let factor = |before, after| {
            allowed(tags.may_follow(before, after), f64::from(transitions[before * count + after]).exp())
        };
        CrfLoss {
            tags,
            factors: (0..count * count).map(|cell| factor(cell / count, cell % count)).collect(),
            turned: (0..count * count).map(|cell| factor(cell % count, cell / count)).collect(),
            begin: (0..count).map(|tag| allowed(tags.may_begin(tag), 1.0)).collect(),
            end: (0..count).map(|tag| allowed(tags.may_end(tag), 1.0)).collect(),
        }
    }

    /// Computes the marginal probability of each tag of each unit of a sentence, given its scores.
    pub fn marginals(&self, scores: &[f32], marginals: &mut [f32], room: &mut Room) {
        self.forward(scores, room);
        self.backward(room, marginals, |_, _, _| {});
    }

    /// Returns the loss of a sentence times its weight; writes the gradient of the scores, and adds to the counts of
    /// transitions.
    pub fn loss(
        &self,
        scores: &[f32],
        target: SentenceTargets<'_>,
        weight: f64,
        gradient: &mut [f32],
        pairs: &mut Pairs,
        room: &mut Room,
    ) -> f64 {
        let partition = self.forward(scores, room);
        self.backward(room, gradient, |forward, onward, sum| pairs.expect(weight, forward, onward, sum));
        let score = if target.unannotated.is_empty() {
            self.observe(scores, target, weight, gradient, pairs)
        } else {
            self.observe_allowed(scores, target, weight, gradient, pairs, room)
        };
        for slope in gradient {
            *slope *= weight as f32;
        }
        weight * (partition - score)
    }

    /// Subtracts the observed tags from the expected ones, and counts the transitions; returns the score of the tags.
    fn observe(
        &self,
        scores: &[f32],
        SentenceTargets { targets, units, .. }: SentenceTargets<'_>,
        weight: f64,
        gradient: &mut [f32],
        pairs: &mut Pairs,
    ) -> f64 {
        let count = self.tags.count();
        let mut score = 0.0;
        let rows = scores.chunks_exact(count).zip(gradient.chunks_exact_mut(count)).zip(units);
        for ((scores, gradient), &unit) in rows {
            for (tag, probability) in targets.probabilities(unit) {
                score += f64::from(scores[tag]) * probability;
                gradient[tag] -= probability as f32;
            }
        }
        for pair in units.windows(2) {
            let cell = targets.tag(pair[0]) * count + targets.tag(pair[1]);
            score += self.factors[cell].ln();
            pairs.seen[cell] += weight;
        }
        score
    }

    /// Does what [`observe`](Self::observe) does for all tag sequences that an incomplete annotation allows; returns
    /// the logarithm of their sum.
    fn observe_allowed(
        &self,
        scores: &[f32],
        SentenceTargets { targets, units, unannotated }: SentenceTargets<'_>,
        weight: f64,
        gradient: &mut [f32],
        pairs: &mut Pairs,
        room: &mut Room,
    ) -> f64 {
        let count = self.tags.count();
        let (mut allowed, mut observed) = (std::mem::take(&mut room.allowed), std::mem::take(&mut room.observed));
        allowed.clear();
        for (scores, &unit) in scores.chunks_exact(count).zip(units) {
            let annotated = targets.tag(unit);
            let is_allowed = |tag| unannotated.allows(self.tags, annotated, tag);
            allowed
                .extend((0..).zip(scores).map(|(tag, &score)| if is_allowed(tag) { score } else { f32::NEG_INFINITY }));
        }
        observed.clear();
        observed.resize(scores.len(), 0.0);
        let sum = self.forward(&allowed, room);
        self.backward(room, &mut observed, |forward, onward, sum| pairs.expect(-weight, forward, onward, sum));
        gradient.iter_mut().zip(&observed).for_each(|(slope, observed)| *slope -= observed);
        (room.allowed, room.observed) = (allowed, observed);
        sum
    }

    /// Returns the gradient of the transition scores.
    pub fn transition_gradient(&self, pairs: &Pairs) -> impl Iterator<Item = f32> {
        let cells = pairs.expected.iter().zip(&self.factors).zip(&pairs.seen);
        cells.map(|((expected, factor), seen)| (expected * factor - seen) as f32)
    }

    /// Computes the forward weights; returns the logarithm of the partition function.
    fn forward(&self, scores: &[f32], room: &mut Room) -> f64 {
        let count = self.tags.count();
        let mut logarithm = 0.0;
        room.scores.clear();
        room.forward.clear();
        room.forward.resize(scores.len(), 0.0);
        for unit in scores.chunks_exact(count) {
            let highest = f64::from(unit.iter().copied().fold(f32::NEG_INFINITY, f32::max));
            logarithm += highest;
            room.scores.extend(unit.iter().map(|&score| (f64::from(score) - highest).exp()));
        }
        let mut before: &[f64] = &[];
        for (unit, scores) in room.forward.chunks_exact_mut(count).zip(room.scores.chunks_exact(count)) {
            if before.is_empty() {
                unit.copy_from_slice(&self.begin);
            }
            for (factors, &before) in self.factors.chunks_exact(count).zip(before) {
                unit.iter_mut().zip(factors).for_each(|(sum, factor)| *sum += before * factor);
            }
            unit.iter_mut().zip(scores).for_each(|(value, score)| *value *= score);
            logarithm += scale(unit).ln();
            before = unit;
        }
        logarithm + before.iter().zip(&self.end).map(|(value, end)| value * end).sum::<f64>().ln()
    }

    /// Computes the backward weights and the marginals. Calls `see` for each pair of adjacent units with the forward weights
    /// of the first, the backward weights of the second times its scores, and the sum that normalises their product with
    /// the factors.
    fn backward(&self, room: &mut Room, marginals: &mut [f32], mut see: impl FnMut(&[f64], &[f64], f64)) {
        let count = self.tags.count();
        let Room { scores, forward, backward, onward, .. } = room;
        onward.clear();
        backward.clear();
        backward.extend_from_slice(&self.end);
        let units = forward.rchunks_exact(count).zip(scores.rchunks_exact(count));
        for ((forward, scores), marginals) in units.zip(marginals.rchunks_exact_mut(count)) {
            if !onward.is_empty() {
                backward.fill(0.0);
                for (factors, &after) in self.turned.chunks_exact(count).zip(onward.iter()) {
                    backward.iter_mut().zip(factors).for_each(|(sum, factor)| *sum += after * factor);
                }
            }
            let sum: f64 = forward.iter().zip(backward.iter()).map(|(forward, backward)| forward * backward).sum();
            for ((marginal, forward), backward) in marginals.iter_mut().zip(forward).zip(backward.iter()) {
                *marginal = (forward * backward / sum) as f32;
            }
            if !onward.is_empty() {
                see(forward, onward, sum);
            }
            onward.clear();
            onward.extend(backward.iter().zip(scores).map(|(backward, score)| backward * score));
            scale(onward);
        }
    }
}

/// Scales numbers to a sum of one; returns their sum before.
fn scale(values: &mut [f64]) -> f64 {
    let sum: f64 = values.iter().sum();
    for value in values {
        *value /= sum;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::toy;

    const UNITS: usize = 4;

    /// Every valid tag sequence with its score.
    fn rows(tags: Tags, scores: &[f32], transitions: &[f32]) -> Vec<(Vec<usize>, f64)> {
        let count = tags.count();
        let mut rows = vec![(Vec::new(), 0.0)];
        for unit in scores.chunks_exact(count) {
            rows = rows
                .into_iter()
                .flat_map(|(row, score)| (0..count).map(move |tag| (row.clone(), score, tag)))
                .filter(|(row, _, tag)| {
                    row.last().map_or(tags.may_begin(*tag), |&before| tags.may_follow(before, *tag))
                })
                .map(|(mut row, score, tag)| {
                    let pair = row.last().map_or(0.0, |before| f64::from(transitions[before * count + tag]));
                    row.push(tag);
                    (row, score + pair + f64::from(unit[tag]))
                })
                .collect();
        }
        rows.retain(|(row, _)| tags.may_end(row[row.len() - 1]));
        rows
    }

    #[test]
    fn marginals_are_those_of_all_rows() {
        let tags = Tags::new(2);
        let (scores, transitions) = (toy::numbers(UNITS * 9, 1), toy::numbers(81, 2));
        let mut marginals = vec![0.0; UNITS * 9];
        CrfLoss::new(tags, &transitions).marginals(&scores, &mut marginals, &mut Room::default());

        let mut expected = vec![0.0; UNITS * 9];
        let rows = rows(tags, &scores, &transitions);
        let sum: f64 = rows.iter().map(|(_, score)| score.exp()).sum();
        for (row, score) in &rows {
            for (unit, tag) in row.iter().enumerate() {
                expected[unit * 9 + tag] += score.exp() / sum;
            }
        }
        for (marginal, expected) in marginals.iter().zip(expected) {
            assert!((f64::from(*marginal) - expected).abs() < 1e-6);
            assert_eq!(*marginal == 0.0, expected == 0.0);
        }
    }

    #[test]
    fn marginals_of_a_single_unit_and_of_none() {
        let tags = Tags::new(1);
        let chain = CrfLoss::new(tags, &[0.0; 25]);
        let mut marginals = [9.0; 5];
        chain.marginals(&[0.0; 5], &mut marginals, &mut Room::default());
        for (marginal, expected) in marginals.iter().zip([0.5, 0.0, 0.0, 0.0, 0.5]) {
            assert!((marginal - expected).abs() < 1e-6, "{marginals:?}");
        }
        chain.marginals(&[], &mut [], &mut Room::default());
    }

    #[test]
    fn scores_far_apart() {
        let mut scores = vec![0.0; 3 * 9];
        (scores[1], scores[9 + 3], scores[18 + 4]) = (90.0, 90.0, -90.0);
        let mut marginals = vec![0.0; 3 * 9];
        CrfLoss::new(Tags::new(2), &[0.0; 81]).marginals(&scores, &mut marginals, &mut Room::default());
        assert!(marginals.iter().all(|marginal| marginal.is_finite()), "{marginals:?}");
        assert!(marginals[1] > 0.999 && marginals[9 + 3] > 0.999, "{marginals:?}");
    }

    fn targets(likely: bool) -> (Targets, LabelSet) {
        let mut targets = Targets::new();
        for tag in [1, 3, 0, 8] {
            if likely {
                let mut probabilities = [0.0; 9];
                (probabilities[tag], probabilities[5]) = (0.75, 0.25);
                targets.push_likely(tag, &probabilities);
            } else {
                targets.push(tag);
            }
        }
        (targets, LabelSet::default())
    }

    #[test]
    fn loss_is_that_of_all_rows() {
        let tags = Tags::new(2);
        let (scores, transitions) = (toy::numbers(UNITS * 9, 1), toy::numbers(81, 2));
        let rows = rows(tags, &scores, &transitions);
        let sum: f64 = rows.iter().map(|(_, score)| score.exp()).sum();
        let (_, score) = rows.iter().find(|(row, _)| *row == [1, 3, 0, 8]).unwrap();
        let (loss, ..) = gradient(&targets(false), &scores, &transitions);
        assert!((loss - 1.5 * (sum.ln() - score)).abs() < 1e-5, "{loss}");
    }

    #[test]
    fn loss_of_an_incomplete_annotation_is_that_of_all_rows_it_allows() {
        let tags = Tags::new(2);
        let (scores, transitions) = (toy::numbers(UNITS * 9, 1), toy::numbers(81, 2));
        let rows = rows(tags, &scores, &transitions);
        let sum = |may: &dyn Fn(&[usize]) -> bool| -> f64 {
            rows.iter().filter(|(row, _)| may(row)).map(|(_, score)| score.exp()).sum()
        };
        // Label 1 (tags 5 to 8) may be anywhere but on the mention of label 0.
        let may =
            |row: &[usize]| row[0] == 1 && row[1] == 3 && [0, 5, 8].contains(&row[2]) && [0, 7, 8].contains(&row[3]);
        let (loss, ..) = gradient(&incomplete(), &scores, &transitions);
        assert!((loss - 1.5 * (sum(&|_| true).ln() - sum(&may).ln())).abs() < 1e-5, "{loss}");
    }

    fn incomplete() -> (Targets, LabelSet) {
        let mut targets = Targets::new();
        for tag in [1, 3, 0, 0] {
            targets.push(tag);
        }
        (targets, LabelSet::from_iter([1]))
    }

    fn gradient(
        (targets, unannotated): &(Targets, LabelSet),
        scores: &[f32],
        transitions: &[f32],
    ) -> (f64, Vec<f32>, Vec<f32>) {
        let chain = CrfLoss::new(Tags::new(2), transitions);
        let mut slopes = vec![0.0; scores.len()];
        let mut pairs = Pairs::new(Tags::new(2));
        let room = &mut Room::default();
        let target = SentenceTargets { targets, units: &[0, 1, 2, 3], unannotated: *unannotated };
        let loss = chain.loss(scores, target, 1.5, &mut slopes, &mut pairs, room);
        (loss, slopes, chain.transition_gradient(&pairs).collect())
    }

    #[test]
    fn gradient_is_the_slope() {
        for targets in [targets(false), targets(true), incomplete()] {
            let (scores, transitions) = (toy::numbers(UNITS * 9, 1), toy::numbers(81, 2));
            let (_, score_gradient, transition_gradient) = gradient(&targets, &scores, &transitions);
            toy::check(&scores, &score_gradient, |scores| gradient(&targets, scores, &transitions).0);
            toy::check(&transitions, &transition_gradient, |transitions| gradient(&targets, &scores, transitions).0);
        }
    }
}
