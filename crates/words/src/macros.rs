//! The macro that makes a method of [`Words`](crate::Words) from a sentence in both languages.

/// Declares sentences. One shape for all of them:
///
/// ```text
/// sentences! {
///     your_products: en "Your products" nl "Uw producten";
///     bought_by(buyer: &str): en "Bought by {buyer}." nl "Gekocht door {buyer}.";
///     licenses(count: i64):
///         en one "{count} license" other "{count} licenses"
///         nl one "{count} licentie" other "{count} licenties";
/// }
/// ```
///
/// Without arguments the method gives a `&'static str`, with arguments a `String`. Arguments are written as the
/// language writes them (see [`Argument`](crate::format::Argument)); the first number chooses between `one` and
/// `other`. A comment is only needed where the sentence does not explain itself.
macro_rules! sentences {
    ($(
        $(#[$documentation:meta])*
        $name:ident $(($($argument:ident: $kind:ty),+))?:
            en $(one $en_one:literal other)? $en:literal
            nl $(one $nl_one:literal other)? $nl:literal;
    )+) => {
        impl $crate::Words {
            $($crate::macros::sentence! {
                [$(#[$documentation])*] $name ($($($argument: $kind),+)?) en ($($en_one)?) $en nl ($($nl_one)?) $nl
            })+
        }

        /// Every sentence of this file, for the tests that read them all.
        #[cfg(test)]
        pub(super) const SENTENCES: &[super::Sentence] = &[$(super::Sentence {
            name: stringify!($name),
            english: &[$($en_one,)? $en],
            dutch: &[$($nl_one,)? $nl],
        }),+];
    };
}

/// One sentence as a method; the second shape takes arguments.
macro_rules! sentence {
    ([$(#[$documentation:meta])*] $name:ident () en () $en:literal nl () $nl:literal) => {
        #[doc = concat!("“", $en, "” / “", $nl, "”")]
        #[doc = ""]
        $(#[$documentation])*
        #[must_use]
        pub const fn $name(self) -> &'static str {
            match self.language {
                $crate::Language::English => $en,
                $crate::Language::Dutch => $nl,
            }
        }
    };
    (
        [$(#[$documentation:meta])*] $name:ident ($first:ident: $first_kind:ty $(, $argument:ident: $kind:ty)*)
        en ($($en_one:literal)?) $en:literal nl ($($nl_one:literal)?) $nl:literal
    ) => {
        #[doc = concat!("“", $en, "” / “", $nl, "”")]
        #[doc = ""]
        $(#[$documentation])*
        #[must_use]
        pub fn $name(self, $first: $first_kind $(, $argument: $kind)*) -> String {
            use $crate::format::Argument;
            let is_one = $first.is_one()$(.or_else(|| $argument.is_one()))* == Some(true);
            let $first = $first.written(self);
            $(let $argument = $argument.written(self);)*
            match (self.language, is_one) {
                $(($crate::Language::English, true) => format!($en_one),)?
                ($crate::Language::English, _) => format!($en),
                $(($crate::Language::Dutch, true) => format!($nl_one),)?
                ($crate::Language::Dutch, _) => format!($nl),
            }
        }
    };
}

pub(crate) use {sentence, sentences};
