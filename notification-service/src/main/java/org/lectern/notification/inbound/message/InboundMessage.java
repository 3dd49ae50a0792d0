package org.lectern.notification.inbound.message;

import java.util.List;

/**
 * An inbound message.
 *
 * @param addresses the recipients that the message names; anyone may have written them
 */
public record InboundMessage(List<String> addresses, Reading reading) {

    /** The content of a message. */
    public sealed interface Reading {}

    /** A calendar answers an invitation (RFC 5546 sections 3.2.3 and 3.2.7). */
    public record Answered(CalendarAnswer answer) implements Reading {}

    /** A mail server reports the result of a mail (RFC 3464). */
    public record Reported(DeliveryReport report) implements Reading {}

    /** A program answers for an absent person (RFC 3834). */
    public record Automatic() implements Reading {}

    /** Well-formed, but without meaning for this service; for instance written by a person. */
    public record NotUnderstood() implements Reading {}

    /**
     * Malformed, or beyond a limit.
     *
     * @param reason a code for operators
     */
    public record Unreadable(String reason) implements Reading {}
}
