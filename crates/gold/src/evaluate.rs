//! Scoring: how many of the mentions that people marked a tagger found, and how many of those it found are right.
//!
//! A predicted mention is right when its start, its end and its label are all those of a gold mention; there is no
//! credit for a part. This is the scoring of the `CoNLL` shared tasks on chunks and on named entities (Tjong Kim Sang
//! and Buchholz 2000, script `conlleval`; Tjong Kim Sang and De Meulder 2003) and KLUE-NER's entity-level F1 (Park et
//! al. 2021, `seqeval` in strict mode). As in KLUE-NER spans are counted in characters, so that a span which takes in
//! a particle (`이장우는` for `이장우`) is wrong, whatever the tokens are.
//!
//! - A precision without predictions, a recall without gold mentions and an F1 without either is 0, as in `conlleval`.
//! - *micro* sums the counts over the labels first. It is what `CoNLL` reports, as the overall F1.
//! - *macro* is the mean of the F1 of those labels that have gold mentions. It is KLUE-NER's entity F1. `seqeval` also
//!   averages in, with an F1 of 0, a label that was predicted but has no gold mention in the whole corpus.
//! - *spans* leaves the labels aside: a prediction is right when its start and end are. The table of labels shows what
//!   the mentions with right ends and a wrong label were taken for.
//!
//! A gold mention is matched once: of two equal predictions the second one is wrong.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use serde_json::{Value, json};

pub use self::errors::{ErrorKind, Errors};
use crate::GoldDocument;
use gisa_text::Label;

mod errors;

/// People, places, organisations and dates: the labels that news tables are made of. Where more are scored, reports
/// give the sums over these four as well.
pub const NEWS_LABELS: [Label; 4] = [Label::Person, Label::Location, Label::Organisation, Label::Date];

/// The counts of a label, or their sum over several, and the figures made of them. Figures are fractions of 1.
///
/// ```
/// use gisa_gold::Score;
///
/// // Of 5 gold mentions 3 were found, and 1 mention that is none.
/// let score = Score { gold: 5, predicted: 4, correct: 3 };
/// assert_eq!(score.precision(), 0.75);
/// assert_eq!(score.recall(), 0.6);
/// assert_eq!(format!("{:.4}", score.f1()), "0.6667");
/// assert_eq!(Score::default().f1(), 0.0);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// The mentions that people marked.
    pub gold: u64,
    /// The mentions that were predicted.
    pub predicted: u64,
    /// The predicted mentions that are right (true positives).
    pub correct: u64,
}

impl Score {
    /// The predicted mentions that are wrong (false positives).
    pub fn spurious(self) -> u64 {
        self.predicted - self.correct
    }

    /// The gold mentions that were not predicted (false negatives).
    pub fn missed(self) -> u64 {
        self.gold - self.correct
    }

    /// The share of the predicted mentions that is right; 0 when there are none.
    pub fn precision(self) -> f64 {
        ratio(self.correct, self.predicted)
    }

    /// The share of the gold mentions that was predicted; 0 when there are none.
    pub fn recall(self) -> f64 {
        ratio(self.correct, self.gold)
    }

    /// The harmonic mean of precision and recall; 0 when there are no mentions.
    pub fn f1(self) -> f64 {
        ratio(2 * self.correct, self.predicted + self.gold)
    }

    fn plus(self, other: Score) -> Score {
        Score {
            gold: self.gold + other.gold,
            predicted: self.predicted + other.predicted,
            correct: self.correct + other.correct,
        }
    }

