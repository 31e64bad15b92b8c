//! Tells whether bytes are the same.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

/// The SHA-256 digest (FIPS 180-4) of all `parts`, one behind the other, in 64 hexadecimal digits.
pub fn sha256<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hasher = Sha256::new();
    parts.into_iter().for_each(|part| hasher.update(part));
    (hasher.finalize().iter()).fold(String::with_capacity(64), |mut digits, byte| {
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

#[cfg(test)]
mod tests {
    use super::sha256;

    /// The example of FIPS 180-4, as NIST gives it for SHA-256.
    #[test]
    fn parts_have_the_digest_of_the_whole() {
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256([&b"abc"[..]]), expected);
        assert_eq!(sha256([&b"a"[..], b"", b"bc"]), expected);
    }
}
