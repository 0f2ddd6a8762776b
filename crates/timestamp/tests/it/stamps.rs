use timestamp::{Anchors, Digest, Refusal, Stamp, check, check_token, claimed_digest, request, token_of};

use crate::authority::{Authority, Key, is_there};

const DIGEST: Digest = [0xd1; 32];
const NONCE: u64 = 0xfedc_ba98_7654_3210;

fn anchors(authority: &Authority) -> Anchors {
    Anchors::from_pem(&authority.ca()).unwrap()
}

fn stamped(authority: &Authority) -> (Vec<u8>, Result<Stamp, Refusal>) {
    let answer = authority.answer(&request(&DIGEST, NONCE).unwrap());
    let stamp = check(&answer, &DIGEST, NONCE, &anchors(authority));
    (answer, stamp)
}

/// A token over the same statement, signed with another certificate of the folder.
fn signed_by(authority: &Authority, token: &[u8], name: &str) -> Vec<u8> {
    authority.write("t.der", token);
    let taken = authority.run("cms -verify -noverify -inform DER -in t.der -out statement.der");
    assert!(taken.status.success(), "{taken:?}");
    let signed = authority.run(&format!(
        "cms -sign -binary -nodetach -cades -md sha256 -outform DER -econtent_type 1.2.840.113549.1.9.16.1.4 \
         -in statement.der -signer {name}.pem -inkey {name}.key -out other.der"
    ));
    assert!(signed.status.success(), "{signed:?}");
    authority.read("other.der")
}

#[test]
fn what_openssl_answers_is_accepted_and_openssl_accepts_what_is_kept() {
    if !is_there() {
        return;
    }
    for key in [Key::Rsa, Key::P256] {
        let authority = Authority::open(key);
        for names_by in ["sha256", "sha1", "sha384"] {
            authority.configure("sha256", names_by, "ca.pem");
            let (answer, stamp) = stamped(&authority);
            let stamp = stamp.unwrap_or_else(|refusal| panic!("{key:?} {names_by}: {refusal}"));
            assert_eq!(stamp.policy, "1.2.3.4.1");
            assert!(stamp.tsa.contains("CN=tsa") && stamp.tsa.contains("tsa@vidu.example"), "{}", stamp.tsa);
            assert_eq!(token_of(&answer).unwrap(), stamp.token);
            assert_eq!(claimed_digest(&stamp.token).unwrap(), DIGEST);
            assert_eq!(check_token(&stamp.token, &DIGEST, &anchors(&authority)).unwrap(), stamp);
            authority.write("kept.der", &stamp.token);
            let hex = hex::encode(DIGEST);
            let proven = authority.run(&format!("ts -verify -digest {hex} -in kept.der -token_in -CAfile ca.pem"));
            assert!(proven.status.success(), "{proven:?}");
            let said = authority.run("ts -reply -in kept.der -token_in -text -token_out");
            let said = String::from_utf8_lossy(&said.stdout).into_owned();
            assert!(
                said.to_lowercase().contains(&format!("serial number: 0x{}", stamp.serial)),
                "{said} {}",
                stamp.serial
            );
        }
    }
}

#[test]
fn a_token_of_something_else_or_another_request_is_refused() {
    if !is_there() {
        return;
    }
    let authority = Authority::open(Key::P256);
    let (answer, stamp) = stamped(&authority);
    let (token, anchors) = (stamp.unwrap().token, anchors(&authority));
    assert_eq!(check(&answer, &[0xd2; 32], NONCE, &anchors), Err(Refusal::OtherDigest));
    assert_eq!(check(&answer, &DIGEST, NONCE - 1, &anchors), Err(Refusal::OtherNonce));
    assert_eq!(check_token(&token, &[0xd2; 32], &anchors), Err(Refusal::OtherDigest));
}

#[test]
fn no_byte_of_a_token_can_be_changed_so_that_it_says_something_else() {
    if !is_there() {
        return;
    }
    for key in [Key::Rsa, Key::P256] {
        let authority = Authority::open(key);
        let stamp = stamped(&authority).1.unwrap();
        let anchors = anchors(&authority);
        let mut refused = 0;
        for at in 0..stamp.token.len() {
            let mut token = stamp.token.clone();
            token[at] ^= 0x01;
            match check_token(&token, &DIGEST, &anchors) {
                Err(_) => refused += 1,
                // Outside of what is signed: the same statement by the same authority.
                Ok(other) => {
                    assert_eq!(Stamp { token: vec![], ..other }, Stamp { token: vec![], ..stamp.clone() }, "{at}");
                }
            }
        }
        assert!(refused * 10 > stamp.token.len() * 5, "{refused} of {}", stamp.token.len());
        // The moment, and the signature's last byte.
        let is_moment = |four: &[u8]| four[0] == 0x18 && four[2..] == *b"20";
        let moment = stamp.token.windows(4).position(is_moment).unwrap() + 2 + 13;
        let mut token = stamp.token.clone();
        token[moment] ^= 0x01;
        assert_eq!(check_token(&token, &DIGEST, &anchors), Err(Refusal::Attributes("another message digest")));
        let mut token = stamp.token.clone();
        *token.last_mut().unwrap() ^= 0x01;
        assert_eq!(check_token(&token, &DIGEST, &anchors), Err(Refusal::Signature));
    }
}

