//! Tags: what the network says of a unit, and which may follow one another.
//!
//! Each label has four: a unit that begins a mention, one inside, one that ends it, and one that is a mention by itself
//! (BIOES); besides there is the tag of units in no mention.

use std::ops::Range;

/// The place of a unit in a mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The first of several.
    Begin,
    /// Between the first and the last.
    Inside,
    /// The last of several.
    End,
    /// The only one.
    Single,
}

/// The tags of so many labels: tag 0 is outside, then four for each label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tags {
    labels: usize,
}

/// The most labels that a model may have: their tags are kept in bytes.
pub const MOST_LABELS: usize = 60;

/// The tag of units in no mention.
pub const OUTSIDE: usize = 0;

impl Tags {
    /// The tags of labels.
    pub fn new(labels: usize) -> Tags {
        Tags { labels }
    }

    /// How many labels there are.
    pub fn labels(self) -> usize {
        self.labels
    }

    /// How many there are.
    pub fn count(self) -> usize {
        1 + 4 * self.labels
    }

    /// The tag of a unit in a mention.
    pub fn of(self, label: usize, place: Place) -> usize {
        debug_assert!(label < self.labels, "there are {} labels", self.labels);
        1 + 4 * label + place as usize
    }

    /// The label and place of a tag; none for that outside.
    pub fn read(self, tag: usize) -> Option<(usize, Place)> {
        let tag = tag.checked_sub(1)?;
        let place = [Place::Begin, Place::Inside, Place::End, Place::Single][tag % 4];
        (tag / 4 < self.labels).then_some((tag / 4, place))
    }

    /// Whether a sentence may begin with a tag.
    pub fn may_begin(self, tag: usize) -> bool {
        !matches!(self.read(tag), Some((_, Place::Inside | Place::End)))
    }

    /// Whether a sentence may end with a tag.
    pub fn may_end(self, tag: usize) -> bool {
        !matches!(self.read(tag), Some((_, Place::Begin | Place::Inside)))
    }

    /// Whether a tag may follow another.
    pub fn may_follow(self, before: usize, after: usize) -> bool {
        match (self.read(before), self.read(after)) {
            (Some((label, Place::Begin | Place::Inside)), Some((next, Place::Inside | Place::End))) => label == next,
            (Some((_, Place::Begin | Place::Inside)), _) | (_, Some((_, Place::Inside | Place::End))) => false,
            _ => true,
        }
    }

    /// The tags of a mention of so many units.
    pub fn of_mention(self, label: usize, units: usize) -> impl Iterator<Item = usize> {
        (0..units).map(move |unit| {
            let place = match (unit == 0, unit + 1 == units) {
                (true, true) => Place::Single,
                (true, false) => Place::Begin,
                (false, true) => Place::End,
                (false, false) => Place::Inside,
            };
            self.of(label, place)
        })
    }

    /// The mentions in a row of tags that may follow one another: the units and the label of each.
    pub fn mentions(self, tags: &[usize]) -> Vec<(Range<usize>, usize)> {
        let mut mentions = Vec::new();
        let mut start = 0;
        for (unit, &tag) in tags.iter().enumerate() {
            match self.read(tag) {
                Some((_, Place::Begin)) => start = unit,
                Some((label, Place::End)) => mentions.push((start..unit + 1, label)),
                Some((label, Place::Single)) => mentions.push((unit..unit + 1, label)),
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
            [Place::Begin, Place::Inside, Place::End, Place::Single].map(|place| tags.of(0, place));
        let other_end = tags.of(1, Place::End);
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
