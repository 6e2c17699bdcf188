//! A worker: the buffers of one thread, and the steps from a document's text to its mentions.

use std::ops::Range;

use gisa_tokenizer::Morpheme;

use crate::candidate::{Candidate, select};
use crate::link::{Linkable, link};
use crate::mention::{Mention, Tagged, TitleMention};
use crate::recall::Memory;
use crate::rule::Rule;
use crate::sentence::AnalyzedSentence;
use crate::span::drop_words_before_titles;
use crate::tagger::Shared;
use crate::tagger::Tagger;
use crate::title::Title;
use crate::word::{Word, find_words};
use gisa_dates::{Basis, DateValue, Dates};
use gisa_model::Buffers;
use gisa_text::{ComposedText, sentences};
use gisa_text::{Document, Label};

/// Tags documents in one thread.
///
/// It owns the tokenizer's worker and the buffers for a document's morphemes and words, which are reused from one
/// document to the next. [`Tagger::new_worker`] creates it.
pub struct Worker {
    tagger: Tagger,
    tokenizer: gisa_tokenizer::Worker,
    analysis: Analysis,
    words: Vec<Word>,
    buffers: Buffers,
}

/// A document's sentences with their morphemes and words.
#[derive(Default)]
struct Analysis {
    morphemes: Vec<Morpheme>,
    words: Vec<Word>,
    sentences: Vec<SentencePlace>,
}

/// The range of a sentence in the document, and those of its morphemes and words in the analysis.
struct SentencePlace {
    range: Range<usize>,
    morphemes: Range<usize>,
    words: Range<usize>,
}

impl Analysis {
    fn sentences<'s>(&'s self, text: &'s str) -> impl Iterator<Item = AnalyzedSentence<'s>> {
        self.sentences.iter().map(move |sentence| AnalyzedSentence {
            text,
            range: sentence.range.clone(),
            morphemes: &self.morphemes[sentence.morphemes.clone()],
            words: &self.words[sentence.words.clone()],
        })
    }
}

impl std::fmt::Debug for Worker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Worker").field("tagger", &self.tagger).finish_non_exhaustive()
    }
}

impl Worker {
    pub(crate) fn new(tagger: &Tagger) -> Worker {
        Worker {
            tokenizer: tagger.tokenizer().new_worker(),
            tagger: tagger.clone(),
            analysis: Analysis::default(),
            words: Vec::new(),
            buffers: Buffers::default(),
        }
    }

