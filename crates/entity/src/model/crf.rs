//! The linear-chain conditional random field over the scores of the tags: the best row of tags, and how sure each is
//! (Lafferty, `McCallum`, Pereira 2001, "Conditional random fields").

#![allow(clippy::inline_always, reason = "what is not inlined is not compiled for the instructions of the machine")]

use crate::model::product::{Instructions, Lanes, Work};
use crate::model::tags::Tags;

/// A score that no row of tags has.
const NEVER: f32 = -1e6;

/// Tags stand in rows of a multiple of so many numbers, so that eight are worked on at a time.
const LANES: usize = 8;

/// Which tag may follow which, and how likely that is.
pub(crate) struct Crf {
    tags: usize,
    /// The numbers of a row: `tags` and what fills it up.
    row: usize,
    /// A row for each tag before, of the tags after it.
    scores: Vec<f32>,
    /// The exponentials of these, and the same with a row for each tag after.
    weights: Vec<f32>,
    weights_before: Vec<f32>,
    begin: Vec<f32>,
    end: Vec<f32>,
    /// What scores are divided by before their probabilities are taken.
    temperature: f32,
}

/// The buffers of the search, kept from sentence to sentence.
#[derive(Default)]
pub(crate) struct Chain {
    best: Vec<f32>,
    next: Vec<f32>,
    back: Vec<i32>,
    path: Vec<usize>,
    /// The exponentials of the scores of each unit's tags, over that of the greatest.
    emitted: Vec<f32>,
    /// For each unit and tag the weight of all rows of tags up to it, and from it on; each unit's sum to one.
    forward: Vec<f32>,
    backward: Vec<f32>,
}

impl Crf {
    /// From the scores of tags after each other, of which those that cannot be are left out.
    pub fn new(tags: Tags, transitions: &[f32]) -> Crf {
        Crf::with_temperature(tags, transitions, 1.0)
    }

    /// As [`new`](Self::new); before probabilities are taken all scores are divided by a temperature, so that they are
    /// neither too sure nor too unsure (Guo and others 2017, "On calibration of modern neural networks").
    pub fn with_temperature(tags: Tags, transitions: &[f32], temperature: f32) -> Crf {
        let count = tags.count();
        let row = count.next_multiple_of(LANES);
        let score = |before: usize, after: usize| {
            let may = before < count && after < count && tags.may_follow(before, after);
            if may { transitions[before * count + after] } else { NEVER }
        };
        let table = |of: &dyn Fn(usize, usize) -> f32| -> Vec<f32> {
            (0..row * row).map(|cell| of(cell / row, cell % row)).collect()
        };
        let ends = |may: &dyn Fn(usize) -> bool| -> Vec<f32> {
            (0..row).map(|tag| if tag < count && may(tag) { 0.0 } else { NEVER }).collect()
        };
        Crf {
            tags: count,
            row,
            scores: table(&score),
            weights: table(&|before, after| (score(before, after) / temperature).exp()),
            weights_before: table(&|after, before| (score(before, after) / temperature).exp()),
            begin: ends(&|tag| tags.may_begin(tag)),
            end: ends(&|tag| tags.may_end(tag)),
            temperature,
        }
    }

    /// The best row of tags for a sentence, by the scores of each unit for each tag (Viterbi 1967, "Error bounds for
    /// convolutional codes and an asymptotically optimum decoding algorithm").
    pub fn decode<'c>(&self, emissions: &[f32], chain: &'c mut Chain, instructions: Instructions) -> &'c [usize] {
        instructions.run(Decode { crf: self, emissions, chain });
        &chain.path
    }

    /// Sums over all rows of tags of a sentence, for [`probability`](Self::probability) (the forward-backward algorithm,
    /// Rabiner 1989, "A tutorial on hidden Markov models").
    pub fn sum(&self, emissions: &[f32], chain: &mut Chain, instructions: Instructions) {
        instructions.run(Sum { crf: self, emissions, chain });
    }

    /// How probable it is that units from `first` on have these tags, after [`sum`](Self::sum).
    pub fn probability(&self, first: usize, tags: &[usize], chain: &Chain) -> f32 {
        let row = self.row;
        let Some((&last_tag, _)) = tags.split_last() else { return 1.0 };
        // The units' own scales cancel out: the same steps are taken for these tags and for all.
        let mut here = chain.forward[first * row + tags[0]];
        let mut all = chain.forward[first * row..(first + 1) * row].to_vec();
        let mut next = vec![0.0; row];
        for (unit, pair) in (first + 1..).zip(tags.windows(2)) {
            let emitted = &chain.emitted[unit * row..(unit + 1) * row];
            here *= self.weights[pair[0] * row + pair[1]] * emitted[pair[1]];
            add_weighted(&all, &self.weights, &mut next);
            multiply(&mut next, emitted);
            here *= scale(&mut next);
            std::mem::swap(&mut all, &mut next);
        }
        let last = first + tags.len() - 1;
        let after = &chain.backward[last * row..(last + 1) * row];
        let total: f32 = all.iter().zip(after).map(|(all, after)| all * after).sum();
        (here * after[last_tag] / total).clamp(0.0, 1.0)
    }
}

