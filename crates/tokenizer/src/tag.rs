//! Parts of speech: the tags of mecab-ko-dic, single (`NNP`) and compound (`VCP+ETM`).
//!
//! The dictionary analyses contracted forms as one morpheme with several tags joined by `+` (`한` is `XSV+ETM`).
//! [`PosTag`] is one part, [`Tag`] the whole. The inventory is that of mecab-ko-dic 2.1.1, which follows the 21st
//! Century Sejong Corpus with a few additions (`NNBC`, `SSO`, `SSC`, `SC`).

use std::fmt;
use std::str::FromStr;

macro_rules! pos_tags {
    ($($variant:ident = $code:literal $name:literal $doc:literal),+ $(,)?) => {
        /// One part of speech of mecab-ko-dic.
        ///
        /// The number of each tag ([`PosTag::code`]) never changes, and a tag that is added takes the next one: trained
        /// models compute feature values from them.
        ///
        /// | code | tag | |
        /// | ---: | --- | --- |
        $(#[doc = concat!("| ", stringify!($code), " | `", $name, "` | ", $doc, " |")])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        #[repr(u8)]
        pub enum PosTag {
            $(#[doc = $doc] $variant = $code,)+
        }

        impl PosTag {
            /// Every tag, in the order of declaration.
            pub const ALL: &'static [PosTag] = &[$(PosTag::$variant),+];

            /// Returns the number of the tag, as in the table above. It is the same in every version of this crate.
            pub const fn code(self) -> u8 {
                self as u8
            }

            /// Returns the tag as the dictionary writes it, for example `NNP`.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(PosTag::$variant => $name,)+
                }
            }
        }

        impl FromStr for PosTag {
            type Err = ParseTagError;

            fn from_str(text: &str) -> Result<PosTag, ParseTagError> {
                match text {
                    $($name => Ok(PosTag::$variant),)+
                    _ => Err(ParseTagError { text: text.to_owned() }),
                }
            }
        }
    };
}

pos_tags! {
    Nng = 0 "NNG" "Common noun (일반 명사).",
    Nnp = 1 "NNP" "Proper noun (고유 명사).",
    Nnb = 2 "NNB" "Bound noun (의존 명사).",
    Nnbc = 3 "NNBC" "Bound noun that counts (단위를 나타내는 명사).",
    Nr = 4 "NR" "Numeral (수사).",
    Np = 5 "NP" "Pronoun (대명사).",
    Vv = 6 "VV" "Verb (동사).",
    Va = 7 "VA" "Adjective (형용사).",
    Vx = 8 "VX" "Auxiliary predicate (보조 용언).",
    Vcp = 9 "VCP" "Positive copula (긍정 지정사).",
    Vcn = 10 "VCN" "Negative copula (부정 지정사).",
    Mm = 11 "MM" "Determiner (관형사).",
    Mag = 12 "MAG" "General adverb (일반 부사).",
    Maj = 13 "MAJ" "Conjunctive adverb (접속 부사).",
    Ic = 14 "IC" "Interjection (감탄사).",
    Jks = 15 "JKS" "Subject particle (주격 조사).",
    Jkc = 16 "JKC" "Complement particle (보격 조사).",
    Jkg = 17 "JKG" "Genitive particle (관형격 조사).",
    Jko = 18 "JKO" "Object particle (목적격 조사).",
    Jkb = 19 "JKB" "Adverbial particle (부사격 조사).",
    Jkv = 20 "JKV" "Vocative particle (호격 조사).",
    Jkq = 21 "JKQ" "Quotative particle (인용격 조사).",
    Jx = 22 "JX" "Auxiliary particle (보조사).",
    Jc = 23 "JC" "Conjunctive particle (접속 조사).",
    Ep = 24 "EP" "Prefinal ending (선어말 어미).",
    Ef = 25 "EF" "Final ending (종결 어미).",
    Ec = 26 "EC" "Connective ending (연결 어미).",
    Etn = 27 "ETN" "Nominalising ending (명사형 전성 어미).",
    Etm = 28 "ETM" "Adnominal ending (관형형 전성 어미).",
    Xpn = 29 "XPN" "Nominal prefix (체언 접두사).",
    Xsn = 30 "XSN" "Noun-deriving suffix (명사 파생 접미사).",
    Xsv = 31 "XSV" "Verb-deriving suffix (동사 파생 접미사).",
    Xsa = 32 "XSA" "Adjective-deriving suffix (형용사 파생 접미사).",
    Xr = 33 "XR" "Root (어근).",
    Sf = 34 "SF" "Full stop, question mark, exclamation mark (마침표, 물음표, 느낌표).",
    Se = 35 "SE" "Ellipsis (줄임표).",
    Sso = 36 "SSO" "Opening bracket or quote (여는 괄호).",
    Ssc = 37 "SSC" "Closing bracket or quote (닫는 괄호).",
    Sc = 38 "SC" "Separator: comma, middle dot, colon, slash (구분자).",
    Sy = 39 "SY" "Other symbol (기타 기호).",
    Sl = 40 "SL" "Foreign letters (외국어).",
    Sh = 41 "SH" "Chinese characters (한자).",
    Sn = 42 "SN" "Digits (숫자).",
    Sp = 43 "SP" "White space (공백).",
    Una = 44 "UNA" "Not analysable (분석 불능 범주).",
    Na = 45 "NA" "Not analysed (분석 불능): some entries of the dictionary have it beside `UNA`.",
    Vsv = 46 "VSV" "Occurs in one compound entry of the dictionary, where `XSV` is meant; kept so that tags stay as written.",
    Unknown = 47 "UNKNOWN" "A character for which the dictionary has no entry and its character classes no tag.",
}

