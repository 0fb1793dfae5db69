package io.spindle.matcher;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** One book that understands the sentences of scenarios; their grammar is in the README there. */
final class ScenarioMarket {
    private static final int BOOK = 0;
    private static final int MAX_PRICE = 1_000;
    private static final int MAX_FILLS = 5;
    private static final int SLICE = 1_000;
    private static final int REQUEST = 'U';
    private static final List<String> TIMES = List.of("day", "ioc", "fok", "at-open", "at-close");
    private static final List<String> SOURCES = List.of("last", "bid", "ask", "mid");
    private static final List<String> PEGS = List.of("primary", "market", "mid");
    private static final List<String> MODES = List.of("newest", "oldest", "both", "decrement");
    private static final Map<String, Integer> FLAGS =
            Map.of(
                    "post-only", OrderTerms.POST_ONLY,
                    "slide", OrderTerms.POST_ONLY_SLIDE,
                    "hidden", OrderTerms.HIDDEN,
                    "dormant", OrderTerms.DORMANT);

    private final ScenarioWords words = new ScenarioWords();
    private final Matcher matcher = new Matcher(new MatcherConfig(64, 1, 256, MAX_FILLS), words);

    ScenarioMarket() {
        matcher.openBook(BOOK, MAX_PRICE);
    }

    List<String> events() {
        return words.events();
    }

    void perform(final String sentence) {
        final Deque<String> rest = new ArrayDeque<>(Arrays.asList(sentence.split(" +")));
        final String verb = rest.pop();
        switch (verb) {
            case "buy", "sell" -> enter(verb, rest);
            case "replace" -> replace(rest);
            case "cancel" -> answer(matcher.cancel(words.order(rest.pop()), REQUEST));
            case "reduce" -> {
                final int order = words.order(rest.pop());
                answer(matcher.reduce(order, Long.parseLong(rest.removeLast()), REQUEST));
            }
            case "state" -> refuse(matcher.state(BOOK, ScenarioWords.state(rest.pop())));
            case "uncross" -> uncross(rest);
            case "indicate" -> indicate();
            case "rules" -> refuse(matcher.rules(BOOK, rules(rest)));
            default -> throw new IllegalArgumentException(sentence);
        }
    }

    private void answer(final boolean done) {
        if (!done) {
            words.events().add("nothing");
        }
    }

    private boolean refuse(final int code) {
        if (code != AdmitCode.OK) {
            words.events().add("refused " + ScenarioWords.code(code));
        }
        return code != AdmitCode.OK;
    }

    private void enter(final String verb, final Deque<String> rest) {
        final OrderTerms terms = terms(words.order(rest.pop()), rest);
        terms.side = verb.equals("buy") ? OrderTerms.BUY : OrderTerms.SELL;
        if (!refuse(matcher.admit(terms))) {
            matcher.enter(terms);
        }
    }

    private void replace(final Deque<String> rest) {
        final int order = words.order(rest.pop());
        final OrderTerms terms = terms(order, rest);
        terms.side = matcher.side(order);
        if (!refuse(matcher.admitReplace(terms))) {
            matcher.replace(terms);
        }
    }

    private OrderTerms terms(final int order, final Deque<String> rest) {
        final OrderTerms terms = new OrderTerms();
        terms.book = BOOK;
        terms.order = order;
        final String[] size = rest.pop().split("@");
        terms.lots = Long.parseLong(size[0]);
        if (size[1].equals("market")) {
            terms.instructions = OrderTerms.MARKET;
        } else {
            terms.priceTicks = Long.parseLong(size[1]);
        }
        while (!rest.isEmpty()) {
            option(terms, rest.pop(), rest);
        }
        return terms;
    }