struct Decode<'d> {
    crf: &'d Crf,
    emissions: &'d [f32],
    chain: &'d mut Chain,
}

impl Work for Decode<'_> {
    #[inline(always)]
    fn run<L: Lanes>(self, _: L) {
        let Decode { crf, emissions, chain } = self;
        chain.path.clear();
        chain.back.clear();
        let mut units = emissions.chunks_exact(crf.tags);
        let Some(first) = units.next() else { return };
        chain.best.clone_from(&crf.begin);
        add(&mut chain.best, first);
        for unit in units {
            let from = chain.back.len();
            chain.back.resize(from + crf.row, 0);
            extend(&chain.best, &crf.scores, &mut chain.next, &mut chain.back[from..]);
            add(&mut chain.next, unit);
            std::mem::swap(&mut chain.best, &mut chain.next);
        }
        let ends = chain.best.iter().zip(&crf.end).map(|(best, end)| best + end).enumerate();
        let mut tag = ends.max_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |(tag, _)| tag);
        chain.path.push(tag);
        for back in chain.back.rchunks_exact(crf.row) {
            tag = back[tag].unsigned_abs() as usize;
            chain.path.push(tag);
        }
        chain.path.reverse();
    }
}

/// The best score of each tag after the best ones before it, and which that was.
#[inline(always)]
fn extend(best: &[f32], scores: &[f32], next: &mut Vec<f32>, back: &mut [i32]) {
    next.clear();
    next.resize(best.len(), 0.0);
    let lanes = next.as_chunks_mut::<LANES>().0.iter_mut().zip(back.as_chunks_mut::<LANES>().0);
    for (place, (next, back)) in lanes.enumerate() {
        let mut most = [f32::NEG_INFINITY; LANES];
        let mut which = [0_i32; LANES];
        for (before, (best, scores)) in (0..).zip(best.iter().zip(scores.chunks_exact(best.len()))) {
            let scores: [f32; LANES] = scores.as_chunks().0[place].map(|score| best + score);
            let better: [i32; LANES] = std::array::from_fn(|lane| -i32::from(scores[lane] > most[lane]));
            which = std::array::from_fn(|lane| better[lane] & before | !better[lane] & which[lane]);
            most = std::array::from_fn(|lane| most[lane].max(scores[lane]));
        }
        (*next, *back) = (most, which);
    }
}

struct Sum<'s> {
    crf: &'s Crf,
    emissions: &'s [f32],
    chain: &'s mut Chain,
}

impl Work for Sum<'_> {
    #[inline(always)]
    fn run<L: Lanes>(self, _: L) {
        let Sum { crf, emissions, chain } = self;
        let row = crf.row;
        let units = emissions.len() / crf.tags;
        for numbers in [&mut chain.emitted, &mut chain.forward, &mut chain.backward] {
            numbers.clear();
            numbers.resize(units * row, 0.0);
        }
        for (emitted, scores) in chain.emitted.chunks_exact_mut(row).zip(emissions.chunks_exact(crf.tags)) {
            let greatest = greatest(scores);
            let cooled = 1.0 / crf.temperature;
            for (emitted, score) in emitted.iter_mut().zip(scores) {
                *emitted = exponential((score - greatest) * cooled);
            }
        }
        for unit in 0..units {
            let (before, here) = chain.forward.split_at_mut(unit * row);
            let here = &mut here[..row];
            if unit == 0 {
                exponentials(&crf.begin, here);
            } else {
                add_weighted(&before[(unit - 1) * row..], &crf.weights, here);
            }
            multiply(here, &chain.emitted[unit * row..]);
            scale(here);
        }
        for unit in (0..units).rev() {
            let (here, after) = chain.backward.split_at_mut((unit + 1) * row);
            let here = &mut here[unit * row..];
            if unit + 1 == units {
                exponentials(&crf.end, here);
            } else {
                let after = &mut after[..row];
                // What is asked for is without the unit's own score, which is put back after it was used.
                chain.best.clear();
                chain.best.extend_from_slice(after);
                multiply(&mut chain.best, &chain.emitted[(unit + 1) * row..]);
                add_weighted(&chain.best, &crf.weights_before, here);
            }
            scale(here);
        }
    }
}

