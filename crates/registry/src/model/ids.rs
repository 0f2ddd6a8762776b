//! The ids of what the registry keeps, and the moment of which each is.

use jiff::Timestamp;
use kernel::{Id, ids::StaticType};

kernel::id!(OfSystem SystemId "system");
kernel::id!(OfLink LinkId "link");
kernel::id!(OfConfirmation ConfirmationId "confirmation");
kernel::id!(OfCertificate CertificateId "certificate");
kernel::id!(OfCheck CheckId "check");
kernel::id!(OfAvailability AvailabilityId "availability");
kernel::id!(OfHead HeadId "head");
kernel::id!(OfBill BillId "bill");
kernel::id!(OfComponent ComponentId "component");
kernel::id!(OfProof ProofId "proof");

/// When a row was made: its id is of that moment.
pub fn made_at<K: StaticType>(id: &Id<K>) -> Option<Timestamp> {
    let (seconds, nanos) = id.uuid().get_timestamp()?.to_unix();
    Timestamp::new(i64::try_from(seconds).ok()?, i32::try_from(nanos).ok()?).ok()
}
