//! The STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015) over ChaCha20-Poly1305, as `age` has it too.
//!
//! Each 64 KiB are sealed under a nonce of prefix, number and "this is the last": nothing can be changed, moved, left out
//! or cut off unnoticed. The first line of the file says how the key is made and goes into every seal.

use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};

use kernel::Problem;
use ring::aead::{Aad, LessSafeKey, NONCE_LEN, Nonce};
use serde::{Deserialize, Serialize};

use crate::seal;

const CHUNK: usize = 64 * 1024;
const TAG: usize = 16;
const KIND: &str = "argon2id chacha20-poly1305 stream";
/// How an encrypted backup begins.
pub(super) const START: &[u8] = b"{\"dinh_backup\"";
/// The number of no chunk: under it the passphrase is tried.
const TRIAL: u32 = u32::MAX;

#[derive(Serialize, Deserialize)]
struct Head {
    dinh_backup: u32,
    kind: String,
    memory_kib: u32,
    passes: u32,
    salt: String,
    prefix: String,
    trial: String,
}

struct Seals {
    key: LessSafeKey,
    prefix: [u8; 7],
    head: Vec<u8>,
}

impl Seals {
    fn nonce(&self, number: u32, last: bool) -> Nonce {
        let mut nonce = [0u8; NONCE_LEN];
        nonce[..7].copy_from_slice(&self.prefix);
        nonce[7..11].copy_from_slice(&number.to_be_bytes());
        nonce[11] = u8::from(last);
        Nonce::assume_unique_for_key(nonce)
    }

    fn seal(&self, number: u32, last: bool, text: &mut Vec<u8>) -> io::Result<()> {
        let sealed = self.key.seal_in_place_append_tag(self.nonce(number, last), Aad::from(&self.head), text);
        sealed.map_err(|_| io::Error::other("could not be sealed"))
    }

    fn open(&self, number: u32, last: bool, text: &mut Vec<u8>) -> io::Result<()> {
        let opened = self.key.open_in_place(self.nonce(number, last), Aad::from(&self.head), text);
        let length = opened.map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "the seal does not fit"))?.len();
        text.truncate(length);
        Ok(())
    }
}

/// Encrypts what is written; only [`Sealing::finish`] makes it whole.
pub(super) struct Sealing<W: Write> {
    inner: W,
    seals: Seals,
    number: u32,
    waiting: Vec<u8>,
}

impl<W: Write> Sealing<W> {
    pub fn new(mut inner: W, passphrase: &str) -> Result<Self, Problem> {
        let (mut salt, mut prefix) = ([0u8; 16], [0u8; 7]);
        getrandom::fill(&mut salt).map_err(Problem::internal)?;
        getrandom::fill(&mut prefix).map_err(Problem::internal)?;
        let failed = || Problem::internal("the backup could not be sealed");
        let key = seal::key(passphrase, &salt, seal::MEMORY_KIB, seal::PASSES).ok_or_else(failed)?;
        let mut seals = Seals { key, prefix, head: Vec::new() };
        let mut trial = Vec::new();
        seals.seal(TRIAL, true, &mut trial).map_err(Problem::internal)?;
        let head = Head {
            dinh_backup: super::manifest::FORMAT,
            kind: KIND.into(),
            memory_kib: seal::MEMORY_KIB,
            passes: seal::PASSES,
            salt: hex::encode(salt),
            prefix: hex::encode(prefix),
            trial: hex::encode(trial),
        };
        seals.head = serde_json::to_vec(&head).map_err(Problem::internal)?;
        inner.write_all(&[&seals.head[..], b"\n"].concat()).map_err(Problem::internal)?;
        Ok(Self { inner, seals, number: 0, waiting: Vec::with_capacity(CHUNK + TAG) })
    }

    fn flush_chunk(&mut self, last: bool) -> io::Result<()> {
        self.seals.seal(self.number, last, &mut self.waiting)?;
        self.inner.write_all(&self.waiting)?;
        self.waiting.clear();
        self.number = self.number.checked_add(1).ok_or_else(|| io::Error::other("too large a backup"))?;
        Ok(())
    }

    pub fn finish(mut self) -> io::Result<W> {
        self.flush_chunk(true)?;
        self.inner.flush()?;
        Ok(self.inner)
    }
}

