//! Evaluation: the precision, recall and F1 of predicted mentions, overall and by source.
//!
//! A predicted mention is correct when its start, its end and its label are all those of a gold mention; a partial
//! match earns no credit. This is the scoring of the `CoNLL` shared tasks on chunks and on named entities (Tjong Kim
//! Sang and Buchholz 2000, script `conlleval`; Tjong Kim Sang and De Meulder 2003) and KLUE-NER's entity-level F1 (Park
//! et al. 2021, `seqeval` in strict mode). As in KLUE-NER, spans are compared in characters, so that a span that
//! includes a particle (`이장우는` for `이장우`) is wrong, whatever the tokens are.
//!
//! - A precision without predictions, a recall without gold mentions and an F1 without either is 0, as in `conlleval`.
//! - *micro* sums the counts over the labels first. It is the overall F1 that `CoNLL` reports.
//! - *macro* is the mean of the F1 of those labels that have gold mentions. It is KLUE-NER's entity F1. `seqeval` also
//!   averages in, with an F1 of 0, a label that was predicted but has no gold mention in the whole corpus.
//! - *spans* ignores the labels: a prediction is correct when its start and end are. The table of labels shows which
//!   labels were predicted for gold mentions whose boundaries were found.
//!
//! A gold mention is matched once: the second of two equal predictions is wrong.

use std::collections::BTreeMap;
use std::ops::Range;

use gisa_text::Label;

use crate::document::GoldDocument;
use crate::score::Score;
use crate::tally::Tally;

/// The labels that news tables consist of: people, places, organisations and dates.
///
/// When more labels are scored, reports include the sums over these four as well.
pub const NEWS_LABELS: [Label; 4] = [Label::Person, Label::Location, Label::Organisation, Label::Date];

/// The scores of a corpus, overall and by source, over a set of labels.
///
/// Its [`Display`](std::fmt::Display) is a report in aligned plain text with figures in per cent;
/// [`Evaluation::to_json`] is the same report for programs, with figures as fractions of 1.
///
/// ```
/// use gisa_text::Label;
/// use gisa_gold::Evaluation;
/// use gisa_gold::{GoldFormat, GoldReader};
///
/// let file = r#"{"id": "1-wikitree", "text": "이장우 시장은 대전에", "spans": [[0, 3, "PS"], [8, 10, "LC"]]}"#;
/// let mut evaluation = Evaluation::new();
/// for gold in GoldReader::from_reader(file.as_bytes(), "gold.jsonl", GoldFormat::JsonLines) {
///     // Stands for `worker.tag(gold.document())`: the person is right, the place takes in its particle.
///     evaluation.add(&gold?, [(Label::Person, 0..3), (Label::Location, 8..11)]);
/// }
///
/// assert_eq!(evaluation.overall().label(Label::Person).f1(), 1.0);
/// assert_eq!(evaluation.micro().f1(), 0.5);
/// # Ok::<(), gisa_gold::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evaluation {
    labels: Vec<Label>,
    overall: Tally,
    sources: BTreeMap<String, Tally>,
}

impl Evaluation {
    /// Creates an evaluation over the six labels.
    pub fn new() -> Evaluation {
        Evaluation::with_labels(Label::ALL)
    }

    /// Creates an evaluation over some labels. Gold and predicted mentions of other labels are ignored.
    pub fn with_labels(labels: impl IntoIterator<Item = Label>) -> Evaluation {
        let mut labels: Vec<Label> = labels.into_iter().collect();
        labels.sort_unstable();
        labels.dedup();
        Evaluation { labels, overall: Tally::default(), sources: BTreeMap::new() }
    }

    /// Compares the mentions predicted for a document with its gold mentions.
    ///
    /// Predictions are labels and half-open ranges of characters, in any order.
    pub fn add(&mut self, gold: &GoldDocument, predicted: impl IntoIterator<Item = (Label, Range<usize>)>) {
        let predicted: Vec<(Label, Range<usize>)> = predicted.into_iter().collect();
        self.overall.add(gold, &predicted);
        if let Some(source) = &gold.source {
            self.sources.entry(source.clone()).or_default().add(gold, &predicted);
        }
    }

    /// Adds the counts of another evaluation, for instance of documents scored on another thread.
    ///
    /// The result does not depend on the order in which evaluations are merged. The labels remain those of `self`.
    pub fn merge(&mut self, other: &Evaluation) {
        self.overall.merge(&other.overall);
        for (source, tally) in &other.sources {
            self.sources.entry(source.clone()).or_default().merge(tally);
        }
    }

    /// Returns the labels that are scored, in ascending order.
    pub fn labels(&self) -> &[Label] {
        &self.labels
    }

