//! Product keys to try: some for the prepaid subscription of the demo. The terminal shows them; the operator's history
//! has the batch.

use crate::command::words;
use crate::house::House;
use admin::web::Persona;
use app::Caller;
use app::product_key::create::create_now;
use app::product_key::export::{FinishExport, KeyFile};
use domain::access::Actor;
use domain::catalog::Term;
use domain::product_key::create::BatchDraft;
use domain::subscription::Channel;
use store::Scope;
use store::tables::{catalog, subscription};

/// Keys that are shown, and their licenses: to add, to extend as they are, to extend with fewer.
const KEYS: &[u32] = &[10, 50, 40];

/// Makes the keys and prints them.
pub fn make(house: &House, personas: &[Persona]) -> Result<(), Box<dyn std::error::Error>> {
    let of = |code: &str| personas.iter().find(|persona| persona.code == code);
    let Some(operator) = of("operator") else { return Ok(()) };
    let Some(customer) = personas.iter().find(|persona| persona.organization_id != operator.organization_id) else {
        return Ok(());
    };
    let products = house.store.read(customer.organization_id, subscription::count_by_product)?;
    let mut prepaid = None;
    for (product, _) in products {
        let found = house.store.read(customer.organization_id, |read| subscription::of_product(read, product))?;
        prepaid = prepaid.or(found.into_iter().find(|one| one.subscription.channel == Channel::ProductKey));
    }
    let Some(prepaid) = prepaid else { return Ok(()) };
    let sku = house.store.glance(Scope::Shared, |read| catalog::find_sku(read, prepaid.subscription.sku_id))?;
    let Some(sku) = sku else { return Ok(()) };
    let (caller, own) = (Caller { actor: Actor::system(), request: "demo".to_owned() }, operator.organization_id);
    let mut shown = Vec::new();
    for quantity in KEYS {
        let (term, country) = (Term::Annual, String::new());
        let draft = BatchDraft { quantity: *quantity, term, key_count: 1, country, redeem_by: None };
        let batch = create_now(&house.app, &caller, own, sku.id, draft)?;
        let (keys, _) = KeyFile::begin(&house.app, &caller, own, batch)?.keys(&house.app, 0)?;
        house.app.write(&caller, own, FinishExport(batch)).wait()?;
        shown.extend(keys.iter().map(|key| format!("{key} ({quantity})")));
    }
    println!("{}", words().cli_demo_keys(&prepaid.product_name, &shown.join(", ")));
    Ok(())
}
