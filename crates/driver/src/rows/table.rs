//! The tables: their names, and their headers, by which a table of an earlier run is recognised.

use crate::rows::Row;
use crate::rows::article::{ArticleRow, BIGKINDS_COLUMNS};
use crate::rows::entity::EntityRow;
use crate::rows::failure::FailureRow;
use crate::rows::mention::MentionRow;

/// One of the tables that a run writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// One row per article.
    Articles,
    /// One row per mention.
    Mentions,
    /// One row per entity of the whole corpus.
    Entities,
    /// One row per article or file that could not be processed.
    Failures,
}

impl Table {
    /// All tables.
    pub const ALL: [Table; 4] = [Table::Articles, Table::Mentions, Table::Entities, Table::Failures];

    /// Returns the name of the table's file, without its extension.
    pub const fn name(self) -> &'static str {
        match self {
            Table::Articles => "articles",
            Table::Mentions => "mentions",
            Table::Entities => "entities",
            Table::Failures => "failures",
        }
    }

    /// Returns the names of the columns, in order.
    pub fn header(self) -> Vec<&'static str> {
        match self {
            Table::Articles => header::<ArticleRow>(),
            Table::Mentions => header::<MentionRow>(),
            Table::Entities => header::<EntityRow>(),
            Table::Failures => header::<FailureRow>(),
        }
    }

    /// Returns the table that a header belongs to, as this version of gisa writes it, an earlier one did or a later one
    /// may: columns are added at the end alone. The header of a `BigKinds` export belongs to none.
    ///
    /// ```
    /// use gisa::rows::table::Table;
    ///
    /// assert_eq!(Table::of_header(&["file", "line", "cause"]), Some(Table::Failures));
    /// assert_eq!(Table::of_header(&["id", "text"]), None);
    /// ```
    pub fn of_header<S: AsRef<str>>(names: &[S]) -> Option<Table> {
        Table::ALL.into_iter().find(|table| {
            names.len() >= table.fewest_columns()
                && table.header().iter().zip(names).all(|(known, name)| *known == name.as_ref())
        })
    }

    /// The number of columns that every version has written.
    fn fewest_columns(self) -> usize {
        match self {
            // The columns of a BigKinds export and the first six of our own.
            Table::Articles => BIGKINDS_COLUMNS + 6,
            // Without `basis` and `confidence`.
            Table::Mentions => 12,
            Table::Entities => 7,
            Table::Failures => 3,
        }
    }
}

fn header<R: Row>() -> Vec<&'static str> {
    R::COLUMNS.iter().map(|column| column.name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_recognised() {
        for table in Table::ALL {
            let header = table.header();
            assert_eq!(Table::of_header(&header), Some(table));
            let later = [&header[..], &["new"]].concat();
            assert_eq!(Table::of_header(&later), Some(table));
            assert_eq!(Table::of_header(&header[..table.fewest_columns() - 1]), None, "{table:?}");
            assert_eq!(Table::of_header(&header[1..]), None);
        }
        assert_eq!(Table::of_header(&Table::Mentions.header()[..12]), Some(Table::Mentions));
        assert_eq!(Table::of_header(&Table::Articles.header()[..BIGKINDS_COLUMNS]), None);
        let edited = [&Table::Articles.header()[..BIGKINDS_COLUMNS], &["메모"; 7]].concat();
        assert_eq!(Table::of_header(&edited), None);
        assert_eq!(Table::of_header::<&str>(&[]), None);
    }
}
