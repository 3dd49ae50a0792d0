package org.lectern.chaos.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.lectern.chaos.evidence.Evidence;
import org.lectern.chaos.evidence.Evidence.Published;
import org.lectern.chaos.load.Call;
import org.lectern.chaos.load.Call.Outcome;
import org.lectern.chaos.system.Receivers.Mail;
import org.lectern.chaos.system.Receivers.Webhook;

/** Figures of a run that are not promises. */
public final class Counts {

    private Counts() {}

    /** The number of records that repeat an earlier one. */
    public static int repeatsOnTopics(Evidence evidence) {
        return repeats(evidence.bookings().topic())
                + repeats(evidence.requests().topic());
    }

    public static int recordsOnTopics(Evidence evidence) {
        return evidence.bookings().topic().size() + evidence.requests().topic().size();
    }

    private static int repeats(List<Published> topic) {
        return topic.size() - (int) topic.stream().map(Published::id).distinct().count();
    }

    /** The number of webhook messages that repeat the id of an earlier one; receivers can deduplicate these. */
    public static int repeatedWebhooks(Evidence evidence) {
        return evidence.webhooks().size()
                - (int) evidence.webhooks().stream()
                        .map(Webhook::delivery)
                        .distinct()
                        .count();
    }

    /** The number of mails that repeat an earlier one. */
    public static int repeatedMails(Evidence evidence) {
        return evidence.mails().size()
                - (int) evidence.mails().stream().map(Mail::delivery).distinct().count();
    }

    /** The number of deliveries that were coalesced into a later one or had become obsolete. */
    public static int toldTogether(Evidence evidence) {
        return (int) evidence.deliveries().stream()
                .filter(delivery -> delivery.state().equals("SUPERSEDED"))
                .count();
    }

    /** The time from the end of a fault to the first acknowledgement of a change requested after it. */
    public static Duration recovery(List<Call> calls, Instant repaired) {
        return calls.stream()
                .filter(call ->
                        call.outcome() == Outcome.ACKNOWLEDGED && !call.begun().isBefore(repaired))
                .map(Call::ended)
                .min(Comparator.naturalOrder())
                .map(first -> Duration.between(repaired, first))
                .orElse(Duration.ZERO);
    }
}
