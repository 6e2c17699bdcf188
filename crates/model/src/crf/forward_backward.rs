//! Probabilities of mentions: sums over all tag sequences of a sentence (the forward-backward algorithm, Rabiner 1989, "A
//! tutorial on hidden Markov models").

#![allow(clippy::inline_always, reason = "what is not inlined is not compiled for the instructions of the machine")]

use crate::crf::slots::{END, INSIDE, groups};
use crate::crf::{Algorithm, Chain, Crf, Pass, extend_open, for_each_lane, two, whole, with_previous};
use crate::lanes::{Instructions, LANES, Lanes};
use crate::network::NEVER;

impl Crf {
    /// Computes the sums over all tag sequences of a sentence, for [`probability`](Self::probability) (the forward-backward algorithm,
    /// Rabiner 1989, "A tutorial on hidden Markov models").
    pub fn sum(&self, emissions: &[f32], chain: &mut Chain, instructions: Instructions) {
        instructions.run(Pass { algorithm: Algorithm::ForwardBackward, crf: self, emissions, chain });
    }

    /// Returns the probability that the units from `first` on have the tags of a mention. [`sum`](Self::sum) has to be called
    /// before.
    pub fn probability(&self, first: usize, tags: &[usize], chain: &Chain) -> f32 {
        let count = self.slots.count();
        let Some((&first_tag, rest)) = tags.split_first() else { return 1.0 };
        let mut slot = self.slots.of(first_tag);
        let mut here = chain.forward[first * count + slot];
        let mut unit = first;
        for &tag in rest {
            unit += 1;
            let after = self.slots.of(tag);
            here *= self.weight(slot, after) * chain.emitted[unit * count + after] * chain.factors[unit];
            slot = after;
        }
        let (forward, backward) = (&chain.forward[unit * count..][..count], &chain.backward[unit * count..][..count]);
        let total: f32 = forward.iter().zip(backward).map(|(forward, backward)| forward * backward).sum();
        (here * backward[slot] / total).clamp(0.0, 1.0)
    }

    /// Returns the weight of a transition inside a mention.
    fn weight(&self, before: usize, after: usize) -> f32 {
        let group = self.slots.group;
        let steps = 2 * usize::from(before / group == INSIDE) + usize::from(after / group == END);
        self.weights.open[steps][before % group]
    }
}

/// Computes the forward and backward weights of each slot of each unit.
#[inline(always)]
pub(super) fn sum_both_ways<L: Lanes>(crf: &Crf, emissions: &[f32], chain: &mut Chain, lanes: L) {
    let count = crf.slots.count();
    let units = emissions.len() / count;
    for numbers in [&mut chain.emitted, &mut chain.forward, &mut chain.backward] {
        numbers.resize(emissions.len(), 0.0);
    }
    chain.onward.resize(count, 0.0);
    for (emitted, scores) in chain.emitted.chunks_exact_mut(count).zip(emissions.chunks_exact(count)) {
        cool(crf, scores.as_chunks().0, emitted.as_chunks_mut().0, lanes);
    }
    chain.factors.clear();
    for unit in 0..units {
        let (before, here) = with_previous(&mut chain.forward, unit, count);
        match before {
            None => for_each_lane(here, &crf.begin, |_, may| lanes.exponential(may), lanes),
            Some(before) => sum_forward(crf, before, here, lanes),
        }
        let emitted = &chain.emitted[unit * count..][..count];
        for_each_lane(here, emitted, |here, emitted| lanes.mul(here, emitted), lanes);
        chain.factors.push(scale(here, lanes));
    }
    for unit in (0..units).rev() {
        let (here, after) = chain.backward.split_at_mut((unit + 1) * count);
        let here = &mut here[unit * count..];
        if unit + 1 == units {
            for_each_lane(here, &crf.end, |_, may| lanes.exponential(may), lanes);
        } else {
            chain.onward.copy_from_slice(&after[..count]);
            let emitted = &chain.emitted[(unit + 1) * count..][..count];
            for_each_lane(&mut chain.onward, emitted, |onward, emitted| lanes.mul(onward, emitted), lanes);
            sum_backward(crf, &chain.onward, here, lanes);
        }
        scale(here, lanes);
    }
}

