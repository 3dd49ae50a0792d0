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
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.Flaw;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.scheduler.audit.Audit;
import org.lectern.scheduler.booking.BookingCommand.Book;
import org.lectern.scheduler.booking.BookingCommand.GuestRequest;
import org.lectern.scheduler.booking.Bookings.Found;
import org.lectern.scheduler.booking.Bookings.FoundGuest;
import org.lectern.scheduler.booking.Bookings.GuestList;
import org.lectern.scheduler.booking.Parties.GuestRef;
import org.lectern.scheduler.booking.SoftRule.Guest;

/** What a new booking is made of, or a guest: every reference exists, and every hard rule is kept. */
@ApplicationScoped
class BookingDrafts {

    private static final int MOST_GUESTS = 50;

    private final Bookings bookings;
    private final BookingRules rules;
    private final BookingConfig config;
    private final Buffers buffers;
    private final CampaignTerms campaigns;

    @Inject
    BookingDrafts(
            Bookings bookings, BookingRules rules, BookingConfig config, Buffers buffers, CampaignTerms campaigns) {
        this.bookings = bookings;
        this.rules = rules;
        this.config = config;
        this.buffers = buffers;
        this.campaigns = campaigns;
    }

    /** An organizer holds so many slots at the most; what the service holds for others does not count. */
    void demandMayHold(String actor) {
        int most = config.holds().mostPerOrganizer();
        if (most > 0 && !actor.equals(Audit.SYSTEM) && bookings.heldBy(actor) >= most) {
            throw new BookingRefusal.TooManyHolds(most);
        }
    }

    /**
     * The booking that the command asks for.
     *
     * @param found its parties, which are locked
     * @param series the series it is of, if any
     * @throws InvalidRequest with everything that is wrong with it
     */
    Booking.Draft draft(Book request, Found found, @Nullable UUID series) {
        List<Flaw> flaws = new ArrayList<>();
        rules.format(request.format(), flaws);
        rules.place(request.format(), request.venueId() != null, request.joinLink(), flaws);
        lecturer(found, flaws);
        reference("/topicId", found.topic(), found.topicArchived(), flaws);
        reference("/branchId", found.branch(), found.branchArchived(), flaws);
        if (request.venueId() != null) {
            venue(found, flaws);
        }
        ZoneId zone = rules.zone(request.zone(), found.branchZone(), flaws);
        TimeSlot slot = null;
        if (zone != null) {
            var usual = Duration.ofMinutes(Math.max(1, found.topicMinutes()));
            slot = rules.slot(request.start(), request.end(), usual, zone, flaws);
        }
        Instant heldUntil = null;
        if (slot != null && request.hold() != null) {
            heldUntil = rules.heldUntil(request.hold().expiresAt(), "/hold/expiresAt", bookings.now(), slot, flaws);
        }
        List<GuestRef> guests = guests(request, flaws);
        if (request.campaignId() != null) {
            Set<UUID> invited = request.parties().branches();
            flaws.addAll(campaigns.flaws(request.campaignId(), request.topicId(), invited));
        }
        InvalidRequest.unlessEmpty(flaws);
        if (found.lecturer() == null || found.topic() == null || found.branch() == null || slot == null) {
            throw new IllegalStateException("a flaw was missed");
        }
        return new Booking.Draft(
                new Parties(found.lecturer(), found.topic(), found.branch(), found.venue(), guests),
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

    /**
     * The guest that joins a booking with these parties.
     *
     * @throws InvalidRequest when the branch cannot join
     */
    GuestRef guest(GuestRequest wish, Parties parties) {
        List<Flaw> flaws = new ArrayList<>();
        GuestRef guest = guest("/branchId", wish, parties.branch().id(), parties.guests(), flaws);
        if (parties.guests().size() >= MOST_GUESTS) {
            flaws.add(new Flaw("/branchId", "guest.too-many", MOST_GUESTS));
        }
        if (guest == null || !flaws.isEmpty()) {
            throw new InvalidRequest(flaws);
        }
        return guest;
    }

    private List<GuestRef> guests(Book request, List<Flaw> flaws) {
        List<GuestRef> guests = new ArrayList<>();
        List<GuestRequest> wishes = request.guests() == null ? List.of() : request.guests();
        for (int i = 0; i < wishes.size(); i++) {
            String pointer = "/guests/" + i + "/branchId";
            GuestRef guest = guest(pointer, wishes.get(i), request.branchId(), guests, flaws);
            if (guest != null) {
                guests.add(guest);
            }
        }
        guests.sort(Comparator.comparing(GuestRef::code));
        return guests;
    }

    /** The guest of that wish, which is neither the host nor one of the others. */
    private @Nullable GuestRef guest(
            String pointer, GuestRequest wish, UUID host, List<GuestRef> others, List<Flaw> flaws) {
        UUID id = wish.branchId();
        FoundGuest found = bookings.findGuests(Set.of(id)).get(id);
        reference(pointer, found, found != null && found.archived(), flaws);
        if (id.equals(host)) {
            flaws.add(new Flaw(pointer, "guest.is-host"));
        }
        if (others.stream().anyMatch(other -> other.id().equals(id))) {
            flaws.add(new Flaw(pointer, "guest.twice"));
        }
        return found == null
                ? null
                : new GuestRef(id, found.branch().code(), found.branch().name(), wish.expectedHeadCount());
    }

    /** What changes of the guests of a booking when these join. */
    GuestList joining(List<GuestRef> guests) {
        List<Guest> joining = Guest.of(guests);
        Set<UUID> parallel =
                bookings.findGuests(joining.stream().map(Guest::branchId).collect(Collectors.toSet())).values().stream()
                        .filter(FoundGuest::parallel)
                        .map(found -> found.branch().id())
                        .collect(Collectors.toSet());
        return new GuestList(joining, parallel, Set.of());
    }

    static void lecturer(Found found, List<Flaw> flaws) {
        reference("/lecturerId", found.lecturer(), found.lecturerArchived(), flaws);
        if (found.lecturer() != null && found.topic() != null && !found.lecturesOnTopic()) {
            flaws.add(new Flaw("/lecturerId", "lecturer.not-on-topic"));
        }
    }

    static void venue(Found found, List<Flaw> flaws) {
        reference("/venueId", found.venue(), found.venueArchived(), flaws);
    }

    private static void reference(String pointer, @Nullable Object found, boolean archived, List<Flaw> flaws) {
        if (found == null) {
            flaws.add(new Flaw(pointer, "reference.unknown"));
        } else if (archived) {
            flaws.add(new Flaw(pointer, "reference.archived"));
        }
    }
}
