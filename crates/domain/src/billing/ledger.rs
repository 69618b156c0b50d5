//! Every movement of money as a balanced double entry (architecture 3.5).

use crate::codes::coded;
use crate::money::Money;

coded! {
    /// An account of the ledger.
    pub enum LedgerAccount {
        /// What customers owe; below nothing, what they have to their credit.
        Receivable = "receivable",
        /// What was sold, without tax.
        Revenue = "revenue",
        /// Tax that goes to the state.
        Tax = "tax",
        /// Money at the payment gateway.
        Gateway = "gateway",
        /// Money in the bank, as transfers.
        Bank = "bank",
        /// What was given up as never coming.
        WriteOff = "write_off",
    }
}

/// One side of a movement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    /// Where.
    pub account: LedgerAccount,
    /// Positive is debit, negative is credit.
    pub amount: Money,
}

/// The sides of a movement of money from one account to another; nothing for no amount.
#[must_use]
pub fn movement(debit: LedgerAccount, credit: LedgerAccount, amount: Money) -> Vec<Posting> {
    if amount.minor == 0 {
        return Vec::new();
    }
    let minus = Money::new(-amount.minor, amount.currency);
    vec![Posting { account: debit, amount }, Posting { account: credit, amount: minus }]
}

/// The sides of an invoice, or of a credit note when its amounts are negative.
#[must_use]
pub fn invoiced(net: Money, tax: Money) -> Vec<Posting> {
    let mut postings = movement(LedgerAccount::Receivable, LedgerAccount::Revenue, net);
    postings.extend(movement(LedgerAccount::Receivable, LedgerAccount::Tax, tax));
    postings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;

    #[test]
    fn what_is_invoiced_balances() {
        let eur = |minor| Money::new(minor, Currency::Eur);
        let postings = invoiced(eur(100_000), eur(21_000));
        let sides: Vec<_> = postings.iter().map(|posting| (posting.account, posting.amount.minor)).collect();
        let expected = [
            (LedgerAccount::Receivable, 100_000),
            (LedgerAccount::Revenue, -100_000),
            (LedgerAccount::Receivable, 21_000),
            (LedgerAccount::Tax, -21_000),
        ];
        assert_eq!(sides, expected);
        assert_eq!(invoiced(eur(-500), eur(0)).iter().map(|posting| posting.amount.minor).sum::<i64>(), 0);
        assert!(movement(LedgerAccount::Bank, LedgerAccount::Receivable, eur(0)).is_empty());
    }
}
