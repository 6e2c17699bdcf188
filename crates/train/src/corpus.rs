//! The training corpus: texts analysed into sentences of units, with tags for the annotated mentions.

use std::ops::Range;

use gisa_text::{ComposedText, sentences};
use gisa_tokenizer::{Tokenizer, Worker};
use rustc_hash::FxHashMap;

use crate::dataset::Dataset;
use crate::label_set::LabelSet;
use gisa_gold::GoldDocument;
use gisa_model::ListedForms;
use gisa_model::features::{Features, Vocabulary, fingerprint};
use gisa_model::tags::{OUTSIDE, Tags};
use gisa_model::unit::{Unit, Units};

/// A text of units, composed as the tagger reads it.
pub(crate) struct Text {
    composed: String,
    units: Vec<Unit>,
    /// Range of each sentence in the units. Sentences follow one another and are not empty.
    sentences: Vec<Range<usize>>,
    /// Tag of each unit, where mentions are annotated.
    pub tags: Vec<usize>,
    /// The labels whose mentions are not marked.
    pub unannotated: LabelSet,
}

impl Text {
    /// Returns the number of units.
    pub fn len(&self) -> usize {
        self.units.len()
    }

    /// Returns the text as one in which mentions of some labels are not marked.
    pub fn leaving_out(self, unannotated: LabelSet) -> Text {
        Text { unannotated, ..self }
    }

    /// Returns the number of sentences.
    pub fn sentences(&self) -> usize {
        self.sentences.len()
    }

    /// Returns the range of each sentence in the units.
    pub fn sentence_units(&self) -> impl Iterator<Item = Range<usize>> {
        self.sentences.iter().cloned()
    }
}

/// Labels by name, in the order in which they were first seen.
#[derive(Clone, Debug, Default)]
pub(crate) struct Labels {
    names: Vec<String>,
}

impl Labels {
    /// Returns the number of a label, which is added if it is new.
    pub fn number(&mut self, name: &str) -> usize {
        self.find(name).unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        })
    }

    /// Returns the number of a label, or `None` if it is unknown.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|other| other == name)
    }

    /// Returns the names in the order of their numbers.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Returns the tag set of the labels.
    pub fn tags(&self) -> Tags {
        Tags::new(self.names.len())
    }
}

/// Analyses texts as the tagger does.
pub(crate) struct Reader {
    tokenizer: Tokenizer,
    worker: Worker,
    cutter: Units,
    /// Frequency of each surface, by fingerprint.
    counts: FxHashMap<u64, u32>,
}

impl Reader {
    /// Creates a reader from a tokenizer.
    pub fn new(tokenizer: &Tokenizer) -> Reader {
        Reader {
            tokenizer: tokenizer.clone(),
            worker: tokenizer.new_worker(),
            cutter: Units::new(),
            counts: FxHashMap::default(),
        }
    }

    /// Returns another reader with the same tokenizer and no counts.
    pub fn without_counts(&self) -> Reader {
        Reader::new(&self.tokenizer)
    }

    /// Returns a text without annotation.
    pub fn read_text(&mut self, text: &str) -> Text {
        self.read_composed(ComposedText::new(text).text())
    }

    fn read_composed(&mut self, text: &str) -> Text {
        let (mut units, mut places) = (Vec::new(), Vec::new());
        let mut of_sentence = Vec::new();
        for range in sentences(text) {
            self.cutter.read(text, self.worker.tokenize_sentence(text, range), &mut of_sentence);
            for unit in &of_sentence {
                *self.counts.entry(fingerprint(&text[unit.range()], unit)).or_default() += 1;
            }
            if !of_sentence.is_empty() {
                places.push(units.len()..units.len() + of_sentence.len());
                units.append(&mut of_sentence);
            }
        }
        Text { composed: text.to_owned(), units, sentences: places, tags: Vec::new(), unannotated: LabelSet::default() }
    }

