//! The shape of the network: what it looks up, how wide it is, and which layers follow one another.
//!
//! For each unit of a sentence (a morpheme or a part of one) rows of tables are looked up by what is seen of the unit
//! (its surface, tag, neighbouring characters …), put side by side, and brought to the network's width. Layers then carry
//! what is known from unit to unit:
//!
//! ```text
//! x₀ = W₀ · [row of table 1 | row of table 2 | … | sum of the rows of the flags that are set | rows of neighbours] + b₀
//! x  = x + layer(norm(x))        for each layer
//! e  = W · norm(x) + b           a score for each tag; a linear-chain CRF over these decides
//! ```
//!
//! Of its neighbours a unit sees the rows of the first few tables. `norm` is layer normalisation without gain and bias,
//! which the matrix after it has already. A convolution sees the unit and those before and after it,
//! `relu(W · [x₋ | x | x₊] + b)`, with zeros beyond the sentence. A gated layer is a recurrence without a matrix of
//! its own (Martin and Cundy 2018, "Parallelizing linear recurrent neural nets over sequence length"):
//! `z = σ(first half of W·x + b)`, `c = tanh(second half)`, `h = (1 - z) ⊙ h₋ + z ⊙ c` from zero; the first half of the
//! width runs from left to right, the other from right to left.

/// A table of rows that are looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Table {
    /// How many rows it has. Row 0 stands for what is not known.
    pub rows: usize,
    /// How many numbers a row has.
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
    /// The rows and columns of its matrix.
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
    /// How many of the tables, from the first on, are looked up for the unit before and the one after too.
    pub beside: usize,
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
    /// How many numbers are looked up for a unit by itself.
    pub fn looked_up(&self) -> usize {
        self.tables.iter().map(|table| table.width).sum::<usize>() + self.flags.width
    }

    /// How many of them, from the first on, its neighbours see too.
    pub fn seen_beside(&self) -> usize {
        self.tables[..self.beside].iter().map(|table| table.width).sum()
    }

    /// How many numbers are put side by side for a unit.
    pub fn inputs(&self) -> usize {
        self.looked_up() + 2 * self.seen_beside()
    }

    /// Multiplications for a unit, without those of the CRF and of what is looked up, whose products are kept.
    pub fn multiplications(&self) -> usize {
        let layers = self.layers.iter().map(|layer| layer.matrix(self.width)).map(|(rows, columns)| rows * columns);
        layers.sum::<usize>() + self.width * self.tags
    }
}
