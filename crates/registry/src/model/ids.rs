//! The ids of what the registry keeps.

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
