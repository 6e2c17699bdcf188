//! Gazetteers: lists of known names with their labels, and of the words that surround names.
//!
//! The lists of the project stand in `dictionaries/gazetteers` and are built into the crate; a user's own list is read
//! when the tagger is made and wins over all else.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::composed::composed;
use crate::syllables::Syllables;
use crate::{Error, Label};

/// A known name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// How the name is written.
    pub form: Cow<'static, str>,
    /// What it names.
    pub label: Label,
    /// The canonical name.
    pub name: Cow<'static, str>,
}

/// A list of names, found by what a text starts with.
///
/// Forms are grouped by their first two characters, longest first; a text needs one look-up per word.
#[derive(Default)]
pub(crate) struct Gazetteer {
    groups: FxHashMap<(char, char), Vec<Entry>>,
}

impl Gazetteer {
    fn push(&mut self, entry: Entry) {
        self.groups.entry(key(&entry.form)).or_default().push(entry);
    }

    #[expect(clippy::iter_over_hash_type, reason = "every group is sorted by itself, in whatever order they come")]
    fn finish(&mut self) {
        for group in self.groups.values_mut() {
            group.sort_by(|a, b| b.form.len().cmp(&a.form.len()).then_with(|| a.form.cmp(&b.form)));
        }
    }

    /// The entries with which `text` starts, longest first.
    pub fn starting(&self, text: &str) -> impl Iterator<Item = &Entry> {
        let (first, second) = key(text);
        let long = self.groups.get(&(first, second));
        let single = if second == '\0' { None } else { self.groups.get(&(first, '\0')) };
        long.into_iter().chain(single).flatten().filter(move |entry| text.starts_with(&*entry.form))
    }

    /// Whether a form is listed.
    pub fn has(&self, form: &str) -> bool {
        self.starting(form).any(|entry| entry.form.len() == form.len())
    }

    /// Whether there are no entries.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }
}

/// The characters by which a form is grouped.
fn key(form: &str) -> (char, char) {
    let mut chars = form.chars();
    (chars.next().unwrap_or('\0'), chars.next().unwrap_or('\0'))
}

/// The lists that are built into the crate.
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
    /// The syllables with which titles end, surnames begin, and foreigners' given and family names begin.
    pub title_ends: Syllables,
    pub surname_starts: Syllables,
    pub foreign_starts: Syllables,
    /// Ends of names of organisations and places.
    pub affiliations: FxHashMap<&'static str, Affiliation>,
    /// Words that look like a name of a label and are none.
    pub stopwords: FxHashSet<(&'static str, Label)>,
}

/// The end of a name that says what is named.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Affiliation {
    /// The end: `대학교`, `카운티`.
    pub form: &'static str,
    /// What it names; none when it may be either a place or an organisation.
    pub label: Option<Label>,
    /// Whether the end is short or also means other things.
    pub ambiguous: bool,
}

macro_rules! embedded {
    ($name:literal) => {
        (
            concat!("dictionaries/gazetteers/", $name),
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../dictionaries/gazetteers/", $name)),
        )
    };
}

/// The embedded lists of names, `form,label,kind,name`.
const NAMES: [(&str, &str); 10] = [
    embedded!("countries.csv"),
    embedded!("divisions.csv"),
    embedded!("cities.csv"),
    embedded!("places.csv"),
    embedded!("government.csv"),
    embedded!("universities.csv"),
    embedded!("companies.csv"),
    embedded!("media.csv"),
    embedded!("sports.csv"),
    embedded!("people.csv"),
];

impl Lists {
    /// Reads the embedded lists.
    ///
    /// # Panics
    ///
    /// When a list that was built into the crate is malformed; a test reads them all.
    pub fn embedded() -> Lists {
        let mut lists = Lists {
            names: Gazetteer::default(),
            titles: FxHashMap::default(),
            surnames: FxHashMap::default(),
            given_names: FxHashSet::default(),
            foreign_surnames: FxHashSet::default(),
            title_ends: Syllables::new(),
            surname_starts: Syllables::new(),
            foreign_starts: Syllables::new(),
            affiliations: FxHashMap::default(),
            stopwords: FxHashSet::default(),
        };
        for (file, text) in NAMES {
            for [form, label, _, name] in rows(file, text) {
                let name = if name.is_empty() { form } else { name };
                lists.names.push(Entry { form: form.into(), label: parsed(file, label), name: name.into() });
            }
        }
        lists.names.finish();
        let (file, text) = embedded!("titles.csv");
        lists.titles.extend(rows(file, text).map(|[form, kind]| (form, kind)));
        let (file, text) = embedded!("surnames.csv");
        let share = |text: &str| text.parse().unwrap_or_else(|error| panic!("{file}: {error} in {text:?}"));
        lists.surnames.extend(rows(file, text).map(|[form, per_mille]| (form, share(per_mille))));
        let (file, text) = embedded!("given_names.csv");
        lists.given_names.extend(rows(file, text).map(|[form, _]| form));
        let (file, text) = embedded!("foreign_surnames.csv");
        lists.foreign_surnames.extend(rows(file, text).map(|[form, _]| form));
        let (file, text) = embedded!("stopwords.csv");
        lists.stopwords.extend(rows(file, text).map(|[form, label, _]| (form, parsed(file, label))));
        let (file, text) = embedded!("affiliations.csv");
        lists.affiliations.extend(rows(file, text).map(|[form, kind, note]| {
            let label = match kind {
                "organisation" => Some(Label::Organisation),
                "place" => Some(Label::Location),
                _ => None,
            };
            (form, Affiliation { form, label, ambiguous: !note.is_empty() })
        }));
        lists.find_syllables();
        lists
    }
}

