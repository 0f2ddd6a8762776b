//! Time-stamps of RFC 3161: what to send to an authority, and whether what came back proves that a digest was there at
//! a moment.
//!
//! No network, no clock, no file: bytes go in. ASN.1 is read by RustCrypto's crates, signatures and certificate chains
//! are checked by webpki with ring. A token is good for ever when its certificate was valid at the moment it names, so
//! keep the certificates of the authority for as long as the tokens.
//! Start with [`request`] and [`check`].

mod anchors;
mod asn1;
mod digest;
mod refusal;
mod signed;
mod token;

use der::{Any, Decode, Encode, asn1::OctetString};

pub use self::{
    anchors::Anchors,
    digest::{Digest, MOST},
    refusal::Refusal,
    token::Stamp,
};
use self::{
    asn1::{Imprint, Request, Response, SHA_256},
    digest::short,
    token::read,
};

/// The body of the request, of media type `application/timestamp-query`. The nonce is new each time: it makes an old
/// answer worthless.
pub fn request(digest: &Digest, nonce: u64) -> Result<Vec<u8>, Refusal> {
    let request = Request {
        version: 1,
        imprint: imprint_of(digest)?,
        policy: None,
        nonce: Some(asn1::integer(nonce)?),
        wants_certificate: true,
        extensions: None,
    };
    Ok(request.to_der()?)
}

/// Checks an answer: granted, over this digest, to this request, and good under one of the anchors.
pub fn check(response: &[u8], digest: &Digest, nonce: u64, anchors: &Anchors) -> Result<Stamp, Refusal> {
    read(&token_of(response)?, digest, Some(nonce), anchors)
}

/// Checks a token that was kept.
pub fn check_token(token: &[u8], digest: &Digest, anchors: &Anchors) -> Result<Stamp, Refusal> {
    read(token, digest, None, anchors)
}

/// The token of an answer that grants one; nothing in it is checked.
pub fn token_of(response: &[u8]) -> Result<Vec<u8>, Refusal> {
    let response = Response::from_der(short(response)?)?;
    match response.status.status {
        0 => Ok(response.token.ok_or(Refusal::NoToken)?.to_der()?),
        1 => Err(Refusal::WithMods),
        status => Err(response.status.refusal(status)),
    }
}

/// What a token claims to be of; nothing is checked.
pub fn claimed_digest(token: &[u8]) -> Result<Digest, Refusal> {
    let (_, info) = token::open(token)?;
    info.imprint.sha_256().ok_or(Refusal::OtherDigest)
}

fn imprint_of(digest: &Digest) -> Result<Imprint, Refusal> {
    let algorithm = x509_cert::spki::AlgorithmIdentifier { oid: SHA_256, parameters: Some(Any::null()) };
    Ok(Imprint { algorithm, digest: OctetString::new(digest.as_slice())? })
}
