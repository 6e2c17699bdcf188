//! Digests of files, by which altered ones are told from those that were built.

use sha2::{Digest, Sha256};

/// Returns the SHA-256 of some bytes in hexadecimal digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    base16ct::lower::encode_string(&Sha256::digest(bytes))
}
