//! The linear-chain conditional random field over the scores of the tags: the best row of tags, and how sure each is
//! (Lafferty, `McCallum`, Pereira 2001, "Conditional random fields").
//!
//! Which tag may follow which is known, so most of the square of all pairs need not be gone through. Tags stand in four
//! groups, in each the labels in the same order, and a score's place in them is its slot:
//!
//! ```text
//!               | single, outside | begin | inside | end |
//! single, end,  |                 |       |        |     |
//! outside       | any may follow any      |  none        |
//! begin, inside |  none                   | of the same label, at the same place of the group
//! ```
//!
//! A group is filled up to a multiple of eight slots, so that eight are worked on at a time.

#![allow(clippy::inline_always, reason = "what is not inlined is not compiled for the instructions of the machine")]

use crate::lanes::{Instructions, LANES, Lanes, Work};
use crate::network::NEVER;
use crate::parameters::Linear;
use crate::tags::{Place, Tags};

/// The groups of slots, in their order.
const GROUPS: usize = 4;
const SINGLE: usize = 0;
const BEGIN: usize = 1;
const INSIDE: usize = 2;
const END: usize = 3;

/// Where the tags stand.
#[derive(Clone, Copy)]
struct Slots {
    tags: Tags,
    /// The slots of a group.
    group: usize,
}

impl Slots {
    fn new(tags: Tags) -> Slots {
        // The tag outside stands behind the single ones.
        Slots { tags, group: (tags.labels() + 1).next_multiple_of(LANES) }
    }

    /// How many there are, those without a tag too.
    fn count(self) -> usize {
        GROUPS * self.group
    }

    fn of(self, tag: usize) -> usize {
        let (group, label) = match self.tags.read(tag) {
            None => (SINGLE, self.tags.labels()),
            Some((label, Place::Single)) => (SINGLE, label),
            Some((label, Place::Begin)) => (BEGIN, label),
            Some((label, Place::Inside)) => (INSIDE, label),
            Some((label, Place::End)) => (END, label),
        };
        group * self.group + label
    }

    /// The slots of the tags in order.
    fn in_order(self) -> impl Iterator<Item = usize> {
        (0..self.tags.count()).map(move |tag| self.of(tag))
    }

    /// The tag of each slot.
    fn tags(self) -> Vec<Option<usize>> {
        let mut tags = vec![None; self.count()];
        for (tag, slot) in self.in_order().enumerate() {
            tags[slot] = Some(tag);
        }
        tags
    }

    /// Those after which there is no mention open: anything may begin.
    fn closed(self) -> impl Iterator<Item = usize> {
        let labels = self.tags.labels();
        (0..=labels).chain((0..labels).map(move |label| END * self.group + label))
    }

    /// Those that may stand where no mention is open.
    fn opening(self) -> impl Iterator<Item = usize> {
        let labels = self.tags.labels();
        (0..=labels).chain((0..labels).map(move |label| BEGIN * self.group + label))
    }
}

/// Which tag may follow which, and how likely that is.
pub struct Crf {
    slots: Slots,
    tag_of: Vec<Option<usize>>,
    /// [`Slots::closed`] and [`Slots::opening`].
    closed: Vec<usize>,
    opening: Vec<usize>,
    scores: Steps,
    /// The exponentials of these, over the temperature.
    weights: Steps,
    /// The weights from each opening slot back to those before it: a row for each, of eight single slots and eight end
    /// ones in turns.
    back: Vec<f32>,
    begin: Vec<f32>,
    end: Vec<f32>,
    /// What scores are divided by before their probabilities are taken.
    temperature: f32,
}

/// What a step from slot to slot is worth.
struct Steps {
    /// A row for each of [`Slots::closed`], of the single slots and the begin ones.
    closed: Vec<f32>,
    /// A group each: from begin to inside and to end, from inside to inside and to end.
    open: [Vec<f32>; 4],
}

impl Steps {
    fn new(slots: Slots, of: impl Fn(usize, usize) -> f32) -> Steps {
        let group = |from: usize, to: usize| -> Vec<f32> {
            (0..slots.group).map(|place| of(from * slots.group + place, to * slots.group + place)).collect()
        };
        Steps {
            closed: slots
                .closed()
                .flat_map(|from| (0..2 * slots.group).map(move |to| (from, to)))
                .map(|(from, to)| of(from, to))
                .collect(),
            open: [group(BEGIN, INSIDE), group(BEGIN, END), group(INSIDE, INSIDE), group(INSIDE, END)],
        }
    }
}

