//! What is done on the page, and what is said of it.

use std::pin::Pin;

use charla_shared::{
    contact_field::FieldView,
    id::{FieldId, TagId, WorkspaceId},
    label::TagView,
};
use futures::future::join;
use leptos::{prelude::*, task::spawn_local};

use crate::{
    contacts::api,
    failure::Failure,
    i18n::t,
    ui::{Toasts, problem_words, use_toasts},
};

/// The page's data and the changes to it.
#[derive(Clone, Copy)]
pub struct Work {
    /// Whose words they are.
    pub workspace: WorkspaceId,
    /// Whether the viewer may change them.
    pub may_edit: Memo<bool>,
    /// The tags, by name.
    pub tags: RwSignal<Vec<TagView>>,
    /// The fields in their order.
    pub fields: RwSignal<Vec<FieldView>>,
    /// While a change is on its way.
    pub busy: RwSignal<bool>,
    /// What is to be deleted, when that is asked.
    pub asked: RwSignal<Option<Doomed>>,
    toasts: Toasts,
}

/// Something that is deleted once that was confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doomed {
    /// A tag, with how many contacts have it; none while that is not known.
    Tag(TagView, Option<u64>),
    /// A field, with how many values it holds; none while that is not known.
    Field(FieldView, Option<u64>),
}

impl Doomed {
    /// The id of its row, for the focus that moves on when it goes.
    pub fn row_id(&self) -> String {
        match self {
            Self::Tag(tag, _) => tag_row(tag.id),
            Self::Field(field, _) => field_row(field.id),
        }
    }
}

/// The id of a tag's row.
pub fn tag_row(tag: TagId) -> String {
    format!("tag-row-{tag}")
}

/// The id of a field's row.
pub fn field_row(field: FieldId) -> String {
    format!("field-row-{field}")
}

impl Work {
    /// On the data of the page.
    pub fn new(workspace: WorkspaceId, may_edit: Memo<bool>, tags: Vec<TagView>, fields: Vec<FieldView>) -> Self {
        Self {
            workspace,
            may_edit,
            tags: RwSignal::new(tags),
            fields: RwSignal::new(fields),
            busy: RwSignal::new(false),
            asked: RwSignal::new(None),
            toasts: use_toasts(),
        }
    }

    /// Makes a change, says what became of it (`key` when it worked), and shows what is there then.
    pub fn make(
        self,
        key: &'static str,
        request: Pin<Box<dyn Future<Output = Result<(), Failure>>>>,
        done: impl FnOnce() + 'static,
    ) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        let said = t(key);
        spawn_local(async move {
            match request.await {
                Ok(()) => {
                    self.toasts.say(said);
                    self.load().await;
                    done();
                }
                Err(failure) => self.toasts.fail(problem_words(&failure.0)),
            }
            let _ = self.busy.try_set(false);
        });
    }

    async fn load(self) {
        let (tags, fields) = join(api::tags(self.workspace), api::fields(self.workspace)).await;
        // What cannot be loaded now is seen when the page is opened again.
        if let Ok(tags) = tags {
            let _ = self.tags.try_set(tags);
        }
        if let Ok(fields) = fields {
            let _ = self.fields.try_set(fields);
        }
    }
}
