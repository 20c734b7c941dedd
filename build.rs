//! Has the program compiled again when the scripts of the site were built, came or went: `src/serve/site/assets.rs` puts `web/dist/` into it.

use std::path::Path;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    // a path that is not there would have it compiled each time
    let built = Path::new("web/dist");
    let watched = if built.exists() { "web/dist" } else { "web" };
    println!("cargo:rerun-if-changed={watched}");
}
