package io.spindle.mgmt.api;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiRequestBody;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.control.Commands;
import io.spindle.mgmt.control.TermsCommands;
import io.spindle.mgmt.model.Instrument;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.view.View;
import io.spindle.oms.RiskView;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An instrument's risk terms and its reference price. */
final class InstrumentRiskApi {
    private static final Set<Role> RISK = EnumSet.of(Role.RISK);
    private static final int MAX_BPS = 10_000;
    private static final int MAX_SETTLEMENT_DAYS = 3;

    private final Readings readings;
    private final Writes writes;

    InstrumentRiskApi(final Readings readings, final Writes writes) {
        this.readings = readings;
        this.writes = writes;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/instruments/{symbol}/risk", this::show, Role.readers()),
                Route.put("/v1/instruments/{symbol}/risk", this::set, RISK).versioned(),
                Route.put("/v1/instruments/{symbol}/linked", this::link, RISK).versioned(),
                Route.put("/v1/instruments/{symbol}/reference-price", this::setPrice, RISK)
                        .versioned());
    }

    /**
     * Risk terms.
     *
     * @param bandBps price band around the reference in hundredths of a per cent; 0 = none
     * @param marginBps initial margin; 0 = full value
     * @param settlementDays 0 to 3 trading days
     * @param referenceNeeded no trading without a reference price
     * @param referencePrice shown only; absent = the last trade's
     * @param linked shown only: the other book in which the same lots are traded
     * @param reason needed where a second person has to agree; never shown
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record InstrumentRiskJson(
            Integer bandBps,
            Integer marginBps,
            Integer settlementDays,
            Boolean restricted,
            Boolean referenceNeeded,
            String referencePrice,
            String linked,
            String reason) {}

    static InstrumentRiskJson of(final View.Reading now, final String symbol) {
        return now.instrument(symbol)
                .map(found -> of(now, found, now.terms().risk(found)))
                .orElse(null);
    }

    private static InstrumentRiskJson of(
            final View.Reading now,
            final Instrument instrument,
            final RiskView.InstrumentRisk risk) {
        final Optional<String> linked =
                now.instruments().stream()
                        .filter(other -> other.locate() == risk.linked())
                        .map(Instrument::symbol)
                        .findFirst();
        return new InstrumentRiskJson(
                risk.bandBps(),
                risk.marginBps(),
                risk.settlementDays(),
                risk.restricted(),
                risk.referenceNeeded(),
                risk.referencePrice() == 0 ? null : instrument.price(risk.referencePrice()),
                linked.orElse(null),
                null);
    }

    @OpenApi(
            path = "/v1/instruments/{symbol}/risk",
            methods = HttpMethod.GET,
            operationId = "getInstrumentRisk",
            summary = "Price band, margin, settlement, reference price",
            tags = "risk",
            pathParams = @OpenApiParam(name = "symbol", required = true),
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content = @OpenApiContent(from = InstrumentRiskJson.class)),
                @OpenApiResponse(status = "404", content = @OpenApiContent(from = Problem.class))
            })
    private void show(final Context ctx) {
        final String symbol = ctx.pathParam("symbol");
        final InstrumentRiskJson risk = readings.read(ctx, now -> of(now, symbol));
        if (risk == null) {
            throw ApiProblem.of(ProblemCode.NOT_FOUND, "no instrument " + symbol);
        }
        Versions.show(ctx, risk);
    }

    @OpenApi(
            path = "/v1/instruments/{symbol}/risk",
            methods = HttpMethod.PUT,
            operationId = "setInstrumentRisk",
            summary = "Sets an instrument's risk terms",
            tags = "risk",
            pathParams = @OpenApiParam(name = "symbol", required = true),
            headers = @OpenApiParam(name = "Idempotency-Key"),
            requestBody =
                    @OpenApiRequestBody(content = @OpenApiContent(from = InstrumentRiskJson.class)),
            responses = {
                @OpenApiResponse(status = "201", content = @OpenApiContent(from = Done.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void set(final Context ctx) throws IOException, InterruptedException {
        final InstrumentRiskJson body = Json.body(ctx, InstrumentRiskJson.class);
        final Fields fields = new Fields();
        final String symbol = fields.name("symbol", ctx.pathParam("symbol"), 8);
        final TermsCommands.InstrumentRisk risk =
                new TermsCommands.InstrumentRisk(
                        fields.whole("/bandBps", body.bandBps, 0, MAX_BPS),
                        fields.whole("/marginBps", body.marginBps, 0, MAX_BPS),
                        fields.whole(
                                "/settlementDays", body.settlementDays, 0, MAX_SETTLEMENT_DAYS),
                        Boolean.TRUE.equals(body.restricted),
                        Boolean.TRUE.equals(body.referenceNeeded));
        if (body.linked != null) {
            fields.error("/linked", "shown only; set it by PUT /v1/instruments/{symbol}/linked");
        }
        fields.check();
        writes.answer(
                ctx,
                Write.of(TermsCommands.setInstrumentRisk(writes.requestId(ctx), symbol, risk))
                        .changes(new Resource(Resource.Kind.INSTRUMENT_RISK, symbol))
                        .needsSecondPerson(body.reason));
    }

    /**
     * A reference price.
     *
     * @param price decimal string; absent for the last trade's again
     * @param reason needed where a second person has to agree
     */
    public record ReferencePriceJson(String price, String reason) {}

    @OpenApi(
            path = "/v1/instruments/{symbol}/reference-price",
            methods = HttpMethod.PUT,
            operationId = "setReferencePrice",
            summary = "Sets the price around which the band lies",
            tags = "risk",
            pathParams = @OpenApiParam(name = "symbol", required = true),
            headers = @OpenApiParam(name = "Idempotency-Key"),
            requestBody =
                    @OpenApiRequestBody(content = @OpenApiContent(from = ReferencePriceJson.class)),
            responses = {
                @OpenApiResponse(status = "201", content = @OpenApiContent(from = Done.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void setPrice(final Context ctx) throws IOException, InterruptedException {
        final ReferencePriceJson body = Json.body(ctx, ReferencePriceJson.class);
        final Fields fields = new Fields();
        final String symbol = fields.name("symbol", ctx.pathParam("symbol"), 8);
        final int decimals =
                readings.present(now -> now.instrument(symbol))
                        .map(Instrument::priceDecimals)
                        .orElse(0);
        final Long price = fields.limit("/price", body.price, decimals);
        fields.check();
        writes.answer(
                ctx,
                Write.of(
                                Commands.setReferencePrice(
                                        writes.requestId(ctx), symbol, price == null ? 0 : price))
                        .changes(new Resource(Resource.Kind.INSTRUMENT_RISK, symbol))
                        .needsSecondPerson(body.reason));
    }

    /**
     * Another book of the same instrument.
     *
     * @param other its symbol; nobody may have held it so far
     * @param reason needed where a second person has to agree
     */
    public record LinkedJson(String other, String reason) {}

    @OpenApi(
            path = "/v1/instruments/{symbol}/linked",
            methods = HttpMethod.PUT,
            operationId = "linkBooks",
            summary = "Makes another book one of the same instrument, for good",
            tags = "risk",
            pathParams = @OpenApiParam(name = "symbol", required = true),
            headers = {
                @OpenApiParam(name = "Idempotency-Key"),
                @OpenApiParam(name = "If-Match", description = "ETag of the risk terms")
            },
            requestBody = @OpenApiRequestBody(content = @OpenApiContent(from = LinkedJson.class)),
            responses = {
                @OpenApiResponse(status = "201", content = @OpenApiContent(from = Done.class)),
                @OpenApiResponse(status = "412", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "428", content = @OpenApiContent(from = Problem.class))
            })
    private void link(final Context ctx) throws IOException, InterruptedException {
        final LinkedJson body = Json.body(ctx, LinkedJson.class);
        final Fields fields = new Fields();
        final String symbol = fields.name("symbol", ctx.pathParam("symbol"), 8);
        final String other = fields.name("/other", body.other, 8);
        fields.check();
        writes.answer(
                ctx,
                Write.of(TermsCommands.linkBooks(writes.requestId(ctx), symbol, other))
                        .changes(new Resource(Resource.Kind.INSTRUMENT_RISK, symbol))
                        .needsSecondPerson(body.reason));
    }
}
