//! The shape of the network: what it looks up, how wide it is, and which layers follow one another.
//!
//! For each unit of a sentence (a morpheme or a part of one) rows of tables are looked up by what is seen of the unit
//! (its surface, tag, neighbouring characters …), put side by side, and brought to the network's width. Layers then carry
//! what is known from unit to unit:
//!
//! ```text
//! x₀ = W₀ · [row of table 1 | row of table 2 | … | sum of the rows of the flags that are set] + b₀
//! x  = x + layer(norm(x))        for each layer
//! e  = W · norm(x) + b           a score for each tag; a linear-chain CRF over these decides
//! ```
//!
//! `norm` is layer normalisation with gain and bias. A convolution sees the unit and those `dilation` before and after
//! it, `relu(W · [x₋ | x | x₊] + b)`, with zeros beyond the sentence. A gated layer is a recurrence without a matrix of
//! its own (Martin and Cundy 2018, "Parallelizing linear recurrent neural nets over sequence length"):
//! `z = σ(first half of W·x + b)`, `c = tanh(second half)`, `h = (1 - z) ⊙ h₋ + z ⊙ c` from zero; the first half of the
//! width runs from left to right, the other from right to left.

/// A table of rows that are looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Table {
    /// How many rows it has. Row 0 stands for what is not known.
    pub rows: usize,
    /// How many numbers a row has.
    pub width: usize,
}

/// A layer between the tables and the scores of the tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layer {
    /// A convolution over three units, so many apart.
    Convolution {
        /// How far apart.
        dilation: usize,
    },
    /// A gated recurrence in both directions.
    Gate,
}

impl Layer {
    /// The rows and columns of its matrix.
    pub fn matrix(self, width: usize) -> (usize, usize) {
        match self {
            Layer::Convolution { .. } => (width, 3 * width),
            Layer::Gate => (2 * width, width),
        }
    }
}

/// The shape of a network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shape {
    /// The tables of which one row is looked up for each unit.
    pub tables: Vec<Table>,
    /// The table of which any number of rows is looked up and summed: one for each flag.
    pub flags: Table,
    /// The width of the network; even.
    pub width: usize,
    /// The layers, in order.
    pub layers: Vec<Layer>,
    /// How many tags are told apart.
    pub tags: usize,
}

impl Shape {
    /// How many numbers are put side by side for a unit.
    pub fn inputs(&self) -> usize {
        self.tables.iter().map(|table| table.width).sum::<usize>() + self.flags.width
    }

    /// Multiplications for a unit, without those of the CRF.
    pub fn multiplications(&self) -> usize {
        let layers = self.layers.iter().map(|layer| layer.matrix(self.width)).map(|(rows, columns)| rows * columns);
        self.inputs() * self.width + layers.sum::<usize>() + self.width * self.tags
    }
}
