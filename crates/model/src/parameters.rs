//! The parameters of a network, which training fits and a model file holds.
//!
//! Matrices are in rows, one for each output: `out[i] = bias[i] + Σ weight[i * columns + j] · in[j]`.

use crate::shape::Shape;

/// A matrix and a bias.
#[derive(Clone, Debug, PartialEq)]
pub struct Linear {
    /// The matrix in row-major order.
    pub weight: Vec<f32>,
    /// One bias for each row.
    pub bias: Vec<f32>,
}

/// All parameters of a network of a given [`Shape`].
#[derive(Clone, Debug, PartialEq)]
pub struct Parameters {
    /// Each table in row-major order.
    pub tables: Vec<Vec<f32>>,
    /// The table of the flags in row-major order.
    pub flags: Vec<f32>,
    /// From the embeddings of a unit to the network's width.
    pub input: Linear,
    /// The matrices of the layers.
    pub layers: Vec<Linear>,
    /// From the network's width to the scores of the tags.
    pub output: Linear,
    /// The score of each transition, `transitions[before * tags + after]`. Those of impossible transitions are not used.
    pub transitions: Vec<f32>,
}

impl Parameters {
    /// Returns parameters that are all zero.
    pub fn zeros(shape: &Shape) -> Parameters {
        let linear = |rows: usize, columns: usize| Linear { weight: vec![0.0; rows * columns], bias: vec![0.0; rows] };
        Parameters {
            tables: shape.tables.iter().map(|table| vec![0.0; table.rows * table.width]).collect(),
            flags: vec![0.0; shape.flags.rows * shape.flags.width],
            input: linear(shape.width, shape.inputs()),
            layers: shape
                .layers
                .iter()
                .map(|kind| kind.matrix(shape.width))
                .map(|(rows, columns)| linear(rows, columns))
                .collect(),
            output: linear(shape.tags, shape.width),
            transitions: vec![0.0; shape.tags * shape.tags],
        }
    }

    /// Returns every array of numbers, in the order of a model file.
    pub fn arrays(&self) -> Vec<&[f32]> {
        let mut arrays: Vec<&[f32]> = self.tables.iter().map(Vec::as_slice).collect();
        arrays.extend([&self.flags[..], &self.input.weight, &self.input.bias]);
        for linear in self.layers.iter().chain([&self.output]) {
            arrays.extend([&linear.weight[..], &linear.bias]);
        }
        arrays.push(&self.transitions);
        arrays
    }

    /// Returns every array of numbers to be changed, in the order of [`arrays`](Self::arrays).
    pub fn arrays_mut(&mut self) -> Vec<&mut [f32]> {
        let mut arrays: Vec<&mut [f32]> = self.tables.iter_mut().map(Vec::as_mut_slice).collect();
        arrays.extend([&mut self.flags[..], &mut self.input.weight, &mut self.input.bias]);
        for linear in self.layers.iter_mut().chain([&mut self.output]) {
            arrays.extend([&mut linear.weight[..], &mut linear.bias]);
        }
        arrays.push(&mut self.transitions);
        arrays
    }
}
