//! A request that is ready to be sent: by who may, and before that by everybody who may not.

use axum::http::Method;
use serde_json::Value;
use testkit::{Answer, Client, Part, Soil};

#[derive(Debug)]
pub struct Ask {
    by: Client,
    method: Method,
    path: String,
    headers: Vec<(&'static str, String)>,
    body: Sent,
}

#[derive(Debug)]
enum Sent {
    Form(Vec<(String, String)>),
    Json(Value),
    Parts(Vec<Piece>),
}

/// [`Part`] with what it lends.
#[derive(Debug)]
enum Piece {
    Field(String, String),
    File(String, Vec<u8>),
}

impl Piece {
    fn of(part: &Part<'_>) -> Self {
        match part {
            Part::Field(name, value) => Self::Field((*name).to_owned(), (*value).to_owned()),
            Part::File(name, bytes) => Self::File((*name).to_owned(), bytes.to_vec()),
        }
    }

    fn field(&self) -> Option<(&str, &str)> {
        match self {
            Self::Field(name, value) => Some((name, value)),
            Self::File(..) => None,
        }
    }

    fn part(&self) -> Part<'_> {
        match self {
            Self::Field(name, value) => Part::Field(name, value),
            Self::File(name, bytes) => Part::File(name, bytes),
        }
    }
}

impl Ask {
    fn new(by: &Client, method: Method, path: &str, body: Sent) -> Self {
        Self { by: by.clone(), method, path: path.to_owned(), headers: vec![], body }
    }

    pub fn form(by: &Client, path: &str, fields: &[(&str, &str)]) -> Self {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Self::new(by, Method::POST, path, Sent::Form(fields.collect()))
    }

    pub fn json(by: &Client, method: Method, path: &str, body: &Value) -> Self {
        Self::new(by, method, path, Sent::Json(body.clone()))
    }

    pub fn upload(by: &Client, path: &str, parts: &[Part<'_>]) -> Self {
        Self::new(by, Method::POST, path, Sent::Parts(parts.iter().map(Piece::of).collect()))
    }

    #[must_use]
    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// Sent by who may.
    pub async fn send(&self) -> Answer {
        self.send_as(&self.by).await
    }

    /// Sent by who may, each value spoilt before.
    pub async fn send_soiled(&self, soil: Soil) -> Answer {
        self.send_as(&self.by.soiled(Some(soil))).await
    }

    /// Whether it is to be sent by this one.
    pub fn is_by(&self, client: &Client) -> bool {
        self.by.is_same(client)
    }

    /// The fields of a form, as they were filled in.
    pub fn fields(&self) -> Vec<(&str, &str)> {
        match &self.body {
            Sent::Form(fields) => fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect(),
            Sent::Json(_) => vec![],
            Sent::Parts(pieces) => pieces.iter().filter_map(Piece::field).collect(),
        }
    }

    /// The same with this field left empty.
    #[must_use]
    pub fn with_empty(&self, field: &str) -> Self {
        let emptied = |name: &str, value: &str| {
            let value = if name == field { "" } else { value };
            (name.to_owned(), value.to_owned())
        };
        let piece = |piece: &Piece| match piece {
            Piece::Field(name, value) => {
                let (name, value) = emptied(name, value);
                Piece::Field(name, value)
            }
            Piece::File(name, bytes) => Piece::File(name.clone(), bytes.clone()),
        };
        let body = match &self.body {
            Sent::Form(fields) => Sent::Form(fields.iter().map(|(name, value)| emptied(name, value)).collect()),
            Sent::Json(body) => Sent::Json(body.clone()),
            Sent::Parts(pieces) => Sent::Parts(pieces.iter().map(piece).collect()),
        };
        Self {
            by: self.by.clone(),
            method: self.method.clone(),
            path: self.path.clone(),
            headers: self.headers.clone(),
            body,
        }
    }

    /// The same to the letter, sent by somebody else.
    pub async fn send_as(&self, client: &Client) -> Answer {
        let client = self.headers.iter().fold(client.clone(), |client, (name, value)| client.header(name, value));
        match &self.body {
            Sent::Form(fields) => {
                let fields: Vec<(&str, &str)> =
                    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
                client.form(&self.path, &fields).await
            }
            Sent::Json(body) => client.json(self.method.clone(), &self.path, body).await,
            Sent::Parts(pieces) => client.upload(&self.path, &pieces.iter().map(Piece::part).collect::<Vec<_>>()).await,
        }
    }
}
