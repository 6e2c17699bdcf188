//! The built-in word lists, prepared for finding titles and canonical names.
//!
//! The lists themselves are in `gisa-model` ([`List`]), where they are features too.

use gisa_model::List;
use gisa_text::Syllables;
use rustc_hash::FxHashSet;

use crate::gazetteer::{Entry, Gazetteer};
use gisa_text::Label;

/// The built-in word lists.
pub(crate) struct Lists {
    /// Names of places, organisations and people.
    pub names: Gazetteer,
    /// Titles and occupations: `시장`, `의원`.
    pub titles: FxHashSet<&'static str>,
    /// Given names of foreigners, as they are written in Korean.
    pub given_names: FxHashSet<&'static str>,
    /// Family names of foreigners, as they are written in Korean.
    pub foreign_surnames: FxHashSet<&'static str>,
    /// The syllables titles end with.
    pub title_ends: Syllables,
}

impl Lists {
    /// Reads the embedded lists.
    ///
    /// # Panics
    ///
    /// If a list is malformed. The lists are embedded, and a test reads them all.
    pub fn embedded() -> Lists {
        let titles: FxHashSet<_> = forms(List::Titles).collect();
        Lists {
            names: names(),
            title_ends: Syllables::that_end(titles.iter().copied()),
            titles,
            given_names: forms(List::GivenNames).collect(),
            foreign_surnames: forms(List::ForeignSurnames).collect(),
        }
    }
}

fn names() -> Gazetteer {
    let entries = List::NAMES.iter().copied().flat_map(|list| {
        list.rows().map(move |[form, label, _, name]| {
            let name = if name.is_empty() { form } else { name };
            Entry { form: form.into(), label: parsed(list, label), name: name.into() }
        })
    });
    entries.collect()
}

fn forms(list: List) -> impl Iterator<Item = &'static str> {
    list.rows().map(|[form, _]| form)
}

fn parsed(list: List, label: &str) -> Label {
    label.parse().unwrap_or_else(|error| panic!("{}: {error}", list.file()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_lists_are_well_formed() {
        let lists = Lists::embedded();
        assert!(lists.titles.contains("시장"));
        let forms: Vec<&str> = lists.names.starting("미국의 수도").map(|entry| &*entry.form).collect();
        assert_eq!(forms.first(), Some(&"미국"));
    }
}