    fn to_json(self) -> Value {
        json!({
            "gold": self.gold,
            "predicted": self.predicted,
            "correct": self.correct,
            "precision": self.precision(),
            "recall": self.recall(),
            "f1": self.f1(),
        })
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of mentions are far below 2^52")]
fn ratio(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The counts of a set of documents.
///
/// All labels are counted; each question names the labels that it is about. Gold and predicted mentions of other
/// labels then count as if they were not there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    documents: u64,
    gold: BTreeMap<Label, u64>,
    predicted: BTreeMap<Label, u64>,
    /// The pairs of a gold and a predicted mention with the same start and end, by gold label and predicted label.
    pairs: BTreeMap<(Label, Label), u64>,
}

impl Tally {
    /// How many documents were scored.
    pub fn documents(&self) -> u64 {
        self.documents
    }

    /// The counts of one label.
    pub fn label(&self, label: Label) -> Score {
        let of = |counts: &BTreeMap<Label, u64>| counts.get(&label).copied().unwrap_or(0);
        Score { gold: of(&self.gold), predicted: of(&self.predicted), correct: self.pairs(label, label) }
    }

    /// The labels that gold mentions have, in their order.
    pub fn gold_labels(&self) -> impl Iterator<Item = Label> {
        self.gold.keys().copied()
    }

    /// The counts of several labels, summed. Each label is named once.
    pub fn micro(&self, labels: &[Label]) -> Score {
        labels.iter().map(|&label| self.label(label)).fold(Score::default(), Score::plus)
    }

    /// The mean of the F1 of those of the labels that have gold mentions; 0 when none has.
    pub fn macro_f1(&self, labels: &[Label]) -> f64 {
        let scores = || labels.iter().map(|&label| self.label(label)).filter(|score| score.gold > 0);
        // Labels are few: no fraction is lost.
        let count = u32::try_from(scores().count()).unwrap_or(u32::MAX);
        if count == 0 { 0.0 } else { scores().map(Score::f1).sum::<f64>() / f64::from(count) }
    }

    /// The counts of several labels when only the starts and ends have to be right. Each label is named once.
    pub fn spans(&self, labels: &[Label]) -> Score {
        let pairs = labels.iter().flat_map(|&gold| labels.iter().map(move |&predicted| self.pairs(gold, predicted)));
        Score { correct: pairs.sum(), ..self.micro(labels) }
    }

    /// How many gold mentions of the one label were predicted, with the right start and end, as the other; for twice
    /// the same label, the correct mentions.
    pub fn pairs(&self, gold: Label, predicted: Label) -> u64 {
        self.pairs.get(&(gold, predicted)).copied().unwrap_or(0)
    }

    fn add(&mut self, gold: &GoldDocument, predicted: &[(Label, Range<usize>)]) {
        // By span, the labels of its gold and of its predicted mentions. Mostly it is one and one.
        let mut spans: BTreeMap<(usize, usize), (Vec<Label>, Vec<Label>)> = BTreeMap::new();
        for mention in &gold.mentions {
            *self.gold.entry(mention.label).or_default() += 1;
            spans.entry((mention.chars.start, mention.chars.end)).or_default().0.push(mention.label);
        }
        for (label, chars) in predicted {
            *self.predicted.entry(*label).or_default() += 1;
            spans.entry((chars.start, chars.end)).or_default().1.push(*label);
        }
        for (gold, predicted) in spans.into_values() {
            for pair in pairs(gold, predicted) {
                *self.pairs.entry(pair).or_default() += 1;
            }
        }
        self.documents += 1;
    }

    fn merge(&mut self, other: &Tally) {
        self.documents += other.documents;
        sum(&mut self.gold, &other.gold);
        sum(&mut self.predicted, &other.predicted);
        sum(&mut self.pairs, &other.pairs);
    }

    /// The table of the scores, a row a line.
    fn score_lines(&self, title: &str, labels: &[Label], sets: &[(String, &[Label])]) -> Vec<String> {
        let documents = if self.documents == 1 { "document" } else { "documents" };
        let width = name_width(labels);
        let mut lines = vec![
            format!("{title}: {} {documents}", self.documents),
            format!(
                "{:<width$}{:>8}{:>11}{:>9}{:>11}{:>8}{:>8}",
                "label", "gold", "predicted", "correct", "precision", "recall", "F1"
            ),
        ];
        let row = |name: &str, score: Score| {
            format!(
                "{}{:>8}{:>11}{:>9}{:>11.2}{:>8.2}{:>8.2}",
                left(name, width),
                score.gold,
                score.predicted,
                score.correct,
                100.0 * score.precision(),
                100.0 * score.recall(),
                100.0 * score.f1()
            )
        };
        lines.extend(labels.iter().map(|&label| row(label.as_str(), self.label(label))));
        for (name, labels) in sets {
            lines.push(row(&format!("micro{name}"), self.micro(labels)));
            lines.push(format!("{:<width$}{:>55.2}", format!("macro{name}"), 100.0 * self.macro_f1(labels)));
            lines.push(row(&format!("spans{name}"), self.spans(labels)));
        }
        lines
    }

    /// The table of the labels that spans with right ends were given, a row a line.
    fn pair_lines(&self, labels: &[Label]) -> Vec<String> {
        let width = name_width(labels);
        let cell_width = labels.iter().map(|label| columns(label.as_str()) + 2).max().unwrap_or(0).max(8);
        let row = |name: &str, cells: Vec<String>| {
            cells.iter().fold(left(name, width), |row, cell| row + &right(cell, cell_width))
        };
        let mut lines = vec!["start and end right: gold label down, predicted label across".to_owned()];
        lines.push(row("", labels.iter().map(ToString::to_string).chain(["none".to_owned()]).collect()));
        for &gold in labels {
            let pairs: Vec<u64> = labels.iter().map(|&predicted| self.pairs(gold, predicted)).collect();
            let none = self.label(gold).gold - pairs.iter().sum::<u64>();
            lines.push(row(gold.as_str(), pairs.iter().chain([&none]).map(ToString::to_string).collect()));
        }
        let none = labels.iter().map(|&predicted| {
            self.label(predicted).predicted - labels.iter().map(|&gold| self.pairs(gold, predicted)).sum::<u64>()
        });
        lines.push(row("none", none.map(|count| count.to_string()).collect()));
        lines
    }

    fn to_json(&self, labels: &[Label], sets: &[(String, &[Label])]) -> Value {
        let by_label = |value: &dyn Fn(Label) -> Value| -> Value {
            labels.iter().map(|&label| (label.to_string(), value(label))).collect::<serde_json::Map<_, _>>().into()
        };
        let sets: Vec<Value> = sets
            .iter()
            .map(|(_, labels)| {
                json!({
                    "labels": labels,
                    "micro": self.micro(labels).to_json(),
                    "macro": { "f1": self.macro_f1(labels) },
                    "spans": self.spans(labels).to_json(),
                })
            })
            .collect();
        json!({
            "documents": self.documents,
            "labels": by_label(&|label| self.label(label).to_json()),
            "sets": sets,
            "pairs": by_label(&|gold| by_label(&|predicted| self.pairs(gold, predicted).into())),
        })
    }
}

/// Which gold mention of a span is taken to be predicted as which: those of the same label first, then what is left in the
/// order of the labels, each mention once.
fn pairs(mut gold: Vec<Label>, mut predicted: Vec<Label>) -> Vec<(Label, Label)> {
    let mut pairs = Vec::new();
    gold.retain(|&label| {
        let same = predicted.iter().position(|&other| other == label);
        if let Some(same) = same {
            pairs.push((label, predicted.swap_remove(same)));
        }
        same.is_none()
    });
    gold.sort_unstable();
    predicted.sort_unstable();
    pairs.extend(gold.into_iter().zip(predicted));
    pairs
}

fn sum<K: Copy + Ord>(to: &mut BTreeMap<K, u64>, from: &BTreeMap<K, u64>) {
    for (&key, count) in from {
        *to.entry(key).or_default() += count;
    }
}

/// The width of the column of names: that of the sums' names, or of a label that is longer.
fn name_width(labels: &[Label]) -> usize {
    labels.iter().map(|label| columns(label.as_str()) + 1).max().unwrap_or(0).max(18)
}

/// How many columns of a terminal a text takes up: Hangul and Chinese characters two each.
fn columns(text: &str) -> usize {
    text.chars().map(|c| 1 + usize::from(matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{d7a3}'))).sum()
}

/// A text and the spaces that fill its column.
fn left(text: &str, width: usize) -> String {
    format!("{text}{:1$}", "", width.saturating_sub(columns(text)))
}

/// A text behind the spaces that fill its column.
fn right(text: &str, width: usize) -> String {
    format!("{:1$}{text}", "", width.saturating_sub(columns(text)))
}

/// The scores of a corpus: overall and by source, over the labels that were asked for.
///
/// Its [`Display`](fmt::Display) is a report in aligned plain text, figures in per cent; [`Evaluation::to_json`] is the
/// same for programs, figures as fractions of 1.
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
    /// An evaluation over the six labels.
    pub fn new() -> Evaluation {
        Evaluation::with_labels(Label::ALL)
    }

    /// An evaluation over some of the labels. Gold and predicted mentions of other labels are left out of account.
    pub fn with_labels(labels: impl IntoIterator<Item = Label>) -> Evaluation {
        let mut labels: Vec<Label> = labels.into_iter().collect();
        labels.sort_unstable();
        labels.dedup();
        Evaluation { labels, overall: Tally::default(), sources: BTreeMap::new() }
    }

    /// Scores a document: the mentions predicted for it, as labels and ranges of characters in any order, against its
    /// gold mentions.
    pub fn add(&mut self, gold: &GoldDocument, predicted: impl IntoIterator<Item = (Label, Range<usize>)>) {
        let predicted: Vec<(Label, Range<usize>)> = predicted.into_iter().collect();
        self.overall.add(gold, &predicted);
        if let Some(source) = &gold.source {
            self.sources.entry(source.clone()).or_default().add(gold, &predicted);
        }
    }

    /// Takes in the counts of another evaluation, of documents scored on another thread for instance. The result is
    /// the same in whatever order evaluations are merged. The labels stay those of this one.
    pub fn merge(&mut self, other: &Evaluation) {
        self.overall.merge(&other.overall);
        for (source, tally) in &other.sources {
            self.sources.entry(source.clone()).or_default().merge(tally);
        }
    }

    /// The labels that are scored, in their order.
    pub fn labels(&self) -> &[Label] {
        &self.labels
    }

    /// The counts of all documents.
    pub fn overall(&self) -> &Tally {
        &self.overall
    }

    /// The counts of the documents of each source, by its name. Documents without a source are in none of them.
    pub fn sources(&self) -> impl Iterator<Item = (&str, &Tally)> {
        self.sources.iter().map(|(source, tally)| (source.as_str(), tally))
    }

    /// The counts of all documents, summed over the labels that are scored.
    pub fn micro(&self) -> Score {
        self.overall.micro(&self.labels)
    }

    /// The mean F1 of those of the scored labels that have gold mentions, over all documents.
    pub fn macro_f1(&self) -> f64 {
        self.overall.macro_f1(&self.labels)
    }

    /// The report as JSON:
    ///
    /// ```text
    /// {"labels": ["PS", …], "overall": TALLY, "sources": {"wikitree": TALLY, …}}
    /// TALLY: {"documents": 2, "labels": {"PS": SCORE, …},
    ///         "sets": [{"labels": ["PS", …], "micro": SCORE, "macro": {"f1": 0.5}, "spans": SCORE}, …],
    ///         "pairs": {"PS": {"PS": 1, "LC": 0, …}, …}}
    /// SCORE: {"gold": 5, "predicted": 4, "correct": 3, "precision": 0.75, "recall": 0.6, "f1": 0.67}
    /// ```
    ///
    /// The first of `sets` is the labels that are scored, the second, where those are more, [`NEWS_LABELS`]. `pairs`
    /// are gold and predicted mentions with the same start and end, by gold label and then predicted label.
    pub fn to_json(&self) -> Value {
        let sets = self.sets();
        let tally = |tally: &Tally| tally.to_json(&self.labels, &sets);
        let sources: serde_json::Map<String, Value> =
            self.sources.iter().map(|(source, counts)| (source.clone(), tally(counts))).collect();
        json!({ "labels": self.labels, "overall": tally(&self.overall), "sources": sources })
    }

    /// The sets of labels to sum over, with what tells their rows apart.
    fn sets(&self) -> Vec<(String, &[Label])> {
        let mut sets = vec![(String::new(), self.labels.as_slice())];
        if self.labels.len() > NEWS_LABELS.len() && NEWS_LABELS.iter().all(|label| self.labels.contains(label)) {
            sets.push((format!(" {}", NEWS_LABELS.map(Label::as_str).join(" ")), &NEWS_LABELS));
        }
        sets
    }
}

impl Default for Evaluation {
    fn default() -> Evaluation {
        Evaluation::new()
    }
}

impl fmt::Display for Evaluation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sets = self.sets();
        let mut blocks =
            vec![self.overall.score_lines("overall", &self.labels, &sets), self.overall.pair_lines(&self.labels)];
        // Where every document is of one source, its table would be the first one again.
        let sources = self.sources.iter().filter(|(_, tally)| tally.documents < self.overall.documents);
        blocks.extend(sources.map(|(source, tally)| tally.score_lines(source, &self.labels, &sets)));
        let blocks: Vec<String> = blocks.iter().map(|lines| lines.join("\n")).collect();
        f.write_str(&blocks.join("\n\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::GoldMention;
    use Label::{Date as DT, Location as LC, Organisation as OG, Person as PS, Quantity as QT, Time as TI};

    type Spans<'s> = &'s [(Label, usize, usize)];

    fn gold(source: Option<&str>, spans: Spans<'_>) -> GoldDocument {
        GoldDocument {
            id: String::new(),
            source: source.map(str::to_owned),
            text: String::new(),
            published: None,
            mentions: spans.iter().map(|&(label, start, end)| GoldMention { label, chars: start..end }).collect(),
            line: 1,
        }
    }

    fn predicted(spans: Spans<'_>) -> impl Iterator<Item = (Label, Range<usize>)> {
        spans.iter().map(|&(label, start, end)| (label, start..end))
    }

    /// A news sentence and a review. By label, gold/predicted/correct:
    ///
    /// | | PS | LC | OG | DT | TI | QT |
    /// | news | 2/2/1 | 1/0/0 | 1/2/1 | 1/1/1 | | 0/1/0 |
    /// | review | 1/1/1 | | | 0/1/0 | 1/0/0 | |
    ///
    /// News: the second person takes in a particle; the place is taken for an organisation; the quantity is none.
    /// Review: the time of day is taken for a date.
    fn corpus() -> Evaluation {
        let mut evaluation = Evaluation::new();
        evaluation.add(
            &gold(Some("wikitree"), &[(PS, 0, 3), (PS, 5, 8), (LC, 10, 12), (OG, 14, 16), (DT, 18, 20)]),
            predicted(&[(PS, 0, 3), (PS, 5, 9), (OG, 10, 12), (OG, 14, 16), (DT, 18, 20), (QT, 30, 31)]),
        );
        evaluation.add(&gold(Some("nsmc"), &[(PS, 0, 2), (TI, 4, 6)]), predicted(&[(DT, 4, 6), (PS, 0, 2)]));
        evaluation
    }

    fn score(gold: u64, predicted: u64, correct: u64) -> Score {
        Score { gold, predicted, correct }
    }

    #[test]
    fn figures_of_counts() {
        // gold, predicted, correct; precision, recall, F1
        for (counts, expected) in [
            ((0, 0, 0), "0.0000 0.0000 0.0000"),
            ((3, 0, 0), "0.0000 0.0000 0.0000"),
            ((0, 3, 0), "0.0000 0.0000 0.0000"),
            ((3, 3, 0), "0.0000 0.0000 0.0000"),
            ((3, 3, 3), "1.0000 1.0000 1.0000"),
            ((4, 2, 1), "0.5000 0.2500 0.3333"),
            // 2 * 0.75 * 0.6 / 1.35
            ((5, 4, 3), "0.7500 0.6000 0.6667"),
        ] {
            let score = score(counts.0, counts.1, counts.2);
            let found = format!("{:.4} {:.4} {:.4}", score.precision(), score.recall(), score.f1());
            assert_eq!(found, expected, "{counts:?}");
            assert_eq!(score.spurious() + score.correct, score.predicted);
            assert_eq!(score.missed() + score.correct, score.gold);
        }
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

    #[test]
    fn labels_of_a_model_are_scored_like_the_six() {
        let [event, product] = ["EVENT_OF_SEVERAL_DAYS", "제품"].map(Label::named);
        let mut evaluation = Evaluation::with_labels([product, PS, event]);
        evaluation.add(
            &gold(None, &[(event, 0, 3), (event, 5, 8), (product, 10, 12), (PS, 14, 16)]),
            predicted(&[(event, 0, 3), (product, 5, 8), (product, 10, 12), (LC, 14, 16)]),
        );
        assert_eq!(evaluation.labels(), [PS, event, product]);
        assert_eq!(evaluation.overall().gold_labels().collect::<Vec<_>>(), [PS, event, product]);
        assert_eq!(evaluation.overall().label(event), score(2, 1, 1));
        // The place is none of the labels that are scored.
        assert_eq!(evaluation.micro(), score(4, 3, 2));
        let expected = "\
overall: 1 document
label                     gold  predicted  correct  precision  recall      F1
PS                           1          0        0       0.00    0.00    0.00
EVENT_OF_SEVERAL_DAYS        2          1        1     100.00   50.00   66.67
제품                         1          2        1      50.00  100.00   66.67
micro                        4          3        2      66.67   50.00   57.14
macro                                                                   44.44
spans                        4          3        3     100.00   75.00   85.71

start and end right: gold label down, predicted label across
                                           PS  EVENT_OF_SEVERAL_DAYS                   제품                   none
PS                                          0                      0                      0                      1
EVENT_OF_SEVERAL_DAYS                       0                      1                      1                      0
제품                                        0                      0                      1                      0
none                                        0                      0                      0";
        assert_eq!(evaluation.to_string(), expected);
        assert_eq!(evaluation.to_json()["overall"]["pairs"]["EVENT_OF_SEVERAL_DAYS"]["제품"], 1);
    }

    #[test]
    fn mentions_of_one_span_are_paired_by_label_first() {
        for (marked, found, expected) in [
            (vec![LC, OG], vec![OG, PS], vec![(OG, OG), (LC, PS)]),
            (vec![QT, LC], vec![DT, PS], vec![(LC, PS), (QT, DT)]),
            (vec![PS, PS], vec![PS], vec![(PS, PS)]),
        ] {
            assert_eq!(pairs(marked, found), expected);
        }
    }

    #[test]
    fn the_report_is_an_aligned_table() {
        let expected = "\
overall: 2 documents
label                 gold  predicted  correct  precision  recall      F1
PS                       3          3        2      66.67   66.67   66.67
LC                       1          0        0       0.00    0.00    0.00
OG                       1          2        1      50.00  100.00   66.67
DT                       1          2        1      50.00  100.00   66.67
TI                       1          0        0       0.00    0.00    0.00
QT                       0          1        0       0.00    0.00    0.00
micro                    7          8        4      50.00   57.14   53.33
macro                                                               40.00
spans                    7          8        6      75.00   85.71   80.00
micro PS LC OG DT        6          7        4      57.14   66.67   61.54
macro PS LC OG DT                                                   50.00
spans PS LC OG DT        6          7        5      71.43   83.33   76.92

start and end right: gold label down, predicted label across
                        PS      LC      OG      DT      TI      QT    none
PS                       2       0       0       0       0       0       1
LC                       0       0       1       0       0       0       0
OG                       0       0       1       0       0       0       0
DT                       0       0       0       1       0       0       0
TI                       0       0       0       1       0       0       0
QT                       0       0       0       0       0       0       0
none                     1       0       0       0       0       1

nsmc: 1 document
";
        let report = corpus().to_string();
        assert!(report.starts_with(expected), "{report}");
        assert!(report.contains("\n\nwikitree: 1 document\n"), "{report}");
        assert!(!report.ends_with('\n'));

        // The four labels alone have no second set, and documents of one source no second table.
        let mut news = Evaluation::with_labels(NEWS_LABELS);
        news.add(&gold(Some("wikitree"), &[(TI, 0, 2)]), predicted(&[(DT, 0, 2)]));
        let expected = "\
overall: 1 document
label                 gold  predicted  correct  precision  recall      F1
PS                       0          0        0       0.00    0.00    0.00
LC                       0          0        0       0.00    0.00    0.00
OG                       0          0        0       0.00    0.00    0.00
DT                       0          1        0       0.00    0.00    0.00
micro                    0          1        0       0.00    0.00    0.00
macro                                                                0.00
spans                    0          1        0       0.00    0.00    0.00

start and end right: gold label down, predicted label across
                        PS      LC      OG      DT    none
PS                       0       0       0       0       0
LC                       0       0       0       0       0
OG                       0       0       0       0       0
DT                       0       0       0       0       0
none                     0       0       0       1";
        assert_eq!(news.to_string(), expected);
    }

    #[test]
    fn the_report_is_json() {
        let mut evaluation = Evaluation::with_labels([PS, OG]);
        evaluation.merge(&corpus());
        let review = json!({
            "documents": 1,
            "labels": {
                "PS": {"gold": 1, "predicted": 1, "correct": 1, "precision": 1.0, "recall": 1.0, "f1": 1.0},
                "OG": {"gold": 0, "predicted": 0, "correct": 0, "precision": 0.0, "recall": 0.0, "f1": 0.0},
            },
            "sets": [{
                "labels": ["PS", "OG"],
                "micro": {"gold": 1, "predicted": 1, "correct": 1, "precision": 1.0, "recall": 1.0, "f1": 1.0},
                "macro": {"f1": 1.0},
                "spans": {"gold": 1, "predicted": 1, "correct": 1, "precision": 1.0, "recall": 1.0, "f1": 1.0},
            }],
            "pairs": {"PS": {"PS": 1, "OG": 0}, "OG": {"PS": 0, "OG": 0}},
        });
        let report = evaluation.to_json();
        assert_eq!(report["labels"], json!(["PS", "OG"]));
        assert_eq!(report["sources"]["nsmc"], review);
        assert_eq!(report["overall"]["sets"][0]["micro"]["correct"], 3);

        let report = corpus().to_json();
        assert_eq!(report["overall"]["sets"][1]["labels"], json!(["PS", "LC", "OG", "DT"]));
        assert_eq!(report["overall"]["sets"][1]["macro"]["f1"], 0.5);
        assert_eq!(report["overall"]["pairs"]["LC"]["OG"], 1);
    }
}
