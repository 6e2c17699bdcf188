//! The opened model: from the morphemes of a text to its mentions.

use std::borrow::Cow;
use std::ops::Range;

use gisa_tokenizer::Morpheme;

use crate::crf::{Chain, Crf};
use crate::embedding::Embedding;
use crate::error::ModelError;
use crate::features::{self, Features, Vocabulary};
use crate::file::{self, Header};
use crate::lanes::Instructions;
use crate::lists::ListedForms;
use crate::network::{Activations, Network};
use crate::parameters::Parameters;
use crate::tags::Tags;
use crate::unit::{Unit, Units};

/// An opened, trained tagger. All threads share one; each has its own [`Buffers`].
pub struct Model {
    header: Header,
    tags: Tags,
    vocabulary: Vocabulary,
    lists: ListedForms,
    units: Units,
    network: Network,
    crf: Crf,
    instructions: Instructions,
}

/// A mention predicted by the model.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    /// Byte range in the document, half open.
    pub range: Range<usize>,
    /// Index of the label in [`Header::labels`].
    pub label: usize,
    /// Probability of the mention, from 0 to 1.
    pub confidence: f32,
    /// Index of its sentence in the text.
    pub sentence: usize,
}

/// Number of units after which a text is cut, at the end of a sentence, into blocks that the network reads one by one.
/// This bounds the memory for any text; few articles are longer.
const BLOCK_UNITS: usize = 4096;

/// The buffers of one thread.
#[derive(Debug, Default)]
pub struct Buffers {
    units: Vec<Unit>,
    of_sentence: Vec<Unit>,
    /// End of each sentence in the units.
    ends: Vec<usize>,
    features: Features,
    activations: Activations,
    chain: Chain,
    path: Vec<usize>,
}

impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Model").field("header", &self.header).finish_non_exhaustive()
    }
}

impl Model {
    /// Opens the model built into the crate.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read), though a test makes sure that it opens.
    #[cfg(feature = "fast")]
    pub fn fast() -> Result<Model, ModelError> {
        Model::read(Cow::Borrowed(include_bytes!("../models/fast.model")))
    }

    /// Opens a model from the bytes of its file.
    ///
    /// # Errors
    ///
    /// When the file is truncated, altered or of another version, and when the model was trained with other lists or features
    /// than this crate has.
    pub fn read(bytes: Cow<'static, [u8]>) -> Result<Model, ModelError> {
        let file = file::read(bytes)?;
        let lists = ListedForms::embedded();
        check_inputs(&file.header, &features::digest(&lists))?;
        let tags = Tags::new(file.header.labels.len());
        let crf = Crf::with_temperature(tags, &file.parameters.transitions, file.header.temperature);
        let Parameters { input, layers, output, .. } = file.parameters;
        let embedding = Embedding::new(&file.shape, &file.tables, &file.flags, &input, file.greatest);
        let layers = file.shape.layers.into_iter().zip(layers);
        Ok(Model {
            tags,
            network: Network::new(embedding, layers, &crf.arranged(&output)),
            crf,
            vocabulary: file.vocabulary,
            lists,
            units: Units::new(),
            header: file.header,
            instructions: Instructions::detect(),
        })
    }

    /// Returns the header of the model's file.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Calls `found` with each mention of a text, in the order of the text, given the morphemes of each sentence.
    pub fn tag<'m>(
        &self,
        text: &str,
        sentences: impl Iterator<Item = &'m [Morpheme]>,
        buffers: &mut Buffers,
        mut found: impl FnMut(Prediction),
    ) {
        buffers.features.begin(text);
        let mut first = 0;
        buffers.start_block();
        for (sentence, morphemes) in sentences.enumerate() {
            let Buffers { units, of_sentence, ends, features, .. } = &mut *buffers;
            self.units.read(text, morphemes, of_sentence);
            features.read(text, of_sentence, &self.vocabulary, &self.lists);
            units.append(of_sentence);
            ends.push(units.len());
            if units.len() >= BLOCK_UNITS {
                self.tag_block(first, buffers, &mut found);
                first = sentence + 1;
                buffers.start_block();
            }
        }
        self.tag_block(first, buffers, &mut found);
    }

    /// Calls `found` with the mentions of a block of sentences, of which the first has the index `first`.
    fn tag_block(&self, first: usize, buffers: &mut Buffers, found: &mut impl FnMut(Prediction)) {
        let Buffers { units, ends, features, activations, chain, path, .. } = buffers;
        if units.is_empty() {
            return;
        }
        self.network.run(features, activations, self.instructions);
        let scores = self.network.scores();
        let mut start = 0;
        for (sentence, &end) in ends.iter().enumerate() {
            let units = &units[start..end];
            let emissions = &activations.emissions[start * scores..end * scores];
            start = end;
            if units.is_empty() {
                continue;
            }
            path.clear();
            path.extend_from_slice(self.crf.decode(emissions, chain, self.instructions));
            let mentions = self.tags.mentions(path);
            if mentions.is_empty() {
                continue;
            }
            self.crf.sum(emissions, chain, self.instructions);
            for (of_mention, label) in mentions {
                let confidence = self.crf.probability(of_mention.start, &path[of_mention.clone()], chain);
                let range = units[of_mention.start].start..units[of_mention.end - 1].end;
                found(Prediction { range, label, confidence, sentence: first + sentence });
            }
        }
    }
}

