//! A token: a signed statement that a digest was there at a moment.

use std::fmt::Write as _;

use cms::{content_info::ContentInfo, signed_data::SignedData};
use der::{
    Decode,
    asn1::{ObjectIdentifier, OctetString},
};

use crate::{
    Anchors, Digest, Refusal,
    asn1::{Info, TST_INFO, integer},
    digest::short,
    signed::signer,
};

const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");

/// What a good token proves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// Microseconds since 1970.
    pub at: i64,
    /// The authority's number of it, in hex.
    pub serial: String,
    /// Under which policy, as dotted numbers.
    pub policy: String,
    /// Who signed: the subject of the certificate.
    pub tsa: String,
    /// The token, to be kept.
    pub token: Vec<u8>,
}

/// What is signed, and what it says.
pub fn open(token: &[u8]) -> Result<(SignedData, Info), Refusal> {
    let content = ContentInfo::from_der(short(token)?)?;
    if content.content_type != SIGNED_DATA {
        return Err(Refusal::NotAStamp("nothing is signed"));
    }
    let signed: SignedData = content.content.decode_as()?;
    if signed.encap_content_info.econtent_type != TST_INFO {
        return Err(Refusal::NotAStamp("something else is signed"));
    }
    let info = Info::from_der(signed_bytes(&signed)?.as_bytes())?;
    if info.version != 1 {
        return Err(Refusal::NotAStamp("of another version"));
    }
    if info.extensions.iter().flatten().any(|extension| extension.critical) {
        return Err(Refusal::NotAStamp("with a critical extension"));
    }
    Ok((signed, info))
}

fn signed_bytes(signed: &SignedData) -> Result<OctetString, Refusal> {
    let content = signed.encap_content_info.econtent.as_ref().ok_or(Refusal::NotAStamp("nothing is in it"))?;
    Ok(content.decode_as()?)
}

pub fn read(token: &[u8], digest: &Digest, nonce: Option<u64>, anchors: &Anchors) -> Result<Stamp, Refusal> {
    let (signed, info) = open(token)?;
    if info.imprint.sha_256().as_ref() != Some(digest) {
        return Err(Refusal::OtherDigest);
    }
    if let Some(nonce) = nonce
        && info.nonce != Some(integer(nonce)?)
    {
        return Err(Refusal::OtherNonce);
    }
    let at = info.micros()?;
    let tsa = signer(&signed, signed_bytes(&signed)?.as_bytes(), at, anchors)?;
    Ok(Stamp {
        at,
        serial: info.serial.as_bytes().iter().fold(String::new(), |mut out, byte| {
            let _ = write!(out, "{byte:02x}");
            out
        }),
        policy: info.policy.to_string(),
        tsa,
        token: token.to_vec(),
    })
}
