//! Styles, fonts and scripts built by npm, embedded in the binary and cached for a year under their hash.

use std::{collections::HashMap, sync::LazyLock};

use axum::{
    extract::Path,
    http::{HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
struct Dist;

static HASHES: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    Dist::iter()
        .filter_map(|name| {
            Dist::get(&name).map(|file| (name.to_string(), hex::encode(&file.metadata.sha256_hash()[..6])))
        })
        .collect()
});

/// `/assets/<hash>/<name>`: changes when the content does. Empty when the asset was not built.
pub fn url(name: &str) -> String {
    HASHES.get(name).map(|hash| format!("/assets/{hash}/{name}")).unwrap_or_default()
}

/// The bytes of an asset; none when it was not built.
pub fn bytes(name: &str) -> Option<Vec<u8>> {
    Dist::get(name).map(|file| file.data.into_owned())
}

/// What browsers show beside a title; they ask for it under this address on every visit.
pub async fn icon() -> impl IntoResponse {
    let headers = [(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "public, max-age=86400")];
    (headers, include_str!("../assets/icon.svg"))
}

pub async fn serve(Path((_hash, name)): Path<(String, String)>) -> Response {
    let Some(file) = Dist::get(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let headers: [(HeaderName, String); 2] = [
        (header::CONTENT_TYPE, file.metadata.mimetype().to_owned()),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable".to_owned()),
    ];
    (headers, file.data.into_owned()).into_response()
}
