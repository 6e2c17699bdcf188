//! Distinct ids for the articles of a run, so that the rows of one table can be joined to those of another.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::record::{Id, RecordResult};

/// Counts the articles whose id was changed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Renamed(Arc<AtomicU64>);

impl Renamed {
    pub(crate) fn count(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Appends `#2`, `#3` … to ids that occurred before. This happens on the reading thread, so the ids do not depend on
/// the number of threads.
pub(crate) fn distinct(
    records: impl Iterator<Item = RecordResult> + Send,
    renamed: Renamed,
) -> impl Iterator<Item = RecordResult> + Send {
    let mut known: HashMap<String, u64> = HashMap::new();
    records.map(move |record| {
        let mut record = record?;
        let given = record.id.to_string();
        let Some(&before) = known.get(&given) else {
            known.insert(given, 1);
            return Ok(record);
        };
        // The corpus may have an id `a#2` of its own.
        let mut number = before + 1;
        while known.contains_key(&format!("{given}#{number}")) {
            number += 1;
        }
        let id = format!("{given}#{number}");
        known.insert(given, number);
        known.insert(id.clone(), 1);
        record.id = Id::Text(id);
        renamed.0.fetch_add(1, Ordering::Relaxed);
        Ok(record)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Cause;
    use crate::record::{Facts, Record, Shape};
    use crate::source_position::SourcePosition;

    #[test]
    fn ids_that_repeat_are_numbered() {
        let position = || SourcePosition::file("a.jsonl");
        let record = |id| Record {
            id,
            position: position(),
            shape: Shape::Row,
            facts: Facts::default(),
            title: String::new(),
            text: String::new(),
        };
        let ids = ["a", "b", "a", "a#2", "a", "a#2"].map(|id| Ok(record(Id::Text(id.to_owned()))));
        let numbers = ["7", "7"].map(|id| Ok(record(Id::Number(id.parse().unwrap()))));
        let failure = [Err(Cause::EmptyFile.at(&position()))];
        let renamed = Renamed::default();
        let told: Vec<_> = distinct(ids.into_iter().chain(failure).chain(numbers), renamed.clone())
            .map(|record| record.map_or_else(|_| "-".to_owned(), |record| record.id.to_string()))
            .collect();
        assert_eq!(told, ["a", "b", "a#2", "a#2#2", "a#3", "a#2#3", "-", "7", "7#2"]);
        assert_eq!(renamed.count(), 5);
    }
}
