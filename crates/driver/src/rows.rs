//! Rows: the content of the tables as types, independent of the file format.
//!
//! A row type lists its columns once ([`Row::COLUMNS`]), each with its name and its cell, and every writer of tables
//! goes by that list. To add a column, add the value to the row's struct and the column at the end of its list; columns
//! are never renamed or moved, since scripts rely on them.

use std::borrow::Cow;

use gisa_entity::Day;

pub mod article;
pub mod batch;
pub mod entity;
pub mod failure;
pub mod mention;
pub mod table;

/// A row of one of the tables.
pub trait Row: Sized + 'static {
    /// The columns, in the order of the table.
    const COLUMNS: &'static [Column<Self>];
}

/// A column: its name in the header and its cell in a row.
#[derive(Debug)]
#[non_exhaustive]
pub struct Column<R: 'static> {
    /// The name in the header.
    pub name: &'static str,
    /// Returns the cell of a row.
    pub cell: for<'r> fn(&'r R) -> Cell<'r>,
}

impl<R> Column<R> {
    /// Makes a column.
    pub const fn new(name: &'static str, cell: for<'r> fn(&'r R) -> Cell<'r>) -> Column<R> {
        Column { name, cell }
    }
}

/// The value of a cell, typed for formats that tell numbers and days from text.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Cell<'r> {
    /// Nothing.
    Empty,
    /// A text from the corpus, which may begin as a formula does.
    Text(Cow<'r, str>),
    /// A word of a fixed vocabulary: a part, a rule, a basis.
    Word(&'static str),
    /// A count, a number of a line, or an offset.
    Number(u64),
    /// A probability from 0 to 1, written to the hundredth.
    Probability(f32),
    /// A day.
    Day(Day),
}

impl<'r> Cell<'r> {
    /// Makes a cell of a text.
    pub fn text(text: &'r str) -> Cell<'r> {
        Cell::Text(Cow::Borrowed(text))
    }

    /// Makes a cell of a text that may be absent.
    pub fn optional(text: Option<&'r str>) -> Cell<'r> {
        text.map_or(Cell::Empty, Cell::text)
    }

    /// Makes a cell of several texts.
    pub fn list<S: AsRef<str>>(texts: &'r [S], separator: &str) -> Cell<'r> {
        match texts {
            [] => Cell::Empty,
            [only] => Cell::text(only.as_ref()),
            _ => Cell::Text(texts.iter().map(AsRef::as_ref).collect::<Vec<&str>>().join(separator).into()),
        }
    }

    /// Makes a cell of a count or an offset.
    pub fn count(count: usize) -> Cell<'r> {
        Cell::Number(count as u64)
    }

    /// Makes a cell of a day that may be unknown.
    pub fn day(day: Option<Day>) -> Cell<'r> {
        day.map_or(Cell::Empty, Cell::Day)
    }
}
