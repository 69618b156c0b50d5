//! Every billing role as a file (domain 4.7).

use super::scope;
use crate::web::csv::{Csv, download_whole};
use crate::web::{PageResult, Visitor};
use app::billing_role::list::ListBillingRoles;

pub(super) async fn csv(visitor: Visitor) -> PageResult {
    let words = visitor.words;
    let view = visitor.read(ListBillingRoles).await?;
    let head = [words.people_display_name(), words.email_address(), words.billing_role(), words.billing_role_scope()];
    let mut csv = Csv::with_head(&head);
    for row in &view.rows {
        let role = words.billing_role_name(row.grant.role);
        csv.row(&[&row.display_name, &row.email, role, &scope(words, row)]);
    }
    Ok(download_whole("zetel-billing-roles.csv", csv))
}
