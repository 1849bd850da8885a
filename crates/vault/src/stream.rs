//! Sealing of files of any length, such as backups, piece by piece.
//!
//! After the STREAM construction (V. T. Hoang, R. Reyhanitabar, P. Rogaway, D. Vizár, 2015): every
//! piece is sealed with XChaCha20-Poly1305 under a nonce of its number and of whether it is the
//! last, so that a changed, swapped, dropped or added piece and a cut-off end are all refused.
//!
//! A file is: magic, scheme, kind of key, salt; then pieces of at most 64 KiB with their tags.
//! The key of each file is its own: derived from the salt and the master key or a passphrase.

use std::io::{self, Read, Write};

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::keys::{KEY_LENGTH, MasterKey, NONCE_LENGTH};

const MAGIC: &[u8; 8] = b"WBSEALED";
const SCHEME: u8 = 1;
const SALT_LENGTH: usize = 16;
const HEADER_LENGTH: usize = MAGIC.len() + 2 + SALT_LENGTH;

/// Plain bytes of every piece but the last.
const PIECE: usize = 1 << 16;
const TAG: usize = 16;

/// Shortest passphrase in characters; a file can be tried offline, so it is longer than a
/// password.
pub const SHORTEST_PASSPHRASE: usize = 16;

/// What a file is sealed with.
#[derive(Clone, Debug)]
pub enum StreamKey {
    /// The master key of the installation.
    Master(MasterKey),
    /// A passphrase.
    Passphrase(Passphrase),
}

/// A passphrase that does not print itself.
#[derive(Clone)]
pub struct Passphrase(Zeroizing<String>);

/// Why a stream cannot be opened or sealed.
#[derive(Debug, thiserror::Error)]
pub enum StreamError {
    /// Reading or writing failed.
    #[error("reading or writing failed")]
    Io(#[from] io::Error),
    /// The file does not begin as a sealed file does.
    #[error("not a sealed file of a known version")]
    NotSealed,
    /// The file was sealed with the other kind of key.
    #[error("the file was sealed with {0}")]
    OtherKind(&'static str),
    /// Wrong key, changed or cut off.
    #[error("the file does not open: it was changed or cut off, or the key is another one")]
    DoesNotOpen,
    /// The passphrase is too short.
    #[error("a passphrase has at least {SHORTEST_PASSPHRASE} characters")]
    ShortPassphrase,
    /// The system cannot encrypt.
    #[error("encrypting failed")]
    Encrypting,
}

impl Passphrase {
    /// A passphrase; spaces and line ends around it do not count.
    ///
    /// # Errors
    /// Fails when it is too short.
    pub fn new(text: &str) -> Result<Passphrase, StreamError> {
        let text = text.trim();
        if text.chars().count() < SHORTEST_PASSPHRASE {
            return Err(StreamError::ShortPassphrase);
        }
        Ok(Passphrase(Zeroizing::new(text.to_owned())))
    }
}

impl std::fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passphrase(secret)")
    }
}

impl StreamKey {
    fn kind(&self) -> u8 {
        match self {
            StreamKey::Master(_) => 0,
            StreamKey::Passphrase(_) => 1,
        }
    }

    fn derive(&self, salt: &[u8]) -> Result<Zeroizing<[u8; KEY_LENGTH]>, StreamError> {
        match self {
            StreamKey::Master(master) => {
                let salt = data_encoding::HEXLOWER.encode(salt);
                Ok(Zeroizing::new(
                    master.derive(&format!("sealed file {salt}")),
                ))
            }
            StreamKey::Passphrase(passphrase) => {
                // 64 MiB, 3 passes: the second recommendation of RFC 9106 with one lane.
                let params = Params::new(64 * 1024, 3, 1, Some(KEY_LENGTH))
                    .map_err(|_| StreamError::Encrypting)?;
                let mut key = Zeroizing::new([0; KEY_LENGTH]);
                Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
                    .hash_password_into(passphrase.0.as_bytes(), salt, key.as_mut())
                    .map_err(|_| StreamError::Encrypting)?;
                Ok(key)
            }
        }
    }
}

/// Seals what is written to it.
pub struct SealingWriter<W> {
    to: W,
    pieces: Pieces,
    buffer: Zeroizing<Vec<u8>>,
}

/// Opens what is read through it.
///
/// Every byte that it gives was checked; only at the end is it certain that nothing was cut off,
/// so nothing may be done with the content before everything was read.
pub struct OpeningReader<R> {
    from: R,
    pieces: Pieces,
    plain: Zeroizing<Vec<u8>>,
    at: usize,
    /// The sealed piece after the one in `plain`; empty at the end.
    ahead: Vec<u8>,
    ended: bool,
}

