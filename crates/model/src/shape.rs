//! The shape of the network: what it looks up, how wide it is, and which layers follow one another.
//!
//! For each unit of a text (a morpheme or a part of one) rows of tables are looked up by the features of the unit
//! (its surface, tag, neighbouring characters and so on), concatenated, and projected to the network's width. Layers
//! then carry information from unit to unit:
//!
//! ```text
//! x₀ = W₀ · [row of table 1 | row of table 2 | … | sum of the rows of the flags that are set | rows of neighbours] + b₀
//! x  = x + layer(norm(x))        for each layer
//! e  = W · norm(x) + b           a score for each tag; a linear-chain CRF over those of a sentence decides
//! ```
//!
//! A unit also reads its neighbours' rows of the first few tables. `norm` is layer normalisation without gain and bias,
//! which the matrix after it has already. A convolution reads the unit and those before and after it,
//! `relu(W · [x₋ | x | x₊] + b)`, with zeros beyond the text. A gated layer is a recurrence without a matrix of
//! its own (Martin and Cundy 2018, "Parallelizing linear recurrent neural nets over sequence length"):
//! `z = σ(first half of W·x + b)`, `c = tanh(second half)`, `h = (1 - z) ⊙ h₋ + z ⊙ c` from zero; the first half of
//! the width runs from left to right, the other from right to left.

/// Number of values that are processed at a time: widths are multiples of it.
pub const STRIDE: usize = crate::lanes::WORDS;

/// A table of rows that are looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Table {
    /// Number of rows. Row 0 stands for unknown values.
    pub rows: usize,
    /// Width of a row.
    pub width: usize,
}

/// A layer between the tables and the scores of the tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// A convolution over three units.
    Convolution,
    /// A gated recurrence in both directions.
    Gate,
}

impl Layer {
    /// Returns the number of rows and of columns of the layer's matrix.
    pub fn matrix(self, width: usize) -> (usize, usize) {
        match self {
            Layer::Convolution => (width, 3 * width),
            Layer::Gate => (2 * width, width),
        }
    }
}

/// The shape of a network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    /// The tables of which one row is looked up for each unit.
    pub tables: Vec<Table>,
    /// Number of tables, from the first on, that are also looked up for the previous and the next unit.
    pub beside: usize,
    /// The table of the flags, one row each; the rows of all flags that are set are summed.
    pub flags: Table,
    /// Width of the network; even.
    pub width: usize,
    /// The layers, in order.
    pub layers: Vec<Layer>,
    /// Number of tags.
    pub tags: usize,
}

impl Shape {
    /// Returns how many numbers are looked up for a unit by itself.
    pub fn looked_up(&self) -> usize {
        self.tables.iter().map(|table| table.width).sum::<usize>() + self.flags.width
    }

    /// Returns how many of those numbers, from the first on, its neighbours read too.
    pub fn seen_beside(&self) -> usize {
        self.tables[..self.beside].iter().map(|table| table.width).sum()
    }

    /// Returns the length of the input of a unit: its own numbers and those it reads of its neighbours.
    pub fn inputs(&self) -> usize {
        self.looked_up() + 2 * self.seen_beside()
    }

    /// Returns the number of multiplications for a unit, without those of the CRF and of the embeddings, whose products are
    /// computed when the model is opened.
    pub fn multiplications(&self) -> usize {
        let layers = self.layers.iter().map(|layer| layer.matrix(self.width)).map(|(rows, columns)| rows * columns);
        layers.sum::<usize>() + self.width * self.tags
    }
}
