//! Percent-encoded text (RFC 3986, section 2.1) → what it stands for.

/// Why a text is not percent-encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PercentError {
    /// A percent sign without two hexadecimal digits behind it.
    Digits,
    /// What it stands for is not UTF-8.
    NotUtf8,
}

/// Undoes `%XX`; `plus` is what `+` stands for: a space in forms, itself in paths.
///
/// # Errors
/// [`PercentError`]
pub fn percent_decoded(text: &str, plus: char) -> Result<String, PercentError> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    let mut spare = [0; 4];
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.extend_from_slice(plus.encode_utf8(&mut spare).as_bytes()),
            b'%' => {
                let (high, low) = (rest.next().and_then(digit), rest.next().and_then(digit));
                let (Some(high), Some(low)) = (high, low) else {
                    return Err(PercentError::Digits);
                };
                bytes.push(high * 16 + low);
            }
            other => bytes.push(other),
        }
    }
    String::from_utf8(bytes).map_err(|_| PercentError::NotUtf8)
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}
