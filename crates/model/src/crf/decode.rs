//! Decoding: the best tag sequence of a sentence (Viterbi 1967, "Error bounds for convolutional codes and an
//! asymptotically optimum decoding algorithm").

#![allow(clippy::inline_always, reason = "what is not inlined is not compiled for the instructions of the machine")]

use crate::crf::slots::{BEGIN, END, INSIDE};
use crate::crf::{Algorithm, Chain, Crf, Pass, extend_open, for_each_lane, two, whole, with_previous};
use crate::lanes::{Instructions, LANES, Lanes};
use crate::network::NEVER;

impl Crf {
    /// Returns the best tag sequence of a sentence, given the scores of each unit in the order of the slots (Viterbi 1967,
    /// "Error bounds for convolutional codes and an asymptotically optimum decoding algorithm").
    pub fn decode<'c>(&self, emissions: &[f32], chain: &'c mut Chain, instructions: Instructions) -> &'c [usize] {
        instructions.run(Pass { algorithm: Algorithm::Viterbi, crf: self, emissions, chain });
        self.trace_back(chain);
        &chain.path
    }

    /// Traces the best sequence back from its last tag.
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

    /// Returns the slot before `slot` on the best path to it, given the best scores of the previous unit.
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
}

/// Computes the best score of each slot of each unit.
#[inline(always)]
pub(super) fn find_best<L: Lanes>(crf: &Crf, emissions: &[f32], chain: &mut Chain, lanes: L) {
    let count = crf.slots.count();
    chain.best.resize(emissions.len(), 0.0);
    for (unit, emitted) in emissions.chunks_exact(count).enumerate() {
        let (before, here) = with_previous(&mut chain.best, unit, count);
        match before {
            None => here.copy_from_slice(&crf.begin),
            Some(before) => extend(crf, before, here, lanes),
        }
        for_each_lane(here, emitted, |here, emitted| lanes.add(here, emitted), lanes);
    }
}

/// Computes the best score of each slot from those of the previous unit.
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
