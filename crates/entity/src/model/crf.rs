//! The linear-chain conditional random field over the scores of the tags: the best row of tags, and how sure each is
//! (Lafferty, McCallum, Pereira 2001, "Conditional random fields").

use crate::model::tags::Tags;

/// A score that no row of tags has.
const NEVER: f32 = -1e6;

/// Which tag may follow which, and how likely that is.
pub(crate) struct Crf {
    tags: usize,
    /// `scores[before * tags + after]`.
    scores: Vec<f32>,
    begin: Vec<f32>,
    end: Vec<f32>,
}

/// The buffers of the search, kept from sentence to sentence.
#[derive(Default)]
pub(crate) struct Chain {
    best: Vec<f32>,
    next: Vec<f32>,
    back: Vec<u8>,
    path: Vec<usize>,
    forward: Vec<f32>,
    backward: Vec<f32>,
}

impl Crf {
    /// From the scores of tags after each other, of which those that cannot be are left out.
    pub fn new(tags: Tags, transitions: &[f32]) -> Crf {
        let count = tags.count();
        let allowed = |may: bool, score: f32| if may { score } else { NEVER };
        let scores = (0..count * count)
            .map(|cell| allowed(tags.may_follow(cell / count, cell % count), transitions[cell]))
            .collect();
        Crf {
            tags: count,
            scores,
            begin: (0..count).map(|tag| allowed(tags.may_begin(tag), 0.0)).collect(),
            end: (0..count).map(|tag| allowed(tags.may_end(tag), 0.0)).collect(),
        }
    }

    /// The best row of tags for a sentence, by the scores of each unit for each tag (Viterbi 1967).
    pub fn decode<'c>(&self, emissions: &[f32], chain: &'c mut Chain) -> &'c [usize] {
        let count = self.tags;
        chain.path.clear();
        let Some((first, rest)) = emissions.split_at_checked(count) else { return &chain.path };
        chain.best.clear();
        chain.best.extend(first.iter().zip(&self.begin).map(|(score, begin)| score + begin));
        chain.back.clear();
        for unit in rest.chunks_exact(count) {
            chain.next.clear();
            chain.next.resize(count, f32::NEG_INFINITY);
            let from = chain.back.len();
            chain.back.resize(from + count, 0);
            let back = &mut chain.back[from..];
            for (before, (best, scores)) in chain.best.iter().zip(self.scores.chunks_exact(count)).enumerate() {
                for ((next, back), score) in chain.next.iter_mut().zip(back.iter_mut()).zip(scores) {
                    let score = best + score;
                    if score > *next {
                        (*next, *back) = (score, before as u8);
                    }
                }
            }
            for (next, score) in chain.next.iter_mut().zip(unit) {
                *next += score;
            }
            std::mem::swap(&mut chain.best, &mut chain.next);
        }
        let ends = chain.best.iter().zip(&self.end).map(|(best, end)| best + end).enumerate();
        let mut tag = ends.max_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |(tag, _)| tag);
        chain.path.push(tag);
        for back in chain.back.rchunks_exact(count) {
            tag = usize::from(back[tag]);
            chain.path.push(tag);
        }
        chain.path.reverse();
        &chain.path
    }
}
