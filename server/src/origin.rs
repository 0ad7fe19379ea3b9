//! Which pages may connect: those this server served, and those named in the settings.

use axum::http::{HeaderMap, header};

/// Whether the request's Origin is this server itself, by the host the browser believes it talks to, or a named one.
///
/// Cookies are bound to the host, so a page under another name that resolves to this server has no session here.
pub fn is_allowed(headers: &HeaderMap, named: &[String]) -> bool {
    let Some(origin) = headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok()) else { return false };
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let authority = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
    let same = authority.is_some() && authority.map(str::to_lowercase) == host.map(str::to_lowercase);
    same || named.iter().any(|named| named.trim_end_matches('/').eq_ignore_ascii_case(origin))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(origin: Option<&'static str>, host: &'static str) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().expect("a host"));
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, origin.parse().expect("an origin"));
        }
        is_allowed(&headers, &["https://quiz.example/".into()])
    }

    #[test]
    fn only_the_own_and_named_origins_may_connect() {
        assert!(allowed(Some("http://192.168.0.5:3000"), "192.168.0.5:3000"));
        assert!(allowed(Some("http://Quiz.local:3000"), "quiz.local:3000"));
        assert!(allowed(Some("https://quiz.example"), "127.0.0.1:3000"));
        for foreign in
            [None, Some("null"), Some("http://192.168.0.5"), Some("http://evil.example"), Some("192.168.0.5:3000")]
        {
            assert!(!allowed(foreign, "192.168.0.5:3000"), "{foreign:?}");
        }
    }
}
