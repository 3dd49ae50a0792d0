package org.lectern.local.demo;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Two weeks of bookings around a day, always the same for the same city and day. A lecturer and a branch have at most
 * one lecture a day, and a venue at most one per part of a day. Therefore no conflict occurs, with any travel times and
 * buffers.
 */
final class BookingPlan {

    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private static final int DAYS_AROUND = 7;
    private static final int ON_A_WORKDAY = 9;
    private static final int ON_A_REST_DAY = 4;
    /** The result of one past lecture in this number is not recorded yet. */
    private static final int UNRECORDED = 17;

    static final List<LocalTime> STARTS = List.of(LocalTime.of(9, 0), LocalTime.of(14, 30), LocalTime.of(19, 0));
    static final Set<String> HOSTS = Set.of("village", "community", "enterprise", "college", "agency", "hall", "grid");
    private static final List<String> FORMATS =
            List.of("lecture", "lecture", "story-telling", "lecture", "panel", "lecture", "field-class", "broadcast");
    private static final List<String> CANCELLATIONS = List.of(
            "主讲人临时有紧急任务 The lecturer was called away",
            "因暴雨预警取消 Cancelled because of a rainstorm warning",
            "场地临时检修 The room is under repair");

    private final City city;
    private final LocalDate today;
    private final List<City.Branch> hosts;
    private final Map<String, City.Topic> topics;
    private final Rooms rooms;

    private BookingPlan(City city, LocalDate today) {
        this.city = city;
        this.today = today;
        hosts = city.branches().stream()
                .filter(branch -> HOSTS.contains(branch.kind()))
                .toList();
        topics = city.topics().stream().collect(Collectors.toMap(City.Topic::id, Function.identity()));
        rooms = new Rooms(city);
    }

    static List<PlannedBooking> around(LocalDate today, City city) {
        return new BookingPlan(city, today).bookings();
    }

    private List<PlannedBooking> bookings() {
        List<PlannedBooking> result = new ArrayList<>();
        for (int offset = -DAYS_AROUND; offset <= DAYS_AROUND; offset++) {
            LocalDate day = today.plusDays(offset);
            boolean rest = day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
            int first = result.size();
            int count = rest ? ON_A_REST_DAY : ON_A_WORKDAY;
            Set<City.Lecturer> busy = new HashSet<>();
            for (int i = 0; i < count; i++) {
                busy.add(lecturer(first + i));
            }
            for (int i = 0; i < count; i++) {
                result.add(booking(first + i, day, i % STARTS.size(), busy));
            }
        }
        return result;
    }

    private PlannedBooking booking(int number, LocalDate day, int part, Set<City.Lecturer> busy) {
        City.Lecturer lecturer = lecturer(number);
        City.Topic topic =
                topic(lecturer.topicIds().get(number / 3 % lecturer.topicIds().size()));
        // A stride of 41 spreads the days over the whole city; it must be coprime to the number of hosts.
        City.Branch branch = hosts.get(number * 41 % hosts.size());
        String format = FORMATS.get(number % FORMATS.size());
        City.@Nullable Venue venue = format.equals("broadcast") ? null : rooms.take(branch, day, part);
        OffsetDateTime start = day.atTime(STARTS.get(part)).atZone(ZONE).toOffsetDateTime();
        int headCount = venue == null ? branch.headCount() : Math.min(branch.headCount(), venue.capacity());
        return new PlannedBooking(
                number,
                lecturer,
                topic,
                branch,
                venue,
                format,
                start,
                headCount,
                fate(number, day, start, topic, headCount, busy));
    }

    private PlannedBooking.Fate fate(
            int number, LocalDate day, OffsetDateTime start, City.Topic topic, int headCount, Set<City.Lecturer> busy) {
        boolean past = day.isBefore(today);
        if (number % 11 == 3) {
            return new PlannedBooking.Cancelled(CANCELLATIONS.get(number % CANCELLATIONS.size()));
        }
        if (past && number % UNRECORDED == 4) {
            return new PlannedBooking.Stands();
        }
        if (past) {
            return new PlannedBooking.Completed(
                    Math.max(1, headCount * (70 + number % 30) / 100), "现场反响良好 Well received");
        }
        if (day.equals(today)) {
            return new PlannedBooking.Stands();
        }
        if (number % 11 == 6) {
            return new PlannedBooking.Rescheduled(start.plusMinutes(30), "主讲人列车晚点 The lecturer's train is late");
        }
        if (number % 11 == 9) {
            for (int i = 1; i < city.lecturers().size(); i++) {
                City.Lecturer substitute = lecturer(number + i);
                if (substitute.topicIds().contains(topic.id()) && busy.add(substitute)) {
                    return new PlannedBooking.Reassigned(substitute, "主讲人因病请假 The lecturer is ill");
                }
            }
        }
        return new PlannedBooking.Stands();
    }

    private City.Lecturer lecturer(int number) {
        return city.lecturers().get(number % city.lecturers().size());
    }

    private City.Topic topic(String id) {
        City.Topic topic = topics.get(id);
        if (topic == null) {
            throw new IllegalStateException("A lecturer has the topic " + id + ", which is not in the list");
        }
        return topic;
    }
}
