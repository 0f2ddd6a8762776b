//! The web assets are built by npm and not committed; without them the pages are plain but work.
fn main() {
    println!("cargo:rerun-if-changed=../../web/dist");
    let _ = std::fs::create_dir_all("../../web/dist");
}
