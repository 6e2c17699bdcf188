//! A worker: one thread's buffers, and the analysis of texts with them.

use std::fmt;
use std::ops::Range;

use gisa_text::sentences;
use serde::{Deserialize, Serialize};

use crate::lattice::{Lattice, PathWord, WordSources};
use crate::morpheme::Morpheme;
use crate::tokenizer::Tokenizer;

/// The longest stretch that is searched as one lattice, in bytes.
///
/// A sentence of a newspaper has a few hundred. What is longer is no sentence (a table, a text without spaces or stops)
/// and is cut, so that time and memory stay linear.
const MAX_LATTICE_BYTES: usize = 8 * 1024;

/// The most paths that are tried for the analyses of a stretch: many have the same surfaces and tags.
const MAX_PATHS: usize = 1_000;

/// Analyses texts on one thread. It owns the buffers of the search and the list of morphemes, which it reuses from text
/// to text. [`Tokenizer::new_worker`] makes one.
pub struct Worker {
    tokenizer: Tokenizer,
    lattice: Lattice,
    morphemes: Vec<Morpheme>,
    cost: i64,
}

/// One way of analysing a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Analysis {
    /// The cost of the words and their connections together. Of two analyses of a sentence the cheaper one is the more
    /// probable; 700 less is about twice as probable (mecab-ko-dic's costs are close to -1,000 times natural
    /// logarithms).
    pub cost: i64,
    /// The morphemes, in order.
    pub morphemes: Vec<Morpheme>,
}

impl Worker {
    pub(crate) fn new(tokenizer: &Tokenizer) -> Worker {
        Worker { tokenizer: tokenizer.clone(), lattice: Lattice::default(), morphemes: Vec::new(), cost: 0 }
    }

    /// Analyses a text of any length: sentence by sentence, with the ranges of the morphemes in the whole text.
    ///
    /// Morphemes come in order and do not overlap. White space belongs to none of them, except inside a user dictionary's
    /// entry that is written with it.
    pub fn tokenize(&mut self, text: &str) -> &[Morpheme] {
        self.clear();
        for sentence in sentences(text) {
            self.push_sentence(text, sentence);
        }
        &self.morphemes
    }

    /// Analyses one sentence of a text, as [`sentences`] returns it. The ranges of the morphemes are in bytes of the
    /// whole text.
    ///
    /// # Panics
    ///
    /// When the range does not lie on character boundaries of the text.
    pub fn tokenize_sentence(&mut self, text: &str, sentence: Range<usize>) -> &[Morpheme] {
        self.clear();
        self.push_sentence(text, sentence);
        &self.morphemes
    }

    /// Returns the cost of the most recent analysis: its words, their connections, and those with the ends of each
    /// sentence. See [`Analysis::cost`].
    pub fn cost(&self) -> i64 {
        self.cost
    }

    /// Returns the cheapest analyses of one sentence of a text, at most `count`, the cheapest first.
    ///
    /// The first is that of [`tokenize_sentence`](Self::tokenize_sentence). Each of the others differs from those
    /// before it in a surface or a tag. There may be fewer than `count`: a sentence may have no more, and where very many
    /// words have the same surface and tag, only the first 1,000 combinations are tried.
    ///
    /// ```
    /// use gisa_tokenizer::Tokenizer;
    ///
    /// # let dictionary = gisa_tokenizer::tiny::dictionary()?;
    /// let tokenizer = Tokenizer::new(dictionary);
    /// let text = "나는 새";
    /// let analyses = tokenizer.new_worker().analyses(text, 0..text.len(), 2);
    /// let written = |n: usize| -> Vec<String> {
    ///     analyses[n].morphemes.iter().map(|m| format!("{}/{}", m.surface(text), m.tag())).collect()
    /// };
    /// assert_eq!(written(0), ["나/NP", "는/JX", "새/NNG"]);
    /// assert_eq!(written(1), ["나/NP", "는/JX", "새/VV+EC"]);
    /// assert!(analyses[0].cost < analyses[1].cost);
    /// # Ok::<(), gisa_tokenizer::Error>(())
    /// ```
    ///
    /// # Panics
    ///
    /// When the range does not lie on character boundaries of the text.
    pub fn analyses(&mut self, text: &str, sentence: Range<usize>, count: usize) -> Vec<Analysis> {
        let mut analyses = vec![Analysis { cost: 0, morphemes: Vec::new() }];
        for stretch in stretches(text, sentence) {
            let of_stretch = self.analyses_of_stretch(text, stretch, count);
            analyses = cheapest_pairs(&analyses, &of_stretch, count);
        }
        analyses.truncate(count);
        analyses
    }

