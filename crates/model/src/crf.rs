//! The linear-chain conditional random field over the scores of the tags: the best tag sequence, and the probabilities of
//! its mentions (Lafferty, `McCallum`, Pereira 2001, "Conditional random fields").
//!
//! `slots` explains in which order it keeps the scores, `decode` finds the best sequence, `forward_backward` the
//! probabilities.

#![allow(clippy::inline_always, reason = "what is not inlined is not compiled for the instructions of the machine")]

use self::slots::{END, Slots, Steps, groups};
use crate::lanes::{LANES, Lanes, Work};
use crate::network::NEVER;
use crate::parameters::Linear;
use crate::tags::Tags;

mod decode;
mod forward_backward;
mod slots;

/// A linear-chain CRF: the transitions between tags, arranged for decoding and for probabilities.
#[derive(Debug)]
pub struct Crf {
    slots: Slots,
    tag_of: Vec<Option<usize>>,
    /// [`Slots::closed`] and [`Slots::opening`].
    closed: Vec<usize>,
    opening: Vec<usize>,
    scores: Steps,
    /// The exponentials of the scores at the temperature.
    weights: Steps,
    /// The weights from each opening slot back to the slots before it: a row each, with eight single and eight end slots in
    /// turn.
    back: Vec<f32>,
    begin: Vec<f32>,
    end: Vec<f32>,
    /// Divisor of all scores before probabilities are computed.
    temperature: f32,
}

/// The buffers of decoding and of probabilities, reused from sentence to sentence.
#[derive(Debug, Default)]
pub struct Chain {
    /// For each unit and slot the score of the best tag sequence up to it.
    best: Vec<f32>,
    path: Vec<usize>,
    /// The exponentials of the scores of each unit, relative to the greatest.
    emitted: Vec<f32>,
    /// For each unit and slot the weight of all tag sequences up to it, and from it on; scaled to a sum of one a unit.
    forward: Vec<f32>,
    backward: Vec<f32>,
    /// The scaling factor of `forward` for each unit.
    factors: Vec<f32>,
    /// The backward weights of the next unit times its emissions.
    onward: Vec<f32>,
}

impl Crf {
    /// Creates a CRF from the scores of transitions, `transitions[before * tags + after]`. Those of impossible transitions
    /// are ignored.
    pub fn new(tags: Tags, transitions: &[f32]) -> Crf {
        Crf::with_temperature(tags, transitions, 1.0)
    }

    /// Creates a CRF as [`new`](Self::new) does, whose scores are divided by a temperature before probabilities are computed,
    /// so that these are calibrated (Guo and others 2017, "On calibration of modern neural networks").
    pub fn with_temperature(tags: Tags, transitions: &[f32], temperature: f32) -> Crf {
        let slots = Slots::new(tags);
        let tag_of = slots.tags();
        let score = |before: usize, after: usize| match (tag_of[before], tag_of[after]) {
            (Some(before), Some(after)) if tags.may_follow(before, after) => transitions[before * tags.count() + after],
            _ => NEVER,
        };
        let weight = |before: usize, after: usize| (score(before, after) / temperature).exp();
        // Eight single slots and the eight end ones of the same labels side by side.
        let lane = |first: usize| first..first + LANES;
        let before_opening =
            (0..slots.group).step_by(LANES).flat_map(move |at| lane(at).chain(lane(END * slots.group + at)));
        let ends = |may: &dyn Fn(usize) -> bool| -> Vec<f32> {
            tag_of.iter().map(|tag| if tag.is_some_and(may) { 0.0 } else { NEVER }).collect()
        };
        Crf {
            scores: Steps::new(slots, score),
            weights: Steps::new(slots, weight),
            back: slots
                .opening()
                .flat_map(|after| before_opening.clone().map(move |before| (before, after)))
                .map(|(before, after)| weight(before, after))
                .collect(),
            begin: ends(&|tag| tags.may_begin(tag)),
            end: ends(&|tag| tags.may_end(tag)),
            closed: slots.closed().collect(),
            opening: slots.opening().collect(),
            slots,
            tag_of,
            temperature,
        }
    }