    private void option(final OrderTerms terms, final String word, final Deque<String> rest) {
        if (FLAGS.containsKey(word)) {
            terms.instructions |= FLAGS.get(word);
            return;
        }
        if (TIMES.contains(word)) {
            terms.timeInForce = TIMES.indexOf(word);
            return;
        }
        switch (word) {
            case "min" -> {
                terms.instructions |= OrderTerms.MIN_LOTS;
                terms.minLots = Long.parseLong(rest.pop());
            }
            case "peak" -> {
                terms.instructions |= OrderTerms.ICEBERG;
                final String[] peak = rest.pop().split("~");
                terms.peakLots = Long.parseLong(peak[0]);
                terms.peakRangeLots = peak.length > 1 ? Long.parseLong(peak[1]) : 0;
            }
            case "stop" -> {
                terms.instructions |= OrderTerms.STOP;
                terms.triggerTicks = Long.parseLong(rest.pop());
            }
            case "trail" -> {
                terms.instructions |= OrderTerms.STOP | OrderTerms.TRAILING;
                final String trail = rest.pop();
                terms.trailUnit = trail.endsWith("bp") ? OrderTerms.BASIS_POINTS : 0;
                terms.trail = Integer.parseInt(trail.replace("bp", ""));
            }
            case "by" -> terms.triggerBy = SOURCES.indexOf(rest.pop());
            case "peg" -> {
                terms.instructions |= OrderTerms.PEGGED;
                terms.pegTo = PEGS.indexOf(rest.pop());
            }
            case "offset" -> terms.pegOffsetTicks = Integer.parseInt(rest.pop());
            case "group" -> terms.group = Integer.parseInt(rest.pop());
            case "stp" -> terms.selfTradeMode = MODES.indexOf(rest.pop());
            case "oco" -> {
                terms.instructions |= OrderTerms.OCO;
                terms.link = words.order(rest.pop());
            }
            case "wakes" -> {
                terms.instructions |= OrderTerms.BRACKET;
                terms.link = words.order(rest.pop());
            }
            default -> throw new IllegalArgumentException(word);
        }
    }

    private static BookRules rules(final Deque<String> rest) {
        final BookRules rules = new BookRules();
        for (final String word : rest) {
            final String[] parts = word.split("=", 2);
            final String value = parts[1];
            switch (parts[0]) {
                case "static" -> {
                    final String[] band = value.split("-");
                    rules.staticLowTicks = Long.parseLong(band[0]);
                    rules.staticHighTicks = Long.parseLong(band[1]);
                }
                case "dynamic" -> {
                    if (value.endsWith("bp")) {
                        rules.dynamicBps = Integer.parseInt(value.replace("bp", ""));
                    } else {
                        rules.dynamicTicks = Integer.parseInt(value);
                    }
                }
                case "reference" -> rules.referenceTicks = Long.parseLong(value);
                case "seed" -> rules.seed = Long.parseLong(value);
                case "ticks" -> {
                    for (final String row : value.split(",")) {
                        final String[] step = row.split(":");
                        rules.tickFrom[rules.tickBands] = Long.parseLong(step[0]);
                        rules.tickStep[rules.tickBands++] = Integer.parseInt(step[1]);
                    }
                }
                case "forbid" -> {
                    for (final String what : value.split(",")) {
                        if (TIMES.contains(what)) {
                            rules.allowedTimesInForce &= ~(1 << TIMES.indexOf(what));
                        } else {
                            rules.allowedInstructions &= ~instruction(what);
                        }
                    }
                }
                default -> throw new IllegalArgumentException(word);
            }
        }
        return rules;
    }

    private static int instruction(final String word) {
        return switch (word) {
            case "market" -> OrderTerms.MARKET;
            case "iceberg" -> OrderTerms.ICEBERG;
            case "stop" -> OrderTerms.STOP;
            case "peg" -> OrderTerms.PEGGED;
            default -> FLAGS.get(word);
        };
    }

    private void uncross(final Deque<String> rest) {
        final int stateAfter =
                rest.isEmpty() ? TradingState.CONTINUOUS : ScenarioWords.state(rest.pop());
        while (!matcher.uncross(BOOK, stateAfter, SLICE)) {
            words.events().add("again");
        }
    }

    private void indicate() {
        final AuctionOutcome outcome = new AuctionOutcome();
        matcher.indicative(BOOK, outcome);
        words.events()
                .add(
                        "indicative %d@%d imbalance %d"
                                .formatted(
                                        outcome.lots, outcome.priceTicks, outcome.imbalanceLots));
    }

    /** Displayed orders of a side, best first. */
    List<String> queue(final int side) {
        final List<String> queue = new ArrayList<>();
        matcher.visitOrders(
                BOOK,
                side,
                (order, price, lots) ->
                        queue.add("%s %d@%d".formatted(words.name(order), lots, price)));
        return queue;
    }
}
