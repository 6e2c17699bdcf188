//! Dates and times: `DT` and `TI`, as the scan of `gisa-dates` finds them.
//!
//! Spans follow KLUE-NER: with the adverb that places them (`지난 5월`, `오는 30일`) and what makes them a duration
//! (`3년간`, `10년 전`), without particles and `만에`. Neighbouring parts of one date are one mention
//! (`2024년 6월 23일`), and so are the two ends of a range (`23일부터 29일까지`). Dates are resolved after all
//! mentions of the document have been selected.

use crate::candidate::{Candidate, Evidence};
use crate::rule::Rule;
use crate::sentence::AnalyzedSentence;
use gisa_dates::scan;
use gisa_text::Label;

/// The share of the dates that is right among those which only the date reader finds, measured on annotated articles.
const CONFIDENCE: f32 = 0.76;

/// Recognizes dates and times.
pub(crate) struct TemporalRecognizer {
    /// The labels to recognize, of the two.
    labels: Vec<Label>,
}

impl TemporalRecognizer {
    /// Creates a recognizer of both dates and times.
    pub fn new() -> TemporalRecognizer {
        TemporalRecognizer { labels: vec![Label::Date, Label::Time] }
    }

    /// Creates a recognizer of those of the two that are among the labels; `None` if neither is.
    pub fn among(labels: &[Label]) -> Option<TemporalRecognizer> {
        let mut temporal = TemporalRecognizer::new();
        temporal.labels.retain(|label| labels.contains(label));
        (!temporal.labels.is_empty()).then_some(temporal)
    }

    /// Appends the dates and times of the sentence.
    pub fn propose(&self, sentence: &AnalyzedSentence<'_>, candidates: &mut Vec<Candidate<'_>>) {
        scan(sentence.str(), |found| {
            let Some(label) = found.label().filter(|label| self.labels.contains(label)) else { return };
            let range = sentence.range.start + found.range.start..sentence.range.start + found.range.end;
            candidates.push(Candidate::new(label, range, Evidence::Date, CONFIDENCE, Rule::Temporal));
        });
    }
}

#[cfg(test)]
mod tests {
    use gisa_tokenizer::Morpheme;

    use super::*;
    use crate::candidate::select;

    /// Returns the mentions of a text that this recognizer finds alone, as `text/label`.
    fn found(temporal: &TemporalRecognizer, text: &str) -> Vec<String> {
        let morphemes: &[Morpheme] = &[];
        let sentence = AnalyzedSentence { text, range: 0..text.len(), morphemes, words: &[] };
        let mut candidates = Vec::new();
        temporal.propose(&sentence, &mut candidates);
        select(&mut candidates);
        candidates.into_iter().map(|c| format!("{}/{}", &text[c.range], c.label)).collect()
    }

    #[test]
    fn forms() {
        for (text, expected) in [
            ("23일 출국했다", "23일/DT"),
            ("오는 30일까지 연다", "오는 30일/DT"),
            ("2024년 6월 23일(일) 열린다", "2024년 6월 23일(일)/DT"),
            ("지난해 11월부터", "지난해 11월/DT"),
            ("지난 2010년 5월", "지난 2010년 5월/DT"),
            ("5년 전부터 3개월간", "5년 전/DT 3개월간/DT"),
            ("55일 만에", "55일/DT"),
            ("1990년대 초반", "1990년대 초반/DT"),
            ("다음 달 7일", "다음 달 7일/DT"),
            ("4일 오전 1시 19분께", "4일/DT 오전 1시 19분/TI"),
            ("2시간 40분 동안", "2시간 40분 동안/TI"),
            ("후반 27분", "후반 27분/TI"),
            ("올해 상반기", "올해 상반기/DT"),
            ("이날 오후", "이날/DT 오후/TI"),
            ("금요일인 이튿날", "금요일/DT 이튿날/DT"),
            ("2024.6.23 열린", "2024.6.23/DT"),
            ("3일장에 갔다", ""),
            ("하루키의 소설", ""),
            ("제3일차", ""),
            ("10월에는", "10월/DT"),
            ("5박 7일 일정으로", "5박 7일/DT"),
            ("한 달 두 달", "한 달/DT 두 달/DT"),
            ("23일부터 29일까지", "23일부터 29일까지/DT"),
            ("오전 1시∼3시 30분 사이", "오전 1시∼3시 30분/TI"),
            ("두시간 내내", "두시간/TI"),
            ("한 판에 3만 원", ""),
        ] {
            assert_eq!(found(&TemporalRecognizer::new(), text).join(" "), expected, "in {text:?}");
        }
    }

    #[test]
    fn only_the_labels_that_are_asked_for() {
        let text = "4일 오전 1시 19분께";
        for (labels, expected) in [
            (vec![Label::Person, Label::Date], Some("4일/DT")),
            (vec![Label::Time], Some("오전 1시 19분/TI")),
            (vec![Label::Time, Label::Date], Some("4일/DT 오전 1시 19분/TI")),
            (vec![Label::named("EVENT")], None),
        ] {
            let found = TemporalRecognizer::among(&labels).map(|temporal| found(&temporal, text).join(" "));
            assert_eq!(found.as_deref(), expected, "{labels:?}");
        }
    }
}