    /// Returns the counts of all documents.
    pub fn overall(&self) -> &Tally {
        &self.overall
    }

    /// Returns the counts of each source, in the order of the sources' names. Documents without a source have none.
    pub fn sources(&self) -> impl Iterator<Item = (&str, &Tally)> {
        self.sources.iter().map(|(source, tally)| (source.as_str(), tally))
    }

    /// Returns the counts of all documents, summed over the labels that are scored.
    pub fn micro(&self) -> Score {
        self.overall.micro(&self.labels)
    }

    /// Returns the mean F1 of those scored labels that have gold mentions, over all documents.
    pub fn macro_f1(&self) -> f64 {
        self.overall.macro_f1(&self.labels)
    }
}

impl Default for Evaluation {
    fn default() -> Evaluation {
        Evaluation::new()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::document::GoldMention;
    use Label::{Date as DT, Location as LC, Organisation as OG, Person as PS, Quantity as QT, Time as TI};

    pub(crate) type Spans<'s> = &'s [(Label, usize, usize)];

    pub(crate) fn gold(source: Option<&str>, spans: Spans<'_>) -> GoldDocument {
        let mentions = spans.iter().map(|&(label, start, end)| GoldMention { label, chars: start..end });
        GoldDocument { source: source.map(str::to_owned), ..GoldDocument::new("", mentions.collect()) }
    }

    pub(crate) fn predicted(spans: Spans<'_>) -> impl Iterator<Item = (Label, Range<usize>)> {
        spans.iter().map(|&(label, start, end)| (label, start..end))
    }

    /// A news sentence and a review. By label, gold/predicted/correct:
    ///
    /// | | PS | LC | OG | DT | TI | QT |
    /// | news | 2/2/1 | 1/0/0 | 1/2/1 | 1/1/1 | | 0/1/0 |
    /// | review | 1/1/1 | | | 0/1/0 | 1/0/0 | |
    ///
    /// News: the second person includes a particle; the place is labelled as an organisation; the quantity is spurious.
    /// Review: the time of day is labelled as a date.
    pub(crate) fn corpus() -> Evaluation {
        let mut evaluation = Evaluation::new();
        evaluation.add(
            &gold(Some("wikitree"), &[(PS, 0, 3), (PS, 5, 8), (LC, 10, 12), (OG, 14, 16), (DT, 18, 20)]),
            predicted(&[(PS, 0, 3), (PS, 5, 9), (OG, 10, 12), (OG, 14, 16), (DT, 18, 20), (QT, 30, 31)]),
        );
        evaluation.add(&gold(Some("nsmc"), &[(PS, 0, 2), (TI, 4, 6)]), predicted(&[(DT, 4, 6), (PS, 0, 2)]));
        evaluation
    }

    pub(crate) fn score(gold: u64, predicted: u64, correct: u64) -> Score {
        Score { gold, predicted, correct }
    }

    #[test]
    fn documents_are_matched_by_start_end_and_label() {
        // gold, predicted, strict micro score, score of the spans alone
        let cases: [(Spans<'_>, Spans<'_>, Score, Score); 11] = [
            (&[], &[], score(0, 0, 0), score(0, 0, 0)),
            (&[(PS, 0, 3)], &[], score(1, 0, 0), score(1, 0, 0)),
            (&[], &[(PS, 0, 3)], score(0, 1, 0), score(0, 1, 0)),
            (&[(PS, 0, 3)], &[(PS, 0, 3)], score(1, 1, 1), score(1, 1, 1)),
            (&[(PS, 0, 3)], &[(PS, 0, 4)], score(1, 1, 0), score(1, 1, 0)),
            (&[(PS, 0, 3)], &[(PS, 1, 3)], score(1, 1, 0), score(1, 1, 0)),
            (&[(PS, 0, 3)], &[(LC, 0, 3)], score(1, 1, 0), score(1, 1, 1)),
            // One span cut in two, two spans run together.
            (&[(DT, 0, 6)], &[(DT, 0, 3), (DT, 3, 6)], score(1, 2, 0), score(1, 2, 0)),
            (&[(DT, 0, 3), (DT, 3, 6)], &[(DT, 0, 6)], score(2, 1, 0), score(2, 1, 0)),
            // Each gold mention is matched once, by its own label where that is among the predictions.
            (&[(PS, 0, 3)], &[(PS, 0, 3), (PS, 0, 3)], score(1, 2, 1), score(1, 2, 1)),
            (&[(OG, 0, 3)], &[(LC, 0, 3), (OG, 0, 3)], score(1, 2, 1), score(1, 2, 1)),
        ];
        for (marked, found, strict, spans) in cases {
            let mut evaluation = Evaluation::new();
            evaluation.add(&gold(None, marked), predicted(found));
            assert_eq!(evaluation.micro(), strict, "{marked:?} {found:?}");
            assert_eq!(evaluation.overall().spans(&Label::ALL), spans, "{marked:?} {found:?}");
        }
    }

    #[test]
    fn labels_are_counted_apart() {
        let evaluation = corpus();
        let overall = evaluation.overall();
        assert_eq!(overall.documents(), 2);
        let expected = [score(3, 3, 2), score(1, 0, 0), score(1, 2, 1), score(1, 2, 1), score(1, 0, 0), score(0, 1, 0)];
        for (label, expected) in Label::ALL.into_iter().zip(expected) {
            assert_eq!(overall.label(label), expected, "{label}");
        }
        for (gold, predicted, expected) in [(PS, PS, 2), (LC, OG, 1), (OG, LC, 0), (TI, DT, 1), (QT, QT, 0)] {
            assert_eq!(overall.pairs(gold, predicted), expected, "{gold} {predicted}");
        }
    }

    #[test]
    fn sums_over_sets_of_labels() {
        let evaluation = corpus();
        let overall = evaluation.overall();
        // labels, micro, macro F1, spans
        //
        // F1: PS 2*2/6 = 2/3, LC 0, OG 2*1/3 = 2/3, DT 2*1/3 = 2/3, TI 0; QT has no gold mention and is not averaged.
        // All: (2/3 + 0 + 2/3 + 2/3 + 0) / 5 = 0.4; the four: 2 / 4 = 0.5.
        let cases: [(&[Label], Score, &str, Score); 6] = [
            (&Label::ALL, score(7, 8, 4), "0.4000", score(7, 8, 6)),
            // TI taken for DT is a pair only where both are scored.
            (&NEWS_LABELS, score(6, 7, 4), "0.5000", score(6, 7, 5)),
            (&[PS, OG], score(4, 5, 3), "0.6667", score(4, 5, 3)),
            (&[DT, TI], score(2, 2, 1), "0.3333", score(2, 2, 2)),
            (&[QT], score(0, 1, 0), "0.0000", score(0, 1, 0)),
            (&[], score(0, 0, 0), "0.0000", score(0, 0, 0)),
        ];
        for (labels, micro, macro_f1, spans) in cases {
            assert_eq!(overall.micro(labels), micro, "{labels:?}");
            assert_eq!(format!("{:.4}", overall.macro_f1(labels)), macro_f1, "{labels:?}");
            assert_eq!(overall.spans(labels), spans, "{labels:?}");

            let mut restricted = Evaluation::with_labels(labels.iter().rev().chain(labels).copied());
            restricted.merge(&evaluation);
            assert_eq!(restricted.labels(), labels);
            assert_eq!(restricted.micro(), micro, "{labels:?}");
            assert_eq!(format!("{:.4}", restricted.macro_f1()), macro_f1, "{labels:?}");
        }
    }

    #[test]
    fn sources_add_up() {
        let mut evaluation = corpus();
        evaluation.add(&gold(None, &[]), []);
        let sources: Vec<(&str, u64, Score)> =
            evaluation.sources().map(|(source, tally)| (source, tally.documents(), tally.micro(&Label::ALL))).collect();
        assert_eq!(sources, [("nsmc", 1, score(2, 2, 1)), ("wikitree", 1, score(5, 6, 3))]);
        assert_eq!(evaluation.overall().documents(), 3);
    }

    #[test]
    fn merging_is_adding() {
        let documents: [(Option<&str>, Spans<'_>, Spans<'_>); 3] = [
            (Some("wikitree"), &[(PS, 0, 3), (LC, 4, 6)], &[(PS, 0, 3), (OG, 4, 6)]),
            (Some("nsmc"), &[(PS, 0, 2)], &[(PS, 0, 3)]),
            (None, &[(DT, 0, 2)], &[(DT, 0, 2), (QT, 5, 6)]),
        ];
        let mut whole = Evaluation::new();
        let mut parts = Vec::new();
        for (source, marked, found) in documents {
            let mut part = Evaluation::new();
            part.add(&gold(source, marked), predicted(found));
            whole.add(&gold(source, marked), predicted(found));
            parts.push(part);
        }
        for order in [[0, 1, 2], [2, 0, 1], [1, 2, 0]] {
            let mut merged = Evaluation::default();
            for part in order {
                merged.merge(&parts[part]);
            }
            assert_eq!(merged, whole);
        }
    }
}
