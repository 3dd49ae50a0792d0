package org.lectern.local.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demonstration city from its files, with codes in place of ids. */
class DemoCityTest {

    @Test
    void city_hasTheRequestedSize() throws IOException {
        City city = city();

        assertEquals(40, city.lecturers().size());
        assertEquals(120, city.branches().size());
        assertEquals(30, city.venues().size());
        assertEquals(15, city.topics().size());
        assertTrue(city.venues().stream().anyMatch(venue -> venue.branchId() == null));
    }

    @Test
    void branchesAreATreeOfThreeLevels() throws IOException {
        var parents =
                rows("branches").stream().collect(Collectors.toMap(row -> row.get("code"), row -> row.get("parent")));
        Function<String, Integer> depth = code -> {
            int levels = 0;
            for (String at = code; !at.isEmpty(); at = Objects.requireNonNull(parents.get(at))) {
                levels++;
            }
            return levels;
        };

        assertEquals(Set.of(1, 2, 3), parents.keySet().stream().map(depth).collect(Collectors.toSet()));
        assertEquals(1, parents.values().stream().filter(String::isEmpty).count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-23", "2026-11-28", "2027-02-28", "2028-02-29"})
    void noTwoBookingsClashBeforeOrAfterTheyWereChanged(String today) throws IOException {
        City city = city();
        List<PlannedBooking> plan = new ArrayList<>(BookingPlan.around(LocalDate.parse(today), city));
        assertTrue(plan.size() >= 100 && plan.size() <= 150, "bookings: " + plan.size());
        plan.addAll(CampaignPlan.before(LocalDate.parse(today), city, plan));

        List<String> conflicts = new ArrayList<>();
        for (PlannedBooking one : plan) {
            for (PlannedBooking other : plan) {
                if (one.number() < other.number() && overlap(one, other) && sharesSomething(one, other)) {
                    conflicts.add(one + " and " + other);
                }
            }
        }
        assertEquals(List.of(), conflicts);
    }

    /** Each target has at most one lecture on each topic, and about half of them before today. */
    @ParameterizedTest
    @ValueSource(strings = {"2026-11-23", "2026-11-28", "2027-02-28", "2028-02-29"})
    void campaignIsHalfDone_andHasBecomeSlow(String date) throws IOException {
        City city = city();
        LocalDate today = LocalDate.parse(date);
        List<PlannedBooking> plan = new ArrayList<>(BookingPlan.around(today, city));
        plan.addAll(CampaignPlan.before(today, city, plan));
        List<PlannedBooking> visits =
                plan.stream().filter(CampaignPlan::includes).toList();
        long items = city.branches().stream().filter(CampaignPlan::isTarget).count() * CampaignPlan.TOPICS.size();
        long held = heldSince(CampaignPlan.from(today), visits);
        long lately = heldSince(today.minusDays(13), visits);

        assertTrue(held * 100 >= 40 * items && held * 100 <= 60 * items, held + " of " + items);
        assertTrue(lately >= 3, "too few for a forecast: " + lately);
        long daysLeft = CampaignPlan.until(today).toEpochDay() - today.toEpochDay();
        assertTrue((items - held) * 14 > lately * daysLeft, lately + " of " + held + " lately");
        assertEquals(
                visits.size(),
                visits.stream()
                        .map(visit -> visit.topic().code() + visit.branch().code())
                        .distinct()
                        .count());
    }

    private static long heldSince(LocalDate day, List<PlannedBooking> visits) {
        return visits.stream()
                .filter(visit -> !visit.start().toLocalDate().isBefore(day))
                .filter(visit -> visit.fate() instanceof PlannedBooking.Completed)
                .count();
    }

    @Test
    void everyStateOfABooking_occurs() throws IOException {
        var fates = BookingPlan.around(LocalDate.parse("2026-11-23"), city()).stream()
                .collect(Collectors.groupingBy(
                        booking -> booking.fate().getClass().getSimpleName(), Collectors.counting()));

        assertEquals(Set.of("Stands", "Completed", "Cancelled", "Rescheduled", "Reassigned"), fates.keySet());
        fates.forEach((fate, count) -> assertTrue(count >= 3, fate + ": " + count));
    }

    @Test
    void aLecturerSpeaksOnTopicsOfTheirOwn() throws IOException {
        for (PlannedBooking booking : BookingPlan.around(LocalDate.parse("2026-11-23"), city())) {
            assertTrue(booking.lecturer().topicIds().contains(booking.topic().id()));
            if (booking.fate() instanceof PlannedBooking.Reassigned reassigned) {
                assertTrue(reassigned
                        .lecturer()
                        .topicIds()
                        .contains(booking.topic().id()));
            }
        }
    }

    /** From the earliest start to the latest end, over all changes of the booking. */
    private static boolean overlap(PlannedBooking one, PlannedBooking other) {
        return one.start().isBefore(end(other)) && other.start().isBefore(end(one));
    }

    private static OffsetDateTime end(PlannedBooking booking) {
        OffsetDateTime start =
                booking.fate() instanceof PlannedBooking.Rescheduled moved ? moved.start() : booking.start();
        return start.plus(Duration.ofMinutes(booking.topic().minutes()));
    }

    private static boolean sharesSomething(PlannedBooking one, PlannedBooking other) {
        return lecturers(one).stream().anyMatch(lecturers(other)::contains)
                || one.branch().equals(other.branch())
                || (one.venue() != null && one.venue().equals(other.venue()));
    }

    private static List<City.Lecturer> lecturers(PlannedBooking booking) {
        return booking.fate() instanceof PlannedBooking.Reassigned reassigned
                ? List.of(booking.lecturer(), reassigned.lecturer())
                : List.of(booking.lecturer());
    }

    private static City city() throws IOException {
        return new City(
                rows("lecturers").stream()
                        .map(row -> new City.Lecturer(
                                row.get("code"),
                                row.get("code"),
                                row.get("name"),
                                List.of(row.get("topics").split(";"))))
                        .toList(),
                rows("topics").stream()
                        .map(row -> new City.Topic(
                                row.get("code"),
                                row.get("code"),
                                row.get("title"),
                                Integer.parseInt(row.get("durationMinutes"))))
                        .toList(),
                rows("branches").stream()
                        .map(row -> new City.Branch(
                                row.get("code"),
                                row.get("code"),
                                row.get("name"),
                                row.get("kind"),
                                row.get("parent").isEmpty() ? null : row.get("parent"),
                                Integer.parseInt(row.get("headCount"))))
                        .toList(),
                rows("venues").stream()
                        .map(row -> new City.Venue(
                                row.get("code"),
                                row.get("code"),
                                row.get("name"),
                                row.get("branch").isEmpty() ? null : row.get("branch"),
                                Integer.parseInt(row.get("capacity"))))
                        .toList());
    }

    private static List<CSVRecord> rows(String registry) throws IOException {
        var format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (Reader file = new InputStreamReader(
                Objects.requireNonNull(DemoCityTest.class.getResourceAsStream("/demo/" + registry + ".csv")),
                StandardCharsets.UTF_8)) {
            return format.parse(file).getRecords();
        }
    }
}
