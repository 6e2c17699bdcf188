//! The parameters of a network: what training finds and a model file holds.
//!
//! Matrices are in rows, one for each output: `out[i] = bias[i] + Σ weight[i * columns + j] · in[j]`.

use crate::model::shape::Shape;

/// A matrix and what is added after it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Linear {
    /// The rows one after another.
    pub weight: Vec<f32>,
    /// One number for each row.
    pub bias: Vec<f32>,
}

/// The gain and bias of a layer normalisation.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Norm {
    /// What each number is multiplied by.
    pub gain: Vec<f32>,
    /// What is added to it.
    pub bias: Vec<f32>,
}

/// The parameters of a layer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LayerParameters {
    /// Before the matrix.
    pub norm: Norm,
    /// The matrix.
    pub linear: Linear,
}

/// All parameters of a network of some [`Shape`].
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Parameters {
    /// For each table its rows one after another.
    pub tables: Vec<Vec<f32>>,
    /// The rows of the flags.
    pub flags: Vec<f32>,
    /// From what was looked up to the network's width.
    pub input: Linear,
    /// The layers.
    pub layers: Vec<LayerParameters>,
    /// After the last layer.
    pub norm: Norm,
    /// From the network's width to the scores of the tags.
    pub output: Linear,
    /// The score of each tag after each other: `transitions[before * tags + after]`. Those that cannot be are not used.
    pub transitions: Vec<f32>,
}

impl Parameters {
    /// Parameters that are all zero, with gains of one.
    pub fn zeros(shape: &Shape) -> Parameters {
        let linear = |rows: usize, columns: usize| Linear { weight: vec![0.0; rows * columns], bias: vec![0.0; rows] };
        let norm = || Norm { gain: vec![1.0; shape.width], bias: vec![0.0; shape.width] };
        let layer = |(rows, columns)| LayerParameters { norm: norm(), linear: linear(rows, columns) };
        Parameters {
            tables: shape.tables.iter().map(|table| vec![0.0; table.rows * table.width]).collect(),
            flags: vec![0.0; shape.flags.rows * shape.flags.width],
            input: linear(shape.width, shape.inputs()),
            layers: shape.layers.iter().map(|kind| layer(kind.matrix(shape.width))).collect(),
            norm: norm(),
            output: linear(shape.tags, shape.width),
            transitions: vec![0.0; shape.tags * shape.tags],
        }
    }

    /// Every array of numbers, always in the same order: that of a model file.
    pub fn arrays(&self) -> Vec<&[f32]> {
        let mut arrays: Vec<&[f32]> = self.tables.iter().map(Vec::as_slice).collect();
        arrays.extend([&self.flags[..], &self.input.weight, &self.input.bias]);
        for LayerParameters { norm, linear } in &self.layers {
            arrays.extend([&norm.gain[..], &norm.bias, &linear.weight, &linear.bias]);
        }
        arrays.extend([
            &self.norm.gain[..],
            &self.norm.bias,
            &self.output.weight,
            &self.output.bias,
            &self.transitions,
        ]);
        arrays
    }

    /// As [`arrays`](Self::arrays), to be changed.
    pub fn arrays_mut(&mut self) -> Vec<&mut [f32]> {
        let mut arrays: Vec<&mut [f32]> = self.tables.iter_mut().map(Vec::as_mut_slice).collect();
        arrays.extend([&mut self.flags[..], &mut self.input.weight, &mut self.input.bias]);
        for LayerParameters { norm, linear } in &mut self.layers {
            arrays.extend([&mut norm.gain[..], &mut norm.bias, &mut linear.weight, &mut linear.bias]);
        }
        arrays.extend([
            &mut self.norm.gain[..],
            &mut self.norm.bias,
            &mut self.output.weight,
            &mut self.output.bias,
            &mut self.transitions,
        ]);
        arrays
    }
}
