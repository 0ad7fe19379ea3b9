//! argon2id in memory that is kept: hashing in memory of its own each time leaves hundreds of megabytes behind.

use anyhow::{Context, anyhow};
use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use std::sync::{Mutex, PoisonError};

/// Memory of a hash, by OWASP's password storage cheat sheet (19 MiB, 2 passes, 1 lane).
const MEMORY_KIB: u32 = 19 * 1_024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// Bytes of a salt.
const SALT: usize = 16;

/// Memory that nobody hashes in right now; there is as much of it as was ever used at once.
static MEMORY: Mutex<Vec<Vec<Block>>> = Mutex::new(Vec::new());

/// Hashes a password with a salt of its own.
pub fn hash(password: &str) -> anyhow::Result<String> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|error| anyhow!("argon2: {error}"))?;
    let salt = Salt::new(&rand::random::<[u8; SALT]>()).map_err(fault)?;
    let hash = PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(&params).map_err(fault)?,
        salt: Some(salt),
        hash: None,
    };
    let output = output(password, &hash)?;
    Ok(PasswordHash { hash: Some(output), ..hash }.to_string())
}

/// Whether this is the password that was hashed.
pub fn verify(password: &str, hash: &str) -> anyhow::Result<bool> {
    let hash = PasswordHash::new(hash).map_err(fault)?;
    // Their comparison takes the same time wherever they differ.
    Ok(hash.hash.is_some_and(|expected| output(password, &hash).is_ok_and(|found| found == expected)))
}

/// What argon2 makes of a password, with everything else as the hash says.
fn output(password: &str, hash: &PasswordHash) -> anyhow::Result<Output> {
    let params = Params::try_from(hash).map_err(fault)?;
    let algorithm = Algorithm::try_from(hash.algorithm.as_str()).map_err(fault)?;
    let version = hash.version.map_or(Ok(Version::default()), Version::try_from).map_err(|error| anyhow!("{error}"))?;
    let salt = hash.salt.context("a stored password hash has no salt")?;
    let (blocks, bytes) = (params.block_count(), params.output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN));
    let argon2 = Argon2::new(algorithm, version, params);

    let mut memory = MEMORY.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
    memory.resize(blocks, Block::default());
    let mut out = vec![0; bytes];
    let hashed = argon2.hash_password_into_with_memory(password.as_bytes(), &salt, &mut out, &mut memory);
    MEMORY.lock().unwrap_or_else(PoisonError::into_inner).push(memory);
    hashed.map_err(|error| anyhow!("argon2: {error}"))?;
    Output::new(&out).map_err(fault)
}

fn fault(error: impl std::fmt::Display) -> anyhow::Error {
    anyhow!("password hash: {error}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_verified_and_another_is_not_whatever_the_memory_held() {
        let hashes = ["one", "two"].map(|password| hash(password).unwrap());
        assert_ne!(hashes[0], hash("one").unwrap(), "each has a salt of its own");
        for (right, wrong, hash) in [("one", "two", &hashes[0]), ("two", "one", &hashes[1])] {
            assert!(verify(right, hash).unwrap() && !verify(wrong, hash).unwrap());
        }
        assert!(verify("", "nonsense").is_err());
    }

    #[test]
    fn hashes_of_the_first_version_still_hold() {
        let stored =
            "$argon2id$v=19$m=19456,t=2,p=1$xmn9o6sgpQi7DYSvCRpj+A$hP8FlPsIeA1DysQY4fOI7CuTvejoyMnoCXJz3DyWegc";
        assert!(verify("bamboo-lantern", stored).unwrap());
    }
}
