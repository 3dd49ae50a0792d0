package org.lectern.chaos.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chaos.load.Call;

/**
 * All that can be known of a run after it: what the callers saw, what both databases hold, what lies on the topic, and
 * what the receivers got. Plain data, so that a checker can be shown evidence of any crime.
 *
 * @param calls what was asked and answered
 * @param versions every version of every booking, from the scheduler's history
 * @param outbox the booking events the scheduler wrote
 * @param topic the booking events on Kafka, by partition and offset
 * @param notices what branches were told in their inboxes
 * @param deliveries one per notice and endpoint
 * @param endpoints where branches are reached
 * @param mails what the mail server accepted, in its order
 * @param webhooks what the branches' own systems were sent, in its order
 * @param partitionsAdded whether the topic got more partitions during the run
 * @param planted where on the topic the run itself put what is no event
 * @param quarantined what the notification service set aside
 * @param held events that wait for an earlier one
 * @param unpublished events that wait for Kafka
 * @param acknowledged what branches were told is acknowledged
 * @param known what the scheduler holds for acknowledged
 * @param secrets places where a planted secret was found
 */
public record Evidence(
        List<Call> calls,
        List<Version> versions,
        List<Written> outbox,
        List<Published> topic,
        List<Notice> notices,
        List<Delivery> deliveries,
        List<Endpoint> endpoints,
        List<Mail> mails,
        List<Webhook> webhooks,
        boolean partitionsAdded,
        List<Position> planted,
        List<Position> quarantined,
        int held,
        int unpublished,
        List<Acknowledged> acknowledged,
        List<Acknowledged> known,
        List<String> secrets) {

    /** A row of the booking history: the whole state after a change. */
    public record Version(
            UUID booking,
            int version,
            String action,
            Instant at,
            @Nullable String reason,
            JsonNode state) {}

    /** A row of the outbox. */
    public record Written(UUID id, UUID booking, int version, String type) {}

    /** A record of the topic. */
    public record Published(Position position, UUID id, UUID booking, int version, String type) {}

    /** A place on the topic. */
    public record Position(int partition, long offset) {}

    /** A row of a branch's inbox. */
    public record Notice(
            UUID id,
            UUID branch,
            long sequence,
            UUID event,
            UUID booking,
            int version,
            Instant endsAt,
            Instant toldAt) {}

    /** A branch knows of a version of a booking. */
    public record Acknowledged(UUID booking, UUID branch, int version) {}

    /**
     * A row of the delivery queue.
     *
     * @param reason why it was not delivered
     * @param told the later delivery that told it instead
     */
    public record Delivery(
            UUID id,
            UUID notice,
            UUID endpoint,
            String state,
            @Nullable String reason,
            @Nullable UUID told) {

        /** One that stands for itself. */
        public Delivery(UUID id, UUID notice, UUID endpoint, String state) {
            this(id, notice, endpoint, state, null, null);
        }
    }

    /** An endpoint that was there before the load began; {@code address} is of a mailbox, or a path of the receiver. */
    public record Endpoint(UUID id, UUID branch, String address) {}

    /** A mail as the mail server got it; {@code delivery} is in its Message-ID. */
    public record Mail(UUID delivery, String to) {}

    /**
     * A message as a branch's own system got it; {@code delivery} is its id.
     *
     * @param notice what it says it is
     * @param signed whether the signature fits
     * @param body a digest of all its bytes
     * @param accepted whether the receiver said that it took it
     */
    public record Webhook(UUID delivery, String to, UUID notice, boolean signed, String body, boolean accepted) {}

    /** Counts for the summary. */
    public Map<String, Integer> sizes() {
        return Map.of(
                "calls",
                calls.size(),
                "versions",
                versions.size(),
                "topic",
                topic.size(),
                "notices",
                notices.size(),
                "mails",
                mails.size(),
                "webhooks",
                webhooks.size());
    }
}
