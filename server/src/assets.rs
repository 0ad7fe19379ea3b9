//! Names of the page's files: they carry a hash, which the build leaves beside the binary.

use app::Assets;
use leptos::config::LeptosOptions;
use std::path::Path;

/// Reads the hashes that belong to `site`, beside this binary or in the site itself; without them, the plain names.
pub fn find(options: &LeptosOptions) -> Assets {
    let beside = std::env::current_exe().ok().and_then(|exe| exe.parent().map(Path::to_path_buf)).unwrap_or_default();
    let hashes = std::fs::read_to_string(beside.join(options.hash_file.as_ref())).unwrap_or_default();
    let name = |kind: &str, extension: &str| {
        let hash = hashes.lines().find_map(|line| line.strip_prefix(kind)?.strip_prefix(':').map(str::trim));
        let hash = hash.filter(|_| options.hash_files).map(|hash| format!(".{hash}")).unwrap_or_default();
        format!("/{}/{}{hash}.{extension}", options.site_pkg_dir, options.output_name)
    };
    Assets { script: name("js", "js"), wasm: name("wasm", "wasm"), style: name("css", "css") }
}
