package org.lectern.notification.delivery;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A notice on its way to one endpoint.
 *
 * @param deliveryId stable over all attempts: what makes a repeat recognisable
 * @param attempt counts from 1
 * @param repeated whether the receiver may have it already: an earlier attempt arrived, or nobody knows how it ended
 * @param subjectId the booking or request it is about
 * @param about what the text says, as data; nothing for a test
 * @param answer the page by which the branch answers, if the notice asks for something
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

    /** A page without a login: the address is all that one needs to answer. */
    public record AnswerPage(Asks asks, String url) {

        /** The address, if that is what the page asks. */
        public static @Nullable String url(@Nullable AnswerPage page, Asks asks) {
            return page != null && page.asks() == asks ? page.url() : null;
        }
    }

    /** What a branch is asked. */
    public enum Asks {
        /** To say that it knows. */
        ACKNOWLEDGEMENT,
        /** To take or decline an offer. */
        OFFER
    }

    /**
     * Where it goes.
     *
     * @param secret what its channel keeps with it, sealed
     * @param formerSecrets those before it that are still valid, sealed, the newest first
     */
    public record Addressee(
            UUID endpointId,
            UUID branchId,
            String address,
            @Nullable String secret,
            List<String> formerSecrets) {

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
     * What identifies a message of these letters, and what makes its repeat recognisable: the same for the same letters
     * only. Of one letter it is its delivery.
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

    /** Without address and text: they must not get into logs by accident. */
    @Override
    public String toString() {
        return "letter " + deliveryId + ", attempt " + attempt;
    }
}
