//! A request's body that arrives in drops is cut off; an answer keeps its client's place until it has gone out.

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
    time::{Duration, Instant},
};

use axum::body::{Body, Bytes, HttpBody};
use http_body::{Frame, SizeHint};
use tokio::time::Sleep;

/// How long a body is waited for.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// Between two pieces.
    pub idle: Duration,
    /// From then on the whole must have come at `rate` bytes a second.
    pub grace: Duration,
    pub rate: u64,
    /// However fast.
    pub total: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            idle: Duration::from_secs(30),
            grace: Duration::from_mins(1),
            rate: 8 * 1024,
            total: Duration::from_mins(30),
        }
    }
}

pub(super) struct Arriving {
    body: Body,
    patience: Patience,
    began: Instant,
    read: u64,
    idle: Pin<Box<Sleep>>,
}

impl Arriving {
    pub(super) fn new(body: Body, patience: Patience) -> Self {
        Self { body, patience, began: Instant::now(), read: 0, idle: Box::pin(tokio::time::sleep(patience.idle)) }
    }

    fn too_slow(&self) -> bool {
        let spent = self.began.elapsed();
        spent > self.patience.total
            || (spent > self.patience.grace && self.read < self.patience.rate.saturating_mul(spent.as_secs()))
    }
}

impl HttpBody for Arriving {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let this = self.get_mut();
        let slow = || axum::Error::new(std::io::Error::other(webkit::BODY_TOO_SLOW));
        match Pin::new(&mut this.body).poll_frame(cx) {
            Poll::Pending => {
                ready!(this.idle.as_mut().poll(cx));
                Poll::Ready(Some(Err(slow())))
            }
            Poll::Ready(Some(Ok(frame))) => {
                this.read += frame.data_ref().map_or(0, |data| data.len() as u64);
                if this.too_slow() {
                    return Poll::Ready(Some(Err(slow())));
                }
                this.idle.as_mut().reset(tokio::time::Instant::now() + this.patience.idle);
                Poll::Ready(Some(Ok(frame)))
            }
            ended @ Poll::Ready(_) => ended,
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// An answer that holds something until it has been sent.
pub(super) struct Holding<T> {
    body: Body,
    _held: T,
}

impl<T> Holding<T> {
    pub(super) fn new(body: Body, held: T) -> Self {
        Self { body, _held: held }
    }
}

impl<T: Unpin> HttpBody for Holding<T> {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.get_mut().body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
