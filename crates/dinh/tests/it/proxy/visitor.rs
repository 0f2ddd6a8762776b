//! Somebody who comes to the site over the network.

use std::{
    io::{ErrorKind, Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    sync::Arc,
    time::Duration,
};

use rustls::{ClientConfig, ClientConnection, StreamOwned, pki_types::ServerName};

use crate::{documented, house::PASSWORD};

pub const FORM: &str = "application/x-www-form-urlencoded";

pub type Tls = StreamOwned<ClientConnection, TcpStream>;

pub struct Visitor {
    pub from: SocketAddr,
    pub https: u16,
    pub config: ClientConfig,
    pub cookie: String,
}

impl Visitor {
    pub fn connect(&self) -> Tls {
        let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
        socket.bind(&self.from.into()).unwrap();
        socket.connect(&SocketAddr::from(([127, 0, 0, 1], self.https)).into()).unwrap();
        let stream: TcpStream = socket.into();
        stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
        let name = ServerName::try_from("dinh.example").unwrap();
        StreamOwned::new(ClientConnection::new(Arc::new(self.config.clone()), name).unwrap(), stream)
    }

    /// A connection on which a request was begun; its body is still to come.
    pub fn begin(&self, line: &str, headers: &str, kind: &str, length: usize) -> Tls {
        let mut stream = self.connect();
        let head = format!(
            "{line} HTTP/1.1\r\nhost: dinh.example\r\nconnection: close\r\ncookie: {}\r\n{headers}content-type: {kind}\r\n\
             content-length: {length}\r\n\r\n",
            self.cookie
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream
    }

    /// A request as a page of the site sends it.
    pub fn ask(&self, line: &str, body: &str) -> String {
        self.send(line, "sec-fetch-site: same-origin\r\n", FORM, body.as_bytes())
    }

    pub fn send(&self, line: &str, headers: &str, kind: &str, body: &[u8]) -> String {
        let mut stream = self.begin(line, headers, kind, body.len());
        // Who is refused is not listened to any more.
        let _ = stream.write_all(body).and_then(|()| stream.flush());
        let answer = rest(&mut stream);
        documented::check_raw(line, answer.as_bytes());
        answer
    }

    pub fn sign_in(&mut self, login: &str) {
        let answer = self.ask("POST /sign-in", &format!("login={login}&password={PASSWORD}"));
        let cookie =
            answer.lines().find_map(|line| line.strip_prefix("set-cookie: __Host-dinh_session=")).expect(&answer);
        assert!(cookie.contains("; Secure") && cookie.contains("; HttpOnly"), "{cookie}");
        self.cookie = format!("__Host-dinh_session={}", cookie.split(';').next().unwrap());
    }

    pub fn hand_in(&self, part: &str, size: usize) -> String {
        let field = |name: &str, value: &str| {
            format!("--own\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let file = "--own\r\ncontent-disposition: form-data; name=\"file\"; filename=\"bien-ban.pdf\"\r\n\
             content-type: application/pdf\r\n\r\n%PDF-1.7\n";
        let head = [&field("label", "Biên bản"), &field("number", "1/BB"), &field("on_behalf", "true"), file].concat();
        let body = [head.as_bytes(), &vec![b'%'; size], b"\r\n--own--\r\n"].concat();
        let kind = "multipart/form-data; boundary=own";
        self.send(&format!("POST /parts/{part}/evidence"), "sec-fetch-site: same-origin\r\n", kind, &body)
    }
}

/// All that still comes.
pub fn rest(stream: &mut Tls) -> String {
    let (mut answer, mut piece) = (Vec::new(), vec![0; 16 * 1024]);
    loop {
        match stream.read(&mut piece) {
            Ok(0) => break,
            Ok(length) => answer.extend_from_slice(&piece[..length]),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => break,
        }
    }
    String::from_utf8_lossy(&answer).into_owned()
}

pub fn status_of(answer: &str) -> u16 {
    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default()
}

pub fn head(answer: &str) -> &str {
    answer.split("\r\n\r\n").next().unwrap_or_default()
}
