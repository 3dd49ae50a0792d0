package org.lectern.notification.delivery;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.directory.RecipientKind;

/**
 * A notice for one endpoint.
 *
 * @param deliveryId the same for all attempts, so that receivers can recognise a repeat
 * @param attempt counts from 1
 * @param repeated whether the receiver may already have it: an earlier attempt arrived or has no known result
 * @param subjectId the booking or request
 * @param about the facts of the text as data; null for a test
 * @param answer the page for the branch's answer, if the notice requests one
 */
public record OutgoingMessage(
        UUID deliveryId,
        int attempt,
        boolean repeated,
        Addressee to,
        UUID subjectId,
        String locale,
        String title,
        String body,
        boolean urgent,
        @Nullable About about,
        @Nullable AnswerPage answer) {

    /** A page without a login. Its address is the only credential. */
    public record AnswerPage(Asks asks, String url) {

        /** The address of the page, if it requests that kind of answer. */
        public static @Nullable String url(@Nullable AnswerPage page, Asks asks) {
            return page != null && page.asks() == asks ? page.url() : null;
        }
    }

    /** The requested kind of answer. */
    public enum Asks {
        /** Acknowledge the notice. */
        ACKNOWLEDGEMENT,
        /** Accept or decline an offer. */
        OFFER
    }

    /**
     * The receiver.
     *
     * @param secret the channel's secret for it, sealed
     * @param formerSecrets earlier secrets that are still valid, sealed, the newest first
     */
    public record Addressee(
            UUID endpointId,
            RecipientKind kind,
            UUID branchId,
            String address,
            @Nullable String secret,
            List<String> formerSecrets) {

        /** Whether a lecturer receives it, not a branch. */
        public boolean isLecturer() {
            return kind == RecipientKind.LECTURER;
        }

        @Override
        public String toString() {
            return "endpoint " + endpointId;
        }
    }

    /** The facts behind the text. */
    public record About(
            UUID noticeId,
            long sequence,
            String kind,
            @Nullable UUID bookingId,
            @Nullable UUID requestId,
            int version,
            @Nullable Instant start,
            @Nullable Instant end,
            Instant writtenAt) {}

    /**
     * The id of a message with these notices, stable for the same set only, so that a repeat is recognisable. For one
     * notice it is the delivery's id.
     */
    public static UUID messageId(List<OutgoingMessage> letters) {
        if (letters.size() == 1) {
            return letters.getFirst().deliveryId();
        }
        String ids = letters.stream()
                .map(letter -> letter.deliveryId().toString())
                .sorted()
                .collect(Collectors.joining(" "));
        return UUID.nameUUIDFromBytes(ids.getBytes(StandardCharsets.UTF_8));
    }

    public String address() {
        return to.address();
    }

    /** Omits address and text to keep them out of logs. */
    @Override
    public String toString() {
        return "letter " + deliveryId + ", attempt " + attempt;
    }
}
