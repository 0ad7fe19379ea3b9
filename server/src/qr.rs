//! Addresses that a phone can read off a screen.

use qrcode::{EcLevel, QrCode};

/// A QR code as a square of modules, true is dark.
///
/// # Errors
/// When the text is too long for a QR code.
pub fn modules(text: &str) -> anyhow::Result<Vec<bool>> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M)?;
    Ok(code.to_colors().into_iter().map(|color| color == qrcode::Color::Dark).collect())
}
