//! Units: what the network tags. Mostly a unit is a morpheme.
//!
//! A few morphemes are split further, where a mention may begin or end inside: a run of punctuation, unknown Hangul, the
//! noun after a number that begins with its counter (`3년간`), countries in one syllable (`한미`, `대북`), a nationality
//! (`미국인`), a body or a place with its head (`경찰|청장` is `경찰청` with `장`, `광주시장` is `광주` with `시장`), and the
//! last syllable of a body that was analysed as a word with its particle (`한국|당은`). A unit has two characters on
//! average. Whoever changes a rule trains the model anew, and raises the version of model files.

use std::ops::Range;

use gisa_tokenizer::{Morpheme, PosTag, SemanticClass, Tag};
use rustc_hash::FxHashSet;

use crate::lists::List;

/// A morpheme or a part of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Byte offset of its start in the document.
    pub start: usize,
    /// Byte offset of its end in the document, exclusive.
    pub end: usize,
    /// The tag of its morpheme.
    pub tag: Tag,
    /// The semantic class of its morpheme.
    pub class: SemanticClass,
    /// Which part of its morpheme it is.
    pub part: Part,
    /// Whether white space precedes it.
    pub after_space: bool,
}

/// Which part of its morpheme a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The whole morpheme.
    Whole,
    /// The first of several parts.
    First,
    /// A later part.
    Later,
}

impl Unit {
    /// Returns the byte range of the unit in the document, half open.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// Splits morphemes into units.
#[derive(Debug)]
pub struct Units {
    /// Names of countries, whose people have `인` and whose language has `어` after them.
    countries: FxHashSet<&'static str>,
}

/// Counters of more than one syllable that another word is written together with: `2시간동안`.
const LONG_COUNTERS: [&str; 19] = [
    "시간",
    "개월",
    "년대",
    "년도",
    "차례",
    "가지",
    "달러",
    "개국",
    "분기",
    "주년",
    "주일",
    "일간",
    "년간",
    "명의",
    "퍼센트",
    "킬로",
    "센티",
    "제곱",
    "여년",
];

/// Counters of one syllable.
const COUNTERS: &str = "년월일시분초명개점위차회살세원번편탄부심호층대주권건곳인억만조천백도배장척마채팀발";

/// Countries in one syllable, as headlines have them.
const SHORT_COUNTRIES: &str = "한미중일북남러영불독";

/// First syllables of words about a country in one syllable: towards (`대북`), visit (`방미`), resident (`주한`), friendly,
/// anti-, resisting, having left.
const TOWARDS: &str = "대방주친반항극탈납";

/// Two bodies in one syllable each: prosecution and police, party and government, party and presidential office, army and
/// police.
const TWO_BODIES: [&str; 4] = ["검경", "당정", "당청", "군경"];

/// Heads of a body, whose name ends with the syllables before `장`.
const HEADS: [&str; 22] = [
    "청장",
    "실장",
    "부장",
    "원장",
    "처장",
    "검장",
    "소장",
    "팀장",
    "단장",
    "서장",
    "국장",
    "회장",
    "과장",
    "대장",
    "관장",
    "사장",
    "총장",
    "행장",
    "교장",
    "반장",
    "점장",
    "센터장",
];

/// Ends of bodies and places with a member or a head, of which the first syllable belongs to the name: `법사|위원장`.
const BODIES_AND_MEMBERS: [(&str, &str); 5] =
    [("위", "위원"), ("위", "위원장"), ("도", "도지사"), ("구", "구청장"), ("도", "도민")];

/// Heads of a place, which are written together with its name.
const HEADS_OF_PLACES: [&str; 5] = ["도지사", "시장", "지사", "군수", "구청장"];

/// Last syllables of the names of bodies and places.
const LAST_OF_BODIES: &str = "당대부위청처실원서단도시군구주협";

/// Particles of one syllable.
const PARTICLES: &str = "은는이가을를의에와과도로나";

/// Words of such syllables that do not name two countries.
const NO_TWO_COUNTRIES: [&str; 20] = [
    "북한",
    "남한",
    "북영",
    "남영",
    "일중",
    "영일",
    "남일",
    "일남",
    "미남",
    "남미",
    "북남미",
    "독일",
    "남중",
    "중남",
    "한남",
    "중한",
    "영남",
    "영한",
    "일독",
    "일영",
];

/// Frequent surnames, before `모` (someone) and `씨`.
const SURNAMES: &str = "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구나민진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용예경봉사부";

impl Default for Units {
    fn default() -> Units {
        Units::new()
    }
}

impl Units {
    /// Reads the names of the countries.
    pub fn new() -> Units {
        let countries = List::Countries.rows().map(|[form, _]| form);
        Units { countries: countries.filter(|name| name.chars().count() >= 2).collect() }
    }