/// The greatest of some numbers.
#[inline(always)]
fn greatest(numbers: &[f32]) -> f32 {
    let (lanes, rest) = numbers.as_chunks::<LANES>();
    let mut most = [f32::NEG_INFINITY; LANES];
    for lanes in lanes {
        most = std::array::from_fn(|lane| most[lane].max(lanes[lane]));
    }
    most.into_iter().chain(rest.iter().copied()).fold(f32::NEG_INFINITY, f32::max)
}

/// For each tag the sum over all others of what these have, times the weight between them. Eight sums are kept at hand
/// while all others are gone through.
#[inline(always)]
fn add_weighted(from: &[f32], weights: &[f32], to: &mut [f32]) {
    let row = to.len();
    for (place, to) in to.as_chunks_mut::<LANES>().0.iter_mut().enumerate() {
        let mut sums = [0.0; LANES];
        for (from, weights) in from.iter().zip(weights.chunks_exact(row)) {
            let weights = weights.as_chunks::<LANES>().0[place];
            sums = std::array::from_fn(|lane| sums[lane] + from * weights[lane]);
        }
        *to = sums;
    }
}

#[inline(always)]
fn exponentials(of: &[f32], to: &mut [f32]) {
    for (to, of) in to.iter_mut().zip(of) {
        *to = exponential(*of);
    }
}

#[inline(always)]
fn add(numbers: &mut [f32], more: &[f32]) {
    for (number, more) in numbers.iter_mut().zip(more) {
        *number += more;
    }
}

#[inline(always)]
fn multiply(numbers: &mut [f32], by: &[f32]) {
    for (number, by) in numbers.iter_mut().zip(by) {
        *number *= by;
    }
}

/// Divides numbers, in whole rows, by their sum, and gives what they were multiplied by.
#[inline(always)]
fn scale(numbers: &mut [f32]) -> f32 {
    let mut sums = [0.0; LANES];
    for lanes in numbers.as_chunks::<LANES>().0 {
        add(&mut sums, lanes);
    }
    let factor = 1.0 / sums.iter().sum::<f32>().max(f32::MIN_POSITIVE);
    for number in numbers {
        *number *= factor;
    }
    factor
}

/// The exponential of a number that is not above zero, within 2e-5 of itself, without a branch: the whole part of the
/// power of two goes into the exponent, a polynomial gives the rest.
#[inline(always)]
fn exponential(x: f32) -> f32 {
    /// Added and taken away again, this leaves whole numbers: 1.5 · 2²³.
    const ROUNDS: f32 = 12_582_912.0;
    let power = (x * std::f32::consts::LOG2_E).max(-126.0);
    let whole = (power + ROUNDS) - ROUNDS;
    let part = (power - whole) * std::f32::consts::LN_2;
    let rest = 1.0 + part * (1.0 + part * (0.5 + part * (1.0 / 6.0 + part * (1.0 / 24.0 + part * (1.0 / 120.0)))));
    f32::from_bits(((whole as i32 + 127) << 23).cast_unsigned()) * rest
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Scores of three units for the tags of two labels, and of tags after each other, with nothing special about them.
    fn example(tags: Tags) -> (Vec<f32>, Vec<f32>) {
        let number = |seed: usize| ((seed * 7919 + 13) % 101) as f32 / 25.0 - 2.0;
        let count = tags.count();
        ((0..4 * count).map(number).collect(), (0..count * count).map(|cell| number(cell + 1_000) / 2.0).collect())
    }

    /// Every row of tags that may be, with its weight.
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
        let tags = Tags::new(2);
        let (emissions, transitions) = example(tags);
        let crf = Crf::new(tags, &transitions);
        let mut chain = Chain::default();
        let rows = all_rows(tags, &emissions, &transitions);
        let total: f32 = rows.iter().map(|(_, weight)| weight).sum();
        let best = rows.iter().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
        assert_eq!(crf.decode(&emissions, &mut chain, Instructions::detect()), best.0);
        crf.sum(&emissions, &mut chain, Instructions::detect());
        for first in 0..4 {
            for length in 1..=4 - first {
                for label in 0..2 {
                    let mention: Vec<usize> = tags.of_mention(label, length).collect();
                    let expected: f32 = rows
                        .iter()
                        .filter(|(row, _)| row[first..].starts_with(&mention))
                        .map(|(_, weight)| weight / total)
                        .sum();
                    let found = crf.probability(first, &mention, &chain);
                    assert!((found - expected).abs() < 1e-4, "{first} {mention:?}: {found}, expected {expected}");
                }
            }
        }
    }

    #[test]
    fn exponentials_are_near_enough() {
        for step in 0..=2_000_u16 {
            let x = -f32::from(step) / 25.0;
            let (found, expected) = (exponential(x), x.exp());
            assert!((found - expected).abs() <= 2e-5 * expected, "{x}: {found}, expected {expected}");
        }
        assert!(exponential(NEVER) < 1e-37);
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
