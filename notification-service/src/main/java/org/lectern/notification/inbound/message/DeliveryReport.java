package org.lectern.notification.inbound.message;

/**
 * What a mail server says of one mail.
 *
 * @param status the enhanced code, such as {@code 5.1.1} (RFC 3463)
 */
public record DeliveryReport(Action action, String status) {

    /** RFC 3464 section 2.3.3. */
    public enum Action {
        /** The mail was given up. */
        FAILED,
        /** It is still tried. */
        DELAYED,
        /** It arrived, or went on to where nothing is reported. */
        PASSED_ON
    }
}
