//! What the tests of the program share.

use gisa_testing::provided;
use gisa_tokenizer::{Dictionary, Error};

/// Returns whether the dictionary, which most commands need, was built. Where it was not, the test is skipped.
pub fn has_dictionary() -> bool {
    provided(Dictionary::find(None), Error::is_not_found).is_some()
}
