//! A small HTTP client: one connection that stays open, one request at a time. It costs next to nothing, so that a
//! benchmark measures the server.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};

/// A connection to a server.
pub struct HttpClient {
    stream: BufReader<TcpStream>,
    request: Vec<u8>,
    /// Header lines that every request carries, each with its line end.
    headers: String,
}

/// What a server answered.
#[derive(Debug)]
pub struct Answer {
    /// The status, such as 200.
    pub status: u16,
    /// The body, as text.
    pub body: String,
}

impl HttpClient {
    /// Connects to a server; every request will carry these headers.
    ///
    /// # Errors
    /// Those of the network.
    pub fn connect(address: SocketAddr, headers: &[(&str, &str)]) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        let lines = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n"));
        let headers = std::iter::once(format!("Host: {address}\r\n")).chain(lines).collect();
        Ok(Self { stream: BufReader::new(stream), request: Vec::new(), headers })
    }

    /// Asks for a page.
    ///
    /// # Errors
    /// Those of the network, such as a server that went away before it answered.
    pub fn get(&mut self, path: &str) -> io::Result<Answer> {
        self.send("GET", path, &[], "")
    }

    /// Sends a request, with headers of its own, and waits for the whole answer.
    ///
    /// # Errors
    /// Those of the network, such as a server that went away before it answered.
    pub fn send(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> io::Result<Answer> {
        self.request.clear();
        write!(self.request, "{method} {path} HTTP/1.1\r\n{}", self.headers)?;
        for (name, value) in headers {
            write!(self.request, "{name}: {value}\r\n")?;
        }
        write!(self.request, "Content-Length: {}\r\n\r\n{body}", body.len())?;
        self.stream.get_mut().write_all(&self.request)?;
        self.answer()
    }

    fn answer(&mut self) -> io::Result<Answer> {
        let status_line = self.line()?;
        let status = status_line.split(' ').nth(1).and_then(|status| status.parse().ok());
        let status = status.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, status_line))?;
        let mut length = 0;
        loop {
            let line = self.line()?;
            let Some((name, value)) = line.split_once(':') else { break };
            if name.eq_ignore_ascii_case("content-length") {
                length = value.trim().parse().map_err(|_| io::Error::from(io::ErrorKind::InvalidData))?;
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        let body = String::from_utf8(body).map_err(|_| io::Error::from(io::ErrorKind::InvalidData))?;
        Ok(Answer { status, body })
    }

    fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        match self.stream.read_line(&mut line)? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(line.trim_end().to_owned()),
        }
    }
}
