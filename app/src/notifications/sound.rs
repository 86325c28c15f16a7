//! The sound: two soft notes, made by the browser.

use std::cell::RefCell;

use web_sys::{AudioContext, OscillatorType};

/// Hertz of each note and the second it begins.
const NOTES: [(f32, f64); 2] = [(659.25, 0.0), (880.0, 0.13)];
/// Seconds of each.
const LENGTH: f64 = 0.35;
/// Of the loudest possible.
const VOLUME: f32 = 0.12;

thread_local! {
    /// Browsers give a page only a few of them.
    static CONTEXT: RefCell<Option<AudioContext>> = const { RefCell::new(None) };
}

/// Plays it. Browsers keep silent on pages that nobody has touched yet.
pub(super) fn play() {
    CONTEXT.with_borrow_mut(|kept| {
        let context = kept.take().or_else(|| AudioContext::new().ok());
        if let Some(context) = &context {
            // One that slept wakes up; one that may not stays silent.
            let _ = context.resume();
            for (pitch, begin) in NOTES {
                // What a browser cannot play is not worth more than the silence.
                let _ = note(context, pitch, begin);
            }
        }
        *kept = context;
    });
}

fn note(context: &AudioContext, pitch: f32, begin: f64) -> Result<(), wasm_bindgen::JsValue> {
    let (oscillator, gain) = (context.create_oscillator()?, context.create_gain()?);
    let at = context.current_time() + begin;
    oscillator.set_type(OscillatorType::Sine);
    oscillator.frequency().set_value(pitch);
    gain.gain().set_value_at_time(VOLUME, at)?;
    gain.gain().exponential_ramp_to_value_at_time(0.001, at + LENGTH)?;
    oscillator.connect_with_audio_node(&gain)?;
    gain.connect_with_audio_node(&context.destination())?;
    oscillator.start_with_when(at)?;
    oscillator.stop_with_when(at + LENGTH)
}
