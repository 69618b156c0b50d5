//! Partners, resellers and their customers (domain 1.1, 1.8, 2.2).

use crate::macros::sentences;

sentences! {
    partners: en "Partners" nl "Partners";
    partners_purpose:
        en "Partners that sell to your organization. A partner that you let in sees and changes only what it sold to you."
        nl "Partners die aan uw organisatie verkopen. Een partner die u toelaat, ziet en wijzigt alleen wat die u heeft verkocht.";
    partners_empty: en "No partner has asked to serve you." nl "Er heeft nog geen partner gevraagd u te bedienen.";
    partners_your_identifier: en "Your organization's identifier" nl "Identificatie van uw organisatie";
    partners_your_identifier_hint:
        en "Give it to a partner that you want to let in. The partner asks with it, and you decide here."
        nl "Geef deze aan een partner die u wilt toelaten. De partner vraagt ermee om toegang en u beslist hier.";
    partner: en "Partner" nl "Partner";
    partner_kind: en "Kind of partner" nl "Soort partner";
    partner_kind_volume: en "Volume-licensing partner" nl "Partner voor volumelicenties";
    partner_kind_reseller: en "CSP reseller" nl "CSP-reseller";
    partner_contact: en "How customers reach you" nl "Hoe klanten de partner bereiken";
    partner_contact_hint: en "An email address or a telephone number." nl "Een e-mailadres of een telefoonnummer.";
    partner_link: en "Where customers buy more" nl "Waar klanten meer kopen";
    partner_link_hint:
        en "An address that begins with https://. Leave it empty when there is none."
        nl "Een adres dat begint met https://. Laat dit leeg als er geen is.";
    partner_ended_on(day: &str): en "Ended on {day}" nl "Beëindigd op {day}";
    partner_buy_more: en "Buy more there" nl "Daar meer kopen";
    partner_buy_more_help: en "How to buy more at your partner" nl "Hoe u meer koopt bij uw partner";
    persona_partner_means:
        en "Sells to customers, and keeps what was sold to them."
        nl "Verkoopt aan klanten en beheert wat aan hen is verkocht.";
    partner_appoint: en "Make it a partner" nl "Partner maken";
    partner_appoint_consequence:
        en "It gets the page Customers, where it serves the organizations that let it in."
        nl "De organisatie krijgt de pagina Klanten, waarop die de organisaties bedient die haar toelaten.";
    partner_was_appointed: en "The organization is a partner now." nl "De organisatie is nu partner.";
    partner_accept: en "Let in" nl "Toelaten";
    partner_end: en "End relationship" nl "Relatie beëindigen";
    partner_end_question(name: &str): en "End the relationship with {name}?" nl "De relatie met {name} beëindigen?";
    partner_end_consequence:
        en "The partner loses its access at once. What it sold to you stays until its end date, and does not renew."
        nl "De partner heeft meteen geen toegang meer. Wat u daar hebt gekocht, blijft tot de einddatum en wordt niet verlengd.";
    partner_was_let_in: en "The partner can serve you now." nl "De partner kan u nu bedienen.";
    partner_was_ended: en "The relationship has ended." nl "De relatie is beëindigd.";
    relationship_requested: en "Asks for access" nl "Vraagt om toegang";
    relationship_ended: en "Ended" nl "Beëindigd";

    // The partner's own pages.
    customers: en "Customers" nl "Klanten";
    customers_purpose:
        en "Organizations that let you in. You see and change what you sold to them, and nothing else."
        nl "Organisaties die u toelaten. U ziet en wijzigt wat u hun hebt verkocht, en verder niets.";
    customers_empty: en "No customers yet" nl "Nog geen klanten";
    customers_empty_hint:
        en "Ask a customer for the identifier on its page Partners, and ask for access with it."
        nl "Vraag een klant om de identificatie op de pagina Partners en vraag daarmee om toegang.";
    customers_search: en "Search customers" nl "Klanten zoeken";
    customers_count(count: i64):
        en one "{count} customer" other "{count} customers"
        nl one "{count} klant" other "{count} klanten";
    customer: en "Customer" nl "Klant";
    customer_request: en "Ask a customer for access" nl "Een klant om toegang vragen";
    customer_identifier: en "Identifier of the customer" nl "Identificatie van de klant";
    customer_identifier_hint:
        en "It begins with org_ and stands on the customer's page Settings > Partners."
        nl "Die begint met org_ en staat bij de klant op Instellingen > Partners.";
    customer_was_asked: en "The customer decides now." nl "De klant beslist nu.";
    customer_sell: en "Sell" nl "Verkopen";
    customer_sell_to(customer: &str): en "Sell to {customer}" nl "Verkopen aan {customer}";
    customer_sell_purpose:
        en "Choose a product. The customer gets the subscription; your organization is charged for it."
        nl "Kies een product. De klant krijgt het abonnement; uw organisatie betaalt ervoor.";
    customer_sell_choose: en "What you sell" nl "Wat u verkoopt";
    customer_sell_add_ons:
        en "Add-ons to what you sold"
        nl "Invoegtoepassingen bij wat u hebt verkocht";
    customer_plan_choose: en "The other product" nl "Het andere product";
    customer_plan_ends(product: &str):
        en "The subscription of {product} ends today. Your organization gets back what it paid for unused days."
        nl "Het abonnement op {product} eindigt vandaag. Uw organisatie krijgt terug wat ze voor ongebruikte dagen betaalde.";
    customer_plan_by_hand:
        en "You can sell another product, and let this subscription end."
        nl "U kunt een ander product verkopen en dit abonnement laten eindigen.";
    customer_sell_none: en "There is nothing to sell in your currency." nl "Er is niets te verkopen in uw valuta.";
    customer_sell_invoiced:
        en "It is on tomorrow's invoice of your organization, which names the customer. The customer is not charged and sees no price."
        nl "Het staat op de factuur van morgen van uw organisatie, met de naam van de klant. De klant betaalt niets en ziet geen prijs.";
    customer_was_sold: en "Sold. The customer has the subscription now." nl "Verkocht. De klant heeft het abonnement nu.";
    customer_pays_per_period: en "Charged to you" nl "U betaalt";
    customer_sold_elsewhere: en "Sold outside Zetel" nl "Buiten Zetel verkocht";
    renewed_by_partner(partner: &str): en "{partner} renews it" nl "{partner} verlengt het";
    not_renewed_by_partner(partner: &str): en "{partner} does not renew it" nl "{partner} verlengt het niet";
    sold_by(partner: &str): en "Sold by {partner}" nl "Verkocht door {partner}";
    customer_of_line(customer: &str): en "For {customer}" nl "Voor {customer}";
    customer_sold_none: en "You have sold nothing to this customer." nl "U hebt deze klant nog niets verkocht.";
    customer_change_quantity: en "Change the number of licenses" nl "Aantal licenties wijzigen";
    customer_quantity_hint(assigned: u32, maximum: u32):
        en "The new total. {assigned} are in use, at most {maximum} are possible."
        nl "Het nieuwe totaal. Er zijn {assigned} in gebruik, {maximum} is het maximum.";
    customer_renew_on: en "Let it renew" nl "Laten verlengen";
    customer_renew_off: en "Do not renew" nl "Niet verlengen";
    customer_renew_on_consequence:
        en "At the end of its term the subscription goes on for another one."
        nl "Aan het einde van de termijn gaat het abonnement nog een termijn door.";
    customer_renew_off_consequence:
        en "The subscription stays active until its end date, and then expires."
        nl "Het abonnement blijft actief tot de einddatum en verloopt dan.";
    customer_suspend: en "Suspend" nl "Opschorten";
    customer_suspend_consequence:
        en "People lose access at once. The term goes on, and you can give access back before it ends."
        nl "Gebruikers hebben meteen geen toegang meer. De termijn loopt door en tot het einde kunt u de toegang teruggeven.";
    customer_resume: en "Give access back" nl "Toegang teruggeven";
    customer_resume_consequence:
        en "People have access again at once, with the licenses they had."
        nl "Gebruikers hebben meteen weer toegang, met de licenties die ze hadden.";
    customer_was_served: en "Done. The customer sees it at once." nl "Gedaan. De klant ziet het meteen.";

    // The history.
    history_by_partner(name: &str): en "{name} (partner)" nl "{name} (partner)";
    kind_partner_appointed: en "Made a partner" nl "Partner gemaakt";
    kind_relationship_changed: en "Partner relationship changed" nl "Relatie met partner gewijzigd";
    kind_customer_served: en "Customer served" nl "Klant bediend";
    event_partner_appointed(kind: &str):
        en "The organization was made a partner: {kind}."
        nl "De organisatie is partner gemaakt: {kind}.";
    event_relationship_requested(partner: &str):
        en "{partner} asked for access as a partner."
        nl "{partner} heeft als partner om toegang gevraagd.";
    event_relationship_accepted(partner: &str): en "{partner} was let in as a partner." nl "{partner} is als partner toegelaten.";
    event_relationship_ended(partner: &str):
        en "The relationship with {partner} was ended."
        nl "De relatie met {partner} is beëindigd.";
    event_customer_served(customer: &str, what: &str): en "{customer}: {what}" nl "{customer}: {what}";
    job_charge_partner: en "Charge a partner for what it sold" nl "Een partner laten betalen voor wat die verkocht";
    job_follow_payment:
        en "Let what a partner sold follow its payment"
        nl "Wat een partner verkocht, de betaling laten volgen";
    job_note_at_partner: en "Write into the partner's history" nl "In de geschiedenis van de partner zetten";
}
