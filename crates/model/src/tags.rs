//! Tags: the classes that the network tells apart for each unit, and which of them may follow one another.
//!
//! Each label has four tags (BIOES): for a unit that begins a mention, one inside, one that ends it, and one that is a
//! mention by itself. Units in no mention have the tag [`OUTSIDE`].

use std::ops::Range;

/// The position of a unit in a mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpanPosition {
    /// The first of several units.
    Begin,
    /// Between the first and the last.
    Inside,
    /// The last of several units.
    End,
    /// The only unit.
    Single,
}

/// The tag set of a number of labels: tag 0 is [`OUTSIDE`], then come four tags for each label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tags {
    labels: usize,
}

/// Greatest number of labels of a model: training stores tags in bytes.
pub const MOST_LABELS: usize = 60;

/// The tag of units in no mention.
pub const OUTSIDE: usize = 0;

impl Tags {
    /// Creates the tag set of a number of labels.
    pub fn new(labels: usize) -> Tags {
        Tags { labels }
    }

    /// Returns the number of labels.
    pub fn labels(self) -> usize {
        self.labels
    }

    /// Returns the number of tags.
    pub fn count(self) -> usize {
        1 + 4 * self.labels
    }

    /// Returns the tag of a unit in a mention.
    pub fn of(self, label: usize, position: SpanPosition) -> usize {
        debug_assert!(label < self.labels, "there are {} labels", self.labels);
        1 + 4 * label + position as usize
    }

    /// Returns the label and position of a tag; `None` for [`OUTSIDE`].
    pub fn read(self, tag: usize) -> Option<(usize, SpanPosition)> {
        let tag = tag.checked_sub(1)?;
        let position = [SpanPosition::Begin, SpanPosition::Inside, SpanPosition::End, SpanPosition::Single][tag % 4];
        (tag / 4 < self.labels).then_some((tag / 4, position))
    }

    /// Returns whether a sentence may begin with a tag.
    pub fn may_begin(self, tag: usize) -> bool {
        !matches!(self.read(tag), Some((_, SpanPosition::Inside | SpanPosition::End)))
    }

    /// Returns whether a sentence may end with a tag.
    pub fn may_end(self, tag: usize) -> bool {
        !matches!(self.read(tag), Some((_, SpanPosition::Begin | SpanPosition::Inside)))
    }

    /// Returns whether one tag may follow another.
    pub fn may_follow(self, before: usize, after: usize) -> bool {
        match (self.read(before), self.read(after)) {
            (
                Some((label, SpanPosition::Begin | SpanPosition::Inside)),
                Some((next, SpanPosition::Inside | SpanPosition::End)),
            ) => label == next,
            (Some((_, SpanPosition::Begin | SpanPosition::Inside)), _)
            | (_, Some((_, SpanPosition::Inside | SpanPosition::End))) => false,
            _ => true,
        }
    }

    /// Returns the tags of a mention of `units` units.
    pub fn of_mention(self, label: usize, units: usize) -> impl Iterator<Item = usize> {
        (0..units).map(move |unit| {
            let position = match (unit == 0, unit + 1 == units) {
                (true, true) => SpanPosition::Single,
                (true, false) => SpanPosition::Begin,
                (false, true) => SpanPosition::End,
                (false, false) => SpanPosition::Inside,
            };
            self.of(label, position)
        })
    }

    /// Returns the mentions of a valid tag sequence: the units and the label of each.
    pub fn mentions(self, tags: &[usize]) -> Vec<(Range<usize>, usize)> {
        let mut mentions = Vec::new();
        let mut start = 0;
        for (unit, &tag) in tags.iter().enumerate() {
            match self.read(tag) {
                Some((_, SpanPosition::Begin)) => start = unit,
                Some((label, SpanPosition::End)) => mentions.push((start..unit + 1, label)),
                Some((label, SpanPosition::Single)) => mentions.push((unit..unit + 1, label)),
                _ => {}
            }
        }
        mentions
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mentions_read_back() {
        let tags = Tags::new(2);
        assert_eq!(tags.count(), 9);
        let mut row = vec![OUTSIDE];
        row.extend(tags.of_mention(1, 1));
        row.extend(tags.of_mention(0, 3));
        row.extend(tags.of_mention(1, 2));
        assert_eq!(tags.mentions(&row), [(1..2, 1), (2..5, 0), (5..7, 1)]);
        assert!(tags.may_begin(row[0]) && tags.may_end(row[6]));
        assert!(row.windows(2).all(|pair| tags.may_follow(pair[0], pair[1])));
    }

    #[test]
    fn what_may_follow() {
        let tags = Tags::new(2);
        let [begin, inside, end, single] =
            [SpanPosition::Begin, SpanPosition::Inside, SpanPosition::End, SpanPosition::Single]
                .map(|place| tags.of(0, place));
        let other_end = tags.of(1, SpanPosition::End);
        for (before, after, may) in [
            (OUTSIDE, OUTSIDE, true),
            (OUTSIDE, begin, true),
            (OUTSIDE, inside, false),
            (begin, inside, true),
            (begin, end, true),
            (begin, other_end, false),
            (begin, OUTSIDE, false),
            (begin, single, false),
            (inside, begin, false),
            (end, single, true),
            (single, end, false),
        ] {
            assert_eq!(tags.may_follow(before, after), may, "{after} after {before}");
        }
        assert!(!tags.may_begin(inside) && !tags.may_begin(end) && tags.may_begin(single));
        assert!(!tags.may_end(begin) && !tags.may_end(inside) && tags.may_end(end));
    }
}
