package org.lectern.scheduler.booking;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.Violation;
import org.lectern.scheduler.audit.Audit;
import org.lectern.scheduler.booking.BookingCommand.Book;
import org.lectern.scheduler.booking.BookingCommand.GuestRequest;
import org.lectern.scheduler.booking.Bookings.Found;
import org.lectern.scheduler.booking.Bookings.FoundGuest;
import org.lectern.scheduler.booking.Bookings.GuestList;
import org.lectern.scheduler.booking.Participants.GuestRef;
import org.lectern.scheduler.booking.SoftRule.Guest;

/** Builds new bookings and guests: verifies every reference and every hard rule. */
@ApplicationScoped
class BookingDrafts {

    private static final int MOST_GUESTS = 50;

    private final Bookings bookings;
    private final BookingRules rules;
    private final BookingConfig config;
    private final Buffers buffers;
    private final CampaignPolicy campaigns;

    @Inject
    BookingDrafts(
            Bookings bookings, BookingRules rules, BookingConfig config, Buffers buffers, CampaignPolicy campaigns) {
        this.bookings = bookings;
        this.rules = rules;
        this.config = config;
        this.buffers = buffers;
        this.campaigns = campaigns;
    }

    /** Limits the holds per organizer; holds that the service creates for others do not count. */
    void demandMayHold(String actor) {
        int most = config.holds().maxPerOrganizer();
        if (most > 0 && !actor.equals(Audit.SYSTEM) && bookings.heldBy(actor) >= most) {
            throw new BookingRefusal.TooManyHolds(most);
        }
    }

    /**
     * The booking that the command describes.
     *
     * @param found its parties, already locked
     * @param series the series of the booking, if any
     * @throws InvalidRequest with all violations
     */
    Booking.Draft draft(Book request, Found found, @Nullable UUID series) {
        List<Violation> violations = new ArrayList<>();
        rules.format(request.format(), violations);
        rules.place(request.format(), request.venueId() != null, request.joinLink(), violations);
        lecturer(found, violations);
        reference("/topicId", found.topic(), found.topicArchived(), violations);
        branch(found, violations);
        if (request.venueId() != null) {
            venue(found, violations);
        }
        ZoneId zone = rules.zone(request.zone(), found.branchZone(), violations);
        TimeSlot slot = null;
        if (zone != null) {
            var usual = Duration.ofMinutes(Math.max(1, found.topicMinutes()));
            slot = rules.slot(request.start(), request.end(), usual, zone, violations);
        }
        Instant heldUntil = null;
        if (slot != null && request.hold() != null) {
            heldUntil =
                    rules.heldUntil(request.hold().expiresAt(), "/hold/expiresAt", bookings.now(), slot, violations);
        }
        List<GuestRef> guests = guests(request, violations);
        if (request.campaignId() != null) {
            Set<UUID> invited = request.parties().branches();
            violations.addAll(campaigns.violations(request.campaignId(), request.topicId(), invited));
        }
        InvalidRequest.unlessEmpty(violations);
        if (found.lecturer() == null || found.topic() == null || found.branch() == null || slot == null) {
            throw new IllegalStateException("a violation was missed");
        }
        return new Booking.Draft(
                new Participants(found.lecturer(), found.topic(), found.branch(), found.venue(), guests),
                slot,
                buffers.around(request.format(), slot),
                heldUntil,
                request.format(),
                request.joinLink(),
                !found.branchParallel(),
                request.expectedHeadCount(),
                request.note(),
                series,
                request.campaignId());
    }

    /** Violations of a campaign by a lecture with these parties. */
    List<Violation> campaign(UUID campaign, UUID topic, Participants parties) {
        Set<UUID> invited = Stream.concat(
                        Stream.of(parties.branch().id()),
                        parties.guests().stream().map(GuestRef::id))
                .collect(Collectors.toSet());
        return campaigns.violations(campaign, topic, invited);
    }

    /**
     * The guest that joins a booking with these parties.
     *
     * @throws InvalidRequest when the branch cannot join
     */
    GuestRef guest(GuestRequest wish, Participants parties) {
        List<Violation> violations = new ArrayList<>();
        GuestRef guest = guest("/branchId", wish, parties.branch().id(), parties.guests(), violations);
        if (parties.guests().size() >= MOST_GUESTS) {
            violations.add(new Violation("/branchId", "guest.too-many", MOST_GUESTS));
        }
        if (guest == null || !violations.isEmpty()) {
            throw new InvalidRequest(violations);
        }
        return guest;
    }

    private List<GuestRef> guests(Book request, List<Violation> violations) {
        List<GuestRef> guests = new ArrayList<>();
        List<GuestRequest> note = request.guests() == null ? List.of() : request.guests();
        for (int i = 0; i < note.size(); i++) {
            String pointer = "/guests/" + i + "/branchId";
            GuestRef guest = guest(pointer, note.get(i), request.branchId(), guests, violations);
            if (guest != null) {
                guests.add(guest);
            }
        }
        guests.sort(Comparator.comparing(GuestRef::code));
        return guests;
    }

    /** The guest for that request; it must be neither the host nor already a guest. */
    private @Nullable GuestRef guest(
            String pointer, GuestRequest wish, UUID host, List<GuestRef> others, List<Violation> violations) {
        UUID id = wish.branchId();
        FoundGuest found = bookings.findGuests(Set.of(id)).get(id);
        reference(pointer, found, found != null && found.archived(), violations);
        if (id.equals(host)) {
            violations.add(new Violation(pointer, "guest.is-host"));
        }
        if (others.stream().anyMatch(other -> other.id().equals(id))) {
            violations.add(new Violation(pointer, "guest.twice"));
        }
        return found == null
                ? null
                : new GuestRef(id, found.branch().code(), found.branch().name(), wish.expectedHeadCount());
    }

    /** The changes to a booking's guests when these join. */
    GuestList joining(List<GuestRef> guests) {
        List<Guest> joining = Guest.of(guests);
        Set<UUID> parallel =
                bookings.findGuests(joining.stream().map(Guest::branchId).collect(Collectors.toSet())).values().stream()
                        .filter(FoundGuest::parallel)
                        .map(found -> found.branch().id())
                        .collect(Collectors.toSet());
        return new GuestList(joining, parallel, Set.of());
    }

    static void lecturer(Found found, List<Violation> violations) {
        reference("/lecturerId", found.lecturer(), found.lecturerArchived(), violations);
        if (found.lecturer() != null && found.topic() != null && !found.lecturesOnTopic()) {
            violations.add(new Violation("/lecturerId", "lecturer.not-on-topic"));
        }
    }

    static void branch(Found found, List<Violation> violations) {
        reference("/branchId", found.branch(), found.branchArchived(), violations);
    }

    /** The topic must exist, and the lecturer must lecture on it. */
    static void topic(Found found, List<Violation> violations) {
        reference("/topicId", found.topic(), found.topicArchived(), violations);
        if (found.topic() != null && !found.lecturesOnTopic()) {
            violations.add(new Violation("/topicId", "lecturer.not-on-topic"));
        }
    }

    static void venue(Found found, List<Violation> violations) {
        reference("/venueId", found.venue(), found.venueArchived(), violations);
    }

    private static void reference(
            String pointer, @Nullable Object found, boolean archived, List<Violation> violations) {
        if (found == null) {
            violations.add(new Violation(pointer, "reference.unknown"));
        } else if (archived) {
            violations.add(new Violation(pointer, "reference.archived"));
        }
    }
}
