package org.lectern.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The branches in the notification service: their e-mail addresses, including some that fail, and what they
 * acknowledged.
 */
final class Endpoints {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** One branch in this number has no e-mail address and uses its inbox only. */
    private static final int WITHOUT_EMAIL = 15;

    private final Api notification;
    private final City city;
    private final Map<City.Branch, Mailbox> mailboxes = new HashMap<>();

    /** How far an address works. The mail catcher refuses addresses with the prefixes. */
    private enum Mailbox {
        WORKS(""),
        /** The mail server says that it does not exist. */
        GONE("gone."),
        /** The mail server accepts no mail of ours for it. */
        REFUSES("refuses."),
        /** The owner has not confirmed it. */
        UNCONFIRMED(""),
        NONE("");

        private final String prefix;

        Mailbox(String prefix) {
            this.prefix = prefix;
        }
    }

    /** Branches that host in the next days get the addresses that do not work, so that their notices fail. */
    Endpoints(Api notification, City city, List<PlannedBooking> planned, LocalDate today) {
        this.notification = notification;
        this.city = city;
        for (int i = 0; i < city.branches().size(); i++) {
            boolean without = i % WITHOUT_EMAIL == WITHOUT_EMAIL - 1;
            mailboxes.put(city.branches().get(i), without ? Mailbox.NONE : Mailbox.WORKS);
        }
        List<City.Branch> soon = planned.stream()
                .filter(booking ->
                        booking.start().toLocalDate().isAfter(today) && booking.fate() instanceof PlannedBooking.Stands)
                .map(PlannedBooking::branch)
                .distinct()
                .toList();
        mailboxes.put(soon.get(0), Mailbox.GONE);
        mailboxes.put(soon.get(2), Mailbox.REFUSES);
        mailboxes.put(soon.get(4), Mailbox.UNCONFIRMED);
        mailboxes.put(soon.get(6), Mailbox.NONE);
        mailboxes.put(soon.get(8), Mailbox.REFUSES);
    }

    List<City.Branch> withEmail() {
        return city.branches().stream()
                .filter(branch -> mailbox(branch) != Mailbox.NONE)
                .toList();
    }

    private Mailbox mailbox(City.Branch branch) {
        return mailboxes.getOrDefault(branch, Mailbox.NONE);
    }

    static String address(String branchCode) {
        return branchCode.toLowerCase(Locale.ROOT) + "@yunting.example.org";
    }

    /**
     * Adds the branch's address. The notification service learns of branches from Kafka, and answers 404 until then.
     */
    void add(City.Branch branch) {
        String path = "/branches/" + branch.id() + "/endpoints";
        JsonNode known = within("the branch " + branch.code(), () -> {
            Api.Answer answer = notification.get(path);
            return answer.status() == 404 ? null : answer.expect(200).json();
        });
        JsonNode endpoints = known.has("items") ? known.path("items") : known;
        if (endpoints.isEmpty()) {
            Mailbox mailbox = mailbox(branch);
            ObjectNode body = Api.JSON
                    .createObjectNode()
                    .put("channel", "email")
                    .put("address", mailbox.prefix + address(branch.code()));
            if (mailbox != Mailbox.UNCONFIRMED) {
                body.put("vouchedFor", "演示数据的邮箱 Mailbox of the demonstration");
            }
            notification.post(path, body).expect(201);
        }
    }

    /** Half of the upcoming lectures, which are acknowledged, as organizers do for branches that they called. */
    List<PlannedBooking> acknowledging(List<PlannedBooking> planned, LocalDate today) {
        return planned.stream()
                .filter(booking -> booking.start().toLocalDate().isAfter(today)
                        && booking.fate() instanceof PlannedBooking.Stands
                        && booking.number() % 2 == 0
                        && mailbox(booking.branch()) == Mailbox.WORKS)
                .toList();
    }

    /** Acknowledges the notice about a booking, once it has been written. */
    void acknowledge(City.Branch branch, String bookingId) {
        JsonNode notice = within("the notice to " + branch.code(), () -> {
            for (JsonNode found : notification
                    .get("/branches/" + branch.id() + "/notices?limit=200")
                    .expect(200)
                    .json()
                    .path("items")) {
                if (found.path("bookingId").asText().equals(bookingId)) {
                    return found;
                }
            }
            return null;
        });
        notification
                .post("/notices/" + notice.path("id").asText() + "/acknowledgement")
                .expect(200);
    }

    private static <T> T within(String what, Supplier<@Nullable T> attempt) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(deadline)) {
            T found = attempt.get();
            if (found != null) {
                return found;
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        throw new IllegalStateException("Not there within " + PATIENCE.toSeconds() + " s: " + what);
    }
}
