//! Semantic classes: what a noun names, by the dictionary's second feature.

use std::fmt;
use std::str::FromStr;

/// What a noun of the dictionary names. Entries without a class, and the many adverb and event classes that say
/// nothing about names, are [`SemanticClass::None`].
///
/// The number of each class ([`SemanticClass::code`]) never changes, and a class that is added takes the next one:
/// trained models compute feature values from them.
///
/// | code | class | as the dictionary writes it |
/// | ---: | --- | --- |
/// | 0 | `None` | `*` |
/// | 1 | `Person` | `인명` |
/// | 2 | `Place` | `지명` |
/// | 3 | `Location` | `장소` |
/// | 4 | `Act` | `행위` |
/// | 5 | `Organisation` | `~기관명사`, `~단체명사` |
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
#[repr(u8)]
pub enum SemanticClass {
    /// No class, or one that says nothing about names.
    #[default]
    None = 0,
    /// 인명: a person's name, given name or surname.
    Person = 1,
    /// 지명: the name of a place.
    Place = 2,
    /// 장소: a kind of place (`공원`, `역`).
    Location = 3,
    /// 행위: an act, a noun that takes `하다`.
    Act = 4,
    /// 기관명사, 단체명사: a kind of organisation.
    Organisation = 5,
}

impl SemanticClass {
    /// Every class, in the order of their codes.
    pub const ALL: &'static [SemanticClass] = &[
        SemanticClass::None,
        SemanticClass::Person,
        SemanticClass::Place,
        SemanticClass::Location,
        SemanticClass::Act,
        SemanticClass::Organisation,
    ];

    /// Returns the number of the class, as in the table above. It is the same in every version of this crate.
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// Returns the class of a feature as the dictionary writes it; [`SemanticClass::None`] for all others.
    pub fn from_feature(feature: &str) -> SemanticClass {
        match feature {
            "인명" => SemanticClass::Person,
            "지명" => SemanticClass::Place,
            "장소" => SemanticClass::Location,
            "행위" => SemanticClass::Act,
            "~기관명사" | "~단체명사" => SemanticClass::Organisation,
            _ => SemanticClass::None,
        }
    }

    /// Returns the class as the dictionary writes it, `*` for none.
    pub const fn as_str(self) -> &'static str {
        match self {
            SemanticClass::None => "*",
            SemanticClass::Person => "인명",
            SemanticClass::Place => "지명",
            SemanticClass::Location => "장소",
            SemanticClass::Act => "행위",
            SemanticClass::Organisation => "~기관명사",
        }
    }
}

impl fmt::Display for SemanticClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for SemanticClass {
    type Err = ParseClassError;

    /// Reads a class as a user dictionary names it: `인명`, `지명`, `장소`, `행위`, `~기관명사`, or `*`.
    fn from_str(text: &str) -> Result<SemanticClass, ParseClassError> {
        match SemanticClass::from_feature(text) {
            SemanticClass::None if text != "*" => Err(ParseClassError { text: text.to_owned() }),
            class => Ok(class),
        }
    }
}

/// An error of a text that is no semantic class.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown semantic class {text:?}; the classes are 인명, 지명, 장소, 행위, ~기관명사, or * for none")]
pub struct ParseClassError {
    text: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_reads_back() {
        for &class in SemanticClass::ALL {
            assert_eq!(class.as_str().parse(), Ok(class));
        }
        assert!("사람".parse::<SemanticClass>().is_err());
    }

    /// Models compute feature values from these numbers: a class may be added at the end, but none may change.
    #[test]
    fn every_class_keeps_its_code() {
        let codes: Vec<(u8, &str)> = SemanticClass::ALL.iter().map(|class| (class.code(), class.as_str())).collect();
        assert_eq!(codes, [(0, "*"), (1, "인명"), (2, "지명"), (3, "장소"), (4, "행위"), (5, "~기관명사")]);
    }
}