#[test]
fn another_authority_is_not_believed() {
    if !is_there() {
        return;
    }
    let (own, other) = (Authority::open(Key::P256), Authority::open(Key::P256));
    let token = stamped(&own).1.unwrap().token;
    // Both are called `ca`, so that only the key tells them apart.
    let refused = check_token(&token, &DIGEST, &anchors(&other)).unwrap_err();
    assert!(matches!(refused, Refusal::Untrusted(_)), "{refused:?}");
    let both = [other.ca(), own.ca()].concat();
    assert!(check_token(&token, &DIGEST, &Anchors::from_pem(&both).unwrap()).is_ok());
}

#[test]
fn only_a_certificate_for_stamping_alone_stamps() {
    if !is_there() {
        return;
    }
    let authority = Authority::open(Key::P256);
    let anchors = anchors(&authority);
    for (extension, is_good) in [
        ("extendedKeyUsage=critical,timeStamping", true),
        ("extendedKeyUsage=timeStamping", false),
        ("extendedKeyUsage=critical,timeStamping,serverAuth", false),
        ("extendedKeyUsage=critical,serverAuth", false),
        ("basicConstraints=CA:FALSE", false),
    ] {
        authority.certify("web", "ca", extension);
        // After the certificate: one of the next second would not be valid yet.
        let token = stamped(&authority).1.unwrap().token;
        let found = check_token(&signed_by(&authority, &token, "web"), &DIGEST, &anchors);
        if is_good {
            assert!(found.unwrap().tsa.contains("CN=web"));
        } else {
            assert_eq!(found, Err(Refusal::NotForStamping), "{extension}");
        }
    }
}

#[test]
fn a_certificate_counts_at_the_moment_of_the_stamp() {
    if !is_there() {
        return;
    }
    let authority = Authority::open(Key::Rsa);
    for (from, until) in [("20200101000000Z", "20210101000000Z"), ("20900101000000Z", "20910101000000Z")] {
        authority.certify_for(from, until);
        assert_eq!(stamped(&authority).1, Err(Refusal::OutOfDate), "{from}");
    }
}

#[test]
fn an_authority_below_another_is_followed_up_to_the_one_that_is_trusted() {
    if !is_there() {
        return;
    }
    let authority = Authority::open(Key::P256);
    authority.certify("middle", "ca", "basicConstraints=critical,CA:TRUE");
    authority.certify("tsa", "middle", "extendedKeyUsage=critical,timeStamping");
    authority.configure("sha256", "sha256", "middle.pem");
    assert!(stamped(&authority).1.is_ok());
    authority.configure("sha256", "sha256", "ca.pem");
    assert!(matches!(stamped(&authority).1, Err(Refusal::Untrusted(_))), "the one between is lacking");
}

#[test]
fn what_was_not_granted_is_no_stamp() {
    if !is_there() {
        return;
    }
    let authority = Authority::open(Key::P256);
    let (mut answer, _) = stamped(&authority);
    let status = answer.windows(5).position(|bytes| bytes == [0x30, 3, 2, 1, 0]).unwrap() + 4;
    answer[status] = 1;
    assert_eq!(check(&answer, &DIGEST, NONCE, &anchors(&authority)), Err(Refusal::WithMods));
    authority.configure("sha512", "sha256", "ca.pem");
    let Err(Refusal::Rejected { status, words }) = stamped(&authority).1 else { panic!("it was granted") };
    assert!(status == 2 && words.contains("badAlg"), "{status} {words}");
    let granted_nothing = [0x30, 5, 0x30, 3, 2, 1, 0];
    assert_eq!(check(&granted_nothing, &DIGEST, NONCE, &anchors(&authority)), Err(Refusal::NoToken));
}

#[test]
fn anchors_are_certificates_in_pem() {
    for wrong in [b"".as_slice(), b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", b"\xff\xfe"] {
        assert!(matches!(Anchors::from_pem(wrong), Err(Refusal::Anchor(_))), "{wrong:?}");
    }
}
