//! Messages between the server and a worker: a header in JSON and a body of bytes, each with its length before it (4 and 8 bytes, big-endian).

use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::{self, Read, Write};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// No header is longer: queries are bounded, and bodies are not in it.
const MAX_HEADER: usize = 64 << 20;
/// Bytes of the two lengths.
const START: usize = 12;

/// A body up to this size goes with its header in one piece, which wakes the other side once.
const SMALL: usize = 64 << 10;

/// What is written first, and what after it.
fn pieces<'a>(header: &impl Serialize, body: &'a [u8]) -> io::Result<(Vec<u8>, &'a [u8])> {
    let (with, after) = body.split_at(if body.len() > SMALL { 0 } else { body.len() });
    let mut bytes = Vec::with_capacity(with.len() + 1024);
    bytes.extend_from_slice(&[0; 4]);
    bytes.extend_from_slice(&(body.len() as u64).to_be_bytes());
    serde_json::to_writer(&mut bytes, header)?;
    let length = u32::try_from(bytes.len() - START).map_err(io::Error::other)?;
    for (place, byte) in bytes.iter_mut().zip(length.to_be_bytes()) {
        *place = byte;
    }
    bytes.extend_from_slice(with);
    Ok((bytes, after))
}

/// A message without a body, as bytes.
#[cfg(target_os = "linux")]
pub(super) fn bytes(header: &impl Serialize) -> io::Result<Vec<u8>> {
    Ok(pieces(header, &[])?.0)
}

/// Lengths of header and body.
fn lengths(start: [u8; START]) -> io::Result<(usize, usize)> {
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
    let (first, then) = pieces(header, body)?;
    out.write_all(&first)?;
    out.write_all(then)?;
    out.flush()
}

/// Reads a message; none at the end.
pub(super) fn read<T: DeserializeOwned>(from: &mut impl Read) -> io::Result<Option<(T, Vec<u8>)>> {
    let mut start = [0; START];
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
    let (first, then) = pieces(header, body)?;
    out.write_all(&first).await?;
    out.write_all(then).await?;
    out.flush().await
}

/// Reads the header of a message and the length of its body, which is still to be read.
pub(super) async fn receive<T: DeserializeOwned>(
    from: &mut (impl AsyncRead + Unpin),
) -> io::Result<(T, usize)> {
    receive_on(from, &mut Vec::new()).await
}

/// As [`receive`], for who may stop waiting: what came so far is in `space`, and it is gone on from there.
pub(super) async fn receive_on<T: DeserializeOwned>(
    from: &mut (impl AsyncRead + Unpin),
    space: &mut Vec<u8>,
) -> io::Result<(T, usize)> {
    loop {
        let mut wanted = START;
        if let Some(start) = space.first_chunk() {
            let (header, body) = lengths(*start)?;
            wanted += header;
            if let Some(bytes) = space.get(START..wanted) {
                let value = serde_json::from_slice(bytes)?;
                space.clear();
                return Ok((value, body));
            }
        }
        let mut more = (&mut *from).take((wanted - space.len()) as u64);
        if more.read_buf(space).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let mut bytes = Vec::new();
        write(&mut bytes, &"héader", b"body").unwrap();
        write(&mut bytes, &"second", b"").unwrap();
        let large = vec![b'x'; SMALL + 1];
        write(&mut bytes, &"third", &large).unwrap();
        let mut from = bytes.as_slice();
        let first: (String, Vec<u8>) = read(&mut from).unwrap().unwrap();
        assert_eq!(first, ("héader".to_owned(), b"body".to_vec()));
        let second: (String, Vec<u8>) = read(&mut from).unwrap().unwrap();
        assert_eq!(second.0, "second");
        let third: (String, Vec<u8>) = read(&mut from).unwrap().unwrap();
        assert_eq!(third, ("third".to_owned(), large));
        assert!(read::<String>(&mut from).unwrap().is_none());
        assert!(read::<String>(&mut [0xff_u8; 40].as_slice()).is_err());
    }
}