impl PosTag {
    /// Returns whether this is a noun, numeral or pronoun (체언).
    pub const fn is_nominal(self) -> bool {
        matches!(self, PosTag::Nng | PosTag::Nnp | PosTag::Nnb | PosTag::Nnbc | PosTag::Nr | PosTag::Np)
    }

    /// Returns whether this is a particle (조사, josa).
    pub const fn is_particle(self) -> bool {
        matches!(
            self,
            PosTag::Jks
                | PosTag::Jkc
                | PosTag::Jkg
                | PosTag::Jko
                | PosTag::Jkb
                | PosTag::Jkv
                | PosTag::Jkq
                | PosTag::Jx
                | PosTag::Jc
        )
    }

    /// Returns whether this is a verbal ending (어미).
    pub const fn is_ending(self) -> bool {
        matches!(self, PosTag::Ep | PosTag::Ef | PosTag::Ec | PosTag::Etn | PosTag::Etm)
    }

    /// Returns whether this is a symbol of any kind: punctuation, brackets, other signs.
    pub const fn is_symbol(self) -> bool {
        matches!(self, PosTag::Sf | PosTag::Se | PosTag::Sso | PosTag::Ssc | PosTag::Sc | PosTag::Sy | PosTag::Sp)
    }
}

impl fmt::Display for PosTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The greatest number of parts of a compound tag in mecab-ko-dic 2.1.1 (`VX+EP+EC+VV+EP+EC+VCP+EP`).
pub const MAX_PARTS: usize = 8;

/// The tag of a morpheme: one [`PosTag`], or up to eight joined by `+`.
///
/// It is eight bytes and [`Copy`]. It is displayed, parsed and serialized as the dictionary writes it.
///
/// ```
/// use gisa_tokenizer::{PosTag, Tag};
///
/// let tag: Tag = "VCP+ETM".parse()?;
/// assert_eq!(tag.first(), PosTag::Vcp);
/// assert_eq!(tag.last(), PosTag::Etm);
/// assert_eq!(tag.to_string(), "VCP+ETM");
/// assert_eq!(Tag::from(PosTag::Nnp).to_string(), "NNP");
/// # Ok::<(), gisa_tokenizer::ParseTagError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Tag {
    parts: [Option<PosTag>; MAX_PARTS],
}

impl Tag {
    /// The tag of words that the dictionary does not have.
    pub(crate) const UNKNOWN: Tag = Tag { parts: [Some(PosTag::Unknown), None, None, None, None, None, None, None] };

    /// Returns the first part (`VV` of `VV+EC`).
    pub fn first(self) -> PosTag {
        self.parts[0].unwrap_or(PosTag::Unknown)
    }

