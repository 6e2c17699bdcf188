//! Particles (josa): what may follow a name directly in Korean writing without being part of it.
//!
//! A name is recognised by what follows it in its word: nothing, punctuation, or a chain of particles that agrees with
//! the name's last syllable (`대전은`, `부산이`, `서울로`, `KAIST도`, `시애틀에서의`). Forms of the copula (`이다`, `였다`,
//! `인`) count as particles here.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::syllables::Syllables;

/// Particles after any syllable.
const FREE: [&str; 52] = [
    "의",
    "에",
    "에서",
    "에게",
    "에게서",
    "께",
    "께서",
    "도",
    "만",
    "까지",
    "부터",
    "보다",
    "처럼",
    "만큼",
    "마저",
    "조차",
    "밖에",
    "마다",
    "뿐",
    "대로",
    "한테",
    "하고",
    "에는",
    "에도",
    "에만",
    "엔",
    "에선",
    "에서는",
    "에서도",
    "에서의",
    "에게는",
    "에게도",
    "께서는",
    "까지의",
    "까지도",
    "부터의",
    "만의",
    "만이",
    "만은",
    "와의",
    "과의",
    "등",
    "인",
    "일",
    "이다",
    "이자",
    "입니다",
    "이라도",
    "뿐만",
    "같은",
    "씩",
    "에서만",
];

/// Particles after a final consonant.
const AFTER_CONSONANT: [&str; 26] = [
    "은",
    "이",
    "을",
    "과",
    "으로",
    "으로도",
    "으로는",
    "으로의",
    "으로서",
    "으로써",
    "으로부터",
    "이나",
    "이라",
    "이란",
    "이라고",
    "이라는",
    "이라며",
    "이며",
    "이고",
    "이지만",
    "이었다",
    "이던",
    "이든",
    "아",
    "이랑",
    "이니",
];

/// Particles after a vowel. `로` and its compounds also follow `ㄹ`.
const AFTER_VOWEL: [&str; 31] = [
    "는",
    "가",
    "를",
    "와",
    "로",
    "로도",
    "로는",
    "로의",
    "로서",
    "로써",
    "로부터",
    "나",
    "라",
    "란",
    "라고",
    "라는",
    "라며",
    "며",
    "고",
    "지만",
    "였다",
    "였던",
    "던",
    "든",
    "야",
    "랑",
    "다",
    "니",
    "여서",
    "이라",
    "이란",
];

/// Maximum number of particles in a chain.
const MAX_CHAIN: usize = 3;

/// Maximum length of a chain of particles, in characters.
///
/// Characters farther from the end of a word need no inspection, which bounds the time that a long word takes.
pub const MAX_CHAIN_CHARS: usize = 5 * MAX_CHAIN;

/// The endings that a particle may follow.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Follows {
    Any,
    Consonant,
    Vowel,
    /// A vowel or `ㄹ`.
    VowelOrRieul,
}

impl Follows {
    fn agrees(self, ending: Ending) -> bool {
        match self {
            _ if matches!(ending, Ending::Unknown) => true,
            Follows::Any => true,
            Follows::Consonant => matches!(ending, Ending::Consonant | Ending::Rieul),
            Follows::Vowel => matches!(ending, Ending::Vowel),
            Follows::VowelOrRieul => matches!(ending, Ending::Vowel | Ending::Rieul),
        }
    }
}

/// The syllables with which particles begin, which rule out most words.
static STARTS: LazyLock<Syllables> =
    LazyLock::new(|| Syllables::that_begin([&FREE[..], &AFTER_CONSONANT, &AFTER_VOWEL].into_iter().flatten().copied()));

/// The particles by their first syllable.
static PARTICLES: LazyLock<FxHashMap<char, Vec<(&'static str, Follows)>>> = LazyLock::new(|| {
    let mut particles: FxHashMap<char, Vec<(&'static str, Follows)>> = FxHashMap::default();
    let mut add = |particle: &'static str, follows: Follows| {
        let first = particle.chars().next().expect("no particle is empty");
        particles.entry(first).or_default().push((particle, follows));
    };
    for particle in FREE {
        add(particle, Follows::Any);
    }
    for particle in AFTER_CONSONANT {
        add(particle, Follows::Consonant);
    }
    for particle in AFTER_VOWEL {
        add(particle, if particle.starts_with('로') { Follows::VowelOrRieul } else { Follows::Vowel });
    }
    particles
});

