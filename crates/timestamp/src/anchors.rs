//! The certificates of those who are trusted to certify authorities.

use rustls_pki_types::{CertificateDer, TrustAnchor, pem::PemObject};

use crate::Refusal;

/// Certificates to which that of an authority must lead.
#[derive(Debug, Clone)]
pub struct Anchors(Vec<TrustAnchor<'static>>);

impl Anchors {
    /// From one or more certificates in PEM. Keep the old ones when an authority changes: they prove the old tokens.
    pub fn from_pem(pem: &[u8]) -> Result<Self, Refusal> {
        let mut out = Vec::new();
        for certificate in CertificateDer::pem_slice_iter(pem) {
            let certificate = certificate.map_err(|error| Refusal::Anchor(error.to_string()))?;
            let anchor = webpki::anchor_from_trusted_cert(&certificate);
            out.push(anchor.map_err(|error| Refusal::Anchor(error.to_string()))?.to_owned());
        }
        if out.is_empty() { Err(Refusal::Anchor("there is none".into())) } else { Ok(Self(out)) }
    }

    pub(crate) fn list(&self) -> &[TrustAnchor<'static>] {
        &self.0
    }
}