    /// Fills `units` with the units of consecutive morphemes of a text.
    pub fn read(&self, text: &str, morphemes: &[Morpheme], units: &mut Vec<Unit>) {
        units.clear();
        let mut before: Option<&Morpheme> = None;
        for morpheme in morphemes {
            let joined = before.is_some_and(|before| before.end() == morpheme.start());
            let after_number =
                joined && before.is_some_and(|before| matches!(before.tag().first(), PosTag::Sn | PosTag::Nr));
            let surface = morpheme.surface(text);
            let mut push = |part, range: Range<usize>| {
                units.push(Unit {
                    start: morpheme.start() + range.start,
                    end: morpheme.start() + range.end,
                    tag: morpheme.tag(),
                    class: morpheme.class(),
                    part,
                    after_space: !joined && part != Part::Later,
                });
            };
            match self.cut(surface, morpheme.tag(), joined, after_number) {
                Cut::Nowhere => push(Part::Whole, 0..surface.len()),
                Cut::At(byte) => {
                    push(Part::First, 0..byte);
                    push(Part::Later, byte..surface.len());
                }
                Cut::Everywhere => {
                    for (byte, c) in surface.char_indices() {
                        let part = if byte == 0 { Part::First } else { Part::Later };
                        push(part, byte..byte + c.len_utf8());
                    }
                }
            }
            before = Some(morpheme);
        }
    }

    fn cut(&self, surface: &str, tag: Tag, joined: bool, after_number: bool) -> Cut {
        let Some((first, last)) = ends(surface) else { return Cut::Nowhere };
        match tag.first() {
            PosTag::Sy | PosTag::Sf | PosTag::Sc | PosTag::Sso | PosTag::Ssc | PosTag::Se if !tag.is_compound() => {
                Cut::Everywhere
            }
            PosTag::Unknown if is_unknown_hangul(surface) => Cut::Everywhere,
            tag if after_number && tag.is_nominal() => cut_after_counter(surface),
            _ if joined && is_body_with_particle(surface, first, last) => Cut::At(first.len_utf8()),
            PosTag::Nng | PosTag::Nnp if !tag.is_compound() => {
                cut_head(surface, joined).unwrap_or_else(|| self.cut_name(surface, first, last))
            }
            _ => Cut::Nowhere,
        }
    }

