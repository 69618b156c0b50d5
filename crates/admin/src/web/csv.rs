//! Files for spreadsheets: RFC 4180, UTF-8 with a byte order mark (D25), sent as they are made.

use super::PageError;
use axum::body::{Body, Bytes};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures_core::Stream;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::sync::mpsc::{Receiver, channel};

/// Pieces that wait for a slow reader.
const PIECES_AHEAD: usize = 4;

/// Rows of a file.
#[derive(Debug, Default)]
pub struct Csv(String);

impl Csv {
    /// Adds a row.
    pub fn row(&mut self, cells: &[&str]) {
        for (index, cell) in cells.iter().enumerate() {
            if index > 0 {
                self.0.push(',');
            }
            self.cell(cell);
        }
        self.0.push_str("\r\n");
    }

    /// A whole file with its column heads.
    #[must_use]
    pub fn with_head(head: &[&str]) -> Self {
        let mut csv = Self("\u{feff}".to_owned());
        csv.row(head);
        csv
    }

    /// Sends a whole file, made by [`Csv::with_head`].
    #[must_use]
    pub fn into_download(self, file_name: &str) -> Response {
        (headers(file_name), self.0).into_response()
    }

    /// A cell that a spreadsheet would take for a formula begins with an apostrophe instead.
    fn cell(&mut self, text: &str) {
        let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
        if !is_formula && !text.contains([',', '"', '\r', '\n', ';']) {
            return self.0.push_str(text);
        }
        self.0.push('"');
        if is_formula {
            self.0.push('\'');
        }
        self.0.push_str(&text.replace('"', "\"\""));
        self.0.push('"');
    }
}

/// Sends a file whose rows `next` gives piece by piece, each with the place where the one after it begins. A failure
/// breaks the file off, which the browser reports as a download that did not finish.
pub fn download<Place, Next, Piece>(file_name: &str, head: &[&str], first: Place, next: Next) -> Response
where
    Place: Send + 'static,
    Next: Fn(Place) -> Piece + Send + 'static,
    Piece: Future<Output = Result<(Csv, Option<Place>), PageError>> + Send,
{
    let (sender, pieces) = channel(PIECES_AHEAD);
    let mut csv = Csv("\u{feff}".to_owned());
    csv.row(head);
    tokio::spawn(async move {
        let mut place = Some(first);
        // Nobody receives any more when the reader has gone.
        while sender.send(Ok(Bytes::from(std::mem::take(&mut csv.0)))).await.is_ok() {
            let Some(here) = place else { return };
            match next(here).await {
                Ok(piece) => (csv, place) = piece,
                Err(_) => {
                    let _ = sender.send(Err(std::io::Error::other("the file could not be finished"))).await;
                    return;
                }
            }
        }
    });
    (headers(file_name), Body::from_stream(Pieces(pieces))).into_response()
}

fn headers(file_name: &str) -> [(header::HeaderName, String); 2] {
    [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{file_name}\"")),
    ]
}

struct Pieces(Receiver<Result<Bytes, std::io::Error>>);

impl Stream for Pieces {
    type Item = Result<Bytes, std::io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// D25, and no cell that a spreadsheet would run.
    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let mut csv = Csv::default();
        csv.row(&["Anna", "de \"Vries\"", "a,b", "=1+1", ""]);
        assert_eq!(csv.0, "Anna,\"de \"\"Vries\"\"\",\"a,b\",\"'=1+1\",\r\n");
    }
}
