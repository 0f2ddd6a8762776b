//! What officers send may be large; the memory and the places of the server are not theirs.

use std::{
    convert::Infallible,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    body::{Body, Bytes, HttpBody},
    http::{Method, StatusCode},
};
use http_body::Frame;
use testkit::{Answer, Client, Part};

use crate::house::House;

const PARTS: &str = "multipart/form-data; boundary=edge";
const FORM: &str = "application/x-www-form-urlencoded";
const MB: usize = 1024 * 1024;

/// Bytes of a body that somebody holds: now, at most, and in all.
#[derive(Default)]
struct Held {
    now: AtomicUsize,
    peak: AtomicUsize,
    sent: AtomicUsize,
}

impl Held {
    fn peak(&self) -> usize {
        self.peak.load(Ordering::SeqCst)
    }
}

struct Piece(Vec<u8>, Arc<Held>);

impl AsRef<[u8]> for Piece {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Drop for Piece {
    fn drop(&mut self) {
        self.1.now.fetch_sub(self.0.len(), Ordering::SeqCst);
    }
}

/// A body that counts its pieces for as long as they live; one that stalls never ends.
struct Counted {
    pieces: Box<dyn Iterator<Item = Vec<u8>> + Send>,
    held: Arc<Held>,
    stalls: bool,
}

impl HttpBody for Counted {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let this = self.get_mut();
        let Some(piece) = this.pieces.next() else {
            return if this.stalls { Poll::Pending } else { Poll::Ready(None) };
        };
        let now = this.held.now.fetch_add(piece.len(), Ordering::SeqCst) + piece.len();
        this.held.peak.fetch_max(now, Ordering::SeqCst);
        this.held.sent.fetch_add(piece.len(), Ordering::SeqCst);
        Poll::Ready(Some(Ok(Frame::data(Bytes::from_owner(Piece(piece, Arc::clone(&this.held)))))))
    }
}

/// So many megabytes between a head and a tail.
fn counted(held: &Arc<Held>, head: &[u8], megabytes: usize, tail: &[u8], stalls: bool) -> Body {
    let filler = std::iter::repeat_with(|| vec![b'x'; MB / 16]).take(16 * megabytes);
    let pieces = std::iter::once(head.to_vec()).chain(filler).chain([tail.to_vec()]);
    Body::new(Counted { pieces: Box::new(pieces), held: Arc::clone(held), stalls })
}

const PICTURE: &[u8] =
    b"--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"anh.png\"\r\n\r\n\x89PNG\r\n\x1a\n";
const END: &[u8] = b"\r\n--edge--\r\n";

async fn part_of(clerk: &Client, body: &str) -> String {
    let unit = clerk.get(&format!("/api/v1/units?q={body}")).await.json()["items"][0]["id"].clone();
    let parts = clerk.get(&format!("/api/v1/tasks?state=running&lead={}", unit.as_str().unwrap())).await.json();
    parts["items"][0]["id"].as_str().unwrap().to_owned()
}

const COMMUNE: &str = "ubnd+xa+song+mau";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_large_upload_with_a_key_lies_on_the_disk_and_acts_once() {
    let house = House::demo().await;
    let clerk = house.signed_in("thu").await;
    let part = part_of(&clerk, COMMUNE).await;
    let (path, held) = (format!("/api/v1/parts/{part}/evidence"), Arc::<Held>::default());
    let keyed = clerk.header("idempotency-key", "anh-1");
    let send = async |tail: &[u8]| {
        keyed.send(Method::POST, &path, Some(PARTS), counted(&held, PICTURE, 20, tail, false)).await
    };
    let first = send(END).await;
    assert_eq!(first.status, StatusCode::OK, "{}", first.body);
    let again = send(END).await;
    assert_eq!((again.status, &again.body), (StatusCode::OK, &first.body));
    let other = send(b"another\r\n--edge--\r\n").await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", other.body);
    assert_eq!(other.json()["code"], "idempotency-key-reused");
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_evidence WHERE kind = 'file'").await, 1);
    assert!(held.peak() < MB, "{} bytes of the body were held at once", held.peak());
    let detail = clerk.get(&format!("/api/v1/parts/{part}")).await.json();
    let id = detail["evidence"][0]["id"].as_str().unwrap();
    let file = clerk.get(&format!("/evidence/{id}/file")).await;
    assert_eq!(file.status, StatusCode::OK, "{}", file.status);
    assert_eq!(clerk.get_bytes(&format!("/evidence/{id}/file")).await.len(), 20 * MB + 8);
}

#[tokio::test]
async fn what_is_no_file_is_no_larger_where_files_are_taken() {
    let house = House::demo().await;
    let clerk = house.signed_in("thu").await;
    let part = part_of(&clerk, COMMUNE).await;
    let held = Arc::<Held>::default();
    let (page, api) = (format!("/parts/{part}/evidence"), format!("/api/v1/parts/{part}/evidence"));
    let form = counted(&held, b"label=a&text=", 8, b"", false);
    assert_eq!(clerk.send(Method::POST, &page, Some(FORM), form).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let keyed = clerk.header("idempotency-key", "k");
    for kind in [FORM, "application/json", "text/plain"] {
        let body = counted(&held, b"{\"a\": \"", 8, b"\"}", false);
        let sent = keyed.send(Method::POST, &api, Some(kind), body).await;
        assert_eq!(sent.status, StatusCode::PAYLOAD_TOO_LARGE, "{kind}: {}", sent.body);
    }
    // Words between files are words.
    let head = b"--edge\r\nContent-Disposition: form-data; name=\"label\"\r\n\r\n";
    let words = counted(&held, head, 8, END, false);
    assert_eq!(clerk.send(Method::POST, &api, Some(PARTS), words).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(held.peak() < MB, "{} bytes were held at once", held.peak());
}

async fn small(who: &Client, path: &str) -> Answer {
    let picture = [b"\x89PNG\r\n\x1a\n".as_slice(), &vec![0; MB]].concat();
    who.upload(path, &[Part::Field("label", "Ảnh"), Part::File("anh.png", &picture)]).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_who_sends_many_large_files_at_once_leaves_others_their_places() {
    let house = House::demo().await;
    let clerk = house.signed_in("thu").await;
    let part = part_of(&clerk, COMMUNE).await;
    let (path, held) = (format!("/api/v1/parts/{part}/evidence"), Arc::<Held>::default());
    let keyed = clerk.header("idempotency-key", "dai");
    let under_way: Vec<_> = (0..4)
        .map(|_| {
            let (keyed, path, body) = (keyed.clone(), path.clone(), counted(&held, PICTURE, 1, b"", true));
            tokio::spawn(async move { keyed.send(Method::POST, &path, Some(PARTS), body).await })
        })
        .collect();
    while held.sent.load(Ordering::SeqCst) < 4 * MB {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let refused = small(&clerk, &path).await;
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE, "{}", refused.body);
    assert_eq!(refused.json()["code"], "too-many-uploads");
    let other = house.signed_in("vidu").await;
    let plan = other.upload("/plans/new", &[Part::File("a.txt", &vec![b'a'; MB])]).await;
    assert_eq!(plan.status, StatusCode::SEE_OTHER, "another account: {}", plan.body);
    assert_eq!(clerk.get("/work").await.status, StatusCode::OK, "and everything small goes on");
    for one in under_way {
        one.abort();
        let _ = one.await;
    }
    assert_eq!(small(&clerk, &path).await.status, StatusCode::OK, "who gives up gives the place back");
}
