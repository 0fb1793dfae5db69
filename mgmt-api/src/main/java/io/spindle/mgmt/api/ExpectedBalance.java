package io.spindle.mgmt.api;

import io.spindle.mgmt.model.Balance;
import io.spindle.mgmt.model.Decimals;
import io.spindle.mgmt.view.View;

/**
 * What whoever wants to move an account's cash believes to be there.
 *
 * @param amount in 10^-4 of the currency
 */
record ExpectedBalance(String account, String currency, long amount) {
    boolean holds(final View.Reading now) {
        return amount
                == now.ledger().cash().stream()
                        .filter(one -> one.account().equals(account))
                        .filter(one -> one.currency().equals(currency))
                        .mapToLong(Balance::amount)
                        .sum();
    }

    ApiProblem mismatch() {
        return ApiProblem.of(
                ProblemCode.CONFLICT,
                "the balance is not " + Decimals.text(amount, Balance.DECIMALS));
    }
}
