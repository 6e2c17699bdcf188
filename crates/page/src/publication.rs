//! The days on which an article was published and modified, from the date lines around it.

use crate::dates::Stamp;
use crate::line::{Line, LineKind};
use crate::story::BELOW;
use crate::title::Title;
use gisa_text::Day;

/// Maximum number of lines between the article's dates and the headline below them.
const ABOVE: usize = 6;

/// Returns the days on which an article was published and modified, from the date lines around it. `end` is the index
/// after its last line.
///
/// A date with a label is preferred to one without, and the day of the printed edition comes last. If a page gives only
/// its modification, that day is taken for the publication too.
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
                // Below the article, a date without a label belongs to a ranking or another article.
                Stamp::Bare if at < end => &mut bare,
                Stamp::Bare => continue,
            };
            place.get_or_insert(date.day);
        }
    }
    (published.or(bare).or(print).or(modified), modified)
}