/// Returns whether `rest`, which follows `name` in the same word, is empty or a chain of particles.
pub fn is_particle_chain(name: &str, rest: &str) -> bool {
    chain(name, rest, MAX_CHAIN)
}

fn chain(name: &str, rest: &str, left: usize) -> bool {
    let Some(first) = rest.chars().next() else {
        return true;
    };
    if left == 0 || !STARTS.may_have(first) {
        return false;
    }
    let Some(particles) = PARTICLES.get(&first) else {
        return false;
    };
    let ending = Ending::of(name);
    particles.iter().any(|&(particle, follows)| {
        follows.agrees(ending) && rest.strip_prefix(particle).is_some_and(|after| chain(particle, after, left - 1))
    })
}

/// The ending of a name, which decides the form of the particles after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ending {
    /// A vowel.
    Vowel,
    /// `ㄹ`, which `로` follows as it follows a vowel.
    Rieul,
    /// Another consonant.
    Consonant,
    /// A letter or digit whose pronunciation is not known.
    Unknown,
}

impl Ending {
    /// Returns the ending of a name.
    pub fn of(name: &str) -> Ending {
        match name.chars().next_back() {
            // A precomposed syllable is 0xAC00 + (initial * 21 + medial) * 28 + final (The Unicode Standard, 3.12).
            Some(c @ '가'..='힣') => match (u32::from(c) - 0xAC00) % 28 {
                0 => Ending::Vowel,
                8 => Ending::Rieul,
                _ => Ending::Consonant,
            },
            _ => Ending::Unknown,
        }
    }
}

/// Returns whether `rest`, which follows a name in the same word, is one of `followers` with or without particles, such
/// as `측은` in `대전시측은`.
pub fn is_follower(followers: &[&str], rest: &str) -> bool {
    followers.iter().any(|follower| rest.strip_prefix(follower).is_some_and(|after| is_particle_chain(follower, after)))
}

/// Returns the length in bytes of `word` without its particles.
///
/// The longest chain of particles that leaves at least `keep` characters is removed. The whole length is returned if
/// the word ends with no particle.
pub fn stem_length(word: &str, keep: usize) -> usize {
    word.char_indices()
        .map(|(at, _)| at)
        .skip(keep)
        .find(|&at| is_particle_chain(&word[..at], &word[at..]))
        .unwrap_or(word.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn particles_agree_with_the_syllable_before() {
        for (name, rest, expected) in [
            ("대전", "", true),
            ("대전", "은", true),
            ("대전", "는", false),
            ("부산시", "는", true),
            ("부산시", "은", false),
            ("시애틀", "로", true),
            ("시애틀", "으로", true),
            ("시애틀", "를", false),
            ("서울", "에서의", true),
            ("KAIST", "도", true),
            ("KAIST", "는", true),
            ("서울", "에서는", true),
            ("한국", "어", false),
            ("대전", "시장", false),
            ("미국", "이라는", true),
            ("캐나다", "로부터도", true),
        ] {
            assert_eq!(is_particle_chain(name, rest), expected, "{name}+{rest}");
        }
    }

    #[test]
    fn no_chain_is_longer() {
        for particle in [&FREE[..], &AFTER_CONSONANT, &AFTER_VOWEL].into_iter().flatten() {
            assert!(particle.chars().count() * MAX_CHAIN <= MAX_CHAIN_CHARS, "{particle}");
        }
    }

    #[test]
    fn stems() {
        for (word, stem) in [("대전에서는", "대전"), ("시장", "시장"), ("이장우가", "이장우"), ("나라", "나라")]
        {
            assert_eq!(&word[..stem_length(word, 2)], stem);
        }
    }
}
