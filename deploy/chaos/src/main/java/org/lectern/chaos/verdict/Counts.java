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

/** Numbers of a run that are no promises. */
public final class Counts {

    private Counts() {}

    /** How many records of the topics say what an earlier one said. */
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

    /** How many webhook messages have the id of an earlier one: whoever remembers ids takes none of them twice. */
    public static int repeatedWebhooks(Evidence evidence) {
        return evidence.webhooks().size()
                - (int) evidence.webhooks().stream()
                        .map(Webhook::delivery)
                        .distinct()
                        .count();
    }

    /** How many mails say what an earlier one said. */
    public static int repeatedMails(Evidence evidence) {
        return evidence.mails().size()
                - (int) evidence.mails().stream().map(Mail::delivery).distinct().count();
    }

    /** How many deliveries were not made because a later one told it too, or nothing was left to tell. */
    public static int toldTogether(Evidence evidence) {
        return (int) evidence.deliveries().stream()
                .filter(delivery -> delivery.state().equals("SUPERSEDED"))
                .count();
    }

    /** From the end of a fault to the first answer that acknowledges a change asked for after it. */
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
