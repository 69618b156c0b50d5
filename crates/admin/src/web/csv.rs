//! Files for spreadsheets: RFC 4180, UTF-8 with a byte order mark (D25), sent as they are made.

use super::PageError;
use axum::body::{Body, Bytes};
use axum::http::header;
use axum::response::{IntoResponse, Response};
pub use domain::spreadsheet::Csv;
use futures_core::Stream;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::sync::mpsc::{Receiver, channel};

/// Pieces that wait for a slow reader.
const PIECES_AHEAD: usize = 4;

/// Sends a whole file, made by [`Csv::with_head`].
pub fn download_whole(file_name: &str, csv: Csv) -> Response {
    (headers(file_name), csv.into_text()).into_response()
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
    let mut csv = Csv::with_head(head);
    tokio::spawn(async move {
        let mut place = Some(first);
        // Nobody receives any more when the reader has gone.
        while sender.send(Ok(Bytes::from(std::mem::take(&mut csv).into_text()))).await.is_ok() {
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
