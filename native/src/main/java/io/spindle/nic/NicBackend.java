package io.spindle.nic;

import java.util.List;
import java.util.Locale;

/** The ways onto a wire that an operator may choose, in the order in which auto tries them. */
@Cold
public enum NicBackend {
    EFVI(EfviOpener::open),
    AFXDP(XdpOpener::open),
    SOCKET(SocketOpener::open);

    /** How a backend is opened. */
    @FunctionalInterface
    interface Opener {
        /**
         * @param reason why this backend was chosen, for {@link NicInfo}
         * @throws NicRefusedException naming what was looked for and not found
         */
        NicQueue open(NicConfig config, String reason);
    }

    private final Opener opener;

    NicBackend(final Opener opener) {
        this.opener = opener;
    }

    NicQueue open(final NicConfig config, final String reason) {
        return opener.open(config, reason);
    }

    /** The word used on the command line and in profiles. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The backends that a choice allows: {@code auto} is all of them, a name only itself. */
    static List<NicBackend> allowedBy(final String choice) {
        if (NicContext.AUTO.equals(choice)) {
            return List.of(values());
        }
        for (final NicBackend backend : values()) {
            if (backend.word().equals(choice)) {
                return List.of(backend);
            }
        }
        throw new NicRefusedException(
                "backend " + choice + " is none of auto, " + String.join(", ", words()));
    }

    private static List<String> words() {
        return List.of(values()).stream().map(NicBackend::word).toList();
    }
}