/// The buffers of the search, kept from sentence to sentence.
#[derive(Default)]
pub struct Chain {
    /// For each unit and slot the score of the best row of tags up to it.
    best: Vec<f32>,
    path: Vec<usize>,
    /// The exponentials of the scores of each unit's slots, over that of the greatest.
    emitted: Vec<f32>,
    /// For each unit and slot the weight of all rows of tags up to it, and from it on; each unit's sum to one.
    forward: Vec<f32>,
    backward: Vec<f32>,
    /// What the first was multiplied by to sum to one, for each unit.
    factors: Vec<f32>,
    /// What the unit after has, with its own score.
    onward: Vec<f32>,
}

impl Crf {
    /// From the scores of tags after each other, of which those that cannot be are left out.
    pub fn new(tags: Tags, transitions: &[f32]) -> Crf {
        Crf::with_temperature(tags, transitions, 1.0)
    }

    /// As [`new`](Self::new); before probabilities are taken all scores are divided by a temperature, so that they are
    /// neither too sure nor too unsure (Guo and others 2017, "On calibration of modern neural networks").
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

    /// A matrix that scores tags, with its rows in the order of the slots.
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

    /// Scores of each unit for each tag, in the order of the slots.
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

    /// The best row of tags for a sentence, by the scores of each unit for each slot (Viterbi 1967, "Error bounds for
    /// convolutional codes and an asymptotically optimum decoding algorithm").
    pub fn decode<'c>(&self, emissions: &[f32], chain: &'c mut Chain, instructions: Instructions) -> &'c [usize] {
        instructions.run(Decode { crf: self, emissions, chain });
        self.trace_back(chain);
        &chain.path
    }

    /// Goes back from the best last tag, by which tag before each made it the best.
    fn trace_back(&self, chain: &mut Chain) {
        chain.path.clear();
        let mut units = chain.best.rchunks_exact(self.slots.count());
        let Some(last) = units.next() else { return };
        let ends = last.iter().zip(&self.end).map(|(best, end)| best + end).enumerate();
        let mut slot = ends.max_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |(slot, _)| slot);
        chain.path.push(self.tag_of[slot].unwrap_or(0));
        for best in units {
            slot = self.before(slot, best);
            chain.path.push(self.tag_of[slot].unwrap_or(0));
        }
        chain.path.reverse();
    }

    /// The slot before one, by the best scores of the unit before.
    fn before(&self, slot: usize, best: &[f32]) -> usize {
        let group = self.slots.group;
        let place = slot % group;
        if slot >= INSIDE * group {
            let [from_begin, from_inside] =
                if slot < END * group { [0, 2] } else { [1, 3] }.map(|steps: usize| self.scores.open[steps][place]);
            let (begin, inside) = (BEGIN * group + place, INSIDE * group + place);
            return if best[begin] + from_begin >= best[inside] + from_inside { begin } else { inside };
        }
        let rows = self.closed.iter().zip(self.scores.closed.chunks_exact(2 * group));
        let scored = rows.map(|(&before, scores)| (before, best[before] + scores[slot]));
        scored.fold((0, f32::NEG_INFINITY), |most, next| if next.1 > most.1 { next } else { most }).0
    }

    /// Sums over all rows of tags of a sentence, for [`probability`](Self::probability) (the forward-backward algorithm,
    /// Rabiner 1989, "A tutorial on hidden Markov models").
    pub fn sum(&self, emissions: &[f32], chain: &mut Chain, instructions: Instructions) {
        instructions.run(Sum { crf: self, emissions, chain });
    }

    /// How probable it is that units from `first` on have the tags of a mention, after [`sum`](Self::sum).
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

    /// The weight of a step inside a mention.
    fn weight(&self, before: usize, after: usize) -> f32 {
        let group = self.slots.group;
        let steps = 2 * usize::from(before / group == INSIDE) + usize::from(after / group == END);
        self.weights.open[steps][before % group]
    }
}

