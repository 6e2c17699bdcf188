//! Label sets: which labels an annotation leaves out.

use gisa_model::tags::{OUTSIDE, Tags};

/// A set of labels, by their numbers.
#[derive(Clone, Copy, Debug, Default, Hash, PartialEq, Eq)]
pub(crate) struct LabelSet(u64);

impl LabelSet {
    /// Returns whether a label is in the set.
    pub fn contains(self, label: usize) -> bool {
        self.0 >> label & 1 == 1
    }

    /// Returns whether the set has no label.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Returns whether a unit that is annotated as `annotated` may have `tag`, when the labels of this set are not
    /// annotated: units in no mention may be in one of such a label.
    pub fn allows(self, tags: Tags, annotated: usize, tag: usize) -> bool {
        tag == annotated || annotated == OUTSIDE && tags.read(tag).is_some_and(|(label, _)| self.contains(label))
    }
}

impl FromIterator<usize> for LabelSet {
    fn from_iter<I: IntoIterator<Item = usize>>(labels: I) -> LabelSet {
        LabelSet(labels.into_iter().fold(0, |set, label| set | 1 << label))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gisa_model::tags::SpanPosition;

    #[test]
    fn units_in_no_mention_may_have_a_label_of_the_set() {
        let tags = Tags::new(3);
        let set = LabelSet::from_iter([1]);
        assert!(set.contains(1) && !set.contains(0) && !set.is_empty() && LabelSet::default().is_empty());
        let [zero, one] = [0, 1].map(|label| tags.of(label, SpanPosition::Single));
        for (annotated, tag, allowed) in [
            (OUTSIDE, OUTSIDE, true),
            (OUTSIDE, one, true),
            (OUTSIDE, zero, false),
            (zero, zero, true),
            (zero, one, false),
            (zero, OUTSIDE, false),
        ] {
            assert_eq!(set.allows(tags, annotated, tag), allowed, "{annotated} {tag}");
        }
    }
}
