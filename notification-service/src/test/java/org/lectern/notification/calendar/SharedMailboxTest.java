package org.lectern.notification.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.time.Uuid7;
import org.lectern.notification.support.Lectures;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;

/** A mailbox that several branches share keeps a correct calendar. */
@ServiceTest
class SharedMailboxTest {

    @Inject
    Calendars calendars;

    @Inject
    Lectures lectures;

    private final UUID booking = UUID.randomUUID();
    private final Reader reader = new Reader();
    private UUID host;
    private UUID guest;

    @BeforeEach
    void aHostAndAGuest() {
        host = branch();
        guest = branch();
    }

    @Test
    void guestLeaves_hostKeepsTheEntryAtTheSharedMailbox() {
        endpoint(host, reader.mailbox, true);
        endpoint(guest, reader.mailbox, true);
        reader.takes(told(confirmed(guest), host), told(confirmed(guest), guest));

        reader.takes(told(left(2, guest), guest));

        assertThat(reader.entry(booking).getStatus().getValue()).isEqualTo("CONFIRMED");
        assertThat(reader.entry(booking).getSequence().getValue()).isEqualTo(1);
    }

    @Test
    void sharedEntryFollowsAMoveAndACancellation() {
        endpoint(host, reader.mailbox, true);
        endpoint(guest, reader.mailbox, true);
        reader.takes(told(confirmed(guest), host), told(confirmed(guest), guest), told(left(2, guest), guest));
        var moved = Scheduler.version("rescheduled", booking, 3, host, 96).with("guests", branches());

        reader.takes(told(moved, host));
        assertThat(reader.entry(booking).getDateStart().getValue().toInstant())
                .isEqualTo(Instant.parse(moved.data().get("start").textValue()));

        reader.takes(told(Scheduler.version("cancelled", booking, 4, host, 96).with("guests", branches()), host));
        assertThat(reader.calendar).isEmpty();
    }

    @Test
    void lastBranchLeaving_removesTheEntryOfTwoGuests() {
        UUID other = branch();
        endpoint(guest, reader.mailbox, true);
        endpoint(other, reader.mailbox.toUpperCase(Locale.ROOT), true);
        reader.takes(told(confirmed(guest, other), guest), told(confirmed(guest, other), other));

        reader.takes(told(left(2, guest, other), guest));
        assertThat(reader.entry(booking).getStatus().getValue()).isEqualTo("CONFIRMED");

        reader.takes(told(left(3, other), other));
        assertThat(reader.calendar).isEmpty();
    }

    @Test
    void guestLeaves_entryGoesFromAMailboxOfItsOwn() {
        endpoint(host, "host-" + reader.mailbox, true);
        endpoint(guest, reader.mailbox, true);
        reader.takes(told(confirmed(guest), guest));

        reader.takes(told(left(2, guest), guest));

        assertThat(reader.calendar).isEmpty();
    }

    @Test
    void guestLeaves_entryGoesWhenTheHostIsNotReachedThere() {
        endpoint(host, reader.mailbox, false);
        endpoint(guest, reader.mailbox, true);
        reader.takes(told(confirmed(guest), guest));

        reader.takes(told(left(2, guest), guest));

        assertThat(reader.calendar).isEmpty();
    }

    @Test
    void restoredScheduler_sequenceRisesForTheSharedMailbox() {
        endpoint(host, reader.mailbox, true);
        endpoint(guest, reader.mailbox, true);
        reader.takes(told(confirmed(guest), host), told(confirmed(guest), guest), told(left(2, guest), guest));
        var again = Scheduler.version("rescheduled", booking, 2, host, 96)
                .with("guests", branches())
                .header("ce_incarnation", Uuid7.next().toString());

        reader.takes(told(again, host));

        assertThat(reader.entry(booking).getSequence().getValue()).isEqualTo(2);
        assertThat(reader.entry(booking).getDateStart().getValue().toInstant())
                .isEqualTo(Instant.parse(again.data().get("start").textValue()));
    }

    /** A calendar according to RFC 5546: the UID identifies the entry, and a lower SEQUENCE changes nothing. */
    private final class Reader {

        final String mailbox = UUID.randomUUID() + "@example.org";
        final Map<String, VEvent> calendar = new HashMap<>();
        private int highest = -1;

        void takes(UUID... notices) {
            for (UUID notice : notices) {
                byte[] file = calendars
                        .invitation(notice, "en", "lectern@example.org", mailbox, null)
                        .orElseThrow()
                        .content();
                ICalendar message =
                        Biweekly.parse(new String(file, StandardCharsets.UTF_8)).first();
                VEvent event = message.getEvents().getFirst();
                if (event.getSequence().getValue() < highest) {
                    continue;
                }
                highest = event.getSequence().getValue();
                if (message.getMethod().getValue().equals("CANCEL")) {
                    calendar.remove(event.getUid().getValue());
                } else {
                    calendar.put(event.getUid().getValue(), event);
                }
            }
        }

        VEvent entry(UUID booking) {
            assertThat(calendar).containsOnlyKeys(booking + "@lectern");
            return calendar.get(booking + "@lectern");
        }
    }

    private final Map<Integer, Scheduler.Message> sent = new HashMap<>();

    private Scheduler.Message confirmed(UUID... guests) {
        return sent.computeIfAbsent(
                1,
                version -> Scheduler.version("confirmed", booking, version, host, 72)
                        .with("guests", branches(guests)));
    }

    private Scheduler.Message left(int version, UUID leaving, UUID... staying) {
        return Scheduler.version("guests-changed", booking, version, host, 72)
                .with("guests", branches(staying))
                .with("joined", branches())
                .with("left", branches(leaving));
    }

    private UUID told(Scheduler.Message message, UUID branch) {
        return lectures.told(message, branch);
    }

    private UUID branch() {
        return lectures.branch("SHR-" + UUID.randomUUID(), null, "en");
    }

    private void endpoint(UUID branch, String mailbox, boolean enabled) {
        lectures.mailbox(branch, mailbox, enabled, false);
    }

    private static ArrayNode branches(UUID... ids) {
        ArrayNode branches = new ObjectMapper().createArrayNode();
        for (UUID id : ids) {
            branches.addObject().put("id", id.toString()).put("code", "SHR").put("name", "白溪村");
        }
        return branches;
    }
}
