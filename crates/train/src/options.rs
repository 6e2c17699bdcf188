//! The settings of training.

/// The settings of training.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Options {
    /// How often every sentence is seen.
    pub epochs: usize,
    /// How many units are looked at before the parameters change.
    pub units_per_batch: usize,
    /// The learning rate at its highest, for all but the large tables.
    pub learning_rate: f32,
    /// The learning rate at its highest, for the large tables.
    pub table_rate: f32,
    /// How many steps the rates rise before they fall.
    pub warm_up_steps: usize,
    /// How much of the average of the parameters is kept at each step.
    pub average: f32,
    /// The share of numbers left out after each layer.
    pub dropout: f32,
    /// The share of numbers left out of what was looked up.
    pub input_dropout: f32,
    /// The share of units whose row of the first table is taken for unknown.
    pub word_dropout: f32,
    /// The share of units for which a row of a large table after the first is left out, and that of the flags.
    pub row_dropout: f32,
    /// The share by which parameters shrink at each step, times the learning rate; not for large tables.
    pub weight_decay: f32,
    /// What all chance comes from.
    pub seed: u64,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            epochs: 3,
            units_per_batch: 1750,
            learning_rate: 2e-3,
            table_rate: 2e-3,
            warm_up_steps: 200,
            average: 0.999,
            dropout: 0.2,
            input_dropout: 0.3,
            word_dropout: 0.1,
            row_dropout: 0.1,
            weight_decay: 0.01,
            seed: 0,
        }
    }
}
