package org.lectern.notification.delivery;

import java.util.List;

/**
 * Sends messages to endpoints of one kind. An implementation reports the outcome; the queue decides the consequences.
 */
public interface Channel {

    /** The name by which endpoints select the channel. */
    String name();

    /** Sends one message in less time than a lease. Any exception counts as "try again". */
    DeliveryOutcome deliver(OutgoingMessage letter);

    /** Sends a challenge to a receiver. Called only for channels with receivers that must be verified. */
    default DeliveryOutcome verify(OutgoingMessage.Addressee receiver) {
        throw new UnsupportedOperationException(name() + " asks no receiver for proof");
    }

    /** Whether people receive the messages. Quiet hours apply to people only. */
    default boolean reachesPeople() {
        return true;
    }

    /** The largest number of notices in one digest; 0 if the channel has no digests. */
    default int digests() {
        return 0;
    }

    /** Sends notices as a digest, in as few messages as possible. All get the same outcome. */
    default DeliveryOutcome digest(List<OutgoingMessage> letters) {
        throw new UnsupportedOperationException(name() + " makes no digests");
    }

    /** The largest number of waiting notices for one endpoint in one message; 1 to send each separately. */
    default int together() {
        return 1;
    }

    /** The notices that fit into one message, at least one. The others wait for the next message. */
    default List<OutgoingMessage> fitting(List<OutgoingMessage> letters) {
        return letters;
    }

    /** Sends notices for one endpoint that fit into one message. All get the same outcome. */
    default DeliveryOutcome deliver(List<OutgoingMessage> letters) {
        throw new UnsupportedOperationException(name() + " sends letters one by one");
    }
}