    /// Returns an output matrix with its rows rearranged from the order of the tags to that of the slots.
    pub fn arranged(&self, output: &Linear) -> Linear {
        let columns = output.weight.len() / output.bias.len().max(1);
        let mut weight = vec![0.0; columns * self.slots.count()];
        let mut bias = vec![NEVER; self.slots.count()];
        for (tag, slot) in self.slots.in_order().enumerate() {
            weight[slot * columns..][..columns].copy_from_slice(&output.weight[tag * columns..][..columns]);
            bias[slot] = output.bias[tag];
        }
        Linear { weight, bias }
    }

    /// Returns the scores of each unit rearranged from the order of the tags to that of the slots.
    pub fn arranged_scores(&self, scores: &[f32]) -> Vec<f32> {
        let mut arranged = vec![NEVER; scores.len() / self.slots.tags.count() * self.slots.count()];
        let units = scores.chunks_exact(self.slots.tags.count()).zip(arranged.chunks_exact_mut(self.slots.count()));
        for (scores, arranged) in units {
            for (score, slot) in scores.iter().zip(self.slots.in_order()) {
                arranged[slot] = *score;
            }
        }
        arranged
    }
}

/// What a pass over the units of a sentence computes.
#[derive(Clone, Copy, Debug)]
enum Algorithm {
    /// The scores of the best tag sequences.
    Viterbi,
    /// The weights of all tag sequences.
    ForwardBackward,
}

/// A pass over the units of a sentence, which fills the buffers of its algorithm.
struct Pass<'p> {
    algorithm: Algorithm,
    crf: &'p Crf,
    emissions: &'p [f32],
    chain: &'p mut Chain,
}

impl Work for Pass<'_> {
    #[inline(always)]
    fn run<L: Lanes>(self, lanes: L) {
        let Pass { algorithm, crf, emissions, chain } = self;
        match algorithm {
            Algorithm::Viterbi => decode::find_best(crf, emissions, chain, lanes),
            Algorithm::ForwardBackward => forward_backward::sum_both_ways(crf, emissions, chain, lanes),
        }
    }
}

/// Returns the values of the slots of the previous unit, if there is one, and those of a unit.
#[inline(always)]
fn with_previous(values: &mut [f32], unit: usize, count: usize) -> (Option<&[f32]>, &mut [f32]) {
    let (before, rest) = values.split_at_mut(unit * count);
    (before.rchunks_exact(count).next(), &mut rest[..count])
}

/// Replaces each lane of `numbers` by the result of `make` on it and that of `others`.
#[inline(always)]
fn for_each_lane<L: Lanes>(
    numbers: &mut [f32],
    others: &[f32],
    make: impl Fn(L::Floats, L::Floats) -> L::Floats,
    lanes: L,
) {
    for (numbers, others) in numbers.as_chunks_mut().0.iter_mut().zip(others.as_chunks().0) {
        *numbers = lanes.store(make(lanes.load(numbers), lanes.load(others)));
    }
}

/// Splits a row into two halves.
#[inline(always)]
fn two(row: &[f32; 2 * LANES]) -> [&[f32; LANES]; 2] {
    let (lanes, _) = row.as_chunks();
    [&lanes[0], &lanes[1]]
}

/// Joins two halves into a row.
#[inline(always)]
fn whole(lanes: [[f32; LANES]; 2]) -> [f32; 2 * LANES] {
    std::array::from_fn(|place| lanes[place / LANES][place % LANES])
}

