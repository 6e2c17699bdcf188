//! The authors of an article: the bylines around it, and the names of reporters in them.

use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::line::{Line, LineKind};
use crate::names::{is_name, names};
use crate::page::Page;
use crate::{byline, story};

/// Adds the bylines above and below the lines of the article, `window`, to those of the page, and collects the
/// reporters of all of them. Above the article, the search starts at the line `from`.
pub(crate) fn gather(lines: &[Line<'_>], from: usize, window: &Range<usize>, page: &mut Page) {
    let above = &lines[from.min(window.start)..window.start];
    let below = &lines[window.end..lines.len().min(window.end + story::BELOW)];
    let own = below.iter().take_while(|line| !matches!(line.kind, LineKind::Tail | LineKind::Footer | LineKind::Aside));
    let signed = above.iter().chain(own).filter(|line| matches!(line.kind, LineKind::Byline | LineKind::Mail));
    page.bylines.extend(signed.map(Line::range));
    page.bylines.sort_by_key(|range| range.start);

    let dated = above.iter().filter(|line| line.kind == LineKind::Date);
    let mut found: Vec<(usize, &str)> =
        dated.flat_map(|line| line.names().iter().map(|&name| (line.start, name))).collect();
    for range in &page.bylines {
        let names = text_of(lines, range).map(signatories).unwrap_or_default();
        found.extend(names.into_iter().map(|name| (range.start, name)));
    }
    found.sort_by_key(|&(at, _)| at);
    let mut known = FxHashSet::default();
    page.reporters =
        found.into_iter().filter(|(_, name)| known.insert(*name)).map(|(_, name)| name.to_owned()).collect();
}

/// Returns the text of a range of the page, which lies in one line.
fn text_of<'t>(lines: &[Line<'t>], range: &Range<usize>) -> Option<&'t str> {
    let at = lines.partition_point(|line| line.start <= range.start).checked_sub(1)?;
    lines[at].text.get(range.start - lines[at].start..range.end - lines[at].start)
}

/// Returns the names in a byline.
fn signatories(byline: &str) -> Vec<&str> {
    let mut found = names(byline);
    found.extend(byline::broadcaster_sign_off(byline));
    if found.is_empty() {
        found.extend(byline::columnist(byline));
        found.extend(is_name(byline).then_some(byline));
    }
    found
}
