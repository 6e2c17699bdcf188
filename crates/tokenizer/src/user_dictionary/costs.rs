//! Costs of the user's words: how cheap a word must be to win.

use std::collections::{BTreeSet, HashMap};

use crate::user_dictionary::rows::Row;

/// The costs of an entry without a cost of its own, in the order in which they are tried.
///
/// The first makes an entry win over the dictionary. Of 1,000 fragments of news sentences (one to five syllables, most
/// from the middle of a word, such as `역에서` or the `크로` of `뱅크로프트`), 996 became one word with it; the other four
/// do so at no cost, since no word ends where they begin (the `이` of `페이지`). With -10,000 about 98 of 100 do. The
/// higher ones are for entries inside others, see [`costs`].
const WINNING_COSTS: [i16; 6] = [-20_000, -15_000, -12_000, -10_000, -8_000, -6_000];

/// The difference by which an entry is cheaper than the entries inside it are together.
const MARGIN: i32 = 2_000;

/// Returns the cost of each row. Where the row has none, it is low enough to win over the dictionary and over entries
/// inside the surface (`대전` and `시청` in `대전시청`), which would otherwise be cheaper, since there are more of them.
///
/// Costs have 16 bits. Where an entry would need a lower one, the entries inside it get the next of [`WINNING_COSTS`].
pub(super) fn costs(rows: &[Row]) -> Vec<i16> {
    let mut steps: HashMap<&str, usize> = rows.iter().map(|row| (row.surface.as_str(), 0)).collect();
    loop {
        let (costs, too_low) = costs_at(rows, &steps);
        let inside: BTreeSet<&str> = too_low.into_iter().flat_map(pieces).collect();
        let mut changed = false;
        for piece in inside {
            if let Some(step) = steps.get_mut(piece)
                && *step + 1 < WINNING_COSTS.len()
            {
                *step += 1;
                changed = true;
            }
        }
        if !changed {
            return costs;
        }
    }
}

/// Returns the cost of each row, given the index into [`WINNING_COSTS`] of each surface, and the surfaces that would need
/// a lower cost than 16 bits hold.
fn costs_at<'r>(rows: &'r [Row], steps: &HashMap<&str, usize>) -> (Vec<i16>, Vec<&'r str>) {
    let mut by_length: Vec<usize> = (0..rows.len()).collect();
    by_length.sort_by_key(|&row| rows[row].surface.len());
    let mut costs = vec![0; rows.len()];
    let mut least: HashMap<&str, i16> = HashMap::new();
    let mut too_low = Vec::new();
    for row in by_length {
        let surface = rows[row].surface.as_str();
        costs[row] = rows[row].cost.unwrap_or_else(|| {
            let alone = WINNING_COSTS[steps.get(surface).copied().unwrap_or_default()];
            let wanted = (cost_of_entries_inside(surface, &least) - MARGIN).min(alone.into());
            i16::try_from(wanted).unwrap_or_else(|_| {
                too_low.push(surface);
                i16::MIN
            })
        });
        let least = least.entry(surface).or_insert(costs[row]);
        *least = costs[row].min(*least);
    }
    (costs, too_low)
}

/// Returns every substring of a surface that is shorter than it.
fn pieces(surface: &str) -> impl Iterator<Item = &str> {
    let starts = surface.char_indices().map(|(start, _)| start);
    let of_start = move |start: usize| {
        let ends = surface[start..].char_indices().map(move |(at, c)| start + at + c.len_utf8());
        ends.map(move |end| &surface[start..end])
    };
    starts.flat_map(of_start).filter(move |piece| piece.len() < surface.len())
}

/// Returns the least cost of entries side by side in a surface, characters that no entry covers being free; 0 without
/// entries.
fn cost_of_entries_inside(surface: &str, costs: &HashMap<&str, i16>) -> i32 {
    let ends = surface.char_indices().map(|(at, c)| at + c.len_utf8());
    // The least cost up to each character boundary.
    let mut least = vec![(0, 0)];
    for end in ends {
        let entries = least.iter().filter(|&&(start, _)| (start, end) != (0, surface.len()));
        let with_entry = entries.filter_map(|&(start, before)| {
            let cost = costs.get(&surface[start..end])?;
            Some(before + i32::from(*cost))
        });
        let without = least.last().map_or(0, |&(_, cost)| cost);
        least.push((end, with_entry.min().map_or(without, |cost| cost.min(without))));
    }
    least.last().map_or(0, |&(_, cost)| cost)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::user_dictionary::rows::rows;

    fn row_of(line: &str) -> Row {
        rows(line.as_bytes()).unwrap().remove(0)
    }

    #[test]
    fn an_entry_costs_less_than_those_inside_it() {
        let costs_of = |rows: &[&str]| costs(&rows.iter().map(|row| row_of(row)).collect::<Vec<_>>());
        assert_eq!(costs_of(&["한빛,NNP", "이,NNP", "다온,NNG,-5"]), [-20_000, -20_000, -5]);
        assert_eq!(costs_of(&["대전,NNP", "대전시,NNP"]), [-20_000, -22_000]);
        assert_eq!(
            costs_of(&["대전시청,NNP", "대전,NNP", "시청,NNG", "한빛,NNP"]),
            [-32_000, -15_000, -15_000, -20_000]
        );
        assert_eq!(costs_of(&["가나다,NNP", "가,NNP", "나,NNG", "다,NNP"]), [-32_000, -10_000, -10_000, -10_000]);
        assert_eq!(costs_of(&["가가가가가가가,NNP", "가,NNP"]), [-32_768, -6_000], "costs end at the least of 16 bits");
        assert_eq!(costs_of(&["가나,NNP", "가,NNP,-500", "나,NNG,-32768"]), [-32_768, -500, -32_768]);
    }
}
