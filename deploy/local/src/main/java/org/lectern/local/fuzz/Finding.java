package org.lectern.local.fuzz;

/**
 * A rule of the oracle that an answer or a service broke.
 *
 * @param request the request, such as {@code book#17}
 * @param detail the observation
 * @param text the request to repeat, bounded and without tokens
 */
public record Finding(Kind kind, String service, String operation, String request, String detail, String text) {

    /** The rules. */
    public enum Kind {
        SERVER_ERROR("answered 5xx"),
        NO_PROBLEM("error without a problem document"),
        OVERSIZED("error longer than 256 kB"),
        INTERNALS_SHOWN("error shows a stack trace"),
        ANONYMOUS_SUCCESS("success without a token"),
        SLOW("answer later than 5 s"),
        NO_ANSWER("no answer"),
        UNREADABLE("body does not match its Content-Encoding"),
        NOT_REFUSED("malformed message accepted"),
        SECOND_ANSWER("one message, two answers"),
        UPGRADED("left HTTP/1.1"),
        UNREACHABLE("does not accept connections"),
        UNHEALTHY("unhealthy afterwards"),
        MEMORY("memory grew without bound"),
        UNBOUNDED_LABEL("request text became a metric label");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }
}