impl Lists {
    fn find_syllables(&mut self) {
        self.title_ends = Syllables::that_end(self.titles.keys().copied());
        self.surname_starts = Syllables::that_begin(self.surnames.keys().copied());
        self.foreign_starts = Syllables::that_begin(self.given_names.iter().chain(&self.foreign_surnames).copied());
    }
}

/// How many embedded lists there are.
pub(crate) const LIST_COUNT: usize = 16;

/// All forms of all embedded lists, with the lists they are in.
pub(crate) struct ListedForms {
    /// From a form to a bit for each list.
    trie: crawdad::Trie,
}

impl ListedForms {
    /// Reads the embedded lists.
    ///
    /// # Panics
    ///
    /// When a list that was built into the crate is malformed; a test reads them all.
    pub fn embedded() -> ListedForms {
        let others = [
            embedded!("titles.csv"),
            embedded!("surnames.csv"),
            embedded!("given_names.csv"),
            embedded!("foreign_surnames.csv"),
            embedded!("affiliations.csv"),
            embedded!("stopwords.csv"),
        ];
        let mut forms: BTreeMap<&'static str, u32> = BTreeMap::new();
        for (list, (file, text)) in NAMES.into_iter().chain(others).enumerate() {
            for [form, _] in rows(file, text) {
                *forms.entry(form).or_default() |= 1 << list;
            }
        }
        let trie = crawdad::Trie::from_records(forms).expect("the forms are sorted, and there are some");
        ListedForms { trie }
    }

    /// Hands over each form with which the characters start: how many characters it has, and a bit for each list.
    pub fn starting(&self, chars: &[char], mut found: impl FnMut(usize, u32)) {
        for (lists, length) in self.trie.common_prefix_search(chars.iter().copied()) {
            found(length, lists);
        }
    }
}

/// The names of the countries.
pub(crate) fn countries() -> impl Iterator<Item = &'static str> {
    let (file, text) = NAMES[0];
    rows(file, text).map(|[form, _]| form)
}

/// The rows of an embedded list, without its comments and its header. The embedded lists have no quoted fields.
fn rows<const N: usize>(file: &'static str, text: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.skip(1).map(move |line| {
        let mut fields = line.splitn(N, ',');
        std::array::from_fn(|_| fields.next().unwrap_or_else(|| panic!("{file}: {N} fields expected in {line:?}")))
    })
}

fn parsed(file: &str, label: &str) -> Label {
    label.parse().unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// Reads a user's gazetteer, `form,label[,kind][,name]`, with or without a header; blank lines and lines that begin with
/// `#` are skipped. Forms and names are composed, as the text is in which they are looked for.
///
/// # Errors
///
/// When the file cannot be read, and the first row that is wrong: file and line are named.
pub(crate) fn read_user_gazetteer(path: &Path, into: &mut Gazetteer) -> Result<(), Error> {
    let bytes = fs::read(path).map_err(|source| Error::Io { path: path.to_owned(), source })?;
    read_user_rows(&bytes, into).map_err(|(line, cause)| Error::Line { path: path.to_owned(), line, cause })
}

fn read_user_rows(bytes: &[u8], into: &mut Gazetteer) -> Result<(), (u64, String)> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let mut is_first = true;
    for (line, number) in bytes.split(|&byte| byte == b'\n').zip(1..) {
        let line = str::from_utf8(line).map_err(|_| (number, "the line is not UTF-8".to_owned()))?.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let is_header = std::mem::take(&mut is_first) && line.starts_with("form,");
        if !is_header {
            into.push(
                user_entry(&composed(line))
                    .map_err(|cause| (number, format!("{cause}; a row is form,label[,kind][,name]")))?,
            );
        }
    }
    into.finish();
    Ok(())
}

fn user_entry(line: &str) -> Result<Entry, String> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(line.as_bytes());
    let record = reader.records().next().transpose().map_err(|error| error.to_string())?.unwrap_or_default();
    let field = |index: usize| record.get(index).unwrap_or("").trim();
    if field(0).is_empty() {
        return Err("the form is empty".to_owned());
    }
    let label = field(1).parse().map_err(|error| format!("{error}"))?;
    let name = if field(3).is_empty() { field(0) } else { field(3) };
    Ok(Entry { form: field(0).to_owned().into(), label, name: name.to_owned().into() })
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

    #[test]
    fn user_rows_are_checked() {
        let read = |text: &str| {
            let mut gazetteer = Gazetteer::default();
            read_user_rows(text.as_bytes(), &mut gazetteer).map(|()| gazetteer)
        };
        let gazetteer = read("form,label,kind,name\n# 주석\n한빛시,LC\n한빛연,OG,institute,한빛연구원\n").unwrap();
        let entry = gazetteer.starting("한빛연은").next().unwrap();
        assert_eq!((entry.label, &*entry.name), (Label::Organisation, "한빛연구원"));
        for (text, line, message) in [
            ("가나,XX\n", 1, "unknown label \"XX\""),
            ("가나,LC\n\n,LC\n", 3, "the form is empty"),
            ("가나\n", 1, "unknown label \"\""),
        ] {
            let (found, cause) = read(text).err().expect("refused");
            assert_eq!(found, line);
            assert!(cause.starts_with(message), "{cause}");
        }
    }
}