impl Buffers {
    /// Removes the units of the block before.
    fn start_block(&mut self) {
        self.units.clear();
        self.ends.clear();
        self.features.clear();
    }
}

/// Checks that a model was trained with the lists and features of this crate.
fn check_inputs(header: &Header, expected: &str) -> Result<(), ModelError> {
    if header.inputs == expected {
        return Ok(());
    }
    let (model, expected, found) = (header.name.clone(), expected.to_owned(), header.inputs.clone());
    Err(ModelError::Inputs { model, expected, found })
}

#[cfg(all(test, feature = "fast"))]
mod tests {
    use super::*;

    #[test]
    fn a_model_of_other_lists_is_refused_by_name() {
        let model = Model::fast().expect("the built-in model opens");
        let header = Header { inputs: "ab12".to_owned(), ..model.header().clone() };
        let expected = features::digest(&model.lists);
        let error = check_inputs(&header, &expected).unwrap_err().to_string();
        assert!(error.starts_with("the model \"fast\" was trained with other word lists or features (digest ab12)"));
        assert!(error.contains(&expected) && error.ends_with("train it again"), "{error}");
    }

    #[test]
    fn the_digest_is_pinned() {
        // Whoever changes a list, the number of a tag or the size of a table trains the model anew.
        let digest = features::digest(&ListedForms::embedded());
        assert_eq!(digest, Model::fast().expect("the built-in model opens").header().inputs);
        assert_eq!(digest.len(), 64);
    }
}

#[cfg(test)]
mod block_tests {
    use super::*;
    use crate::features::{FLAGS, TABLES, fingerprint, tables};
    use crate::shape::{STRIDE, Shape, Table};
    use crate::tags::{OUTSIDE, SpanPosition};
    use gisa_tokenizer::{Tokenizer, tiny};

    /// The morphemes of each sentence of a text.
    fn analyse(text: &str) -> Vec<Vec<Morpheme>> {
        let tokenizer = Tokenizer::new(tiny::dictionary().expect("the tiny dictionary"));
        let mut worker = tokenizer.new_worker();
        gisa_text::sentences(text).map(|range| worker.tokenize_sentence(text, range).to_vec()).collect()
    }

    /// A model of one label, whose mentions are the occurrences of one word.
    fn model_of(word: &str) -> Model {
        let mut units = Vec::new();
        Units::new().read(word, &analyse(word)[0], &mut units);
        let vocabulary = Vocabulary::new(vec![fingerprint(word, &units[0])]);
        let (tags, width) = (Tags::new(1), STRIDE);
        let shape = Shape {
            tables: tables(&vocabulary, [1; TABLES]),
            beside: 0,
            flags: Table { rows: FLAGS, width: 1 },
            width,
            layers: Vec::new(),
            tags: tags.count(),
        };
        let mut parameters = Parameters::zeros(&shape);
        parameters.tables[0][1] = 1.0;
        let sign = |place: usize| if place.is_multiple_of(2) { 1.0 } else { -1.0 };
        let single = tags.of(0, SpanPosition::Single);
        for place in 0..width {
            parameters.input.weight[place * shape.inputs()] = sign(place);
            parameters.output.weight[single * width + place] = sign(place);
        }
        parameters.output.bias[OUTSIDE] = 8.0;
        let header = Header {
            name: "word".to_owned(),
            labels: vec!["LC".to_owned()],
            surfaces: 1,
            table_widths: vec![1; TABLES],
            flag_width: 1,
            tables_beside: 0,
            width,
            layers: Vec::new(),
            temperature: 1.0,
            training: Vec::new(),
            licence: String::new(),
            inputs: features::digest(&ListedForms::embedded()),
        };
        Model::read(Cow::Owned(file::write(&header, &shape, &vocabulary, &parameters))).expect("the model opens")
    }

    #[test]
    fn mentions_of_a_text_of_many_blocks_have_their_place() {
        let text = "대전 시장은 왔다. 그는 서울에서 서울로 갔다.\n".repeat(700);
        let mut sentences = analyse(&text);
        // Sentences without a morpheme count too.
        sentences.insert(1, Vec::new());
        sentences.push(Vec::new());
        let model = model_of("서울");
        let mut buffers = Buffers::default();
        let mut tag = |text: &str, sentences: &[Vec<Morpheme>]| {
            let mut found = Vec::new();
            model.tag(text, sentences.iter().map(Vec::as_slice), &mut buffers, |mention| found.push(mention));
            found
        };
        let units: usize = sentences.iter().map(Vec::len).sum();
        assert!(units > 2 * BLOCK_UNITS, "{units}");
        let found = tag(&text, &sentences);
        let expected: Vec<_> = text.match_indices("서울").map(|(at, word)| at..at + word.len()).collect();
        assert_eq!(found.iter().map(|mention| mention.range.clone()).collect::<Vec<_>>(), expected);
        for mention in &found {
            let morphemes = &sentences[mention.sentence];
            let sentence = morphemes[0].start()..morphemes[morphemes.len() - 1].end();
            assert!(sentence.contains(&mention.range.start), "{mention:?} {sentence:?}");
            assert!(mention.label == 0 && mention.confidence > 0.9, "{mention:?}");
        }
        // The buffers hold nothing of the text before.
        assert_eq!(tag("", &[]), []);
        let short = "서울 시장";
        assert_eq!(tag(short, &analyse(short)).len(), 1);
    }
}
