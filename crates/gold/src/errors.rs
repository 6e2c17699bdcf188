//! Errors of a tagger, the most frequent first, with example sentences for error analysis.
//!
//! Each gold mention without a correct prediction is paired with the predicted mention that overlaps it most, if any:
//! the error is then one of the label, of the boundaries, or of both. Unpaired mentions are missed or spurious.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use crate::document::GoldDocument;
use gisa_text::Label;

/// Maximum number of examples kept for each error.
const EXAMPLES: usize = 3;

/// Characters of context shown on each side of an example.
const CONTEXT: usize = 40;

/// The kind of an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ErrorKind {
    /// A gold mention without a prediction.
    Missed,
    /// A prediction without a gold mention.
    Spurious,
    /// A prediction with the right boundaries and a wrong label.
    Label,
    /// A prediction with the right label and a wrong start or end.
    Ends,
    /// A prediction with a wrong label and a wrong start or end.
    LabelAndEnds,
}

impl ErrorKind {
    /// Returns the name of the kind in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            ErrorKind::Missed => "missed",
            ErrorKind::Spurious => "spurious",
            ErrorKind::Label => "label",
            ErrorKind::Ends => "ends",
            ErrorKind::LabelAndEnds => "label and ends",
        }
    }
}

/// The label and the text of a mention.
type LabeledText = (Label, String);

/// The number of occurrences of an error, with examples.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Occurrences {
    count: u64,
    /// The document and the context of the first occurrences.
    examples: Vec<(String, String)>,
}

/// The errors of a set of documents.
///
/// Its [`Display`](fmt::Display) is a report: the number of errors of each kind and label, then the errors, the most
/// frequent first, as `gold → predicted` with examples in which `[` and `]` enclose the gold mention and `{` and `}`
/// the predicted one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Errors {
    occurrences: BTreeMap<(ErrorKind, Option<LabeledText>, Option<LabeledText>), Occurrences>,
}

impl Errors {
    /// Compares the mentions predicted for a document with its gold mentions.
    ///
    /// Predictions are labels and half-open ranges of characters, in any order.
    pub fn add(&mut self, gold: &GoldDocument, predicted: impl IntoIterator<Item = (Label, Range<usize>)>) {
        let text: Vec<char> = gold.text.chars().collect();
        let mut wrong: Vec<(Label, Range<usize>)> = predicted.into_iter().collect();
        let mut missed: Vec<(Label, Range<usize>)> = Vec::new();
        for mention in &gold.mentions {
            let same = wrong.iter().position(|(label, chars)| (*label, chars) == (mention.label, &mention.chars));
            match same {
                Some(right) => drop(wrong.swap_remove(right)),
                None => missed.push((mention.label, mention.chars.clone())),
            }
        }
        for mention in missed {
            let nearest = (0..wrong.len())
                .filter(|&other| overlap(&wrong[other].1, &mention.1) > 0)
                .max_by_key(|&other| (overlap(&wrong[other].1, &mention.1), usize::MAX - wrong[other].1.start));
            let taken_for = nearest.map(|nearest| wrong.remove(nearest));
            self.note(gold, &text, Some(mention), taken_for);
        }
        for mention in wrong {
            self.note(gold, &text, None, Some(mention));
        }
    }

    /// Adds the errors of another set of documents. Examples of `self` come first.
    pub fn merge(&mut self, other: Errors) {
        for (error, more) in other.occurrences {
            let found = self.occurrences.entry(error).or_insert(Occurrences { count: 0, examples: Vec::new() });
            found.count += more.count;
            found.examples.extend(more.examples);
            found.examples.truncate(EXAMPLES);
        }
    }

    /// Removes spurious mentions of labels that are not scored.
    pub fn retain_labels(&mut self, scored: &[Label]) {
        self.occurrences.retain(|(_, gold, predicted), _| {
            gold.is_some() || predicted.as_ref().is_none_or(|(label, _)| scored.contains(label))
        });
    }

    /// Returns the number of errors of a kind.
    pub fn count(&self, kind: ErrorKind) -> u64 {
        self.occurrences.iter().filter(|((other, ..), _)| *other == kind).map(|(_, found)| found.count).sum()
    }

    fn note(
        &mut self,
        document: &GoldDocument,
        text: &[char],
        gold: Option<(Label, Range<usize>)>,
        predicted: Option<(Label, Range<usize>)>,
    ) {
        let kind = match (&gold, &predicted) {
            (Some(gold), Some(predicted)) if gold.1 == predicted.1 => ErrorKind::Label,
            (Some(gold), Some(predicted)) if gold.0 == predicted.0 => ErrorKind::Ends,
            (Some(_), Some(_)) => ErrorKind::LabelAndEnds,
            (Some(_), None) => ErrorKind::Missed,
            (None, _) => ErrorKind::Spurious,
        };
        let labeled = |mention: &Option<(Label, Range<usize>)>| {
            mention
                .as_ref()
                .map(|(label, chars)| (*label, text.get(chars.clone()).unwrap_or_default().iter().collect()))
        };
        let error = (kind, labeled(&gold), labeled(&predicted));
        let found = self.occurrences.entry(error).or_insert(Occurrences { count: 0, examples: Vec::new() });
        found.count += 1;
        if found.examples.len() < EXAMPLES {
            let ranges = [gold.map(|(_, chars)| chars), predicted.map(|(_, chars)| chars)];
            found.examples.push((document.id.clone(), example(text, &ranges)));
        }
    }
}

/// Returns the number of characters that two ranges share.
fn overlap(a: &Range<usize>, b: &Range<usize>) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

