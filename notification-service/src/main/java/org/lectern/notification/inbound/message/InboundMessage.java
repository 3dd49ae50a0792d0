package org.lectern.notification.inbound.message;

import java.util.List;

/**
 * A message that came back.
 *
 * @param addresses where it was sent to, by its own account: anybody may have written them
 */
public record InboundMessage(List<String> addresses, Reading reading) {

    /** What a message says. */
    public sealed interface Reading {}

    /** A calendar answers an invitation (RFC 5546 sections 3.2.3 and 3.2.7). */
    public record Answered(CalendarAnswer answer) implements Reading {}

    /** A mail server tells what became of a mail (RFC 3464). */
    public record Reported(DeliveryReport report) implements Reading {}

    /** A program answers for a person who is away (RFC 3834). */
    public record Automatic() implements Reading {}

    /** Well-formed, and nothing for this service: a person has written, for instance. */
    public record NotUnderstood() implements Reading {}

    /**
     * Malformed, or beyond a limit.
     *
     * @param reason a code for operators
     */
    public record Unreadable(String reason) implements Reading {}
}
