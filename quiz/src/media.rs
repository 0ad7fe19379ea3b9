//! What kind of file something is, by its first bytes: names and whoever sends it may lie.

/// The kind of a picture that browsers show; nothing for anything else.
pub fn mime(bytes: &[u8]) -> Option<&'static str> {
    let starts = |signature: &[u8]| bytes.starts_with(signature);
    match bytes {
        _ if starts(b"\x89PNG\r\n\x1a\n") => Some("image/png"),
        _ if starts(b"\xff\xd8\xff") => Some("image/jpeg"),
        _ if starts(b"GIF87a") || starts(b"GIF89a") => Some("image/gif"),
        _ if starts(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") => Some("image/webp"),
        _ if is_svg(bytes) => Some("image/svg+xml"),
        _ => None,
    }
}

/// Whether it is XML whose outermost element is a drawing, with nothing before it but a declaration and comments.
fn is_svg(bytes: &[u8]) -> bool {
    let Ok(text) = str::from_utf8(bytes) else { return false };
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    for (begin, end) in [("<?xml", "?>"), ("<!--", "-->")] {
        while rest.starts_with(begin) {
            let Some((_, after)) = rest.split_once(end) else { return false };
            rest = after.trim_start();
        }
    }
    rest.strip_prefix("<svg").is_some_and(|rest| rest.starts_with(|next: char| next.is_whitespace() || next == '>'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_what_the_bytes_say() {
        for (bytes, kind) in [
            (b"\x89PNG\r\n\x1a\n....".as_slice(), Some("image/png")),
            (b"\xff\xd8\xff\xe0", Some("image/jpeg")),
            (b"GIF89a..", Some("image/gif")),
            (b"RIFF\0\0\0\0WEBPVP8 ", Some("image/webp")),
            (b"<?xml version='1.0'?>\n<!-- a --><svg xmlns='x'/>", Some("image/svg+xml")),
            (b"<html><svg xmlns='x'/></html>", None),
            (b"<!DOCTYPE html><svg >", None),
            (b"<svgx>", None),
            (b"RIFF\0\0\0\0WAVE", None),
            (b"GIF", None),
            (b"", None),
        ] {
            assert_eq!(mime(bytes), kind, "{bytes:?}");
        }
    }
}
