//! Slots: where the score of each tag stands, so that eight are worked on at a time.
//!
//! Which tag may follow which is known, so most of the square of all pairs need not be gone through. Tags stand in four
//! groups, in each the labels in the same order, and the position of a score in them is its slot:
//!
//! ```text
//!               | single, outside | begin | inside | end |
//! single, end,  |                 |       |        |     |
//! outside       | any may follow any      |  none        |
//! begin, inside |  none                   | of the same label, at the same position of the group
//! ```
//!
//! A group is padded to a multiple of eight slots.

#![allow(clippy::inline_always, reason = "what is not inlined is not compiled for the instructions of the machine")]

use crate::lanes::LANES;
use crate::tags::{SpanPosition, Tags};

/// The groups of slots, in their order.
pub(super) const GROUPS: usize = 4;
pub(super) const SINGLE: usize = 0;
pub(super) const BEGIN: usize = 1;
pub(super) const INSIDE: usize = 2;
pub(super) const END: usize = 3;

/// The order of the slots of a tag set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slots {
    pub tags: Tags,
    /// Number of slots of a group.
    pub group: usize,
}

impl Slots {
    pub fn new(tags: Tags) -> Slots {
        // The tag outside comes after the single ones.
        Slots { tags, group: (tags.labels() + 1).next_multiple_of(LANES) }
    }

    /// Returns the number of slots, including those without a tag.
    pub fn count(self) -> usize {
        GROUPS * self.group
    }

    pub fn of(self, tag: usize) -> usize {
        let (group, label) = match self.tags.read(tag) {
            None => (SINGLE, self.tags.labels()),
            Some((label, SpanPosition::Single)) => (SINGLE, label),
            Some((label, SpanPosition::Begin)) => (BEGIN, label),
            Some((label, SpanPosition::Inside)) => (INSIDE, label),
            Some((label, SpanPosition::End)) => (END, label),
        };
        group * self.group + label
    }

    /// Returns the slot of each tag, in the order of the tags.
    pub fn in_order(self) -> impl Iterator<Item = usize> {
        (0..self.tags.count()).map(move |tag| self.of(tag))
    }

    /// Returns the tag of each slot.
    pub fn tags(self) -> Vec<Option<usize>> {
        let mut tags = vec![None; self.count()];
        for (tag, slot) in self.in_order().enumerate() {
            tags[slot] = Some(tag);
        }
        tags
    }

    /// Returns the slots after which no mention is open, so that any may begin.
    pub fn closed(self) -> impl Iterator<Item = usize> {
        let labels = self.tags.labels();
        (0..=labels).chain((0..labels).map(move |label| END * self.group + label))
    }

    /// Returns the slots that may follow where no mention is open.
    pub fn opening(self) -> impl Iterator<Item = usize> {
        let labels = self.tags.labels();
        (0..=labels).chain((0..labels).map(move |label| BEGIN * self.group + label))
    }
}

/// Values of the transitions between slots.
#[derive(Debug)]
pub(super) struct Steps {
    /// A row for each of [`Slots::closed`], with the transitions to the single and the begin slots.
    pub closed: Vec<f32>,
    /// Four groups: from begin to inside and to end, from inside to inside and to end.
    pub open: [Vec<f32>; 4],
}

impl Steps {
    pub fn new(slots: Slots, of: impl Fn(usize, usize) -> f32) -> Steps {
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

/// Returns the four groups of the slots of a unit.
#[inline(always)]
pub(super) fn groups(slots: &[f32]) -> [&[f32]; GROUPS] {
    let group = slots.len() / GROUPS;
    std::array::from_fn(|each| &slots[each * group..][..group])
}