/// The key of a file and the number of the next piece.
struct Pieces {
    cipher: XChaCha20Poly1305,
    header: [u8; HEADER_LENGTH],
    number: u64,
}

impl Pieces {
    fn new(key: &StreamKey, header: [u8; HEADER_LENGTH]) -> Result<Pieces, StreamError> {
        let derived = key.derive(&header[HEADER_LENGTH - SALT_LENGTH..])?;
        Ok(Pieces {
            cipher: XChaCha20Poly1305::new((&*derived).into()),
            header,
            number: 0,
        })
    }

    /// The nonce of the next piece: its number and whether it is the last.
    fn nonce(&mut self, last: Last) -> XNonce {
        let mut nonce = [0; NONCE_LENGTH];
        nonce[..8].copy_from_slice(&self.number.to_le_bytes());
        nonce[8] = last as u8;
        self.number += 1;
        XNonce::from(nonce)
    }

    fn seal(&mut self, plain: &[u8], last: Last) -> Result<Vec<u8>, StreamError> {
        let nonce = self.nonce(last);
        let payload = Payload {
            msg: plain,
            aad: &self.header,
        };
        self.cipher
            .encrypt(&nonce, payload)
            .map_err(|_| StreamError::Encrypting)
    }

    fn open(&mut self, sealed: &[u8], last: Last) -> Result<Vec<u8>, StreamError> {
        let nonce = self.nonce(last);
        let payload = Payload {
            msg: sealed,
            aad: &self.header,
        };
        self.cipher
            .decrypt(&nonce, payload)
            .map_err(|_| StreamError::DoesNotOpen)
    }
}

#[derive(Clone, Copy)]
enum Last {
    No = 0,
    Yes = 1,
}

impl<W: Write> SealingWriter<W> {
    /// Begins a sealed file.
    ///
    /// # Errors
    /// Fails when the header cannot be written or no key be derived.
    pub fn new(
        mut to: W,
        key: &StreamKey,
        random: &mut impl CryptoRng,
    ) -> Result<SealingWriter<W>, StreamError> {
        let mut header = [0; HEADER_LENGTH];
        header[..8].copy_from_slice(MAGIC);
        header[8] = SCHEME;
        header[9] = key.kind();
        random.fill_bytes(&mut header[HEADER_LENGTH - SALT_LENGTH..]);
        to.write_all(&header)?;
        Ok(SealingWriter {
            to,
            pieces: Pieces::new(key, header)?,
            buffer: Zeroizing::new(Vec::with_capacity(PIECE)),
        })
    }

    /// Seals the last piece; without it the file does not open.
    ///
    /// # Errors
    /// Fails when writing or encrypting fails.
    pub fn finish(mut self) -> Result<W, StreamError> {
        let sealed = self.pieces.seal(&self.buffer, Last::Yes)?;
        self.to.write_all(&sealed)?;
        self.to.flush()?;
        Ok(self.to)
    }
}

impl<W: Write> Write for SealingWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.buffer.len() == PIECE {
            // Only now is it known that this piece is not the last.
            let sealed = self
                .pieces
                .seal(&self.buffer, Last::No)
                .map_err(io::Error::other)?;
            self.to.write_all(&sealed)?;
            self.buffer.clear();
        }
        let n = bytes.len().min(PIECE - self.buffer.len());
        self.buffer.extend_from_slice(&bytes[..n]);
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

impl<R: Read> OpeningReader<R> {
    /// Reads the header and the first piece.
    ///
    /// # Errors
    /// Fails when this is no sealed file, the key is another one or the first piece was changed.
    pub fn new(mut from: R, key: &StreamKey) -> Result<OpeningReader<R>, StreamError> {
        let mut header = [0; HEADER_LENGTH];
        from.read_exact(&mut header)
            .map_err(|error| match error.kind() {
                io::ErrorKind::UnexpectedEof => StreamError::NotSealed,
                _ => StreamError::Io(error),
            })?;
        if &header[..8] != MAGIC || header[8] != SCHEME || header[9] > 1 {
            return Err(StreamError::NotSealed);
        }
        if header[9] != key.kind() {
            let kinds = ["the master key", "a passphrase"];
            return Err(StreamError::OtherKind(kinds[usize::from(header[9])]));
        }
        let ahead = read_piece(&mut from)?;
        let mut reader = OpeningReader {
            from,
            pieces: Pieces::new(key, header)?,
            plain: Zeroizing::new(Vec::new()),
            at: 0,
            ahead,
            ended: false,
        };
        reader.next_piece()?;
        Ok(reader)
    }

