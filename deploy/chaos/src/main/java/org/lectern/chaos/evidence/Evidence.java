package org.lectern.chaos.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chaos.load.Acknowledged;
import org.lectern.chaos.load.Call;
import org.lectern.chaos.load.City.Coordinates;
import org.lectern.chaos.system.Receivers.Mail;
import org.lectern.chaos.system.Receivers.Webhook;

/**
 * All that can be known of a run after it: what the callers saw, what both databases hold, what lies on the topics, and
 * what the receivers got. Plain data, so that a checker can be shown evidence of any violation.
 *
 * @param calls what was asked and answered
 * @param bookings what happened to bookings
 * @param requests what happened to lecture requests
 * @param notices what branches were told in their inboxes
 * @param deliveries one per notice and endpoint
 * @param endpoints where branches are reached
 * @param mails what the mail server accepted, in its order
 * @param webhooks what the branches' own systems were sent, in its order
 * @param partitionsAdded whether the topic of bookings got more partitions during the run
 * @param planted where on the topic of bookings the run itself put what is no event
 * @param quarantined what the notification service set aside
 * @param held events that wait for an earlier one
 * @param unpublished events that wait for Kafka
 * @param acknowledged what branches were told is acknowledged
 * @param known what the scheduler holds for acknowledged
 * @param travel how long a lecturer travels
 * @param secrets places where a planted secret was found
 */
public record Evidence(
        List<Call> calls,
        History bookings,
        History requests,
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
        Travel travel,
        List<String> secrets) {

    /** What happened to bookings, or to lecture requests: every version, the events written, the events on the topic. */
    public record History(List<Version> versions, List<Written> outbox, List<Published> topic) {}

    /**
     * An entry of the history: the whole state after a change.
     *
     * @param at when the change was written, by the database's clock and under the locks of what it takes
     */
    public record Version(
            UUID subject,
            int version,
            String action,
            Instant at,
            @Nullable String reason,
            JsonNode state) {}

    /** A row of the outbox. */
    public record Written(UUID id, UUID subject, int version, String type) {}

    /** A record of a topic. */
    public record Published(Position position, UUID id, UUID subject, int version, String type) {}

    /** A place on a topic. */
    public record Position(int partition, long offset) {}

    /**
     * A row of a branch's inbox.
     *
     * @param subject the booking or lecture request
     * @param endsAt when the lecture is over, if it is about one
     */
    public record Notice(
            UUID id,
            UUID branch,
            long sequence,
            UUID event,
            UUID subject,
            int version,
            @Nullable Instant endsAt,
            Instant toldAt) {}

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

    /**
     * How long a lecturer travels between two venues: the great-circle distance, longer by a detour, at a speed.
     *
     * @param venues where they are, by their ids
     */
    public record Travel(double kilometresPerHour, double detour, Map<String, Coordinates> venues) {

        public Travel {
            venues = Map.copyOf(venues);
        }
    }
}