/// Returns the context of two mentions, the first enclosed in `[ ]`, the second in `{ }`.
fn example(text: &[char], ranges: &[Option<Range<usize>>; 2]) -> String {
    let given = || ranges.iter().flatten();
    let first = given().map(|range| range.start).min().unwrap_or(0).saturating_sub(CONTEXT);
    let last = (given().map(|range| range.end).max().unwrap_or(0) + CONTEXT).min(text.len());
    let mut shown = String::new();
    for place in first..=last {
        for (range, (open, close)) in ranges.iter().zip([('[', ']'), ('{', '}')]) {
            let Some(range) = range else { continue };
            if range.end == place {
                shown.push(close);
            }
            if range.start == place {
                shown.push(open);
            }
        }
        if let Some(&c) = text.get(place).filter(|_| place < last) {
            shown.push(if c.is_control() { ' ' } else { c });
        }
    }
    shown
}

/// An error with its occurrences, as a row of a report.
type Row<'e> = (&'e (ErrorKind, Option<LabeledText>, Option<LabeledText>), &'e Occurrences);

impl fmt::Display for Errors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut by_label: BTreeMap<(ErrorKind, Label), u64> = BTreeMap::new();
        for ((kind, gold, predicted), found) in &self.occurrences {
            if let Some((label, _)) = gold.as_ref().or(predicted.as_ref()) {
                *by_label.entry((*kind, *label)).or_default() += found.count;
            }
        }
        let mut kinds: Vec<_> = by_label.into_iter().collect();
        kinds.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
        writeln!(f, "errors by kind and label")?;
        for ((kind, label), count) in kinds {
            writeln!(f, "{count:>6}  {label} {}", kind.as_str())?;
        }
        let mut errors: Vec<Row<'_>> = self.occurrences.iter().collect();
        errors.sort_by_key(|(_, found)| std::cmp::Reverse(found.count));
        writeln!(f, "\nthe most frequent; [gold] {{predicted}}")?;
        for ((kind, gold, predicted), found) in errors {
            let name = |mention: &Option<LabeledText>| {
                mention.as_ref().map_or("-".to_owned(), |(label, text)| format!("{text}/{label}"))
            };
            writeln!(f, "{:>6}  {}: {} → {}", found.count, kind.as_str(), name(gold), name(predicted))?;
            for (id, example) in &found.examples {
                writeln!(f, "          {id}: {example}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::GoldMention;
    use Label::{Date as DT, Location as LC, Organisation as OG, Person as PS};

    fn document(text: &str, spans: &[(Label, usize, usize)]) -> GoldDocument {
        let mentions = spans.iter().map(|&(label, start, end)| GoldMention { label, chars: start..end });
        GoldDocument { id: "d".to_owned(), ..GoldDocument::new(text, mentions.collect()) }
    }

    #[test]
    fn errors_are_told_apart() {
        let text = "김한빛 대전시장은 23일 서울로";
        let gold = [(PS, 0, 3), (OG, 4, 7), (DT, 10, 13), (LC, 14, 16)];
        for (predicted, expected) in [
            (vec![(PS, 0, 3), (OG, 4, 7), (DT, 10, 13), (LC, 14, 16)], ""),
            (vec![(PS, 0, 3), (LC, 4, 7), (DT, 10, 13), (LC, 14, 16)], "label: 대전시/OG → 대전시/LC"),
            (vec![(PS, 0, 3), (OG, 4, 6), (DT, 10, 13), (LC, 14, 16)], "ends: 대전시/OG → 대전/OG"),
            (vec![(PS, 0, 3), (LC, 4, 6), (DT, 10, 13), (LC, 14, 16)], "label and ends: 대전시/OG → 대전/LC"),
            (vec![(PS, 0, 3), (OG, 4, 7), (LC, 14, 16)], "missed: 23일/DT → -"),
            (vec![(PS, 0, 3), (OG, 4, 7), (DT, 10, 13), (LC, 14, 16), (PS, 7, 9)], "spurious: - → 장은/PS"),
        ] {
            let mut errors = Errors::default();
            let predicted = predicted.into_iter().map(|(label, start, end): (Label, usize, usize)| (label, start..end));
            errors.add(&document(text, &gold), predicted);
            let report = errors.to_string();
            assert!(report.contains(expected), "{report}");
            assert_eq!(errors.occurrences.len(), usize::from(!expected.is_empty()), "{report}");
        }
    }

    #[test]
    fn spurious_mentions_of_other_labels_can_be_left_out() {
        let event = Label::named("EVENT");
        let mut errors = Errors::default();
        let predicted = [(LC, 0..2), (PS, 3..5), (event, 7..8)];
        errors.add(&document("한빛축제는 23일", &[(event, 0, 4)]), predicted);
        errors.retain_labels(&[event]);
        assert_eq!((errors.count(ErrorKind::LabelAndEnds), errors.count(ErrorKind::Spurious)), (1, 1));
        assert!(errors.to_string().contains("label and ends: 한빛축제/EVENT → 한빛/LC"), "{errors}");
    }

    #[test]
    fn the_most_frequent_come_first_with_their_sentences() {
        let mut errors = Errors::default();
        errors.add(&document("서울에서", &[(LC, 0, 2)]), []);
        let mut others = Errors::default();
        for _ in 0..5 {
            others.add(&document("그는 대전에서", &[(LC, 3, 5)]), [(OG, 3..5)]);
        }
        errors.merge(others);
        let report = errors.to_string();
        let expected = "     5  label: 대전/LC → 대전/OG\n          d: 그는 [{대전]}에서\n";
        assert!(report.contains(expected), "{report}");
        assert!(report.find("대전/OG") < report.find("서울/LC"), "{report}");
        assert_eq!((errors.count(ErrorKind::Label), errors.count(ErrorKind::Missed)), (5, 1));
        assert_eq!(report.matches("그는").count(), EXAMPLES);
    }
}
