//! The index: the words that a text begins with, and what the search needs of each of them, laid out for the search.
//!
//! lindera finds words through three files: a trie from surfaces to numbers, a table from numbers to the positions of
//! records, and the records. Here the trie leads to the records at once, those of one surface lie in the order in which
//! the search reads them, and frequent words lie together. The trie is crawdad's double array (Aoe 1989, "An efficient
//! digital search algorithm by using a double-array structure"): the child of a node by a character is at
//! `base ^ code`, if the `check` there is the node.
//!
//! The file is a sequence of numbers of 32 bits, little endian:
//!
//! ```text
//! "GISA" "INDX"  version  characters  nodes  words  lefts  rights   (how many of each)
//! characters ×   the code of each character by its scalar value; NO_CODE where no word has it
//! nodes ×        base, check; top bit of base: a word ends here, the rest is its records; of check: has such a child
//! words ×        word id | cost (16 low bits), left (16 high) | right (16 low), penalty (15), last of its surface (1)
//! rights ×       for each right context a row of bytes, one for each right context, padded to whole numbers:
//!                the lead that the first needs over the second
//! ```
//!
//! The lead bounds a difference: whatever word follows, its connection from the first right context costs at most so
//! much more than from the second. A path that is cheaper by more than that stays cheaper, so the search drops the other
//! one, see `lattice/endings.rs`.

use std::path::Path;

use lindera_dictionary::util::{Data, mmap_file};

use crate::error::{Error, REBUILD};

#[cfg(feature = "build")]
pub(super) mod writer;

/// The name of the file in the dictionary's folder.
pub(crate) const FILE: &str = "index.bin";

const MAGIC: [u32; 2] = [u32::from_le_bytes(*b"GISA"), u32::from_le_bytes(*b"INDX")];
const VERSION: u32 = 1;
const HEADER: usize = 8;

/// The code of a character that no word has. No node is a child by it.
pub(crate) const NO_CODE: u16 = u16::MAX;

/// The top bit of a node's numbers, and of a record's last number.
const FLAG: u32 = 1 << 31;

/// The index of a dictionary, opened.
pub(crate) struct Index {
    data: Data,
    layout: Layout,
}

/// The start of each table, in numbers from the start of the file, and the numbers of contexts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Layout {
    nodes: usize,
    words: usize,
    leads: usize,
    end: usize,
    lefts: usize,
    rights: usize,
}

/// The tables of an index, for one search.
#[derive(Clone, Copy)]
pub(crate) struct Tables<'i> {
    nodes: &'i [[u32; 2]],
    words: &'i [[u32; 3]],
    leads: &'i [u8],
    /// The length of a row of `leads`, in bytes.
    row: usize,
}

/// A word of the dictionary, with what the search needs of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct IndexedWord {
    pub word: u32,
    pub cost: i32,
    pub left: u16,
    pub right: u16,
    /// The penalty for standing after white space.
    pub space_penalty: i32,
    /// Whether it is the last of its surface.
    is_last: bool,
}

/// A node of the trie.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Node {
    index: u32,
    base: u32,
    check: u32,
}

impl Index {
    /// Opens an index, memory-mapped.
    pub fn open(path: &Path) -> Result<Index, Error> {
        let data = mmap_file(path).map_err(|error| Error::malformed(path, error.to_string()))?;
        Index::read(data.into()).map_err(|cause| Error::malformed(path, format!("{cause}; {REBUILD}")))
    }

    fn read(data: Data) -> Result<Index, String> {
        let numbers = bytemuck::try_cast_slice(&data).map_err(|error| error.to_string())?;
        let layout = Layout::read(numbers)?;
        Ok(Index { data, layout })
    }

    fn numbers(&self) -> &[u32] {
        // Length and alignment were checked when the file was opened.
        bytemuck::try_cast_slice(&self.data).unwrap_or_default()
    }

    /// Returns the code of each character, by its scalar value.
    pub fn codes(&self) -> impl Iterator<Item = u16> {
        self.layout.codes(self.numbers())
    }

    /// Returns the tables for a search.
    pub fn tables(&self) -> Tables<'_> {
        self.layout.tables(self.numbers())
    }

    /// Returns the number of words.
    pub fn word_count(&self) -> usize {
        (self.layout.leads - self.layout.words) / 3
    }

    /// Returns the numbers of left and right contexts.
    pub fn contexts(&self) -> (usize, usize) {
        (self.layout.lefts, self.layout.rights)
    }
}