    /// Returns a text with the tags of its annotated mentions. A mention that begins or ends inside a unit is extended
    /// to the whole unit, and one that goes beyond its sentence ends with it.
    pub fn read_gold(&mut self, document: &GoldDocument<String>, labels: &Labels) -> Text {
        let tags = labels.tags();
        let composed = ComposedText::new(&document.text);
        let bytes: Vec<usize> =
            document.text.char_indices().map(|(byte, _)| byte).chain([document.text.len()]).collect();
        let mut text = self.read_composed(composed.text());
        text.tags = vec![OUTSIDE; text.units.len()];
        for mention in &document.mentions {
            let Some(label) = labels.find(&mention.label) else { continue };
            let range = composed.composed(&(bytes[mention.chars.start]..bytes[mention.chars.end]));
            let first = text.units.partition_point(|unit| unit.end <= range.start);
            let last = text.units.partition_point(|unit| unit.start < range.end);
            let sentence = text.sentences.partition_point(|sentence| sentence.end <= first);
            let last = text.sentences.get(sentence).map_or(first, |sentence| last.min(sentence.end));
            // Of two mentions that share a unit the first has it.
            if first >= last || text.tags[first] != OUTSIDE {
                continue;
            }
            for (tag, of_mention) in text.tags[first..last].iter_mut().zip(tags.of_mention(label, last - first)) {
                *tag = of_mention;
            }
        }
        text
    }

    /// Returns the most frequent surfaces: those that occur at least `least` times, at most `most` of them.
    pub fn vocabulary(&self, least: u32, most: usize) -> Vocabulary {
        let mut counted: Vec<(u32, u64)> = self
            .counts
            .iter()
            .filter(|(_, count)| **count >= least)
            .map(|(&fingerprint, &count)| (count, fingerprint))
            .collect();
        counted.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        counted.truncate(most);
        Vocabulary::new(counted.into_iter().map(|(_, fingerprint)| fingerprint).collect())
    }
}

/// Encodes sentences into data sets.
pub(crate) struct Encoder<'v> {
    vocabulary: &'v Vocabulary,
    lists: ListedForms,
    features: Features,
}

