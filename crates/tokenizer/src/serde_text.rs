//! Serialization of what has one text form: tags and classes are written and read as the dictionary writes them.

/// Implements `Serialize` by `Display` and `Deserialize` by `FromStr`.
macro_rules! serde_as_text {
    ($($type:ty),+) => {
        $(
            impl serde::Serialize for $type {
                fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    serializer.collect_str(self)
                }
            }

            impl<'de> serde::Deserialize<'de> for $type {
                fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                    text.parse().map_err(serde::de::Error::custom)
                }
            }
        )+
    };
}

serde_as_text!(crate::class::SemanticClass, crate::tag::PosTag, crate::tag::Tag);

#[cfg(test)]
mod tests {
    use crate::class::SemanticClass;
    use crate::tag::{PosTag, Tag};

    #[test]
    fn tags_and_classes_are_written_as_in_the_dictionary() {
        for &tag in PosTag::ALL {
            let json = serde_json::to_string(&tag).unwrap();
            assert_eq!(json, format!("\"{tag}\""));
            assert_eq!(serde_json::from_str::<PosTag>(&json).unwrap(), tag);
        }
        for &class in SemanticClass::ALL {
            let json = serde_json::to_string(&class).unwrap();
            assert_eq!(json, format!("\"{class}\""));
            assert_eq!(serde_json::from_str::<SemanticClass>(&json).unwrap(), class);
        }
        let tag: Tag = "VCP+ETM".parse().unwrap();
        assert_eq!(serde_json::to_string(&tag).unwrap(), "\"VCP+ETM\"");
        assert_eq!(serde_json::from_str::<Tag>("\"VCP+ETM\"").unwrap(), tag);
        let error = serde_json::from_str::<Tag>("\"NNX\"").unwrap_err().to_string();
        assert!(error.contains("unknown part-of-speech tag \"NNX\""), "{error}");
    }
}
