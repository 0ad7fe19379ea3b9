//! Moodle's categories, which become rounds.

/// The last part of a category's path.
pub(super) fn last(path: &str) -> String {
    // A slash that belongs to a name is doubled.
    let path = path.trim().replace("//", "\u{0}");
    let last = path.rsplit('/').find(|part| !matches!(part.trim(), "" | "top" | "$course$" | "$module$" | "$system$"));
    last.unwrap_or_default().replace('\u{0}', "/").trim().to_owned()
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
            (" tom/dick/harry ", "harry"),
        ] {
            assert_eq!(last(path), name);
        }
    }
}
