package org.lectern.scheduler.booking;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.Flaw;
import org.lectern.chassis.time.Zones;

/** What a booking may be, apart from clashes: each rule names the field that breaks it and the way out. */
@ApplicationScoped
class BookingRules {

    private final BookingConfig config;
    private final Clock clock;

    @Inject
    BookingRules(BookingConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    /** The format must be one of the organisation's. */
    void format(String format, List<Flaw> flaws) {
        Set<String> known = new TreeSet<>(config.formats());
        if (!known.contains(format)) {
            flaws.add(new Flaw("/format", "one-of", String.join(", ", known)));
        }
    }

    /** A lecture takes place somewhere: at a venue or, for remote formats, behind a join link. */
    void place(String format, boolean hasVenue, @Nullable String joinLink, List<Flaw> flaws) {
        boolean remote = config.remoteFormats().contains(format);
        if (remote && joinLink == null) {
            flaws.add(new Flaw("/joinLink", "join-link.required"));
        }
        if (!remote && !hasVenue) {
            flaws.add(new Flaw("/venueId", "venue.required"));
        }
        if (joinLink != null && !isWebAddress(joinLink)) {
            flaws.add(new Flaw("/joinLink", "join-link.form"));
        }
    }

    /** The zone of that name; without a name the branch's. */
    @Nullable
    ZoneId zone(@Nullable String name, @Nullable String ofBranch, List<Flaw> flaws) {
        if (name == null) {
            return ofBranch == null ? null : ZoneId.of(ofBranch);
        }
        var zone = Zones.find(name);
        if (zone.isEmpty()) {
            flaws.add(new Flaw("/zone", "zone.unknown"));
        }
        return zone.orElse(null);
    }

    /** The slot, or nothing when a rule of times is broken; without an end the lecture lasts as long as usual. */
    @Nullable
    TimeSlot slot(OffsetDateTime start, @Nullable OffsetDateTime end, Duration usual, ZoneId zone, List<Flaw> flaws) {
        int before = flaws.size();
        point("/start", start, zone, flaws);
        if (end != null) {
            point("/end", end, zone, flaws);
        }
        Instant from = start.toInstant();
        Instant to = end == null ? from.plus(usual) : end.toInstant();
        Duration length = Duration.between(from, to);
        if (!length.isPositive()) {
            flaws.add(new Flaw("/end", "end.after-start"));
        } else if (length.compareTo(config.shortest()) < 0) {
            flaws.add(new Flaw("/end", "length.shortest", config.shortest().toMinutes()));
        } else if (length.compareTo(config.longest()) > 0) {
            flaws.add(new Flaw("/end", "length.longest", config.longest().toMinutes()));
        }
        Instant now = clock.instant();
        if (from.isBefore(now.minus(config.backdating()))) {
            flaws.add(new Flaw("/start", "start.too-early", config.backdating().toDays()));
        }
        if (from.isAfter(now.plus(config.horizon()))) {
            flaws.add(new Flaw("/start", "start.too-late", config.horizon().toDays()));
        }
        return flaws.size() > before ? null : new TimeSlot(from, to, zone);
    }

    /** Until when a slot is held, or nothing when a rule of holds is broken. */
    @Nullable
    Instant heldUntil(@Nullable OffsetDateTime wish, String pointer, Instant now, TimeSlot slot, List<Flaw> flaws) {
        BookingConfig.Holds holds = config.holds();
        if (wish == null) {
            Instant usual = now.plus(holds.usual()).truncatedTo(ChronoUnit.SECONDS);
            return heldUntil(usual.isAfter(slot.start()) ? slot.start() : usual, pointer, now, slot, flaws);
        }
        return heldUntil(wish.toInstant().truncatedTo(ChronoUnit.MILLIS), pointer, now, slot, flaws);
    }

    private @Nullable Instant heldUntil(Instant until, String pointer, Instant now, TimeSlot slot, List<Flaw> flaws) {
        BookingConfig.Holds holds = config.holds();
        int before = flaws.size();
        if (until.isAfter(slot.start())) {
            flaws.add(new Flaw(pointer, "hold.after-start"));
        }
        if (until.isBefore(now.plus(holds.shortest()))) {
            flaws.add(new Flaw(pointer, "hold.shortest", holds.shortest().toSeconds()));
        } else if (until.isAfter(now.plus(holds.longest()))) {
            flaws.add(new Flaw(pointer, "hold.longest", holds.longest().toHours()));
        }
        return flaws.size() > before ? null : until;
    }

    private static void point(String pointer, OffsetDateTime time, ZoneId zone, List<Flaw> flaws) {
        if (time.getSecond() != 0 || time.getNano() != 0) {
            flaws.add(new Flaw(pointer, "time.whole-minute"));
        }
        if (!Zones.agree(time, zone)) {
            flaws.add(new Flaw(pointer, "time.offset-of-zone", zone.getId(), offsets(time, zone)));
        }
    }

    private static String offsets(OffsetDateTime time, ZoneId zone) {
        try {
            return zone.getRules().getOffset(time.toInstant()).getId();
        } catch (DateTimeException e) {
            return "Z";
        }
    }

    private static boolean isWebAddress(String link) {
        try {
            URI uri = new URI(link);
            return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
