package net.flowsonde.capture;

import java.util.Optional;

/** Whether libpcap understands a filter, asked before anything is captured. */
public final class FilterCheck {
    private FilterCheck() {
    }

    /**
     * What is wrong with a filter for Ethernet, to be read after the filter; nothing where it compiles, and where there is no libpcap to ask.
     */
    public static Optional<String> refusal(final String expression) {
        try {
            FilterProgram.forLinkType(LinkTypes.ETHERNET, expression).close();
            return Optional.empty();
        } catch (final FilterRefusedException refused) {
            return Optional.of("does not compile: " + refused.reason());
        } catch (final CaptureException | UnsatisfiedLinkError noLibrary) {
            return Optional.empty();
        }
    }
}
