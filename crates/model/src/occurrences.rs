//! The occurrences of forms in a text, and the means of their states.

use crate::product::ZERO;

/// The places of the units whose form occurs more than once in a text, form by form.
#[derive(Debug, Default)]
pub(crate) struct Occurrences {
    /// Key and place of each unit that has a key, sorted.
    keyed: Vec<(u32, u32)>,
    /// Places of the units, form by form, and the end of each form.
    places: Vec<usize>,
    ends: Vec<usize>,
    sums: Vec<u32>,
}

impl Occurrences {
    /// Finds the forms with several occurrences, given the key of each unit (0 for none).
    pub fn find(&mut self, keys: &[u32]) {
        let Occurrences { keyed, places, ends, .. } = self;
        keyed.clear();
        keyed.extend((0..).zip(keys).filter(|(_, key)| **key != 0).map(|(place, &key)| (key, place)));
        keyed.sort_unstable();
        places.clear();
        ends.clear();
        for form in keyed.chunk_by(|(one, _), (other, _)| one == other).filter(|form| form.len() > 1) {
            places.extend(form.iter().map(|(_, place)| *place as usize));
            ends.push(places.len());
        }
    }

    /// Returns the place of each occurrence, form by form.
    pub fn places(&self) -> &[usize] {
        &self.places
    }

    /// Fills `means` with the mean over the other occurrences for each of [`places`](Self::places). `states` has
    /// `width` numbers for each unit.
    #[inline(always)]
    #[allow(clippy::inline_always, reason = "what is not inlined is not compiled for the instructions of the machine")]
    #[allow(clippy::cast_sign_loss, reason = "means of bytes are not below zero")]
    pub fn means(&mut self, states: &[u8], width: usize, means: &mut Vec<u8>) {
        let Occurrences { places, ends, sums, .. } = self;
        means.resize(places.len() * width, ZERO);
        sums.resize(width, 0);
        let mut start = 0;
        for &end in &*ends {
            let form = &places[start..end];
            sums.fill(0);
            for &place in form {
                let state = &states[place * width..][..width];
                sums.iter_mut().zip(state).for_each(|(sum, &value)| *sum += u32::from(value));
            }
            let share = 1.0 / (form.len() - 1) as f32;
            for (&place, mean) in form.iter().zip(means[start * width..].chunks_exact_mut(width)) {
                let state = &states[place * width..][..width];
                for ((mean, &value), &sum) in mean.iter_mut().zip(state).zip(&*sums) {
                    *mean = ((sum - u32::from(value)) as f32 * share + 0.5) as u8;
                }
            }
            start = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_occurrence_has_the_mean_of_the_others() {
        let mut occurrences = Occurrences::default();
        occurrences.find(&[7, 0, 9, 7, 0, 3, 7, 9]);
        assert_eq!(occurrences.places(), [0, 3, 6, 2, 7]);
        let states = [10, 20, 30, 40, 50, 60, 70, 90];
        let mut means = Vec::new();
        occurrences.means(&states, 1, &mut means);
        assert_eq!(means, [55, 40, 25, 90, 30]);
        occurrences.find(&[0, 1, 2]);
        occurrences.means(&states, 1, &mut means);
        assert_eq!((occurrences.places(), &means[..]), (&[][..], &[][..]));
    }
}