/// Computes the exponentials of the scores of a unit, relative to the greatest, at the temperature.
#[inline(always)]
fn cool<L: Lanes>(crf: &Crf, scores: &[[f32; LANES]], emitted: &mut [[f32; LANES]], lanes: L) {
    let most = scores.iter().fold(lanes.splat(NEVER), |most, scores| lanes.max(most, lanes.load(scores)));
    let greatest = lanes.splat(lanes.greatest(most));
    let cooled = lanes.splat(1.0 / crf.temperature);
    for (emitted, scores) in emitted.iter_mut().zip(scores) {
        let below = lanes.mul(lanes.sub(lanes.load(scores), greatest), cooled);
        *emitted = lanes.store(lanes.exponential(below));
    }
}

/// Computes the forward weight of each slot: the sum over the slots before it, times the transition.
#[inline(always)]
fn sum_forward<L: Lanes>(crf: &Crf, before: &[f32], here: &mut [f32], lanes: L) {
    let group = crf.slots.group;
    let (opening, open) = here.split_at_mut(2 * group);
    for (place, opening) in opening.as_chunks_mut().0.iter_mut().enumerate() {
        let rows = crf.closed.iter().zip(crf.weights.closed.chunks_exact(2 * group));
        *opening = whole(weighted(before, rows, place, lanes));
    }
    extend_open(&crf.weights, before, open, |begin, inside| lanes.add(begin, inside), |a, b| lanes.mul(a, b), lanes);
}

/// Computes the backward weight of each slot: the sum over the slots after it, times the transition.
#[inline(always)]
fn sum_backward<L: Lanes>(crf: &Crf, after: &[f32], here: &mut [f32], lanes: L) {
    let group = crf.slots.group;
    let (single, rest) = here.split_at_mut(group);
    let (open, end) = rest.split_at_mut(2 * group);
    let (singles, ends) = (single.as_chunks_mut::<LANES>().0.iter_mut(), end.as_chunks_mut::<LANES>().0);
    for (place, (single, end)) in singles.zip(ends).enumerate() {
        let rows = crf.opening.iter().zip(crf.back.chunks_exact(2 * group));
        let both = weighted(after, rows, place, lanes);
        (*single, *end) = (both[0], both[1]);
    }
    let [_, _, inside, end] = groups(after);
    for (from, here) in open.chunks_exact_mut(group).enumerate() {
        here.copy_from_slice(inside);
        for_each_lane(here, &crf.weights.open[2 * from], |inside, weight| lanes.mul(inside, weight), lanes);
        for (place, here) in here.as_chunks_mut().0.iter_mut().enumerate() {
            let weight = lanes.load(&crf.weights.open[2 * from + 1].as_chunks().0[place]);
            let to_end = lanes.mul(lanes.load(&end.as_chunks().0[place]), weight);
            *here = lanes.store(lanes.add(lanes.load(here), to_end));
        }
    }
}

/// Returns the sum over slots of their value times a row of weights, for one chunk of the row.
#[inline(always)]
fn weighted<'r, L: Lanes>(
    slots: &[f32],
    rows: impl Iterator<Item = (&'r usize, &'r [f32])>,
    place: usize,
    lanes: L,
) -> [[f32; LANES]; 2] {
    let mut sums = [lanes.splat(0.0); 2];
    for (&slot, weights) in rows {
        let has = lanes.splat(slots[slot]);
        let weighted = two(&weights.as_chunks().0[place]).map(|weights| lanes.mul(has, lanes.load(weights)));
        sums = [lanes.add(sums[0], weighted[0]), lanes.add(sums[1], weighted[1])];
    }
    sums.map(|sums| lanes.store(sums))
}

/// Scales numbers, in whole lanes, to a sum of one; returns the factor.
#[inline(always)]
fn scale<L: Lanes>(numbers: &mut [f32], lanes: L) -> f32 {
    let numbers = numbers.as_chunks_mut().0;
    let sums = numbers.iter().fold(lanes.splat(0.0), |sums, numbers| lanes.add(sums, lanes.load(numbers)));
    let factor = 1.0 / lanes.sum(sums).max(f32::MIN_POSITIVE);
    for numbers in numbers {
        *numbers = lanes.store(lanes.mul(lanes.load(numbers), lanes.splat(factor)));
    }
    factor
}
