package org.lectern.notification.inbound.message;

/**
 * A mail server's report about one mail.
 *
 * @param status the enhanced code, such as {@code 5.1.1} (RFC 3463)
 */
public record DeliveryReport(Action action, String status) {

    /** The action field (RFC 3464 section 2.3.3). */
    public enum Action {
        /** The mail was given up. */
        FAILED,
        /** The server still tries. */
        DELAYED,
        /** The mail arrived or left the reporting domain. */
        RELAYED
    }
}
