//! Writing the index, when a dictionary is built.

use lindera_dictionary::dictionary::Dictionary as LinderaDictionary;

use crate::dictionary::build::lexicon::Entry;
use crate::dictionary::index::{FLAG, IndexedWord, Layout, Leads, MAGIC, NO_CODE, VERSION};

impl IndexedWord {
    fn record(self) -> [u32; 3] {
        let start = u32::from((self.cost as i16).cast_unsigned()) | u32::from(self.left) << 16;
        let end = u32::from(self.right) | self.space_penalty.cast_unsigned() << 16;
        [self.word, start, end | if self.is_last { FLAG } else { 0 }]
    }
}

impl Leads<'_> {
    /// Encodes the greatest difference between connections from the one context and from the other.
    fn byte(most: i16) -> u8 {
        // The first of two paths is the cheaper one, so a negative bound says no more than 0.
        let steps = most.max(0).cast_unsigned().div_ceil(Leads::STEP as u16);
        u8::try_from(steps).unwrap_or(Leads::NEVER)
    }
}

/// Returns the bytes of the index of a built dictionary, given its words in the order of their ids.
///
/// # Errors
///
/// When the dictionary is too large for the numbers of the index.
pub(crate) fn table(built: &LinderaDictionary, entries: &[Entry]) -> Result<Vec<u8>, String> {
    let surfaces: Vec<&[Entry]> = entries.chunk_by(|a, b| a.surface == b.surface).collect();
    let (places, words) = records(built, &surfaces);
    let keys = surfaces.iter().map(|same| same[0].surface.as_str());
    let trie = crawdad::Trie::from_records(keys.zip(places)).map_err(|error| error.to_string())?;
    let (codes, nodes) = parts(&trie.serialize_to_vec())?;
    let matrix = &built.connection_cost_matrix;
    let sizes = [codes.len(), nodes.len() / 2, words.len() / 3].map(|size| u32::try_from(size).unwrap_or(u32::MAX));
    let contexts = [matrix.backward_size, matrix.forward_size];
    let all = [&MAGIC[..], &[VERSION], &sizes, &contexts, &codes, &nodes, &words];
    let numbers = all.into_iter().flatten().map(|number| number.to_le());
    // The leads are bytes, in the order of the bytes of the file.
    let leads = leads(built);
    let leads = leads.as_chunks().0.iter().map(|&bytes| u32::from_ne_bytes(bytes));
    let numbers: Vec<u32> = numbers.chain(leads).collect();
    check(&numbers, &surfaces)?;
    Ok(bytemuck::cast_slice(&numbers).to_vec())
}

/// Returns the position of the records of each surface, and the records. Surfaces with cheap words come first: these are
/// the frequent ones, and what is used together should lie together.
fn records(built: &LinderaDictionary, surfaces: &[&[Entry]]) -> (Vec<u32>, Vec<u32>) {
    let map = built.metadata.context_id_map.as_ref();
    let mut first_ids = Vec::with_capacity(surfaces.len());
    let mut next_id = 0;
    for same in surfaces {
        first_ids.push(next_id);
        next_id += same.len() as u32;
    }
    let mut order: Vec<usize> = (0..surfaces.len()).collect();
    order.sort_by_key(|&surface| surfaces[surface].iter().map(|entry| entry.cost).min());
    let mut places = vec![0; surfaces.len()];
    let mut records = Vec::with_capacity(3 * next_id as usize);
    for surface in order {
        places[surface] = (records.len() / 3) as u32;
        let ids = first_ids[surface]..first_ids[surface] + surfaces[surface].len() as u32;
        for (entry, word) in surfaces[surface].iter().zip(ids).rev() {
            records.extend_from_slice(
                &IndexedWord {
                    word,
                    cost: i32::from(entry.cost),
                    left: map.map_or(entry.left, |map| map.map_left(entry.left)),
                    right: map.map_or(entry.right, |map| map.map_right(entry.right)),
                    space_penalty: entry.space_penalty(),
                    is_last: word == first_ids[surface],
                }
                .record(),
            );
        }
    }
    (places, records)
}

/// Returns the codes and the nodes of a trie that crawdad serialized: the number of characters and the code of each, the
/// number of codes, the number of nodes and both numbers of each. [`check`] reads every word back.
fn parts(trie: &[u8]) -> Result<(Vec<u32>, Vec<u32>), String> {
    let numbers: Vec<u32> = trie.as_chunks().0.iter().map(|&bytes| u32::from_le_bytes(bytes)).collect();
    let (&count, rest) = numbers.split_first().ok_or("the trie is empty")?;
    let (codes, rest) = rest.split_at_checked(count as usize).ok_or("the trie has no codes")?;
    let (_, nodes) = rest.split_at_checked(2).ok_or("the trie has no nodes")?;
    let codes = codes.iter().map(|&code| match code {
        // Code 0 marks the end of a surface, which no character of a text may have.
        0 | u32::MAX => Ok(u32::from(NO_CODE)),
        code if code < u32::from(NO_CODE) => Ok(code),
        _ => Err(format!("expected fewer than {NO_CODE} different characters in words, found more")),
    });
    Ok((codes.collect::<Result<_, _>>()?, nodes.to_vec()))
}

/// Returns the lead that the first of each pair of right contexts needs over the second, in rows of whole numbers.
fn leads(built: &LinderaDictionary) -> Vec<u8> {
    let matrix = &built.connection_cost_matrix;
    let (lefts, rights) = (matrix.backward_size, matrix.forward_size as usize);
    // By right context, so that compared costs lie in rows.
    let mut costs = vec![Vec::with_capacity(lefts as usize); rights];
    for left in 0..lefts {
        for (costs, &cost) in costs.iter_mut().zip(matrix.row(left)) {
            costs.push(cost);
        }
    }
    let row = 4 * rights.div_ceil(4);
    let mut leads = vec![Leads::NEVER; rights * row];
    for (first, leads) in costs.iter().zip(leads.chunks_exact_mut(row)) {
        for (second, lead) in costs.iter().zip(leads) {
            // A difference that 16 bits do not hold saturates, which is beyond what a byte encodes.
            let differences = first.iter().zip(second).map(|(first, second)| first.saturating_sub(*second));
            *lead = Leads::byte(differences.fold(i16::MIN, i16::max));
        }
    }
    leads
}

/// Checks that every surface is found, with all its words.
fn check(index: &[u32], surfaces: &[&[Entry]]) -> Result<(), String> {
    let layout = Layout::read(index)?;
    let codes: Vec<u16> = layout.codes(index).collect();
    let tables = layout.tables(index);
    let mut next_id = 0;
    for same in surfaces {
        let surface = same[0].surface.as_str();
        let ids = next_id..next_id + same.len() as u32;
        next_id = ids.end;
        let child = |node, c: char| tables.child(node, codes.get(c as usize).copied().unwrap_or(NO_CODE));
        let place = surface.chars().try_fold(tables.root(), child).and_then(|node| tables.words_at(node));
        let found = place.map(|place| tables.words(place).map(|word| word.word));
        if !found.is_some_and(|found| found.eq(ids.rev())) {
            return Err(format!("word {surface:?} was not indexed as it was read"));
        }
    }
    Ok(())
}
