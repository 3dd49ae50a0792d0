package org.lectern.scheduler.booking.batch;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.booking.BookingCommand.Cancel;
import org.lectern.scheduler.booking.BookingView;
import org.lectern.scheduler.booking.ChangeAssessment;
import org.lectern.scheduler.booking.Participants.LecturerRef;
import org.lectern.scheduler.booking.SoftRule.Proposal;
import org.lectern.scheduler.booking.batch.BulkPreview.Share;
import org.lectern.scheduler.schedule.FreeSlot.Lecturer;
import org.lectern.scheduler.schedule.search.Substitutes;
import org.lectern.scheduler.schedule.search.Substitutes.Choice;
import org.lectern.scheduler.schedule.search.Substitutes.Lecture;

/** Proposes who takes the lectures of a bulk change. */
@ApplicationScoped
class SubstituteProposals {

    private static final int MOST_OTHERS = 5;

    private final Substitutes substitutes;

    @Inject
    SubstituteProposals(Substitutes substitutes) {
        this.substitutes = substitutes;
    }

    /**
     * A fair spread of all selected bookings that are to get a substitute.
     *
     * @param refused lecturers that are not proposed again, by booking
     */
    Map<UUID, Choice> of(List<BookingView> selected, BulkPreviewRequest request, Map<UUID, Set<UUID>> refused) {
        Map<UUID, BulkAction> own = new HashMap<>();
        List<BulkChoice> choices = request.choices() == null ? List.of() : request.choices();
        choices.forEach(choice -> own.put(choice.bookingId(), choice.action()));
        List<Lecture> lectures = new ArrayList<>();
        for (BookingView booking : selected) {
            if (own.getOrDefault(booking.id(), request.action()) instanceof BulkAction.Substitute to) {
                lectures.add(lecture(
                        to.lecturerIds() == null ? Set.of() : to.lecturerIds(), booking.id(), Proposal.of(booking)));
            }
        }
        return lectures.isEmpty() ? Map.of() : substitutes.spread(lectures, refused, MOST_OTHERS);
    }

    private static Lecture lecture(Set<UUID> among, UUID booking, Proposal wanted) {
        return new Lecture(
                among,
                booking,
                wanted.lecturerId(),
                wanted.topicId(),
                wanted.branchId(),
                wanted.venueId(),
                wanted.format(),
                wanted.start(),
                wanted.end(),
                wanted.zone());
    }

    /** The proposed lecturers by booking; modifiable. */
    static Map<UUID, UUID> takers(Map<UUID, Choice> proposed) {
        Map<UUID, UUID> takers = new LinkedHashMap<>();
        proposed.forEach((booking, choice) -> {
            Lecturer chosen = choice.chosen();
            if (chosen != null) {
                takers.put(booking, chosen.id());
            }
        });
        return takers;
    }

    /** How many lectures each substitute takes, most first. */
    List<Share> shares(Map<UUID, Choice> proposed, Map<UUID, UUID> takers) {
        Map<Lecturer, Integer> count = new LinkedHashMap<>();
        proposed.forEach((booking, choice) -> {
            Lecturer chosen = choice.chosen();
            if (chosen != null && takers.containsKey(booking)) {
                count.merge(chosen, 1, Integer::sum);
            }
        });
        return count.entrySet().stream()
                .map(each -> new Share(ref(each.getKey()), each.getValue()))
                .sorted(Comparator.comparingInt(Share::bookings)
                        .reversed()
                        .thenComparing(share -> share.lecturer().code()))
                .toList();
    }

    /** Who else could take the lectures of a page that are cancelled, impossible, or get a substitute. */
    Map<UUID, List<LecturerRef>> free(List<ChangeAssessment> page, Map<UUID, Choice> proposed, int most) {
        List<Lecture> lectures = new ArrayList<>();
        for (ChangeAssessment verdict : page) {
            UUID booking = verdict.item().bookingId();
            boolean wanted = !verdict.isPossible() || verdict.item().command() instanceof Cancel;
            if (wanted && !proposed.containsKey(booking)) {
                lectures.add(lecture(Set.of(), booking, verdict.wanted()));
            }
        }
        Map<UUID, Choice> choices =
                new HashMap<>(lectures.isEmpty() ? Map.of() : substitutes.spread(lectures, Map.of(), most - 1));
        Map<UUID, List<LecturerRef>> free = new HashMap<>();
        choices.forEach((booking, choice) -> free.put(booking, refs(choice.chosen(), choice.others())));
        proposed.forEach((booking, choice) -> free.put(booking, refs(null, choice.others())));
        return free;
    }

    private static List<LecturerRef> refs(@Nullable Lecturer first, List<Lecturer> others) {
        return Stream.concat(Stream.ofNullable(first), others.stream())
                .map(SubstituteProposals::ref)
                .toList();
    }

    private static LecturerRef ref(Lecturer lecturer) {
        return new LecturerRef(lecturer.id(), lecturer.code(), lecturer.name(), lecturer.tier());
    }
}
