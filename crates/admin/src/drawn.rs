//! Parts that stand on nearly every page. Each is a template of its own, which is compiled once and not wherever it
//! stands; the macros of `templates/components.html` give them names and defaults.

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
    /// A line of text that is typed.
    text_input = TextInput {
        name: &'a str, value: &'a str, kind: &'a str, class: &'a str, autocomplete: &'a str, required: &'a bool,
        is_wrong: bool
    } "parts/text_input.html";
    /// A whole number that is typed, with its unit.
    number_input = NumberInput {
        name: &'a str, value: &'a str, unit: &'a str, min: &'a str, max: &'a str, is_wrong: bool
    } "parts/number_input.html";
}
