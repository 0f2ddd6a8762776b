//! Certificates that run out: of data centres, and of addresses.

use db::Words;
use derive::{Code, Fact, Row, Schema};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::ids::{CertificateId, SystemId};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
pub enum CertificateKind {
    /// Of a data centre, by the levels of its design or its building.
    Tier,
    /// By a national standard.
    Tcvn,
    /// The document by which a data centre is tied to the national one.
    NationalLink,
    /// Of an address: its key runs out.
    Tls,
    /// Of a manager of security.
    Iso27001,
    Other,
}

#[derive(Debug, Clone, PartialEq, Row, Fact, Serialize, Schema)]
#[row(table = "registry_certificate", taken(number = "certificate-there"))]
#[fact(key = "certificate")]
pub struct Certificate {
    #[fact(name = "certificate", vi = "Chứng nhận", en = "Certificate")]
    pub id: CertificateId,
    #[fact(name = "system", vi = "Hệ thống", en = "System")]
    pub system_id: SystemId,
    #[fact(vi = "Loại chứng nhận", en = "Kind of certificate")]
    pub kind: CertificateKind,
    #[fact(vi = "Số chứng nhận", en = "Number", identifier)]
    pub number: String,
    pub issuer: Option<Words>,
    pub issued_on: Option<Date>,
    #[fact(vi = "Có giá trị đến", en = "Valid until")]
    pub valid_until: Option<Date>,
    pub rev: i64,
}

/// A certificate as the form and the API say it; or one taken away.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct CertificateInput {
    pub kind: String,
    pub number: String,
    pub issuer: String,
    /// `17/9/2026`, or `2026-09-17`.
    pub issued_on: String,
    pub valid_until: String,
    /// A certificate that is to go.
    pub remove: String,
}
