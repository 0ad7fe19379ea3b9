//! Moodle's categories, which become rounds.

/// The last part of a category's path, which may begin with where it belongs: `$course$/top/`.
pub(super) fn last(path: &str) -> String {
    // A slash that belongs to a name is doubled.
    let path = path.trim().replace("//", "\0");
    let is_name = |name: &str| !name.is_empty() && name.chars().all(|letter| letter.is_ascii_alphanumeric());
    let is_context = |part: &str| part.strip_prefix('$').and_then(|part| part.strip_suffix('$')).is_some_and(is_name);
    let path = match path.split_once('/').unwrap_or((&path, "")) {
        (context, "top") if is_context(context) => "",
        (context, rest) if is_context(context) => rest.strip_prefix("top/").unwrap_or(rest),
        _ => &path,
    };
    let last = path.rsplit('/').find(|part| !part.trim().is_empty());
    last.unwrap_or_default().replace('\0', "/").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::last;

    #[test]
    fn a_category_is_called_by_its_last_part() {
        for (path, name) in [
            ("$course$/top/Default for X/Geo", "Geo"),
            ("Read//Write", "Read/Write"),
            ("$course$/", ""),
            ("$course$", ""),
            ("$course$/top", ""),
            ("$course$/top/top", "top"),
            ("$cat1$/A/B/", "B"),
            ("$5 or $10$", "$5 or $10$"),
            (" tom/dick/harry ", "harry"),
        ] {
            assert_eq!(last(path), name);
        }
    }
}
