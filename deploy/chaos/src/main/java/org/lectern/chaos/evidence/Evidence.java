package org.lectern.chaos.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chaos.load.Acknowledged;
import org.lectern.chaos.load.Call;
import org.lectern.chaos.load.City.Coordinates;
import org.lectern.chaos.system.Receivers.Mail;
import org.lectern.chaos.system.Receivers.Webhook;

/**
 * Everything known about a run after it: the view of the callers, both databases, the topics and the receivers. Plain
 * data, so a test can present evidence of any violation to the checker.
 *
 * @param calls requests and their outcomes
 * @param bookings changes of bookings
 * @param requests changes of lecture requests
 * @param lecturers the lecturers that are judged like branches
 * @param notices the inboxes of branches and lecturers; a lecturer is the "branch" of its notices
 * @param deliveries one per notice and endpoint
 * @param endpoints addresses of branches and lecturers
 * @param mails mails that the mail server accepted, in its order
 * @param webhooks messages sent to the branches' own systems, in order of arrival
 * @param partitionsAdded true if the topic of bookings got more partitions during the run
 * @param planted positions of the invalid records that the run put on the topic of bookings
 * @param quarantined records that the notification service quarantined
 * @param held events that wait for an earlier version
 * @param unpublished events that wait for Kafka
 * @param acknowledged acknowledgements that were confirmed to branches
 * @param known acknowledgements that the scheduler knows
 * @param travel a lecturer's travel times
 * @param secrets locations of leaked secrets
 */
public record Evidence(
        List<Call> calls,
        History bookings,
        History requests,
        Set<UUID> lecturers,
        List<PublishedPlan> plans,
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

    /** The changes of bookings or of lecture requests: every version, the events written, the events on the topic. */
    public record History(List<Version> versions, List<Written> outbox, List<Published> topic) {}

    /**
     * An entry of the history: the whole state after a change.
     *
     * @param at when the change was written, by the database's clock and while its locks were held
     */
    public record Version(
            UUID subject,
            int version,
            String action,
            Instant at,
            @Nullable String reason,
            JsonNode state) {}

    /**
     * A plan of a campaign that has no other plan.
     *
     * @param outcome of its publication; empty before the first
     * @param lectures that it has
     */
    public record PublishedPlan(UUID id, UUID campaign, String state, String outcome, int lectures) {}

    /** A row of the outbox. */
    public record Written(UUID id, UUID subject, int version, String type) {}

    /** A record of a topic. */
    public record Published(Position position, UUID id, UUID subject, int version, String type) {}

    /** A position on a topic. */
    public record Position(int partition, long offset) {}

    /**
     * A row of a branch's inbox.
     *
     * @param subject the booking or lecture request
     * @param endsAt the end of the lecture; null if the notice is not about one
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
     * @param coalesced the later delivery that it was coalesced into
     */
    public record Delivery(
            UUID id,
            UUID notice,
            UUID endpoint,
            String state,
            @Nullable String reason,
            @Nullable UUID coalesced) {

        /** A delivery that was not coalesced. */
        public Delivery(UUID id, UUID notice, UUID endpoint, String state) {
            this(id, notice, endpoint, state, null, null);
        }
    }

    /** An endpoint that existed before the load began. {@code address} is a mailbox, or a path of the receiver. */
    public record Endpoint(UUID id, UUID branch, String address) {}

    /**
     * Travel time between two venues: great-circle distance times a detour factor, divided by a speed.
     *
     * @param venues coordinates by venue id
     */
    public record Travel(double kilometresPerHour, double detour, Map<String, Coordinates> venues) {

        public Travel {
            venues = Map.copyOf(venues);
        }
    }
}
