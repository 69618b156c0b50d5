//! Parts that stand on nearly every page. Each is a template of its own, which is compiled once and not wherever it
//! stands; the macros of `templates/components.html` give them names and defaults.

#![expect(clippy::too_many_arguments, reason = "a field has label, value, hint, message and what kind it is of")]

use crate::parts::{Choice, Closed, FieldErrors, Paging, Status, Tab};
use askama::Template;
use askama::filters::HtmlSafe;

/// Declares the parts: a function with what each shows, and the template that draws it.
macro_rules! drawn_parts {
    ($($(#[$documentation:meta])* $draw:ident = $part:ident { $($field:ident: $kind:ty),+ } $path:literal;)+) => {$(
        $(#[$documentation])*
        #[derive(Template)]
        #[template(path = $path)]
        pub struct $part<'a> {
            $($field: $kind),+
        }

        impl HtmlSafe for $part<'_> {}

        $(#[$documentation])*
        #[must_use]
        pub const fn $draw<'a>($($field: $kind),+) -> $part<'a> {
            $part { $($field),+ }
        }
    )+};
}

drawn_parts! {
    /// An icon.
    icon = Icon { name: &'a str } "parts/icon.html";
    /// What submits a form.
    button = Button { label: &'a str, icon_name: &'a str, kind: &'a str, name: &'a str, value: &'a str }
        "parts/button.html";
    /// A link that looks like a button.
    button_link = ButtonLink { label: &'a str, url: &'a str, icon_name: &'a str, kind: &'a str, pane: &'a bool }
        "parts/button_link.html";
    /// What leaves a pane or a form without a change.
    cancel_link = CancelLink { label: &'a str, url: &'a str } "parts/cancel_link.html";
    /// An item of a menu.
    menu_item = MenuItem { label: &'a str, url: &'a str, icon_name: &'a str, pane: &'a bool, severe: &'a bool }
        "parts/menu_item.html";
    /// The token that every form carries.
    form_token = FormToken { token: &'a str } "parts/form_token.html";
    /// The box of a filter bar in which one searches.
    search_box = SearchBox { label: &'a str, value: &'a str, name: &'a str } "parts/search_box.html";
    /// A line of what will happen.
    preview_row = PreviewRow { label: &'a str, value: &'a str, total: &'a bool } "parts/preview_row.html";
    /// A term with its value.
    pair = Pair { label: &'a str, value: &'a str } "parts/pair.html";
    /// An action of a card.
    action = Action {
        label: &'a str, url: &'a str, icon_name: &'a str, note: &'a str, pane: &'a bool, severe: &'a bool
    } "parts/action.html";
    /// What stands before a control: label and hint.
    field_head = FieldHead { name: &'a str, label: &'a str, hint: &'a str, is_wrong: bool } "parts/field_head.html";
    /// What stands after a control: its message.
    field_foot = FieldFoot { name: &'a str, error: &'a str } "parts/field_foot.html";
    /// One line of text, with label, hint and message.
    text_field = TextField {
        name: &'a str, label: &'a str, value: &'a str, hint: &'a str, error: &'a str, kind: &'a str, class: &'a str,
        required: &'a bool, autocomplete: &'a str
    } "parts/text_field.html";
    /// A whole number with its unit, likewise.
    number_field = NumberField {
        name: &'a str, label: &'a str, value: &'a str, hint: &'a str, error: &'a str, unit: &'a str, min: &'a str,
        max: &'a str
    } "parts/number_field.html";
    /// A list of which one can be chosen, likewise.
    select_field = SelectField {
        name: &'a str, label: &'a str, value: &'a str, choices: &'a [Choice], hint: &'a str, error: &'a str
    } "parts/select_field.html";
    /// A box to tick.
    check_box = CheckBox { name: &'a str, label: &'a str, checked: &'a bool, hint: &'a str, value: &'a str }
        "parts/check_box.html";
    /// A list of a filter bar of which one can be chosen.
    filter_select = FilterSelect { name: &'a str, label: &'a str, value: &'a str, choices: &'a [Choice] }
        "parts/filter_select.html";
    /// One of a few, each with room to explain.
    radio_cards = RadioCards {
        name: &'a str, label: &'a str, value: &'a str, choices: &'a [Choice], hint: &'a str, error: &'a str
    } "parts/radio_cards.html";
    /// What stands above a refused form.
    error_summary = ErrorSummary { title: &'a str, errors: &'a FieldErrors } "parts/error_summary.html";
    /// A status in a table.
    status = StatusMark { status: &'a Status } "parts/status.html";
    /// A status as a fact or beside a title.
    badge = Badge { status: &'a Status } "parts/badge.html";
    /// Why an action is closed, and what would open it.
    reason = Reason { closed: &'a Closed } "parts/reason.html";
    /// Pages of one thing side by side.
    tabs = Tabs { label: &'a str, tabs: &'a [Tab] } "parts/tabs.html";
    /// What stands under a list that pages by key.
    paging = PagingLinks { pages: &'a Paging, previous: &'a str, next: &'a str, summary: &'a str } "parts/paging.html";
    /// Two letters of a name.
    avatar = Avatar { name: &'a str, size: &'a str } "parts/avatar.html";
    /// A person in a table or a list.
    person = Person { name: &'a str, note: &'a str, url: &'a str } "parts/person.html";
    /// A product's name with its mark.
    product = ProductName { name: &'a str, note: &'a str, url: &'a str } "parts/product.html";
    /// A line of what will happen, before somebody agrees.
    consequence = Consequence { icon_name: &'a str, text: &'a str } "parts/consequence.html";
    /// Who, when, what.
    history_item = HistoryItem { when: &'a str, iso: &'a str, who: &'a str, what: &'a str, change: &'a str }
        "parts/history_item.html";
    /// What an empty list says.
    empty_head = EmptyHead { icon_name: &'a str, title: &'a str, text: &'a str } "parts/empty_head.html";
}
