//! The same the other way round: what points on points to the left.

use charla_shared::label::Colour;
use leptos::prelude::*;

use super::{Group, Shown};
use crate::ui::{
    Button, Checkbox, Choice, Disclosure, EmptyState, Icon, Notice, Progress, Segmented, Switch, Tabs, Tag, TextField,
    changing,
};

/// Components that have a beginning and an end, in Arabic.
#[component]
pub(super) fn RightToLeft() -> impl IntoView {
    view! {
        <Group name="Right to left">
            <div class="design-rtl" dir="rtl" lang="ar">
                <Pressed />
                <Written />
                <LaidOut />
            </div>
        </Group>
    }
    .into_any()
}

#[component]
fn Pressed() -> impl IntoView {
    view! {
        <Shown name="Button, right to left">
            <div class="design-line">
                <a class="page-back" href="#design-right-to-left">
                    <Icon name="arrow-left" />
                    "رجوع"
                </a>
                <Button primary=true on_click=|_| ()>
                    <Icon name="send-horizontal" />
                    "إرسال"
                </Button>
                <Button busy=Signal::stored(true) on_click=|_| ()>"إرسال"</Button>
            </div>
        </Shown>
    }
}

#[component]
fn Written() -> impl IntoView {
    let on = RwSignal::new(true);
    let turn = Callback::new(move |now| on.set(now));
    let chosen = RwSignal::new("mine".to_owned());
    let choose = Callback::new(move |now| chosen.set(now));
    let options = vec![Choice::new("all", "الكل"), Choice::new("mine", "لي")];
    view! {
        <Shown name="Choices, right to left">
            <Switch id="design-rtl-switch" label="الإشعارات" checked=on on_change=turn />
            <Checkbox id="design-rtl-check" label="الصوت" hint="عند وصول رسالة" checked=on on_change=turn />
            <Segmented id="design-rtl-segmented" label="المحادثات" options=options chosen=chosen on_change=choose />
        </Shown>
        <Shown name="Field, right to left">
            <form class="form" action="/design">
                <TextField name="rtl" label="الاسم" value="ليلى" error=Some("الاسم قصير".to_owned()) />
            </form>
        </Shown>
    }
}

#[component]
fn LaidOut() -> impl IntoView {
    let tab = RwSignal::new("files".to_owned());
    let tabs = vec![Choice::new("files", "ملفات"), Choice::new("notes", "ملاحظات")];
    view! {
        <Shown name="Tabs, right to left">
            <Tabs id="design-rtl-tabs" label="جهة الاتصال" tabs=tabs chosen=tab>
                <p dir="ltr">{changing(move || tab.get())}</p>
            </Tabs>
        </Shown>
        <Shown name="Disclosure, right to left">
            <Disclosure summary="التفاصيل">
                <p>"مرحبا"</p>
            </Disclosure>
            <Disclosure summary="المزيد" open=true>
                <p>"مرحبا"</p>
            </Disclosure>
        </Shown>
        <Shown name="Words, right to left">
            <div class="design-line">
                <Tag colour=Colour::Teal name="مهم" />
                <Tag colour=Colour::Blue name="VIP" />
            </div>
            <Notice>"تم الحفظ."</Notice>
            <Progress id="design-rtl-progress" label="استيراد" done=Signal::stored(340) of=Signal::stored(Some(1200)) />
            <EmptyState icon="inbox" title="لا شيء هنا" text="ستظهر الرسائل هنا." />
        </Shown>
    }
}