    fn next_piece(&mut self) -> Result<(), StreamError> {
        let next = read_piece(&mut self.from)?;
        let last = if next.is_empty() { Last::Yes } else { Last::No };
        self.plain = Zeroizing::new(self.pieces.open(&self.ahead, last)?);
        self.at = 0;
        self.ended = matches!(last, Last::Yes);
        self.ahead = next;
        Ok(())
    }
}

impl<R: Read> Read for OpeningReader<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        while self.at == self.plain.len() {
            if self.ended {
                return Ok(0);
            }
            self.next_piece().map_err(|error| match error {
                StreamError::Io(error) => error,
                other => io::Error::new(io::ErrorKind::InvalidData, other),
            })?;
        }
        let n = to.len().min(self.plain.len() - self.at);
        to[..n].copy_from_slice(&self.plain[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}

/// Reads a piece with its tag; fewer bytes only at the end of the file.
fn read_piece(from: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut piece = Vec::with_capacity(PIECE + TAG);
    from.take((PIECE + TAG) as u64).read_to_end(&mut piece)?;
    Ok(piece)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::keys::tests::Counting;

    fn seal(key: &StreamKey, plain: &[u8]) -> Result<Vec<u8>, StreamError> {
        let mut writer = SealingWriter::new(Vec::new(), key, &mut Counting(9))?;
        writer.write_all(plain)?;
        writer.finish()
    }

    fn open(key: &StreamKey, sealed: &[u8]) -> Result<Vec<u8>, StreamError> {
        let mut plain = Vec::new();
        OpeningReader::new(sealed, key)?.read_to_end(&mut plain)?;
        Ok(plain)
    }

    fn master(seed: u64) -> StreamKey {
        StreamKey::Master(MasterKey::generate(&mut Counting(seed)))
    }

    #[test]
    fn every_length_opens_again() -> Result<(), StreamError> {
        for length in [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE] {
            let plain: Vec<u8> = (0..length).map(|n| n as u8).collect();
            assert_eq!(open(&master(1), &seal(&master(1), &plain)?)?, plain);
        }
        Ok(())
    }

    #[test]
    fn other_keys_and_passphrases_do_not_open() -> Result<(), StreamError> {
        let sealed = seal(&master(1), b"secret")?;
        assert!(matches!(
            open(&master(2), &sealed),
            Err(StreamError::DoesNotOpen)
        ));
        let phrase = StreamKey::Passphrase(Passphrase::new("sixteen letters long")?);
        assert!(matches!(
            open(&phrase, &sealed),
            Err(StreamError::OtherKind("the master key"))
        ));
        let sealed = seal(&phrase, b"secret")?;
        let spaced = StreamKey::Passphrase(Passphrase::new(" sixteen letters long\n")?);
        assert_eq!(open(&spaced, &sealed)?, b"secret");
        let other = StreamKey::Passphrase(Passphrase::new("sixteen letters more")?);
        assert!(matches!(
            open(&other, &sealed),
            Err(StreamError::DoesNotOpen)
        ));
        assert!(matches!(
            Passphrase::new("short"),
            Err(StreamError::ShortPassphrase)
        ));
        assert!(matches!(
            open(&phrase, b"WBSEALED"),
            Err(StreamError::NotSealed)
        ));
        assert!(matches!(
            open(&phrase, &[7; 99]),
            Err(StreamError::NotSealed)
        ));
        Ok(())
    }

    #[test]
    fn pieces_cannot_be_cut_off_swapped_or_joined() -> Result<(), StreamError> {
        let sealed = seal(&master(1), &[5; 3 * PIECE])?;
        let piece = |n: usize| HEADER_LENGTH + n * (PIECE + TAG);
        let (header, first) = (&sealed[..piece(0)], &sealed[piece(0)..piece(1)]);
        let second = &sealed[piece(1)..piece(2)];
        let rest = &sealed[piece(2)..];
        for (name, forged) in [
            ("cut after a piece", [header, first, second].concat()),
            ("first dropped", [header, second, rest].concat()),
            ("swapped", [header, second, first, rest].concat()),
            ("doubled", [header, first, first, second, rest].concat()),
            ("lengthened", [&sealed[..], first].concat()),
            ("nothing but the header", header.to_vec()),
        ] {
            assert!(open(&master(1), &forged).is_err(), "{name}");
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn changed_or_cut_files_do_not_open(
            plain in proptest::collection::vec(any::<u8>(), 0..200),
            at: prop::sample::Index,
            with in 1u8..,
        ) {
            let sealed = seal(&master(1), &plain)?;
            let at = at.index(sealed.len());
            let mut changed = sealed.clone();
            changed[at] ^= with;
            prop_assert!(open(&master(1), &changed).is_err());
            prop_assert!(open(&master(1), &sealed[..at]).is_err());
        }
    }
}
