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
    /// Index of its sentence.
    pub sentence: usize,
}

/// Number of units after which a text is cut, at the end of a sentence: no network needs a longer context, and the memory for
/// any text is bounded.
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
