//! Bars of two kinds, side by side, over time. One point is in the tab order; arrow keys go on from there, and a line above
//! says what the point under the focus or the pointer stands for.

use leptos::{ev::KeyboardEvent, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::SvgElement;

use super::scale::{self, GROUND, HEIGHT, LEFT, WIDTH, write};
use crate::ui::changing;

/// Labels along the ground, at most.
const LABELS: usize = 8;

/// An hour, or a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// What stands under it.
    pub short: String,
    /// What it stands for, in words and with its values.
    pub sentence: String,
    /// A value of each kind.
    pub values: [u32; 2],
}

/// The chart. How many points there are does not change while it lives; their values may.
#[component]
pub fn Bars(
    /// Unique on the page.
    id: &'static str,
    /// What it shows.
    label: String,
    /// What the two kinds are called.
    kinds: [String; 2],
    /// The points, the earliest first.
    points: Memo<Vec<Point>>,
) -> impl IntoView {
    let count = points.with_untracked(Vec::len);
    let top = Memo::new(move |_| {
        scale::top(points.with(|points| points.iter().flat_map(|point| point.values).max().unwrap_or_default()))
    });
    let current = RwSignal::new(count.saturating_sub(1));
    let walk = move |event: KeyboardEvent| {
        let at = current.get_untracked();
        let next = match event.key().as_str() {
            "ArrowRight" => at + 1,
            "ArrowLeft" => at.saturating_sub(1),
            "Home" => 0,
            "End" => count,
            _ => return,
        };
        event.prevent_default();
        let next = next.min(count.saturating_sub(1));
        current.set(next);
        if let Some(point) = document().get_element_by_id(&format!("{id}-{next}"))
            && let Ok(point) = point.dyn_into::<SvgElement>()
        {
            // Refused only by elements that cannot have the focus.
            let _ = point.focus();
        }
    };
    let [first, second] = kinds;
    view! {
        <div class="chart">
            <p class="chart-key">
                <span class="chart-first">{first}</span>
                <span class="chart-second">{second}</span>
                <span class="chart-said" aria-hidden="true">
                    {changing(move || points.with(|points| points.get(current.get()).map(|point| point.sentence.clone())))}
                </span>
            </p>
            <svg
                class="chart-drawing"
                viewBox=format!("0 0 {WIDTH} {HEIGHT}")
                role="group"
                aria-label=label
                on:keydown=walk
            >
                <Grid top=top />
                {(0..count).map(|place| view! { <Bar id=id place=place count=count points=points top=top current=current /> }).collect_view()}
            </svg>
        </div>
    }
    .into_any()
}

/// The lines at nothing, half and all.
#[component]
fn Grid(top: Memo<u32>) -> impl IntoView {
    let line = move |share: u32| {
        let y = write(GROUND - scale::height(share, 2));
        let below = write(GROUND - scale::height(share, 2) + 4.0);
        view! {
            <line class="chart-line" x1=write(LEFT) x2=write(WIDTH) y1=y.clone() y2=y />
            <text class="chart-number" x=write(LEFT - 8.0) y=below text-anchor="end">
                {changing(move || {
                    let doubled = u64::from(top.get()) * u64::from(share);
                    if doubled % 2 == 0 { (doubled / 2).to_string() } else { String::new() }
                })}
            </text>
        }
    };
    view! { <g aria-hidden="true">{(0..3).map(line).collect_view()}</g> }.into_any()
}

#[component]
fn Bar(
    id: &'static str,
    place: usize,
    count: usize,
    points: Memo<Vec<Point>>,
    top: Memo<u32>,
    current: RwSignal<usize>,
) -> impl IntoView {
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let (left, slot) = (scale::left(number(place), number(count)), scale::slot(number(count)));
    let value = move |kind: usize| points.with(|points| points.get(place).map_or(0, |point| point.values[kind]));
    let height = move |kind: usize| scale::height(value(kind), top.get());
    let rect = move |kind: usize, class: &'static str| {
        let x = left + slot * if kind == 0 { 0.1 } else { 0.5 };
        view! {
            <rect
                class=class
                x=write(x)
                width=write(slot * 0.38)
                y=move || write(GROUND - height(kind))
                height=move || write(height(kind))
            />
        }
    };
    let labelled = place.is_multiple_of(count.div_ceil(LABELS).max(1));
    let short = points.with_untracked(|points| points.get(place).map(|point| point.short.clone()));
    view! {
        <g
            id=format!("{id}-{place}")
            class="chart-point"
            role="img"
            tabindex=move || if current.get() == place { "0" } else { "-1" }
            aria-label=move || points.with(|points| points.get(place).map(|point| point.sentence.clone()))
            on:focus=move |_| current.set(place)
            on:pointerenter=move |_| current.set(place)
        >
            <rect class="chart-ground" x=write(left) width=write(slot) y="0" height=write(GROUND) />
            {rect(0, "chart-first")}
            {rect(1, "chart-second")}
            {labelled
                .then(|| {
                    view! {
                        <text class="chart-number" x=write(left + slot / 2.0) y=write(GROUND + 18.0) text-anchor="middle">
                            {short}
                        </text>
                    }
                })}
        </g>
    }
    .into_any()
}
