//! Who signed, with which certificate, and whether that one may.

use std::{fmt::Write as _, time::Duration};

use cms::{
    cert::CertificateChoices,
    signed_data::{SignedAttributes, SignedData, SignerIdentifier, SignerInfo},
};
use der::{
    Any, Decode, Encode,
    asn1::{ObjectIdentifier, OctetString},
};
use ring::digest;
use rustls_pki_types::{CertificateDer, SignatureVerificationAlgorithm, UnixTime};
use webpki::{EndEntityCert, KeyUsage, ring as known};
use x509_cert::{
    Certificate,
    ext::pkix::{ExtendedKeyUsage, SubjectKeyIdentifier},
};

use crate::{
    Anchors, Refusal,
    asn1::{SHA_256, SigningV1, SigningV2, TST_INFO},
};

const fn oid(text: &str) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(text)
}

const SHA_384: ObjectIdentifier = oid("2.16.840.1.101.3.4.2.2");
const SHA_512: ObjectIdentifier = oid("2.16.840.1.101.3.4.2.3");
const RSA: ObjectIdentifier = oid("1.2.840.113549.1.1.1");
const RSA_SHA_256: ObjectIdentifier = oid("1.2.840.113549.1.1.11");
const RSA_SHA_384: ObjectIdentifier = oid("1.2.840.113549.1.1.12");
const RSA_SHA_512: ObjectIdentifier = oid("1.2.840.113549.1.1.13");
const ECDSA_SHA_256: ObjectIdentifier = oid("1.2.840.10045.4.3.2");
const ECDSA_SHA_384: ObjectIdentifier = oid("1.2.840.10045.4.3.3");
const CONTENT_TYPE: ObjectIdentifier = oid("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST: ObjectIdentifier = oid("1.2.840.113549.1.9.4");
const SIGNING_V1: ObjectIdentifier = oid("1.2.840.113549.1.9.16.2.12");
const SIGNING_V2: ObjectIdentifier = oid("1.2.840.113549.1.9.16.2.47");
const SUBJECT_KEY: ObjectIdentifier = oid("2.5.29.14");
const KEY_PURPOSES: ObjectIdentifier = oid("2.5.29.37");
const STAMPING: ObjectIdentifier = oid("1.3.6.1.5.5.7.3.8");
/// The same without tag and length, as webpki takes it.
const STAMPING_VALUE: &[u8] = &[0x2b, 6, 1, 5, 5, 7, 3, 8];

/// In which certificates of the chain may be signed.
fn chain() -> [Algorithm; 8] {
    [
        known::RSA_PKCS1_2048_8192_SHA256,
        known::RSA_PKCS1_2048_8192_SHA384,
        known::RSA_PKCS1_2048_8192_SHA512,
        known::ECDSA_P256_SHA256,
        known::ECDSA_P256_SHA384,
        known::ECDSA_P384_SHA256,
        known::ECDSA_P384_SHA384,
        known::ED25519,
    ]
}

type Algorithm = &'static dyn SignatureVerificationAlgorithm;

/// Checks everything about the signature over `content`; `at` is the moment the content names. Returns who signed.
pub fn signer(signed: &SignedData, content: &[u8], at: i64, anchors: &Anchors) -> Result<String, Refusal> {
    // RFC 3161: the authority's signature and no other.
    let [signer] = signed.signer_infos.0.as_slice() else { return Err(Refusal::NotAStamp("not signed by one")) };
    let certificates: Vec<&Certificate> =
        signed.certificates.iter().flat_map(|set| set.0.iter()).filter_map(plain).collect();
    let own = certificates.iter().find(|certificate| is_of(certificate, &signer.sid)).ok_or(Refusal::NoCertificate)?;
    let own_bytes = CertificateDer::from(own.to_der()?);
    let attributes = signer.signed_attrs.as_ref().ok_or(Refusal::Attributes("there are none"))?;
    check_attributes(attributes, signer, content, &own_bytes)?;
    let parsed = EndEntityCert::try_from(&own_bytes).map_err(|error| Refusal::Untrusted(error.to_string()))?;
    // The signature is over the attributes as a SET, which is how they are encoded by themselves.
    let message = attributes.to_der()?;
    let fits = algorithms(signer)?
        .iter()
        .any(|algorithm| parsed.verify_signature(*algorithm, &message, signer.signature.as_bytes()).is_ok());
    if !fits {
        return Err(Refusal::Signature);
    }
    if !is_for_stamping(own) {
        return Err(Refusal::NotForStamping);
    }
    let others = certificates.iter().map(|certificate| Ok(CertificateDer::from(certificate.to_der()?)));
    let others = others.collect::<Result<Vec<_>, der::Error>>()?;
    let time = UnixTime::since_unix_epoch(Duration::from_micros(u64::try_from(at).map_err(|_| Refusal::OutOfDate)?));
    let usage = KeyUsage::required_if_present(STAMPING_VALUE);
    let led = parsed.verify_for_usage(&chain(), anchors.list(), &others, time, usage, None, None);
    led.map_err(|error| match error {
        webpki::Error::CertExpired { .. } | webpki::Error::CertNotValidYet { .. } => Refusal::OutOfDate,
        other => Refusal::Untrusted(other.to_string()),
    })?;
    let mut subject = String::new();
    // A name that cannot be written is left out; it is shown, not compared.
    let _ = write!(subject, "{}", own.tbs_certificate.subject);
    Ok(subject)
}

fn plain(choice: &CertificateChoices) -> Option<&Certificate> {
    match choice {
        CertificateChoices::Certificate(certificate) => Some(certificate),
        CertificateChoices::Other(_) => None,
    }
}

fn extension(certificate: &Certificate, id: ObjectIdentifier) -> Option<(bool, &[u8])> {
    let mut found = certificate.tbs_certificate.extensions.iter().flatten().filter(|extension| extension.extn_id == id);
    let first = found.next()?;
    found.next().is_none().then(|| (first.critical, first.extn_value.as_bytes()))
}

fn is_of(certificate: &Certificate, id: &SignerIdentifier) -> bool {
    let tbs = &certificate.tbs_certificate;
    match id {
        SignerIdentifier::IssuerAndSerialNumber(id) => tbs.issuer == id.issuer && tbs.serial_number == id.serial_number,
        SignerIdentifier::SubjectKeyIdentifier(id) => extension(certificate, SUBJECT_KEY)
            .and_then(|(_, value)| SubjectKeyIdentifier::from_der(value).ok())
            .is_some_and(|own| own == *id),
    }
}

/// RFC 3161, 2.3: the key is for this alone, and the certificate insists on it.
fn is_for_stamping(certificate: &Certificate) -> bool {
    extension(certificate, KEY_PURPOSES).is_some_and(|(critical, value)| {
        critical && ExtendedKeyUsage::from_der(value).is_ok_and(|purposes| purposes.0 == [STAMPING])
    })
}

/// The one value of an attribute that must be there once; none where it is not there at all.
fn only(attributes: &SignedAttributes, id: ObjectIdentifier) -> Result<Option<&Any>, Refusal> {
    let mut found = attributes.iter().filter(|attribute| attribute.oid == id);
    let Some(first) = found.next() else { return Ok(None) };
    match (first.values.as_slice(), found.next()) {
        ([value], None) => Ok(Some(value)),
        _ => Err(Refusal::Attributes("one is there more than once")),
    }
}

fn check_attributes(
    attributes: &SignedAttributes,
    signer: &SignerInfo,
    content: &[u8],
    certificate: &[u8],
) -> Result<(), Refusal> {
    let kind = only(attributes, CONTENT_TYPE)?.ok_or(Refusal::Attributes("no content type"))?;
    if kind.decode_as::<ObjectIdentifier>()? != TST_INFO {
        return Err(Refusal::Attributes("another content type"));
    }
    let said = only(attributes, MESSAGE_DIGEST)?.ok_or(Refusal::Attributes("no message digest"))?;
    if said.decode_as::<OctetString>()?.as_bytes() != hash(signer.digest_alg.oid, content)?.as_ref() {
        return Err(Refusal::Attributes("another message digest"));
    }
    let mut is_named = false;
    if let Some(value) = only(attributes, SIGNING_V2)? {
        let first = value.decode_as::<SigningV2>()?.first()?.ok_or(Refusal::Attributes("no signing certificate"))?;
        is_named = true;
        if first.hash.as_bytes() != hash(first.algorithm, certificate)?.as_ref() {
            return Err(Refusal::Attributes("another signing certificate"));
        }
    }
    if let Some(value) = only(attributes, SIGNING_V1)? {
        let named = value.decode_as::<SigningV1>()?;
        let first = named.certificates.first().ok_or(Refusal::Attributes("no signing certificate"))?;
        is_named = true;
        // Only says which certificate it is; what it says of the content is signed with a stronger one.
        let own = digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, certificate);
        if first.hash.as_bytes() != own.as_ref() {
            return Err(Refusal::Attributes("another signing certificate"));
        }
    }
    if is_named { Ok(()) } else { Err(Refusal::Attributes("no signing certificate")) }
}