    fn cut_name(&self, surface: &str, first: char, last: char) -> Cut {
        let chars = surface.chars().count();
        if chars <= 4 && is_countries(surface) || TWO_BODIES.contains(&surface) {
            return Cut::Everywhere;
        }
        let before_last = surface.len() - last.len_utf8();
        let two_parts = match (chars, last) {
            (2, '모' | '씨' | '양' | '군') if SURNAMES.contains(first) => true,
            (2, '측' | '쪽') => matches!(first, '남' | '북'),
            (2, _) => TOWARDS.contains(first) && SHORT_COUNTRIES.contains(last),
            (3.., '인' | '어') => self.countries.contains(&surface[..before_last]),
            _ => false,
        };
        if two_parts { Cut::At(before_last) } else { Cut::Nowhere }
    }
}

/// Returns whether two syllables are the last one of a body or place and a particle: `한국|당은`, `경북|도와`.
fn is_body_with_particle(surface: &str, first: char, last: char) -> bool {
    surface.len() == first.len_utf8() + last.len_utf8() && LAST_OF_BODIES.contains(first) && PARTICLES.contains(last)
}

/// Returns where a noun is cut that ends with the head of a body or of a place. The words for heads by themselves (`위원장`,
/// `시장`) are not cut unless they are `joined` to the word before them.
fn cut_head(surface: &str, joined: bool) -> Option<Cut> {
    if let Some(head) = HEADS_OF_PLACES.iter().find(|head| surface.len() > head.len() && surface.ends_with(**head)) {
        return Some(Cut::At(surface.len() - head.len()));
    }
    if let Some((body, _)) = BODIES_AND_MEMBERS.iter().find(|(_, rest)| joined && surface == *rest) {
        return Some(Cut::At(body.len()));
    }
    let long = surface.chars().count() > 3;
    let is_head = (joined || long) && HEADS.iter().any(|head| surface.ends_with(head));
    is_head.then(|| Cut::At(surface.len() - "장".len()))
}

/// Where a morpheme is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cut {
    Nowhere,
    /// Before a byte.
    At(usize),
    /// Between all characters.
    Everywhere,
}

/// Returns the first and the last character of a surface of more than one.
fn ends(surface: &str) -> Option<(char, char)> {
    let mut chars = surface.chars();
    Some((chars.next()?, chars.next_back()?))
}

fn is_unknown_hangul(surface: &str) -> bool {
    surface.chars().all(|c| matches!(c, '가'..='힣' | 'ㄱ'..='ㆎ')) && surface.chars().any(|c| matches!(c, '가'..='힣'))
}

fn cut_after_counter(surface: &str) -> Cut {
    if let Some(counter) = LONG_COUNTERS.iter().find(|counter| surface.starts_with(**counter)) {
        return if surface.len() == counter.len() { Cut::Nowhere } else { Cut::At(counter.len()) };
    }
    let first = surface.chars().next().unwrap_or(' ');
    if COUNTERS.contains(first) && surface.chars().count() <= 3 { Cut::At(first.len_utf8()) } else { Cut::Nowhere }
}

/// Returns whether a noun is countries in one syllable each, with `전` (against) perhaps: `한미`, `한일전`.
fn is_countries(surface: &str) -> bool {
    let countries = surface.chars().take(2).filter(|c| SHORT_COUNTRIES.contains(*c)).count();
    countries == 2
        && surface.chars().all(|c| SHORT_COUNTRIES.contains(c) || c == '전')
        && !NO_TWO_COUNTRIES.contains(&surface)
}

#[cfg(test)]
mod tests {
    use gisa_tokenizer::{Dictionary, Tokenizer};

    use super::*;

    #[test]
    fn morphemes_are_cut_where_mentions_may_begin() {
        let tokenizer = Tokenizer::new(Dictionary::find(None).unwrap());
        let mut worker = tokenizer.new_worker();
        let cutter = Units::new();
        let mut units = Vec::new();
        for (text, expected) in [
            ("한미 정상", "한|미 정상"),
            ("한일전에서", "한|일|전|에서"),
            ("대북 제재", "대|북 제재"),
            ("검경은", "검|경|은"),
            ("해양경찰청장", "해양경찰|청|장"),
            ("국회 법사위원장", "국회 법사|위|원장"),
            ("위원장은", "위원장|은"),
            ("한국당은", "한국|당|은"),
            ("북한은", "북한|은"),
            ("김모 씨", "김|모 씨"),
            ("영국인 2명", "영국|인 2|명"),
            ("3년 동안", "3|년 동안"),
            ("”(그", "”|(|그"),
            ("시장이 말했다.", "시장|이 말|했|다|."),
        ] {
            cutter.read(text, worker.tokenize(text), &mut units);
            let mut found = String::new();
            for unit in &units {
                if unit.start > 0 {
                    found.push(if unit.after_space { ' ' } else { '|' });
                }
                found.push_str(&text[unit.range()]);
            }
            assert_eq!(found, expected);
        }
    }
}
