//! Messages between the server and a worker: a header in JSON and a body of bytes, each with its length before it (4 and 8 bytes, big-endian).

use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::{self, Read, Write};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// No header is longer: queries are bounded, and bodies are not in it.
const MAX_HEADER: usize = 64 << 20;

fn bytes_of(header: &impl Serialize, body: usize) -> io::Result<Vec<u8>> {
    let header = serde_json::to_vec(header)?;
    let length = u32::try_from(header.len()).map_err(io::Error::other)?;
    let mut bytes = Vec::with_capacity(header.len() + 12);
    bytes.extend_from_slice(&length.to_be_bytes());
    bytes.extend_from_slice(&(body as u64).to_be_bytes());
    bytes.extend_from_slice(&header);
    Ok(bytes)
}

/// Lengths of header and body.
fn lengths(start: [u8; 12]) -> io::Result<(usize, usize)> {
    let [a, b, c, d, body @ ..] = start;
    let header = u32::from_be_bytes([a, b, c, d]) as usize;
    if header > MAX_HEADER {
        return Err(io::Error::other("a message that is none"));
    }
    let body = usize::try_from(u64::from_be_bytes(body)).map_err(io::Error::other)?;
    Ok((header, body))
}

/// Writes a message.
pub(super) fn write(out: &mut impl Write, header: &impl Serialize, body: &[u8]) -> io::Result<()> {
    out.write_all(&bytes_of(header, body.len())?)?;
    out.write_all(body)?;
    out.flush()
}

/// Reads a message; none at the end.
pub(super) fn read<T: DeserializeOwned>(from: &mut impl Read) -> io::Result<Option<(T, Vec<u8>)>> {
    let mut start = [0; 12];
    match from.read_exact(&mut start) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    let (header, body) = lengths(start)?;
    let mut bytes = vec![0; header];
    from.read_exact(&mut bytes)?;
    let mut content = vec![0; body];
    from.read_exact(&mut content)?;
    Ok(Some((serde_json::from_slice(&bytes)?, content)))
}

/// Writes a message.
pub(super) async fn send(
    out: &mut (impl AsyncWrite + Unpin),
    header: &impl Serialize,
    body: &[u8],
) -> io::Result<()> {
    out.write_all(&bytes_of(header, body.len())?).await?;
    out.write_all(body).await?;
    out.flush().await
}

/// Reads the header of a message and the length of its body, which is still to be read.
pub(super) async fn receive<T: DeserializeOwned>(
    from: &mut (impl AsyncRead + Unpin),
) -> io::Result<(T, usize)> {
    let mut start = [0; 12];
    from.read_exact(&mut start).await?;
    let (header, body) = lengths(start)?;
    let mut bytes = vec![0; header];
    from.read_exact(&mut bytes).await?;
    Ok((serde_json::from_slice(&bytes)?, body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let mut bytes = Vec::new();
        write(&mut bytes, &"héader", b"body").unwrap();
        write(&mut bytes, &"second", b"").unwrap();
        let mut from = bytes.as_slice();
        let first: (String, Vec<u8>) = read(&mut from).unwrap().unwrap();
        assert_eq!(first, ("héader".to_owned(), b"body".to_vec()));
        let second: (String, Vec<u8>) = read(&mut from).unwrap().unwrap();
        assert_eq!(second.0, "second");
        assert!(read::<String>(&mut from).unwrap().is_none());
        assert!(read::<String>(&mut [0xff_u8; 40].as_slice()).is_err());
    }
}
