package org.lectern.scheduler.booking;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.booking.Participants.BranchRef;
import org.lectern.scheduler.booking.Participants.GuestRef;

/** A branch that is notified of a new version of a booking. The notification service decides by the same rule. */
@Schema(name = "NotifiedBranch")
public record NotifiedBranch(BranchRef branch, Role role, News news) {

    /** How the branch takes part, or took part until now. */
    @Schema(name = "BranchRole")
    public enum Role {
        HOST,
        GUEST
    }

    /** What the branch is notified. */
    @Schema(name = "BranchNews")
    public enum News {
        /** A lecture that it did not know of. */
        BOOKED,
        /** Another time, lecturer, place, host, topic or format. */
        CHANGED,
        /** The lecture is cancelled, or the branch takes no part in it any more. */
        CANCELLED
    }

    private record Part(BranchRef branch, Role role) {}

    /** The branches that are notified of a version, the host first. */
    public static List<NotifiedBranch> of(@Nullable BookingView before, BookingView after) {
        if (after.status() == BookingStatus.COMPLETED) {
            return List.of();
        }
        Map<UUID, Part> knew = parts(before);
        Map<UUID, Part> knows = parts(after);
        List<NotifiedBranch> notified = new ArrayList<>();
        knows.forEach((id, part) -> {
            if (!knew.containsKey(id)) {
                notified.add(new NotifiedBranch(part.branch(), part.role(), News.BOOKED));
            } else if (before != null && differs(before, after)) {
                notified.add(new NotifiedBranch(part.branch(), part.role(), News.CHANGED));
            }
        });
        knew.forEach((id, part) -> {
            if (!knows.containsKey(id)) {
                notified.add(new NotifiedBranch(part.branch(), part.role(), News.CANCELLED));
            }
        });
        return notified;
    }

    /** Who takes part in a lecture that branches know of. */
    private static Map<UUID, Part> parts(@Nullable BookingView booking) {
        Map<UUID, Part> parts = new LinkedHashMap<>();
        if (booking != null && booking.status() == BookingStatus.CONFIRMED) {
            parts.put(booking.branch().id(), new Part(booking.branch(), Role.HOST));
            for (GuestRef guest : booking.guests()) {
                parts.put(guest.id(), new Part(guest.branch(), Role.GUEST));
            }
        }
        return parts;
    }

    private static boolean differs(BookingView before, BookingView after) {
        return !before.start().isEqual(after.start())
                || !before.end().isEqual(after.end())
                || !before.lecturer().id().equals(after.lecturer().id())
                || !before.topic().id().equals(after.topic().id())
                || !before.branch().id().equals(after.branch().id())
                || !Objects.equals(before.venue(), after.venue())
                || !Objects.equals(before.joinLink(), after.joinLink())
                || !before.format().equals(after.format());
    }
}