impl<'v> Encoder<'v> {
    /// Creates an encoder for a vocabulary.
    pub fn new(vocabulary: &'v Vocabulary) -> Encoder<'v> {
        Encoder { vocabulary, lists: ListedForms::embedded(), features: Features::default() }
    }

    /// Adds a text without its targets. With hints each unit has a further row, that of its hint.
    pub fn push(&mut self, text: &Text, hints: Option<&[usize]>, weight: f32, data: &mut Dataset) {
        self.features.begin(&text.composed);
        for sentence in &text.sentences {
            self.features.read(&text.composed, &text.units[sentence.clone()], self.vocabulary, &self.lists);
        }
        for sentence in &text.sentences {
            for unit in sentence.clone() {
                let flags = &self.features.flag_ranges[unit];
                let flags = self.features.flags[flags.start as usize..flags.end as usize].iter().copied();
                let rows = self.features.rows[unit].iter().copied();
                let rows: Vec<u32> = rows.chain(hints.map(|hints| hints[unit] as u32)).collect();
                data.push_unit(&rows, flags);
            }
            data.end_sentence();
        }
        data.end_text(weight, text.unannotated);
    }

    /// Adds texts with their tags, each with a weight.
    pub fn push_tagged<'s>(
        &mut self,
        texts: impl Iterator<Item = (&'s Text, Option<&'s [usize]>, f32)>,
        data: &mut Dataset,
    ) {
        for (text, hints, weight) in texts {
            self.push(text, hints, weight, data);
            for &tag in &text.tags {
                data.targets_mut().push(tag);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::*;
    use gisa_gold::GoldMention;
    use gisa_model::features::{FLAGS, TABLES, tables};
    use gisa_model::shape::{Shape, Table};
    use gisa_tokenizer::tiny;

    fn document(text: &str, spans: &[Range<usize>]) -> GoldDocument<String> {
        let mention = |chars: &Range<usize>| GoldMention { label: "PS".to_owned(), chars: chars.clone() };
        let mentions = spans.iter().map(mention).collect();
        GoldDocument::new(text, mentions)
    }

    fn tokenizer() -> Tokenizer {
        Tokenizer::new(tiny::dictionary().expect("the tiny dictionary"))
    }

    #[test]
    fn decomposed_text_is_learnt_as_its_composed_copy() {
        let tokenizer = tokenizer();
        let mut reader = Reader::new(&tokenizer);
        let mut labels = Labels::default();
        labels.number("PS");
        let text = "비가 왔다. 김하늘 의원은 ㅋㅋ 웃었다. 박바다는 갔다.";
        let decomposed = text.nfd().collect::<String>().replace('ㅋ', "\u{110f}");
        let spans = |text: &str| {
            let span = |name: String| {
                let start = text[..text.find(&name).expect("the name")].chars().count();
                start..start + name.chars().count()
            };
            let is_composed = text.contains("김하늘");
            ["김하늘", "박바다"].map(|name| span(if is_composed { name.to_owned() } else { name.nfd().collect() }))
        };
        let expected = reader.read_gold(&document(text, &spans(text)), &labels);
        let found = reader.read_gold(&document(&decomposed, &spans(&decomposed)), &labels);
        assert_eq!(
            (&found.composed, &found.tags, &found.sentences),
            (&expected.composed, &expected.tags, &expected.sentences)
        );
        let is_marked =
            |sentence: usize| expected.tags[expected.sentences[sentence].clone()].iter().any(|&tag| tag != OUTSIDE);
        assert_eq!([0, 1, 2].map(is_marked), [false, true, true]);
        assert_eq!(reader.read_text(&decomposed).composed, text);
    }

    #[test]
    fn a_text_is_encoded_whole() {
        let tokenizer = tokenizer();
        let mut reader = Reader::new(&tokenizer);
        let mut labels = Labels::default();
        labels.number("PS");
        let read = reader.read_gold(&document("서울 행사\n이장우 시장은 왔다. 시장은 갔다.", &[0..2, 6..9]), &labels);
        let unannotated = LabelSet::from_iter([1]);
        let vocabulary = Vocabulary::default();
        let shape = Shape {
            tables: tables(&vocabulary, [1; TABLES]),
            beside: 0,
            flags: Table { rows: FLAGS, width: 1 },
            width: 1,
            layers: Vec::new(),
            tags: labels.tags().count(),
        };
        let mut data = Dataset::new(&shape);
        let texts = [read.leaving_out(unannotated), reader.read_text("시장은 갔다.")];
        Encoder::new(&vocabulary).push_tagged(texts.iter().map(|text| (text, None, 2.0)), &mut data);
        assert_eq!((data.texts(), data.text(0), data.text(1)), (2, 0..3, 3..4));
        assert_eq!([0, 1].map(|text| data.unannotated(text)), [unannotated, LabelSet::default()]);
        assert!(data.fits(&shape));
        // Only the heading and the line after it have a flag of the context.
        let is_flagged = |sentence: usize| data.sentence(sentence).all(|unit| data.flags(unit).last() >= Some(&64));
        assert_eq!([0, 1, 2, 3].map(is_flagged), [true, true, false, false]);
    }

    #[test]
    fn of_two_mentions_in_a_unit_the_first_is_learnt() {
        let tokenizer = tokenizer();
        let mut labels = Labels::default();
        labels.number("PS");
        let sentence = Reader::new(&tokenizer).read_gold(&document("시장은 웃었다.", &[0..1, 1..2, 4..6]), &labels);
        assert_eq!(sentence.sentences(), 1);
        assert_eq!(&sentence.composed[sentence.units[0].range()], "시장");
        let single = labels.tags().of_mention(0, 1).collect::<Vec<_>>();
        assert_eq!(sentence.tags[..2], [single[0], OUTSIDE]);
        let may_follow = |pair: &[usize]| labels.tags().may_follow(pair[0], pair[1]);
        assert!(sentence.tags.windows(2).all(may_follow), "{:?}", sentence.tags);
    }
}
