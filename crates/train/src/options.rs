//! The options of training a network.

/// The options of training a network. Their `Debug` output is part of model headers and of the names of kept networks.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Options {
    /// Number of epochs.
    pub epochs: usize,
    /// Number of units of a batch.
    pub units_per_batch: usize,
    /// Highest learning rate of all parameters but the large tables.
    pub learning_rate: f32,
    /// Highest learning rate of the large tables.
    pub table_rate: f32,
    /// Number of steps in which the learning rates rise.
    pub warm_up_steps: usize,
    /// Share of the average of the parameters that is kept at each step.
    pub average: f32,
    /// Probability of dropping a number after each layer.
    pub dropout: f32,
    /// Probability of dropping a number of the embeddings.
    pub input_dropout: f32,
    /// Probability of replacing a row of the first table by that of unknown surfaces.
    pub word_dropout: f32,
    /// Probability of dropping a row of a large table after the first, and the flags.
    pub row_dropout: f32,
    /// Weight decay at each step, times the learning rate; large tables have none.
    pub weight_decay: f32,
    /// Random seed.
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
