//! Hosts in plain ASCII letters (RFC 3492), as browsers resolve them.

const BASE: u32 = 36;
const T_MIN: u32 = 1;
const T_MAX: u32 = 26;
const SKEW: u32 = 38;
const DAMP: u32 = 700;
const FIRST_BIAS: u32 = 72;
const FIRST: u32 = 128;
/// Longest label of a host; a longer one has no address.
const LABEL_MAX: usize = 63;

/// The host with every label in ASCII. A label that no host can have is shown as question marks.
#[must_use]
pub fn host(host: &str) -> String {
    let labels = host.split(['.', '。']).map(|label| {
        if label.is_ascii() {
            return label.to_ascii_lowercase();
        }
        let lower = label.to_lowercase();
        let short = lower.chars().count() <= LABEL_MAX;
        short.then(|| encode(&lower)).flatten().map_or_else(|| "???".to_owned(), |code| format!("xn--{code}"))
    });
    labels.collect::<Vec<_>>().join(".")
}

fn encode(label: &str) -> Option<String> {
    let mut out: String = label.chars().filter(char::is_ascii).collect();
    let basic = u32::try_from(out.len()).ok()?;
    let all = u32::try_from(label.chars().count()).ok()?;
    if basic > 0 {
        out.push('-');
    }
    let (mut n, mut delta, mut bias, mut handled) = (FIRST, 0_u32, FIRST_BIAS, basic);
    while handled < all {
        let next = label.chars().map(u32::from).filter(|c| *c >= n).min()?;
        delta = delta.checked_add((next - n).checked_mul(handled + 1)?)?;
        n = next;
        for c in label.chars().map(u32::from) {
            if c < n {
                delta = delta.checked_add(1)?;
            }
            if c == n {
                write(&mut out, delta, bias);
                bias = adapt(delta, handled + 1, handled == basic);
                delta = 0;
                handled += 1;
            }
        }
        delta = delta.checked_add(1)?;
        n += 1;
    }
    Some(out)
}

/// A number with digits of a varying base.
fn write(out: &mut String, delta: u32, bias: u32) {
    let mut q = delta;
    let mut k = BASE;
    loop {
        let t = k.saturating_sub(bias).clamp(T_MIN, T_MAX);
        if q < t {
            break;
        }
        out.push(digit(t + (q - t) % (BASE - t)));
        q = (q - t) / (BASE - t);
        k += BASE;
    }
    out.push(digit(q));
}

fn digit(value: u32) -> char {
    char::from_digit(value.wrapping_sub(26), 10)
        .filter(|_| value >= 26)
        .or_else(|| char::from_u32(u32::from(b'a') + value))
        .unwrap_or('?')
}

const fn adapt(delta: u32, points: u32, first: bool) -> u32 {
    let mut delta = if first { delta / DAMP } else { delta / 2 };
    delta += delta / points;
    let mut k = 0;
    while delta > ((BASE - T_MIN) * T_MAX) / 2 {
        delta /= BASE - T_MIN;
        k += BASE;
    }
    k + (BASE - T_MIN + 1) * delta / (delta + SKEW)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_written_as_browsers_resolve_them() {
        assert_eq!(host("bücher.example"), "xn--bcher-kva.example");
        assert_eq!(host("MÜNCHEN.de"), "xn--mnchen-3ya.de");
        assert_eq!(host("例え.テスト"), "xn--r8jz45g.xn--zckzah");
        assert_eq!(host("Example.COM"), "example.com");
        assert_eq!(host(&"ñ".repeat(64)), "???");
    }
}
