//! Your products and the pages of one subscription.

mod cancel;
mod cancel_scheduled_change;
mod change_payment_method;
mod change_plan;
mod change_quantity;
mod delete;
mod details;
mod edit_billing_frequency;
mod edit_recurring_billing;
mod extend_trial;
mod life;
mod list;
mod progress;
mod reactivate;
mod take_over;
mod timeline;
mod undo_take_over;

pub(super) use change_plan::{
    facts as plan_facts, moving as plan_moving, quantity_hint as plan_quantity_hint, usual_price,
};

use crate::web::{Access, Routes};
use domain::access::Permission;

pub(super) fn routes() -> Routes {
    let read = Access::Needs(Permission::ReadSubscriptions);
    let manage = Access::Needs(Permission::ManageSubscription);
    let delete = Access::Needs(Permission::DeleteFreeSubscription);
    let take_over = Access::Needs(Permission::TakeOver);
    Routes::default()
        .get("/billing/your-products", read, list::page)
        .get("/billing/your-products/{id}", read, details::page)
        .get("/billing/your-products/{id}/quantity", read, change_quantity::pane)
        .post(
            "/billing/your-products/{id}/quantity",
            Access::Needs(Permission::ManageQuantity),
            change_quantity::submit,
        )
        .get("/billing/your-products/{id}/quantity/submitted", read, change_quantity::submitted)
        .get("/billing/your-products/{id}/billing-frequency", read, edit_billing_frequency::pane)
        .post("/billing/your-products/{id}/billing-frequency", manage, edit_billing_frequency::submit)
        .get("/billing/your-products/{id}/recurring-billing", read, edit_recurring_billing::pane)
        .post("/billing/your-products/{id}/recurring-billing", manage, edit_recurring_billing::submit)
        .get("/billing/your-products/{id}/payment-method", read, change_payment_method::pane)
        .post("/billing/your-products/{id}/payment-method", manage, change_payment_method::submit)
        .get("/billing/your-products/{id}/upgrade", read, change_plan::pane)
        .post("/billing/your-products/{id}/upgrade", manage, change_plan::submit)
        .get("/billing/your-products/{id}/upgrade/{job}", manage, change_plan::progress)
        .get("/billing/your-products/{id}/cancel", read, cancel::pane)
        .post("/billing/your-products/{id}/cancel", manage, cancel::submit)
        .get("/billing/your-products/{id}/scheduled-changes/{change}", read, cancel_scheduled_change::pane)
        .post("/billing/your-products/{id}/scheduled-changes/{change}", manage, cancel_scheduled_change::submit)
        .get("/billing/your-products/{id}/reactivate", read, reactivate::pane)
        .post("/billing/your-products/{id}/reactivate", manage, reactivate::submit)
        .get("/billing/your-products/{id}/extend-trial", read, extend_trial::pane)
        .post("/billing/your-products/{id}/extend-trial", manage, extend_trial::submit)
        .get("/billing/your-products/{id}/delete", read, delete::pane)
        .post("/billing/your-products/{id}/delete", delete, delete::submit)
        .get("/billing/your-products/{id}/take-over", take_over, take_over::pane)
        .post("/billing/your-products/{id}/take-over", take_over, take_over::submit)
        .get("/billing/your-products/{id}/take-over/{job}", take_over, take_over::progress)
        .get("/billing/your-products/{id}/undo-take-over", take_over, undo_take_over::pane)
        .post("/billing/your-products/{id}/undo-take-over", take_over, undo_take_over::submit)
        .get("/billing/your-products/{id}/undo-take-over/{job}", take_over, undo_take_over::progress)
        .get("/billing/your-products/why-no-add-remove", Access::SignedIn, change_quantity::reasons)
}
