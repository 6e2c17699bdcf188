//! Parts of speech: the tags of mecab-ko-dic, single (`NNP`) and compound (`VCP+ETM`).
//!
//! The dictionary analyses contracted forms as one morpheme with several tags joined by `+` (`한` is `XSV+ETM`).
//! [`PosTag`] is one part, [`Tag`] the whole. The inventory is that of mecab-ko-dic 2.1.1, which follows the 21st
//! Century Sejong Corpus with a few additions (`NNBC`, `SSO`, `SSC`, `SC`).

use std::fmt;
use std::str::FromStr;

macro_rules! pos_tags {
    ($($variant:ident $name:literal $doc:literal),+ $(,)?) => {
        /// One part of speech of mecab-ko-dic.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        #[repr(u8)]
        pub enum PosTag {
            $(#[doc = $doc] $variant,)+
        }

        impl PosTag {
            /// Every tag, in the order of declaration.
            pub const ALL: &'static [PosTag] = &[$(PosTag::$variant),+];

            /// The tag as the dictionary writes it, for example `NNP`.
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
    Nng "NNG" "Common noun (일반 명사).",
    Nnp "NNP" "Proper noun (고유 명사).",
    Nnb "NNB" "Bound noun (의존 명사).",
    Nnbc "NNBC" "Bound noun that counts (단위를 나타내는 명사).",
    Nr "NR" "Numeral (수사).",
    Np "NP" "Pronoun (대명사).",
    Vv "VV" "Verb (동사).",
    Va "VA" "Adjective (형용사).",
    Vx "VX" "Auxiliary predicate (보조 용언).",
    Vcp "VCP" "Positive copula (긍정 지정사).",
    Vcn "VCN" "Negative copula (부정 지정사).",
    Mm "MM" "Determiner (관형사).",
    Mag "MAG" "General adverb (일반 부사).",
    Maj "MAJ" "Conjunctive adverb (접속 부사).",
    Ic "IC" "Interjection (감탄사).",
    Jks "JKS" "Subject particle (주격 조사).",
    Jkc "JKC" "Complement particle (보격 조사).",
    Jkg "JKG" "Genitive particle (관형격 조사).",
    Jko "JKO" "Object particle (목적격 조사).",
    Jkb "JKB" "Adverbial particle (부사격 조사).",
    Jkv "JKV" "Vocative particle (호격 조사).",
    Jkq "JKQ" "Quotative particle (인용격 조사).",
    Jx "JX" "Auxiliary particle (보조사).",
    Jc "JC" "Conjunctive particle (접속 조사).",
    Ep "EP" "Prefinal ending (선어말 어미).",
    Ef "EF" "Final ending (종결 어미).",
    Ec "EC" "Connective ending (연결 어미).",
    Etn "ETN" "Nominalising ending (명사형 전성 어미).",
    Etm "ETM" "Adnominal ending (관형형 전성 어미).",
    Xpn "XPN" "Nominal prefix (체언 접두사).",
    Xsn "XSN" "Noun-deriving suffix (명사 파생 접미사).",
    Xsv "XSV" "Verb-deriving suffix (동사 파생 접미사).",
    Xsa "XSA" "Adjective-deriving suffix (형용사 파생 접미사).",
    Xr "XR" "Root (어근).",
    Sf "SF" "Full stop, question mark, exclamation mark (마침표, 물음표, 느낌표).",
    Se "SE" "Ellipsis (줄임표).",
    Sso "SSO" "Opening bracket or quote (여는 괄호).",
    Ssc "SSC" "Closing bracket or quote (닫는 괄호).",
    Sc "SC" "Separator: comma, middle dot, colon, slash (구분자).",
    Sy "SY" "Other symbol (기타 기호).",
    Sl "SL" "Foreign letters (외국어).",
    Sh "SH" "Chinese characters (한자).",
    Sn "SN" "Digits (숫자).",
    Sp "SP" "White space (공백).",
    Una "UNA" "Not analysable (분석 불능 범주).",
    Na "NA" "Not analysed (분석 불능): some entries of the dictionary have it beside `UNA`.",
    Vsv "VSV" "Occurs in one compound entry of the dictionary, where `XSV` is meant; kept so that tags stay as written.",
    Unknown "UNKNOWN" "A character for which the dictionary has no entry and its character classes no tag.",
}

impl PosTag {
    /// Whether this is a noun, numeral or pronoun (체언).
    pub const fn is_nominal(self) -> bool {
        matches!(self, PosTag::Nng | PosTag::Nnp | PosTag::Nnb | PosTag::Nnbc | PosTag::Nr | PosTag::Np)
    }

    /// Whether this is a particle (조사, josa).
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

    /// Whether this is a verbal ending (어미).
    pub const fn is_ending(self) -> bool {
        matches!(self, PosTag::Ep | PosTag::Ef | PosTag::Ec | PosTag::Etn | PosTag::Etm)
    }

    /// Whether this is a symbol of any kind: punctuation, brackets, other signs.
    pub const fn is_symbol(self) -> bool {
        matches!(self, PosTag::Sf | PosTag::Se | PosTag::Sso | PosTag::Ssc | PosTag::Sc | PosTag::Sy | PosTag::Sp)
    }
}

impl fmt::Display for PosTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The most parts a compound tag has in mecab-ko-dic 2.1.1 (`VX+EP+EC+VV+EP+EC+VCP+EP`).
pub const MAX_PARTS: usize = 8;

/// The tag of a morpheme: one [`PosTag`], or up to eight joined by `+`.
///
/// It is eight bytes and [`Copy`]. It is shown and parsed as the dictionary writes it.
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
    /// The tag of what the dictionary does not know.
    pub(crate) const UNKNOWN: Tag = Tag { parts: [Some(PosTag::Unknown), None, None, None, None, None, None, None] };

    /// The first part: what the morpheme begins as (`VV` of `VV+EC`).
    pub fn first(self) -> PosTag {
        self.parts[0].unwrap_or(PosTag::Unknown)
    }

    /// The last part: what the morpheme ends as (`EC` of `VV+EC`).
    pub fn last(self) -> PosTag {
        self.parts().last().unwrap_or(PosTag::Unknown)
    }

    /// The parts in order.
    pub fn parts(self) -> impl Iterator<Item = PosTag> {
        self.parts.into_iter().map_while(|part| part)
    }

    /// Whether the tag has more than one part.
    pub fn is_compound(self) -> bool {
        self.parts[1].is_some()
    }

    /// Whether the tag is exactly this one part.
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

/// A text that is no tag of mecab-ko-dic.
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
}