/// The four groups of a unit's slots.
#[inline(always)]
fn groups(slots: &[f32]) -> [&[f32]; GROUPS] {
    let group = slots.len() / GROUPS;
    std::array::from_fn(|each| &slots[each * group..][..group])
}

struct Decode<'d> {
    crf: &'d Crf,
    emissions: &'d [f32],
    chain: &'d mut Chain,
}

impl Work for Decode<'_> {
    #[inline(always)]
    fn run<L: Lanes>(self, lanes: L) {
        let Decode { crf, emissions, chain } = self;
        let count = crf.slots.count();
        chain.best.resize(emissions.len(), 0.0);
        for (unit, emitted) in emissions.chunks_exact(count).enumerate() {
            let (before, here) = chain.best.split_at_mut(unit * count);
            let here = &mut here[..count];
            match unit.checked_sub(1) {
                None => here.copy_from_slice(&crf.begin),
                Some(unit) => extend(crf, &before[unit * count..][..count], here, lanes),
            }
            for_each_lane(here, emitted, |here, emitted| lanes.add(here, emitted), lanes);
        }
    }
}

/// Replaces numbers by what is made of them and as many others.
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

/// The best score of each slot after the best ones before it.
#[inline(always)]
fn extend<L: Lanes>(crf: &Crf, before: &[f32], here: &mut [f32], lanes: L) {
    let group = crf.slots.group;
    let (opening, open) = here.split_at_mut(2 * group);
    for (place, opening) in opening.as_chunks_mut::<{ 2 * LANES }>().0.iter_mut().enumerate() {
        let mut most = [lanes.splat(NEVER); 2];
        for (&from, scores) in crf.closed.iter().zip(crf.scores.closed.chunks_exact(2 * group)) {
            let from = lanes.splat(before[from]);
            let scores = two(&scores.as_chunks().0[place]).map(|scores| lanes.add(from, lanes.load(scores)));
            most = [lanes.max(most[0], scores[0]), lanes.max(most[1], scores[1])];
        }
        *opening = whole(most.map(|most| lanes.store(most)));
    }
    extend_open(&crf.scores, before, open, |begin, inside| lanes.max(begin, inside), |a, b| lanes.add(a, b), lanes);
}

/// Two lanes of one row.
#[inline(always)]
fn two(row: &[f32; 2 * LANES]) -> [&[f32; LANES]; 2] {
    let (lanes, _) = row.as_chunks();
    [&lanes[0], &lanes[1]]
}

/// One row of two lanes.
#[inline(always)]
fn whole(lanes: [[f32; LANES]; 2]) -> [f32; 2 * LANES] {
    std::array::from_fn(|place| lanes[place / LANES][place % LANES])
}

/// What the slots inside a mention and at its end have after those before them in it: `step` makes it of a slot and its
/// step, `either` of that from the begin slot and that from the inside one.
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

struct Sum<'s> {
    crf: &'s Crf,
    emissions: &'s [f32],
    chain: &'s mut Chain,
}

impl Work for Sum<'_> {
    #[inline(always)]
    fn run<L: Lanes>(self, lanes: L) {
        let Sum { crf, emissions, chain } = self;
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
            let (before, here) = chain.forward.split_at_mut(unit * count);
            let here = &mut here[..count];
            match unit.checked_sub(1) {
                None => for_each_lane(here, &crf.begin, |_, may| lanes.exponential(may), lanes),
                Some(unit) => sum_forward(crf, &before[unit * count..][..count], here, lanes),
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
}

/// The exponentials of the scores of a unit over that of the greatest, at the temperature.
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

/// For each slot the sum over all before it of what these have, times the weight between them.
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

/// For each slot the sum over all after it of what these have, times the weight between them.
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

/// Sums over slots of what each has, times a row of weights at that place.
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

/// Divides numbers, in whole lanes, by their sum, and gives what they were multiplied by.
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Scores of units for tags, and of tags after each other, with nothing special about them.
    fn example(tags: Tags, units: usize) -> (Vec<f32>, Vec<f32>) {
        let number = |seed: usize| ((seed * 7919 + 13) % 101) as f32 / 25.0 - 2.0;
        let count = tags.count();
        ((0..units * count).map(number).collect(), (0..count * count).map(|cell| number(cell + 1_000) / 2.0).collect())
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