    /// Finds the mentions of a document and the entities to which they refer. It never fails, whatever the text.
    ///
    /// Decomposed text is analyzed in composed form ([`composed`](gisa_text::composed)): the ranges of mentions are
    /// those of the document as it is, the names of entities are composed.
    ///
    /// The steps are: sentences, morphemes and words; candidates of every recognizer; recall of names found elsewhere
    /// in the document; selection among overlapping candidates; values of dates; linking; the minimum confidence.
    pub fn tag<'t>(&mut self, document: Document<'t>) -> Tagged<'t> {
        let composed = ComposedText::new(document.text);
        let text = composed.text();
        self.analyse(text);
        let tagger = self.tagger.clone();
        let mut candidates = self.propose(&tagger.shared, text);
        select(&mut candidates);
        // A combining mark alone has no range of its own in the document.
        candidates.retain(|candidate| !composed.original(&candidate.range).is_empty());
        self.finish(document, &composed, &candidates)
    }

    fn analyse(&mut self, text: &str) {
        let analysis = &mut self.analysis;
        analysis.morphemes.clear();
        analysis.words.clear();
        analysis.sentences.clear();
        for range in sentences(text) {
            let morphemes = self.tokenizer.tokenize_sentence(text, range.clone());
            find_words(&self.tagger.shared.lists, text, &range, morphemes, &mut self.words);
            let first = (analysis.morphemes.len(), analysis.words.len());
            analysis.morphemes.extend_from_slice(morphemes);
            analysis.words.append(&mut self.words);
            analysis.sentences.push(SentencePlace {
                range,
                morphemes: first.0..analysis.morphemes.len(),
                words: first.1..analysis.words.len(),
            });
        }
    }

    fn propose<'s>(&mut self, shared: &'s Shared, text: &str) -> Vec<Candidate<'s>> {
        let mut candidates = Vec::new();
        let sentences: Vec<_> = self.analysis.sentences(text).collect();
        for sentence in &sentences {
            shared.user.propose(sentence, &mut candidates);
            if let Some(temporal) = &shared.temporal {
                temporal.propose(sentence, &mut candidates);
            }
        }
        shared.model.propose(&shared.lists, text, &sentences, &mut self.buffers, &mut candidates);
        drop_words_before_titles(text, &mut candidates);
        let memory = Memory::of(text, &candidates);
        for sentence in &sentences {
            memory.recall(&shared.lists, sentence, &mut candidates);
        }
        candidates
    }

    /// Resolves the dates and links the mentions in the composed text, and maps all ranges back to the document.
    fn finish<'t>(
        &self,
        document: Document<'t>,
        composed: &ComposedText<'_>,
        candidates: &[Candidate<'_>],
    ) -> Tagged<'t> {
        let text = composed.text();
        let sentences: Vec<Range<usize>> = self.analysis.sentences.iter().map(|each| each.range.clone()).collect();
        let dates = resolved_dates(&Document { text, ..document }, &sentences, candidates);
        let values: Vec<Option<String>> = dates.iter().map(|date| date.value.map(|value| value.to_string())).collect();
        let linkables: Vec<Linkable<'_>> = candidates
            .iter()
            .zip(&values)
            .map(|(candidate, value)| Linkable {
                candidate,
                text: &text[candidate.range.clone()],
                value: value.as_deref(),
            })
            .collect();
        let (entities, links) = link(text, &linkables);
        let mut chars = CharCounter { text: document.text, byte: 0, chars: 0 };
        let mut sentence = 0;
        let mentions = candidates
            .iter()
            .zip(dates)
            .zip(links)
            .map(|((candidate, date), link)| {
                while self.analysis.sentences[sentence].range.end <= candidate.range.start {
                    sentence += 1;
                }
                let bytes = composed.original(&candidate.range);
                let chars = chars.at(bytes.start)..chars.at(bytes.end);
                let title = candidate.title.as_ref();
                let title = title.map(|title| title_mention(document.text, composed, title, &bytes, &chars));
                Mention {
                    label: candidate.label,
                    text: &document.text[bytes.clone()],
                    chars,
                    bytes,
                    sentence,
                    entity: link.entity,
                    value: date.value,
                    basis: date.basis,
                    title,
                    confidence: link.confidence,
                    rule: date.rule.unwrap_or(candidate.rule),
                }
            })
            .collect();
        let sentences = sentences.iter().map(|sentence| composed.original(sentence)).collect();
        let mut tagged = Tagged { document, sentences, mentions, entities };
        tagged.retain_confident(self.tagger.shared.min_confidence);
        tagged
    }
}

/// Returns the title after a person's name, with its ranges in the document as it was written.
fn title_mention<'t>(
    document: &'t str,
    composed: &ComposedText<'_>,
    title: &Title,
    name_bytes: &Range<usize>,
    name_chars: &Range<usize>,
) -> TitleMention<'t> {
    let bytes = composed.original(&title.range);
    let text = &document[bytes.clone()];
    let start = name_chars.end + document[name_bytes.end..bytes.start].chars().count();
    TitleMention { text, chars: start..start + text.chars().count(), bytes }
}

/// The reading of a mention as a date; empty for other mentions.
#[derive(Clone, Default)]
struct DateReading {
    value: Option<DateValue>,
    basis: Option<Basis>,
    rule: Option<Rule>,
}

/// Resolves the candidates that are dates, in the order of the text.
fn resolved_dates(
    document: &Document<'_>,
    sentences: &[Range<usize>],
    candidates: &[Candidate<'_>],
) -> Vec<DateReading> {
    let is_date = |candidate: &&Candidate<'_>| candidate.label == Label::Date;
    let spans = candidates.iter().filter(is_date).map(|candidate| candidate.range.clone());
    let mut resolved =
        Dates::new().resolve_in_sentences(document.text, document.published, sentences, spans).into_iter();
    let mut reading = |candidate: &Candidate<'_>| {
        let date = is_date(&candidate).then(|| resolved.next()).flatten()?;
        // Other rules, such as a user's entry, are kept.
        let rule = matches!(candidate.rule, Rule::Temporal | Rule::Model).then_some(Rule::Date(date.rule));
        Some(DateReading { value: date.value, basis: date.basis, rule })
    };
    candidates.iter().map(|candidate| reading(candidate).unwrap_or_default()).collect()
}

/// Converts byte offsets, requested in ascending order, to character offsets in one pass over the document.
struct CharCounter<'t> {
    text: &'t str,
    byte: usize,
    chars: usize,
}

impl CharCounter<'_> {
    fn at(&mut self, byte: usize) -> usize {
        self.chars += self.text[self.byte..byte].chars().count();
        self.byte = byte;
        self.chars
    }
}
