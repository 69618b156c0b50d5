//! Apps and services inside what is sold.

use crate::{Read, Result, params, statements};
use domain::ids::{ProductId, ServicePlanId};

statements! {
    PLANS_OF_PRODUCT: shared = "SELECT DISTINCT p.id, p.friendly_name FROM sku s \
        JOIN sku_plan sp ON sp.sku_id = s.id JOIN service_plan p ON p.id = sp.service_plan_id \
        WHERE s.product_id = $1 ORDER BY p.friendly_name, p.id";
}

/// The apps of a product with their names, by name; those of all its SKUs.
///
/// # Errors
/// When the database fails.
pub fn of_product(read: &Read<'_>, product: ProductId) -> Result<Vec<(ServicePlanId, String)>> {
    read.query(&PLANS_OF_PRODUCT, params![product], |row| Ok((row.get(0)?, row.get(1)?)))
}