/// Computes the inside and end slots of a unit from the begin and inside slots of the previous one: `step` combines a slot
/// with a transition, `either` the results from the begin and the inside slot.
#[inline(always)]
fn extend_open<L: Lanes>(
    steps: &Steps,
    before: &[f32],
    open: &mut [f32],
    either: impl Fn(L::Floats, L::Floats) -> L::Floats,
    step: impl Fn(L::Floats, L::Floats) -> L::Floats,
    lanes: L,
) {
    let [_, begin, inside, _] = groups(before);
    for (to, open) in open.chunks_exact_mut(begin.len()).enumerate() {
        let (from_begin, from_inside) = (steps.open[to].as_chunks().0, steps.open[2 + to].as_chunks().0);
        let (begin, inside) = (begin.as_chunks().0, inside.as_chunks().0);
        for (place, open) in open.as_chunks_mut().0.iter_mut().enumerate() {
            let from_begin = step(lanes.load(&begin[place]), lanes.load(&from_begin[place]));
            let from_inside = step(lanes.load(&inside[place]), lanes.load(&from_inside[place]));
            *open = lanes.store(either(from_begin, from_inside));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lanes::Instructions;

    /// Arbitrary emissions and transitions.
    fn example(tags: Tags, units: usize) -> (Vec<f32>, Vec<f32>) {
        let number = |seed: usize| ((seed * 7919 + 13) % 101) as f32 / 25.0 - 2.0;
        let count = tags.count();
        ((0..units * count).map(number).collect(), (0..count * count).map(|cell| number(cell + 1_000) / 2.0).collect())
    }

    /// Every valid tag sequence, with its weight.
    fn all_rows(tags: Tags, emissions: &[f32], transitions: &[f32]) -> Vec<(Vec<usize>, f32)> {
        let count = tags.count();
        let units = emissions.len() / count;
        let mut rows: Vec<(Vec<usize>, f32)> = vec![(Vec::new(), 0.0)];
        for unit in 0..units {
            let longer = rows.iter().flat_map(|(row, score)| {
                (0..count).filter_map(move |tag| {
                    let step = match row.last() {
                        None if tags.may_begin(tag) => 0.0,
                        Some(&before) if tags.may_follow(before, tag) => transitions[before * count + tag],
                        _ => return None,
                    };
                    let row = [&row[..], &[tag]].concat();
                    Some((row, score + step + emissions[unit * count + tag]))
                })
            });
            rows = longer.collect();
        }
        rows.retain(|(row, _)| row.last().is_some_and(|&last| tags.may_end(last)));
        rows.into_iter().map(|(row, score)| (row, score.exp())).collect()
    }

    #[test]
    fn the_best_row_and_probabilities_are_those_of_all_rows() {
        // Of nine labels each group takes more than eight slots.
        for (labels, units) in [(2, 4), (9, 2)] {
            let tags = Tags::new(labels);
            let (emissions, transitions) = example(tags, units);
            let crf = Crf::new(tags, &transitions);
            let mut chain = Chain::default();
            let rows = all_rows(tags, &emissions, &transitions);
            let total: f32 = rows.iter().map(|(_, weight)| weight).sum();
            let best = rows.iter().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
            let emissions = crf.arranged_scores(&emissions);
            assert_eq!(crf.decode(&emissions, &mut chain, Instructions::detect()), best.0);
            crf.sum(&emissions, &mut chain, Instructions::detect());
            for (first, label) in (0..units).flat_map(|first| (0..labels).map(move |label| (first, label))) {
                for length in 1..=units - first {
                    let mention: Vec<usize> = tags.of_mention(label, length).collect();
                    let with_it = rows.iter().filter(|(row, _)| row[first..].starts_with(&mention));
                    let expected: f32 = with_it.map(|(_, weight)| weight / total).sum();
                    let found = crf.probability(first, &mention, &chain);
                    assert!((found - expected).abs() < 1e-4, "{first} {mention:?}: {found}, expected {expected}");
                }
            }
        }
    }

    #[test]
    fn no_units_have_no_tags() {
        let tags = Tags::new(1);
        let crf = Crf::new(tags, &[0.0; 25]);
        let mut chain = Chain::default();
        assert!(crf.decode(&[], &mut chain, Instructions::detect()).is_empty());
        crf.sum(&[], &mut chain, Instructions::detect());
    }
}
