//! Answers come from another machine: whatever they are, they are read or refused.

use timestamp::{Anchors, MOST, Refusal, check, check_token, claimed_digest, request, token_of};

use crate::authority::{Authority, Key, is_there};

fn everything(bytes: &[u8], anchors: Option<&Anchors>) {
    let _ = (token_of(bytes), claimed_digest(bytes), Anchors::from_pem(bytes));
    if let Some(anchors) = anchors {
        let _ = (check(bytes, &[7; 32], 7, anchors), check_token(bytes, &[7; 32], anchors));
    }
}

#[test]
fn foreign_bytes_never_panic() {
    let anchors = is_there().then(|| Anchors::from_pem(&Authority::open(Key::P256).ca()).unwrap());
    bolero::check!().with_iterations(3000).for_each(|bytes: &[u8]| {
        everything(bytes, anchors.as_ref());
        everything(&[&[0x30, 0x80 | 0x01, 0x80], bytes].concat(), anchors.as_ref());
    });
}

#[test]
fn a_real_answer_with_bytes_changed_never_panics() {
    if !is_there() {
        return;
    }
    let authority = Authority::open(Key::P256);
    let answer = authority.answer(&request(&[7; 32], 7).unwrap());
    let token = token_of(&answer).unwrap();
    let anchors = Anchors::from_pem(&authority.ca()).unwrap();
    bolero::check!().with_iterations(3000).with_type::<(bool, u16, [u8; 3])>().for_each(|(whole, at, bytes)| {
        let mut changed = if *whole { answer.clone() } else { token.clone() };
        let at = usize::from(*at) % (changed.len() - 3);
        changed[at..at + 3].copy_from_slice(bytes);
        everything(&changed, Some(&anchors));
        everything(&changed[..at], Some(&anchors));
    });
}

#[test]
fn a_long_answer_is_not_read() {
    let long = vec![0x30; MOST + 1];
    assert_eq!(token_of(&long), Err(Refusal::TooLong));
    assert_eq!(claimed_digest(&long), Err(Refusal::TooLong));
}
