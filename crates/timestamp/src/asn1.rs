//! The structures of RFC 3161 and of the signing certificate's attributes (RFC 2634, RFC 5035). The crate `x509-tsp`
//! has some of them, and refuses the fractions of a second that an authority may write.

use der::{
    Any, Decode, Encode, Sequence, Tagged,
    asn1::{BitString, GeneralizedTime, Int, ObjectIdentifier, OctetString},
};
use x509_cert::{ext::Extensions, spki::AlgorithmIdentifierOwned};

use crate::{Digest, Refusal};

pub const SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
pub const TST_INFO: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");

#[derive(Sequence)]
pub struct Request {
    pub version: u8,
    pub imprint: Imprint,
    #[asn1(optional = "true")]
    pub policy: Option<ObjectIdentifier>,
    #[asn1(optional = "true")]
    pub nonce: Option<Int>,
    #[asn1(default = "Default::default")]
    pub wants_certificate: bool,
    #[asn1(context_specific = "0", tag_mode = "IMPLICIT", optional = "true")]
    pub extensions: Option<Extensions>,
}

#[derive(Sequence)]
pub struct Imprint {
    pub algorithm: AlgorithmIdentifierOwned,
    pub digest: OctetString,
}

impl Imprint {
    pub fn sha_256(&self) -> Option<Digest> {
        (self.algorithm.oid == SHA_256).then(|| self.digest.as_bytes().try_into().ok()).flatten()
    }
}

#[derive(Sequence)]
pub struct Response {
    pub status: Status,
    #[asn1(optional = "true")]
    pub token: Option<Any>,
}

#[derive(Sequence)]
pub struct Status {
    pub status: u8,
    #[asn1(optional = "true")]
    pub words: Option<Vec<String>>,
    #[asn1(optional = "true")]
    pub failure: Option<BitString>,
}

impl Status {
    pub fn refusal(&self, status: u8) -> Refusal {
        let mut words: Vec<String> = self.words.iter().flatten().cloned().collect();
        let bits = self.failure.iter().flat_map(|bits| bits.bits().enumerate().filter(|(_, set)| *set));
        words.extend(bits.filter_map(|(bit, _)| failure(bit)).map(str::to_owned));
        Refusal::Rejected { status, words: words.join("; ") }
    }
}

/// RFC 3161, PKIFailureInfo.
fn failure(bit: usize) -> Option<&'static str> {
    Some(match bit {
        0 => "badAlg",
        2 => "badRequest",
        5 => "badDataFormat",
        14 => "timeNotAvailable",
        15 => "unacceptedPolicy",
        16 => "unacceptedExtension",
        17 => "addInfoNotAvailable",
        25 => "systemFailure",
        _ => return None,
    })
}

/// TSTInfo: what is signed.
#[derive(Sequence)]
pub struct Info {
    pub version: u8,
    pub policy: ObjectIdentifier,
    pub imprint: Imprint,
    pub serial: Int,
    /// A GeneralizedTime that may have fractions of a second.
    pub at: Any,
    #[asn1(optional = "true")]
    pub accuracy: Option<Accuracy>,
    #[asn1(default = "Default::default")]
    pub ordering: bool,
    #[asn1(optional = "true")]
    pub nonce: Option<Int>,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT", optional = "true")]
    pub tsa: Option<Any>,
    #[asn1(context_specific = "1", tag_mode = "IMPLICIT", optional = "true")]
    pub extensions: Option<Extensions>,
}

#[derive(Sequence)]
pub struct Accuracy {
    #[asn1(optional = "true")]
    pub seconds: Option<u64>,
    #[asn1(context_specific = "0", tag_mode = "IMPLICIT", optional = "true")]
    pub millis: Option<u16>,
    #[asn1(context_specific = "1", tag_mode = "IMPLICIT", optional = "true")]
    pub micros: Option<u16>,
}

impl Info {
    /// Microseconds since 1970.
    pub fn micros(&self) -> Result<i64, Refusal> {
        let wrong = || Refusal::Malformed("genTime".into());
        if self.at.tag() != der::Tag::GeneralizedTime {
            return Err(wrong());
        }
        let text =
            std::str::from_utf8(self.at.value()).ok().and_then(|text| text.strip_suffix('Z')).ok_or_else(wrong)?;
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        if fraction.is_empty() || fraction.len() > 9 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(wrong());
        }
        let whole =
            Any::new(der::Tag::GeneralizedTime, format!("{whole}Z").into_bytes())?.decode_as::<GeneralizedTime>()?;
        let micros: i64 = format!("{fraction:0<6}")[..6].parse().map_err(|_| wrong())?;
        let seconds = i64::try_from(whole.to_unix_duration().as_secs()).map_err(|_| wrong())?;
        Ok(seconds * 1_000_000 + micros)
    }
}

/// ESSCertID: the certificate's SHA-1.
#[derive(Sequence)]
pub struct CertificateV1 {
    pub hash: OctetString,
    #[asn1(optional = "true")]
    pub issuer: Option<Any>,
}

/// SigningCertificate: the signer's certificate comes first.
#[derive(Sequence)]
pub struct SigningV1 {
    pub certificates: Vec<CertificateV1>,
    #[asn1(optional = "true")]
    pub policies: Option<Any>,
}

/// ESSCertIDv2. The algorithm is SHA-256 unless it is said.
pub struct CertificateV2 {
    pub algorithm: ObjectIdentifier,
    pub hash: OctetString,
}

#[derive(Sequence)]
struct Said {
    algorithm: AlgorithmIdentifierOwned,
    hash: OctetString,
    #[asn1(optional = "true")]
    issuer: Option<Any>,
}

#[derive(Sequence)]
pub struct SigningV2 {
    pub certificates: Vec<Any>,
    #[asn1(optional = "true")]
    pub policies: Option<Any>,
}

impl SigningV2 {
    pub fn first(&self) -> Result<Option<CertificateV2>, Refusal> {
        let Some(first) = self.certificates.first() else { return Ok(None) };
        let bytes = first.to_der()?;
        Ok(Some(match CertificateV1::from_der(&bytes) {
            Ok(short) => CertificateV2 { algorithm: SHA_256, hash: short.hash },
            Err(_) => {
                let said = Said::from_der(&bytes)?;
                CertificateV2 { algorithm: said.algorithm.oid, hash: said.hash }
            }
        }))
    }
}

pub fn integer(number: u64) -> Result<Int, Refusal> {
    Ok(Int::from_der(&number.to_der()?)?)
}
