//! Pictures as they come: decoded within limits, turned upright, scaled to what a projector shows, and written anew, so
//! that nothing of what else was in the file is left.

use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use protocol::limits;
use quiz::media::mime;
use std::io::Cursor;

/// Widest and highest that a picture is kept; projectors show less.
const PIXELS: u32 = 2_560;
/// Widest and highest that is decoded.
const DECODED_PIXELS: u32 = 16_384;
/// Memory that decoding may take, in bytes.
const DECODED_BYTES: u64 = 256 * 1024 * 1024;
/// Quality of photographs: above it files grow and nobody sees why.
const QUALITY: u8 = 85;

/// Why a picture is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It is none, or of a kind that is not taken.
    #[error("That is not a PNG, JPEG, WebP or GIF picture.")]
    Kind,
    /// It has too many pixels, or cannot be decoded.
    #[error("That picture is damaged, or larger than {DECODED_PIXELS} × {DECODED_PIXELS} pixels.")]
    Damaged,
    /// Written anew it would still be larger than is sent.
    #[error("That picture is larger than {} MB.", limits::PICTURE_BYTES >> 20)]
    TooLarge,
}

/// A picture written anew, with the ending of its file's name.
///
/// # Errors
/// When it is no picture that can be shown.
pub fn rewrite(bytes: &[u8]) -> Result<(&'static str, Vec<u8>), Refused> {
    let format = match mime(bytes) {
        Some("image/png") => ImageFormat::Png,
        Some("image/jpeg") => ImageFormat::Jpeg,
        Some("image/webp") => ImageFormat::WebP,
        Some("image/gif") => ImageFormat::Gif,
        _ => return Err(Refused::Kind),
    };
    let mut picture = decode(bytes, format).ok_or(Refused::Damaged)?;
    if picture.width().max(picture.height()) > PIXELS {
        picture = picture.resize(PIXELS, PIXELS, image::imageops::FilterType::Triangle);
    }
    let is_photograph = format == ImageFormat::Jpeg || format == ImageFormat::WebP && !picture.color().has_alpha();
    let mut written = Cursor::new(Vec::new());
    let (ending, encoded) = if is_photograph {
        let encoder = JpegEncoder::new_with_quality(&mut written, QUALITY);
        ("jpg", picture.to_rgb8().write_with_encoder(encoder))
    } else {
        ("png", picture.write_to(&mut written, ImageFormat::Png))
    };
    encoded.map_err(|_| Refused::Damaged)?;
    let bytes = written.into_inner();
    if bytes.len() > limits::PICTURE_BYTES { Err(Refused::TooLarge) } else { Ok((ending, bytes)) }
}

/// Whether a picture is of a kind and a size that can be shown, by what it says of itself.
pub fn can_be_shown(bytes: &[u8]) -> bool {
    let fits = |reader: ImageReader<_>| {
        reader.into_dimensions().is_ok_and(|(width, height)| width.max(height) <= DECODED_PIXELS)
    };
    let is_fine = match mime(bytes) {
        Some("image/svg+xml") => true,
        Some(_) => ImageReader::new(Cursor::new(bytes)).with_guessed_format().is_ok_and(fits),
        None => false,
    };
    is_fine && bytes.len() <= limits::PICTURE_BYTES
}

fn decode(bytes: &[u8], format: ImageFormat) -> Option<DynamicImage> {
    let mut allowed = Limits::default();
    (allowed.max_image_width, allowed.max_image_height) = (Some(DECODED_PIXELS), Some(DECODED_PIXELS));
    allowed.max_alloc = Some(DECODED_BYTES);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(allowed);
    let mut decoder = reader.into_decoder().ok()?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    picture.apply_orientation(orientation);
    Some(picture)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::RgbaImage;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        RgbaImage::from_fn(width, height, |x, y| image::Rgba([x as u8, y as u8, 7, 200]))
            .write_to(&mut bytes, ImageFormat::Png)
            .unwrap();
        bytes.into_inner()
    }

    fn jpeg(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let picture = image::RgbImage::from_fn(width, height, |x, _| image::Rgb([(x * 255 / width) as u8, 0, 0]));
        picture.write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
        bytes.into_inner()
    }

    /// A JPEG whose camera was held on its side, with a place where it was taken.
    fn turned(bytes: &[u8]) -> Vec<u8> {
        let tiff = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0 secret place";
        let length = (tiff.len() as u16 + 2).to_be_bytes();
        [&bytes[..2], b"\xff\xe1", &length, tiff, &bytes[2..]].concat()
    }

    fn size(bytes: &[u8]) -> (u32, u32) {
        let picture = image::load_from_memory(bytes).unwrap();
        (picture.width(), picture.height())
    }

    #[test]
    fn drawings_stay_as_they_look_and_large_ones_are_scaled() {
        let (ending, bytes) = rewrite(&png(40, 20)).unwrap();
        assert_eq!((ending, size(&bytes)), ("png", (40, 20)));
        assert_eq!(image::load_from_memory(&bytes).unwrap(), image::load_from_memory(&png(40, 20)).unwrap());
        let (_, bytes) = rewrite(&png(PIXELS * 2, 10)).unwrap();
        assert_eq!(size(&bytes), (PIXELS, 5));
    }

    #[test]
    fn photographs_are_upright_and_tell_nothing_else() {
        let original = turned(&jpeg(40, 20));
        let (ending, bytes) = rewrite(&original).unwrap();
        assert_eq!((ending, size(&bytes)), ("jpg", (20, 40)));
        let has = |bytes: &[u8]| bytes.windows(12).any(|part| part == b"secret place");
        assert!(has(&original) && !has(&bytes));
    }

    #[test]
    fn what_is_behind_a_picture_is_not_kept() {
        let polyglot = [png(4, 4), b"<script>alert(1)</script>".to_vec()].concat();
        let (_, bytes) = rewrite(&polyglot).unwrap();
        assert!(!bytes.windows(7).any(|part| part == b"<script"));
    }

    #[test]
    fn what_is_no_picture_or_a_bomb_is_refused() {
        assert_eq!(rewrite(b"<html>"), Err(Refused::Kind));
        assert_eq!(rewrite(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), Err(Refused::Kind));
        assert_eq!(rewrite(&png(9, 9)[..40]), Err(Refused::Damaged));
        // A header that says 60,000 × 60,000.
        let mut bomb = png(9, 9);
        bomb[16..20].copy_from_slice(&60_000u32.to_be_bytes());
        bomb[20..24].copy_from_slice(&60_000u32.to_be_bytes());
        assert_eq!(rewrite(&bomb), Err(Refused::Damaged));
        assert!(can_be_shown(&png(9, 9)) && can_be_shown(b"<svg xmlns='http://www.w3.org/2000/svg'/>"));
        assert!(!can_be_shown(&bomb) && !can_be_shown(b"<html>"));
    }
}
