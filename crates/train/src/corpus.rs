//! The training corpus: texts analysed into sentences of units, with tags for the annotated mentions.

use std::ops::Range;

use gisa_text::{ComposedText, sentences};
use gisa_tokenizer::{Tokenizer, Worker};
use rustc_hash::FxHashMap;

use crate::dataset::Dataset;
use gisa_gold::GoldDocument;
use gisa_model::ListedForms;
use gisa_model::features::{Features, Vocabulary, fingerprint};
use gisa_model::tags::{OUTSIDE, Tags};
use gisa_model::unit::{Unit, Units};

/// A sentence of units.
pub(crate) struct Sentence {
    text: String,
    units: Vec<Unit>,
    /// Tag of each unit, where mentions are annotated.
    pub tags: Vec<usize>,
}

impl Sentence {
    /// Returns the number of units.
    pub fn len(&self) -> usize {
        self.units.len()
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

    /// Calls `sentence_read` with each sentence of a text without annotation, composed as the tagger reads it.
    pub fn read_text(&mut self, text: &str, sentence_read: impl FnMut(Sentence)) {
        self.read_composed(ComposedText::new(text).text(), sentence_read);
    }

    /// Calls `sentence_read` with each sentence of a composed text.
    fn read_composed(&mut self, text: &str, mut sentence_read: impl FnMut(Sentence)) {
        for range in sentences(text) {
            let mut units = Vec::new();
            self.cutter.read(text, self.worker.tokenize_sentence(text, range.clone()), &mut units);
            for unit in &mut units {
                *self.counts.entry(fingerprint(&text[unit.range()], unit)).or_default() += 1;
                unit.start -= range.start;
                unit.end -= range.start;
            }
            sentence_read(Sentence { text: text[range].to_owned(), units, tags: Vec::new() });
        }
    }

    /// Returns the sentences of a text with the tags of its annotated mentions. A mention that begins or ends inside a unit
    /// is extended to the whole unit.
    pub fn read_gold(&mut self, document: &GoldDocument<String>, labels: &Labels) -> Vec<Sentence> {
        let tags = labels.tags();
        let composed = ComposedText::new(&document.text);
        let bytes: Vec<usize> =
            document.text.char_indices().map(|(byte, _)| byte).chain([document.text.len()]).collect();
        let marked: Vec<(Range<usize>, usize)> = document
            .mentions
            .iter()
            .filter_map(|mention| {
                let label = labels.find(&mention.label)?;
                Some((composed.composed(&(bytes[mention.chars.start]..bytes[mention.chars.end])), label))
            })
            .collect();
        let mut all = Vec::new();
        let starts: Vec<usize> = sentences(composed.text()).map(|range| range.start).collect();
        self.read_composed(composed.text(), |sentence| all.push(sentence));
        for (sentence, start) in all.iter_mut().zip(starts) {
            sentence.tags = vec![OUTSIDE; sentence.units.len()];
            for (range, label) in &marked {
                let inside = |unit: &Unit| start + unit.end > range.start && start + unit.start < range.end;
                let Some(first) = sentence.units.iter().position(inside) else { continue };
                let length = sentence.units[first..].iter().take_while(|unit| inside(unit)).count();
                // Of two mentions that share a unit the first has it.
                if sentence.tags[first] != OUTSIDE {
                    continue;
                }
                for (tag, of_mention) in sentence.tags[first..].iter_mut().zip(tags.of_mention(*label, length)) {
                    *tag = of_mention;
                }
            }
        }
        all
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

    /// Adds a sentence without its targets. With hints each unit has a further row, that of its hint.
    pub fn push(&mut self, sentence: &Sentence, hints: Option<&[usize]>, weight: f32, data: &mut Dataset) {
        self.features.read(&sentence.text, &sentence.units, self.vocabulary, &self.lists);
        for (unit, (rows, flags)) in self.features.rows.iter().zip(&self.features.flag_ranges).enumerate() {
            let flags = self.features.flags[flags.start as usize..flags.end as usize].iter().copied();
            match hints {
                None => data.push_unit(rows, flags),
                Some(hints) => {
                    let with_hint: Vec<u32> = rows.iter().copied().chain([hints[unit] as u32]).collect();
                    data.push_unit(&with_hint, flags);
                }
            }
        }
        data.end_sentence(weight);
    }

    /// Adds sentences with their tags, each with a weight.
    pub fn push_tagged<'s>(
        &mut self,
        sentences: impl Iterator<Item = (&'s Sentence, Option<&'s [usize]>, f32)>,
        data: &mut Dataset,
    ) {
        for (sentence, hints, weight) in sentences {
            self.push(sentence, hints, weight, data);
            for &tag in &sentence.tags {
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
    use gisa_tokenizer::tiny;

    fn document(text: &str, spans: &[Range<usize>]) -> GoldDocument<String> {
        let mentions = spans.iter().map(|chars| GoldMention { label: "PS".to_owned(), chars: chars.clone() }).collect();
        let text = text.to_owned();
        GoldDocument { id: String::new(), source: None, text, published: None, mentions, line: 1 }
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
        let tagged = |sentence: &Sentence| (sentence.text.clone(), sentence.tags.clone());
        assert_eq!(found.iter().map(tagged).collect::<Vec<_>>(), expected.iter().map(tagged).collect::<Vec<_>>());
        assert!(expected[1].tags.iter().any(|&tag| tag != OUTSIDE) && expected[2].tags[0] != OUTSIDE);

        let mut unmarked = Vec::new();
        reader.read_text(&decomposed, |sentence| unmarked.push(sentence.text));
        assert_eq!(unmarked.concat(), text.replace(". ", "."));
    }

    #[test]
    fn of_two_mentions_in_a_unit_the_first_is_learnt() {
        let tokenizer = tokenizer();
        let mut labels = Labels::default();
        labels.number("PS");
        let [sentence] =
            &Reader::new(&tokenizer).read_gold(&document("시장은 웃었다.", &[0..1, 1..2, 4..6]), &labels)[..]
        else {
            panic!("one sentence");
        };
        assert_eq!(&sentence.text[sentence.units[0].range()], "시장");
        let single = labels.tags().of_mention(0, 1).collect::<Vec<_>>();
        assert_eq!(sentence.tags[..2], [single[0], OUTSIDE]);
        let may_follow = |pair: &[usize]| labels.tags().may_follow(pair[0], pair[1]);
        assert!(sentence.tags.windows(2).all(may_follow), "{:?}", sentence.tags);
    }
}
