package org.lectern.local.smtp;

import java.util.List;

/** One message as received over the wire, changed only by the removal of stuffed dots. */
public final class ReceivedMail {

    private final String from;
    private final List<String> to;
    private final byte[] octets;
    private final List<WireRules.Violation> violations;

    ReceivedMail(String from, List<String> to, byte[] octets) {
        this.from = from;
        this.to = List.copyOf(to);
        this.octets = octets;
        this.violations = WireRules.violations(octets);
    }

    /** The address of {@code MAIL FROM}; empty for a bounce. */
    public String from() {
        return from;
    }

    /** The addresses of {@code RCPT TO}. */
    public List<String> to() {
        return to;
    }

    /** Header and body, every octet as received. */
    public byte[] octets() {
        return octets.clone();
    }

    /** The violations that a strict server refuses; empty for a correct message. */
    public List<WireRules.Violation> violations() {
        return violations;
    }
}
