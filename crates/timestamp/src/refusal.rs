//! Why an answer or a token is no proof.

/// Each reason is one that somebody has to do something else about.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    #[error("longer than any time-stamp")]
    TooLong,
    #[error("not DER as it should be: {0}")]
    Malformed(String),
    /// The authority did not grant it. The words are its own.
    #[error("the authority refused: status {status}, {words}")]
    Rejected { status: u8, words: String },
    #[error("granted with modifications, which nobody asked for")]
    WithMods,
    #[error("granted, but there is no token")]
    NoToken,
    #[error("of something else: the digest differs")]
    OtherDigest,
    #[error("an answer to another request: the nonce differs")]
    OtherNonce,
    #[error("not a signed time-stamp: {0}")]
    NotAStamp(&'static str),
    #[error("the signed attributes do not fit: {0}")]
    Attributes(&'static str),
    #[error("the certificate of the signer is not in it")]
    NoCertificate,
    #[error("signed with an algorithm that is not known here: {0}")]
    Algorithm(String),
    #[error("the signature does not fit")]
    Signature,
    #[error("the certificate is not one for time-stamping")]
    NotForStamping,
    #[error("the certificate was not valid at that time")]
    OutOfDate,
    #[error("the certificate does not lead to an authority that is trusted here: {0}")]
    Untrusted(String),
    #[error("not a certificate in PEM: {0}")]
    Anchor(String),
}

impl From<der::Error> for Refusal {
    fn from(error: der::Error) -> Self {
        Self::Malformed(error.to_string())
    }
}
