//! Files that are packed (gzip, bzip2, Zstandard, told by their first bytes) → their bytes, as a stream.

use std::io::{BufRead, BufReader, Chain, Cursor, Read, Result};

/// Size of the buffers between the stages of unpacking.
const BUFFER: usize = 128 * 1024;

/// Unpacks a stream where its first bytes say that it is packed.
///
/// # Errors
/// What the stream gives.
pub fn unpacked(mut file: impl Read + 'static) -> Result<Box<dyn BufRead>> {
    let mut head = Vec::with_capacity(4);
    file.by_ref().take(4).read_to_end(&mut head)?;
    let start = head.clone();
    let whole = BufReader::with_capacity(BUFFER, Cursor::new(head).chain(file));
    Ok(match start.as_slice() {
        [0x1f, 0x8b, ..] => buffered(flate2::bufread::MultiGzDecoder::new(whole)),
        [b'B', b'Z', b'h', _] => buffered(bzip2::bufread::MultiBzDecoder::new(whole)),
        [0x28, 0xb5, 0x2f, 0xfd] => buffered(Frames {
            whole: Some(whole),
            frame: None,
        }),
        _ => Box::new(whole),
    })
}

fn buffered(stream: impl Read + 'static) -> Box<dyn BufRead> {
    Box::new(BufReader::with_capacity(BUFFER, stream))
}

type Whole<R> = BufReader<Chain<Cursor<Vec<u8>>, R>>;
type Frame<R> = ruzstd::decoding::StreamingDecoder<Whole<R>, ruzstd::decoding::FrameDecoder>;

/// The frames of a Zstandard file, one after the other.
struct Frames<R: Read> {
    whole: Option<Whole<R>>,
    frame: Option<Box<Frame<R>>>,
}

impl<R: Read> Read for Frames<R> {
    fn read(&mut self, out: &mut [u8]) -> Result<usize> {
        loop {
            if let Some(frame) = &mut self.frame {
                let read = frame.read(out)?;
                if read > 0 || out.is_empty() {
                    return Ok(read);
                }
            }
            if let Some(frame) = self.frame.take() {
                self.whole = Some(frame.into_inner());
            }
            let Some(mut whole) = self.whole.take() else {
                return Ok(0);
            };
            if whole.fill_buf()?.is_empty() {
                return Ok(0);
            }
            let frame =
                ruzstd::decoding::StreamingDecoder::new(whole).map_err(std::io::Error::other)?;
            self.frame = Some(Box::new(frame));
        }
    }
}
