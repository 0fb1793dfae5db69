package io.spindle.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spindle.oms.OrderEvents;

import org.junit.jupiter.api.Test;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class OrderEventsTeeTest {
    /** Those with a default too: what one listener is not told, its stream does not have. */
    @Test
    void shouldTellBothListenersEveryEvent() throws Exception {
        final List<String> first = new ArrayList<>();
        final List<String> second = new ArrayList<>();
        final OrderEventsTee tee = new OrderEventsTee(listener(first), listener(second));
        final List<String> said = new ArrayList<>();
        for (final Method event : OrderEvents.class.getMethods()) {
            final Object[] arguments = arguments(event);
            event.invoke(tee, arguments);
            said.add(text(event, arguments));
        }
        assertEquals(said, first);
        assertEquals(said, second);
    }

    private static OrderEvents listener(final List<String> heard) {
        return (OrderEvents)
                Proxy.newProxyInstance(
                        OrderEvents.class.getClassLoader(),
                        new Class<?>[] {OrderEvents.class},
                        (proxy, event, arguments) -> {
                            heard.add(text(event, arguments));
                            return null;
                        });
    }

    private static String text(final Method event, final Object[] arguments) {
        return event.getName() + Arrays.toString(arguments);
    }

    /** A different value in every place. */
    private static Object[] arguments(final Method event) {
        final Class<?>[] types = event.getParameterTypes();
        final Object[] arguments = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            arguments[i] =
                    types[i] == int.class
                            ? (Object) (i + 1)
                            : types[i] == long.class ? (Object) (i + 1L) : (Object) true;
        }
        return arguments;
    }
}
