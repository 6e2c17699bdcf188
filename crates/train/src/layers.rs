//! The forward and backward passes of the network that [`shape`](gisa_model::shape) describes, with dropout.

use ndarray::Array2;

use crate::batch::Units;
use crate::dataset::Dataset;
use crate::large_table::is_large;
use crate::options::Options;
use crate::random::Random;
use gisa_model::parameters::{Linear, Parameters};
use gisa_model::shape::{Layer, Shape};

mod convolution;
mod gate;
mod linear;
pub(super) mod lookup;
pub(crate) mod norm;

/// A network with the data set of its texts.
#[derive(Clone, Copy)]
pub(super) struct Network<'n> {
    pub shape: &'n Shape,
    pub parameters: &'n Parameters,
    pub data: &'n Dataset,
}

/// The random numbers and the options of dropout.
pub(super) struct Noise<'o> {
    pub random: Random,
    pub options: &'o Options,
}

/// The factors of dropout; none where there is no dropout.
struct Mask(Option<Array2<f32>>);

/// The activations of the forward pass that the backward pass needs.
pub(super) struct Tape {
    /// Rows in the first table, some replaced by the unknown one.
    pub words: Vec<u32>,
    input: Array2<f32>,
    input_mask: Mask,
    layers: Vec<LayerTape>,
    norm: norm::Kept,
    output: Array2<f32>,
    output_mask: Mask,
}

struct LayerTape {
    norm: norm::Kept,
    inner: InnerTape,
    mask: Mask,
}

enum InnerTape {
    Convolution(convolution::Kept),
    Gate(gate::Kept),
}

impl Mask {
    /// Draws a factor for each number, and multiplies the numbers by them.
    fn drop_out(numbers: &mut Array2<f32>, noise: &mut Option<Noise>, share: impl Fn(&Options) -> f32) -> Mask {
        let mask = Mask(noise.as_mut().map(|noise| {
            let mut factors = Array2::zeros(numbers.raw_dim());
            let slice = factors.as_slice_mut().expect("rows in order");
            noise.random.drop_out(slice, share(noise.options));
            factors
        }));
        mask.apply(numbers);
        mask
    }

    fn apply(&self, numbers: &mut Array2<f32>) {
        if let Some(factors) = &self.0 {
            *numbers *= factors;
        }
    }
}

