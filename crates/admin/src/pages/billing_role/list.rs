//! Who has which billing role.

use super::{URL, scope};
use crate::frame::Frame;
use crate::pages::invoice::{BillsTab, tabs};
use crate::parts::Tab;
use crate::web::{PageResult, Section, Visitor, render};
use app::billing_role::list::{BillingRolesView, ListBillingRoles, ListedBillingRole};
use askama::Template;
use domain::access::{Permission, Reach};
use domain::billing::Agreement;
use words::Words;

struct RowView {
    name: String,
    menu_label: String,
    email: String,
    user_url: Option<String>,
    role: &'static str,
    means: &'static str,
    scope: String,
    remove_url: Option<String>,
}

#[derive(Template)]
#[template(path = "billing_role/list.html")]
struct ListPage {
    frame: Frame,
    words: Words,
    tabs: Vec<Tab>,
    /// Whether the contract lets the roles count.
    counts: bool,
    may_give: bool,
    may_become_owner: bool,
    rows: Vec<RowView>,
}

pub(super) async fn page(visitor: Visitor) -> PageResult {
    let words = visitor.words;
    let view = visitor.read(ListBillingRoles).await?;
    let mut frame = visitor.frame(Section::Bills, words.billing_roles()).await?;
    frame.lead = Some(words.billing_roles_purpose().to_owned());
    let counts = view.agreement == Agreement::Mca;
    let sees_people = visitor.reach(Permission::ReadUsers) == Reach::All;
    render(&ListPage {
        tabs: tabs(&visitor, BillsTab::BillingRoles),
        counts,
        may_give: counts && (view.may_give_account || !view.profiles.is_empty()),
        may_become_owner: view.may_become_owner,
        rows: view.rows.iter().map(|row| row_view(words, &view, row, sees_people)).collect(),
        words,
        frame,
    })
}

fn row_view(words: Words, view: &BillingRolesView, row: &ListedBillingRole, sees_people: bool) -> RowView {
    RowView {
        name: row.display_name.clone(),
        menu_label: words.more_actions_for(&row.display_name),
        email: row.email.clone(),
        user_url: sees_people.then(|| format!("/users/{}", row.user_id)),
        role: words.billing_role_name(row.grant.role),
        means: words.billing_role_means(row.grant.role),
        scope: scope(words, row),
        remove_url: view.may_take(row).then(|| format!("{URL}/{}/remove", row.user_id)),
    }
}
