//! Gazetteers: lists of names with labels, looked up by the beginning of a text.
//!
//! One gazetteer holds the built-in lists ([`Lists`](crate::lists::Lists)), another the user's, whose entries have
//! precedence over all other mentions.

use std::borrow::Cow;
use std::io::Read;

use gisa_text::composed;
use rustc_hash::FxHashMap;

use gisa_text::Label;

/// A known name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The form in which texts have the name.
    pub form: Cow<'static, str>,
    /// The label.
    pub label: Label,
    /// The canonical name.
    pub name: Cow<'static, str>,
}

/// Known names, found by the beginning of a text.
///
/// Forms are grouped by their first two characters, longest first, so a text takes one look-up per word.
#[derive(Debug, Default)]
pub(crate) struct Gazetteer {
    groups: FxHashMap<(char, char), Vec<Entry>>,
}

impl Gazetteer {
    /// Returns the entries that `text` starts with, longest first.
    pub fn starting(&self, text: &str) -> impl Iterator<Item = &Entry> {
        let (first, second) = key(text);
        let long = self.groups.get(&(first, second));
        let single = if second == '\0' { None } else { self.groups.get(&(first, '\0')) };
        long.into_iter().chain(single).flatten().filter(move |entry| text.starts_with(&*entry.form))
    }

    /// Returns whether a form is listed.
    pub fn has(&self, form: &str) -> bool {
        self.starting(form).any(|entry| entry.form.len() == form.len())
    }

    /// Returns whether there are no entries.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }
}

impl FromIterator<Entry> for Gazetteer {
    #[expect(clippy::iter_over_hash_type, reason = "every group is sorted by itself, in whatever order they come")]
    fn from_iter<I: IntoIterator<Item = Entry>>(entries: I) -> Gazetteer {
        let mut groups: FxHashMap<(char, char), Vec<Entry>> = FxHashMap::default();
        for entry in entries {
            groups.entry(key(&entry.form)).or_default().push(entry);
        }
        for group in groups.values_mut() {
            group.sort_by(|a, b| b.form.len().cmp(&a.form.len()).then_with(|| a.form.cmp(&b.form)));
        }
        Gazetteer { groups }
    }
}

/// Returns the characters a form is grouped by.
fn key(form: &str) -> (char, char) {
    let mut chars = form.chars();
    (chars.next().unwrap_or('\0'), chars.next().unwrap_or('\0'))
}

/// An error in reading a user's gazetteer.
#[derive(Debug)]
pub(crate) enum GazetteerError {
    /// Reading failed.
    Io(std::io::Error),
    /// A line, counted from 1, is malformed.
    Line(u64, String),
}

/// Reads a user's gazetteer, `form,label[,kind][,name]`, with or without a header. Blank lines and lines that begin
/// with `#` are skipped. Forms and names are composed, as texts are before the look-up.
///
/// # Errors
///
/// If reading fails, and for the first malformed row.
pub(crate) fn read_user_gazetteer(mut reader: impl Read, entries: &mut Vec<Entry>) -> Result<(), GazetteerError> {
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes).map_err(GazetteerError::Io)?;
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    let mut is_first = true;
    for (line, number) in bytes.split(|&byte| byte == b'\n').zip(1..) {
        let wrong = |cause| GazetteerError::Line(number, cause);
        let line = str::from_utf8(line).map_err(|_| wrong("the line is not UTF-8".to_owned()))?.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let is_header = std::mem::take(&mut is_first) && line.starts_with("form,");
        if !is_header {
            let entry = user_entry(&composed(line));
            entries.push(entry.map_err(|cause| wrong(format!("{cause}; a row is form,label[,kind][,name]")))?);
        }
    }
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
    fn user_rows_are_checked() {
        let read = |text: &str| {
            let mut entries = Vec::new();
            read_user_gazetteer(text.as_bytes(), &mut entries).map(|()| entries.into_iter().collect::<Gazetteer>())
        };
        let gazetteer = read("form,label,kind,name\n# 주석\n한빛시,LC\n한빛연,OG,institute,한빛연구원\n").unwrap();
        let entry = gazetteer.starting("한빛연은").next().unwrap();
        assert_eq!((entry.label, &*entry.name), (Label::Organisation, "한빛연구원"));
        for (text, line, message) in [
            ("가나,XX\n", 1, "unknown label \"XX\""),
            ("가나,LC\n\n,LC\n", 3, "the form is empty"),
            ("가나\n", 1, "unknown label \"\""),
        ] {
            let Err(GazetteerError::Line(found, cause)) = read(text) else { panic!("{text} is refused") };
            assert_eq!(found, line);
            assert!(cause.starts_with(message), "{cause}");
        }
    }
}
