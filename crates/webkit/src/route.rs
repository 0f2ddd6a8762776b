//! The route list: the router is built from it and the tests walk it, so a route cannot exist outside it.

use axum::{
    handler::Handler,
    http::Method,
    routing::{MethodFilter, MethodRouter, on},
};

use crate::{App, sent::LARGEST_FORM};

/// Who may come in before anything is loaded; the use case then decides about the very thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    Public,
    SignedIn,
    /// Whoever could do this action to anything at all.
    Action(&'static str),
}

#[derive(Debug, Clone)]
pub struct Route {
    pub method: Method,
    pub path: &'static str,
    pub access: Access,
    /// It changes something: it must leave a ledger entry.
    pub mutates: bool,
    /// Largest request body in bytes.
    pub body_limit: usize,
    pub(crate) handler: MethodRouter<App>,
}

pub(crate) const BODY_LIMIT: usize = 256 * 1024;

/// How long the words of a form may be on a route that takes so much: where files are taken, what is no file is no larger
/// than elsewhere.
pub(crate) const fn longest_words(body_limit: usize) -> usize {
    if body_limit > LARGEST_FORM { BODY_LIMIT } else { body_limit }
}

impl Route {
    pub fn get<H, T>(path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        Self::new(Method::GET, MethodFilter::GET, path, access, handler)
    }

    /// A request that changes something.
    pub fn post<H, T>(path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        Self::new(Method::POST, MethodFilter::POST, path, access, handler)
    }

    pub fn patch<H, T>(path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        Self::new(Method::PATCH, MethodFilter::PATCH, path, access, handler)
    }

    fn new<H, T>(method: Method, filter: MethodFilter, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        let mutates = method != Method::GET;
        Self { method, path, access, mutates, body_limit: BODY_LIMIT, handler: on(filter, handler) }
    }

    #[must_use]
    pub fn body_limit(self, bytes: usize) -> Self {
        Self { body_limit: bytes, ..self }
    }

    pub fn is_api(&self) -> bool {
        self.path.starts_with("/api/")
    }
}