    /// Returns the last part (`EC` of `VV+EC`).
    pub fn last(self) -> PosTag {
        self.parts().last().unwrap_or(PosTag::Unknown)
    }

    /// Returns the parts in order.
    pub fn parts(self) -> impl Iterator<Item = PosTag> {
        self.parts.into_iter().map_while(|part| part)
    }

    /// Returns whether the tag has more than one part.
    pub fn is_compound(self) -> bool {
        self.parts[1].is_some()
    }

    /// Returns whether the tag is exactly this one part.
    pub fn is(self, tag: PosTag) -> bool {
        self.first() == tag && !self.is_compound()
    }
}

impl From<PosTag> for Tag {
    fn from(tag: PosTag) -> Tag {
        let mut parts = [None; MAX_PARTS];
        parts[0] = Some(tag);
        Tag { parts }
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, part) in self.parts().enumerate() {
            if i > 0 {
                f.write_str("+")?;
            }
            f.write_str(part.as_str())?;
        }
        Ok(())
    }
}

impl FromStr for Tag {
    type Err = ParseTagError;

    fn from_str(text: &str) -> Result<Tag, ParseTagError> {
        let mut parts = [None; MAX_PARTS];
        let mut names = text.split('+');
        for (slot, name) in parts.iter_mut().zip(&mut names) {
            *slot = Some(name.parse()?);
        }
        match names.next() {
            None => Ok(Tag { parts }),
            Some(_) => Err(ParseTagError { text: text.to_owned() }),
        }
    }
}

/// An error of a text that is no tag of mecab-ko-dic.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown part-of-speech tag {text:?}; the tags are those of mecab-ko-dic, for example NNP, NNG or VCP+ETM")]
pub struct ParseTagError {
    text: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tag_reads_back() {
        for &tag in PosTag::ALL {
            assert_eq!(tag.as_str().parse(), Ok(tag));
            assert_eq!(tag.as_str().parse(), Ok(Tag::from(tag)));
        }
    }

    #[test]
    fn compound_tags_read_back() {
        for text in ["NNP", "VCP+ETM", "VX+EP+EC+VV+EP+EC+VCP+EP"] {
            let tag: Tag = text.parse().unwrap();
            assert_eq!(tag.to_string(), text);
            assert_eq!(tag.is_compound(), text.contains('+'));
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["", "nnp", "NNP+", "+NNP", "NNX", "EC+EC+EC+EC+EC+EC+EC+EC+EC"] {
            assert!(text.parse::<Tag>().is_err(), "{text:?} should not parse");
        }
    }

    #[test]
    fn a_tag_is_eight_bytes() {
        assert_eq!(size_of::<Tag>(), 8);
    }

    /// Models compute feature values from these numbers: a tag may be added at the end, but none may change.
    #[test]
    fn every_tag_keeps_its_code() {
        let codes: Vec<(u8, &str)> = PosTag::ALL.iter().map(|tag| (tag.code(), tag.as_str())).collect();
        #[rustfmt::skip]
        assert_eq!(codes, [
            (0, "NNG"), (1, "NNP"), (2, "NNB"), (3, "NNBC"), (4, "NR"), (5, "NP"),
            (6, "VV"), (7, "VA"), (8, "VX"), (9, "VCP"), (10, "VCN"), (11, "MM"),
            (12, "MAG"), (13, "MAJ"), (14, "IC"), (15, "JKS"), (16, "JKC"), (17, "JKG"),
            (18, "JKO"), (19, "JKB"), (20, "JKV"), (21, "JKQ"), (22, "JX"), (23, "JC"),
            (24, "EP"), (25, "EF"), (26, "EC"), (27, "ETN"), (28, "ETM"), (29, "XPN"),
            (30, "XSN"), (31, "XSV"), (32, "XSA"), (33, "XR"), (34, "SF"), (35, "SE"),
            (36, "SSO"), (37, "SSC"), (38, "SC"), (39, "SY"), (40, "SL"), (41, "SH"),
            (42, "SN"), (43, "SP"), (44, "UNA"), (45, "NA"), (46, "VSV"), (47, "UNKNOWN"),
        ]);
    }
}
