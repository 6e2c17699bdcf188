//! Digests of files, by which altered ones are told from those that were built.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// Returns the SHA-256 of some bytes in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