impl Network<'_> {
    /// Returns the scores of the tags for each unit, with dropout where there is noise.
    pub fn forward(self, units: &Units, mut noise: Option<Noise>) -> (Array2<f32>, Tape) {
        let Network { shape, parameters, data } = self;
        let words = self.words(units, &mut noise);
        let mut input = lookup::forward(shape, parameters, data, units, &words);
        let input_mask = self.input_mask(&mut input, &mut noise);
        let input = lookup::with_neighbours(shape, &input, &units.texts);
        let mut state = linear::forward(&parameters.input, &input);
        let mut layers = Vec::with_capacity(shape.layers.len());
        for (&layer, parameters) in shape.layers.iter().zip(&parameters.layers) {
            let (mut change, norm, inner) = layer_forward(layer, parameters, &state, units);
            let mask = Mask::drop_out(&mut change, &mut noise, |options| options.dropout);
            state += &change;
            layers.push(LayerTape { norm, inner, mask });
        }
        let (mut output, norm) = norm::forward(&state);
        let output_mask = Mask::drop_out(&mut output, &mut noise, |options| options.dropout);
        let scores = linear::forward(&parameters.output, &output);
        (scores, Tape { words, input, input_mask, layers, norm, output, output_mask })
    }

    /// Adds to the gradient of all but large tables; returns that of the embeddings.
    pub fn backward(
        self,
        units: &Units,
        tape: &Tape,
        score_gradient: &Array2<f32>,
        gradient: &mut Parameters,
    ) -> Array2<f32> {
        let Network { shape, parameters, data } = self;
        let mut slopes = linear::backward(&parameters.output, &tape.output, score_gradient, &mut gradient.output);
        tape.output_mask.apply(&mut slopes);
        let mut slopes = norm::backward(&tape.norm, slopes);
        for ((tape, parameters), gradient) in tape.layers.iter().zip(&parameters.layers).zip(&mut gradient.layers).rev()
        {
            let mut inner = slopes.clone();
            tape.mask.apply(&mut inner);
            slopes += &layer_backward(tape, parameters, inner, units, gradient);
        }
        let slopes = linear::backward(&parameters.input, &tape.input, &slopes, &mut gradient.input);
        let mut slopes = lookup::without_neighbours(shape, &slopes, &units.texts);
        tape.input_mask.apply(&mut slopes);
        lookup::backward(shape, data, units, &tape.words, &slopes, gradient);
        slopes
    }

    /// Returns the rows in the first table, some replaced by the unknown one.
    fn words(self, units: &Units, noise: &mut Option<Noise>) -> Vec<u32> {
        let word = |&source: &usize| self.data.rows(source).first().copied().unwrap_or(0);
        let mut words: Vec<_> = units.sources.iter().map(word).collect();
        if let Some(Noise { random, options }) = noise {
            for word in &mut words {
                *word = if random.happens(options.word_dropout) { 0 } else { *word };
            }
        }
        words
    }

    /// Applies dropout to the embeddings: to single numbers, and to whole rows of large tables and of the flags.
    fn input_mask(self, input: &mut Array2<f32>, noise: &mut Option<Noise>) -> Mask {
        let Mask(mut factors) = Mask::drop_out(input, noise, |options| options.input_dropout);
        if let (Some(factors), Some(noise)) = (&mut factors, noise) {
            let flags = self.shape.flags;
            let tables = self.shape.tables.iter().copied().chain([flags]).zip(lookup::columns(self.shape)).enumerate();
            let whole = |table| table > 0 && (table == self.shape.tables.len() || is_large(self.shape.tables[table]));
            let columns: Vec<_> = tables.filter(|(table, _)| whole(*table)).map(|(_, (_, columns))| columns).collect();
            for (mut factors, mut input) in factors.rows_mut().into_iter().zip(input.rows_mut()) {
                for columns in &columns {
                    if noise.random.happens(noise.options.row_dropout) {
                        for column in columns.clone() {
                            (factors[column], input[column]) = (0.0, 0.0);
                        }
                    }
                }
            }
        }
        Mask(factors)
    }
}

/// Returns the output of a layer, which is added to the state after dropout.
fn layer_forward(
    layer: Layer,
    linear: &Linear,
    state: &Array2<f32>,
    units: &Units,
) -> (Array2<f32>, norm::Kept, InnerTape) {
    let (input, norm) = norm::forward(state);
    let (change, inner) = match layer {
        Layer::Convolution => {
            let (change, kept) = convolution::forward(linear, &input, &units.texts);
            (change, InnerTape::Convolution(kept))
        }
        Layer::Gate => {
            let (change, kept) = gate::forward(linear, input, &units.texts);
            (change, InnerTape::Gate(kept))
        }
    };
    (change, norm, inner)
}

/// Adds to the gradient of a layer; returns that of its input.
fn layer_backward(
    tape: &LayerTape,
    linear: &Linear,
    slopes: Array2<f32>,
    units: &Units,
    gradient: &mut Linear,
) -> Array2<f32> {
    let inner = match &tape.inner {
        InnerTape::Convolution(kept) => convolution::backward(linear, kept, slopes, &units.texts, gradient),
        InnerTape::Gate(kept) => gate::backward(linear, kept, slopes, &units.texts, gradient),
    };
    norm::backward(&tape.norm, inner)
}

/// Returns a gradient of zeros for all parameters but the large tables.
pub(super) fn no_gradient(shape: &Shape) -> Parameters {
    let mut shape = shape.clone();
    shape.tables.iter_mut().filter(|table| is_large(**table)).for_each(|table| table.rows = 0);
    let mut gradient = Parameters::zeros(&shape);
    gradient.arrays_mut().into_iter().for_each(|array| array.fill(0.0));
    gradient
}
