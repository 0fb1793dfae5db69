package io.spindle.mgmt.api;

import io.spindle.mgmt.control.Scope;
import io.spindle.mgmt.office.ReconciliationSchedule;
import io.spindle.mgmt.view.View;

import java.util.function.BiFunction;

/**
 * A configuration that writes change, by name and not by reference: a write that waits for a second
 * person finds it again after a restart.
 *
 * @param key which one of its kind
 */
record Resource(Kind kind, String key) {
    /** What the API shows of each kind; null if there is none under the key. */
    enum Kind {
        INSTRUMENT_RISK(InstrumentRiskApi::of),
        RULE((now, number) -> RulesApi.find(now, Integer.parseInt(number))),
        RATE((now, scope) -> RatesApi.terms(now, scope(scope))),
        FEES((now, number) -> FeesApi.of(now, Integer.parseInt(number))),
        ACCOUNT_FEES(FeesApi::accountFees),
        GRACE(SessionsApi::grace),
        DAY_GATE((now, none) -> StartOfDayApi.gate(now)),
        RECONCILIATION_SCHEDULE((now, none) -> ReconciliationSchedule.setting(now)),
        LIMITS((now, scope) -> LimitsApi.of(now, scope(scope))),
        VENUE(VenuesApi::terms),
        ROUTING((now, line) -> RoutingApi.find(now, part(line, 0), part(line, 1))),
        METADATA((now, name) -> MetadataApi.find(now, part(name, 0), part(name, 1))),
        ENTRY_STATE((now, scope) -> Shown.scope(now, scope(scope))),
        TRADING_STATE(Shown::tradingState),
        CASH((now, owned) -> Shown.cash(now, part(owned, 0), part(owned, 1))),
        HOLDING((now, owned) -> Shown.holding(now, part(owned, 0), part(owned, 1))),
        TRADE(Shown::trade),
        FIRM(Shown::firm),
        ACCOUNT(MembersApi::find),
        SESSION(SessionsApi::terms),
        INSTRUMENT(Shown::instrument),
        ORDER(Shown::order);

        private final BiFunction<View.Reading, String, Object> reader;

        Kind(final BiFunction<View.Reading, String, Object> reader) {
            this.reader = reader;
        }
    }

    private static final String SEPARATOR = "/";

    static Resource of(final Kind kind, final Scope scope) {
        return of(kind, scope.kind().name(), scope.name());
    }

    /** By two names, the first without a slash. */
    static Resource of(final Kind kind, final String first, final String second) {
        return new Resource(kind, first + SEPARATOR + second);
    }

    private static String part(final String key, final int index) {
        return key.split(SEPARATOR, 2)[index];
    }

    private static Scope scope(final String key) {
        return new Scope(Scope.Kind.valueOf(part(key, 0)), part(key, 1));
    }

    Object read(final View.Reading now) {
        return kind.reader.apply(now, key);
    }
}
