package io.spindle.codec.ouch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HexFormat;

class OptionsTest {
    private static final String SIDE = "021B42 ";
    private static final String GROUP = "03180009 ";
    private static final String INDEX = "021C02 ";
    private static final String POST_ONLY = "020C50 ";
    private static final String ACCOUNT = "11874143434F554E54202020202020202020 ";
    private static final String NO_SIDE = "021B00 ";
    private static final String STRANGE_SIDE = "021B58 ";
    private static final String NO_GROUP = "0318FFFF ";
    private static final String UNHEARD_OF = "02FF00 ";

    private final Options options = new Options();

    @ParameterizedTest
    @ValueSource(strings = {"", SIDE, GROUP, INDEX, GROUP + SIDE, SIDE + GROUP + INDEX})
    void shouldTakeTheFiltersOfAMassCancel(final String elements) {
        assertTrue(read(elements).areFilters());
    }

    /** It would cancel more than it was meant to. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                ACCOUNT,
                GROUP + ACCOUNT,
                ACCOUNT + GROUP,
                GROUP + POST_ONLY,
                GROUP + UNHEARD_OF,
                SIDE + ACCOUNT,
                NO_SIDE,
                STRANGE_SIDE,
                NO_GROUP
            })
    void shouldRefuseAMassCancelWithAnyOtherOption(final String elements) {
        assertFalse(read(elements).areFilters());
    }

    @Test
    void shouldReadTheFilters() {
        read(SIDE + GROUP + INDEX);
        assertEquals('B', options.side());
        assertEquals(9, options.groupId());
        assertEquals(2, options.onlyUserRefIdx());
    }

    @Test
    void shouldTakeOneMessageForWhatItIsWhateverTheLastWas() {
        assertFalse(read(GROUP + ACCOUNT).areFilters());
        assertTrue(read(GROUP).areFilters());
        assertTrue(read(GROUP + ACCOUNT).areForAnOrder());
        assertFalse(read(NO_GROUP).areForAnOrder());
    }

    private Options read(final String elements) {
        final byte[] bytes = HexFormat.of().parseHex(elements.replace(" ", ""));
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        assertTrue(Appendage.isWhole(buffer, 0, bytes.length));
        options.read(buffer, 0, bytes.length);
        return options;
    }
}
