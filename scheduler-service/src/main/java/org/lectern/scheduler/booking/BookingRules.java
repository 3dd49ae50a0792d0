package org.lectern.scheduler.booking;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.Violation;
import org.lectern.chassis.time.Zones;

/** Hard rules of a booking apart from conflicts. Each violation names the field and the remedy. */
@ApplicationScoped
class BookingRules {

    private final BookingConfig config;
    private final Clock clock;

    @Inject
    BookingRules(BookingConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    /** The format must be configured. */
    void format(String format, List<Violation> violations) {
        Set<String> known = new TreeSet<>(config.formats());
        if (!known.contains(format)) {
            violations.add(new Violation("/format", "one-of", String.join(", ", known)));
        }
    }

    /** A lecture needs a venue or, for remote formats, a join link. */
    void place(String format, boolean hasVenue, @Nullable String joinLink, List<Violation> violations) {
        boolean remote = config.remoteFormats().contains(format);
        if (remote && joinLink == null) {
            violations.add(new Violation("/joinLink", "join-link.required"));
        }
        if (!remote && !hasVenue) {
            violations.add(new Violation("/venueId", "venue.required"));
        }
        if (joinLink != null && !isWebAddress(joinLink)) {
            violations.add(new Violation("/joinLink", "join-link.form"));
        }
    }

    /** The zone of that name; without a name the branch's. */
    @Nullable
    ZoneId zone(@Nullable String name, @Nullable String ofBranch, List<Violation> violations) {
        if (name == null) {
            return ofBranch == null ? null : ZoneId.of(ofBranch);
        }
        var zone = Zones.find(name);
        if (zone.isEmpty()) {
            violations.add(new Violation("/zone", "zone.unknown"));
        }
        return zone.orElse(null);
    }

    /** The slot, or null after a violation; without an end the topic's usual length applies. */
    @Nullable
    TimeSlot slot(
            OffsetDateTime start,
            @Nullable OffsetDateTime end,
            Duration usual,
            ZoneId zone,
            List<Violation> violations) {
        int before = violations.size();
        point("/start", start, zone, violations);
        if (end != null) {
            point("/end", end, zone, violations);
        }
        Instant from = start.toInstant();
        Instant to = end == null ? from.plus(usual) : end.toInstant();
        Duration length = Duration.between(from, to);
        if (!length.isPositive()) {
            violations.add(new Violation("/end", "end.after-start"));
        } else if (length.compareTo(config.minDuration()) < 0) {
            violations.add(new Violation(
                    "/end", "length.shortest", config.minDuration().toMinutes()));
        } else if (length.compareTo(config.maxDuration()) > 0) {
            violations.add(
                    new Violation("/end", "length.longest", config.maxDuration().toMinutes()));
        }
        Instant now = clock.instant();
        if (from.isBefore(now.minus(config.backdating()))) {
            violations.add(new Violation(
                    "/start", "start.too-early", config.backdating().toDays()));
        }
        if (from.isAfter(now.plus(config.horizon()))) {
            violations.add(
                    new Violation("/start", "start.too-late", config.horizon().toDays()));
        }
        return violations.size() > before ? null : new TimeSlot(from, to, zone);
    }

    /** The expiry of the hold, or null after a violation. */
    @Nullable
    Instant heldUntil(
            @Nullable OffsetDateTime wish, String pointer, Instant now, TimeSlot slot, List<Violation> violations) {
        BookingConfig.Holds holds = config.holds();
        if (wish == null) {
            Instant usual = now.plus(holds.defaultDuration()).truncatedTo(ChronoUnit.SECONDS);
            return heldUntil(usual.isAfter(slot.start()) ? slot.start() : usual, pointer, now, slot, violations);
        }
        return heldUntil(wish.toInstant().truncatedTo(ChronoUnit.MILLIS), pointer, now, slot, violations);
    }

    private @Nullable Instant heldUntil(
            Instant until, String pointer, Instant now, TimeSlot slot, List<Violation> violations) {
        BookingConfig.Holds holds = config.holds();
        int before = violations.size();
        if (until.isAfter(slot.start())) {
            violations.add(new Violation(pointer, "hold.after-start"));
        }
        if (until.isBefore(now.plus(holds.minDuration()))) {
            violations.add(
                    new Violation(pointer, "hold.shortest", holds.minDuration().toSeconds()));
        } else if (until.isAfter(now.plus(holds.maxDuration()))) {
            violations.add(
                    new Violation(pointer, "hold.longest", holds.maxDuration().toHours()));
        }
        return violations.size() > before ? null : until;
    }

    private static void point(String pointer, OffsetDateTime time, ZoneId zone, List<Violation> violations) {
        if (time.getSecond() != 0 || time.getNano() != 0) {
            violations.add(new Violation(pointer, "time.whole-minute"));
        }
        if (!Zones.agree(time, zone)) {
            LocalDateTime local = time.toLocalDateTime();
            violations.add(LocalTimes.skipped(local, zone)
                    .map(skipped -> new Violation(pointer, skipped.key(), skipped.arguments()))
                    .orElseGet(
                            () -> new Violation(pointer, "time.offset-of-zone", zone.getId(), offsets(local, zone))));
        }
    }

    /** The offsets of that local time: two if a clock change repeats it. */
    private static String offsets(LocalDateTime local, ZoneId zone) {
        return zone.getRules().getValidOffsets(local).stream()
                .map(ZoneOffset::getId)
                .collect(Collectors.joining(", "));
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