impl<W: Write> Write for Sealing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A full chunk waits for the next byte: it may be the last one.
        if self.waiting.len() == CHUNK && !bytes.is_empty() {
            self.flush_chunk(false)?;
        }
        let taken = bytes.len().min(CHUNK - self.waiting.len());
        self.waiting.extend_from_slice(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Reads an encrypted backup at any place.
pub(super) struct Opening<R> {
    inner: R,
    seals: Seals,
    /// Where the first chunk begins, how many there are, and the length of what is in them.
    start: u64,
    chunks: u64,
    length: u64,
    at: u64,
    open: Option<(u64, Vec<u8>)>,
}

fn bad(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

/// The first line as it stands and as it is meant, where the chunks begin, and how long they are together.
fn begun(inner: &mut (impl Read + Seek)) -> io::Result<(Vec<u8>, Head, u64, u64)> {
    let begin = inner.stream_position()?;
    let mut line = Vec::new();
    BufReader::new(Read::by_ref(inner).take(4096)).read_until(b'\n', &mut line)?;
    let start = begin + line.len() as u64;
    if line.last() == Some(&b'\n') {
        line.pop();
    }
    let size = inner.seek(SeekFrom::End(0))?.checked_sub(start).ok_or_else(|| bad("too short"))?;
    let head: Head = serde_json::from_slice(&line).map_err(|_| bad("no head"))?;
    if head.kind != KIND {
        return Err(bad("sealed in another way"));
    }
    Ok((line, head, start, size))
}

/// What a sealed file shows without its passphrase: its head, and chunks of which the last is long enough to be one.
pub(super) fn glance(mut inner: impl Read + Seek) -> io::Result<()> {
    let (_, _, _, size) = begun(&mut inner)?;
    let last = size % (CHUNK + TAG) as u64;
    if size == 0 || (1..TAG as u64).contains(&last) {
        return Err(bad("too short"));
    }
    Ok(())
}

impl<R: Read + Seek> Opening<R> {
    /// None when the passphrase is not the one, or the file was changed where it says how it was sealed.
    pub fn new(mut inner: R, passphrase: &str) -> io::Result<Option<Self>> {
        let (line, head, start, size) = begun(&mut inner)?;
        let decoded = |text: &str| hex::decode(text).map_err(|_| bad("no hex"));
        let prefix: [u8; 7] = decoded(&head.prefix)?.try_into().map_err(|_| bad("prefix"))?;
        let salt = decoded(&head.salt)?;
        let Some(key) = seal::key(passphrase, &salt, head.memory_kib, head.passes) else { return Err(bad("salt")) };
        let mut seals = Seals { key, prefix, head: Vec::new() };
        if seals.open(TRIAL, true, &mut decoded(&head.trial)?).is_err() {
            return Ok(None);
        }
        seals.head = line;
        let chunks = size.div_ceil((CHUNK + TAG) as u64);
        let length = size.checked_sub(chunks * TAG as u64).filter(|_| chunks > 0).ok_or_else(|| bad("too short"))?;
        Ok(Some(Self { inner, seals, start, chunks, length, at: 0, open: None }))
    }

    fn chunk(&mut self, number: u64) -> io::Result<&[u8]> {
        if self.open.as_ref().is_none_or(|(open, _)| *open != number) {
            self.inner.seek(SeekFrom::Start(self.start + number * (CHUNK + TAG) as u64))?;
            let mut text = Vec::with_capacity(CHUNK + TAG);
            Read::by_ref(&mut self.inner).take((CHUNK + TAG) as u64).read_to_end(&mut text)?;
            let short = u32::try_from(number).map_err(|_| bad("too long"))?;
            self.seals.open(short, number + 1 == self.chunks, &mut text)?;
            self.open = Some((number, text));
        }
        Ok(self.open.as_ref().map(|(_, text)| text.as_slice()).unwrap_or_default())
    }
}

impl<R: Read + Seek> Read for Opening<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.length {
            return Ok(0);
        }
        let (number, within) = (self.at / CHUNK as u64, usize::try_from(self.at % CHUNK as u64).unwrap_or_default());
        let text = self.chunk(number)?.get(within..).unwrap_or_default();
        let count = text.len().min(into.len());
        into[..count].copy_from_slice(&text[..count]);
        self.at += count as u64;
        Ok(count)
    }
}

impl<R: Read + Seek> Seek for Opening<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "before the start"))?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    const PHRASE: &str = "một câu mật khẩu";

    fn sealed(text: &[u8]) -> Vec<u8> {
        let mut sealing = Sealing::new(Vec::new(), PHRASE).unwrap();
        sealing.write_all(text).unwrap();
        sealing.finish().unwrap()
    }

    fn opened(file: &[u8]) -> io::Result<Vec<u8>> {
        let mut opening = Opening::new(Cursor::new(file), PHRASE)?.ok_or_else(|| bad("passphrase"))?;
        let mut text = Vec::new();
        opening.read_to_end(&mut text)?;
        Ok(text)
    }

    #[test]
    fn what_was_sealed_comes_back_and_from_any_place() {
        for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK] {
            let text: Vec<u8> = (0..length).map(|n| u8::try_from(n % 251).unwrap()).collect();
            let file = sealed(&text);
            assert_eq!(opened(&file).unwrap(), text, "{length}");
            if length > CHUNK {
                let mut opening = Opening::new(Cursor::new(&file), PHRASE).unwrap().unwrap();
                opening.seek(SeekFrom::End(-5)).unwrap();
                let mut end = Vec::new();
                opening.read_to_end(&mut end).unwrap();
                assert_eq!(end, text[length - 5..]);
            }
        }
        assert!(Opening::new(Cursor::new(sealed(b"x")), "một câu khác").unwrap().is_none());
    }

    #[test]
    fn no_byte_can_be_changed_and_no_chunk_left_out_moved_or_cut_off() {
        let text = vec![7; 3 * CHUNK];
        let file = sealed(&text);
        let body = file.iter().position(|byte| *byte == b'\n').unwrap() + 1;
        for at in [20, body, body + CHUNK, body + CHUNK + TAG + 9, file.len() - 1] {
            let mut bent = file.clone();
            bent[at] ^= 1;
            assert!(opened(&bent).is_err(), "byte {at}");
        }
        let chunk = |n: usize| &file[body + n * (CHUNK + TAG)..(body + (n + 1) * (CHUNK + TAG)).min(file.len())];
        let of = |chunks: &[&[u8]]| [&file[..body], &chunks.concat()].concat();
        assert_eq!(opened(&of(&[chunk(0), chunk(1), chunk(2)])).unwrap(), text);
        assert!(opened(&of(&[chunk(0), chunk(1)])).is_err(), "cut off");
        assert!(opened(&of(&[chunk(1), chunk(0), chunk(2)])).is_err(), "moved");
        assert!(opened(&of(&[chunk(0), chunk(2)])).is_err(), "left out");
        assert!(opened(&file[..body]).is_err());
    }
}