    fn clear(&mut self) {
        self.morphemes.clear();
        self.cost = 0;
    }

    fn push_sentence(&mut self, text: &str, sentence: Range<usize>) {
        let sources = self.tokenizer.word_sources();
        for stretch in stretches(text, sentence) {
            let path = self.lattice.search(&text[stretch.clone()], sources);
            self.cost += i64::from(path.cost);
            self.morphemes.extend(path.words.iter().map(|word| morpheme(sources, stretch.start, word)));
        }
    }

    fn analyses_of_stretch(&mut self, text: &str, stretch: Range<usize>, count: usize) -> Vec<Analysis> {
        let sources = self.tokenizer.word_sources();
        self.lattice.search(&text[stretch.clone()], sources);
        let mut paths = self.lattice.paths(sources);
        let mut analyses: Vec<Analysis> = Vec::new();
        for _ in 0..MAX_PATHS.max(count) {
            if analyses.len() == count {
                break;
            }
            let Some(path) = paths.next() else { break };
            let words = path.words.iter().map(|word| morpheme(sources, stretch.start, word));
            let next = Analysis { cost: i64::from(path.cost), morphemes: words.collect() };
            if !analyses.iter().any(|other| other.reads_as(&next)) {
                analyses.push(next);
            }
        }
        analyses
    }
}

impl fmt::Debug for Worker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Worker")
            .field("tokenizer", &self.tokenizer)
            .field("morphemes", &self.morphemes)
            .field("cost", &self.cost)
            .finish_non_exhaustive()
    }
}

impl Analysis {
    /// Whether two analyses have the same surfaces and tags.
    fn reads_as(&self, other: &Analysis) -> bool {
        let seen = |analysis: &Analysis| -> Vec<_> {
            analysis.morphemes.iter().map(|morpheme| (morpheme.range(), morpheme.tag())).collect()
        };
        self.morphemes.len() == other.morphemes.len() && seen(self) == seen(other)
    }
}

/// Returns the cheapest combinations of an analysis of one stretch and one of the next.
fn cheapest_pairs(firsts: &[Analysis], seconds: &[Analysis], count: usize) -> Vec<Analysis> {
    let mut pairs: Vec<(&Analysis, &Analysis)> =
        firsts.iter().flat_map(|first| seconds.iter().map(move |second| (first, second))).collect();
    pairs.sort_by_key(|(first, second)| first.cost + second.cost);
    let joined = pairs.into_iter().take(count).map(|(first, second)| Analysis {
        cost: first.cost + second.cost,
        morphemes: [&first.morphemes[..], &second.morphemes].concat(),
    });
    joined.collect()
}

/// Returns the stretches of a sentence that are searched as one lattice each: nearly always the whole sentence.
fn stretches(text: &str, sentence: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut start = sentence.start;
    std::iter::from_fn(move || {
        let stretch = start..lattice_end(text, start, sentence.end);
        start = stretch.end;
        (!stretch.is_empty()).then_some(stretch)
    })
}

/// Returns the end of the stretch that starts at `start`: the sentence's end, else the last white space that keeps the
/// stretch short enough, else the last character boundary that does.
fn lattice_end(text: &str, start: usize, end: usize) -> usize {
    if end - start <= MAX_LATTICE_BYTES {
        return end;
    }
    let limit = text.floor_char_boundary(start + MAX_LATTICE_BYTES);
    match text[start..limit].rfind(char::is_whitespace) {
        Some(space) if space > 0 => start + space,
        _ => limit,
    }
}

fn morpheme(sources: WordSources<'_>, offset: usize, word: &PathWord) -> Morpheme {
    let (tag, class) = sources.tag_and_class(word.source, word.word);
    Morpheme::new(offset + word.start..offset + word.end, tag, class, word.source)
}
