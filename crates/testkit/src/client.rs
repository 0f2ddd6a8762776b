//! A browser's manners without a browser: cookies, forms, uploads, against the router in this process.

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Method, Request, StatusCode, header},
};
use tower::ServiceExt;

#[derive(Debug, Clone)]
pub struct Client {
    router: Router,
    cookie: Option<String>,
    bearer: Option<String>,
    headers: Vec<(String, String)>,
    soil: Option<Soil>,
    watch: Option<Arc<dyn Watch>>,
}

/// Looks at every answer, and fails the test where one is not as it should be.
pub trait Watch: std::fmt::Debug + Send + Sync {
    /// To which method, and to which address as it was sent.
    fn look(&self, method: &Method, path: &str, answer: &Answer);
}

/// What becomes of the value of a field before it is sent: of its name and its value.
pub type Soil = fn(&str, &str) -> String;

#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub location: String,
    pub headers: axum::http::HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

/// A part of a multipart form.
#[derive(Debug, Clone)]
pub enum Part<'a> {
    Field(&'a str, &'a str),
    File(&'a str, &'a [u8]),
}

impl Client {
    pub fn new(router: Router) -> Self {
        Self { router, cookie: None, bearer: None, headers: vec![], soil: None, watch: None }
    }

    #[must_use]
    pub fn watched(self, watch: Arc<dyn Watch>) -> Self {
        Self { watch: Some(watch), ..self }
    }

    /// Every field of every form and JSON passes through `soil` first, and so does the name of a file.
    #[must_use]
    pub fn soiled(&self, soil: Option<Soil>) -> Self {
        Self { soil, ..self.clone() }
    }

    /// Whether both are the same person at the same browser.
    pub fn is_same(&self, other: &Self) -> bool {
        (&self.cookie, &self.bearer) == (&other.cookie, &other.bearer)
    }

    fn said(&self, name: &str, value: &str) -> String {
        self.soil.map_or_else(|| value.to_owned(), |soil| soil(name, value))
    }

    #[must_use]
    pub fn bearer(&self, token: &str) -> Self {
        Self { bearer: Some(token.to_owned()), ..self.clone() }
    }

    /// One more cookie beside the session's.
    #[must_use]
    pub fn with_cookie(&self, cookie: &str) -> Self {
        let joined = self.cookie.iter().map(String::as_str).chain([cookie]).collect::<Vec<_>>().join("; ");
        Self { cookie: Some(joined), ..self.clone() }
    }

    #[must_use]
    pub fn header(&self, name: &str, value: &str) -> Self {
        let mut headers = self.headers.clone();
        headers.push((name.to_owned(), value.to_owned()));
        Self { headers, ..self.clone() }
    }

    /// Signs in and keeps the cookie.
    pub async fn sign_in(&self, login: &str, password: &str) -> Self {
        let answer = self.form("/sign-in", &[("login", login), ("password", password)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "sign-in of {login}: {}", answer.body);
        let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
        Self { cookie: Some(cookie), ..self.clone() }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None, Body::empty()).await
    }

    /// The body as it is: a file.
    pub async fn get_bytes(&self, path: &str) -> Vec<u8> {
        let request = self.request(Method::GET, path, None, Body::empty());
        let response = self.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec()
    }

    pub async fn form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let encode = |text: &str| {
            text.bytes()
                .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
                .collect::<String>()
        };
        let field = |(key, value): &(&str, &str)| format!("{key}={}", encode(&self.said(key, value)));
        let body = fields.iter().map(field).collect::<Vec<_>>().join("&");
        self.send(Method::POST, path, Some("application/x-www-form-urlencoded"), Body::from(body)).await
    }

    pub async fn json(&self, method: Method, path: &str, body: &serde_json::Value) -> Answer {
        let mut body = body.clone();
        if let Some(fields) = body.as_object_mut() {
            for (name, value) in fields {
                if let serde_json::Value::String(text) = value {
                    *text = self.said(name, text);
                }
            }
        }
        self.send(method, path, Some("application/json"), Body::from(body.to_string())).await
    }

    /// With its length said, as browsers do.
    pub async fn upload(&self, path: &str, parts: &[Part<'_>]) -> Answer {
        let said: Vec<(&Part<'_>, String)> = parts
            .iter()
            .map(|part| match part {
                Part::Field(name, value) => (part, self.said(name, value)),
                Part::File(name, _) => (part, self.said("file name", name)),
            })
            .collect();
        let parts: Vec<Part<'_>> = said
            .iter()
            .map(|(part, said)| match part {
                Part::Field(name, _) => Part::Field(name, said),
                Part::File(_, bytes) => Part::File(said, bytes),
            })
            .collect();
        let body = multipart(&parts);
        let sized = self.header("content-length", &body.len().to_string());
        sized.send(Method::POST, path, Some(MULTIPART), Body::from(body)).await
    }

    pub async fn send(&self, method: Method, path: &str, content_type: Option<&str>, body: Body) -> Answer {
        let request = self.request(method.clone(), path, content_type, body);
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        let location =
            parts.headers.get(header::LOCATION).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default();
        let answer = Answer {
            status: parts.status,
            location,
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        };
        if let Some(watch) = &self.watch {
            watch.look(&method, path, &answer);
        }
        answer
    }

    fn request(&self, method: Method, path: &str, content_type: Option<&str>, body: Body) -> Request<Body> {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "dinh.test");
        if !self.headers.iter().any(|(name, _)| name == "origin") {
            request = request.header(header::ORIGIN, "http://dinh.test");
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        for (name, value) in [
            (header::CONTENT_TYPE, content_type.map(str::to_owned)),
            (header::COOKIE, self.cookie.clone()),
            (header::AUTHORIZATION, self.bearer.as_ref().map(|token| format!("Bearer {token}"))),
        ] {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        request.body(body).unwrap()
    }
}

const MULTIPART: &str = "multipart/form-data; boundary=edge";

fn multipart(parts: &[Part<'_>]) -> Vec<u8> {
    let mut body: Vec<u8> = Vec::new();
    for part in parts {
        body.extend_from_slice(b"--edge\r\nContent-Disposition: form-data; ");
        match part {
            Part::Field(name, value) => {
                body.extend_from_slice(format!("name=\"{name}\"\r\n\r\n{value}").as_bytes());
            }
            Part::File(name, bytes) => {
                body.extend_from_slice(format!("name=\"file\"; filename=\"{name}\"\r\n\r\n").as_bytes());
                body.extend_from_slice(bytes);
            }
        }
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--edge--\r\n");
    body
}

/// The answers of so many requests that are under way at once, in the order in which they were sent.
pub async fn together<F>(count: usize, send: impl Fn(usize) -> F) -> Vec<Answer>
where
    F: Future<Output = Answer> + Send + 'static,
{
    let sent: Vec<_> = (0..count).map(|n| tokio::spawn(send(n))).collect();
    let mut answers = Vec::new();
    for one in sent {
        answers.push(one.await.unwrap());
    }
    answers
}
