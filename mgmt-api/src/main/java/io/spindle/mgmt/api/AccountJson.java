package io.spindle.mgmt.api;

import io.javalin.openapi.OpenApiIgnore;
import io.spindle.mgmt.model.Account;
import io.spindle.oms.AccountTable;

/**
 * An account.
 *
 * @param margin buys against margin instead of full cash
 * @param tradeUnsettled may use what was bought and is not settled yet
 */
public record AccountJson(
        String account, String firm, Boolean shortSelling, Boolean margin, Boolean tradeUnsettled) {
    public static AccountJson of(final Account account) {
        return new AccountJson(
                account.code(),
                account.firm(),
                account.shortSelling(),
                account.margin(),
                account.tradeUnsettled());
    }

    @OpenApiIgnore
    int flags() {
        return (Boolean.TRUE.equals(shortSelling) ? AccountTable.FLAG_SHORT_SELLING : 0)
                | (Boolean.TRUE.equals(margin) ? AccountTable.FLAG_MARGIN : 0)
                | (Boolean.TRUE.equals(tradeUnsettled) ? AccountTable.FLAG_TRADE_UNSETTLED : 0);
    }
}