fn hash(algorithm: ObjectIdentifier, bytes: &[u8]) -> Result<digest::Digest, Refusal> {
    let with = match algorithm {
        SHA_256 => &digest::SHA256,
        SHA_384 => &digest::SHA384,
        SHA_512 => &digest::SHA512,
        other => return Err(Refusal::Algorithm(other.to_string())),
    };
    Ok(digest::digest(with, bytes))
}

/// Those that fit what the signer says it used; the key says which of them it is.
fn algorithms(signer: &SignerInfo) -> Result<Vec<Algorithm>, Refusal> {
    Ok(match (signer.signature_algorithm.oid, signer.digest_alg.oid) {
        (RSA | RSA_SHA_256, SHA_256) => vec![known::RSA_PKCS1_2048_8192_SHA256],
        (RSA | RSA_SHA_384, SHA_384) => vec![known::RSA_PKCS1_2048_8192_SHA384],
        (RSA | RSA_SHA_512, SHA_512) => vec![known::RSA_PKCS1_2048_8192_SHA512],
        (ECDSA_SHA_256, SHA_256) => vec![known::ECDSA_P256_SHA256, known::ECDSA_P384_SHA256],
        (ECDSA_SHA_384, SHA_384) => vec![known::ECDSA_P256_SHA384, known::ECDSA_P384_SHA384],
        (other, _) => return Err(Refusal::Algorithm(other.to_string())),
    })
}
