//! The two places that name Leptos options agree.

use leptos::config::get_configuration;

#[test]
fn leptos_toml_says_what_cargo_toml_says() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let read = |file: &str| format!("{:?}", get_configuration(Some(&format!("{root}/{file}"))).unwrap().leptos_options);
    assert_eq!(read("Leptos.toml"), read("Cargo.toml"));
}