impl Layout {
    fn of([characters, nodes, words, lefts, rights]: [usize; 5]) -> Layout {
        let nodes_at = HEADER + characters;
        let words_at = nodes_at + 2 * nodes;
        let leads = words_at + 3 * words;
        let end = leads + rights * rights.div_ceil(4);
        Layout { nodes: nodes_at, words: words_at, leads, end, lefts, rights }
    }

    fn read(numbers: &[u32]) -> Result<Layout, String> {
        let header: Option<&[u32; HEADER]> = numbers.first_chunk();
        let header = header.map(|header| header.map(u32::from_le)).filter(|header| header[..2] == MAGIC);
        let header = header.ok_or("expected a file that begins with GISAINDX")?;
        let [_, _, version, characters, nodes, words, lefts, rights] = header;
        if version != VERSION {
            return Err(format!("expected version {VERSION}, found {version}"));
        }
        let layout = Layout::of([characters, nodes, words, lefts, rights].map(|count| count as usize));
        if layout.end != numbers.len() {
            return Err(format!("expected {} numbers of 32 bits, found {}", layout.end, numbers.len()));
        }
        Ok(layout)
    }

    fn codes(self, numbers: &[u32]) -> impl Iterator<Item = u16> {
        numbers[HEADER..self.nodes].iter().map(|&code| u32::from_le(code) as u16)
    }

    fn tables(self, numbers: &[u32]) -> Tables<'_> {
        Tables {
            nodes: numbers[self.nodes..self.words].as_chunks().0,
            words: numbers[self.words..self.leads].as_chunks().0,
            leads: bytemuck::cast_slice(&numbers[self.leads..self.end]),
            row: 4 * self.rights.div_ceil(4),
        }
    }
}

impl<'i> Tables<'i> {
    /// Returns the node that every surface starts from.
    pub fn root(self) -> Node {
        // An index without words has no nodes; this one has no children.
        self.node(0).unwrap_or(Node { index: 0, base: FLAG, check: 0 })
    }

    fn node(self, index: u32) -> Option<Node> {
        let &[base, check] = self.nodes.get(index as usize)?;
        Some(Node { index, base: u32::from_le(base), check: u32::from_le(check) })
    }

    /// Returns the child of a node by a character, if it has one.
    #[inline]
    pub fn child(self, node: Node, code: u16) -> Option<Node> {
        // The base of a node that is only an end has the top bit set, so its child would lie far outside.
        let child = self.node(node.base ^ u32::from(code))?;
        (child.check & !FLAG == node.index).then_some(child)
    }

    /// Returns the position of the records of the surface that ends at a node, if one does.
    #[inline]
    pub fn words_at(self, node: Node) -> Option<u32> {
        if node.base & FLAG != 0 {
            Some(node.base & !FLAG)
        } else if node.check & FLAG != 0 {
            self.node(node.base).map(|end| end.base & !FLAG)
        } else {
            None
        }
    }

    /// Returns the words of one surface in the order of the search: the last in the dictionary first.
    #[inline]
    pub fn words(self, at: u32) -> impl Iterator<Item = IndexedWord> + use<'i> {
        let mut rest = self.words.get(at as usize..).unwrap_or_default();
        std::iter::from_fn(move || {
            let (&record, others) = rest.split_first()?;
            let word = IndexedWord::from_record(record);
            rest = if word.is_last { &[] } else { others };
            Some(word)
        })
    }

    /// Returns the leads that a right context needs over each right context.
    #[inline]
    pub fn leads(self, right: u16) -> Leads<'i> {
        let start = usize::from(right) * self.row;
        Leads { leads: &self.leads[start..start + self.row] }
    }
}

/// The leads that one right context needs over the others.
#[derive(Clone, Copy)]
pub(crate) struct Leads<'i> {
    leads: &'i [u8],
}

impl Leads<'_> {
    /// The unit of stored leads, which are rounded up.
    const STEP: i32 = 128;
    /// A lead that is too large for a byte: there is no bound.
    const NEVER: u8 = u8::MAX;

    /// Returns the difference by which a path that ends in this right context must be cheaper than one that ends in the
    /// other, so that the other never wins.
    #[inline]
    pub fn over(self, other: u16) -> i32 {
        match self.leads[usize::from(other)] {
            Leads::NEVER => i32::MAX,
            steps => i32::from(steps) * Leads::STEP,
        }
    }
}

impl IndexedWord {
    #[inline]
    fn from_record(record: [u32; 3]) -> IndexedWord {
        let [word, start, end] = record.map(u32::from_le);
        IndexedWord {
            word,
            cost: i32::from((start as u16).cast_signed()),
            left: (start >> 16) as u16,
            right: end as u16,
            space_penalty: (end >> 16 & 0x7fff).cast_signed(),
            is_last: end & FLAG != 0,
        }
    }
}
