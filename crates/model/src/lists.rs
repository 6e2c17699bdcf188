//! Word lists: known names and the words around names, as the features and the rules read them.
//!
//! The lists lie in this crate's folder `lists`, where `build.py` of `dictionaries/gazetteers` writes them. A model is
//! trained with the forms of these lists and reads them as flags, so it records their digest
//! ([`features::digest`](crate::features::digest)) and is refused beside other lists.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

/// A word list. Its number is the place of its flags among the features.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
#[repr(u8)]
pub enum List {
    /// Countries.
    Countries = 0,
    /// Korean administrative divisions.
    Divisions = 1,
    /// Cities of the world.
    Cities = 2,
    /// Other places.
    Places = 3,
    /// Ministries, agencies, courts, and other public bodies.
    Government = 4,
    /// Universities.
    Universities = 5,
    /// Companies.
    Companies = 6,
    /// Newspapers, agencies and broadcasters.
    Media = 7,
    /// Teams, leagues and federations.
    Sports = 8,
    /// People.
    People = 9,
    /// Titles and occupations.
    Titles = 10,
    /// Korean surnames.
    Surnames = 11,
    /// Given names of foreigners.
    GivenNames = 12,
    /// Family names of foreigners.
    ForeignSurnames = 13,
    /// Ends of names of organisations and places.
    Affiliations = 14,
    /// Words that look like a name but are not.
    Stopwords = 15,
}

macro_rules! embedded {
    ($name:literal) => {
        ($name, include_str!(concat!("../lists/", $name)))
    };
}

impl List {
    /// Every list, in the order of their numbers.
    pub const ALL: [List; 16] = [
        List::Countries,
        List::Divisions,
        List::Cities,
        List::Places,
        List::Government,
        List::Universities,
        List::Companies,
        List::Media,
        List::Sports,
        List::People,
        List::Titles,
        List::Surnames,
        List::GivenNames,
        List::ForeignSurnames,
        List::Affiliations,
        List::Stopwords,
    ];

    /// The lists of names, whose rows are `form,label,kind,name`: the first ten.
    pub const NAMES: &'static [List] = List::ALL.split_at(10).0;

    /// Returns the number of the list, from 0 to 15.
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// Returns the name of the file the list stands in.
    pub const fn file(self) -> &'static str {
        self.embedded().0
    }

    const fn embedded(self) -> (&'static str, &'static str) {
        match self {
            List::Countries => embedded!("countries.csv"),
            List::Divisions => embedded!("divisions.csv"),
            List::Cities => embedded!("cities.csv"),
            List::Places => embedded!("places.csv"),
            List::Government => embedded!("government.csv"),
            List::Universities => embedded!("universities.csv"),
            List::Companies => embedded!("companies.csv"),
            List::Media => embedded!("media.csv"),
            List::Sports => embedded!("sports.csv"),
            List::People => embedded!("people.csv"),
            List::Titles => embedded!("titles.csv"),
            List::Surnames => embedded!("surnames.csv"),
            List::GivenNames => embedded!("given_names.csv"),
            List::ForeignSurnames => embedded!("foreign_surnames.csv"),
            List::Affiliations => embedded!("affiliations.csv"),
            List::Stopwords => embedded!("stopwords.csv"),
        }
    }

    /// Returns the first `N` fields of each row, without comments and header. The last of them holds the rest of the row.
    ///
    /// # Panics
    ///
    /// When a row has fewer fields. The lists are part of the crate, and a test reads all of them.
    ///
    /// ```
    /// use gisa_model::List;
    ///
    /// assert!(List::Surnames.rows().any(|[surname, per_mille]| surname == "김" && per_mille.parse::<f32>().is_ok()));
    /// ```
    pub fn rows<const N: usize>(self) -> impl Iterator<Item = [&'static str; N]> {
        let (file, text) = self.embedded();
        let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        lines.skip(1).map(move |line| {
            let mut fields = line.splitn(N, ',');
            std::array::from_fn(|_| fields.next().unwrap_or_else(|| panic!("{file}: {N} fields expected in {line:?}")))
        })
    }
}

/// The forms of all lists, each with the set of lists that have it.
pub struct ListedForms {
    /// From a form to a bit for each list.
    trie: crawdad::Trie,
    digest: [u8; 32],
}

impl std::fmt::Debug for ListedForms {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ListedForms").field("bytes", &self.trie.heap_bytes()).finish_non_exhaustive()
    }
}

impl ListedForms {
    /// Reads all lists.
    ///
    /// # Panics
    ///
    /// Never: the lists are part of the crate, and a test reads all of them.
    pub fn embedded() -> ListedForms {
        let forms = forms();
        let digest = digest(&forms);
        let trie = crawdad::Trie::from_records(forms).expect("the forms are sorted, and there are some");
        ListedForms { trie, digest }
    }

    /// Returns the SHA-256 of all forms and the lists they are in.
    pub fn digest(&self) -> &[u8; 32] {
        &self.digest
    }

    /// Calls `found` for each form the characters start with: its length in characters, and a bit for each list.
    pub fn starting(&self, chars: &[char], mut found: impl FnMut(usize, u32)) {
        for (lists, length) in self.trie.common_prefix_search(chars.iter().copied()) {
            found(length, lists);
        }
    }
}

/// Returns each form of any list with a bit for each list that has it.
fn forms() -> BTreeMap<&'static str, u32> {
    let mut forms: BTreeMap<&'static str, u32> = BTreeMap::new();
    for list in List::ALL {
        for [form, _] in list.rows() {
            *forms.entry(form).or_default() |= 1 << list.code();
        }
    }
    forms
}

/// Returns the SHA-256 of forms in their order: for each its bytes, a zero, and its lists as four bytes, little endian.
fn digest(forms: &BTreeMap<&'static str, u32>) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for (form, lists) in forms {
        hasher.update(form);
        hasher.update([0]);
        hasher.update(lists.to_le_bytes());
    }
    hasher.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_places_in_the_list_of_all() {
        for (list, code) in List::ALL.into_iter().zip(0..) {
            assert_eq!(list.code(), code, "{list:?}");
        }
    }

    #[test]
    fn names_end_with_people() {
        assert_eq!(List::NAMES.last(), Some(&List::People));
    }

    #[test]
    fn every_list_is_well_formed() {
        for list in List::ALL {
            let forms: Vec<&str> = list.rows().map(|[form, _]| form).collect();
            assert!(!forms.is_empty() && forms.iter().all(|form| !form.is_empty()), "{list:?}");
        }
        assert!(List::NAMES.iter().all(|list| list.rows::<4>().count() > 0));
    }

    #[test]
    fn forms_know_their_lists() {
        let listed = ListedForms::embedded();
        let chars: Vec<char> = "미국의".chars().collect();
        let mut found = Vec::new();
        listed.starting(&chars, |length, lists| found.push((length, lists >> List::Countries.code() & 1)));
        assert!(found.contains(&(2, 1)), "{found:?}");
    }
}
