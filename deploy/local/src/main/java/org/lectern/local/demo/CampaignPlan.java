package org.lectern.local.demo;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A campaign that is half done and has become slow: two topics for every village and community. Lectures were held
 * quickly at first; in the last weeks there were few, so that the forecast lies after its end.
 */
final class CampaignPlan {

    static final List<String> TOPICS = List.of("spirit", "rural");
    static final List<String> KINDS = List.of("village", "community");
    /** A branch that need not be reached. */
    static final String EXCLUDED = "V-033";

    private static final int DAYS_BEFORE = 30;
    private static final int DAYS_AFTER = 25;
    /** The last day before the two weeks of {@link BookingPlan}. */
    private static final int LAST_DAY = 8;

    private static final int SLOW_SINCE = 19;
    private static final int PER_DAY = 6;
    private static final int PER_SLOW_DAY = 2;
    /** Numbers of bookings of the other plan are smaller. */
    private static final int FIRST_NUMBER = 1000;
    /** Districts that are visited last. */
    private static final Set<String> LAGGING = Set.of("YT-YS", "YT-ML");

    private final City city;
    private final LocalDate today;
    private final List<City.Branch> targets;
    private final Rooms rooms;
    private final List<PlannedBooking> visits = new ArrayList<>();
    private int nextLecturer;

    private CampaignPlan(City city, LocalDate today) {
        this.city = city;
        this.today = today;
        targets = city.branches().stream().filter(CampaignPlan::isTarget).toList();
        rooms = new Rooms(city);
    }

    static LocalDate from(LocalDate today) {
        return today.minusDays(DAYS_BEFORE);
    }

    static LocalDate until(LocalDate today) {
        return today.plusDays(DAYS_AFTER);
    }

    static boolean isTarget(City.Branch branch) {
        return KINDS.contains(branch.kind()) && !branch.code().equals(EXCLUDED);
    }

    static boolean includes(PlannedBooking booking) {
        return TOPICS.contains(booking.topic().code()) && isTarget(booking.branch());
    }

    /** The lectures of the campaign before the two weeks of {@code others}, without what those lecture on anyway. */
    static List<PlannedBooking> before(LocalDate today, City city, List<PlannedBooking> others) {
        Set<String> planned = others.stream()
                .filter(CampaignPlan::includes)
                .map(booking -> item(booking.topic(), booking.branch()))
                .collect(Collectors.toSet());
        return new CampaignPlan(city, today).visits(planned);
    }

    private List<PlannedBooking> visits(Set<String> planned) {
        Set<String> lagging =
                LAGGING.stream().map(code -> city.branch(code).id()).collect(Collectors.toSet());
        List<City.Branch> order = new ArrayList<>(targets.stream()
                .filter(branch -> !lagging.contains(branch.parentId()))
                .toList());
        targets.stream().filter(Predicate.not(order::contains)).forEach(order::add);
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            for (int t = 0; t < TOPICS.size(); t++) {
                // the topics visit the branches in shifted order, so that a branch has one lecture a day
                items.add(new Item(city.topic(TOPICS.get(t)), order.get((i + t * order.size() / 3) % order.size())));
            }
        }
        var open = items.stream()
                .filter(item -> !planned.contains(item(item.topic(), item.branch())))
                .iterator();
        for (int offset = DAYS_BEFORE - 1; offset >= LAST_DAY; offset--) {
            LocalDate day = today.minusDays(offset);
            if (day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY) {
                continue;
            }
            Set<City.Lecturer> busy = new HashSet<>();
            int count = offset > SLOW_SINCE ? PER_DAY : PER_SLOW_DAY;
            for (int i = 0; i < count && open.hasNext(); i++) {
                visits.add(visit(open.next(), day, i % BookingPlan.STARTS.size(), busy));
            }
        }
        return visits;
    }

    private record Item(City.Topic topic, City.Branch branch) {}

    private PlannedBooking visit(Item item, LocalDate day, int part, Set<City.Lecturer> busy) {
        City.Venue venue = rooms.take(item.branch(), day, part);
        int headCount = Math.min(item.branch().headCount(), venue.capacity());
        OffsetDateTime start = day.atTime(BookingPlan.STARTS.get(part))
                .atZone(BookingPlan.ZONE)
                .toOffsetDateTime();
        int number = FIRST_NUMBER + visits.size();
        return new PlannedBooking(
                number,
                lecturer(item.topic(), busy),
                item.topic(),
                item.branch(),
                venue,
                "lecture",
                start,
                headCount,
                new PlannedBooking.Completed(
                        Math.max(1, headCount * (75 + number % 25) / 100), "按计划完成 Held as planned"));
    }

    /** The next lecturer on the topic who has no other lecture of the campaign on that day. */
    private City.Lecturer lecturer(City.Topic topic, Set<City.Lecturer> busy) {
        for (int i = 0; i < city.lecturers().size(); i++) {
            City.Lecturer lecturer =
                    city.lecturers().get(nextLecturer++ % city.lecturers().size());
            if (lecturer.topicIds().contains(topic.id()) && busy.add(lecturer)) {
                return lecturer;
            }
        }
        throw new IllegalStateException("No lecturer is left for " + topic.code());
    }

    private static String item(City.Topic topic, City.Branch branch) {
        return topic.code() + " " + branch.code();
    }
}
