//! Shorter names for what the module takes from its script. wasm-bindgen tells them apart by a hash, which no compression
//! makes smaller; a number does as well, because the two files are always served together.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result};

/// What such a name begins with, and what follows the last underscore.
const BEGIN: &[u8] = b"__wbg_";
const HASH: usize = 16;

/// Names the imports of a module by numbers, in the module and in its script.
pub fn number(module: &Path, script: &Path) -> Result<()> {
    let read = |path: &Path| fs::read(path).with_context(|| format!("cannot read {}", path.display()));
    let (mut in_module, mut in_script) = (read(module)?, read(script)?);
    let numbers = numbers(&in_script);
    rename(&mut in_module, &numbers);
    rename(&mut in_script, &numbers);
    fs::write(module, in_module)?;
    fs::write(script, in_script)?;
    Ok(())
}

/// A number for each name, as long as its hash: nothing else in the module moves.
fn numbers(script: &[u8]) -> BTreeMap<Vec<u8>, String> {
    let mut names: Vec<_> = places(script).map(|(from, to)| script[from..to].to_vec()).collect();
    names.sort();
    names.dedup();
    names.into_iter().enumerate().map(|(number, name)| (name, format!("{number:0HASH$}"))).collect()
}

fn rename(bytes: &mut [u8], numbers: &BTreeMap<Vec<u8>, String>) {
    for (from, to) in places(bytes).collect::<Vec<_>>() {
        if let Some(number) = numbers.get(&bytes[from..to]) {
            bytes[to - HASH..to].copy_from_slice(number.as_bytes());
        }
    }
}

/// Where names with a hash begin and end.
fn places(bytes: &[u8]) -> impl Iterator<Item = (usize, usize)> {
    let begins = bytes.windows(BEGIN.len()).enumerate().filter(|(_, window)| *window == BEGIN);
    begins.filter_map(|(from, _)| {
        // In a module what comes after a name may look as if it belonged to it, so its end is where the hash ends.
        let word = bytes[from..].iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
        let ends = (BEGIN.len() + HASH..=word).map(|length| from + length);
        ends.into_iter().find(|to| is_hashed(&bytes[from..*to])).map(|to| (from, to))
    })
}

/// Whether it ends with an underscore and a hash.
fn is_hashed(name: &[u8]) -> bool {
    let (before, hash) = name.split_at(name.len() - HASH);
    before.ends_with(b"_") && hash.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &[u8] =
        b"{ __wbg_focus_00ff00ff00ff00ff: function(a) {}, __wbg_focus_a0b1c2d3e4f5a6b7: 1, __wbg_plain: 2 }";

    fn renamed(bytes: &[u8]) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        rename(&mut bytes, &numbers(SCRIPT));
        bytes
    }

    #[test]
    fn names_with_a_hash_get_a_number_of_its_length_and_others_stay() {
        let expected: &[u8] =
            b"{ __wbg_focus_0000000000000000: function(a) {}, __wbg_focus_0000000000000001: 1, __wbg_plain: 2 }";
        assert_eq!(renamed(SCRIPT), expected);
    }

    #[test]
    fn in_a_module_a_name_ends_with_its_hash_whatever_comes_next() {
        let module = b"\x1e__wbg_focus_a0b1c2d3e4f5a6b7a\x00";
        assert_eq!(renamed(module), b"\x1e__wbg_focus_0000000000000001a\x00");
        assert_eq!(renamed(b"__wbg_focus_1111111111111111"), b"__wbg_focus_1111111111111111", "not of this script");
    }
}
