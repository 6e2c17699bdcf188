//! The built-in word lists, prepared for the rules.
//!
//! The lists themselves are in `gisa-model` ([`List`]), where they are features too.

use gisa_model::List;
use gisa_text::Syllables;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::gazetteer::{Entry, Gazetteer};
use gisa_text::Label;

/// The built-in word lists.
pub(crate) struct Lists {
    /// Names of places, organisations and people.
    pub names: Gazetteer,
    /// Titles and occupations (`시장`, `의원`) with their kind.
    pub titles: FxHashMap<&'static str, &'static str>,
    /// Korean surnames with their share of the population, per mille.
    pub surnames: FxHashMap<&'static str, f32>,
    /// Given names of foreigners, as they are written in Korean.
    pub given_names: FxHashSet<&'static str>,
    /// Family names of foreigners, as they are written in Korean.
    pub foreign_surnames: FxHashSet<&'static str>,
    /// The syllables titles end with.
    pub title_ends: Syllables,
    /// The syllables surnames begin with.
    pub surname_starts: Syllables,
    /// The syllables foreigners' given and family names begin with.
    pub foreign_starts: Syllables,
    /// Ends of names of organisations and places.
    pub affiliations: FxHashMap<&'static str, Affiliation>,
    /// Words that look like a name with a label but are none.
    pub stopwords: FxHashSet<(&'static str, Label)>,
}

/// The end of a name that indicates its label.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Affiliation {
    /// The end: `대학교`, `카운티`.
    pub form: &'static str,
    /// The label; `None` if it may be a place or an organisation.
    pub label: Option<Label>,
    /// Whether the end is short or has other meanings.
    pub ambiguous: bool,
}

impl Lists {
    /// Reads the embedded lists.
    ///
    /// # Panics
    ///
    /// If a list is malformed. The lists are embedded, and a test reads them all.
    pub fn embedded() -> Lists {
        let titles: FxHashMap<_, _> = List::Titles.rows().map(|[form, kind]| (form, kind)).collect();
        let surnames: FxHashMap<_, _> = List::Surnames.rows().map(|[form, share]| (form, per_mille(share))).collect();
        let given_names: FxHashSet<_> = forms(List::GivenNames).collect();
        let foreign_surnames: FxHashSet<_> = forms(List::ForeignSurnames).collect();
        Lists {
            names: names(),
            title_ends: Syllables::that_end(titles.keys().copied()),
            surname_starts: Syllables::that_begin(surnames.keys().copied()),
            foreign_starts: Syllables::that_begin(given_names.iter().chain(&foreign_surnames).copied()),
            titles,
            surnames,
            given_names,
            foreign_surnames,
            affiliations: List::Affiliations.rows().map(Affiliation::from_row).collect(),
            stopwords: List::Stopwords.rows().map(|[form, label, _]| (form, parsed(List::Stopwords, label))).collect(),
        }
    }
}

impl Affiliation {
    fn from_row([form, kind, note]: [&'static str; 3]) -> (&'static str, Affiliation) {
        let label = match kind {
            "organisation" => Some(Label::Organisation),
            "place" => Some(Label::Location),
            _ => None,
        };
        (form, Affiliation { form, label, ambiguous: !note.is_empty() })
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

fn per_mille(text: &str) -> f32 {
    text.parse().unwrap_or_else(|error| panic!("{}: {error} in {text:?}", List::Surnames.file()))
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
        assert!(lists.surnames["김"] > 200.0);
        assert!(lists.titles.contains_key("시장"));
        let forms: Vec<&str> = lists.names.starting("미국의 수도").map(|entry| &*entry.form).collect();
        assert_eq!(forms.first(), Some(&"미국"));
    }
}
