//! A PDF as signers leave it: nothing to read, but a signature that covers all of it.

/// Nobody's signature; only its place and its shape are right.
pub fn signed_pdf() -> Vec<u8> {
    let contents = format!("<3082{}>", "06092a864886f70d010702".repeat(20));
    let head = "%PDF-1.7\n1 0 obj << /Type /Sig /SubFilter /adbe.pkcs7.detached /Contents ";
    let (first, second) = (head.len(), head.len() + contents.len());
    let tail = |rest: usize| format!(" /ByteRange [0 {first} {second} {rest:08}] >> endobj\n%%EOF\n");
    format!("{head}{contents}{}", tail(tail(0).len())).into_bytes()
}
