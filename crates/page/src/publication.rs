//! When an article appeared and when it was changed, by the date lines about it.

use crate::dates::Stamp;
use crate::line::{Line, LineKind};
use crate::story::BELOW;
use crate::title::Title;
use gisa_text::Day;

/// How far above the headline the article's dates may stand, in lines.
const ABOVE: usize = 6;

/// Returns the day an article appeared and the day it was changed, by the date lines about it; its last line stands before
/// the line `end`.
///
/// A date with a word for it goes before one without, and the day of the printed paper comes last. A page that only says
/// when it was changed is taken to have appeared that day.
pub(crate) fn days(lines: &[Line<'_>], title: Option<&Title>, end: usize) -> (Option<Day>, Option<Day>) {
    let below_title = title.map_or(0, |title| title.line + 1);
    let (mut published, mut modified, mut bare, mut print) = (None, None, None, None);
    let range = title.map_or(0, |title| title.first.saturating_sub(ABOVE))..lines.len().min(end + BELOW);
    // Dates below the headline first, then those above it.
    let order = (below_title.min(range.end)..range.end).chain(range.start..below_title.min(range.end));
    for at in order.filter(|&at| lines[at].kind == LineKind::Date) {
        for date in lines[at].dates() {
            let stamp = if date.stamp == Stamp::Bare { lines[at].stamp.unwrap_or(Stamp::Bare) } else { date.stamp };
            let place = match stamp {
                Stamp::Published => &mut published,
                Stamp::Modified => &mut modified,
                Stamp::Print => &mut print,
                // Below the article, a date without a word is a ranking's or another article's.
                Stamp::Bare if at < end => &mut bare,
                Stamp::Bare => continue,
            };
            place.get_or_insert(date.day);
        }
    }
    (published.or(bare).or(print).or(modified), modified)
}
