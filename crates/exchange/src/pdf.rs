//! PDF: the text of its pages, put together from the letters and where they stand.
//!
//! Reading happens on a thread of its own with a bounded amount of work, so that a hostile file
//! costs a refusal and nothing else. Pictures are not looked at: a scan without text is refused.
//! This module must not know what the text says.

mod lines;
mod swelling;

use std::panic::resume_unwind;
use std::sync::mpsc;
use std::time::Duration;

use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache,
    InterpreterSettings, Paint, PathDrawMode, SoftMask, interpret_page,
};
use kurbo::{Affine, BezPath, Point, Rect, Vec2};

use crate::archive::Refusal;
use crate::extract::Extracted;
use lines::Letter;

/// The most pages that are read.
const MAX_PAGES: usize = 3000;
/// The most letters that are looked at: some 3000 crowded pages.
const MAX_LETTERS: usize = 20_000_000;
/// The most lines, frames and pictures that are passed by.
const MAX_DRAWINGS: usize = 1_000_000;
/// Stack of the reading thread in bytes: forms within forms call each other.
const STACK: usize = 64 << 20;
/// A text of thousands of pages takes seconds; what takes longer is no text.
const PATIENCE: Duration = Duration::from_secs(30);

/// Reads the text of a PDF.
pub(crate) fn read(bytes: &[u8]) -> Result<Extracted, Refusal> {
    swelling::check(bytes)?;
    let bytes = bytes.to_vec();
    let (tell, hear) = mpsc::channel();
    let reading = std::thread::Builder::new()
        .name("pdf".to_owned())
        .stack_size(STACK)
        .spawn(move || {
            // Nobody listens any more when patience is over.
            let _ = tell.send(text(bytes));
        });
    if reading.is_err() {
        return Err(Refusal::TooMuchWork);
    }
    // A reader that breaks lets its end of the channel go, which ends the waiting too.
    hear.recv_timeout(PATIENCE)
        .unwrap_or(Err(Refusal::TooMuchWork))
}

fn text(bytes: Vec<u8>) -> Result<Extracted, Refusal> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Refusal::LockedPdf,
        LoadPdfError::Invalid => Refusal::NoPdf,
    })?;
    let pages = pdf.pages();
    if pages.is_empty() {
        return Err(Refusal::NoPdf);
    }
    if pages.len() > MAX_PAGES {
        return Err(Refusal::TooManyPages(pages.len()));
    }
    let settings = InterpreterSettings {
        render_annotations: false,
        ..InterpreterSettings::default()
    };
    let cache = InterpreterCache::new();
    let mut collector = Collector::default();
    let mut read = Vec::with_capacity(pages.len());
    for page in pages.iter() {
        collector.height = f64::from(page.render_dimensions().1);
        let mut context = Context::new(
            Affine::IDENTITY,
            Rect::new(0.0, 0.0, 1.0, 1.0),
            &cache,
            pdf.xref(),
            settings.clone(),
        );
        interpret_page(page, &mut context, &mut collector);
        read.push(std::mem::take(&mut collector.letters));
    }
    if collector.nameless > collector.named {
        return Err(Refusal::NoLetters);
    }
    if collector.named == 0 {
        return Err(Refusal::OnlyPictures(read.len()));
    }
    Ok(lines::text(&read))
}

/// Takes the letters of a page and nothing else.
#[derive(Default)]
struct Collector {
    letters: Vec<Letter>,
    /// Height of the page in points.
    height: f64,
    drawings: usize,
    named: usize,
    nameless: usize,
}

impl Collector {
    /// Counts what is drawn beside letters.
    fn step(&mut self) {
        self.drawings += 1;
        self.stop_at_limits();
    }

    /// Leaves the reader when the work is too much; there is no other way out of it.
    fn stop_at_limits(&self) {
        if self.drawings > MAX_DRAWINGS || self.named + self.nameless > MAX_LETTERS {
            resume_unwind(Box::new("too much work"));
        }
    }
}

impl<'a> Device<'a> for Collector {
    fn draw_glyph(
        &mut self,
        glyph: &Glyph<'a>,
        transform: Affine,
        glyph_transform: Affine,
        _: &Paint<'a>,
        _: &GlyphDrawMode,
    ) {
        self.stop_at_limits();
        let Some(name) = glyph.as_unicode() else {
            self.nameless += 1;
            return;
        };
        let text = match name {
            BfString::Char(c) => c.to_string(),
            BfString::String(words) => words,
        };
        let placed = transform * glyph_transform;
        let origin = placed * Point::ORIGIN;
        // Glyphs are drawn a thousand units high.
        let up = placed * Point::new(0.0, 1000.0) - origin;
        let width = match glyph {
            Glyph::Outline(outline) => outline.advance_width().map_or(500.0, f64::from),
            Glyph::Type3(_) => 500.0,
        };
        let along = placed * Point::new(width, 0.0) - origin;
        let sane = [origin.x, origin.y, up.hypot(), along.x];
        // Text that stands on its side is no running text.
        let upright = along.x.abs() >= along.y.abs() && along.x >= 0.0;
        self.named += 1;
        if !upright || sane.iter().any(|number| !number.is_finite()) || up == Vec2::ZERO {
            return;
        }
        self.letters.push(Letter {
            x: origin.x,
            y: self.height - origin.y,
            size: up.hypot(),
            width: along.x,
            text,
        });
    }

    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'a>, _: &PathDrawMode) {
        self.step();
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.step();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.step();
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {
        self.step();
    }

    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}

    fn set_blend_mode(&mut self, _: BlendMode) {}

    fn pop_clip_path(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}
