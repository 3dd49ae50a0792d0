package org.lectern.scheduler.planning;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.lectern.scheduler.campaign.Drive;
import org.lectern.scheduler.support.City;

/**
 * A random town with a campaign, far from everything that other tests place: lecturers with hours, blackouts and
 * limits; branches with rooms and zones; halls; travel times that people entered; a public holiday in the window.
 */
public final class RandomTown {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private final City city;
    private final Random random;
    /** Each town has its own place on earth: the halls of others are too far away to be among the nearest. */
    private final double south;

    private final double west;
    public final List<UUID> topics = new ArrayList<>();
    public final List<UUID> branches = new ArrayList<>();
    public final List<UUID> rooms = new ArrayList<>();
    public final List<UUID> halls = new ArrayList<>();
    public final List<UUID> lecturers = new ArrayList<>();
    public final LocalDate from;
    public final LocalDate until;
    public final Drive drive;

    public RandomTown(City city, long seed, int days, int villages, int lecturerCount) {
        this.city = city;
        random = new Random(seed);
        south = -60 + 100 * random.nextDouble();
        west = -170 + 340 * random.nextDouble();
        from = LocalDate.now(SHANGHAI).plusDays(20);
        until = from.plusDays(days - 1L);
        drive = new Drive(city, 0, villages);
        topics.add(city.topic(90));
        topics.add(city.topic(60));
        drive.topics.addAll(topics);
        branches.addAll(drive.villages);
        for (int i = 0; i < branches.size(); i++) {
            branch(branches.get(i), i);
        }
        for (int i = 0; i < 2; i++) {
            UUID hall = city.venueAt(latitude(), longitude());
            halls.add(hall);
            hours(hall, i == 0 ? "{[480,1320),[1920,2760)}" : null);
            capacity(hall, 300);
        }
        for (int i = 0; i < lecturerCount; i++) {
            lecturer(i);
        }
        for (int i = 0; i < 3; i++) {
            travelTime(any(rooms), any(halls), random.nextInt(150));
            travelTime(any(branches), any(branches), random.nextInt(150));
        }
    }

    private double latitude() {
        return south + 0.3 * random.nextDouble();
    }

    private double longitude() {
        return west + 0.3 * random.nextDouble();
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private void branch(UUID branch, int number) {
        city.place("branch", branch, latitude(), longitude());
        if (number % 5 == 1) {
            city.run("UPDATE branch SET zone = 'Asia/Tokyo' WHERE id = ?", branch);
        }
        if (number % 4 == 2) {
            city.run("UPDATE branch SET parallel = true WHERE id = ?", branch);
        }
        city.run("UPDATE branch SET head_count = ? WHERE id = ?", 20 + random.nextInt(60), branch);
        UUID room = city.venue();
        rooms.add(room);
        city.run("UPDATE venue SET kind = 'branch-room', branch_id = ? WHERE id = ?", branch, room);
        if (number % 3 == 0) {
            city.place("venue", room, latitude(), longitude());
        }
        capacity(room, 40 + random.nextInt(60));
        hours(
                room,
                switch (number % 4) {
                    case 0 -> "{[540,1260),[1980,2700),[3420,4140),[6300,7020)}";
                    case 1 -> null;
                    case 2 -> "{[0,10080)}";
                    default -> "{[1080,1260),[2520,2700),[3960,4140),[5400,5580),[6840,7020)}";
                });
        if (number % 2 == 0) {
            city.run(
                    "INSERT INTO venue_hours_exception (venue_id, on_date, windows)"
                            + " SELECT venue_id, ?, '{[600,720)}' FROM venue_hours WHERE venue_id = ?",
                    day(),
                    room);
        }
    }

    public LocalDate day() {
        return from.plusDays(random.nextInt((int) (until.toEpochDay() - from.toEpochDay()) + 1));
    }

    private void capacity(UUID venue, int heads) {
        city.run("UPDATE venue SET capacity = ? WHERE id = ?", heads, venue);
    }

    private void hours(UUID venue, String weekly) {
        if (weekly != null) {
            city.run(
                    "INSERT INTO venue_hours (venue_id, version, zone, weekly, updated_at)"
                            + " VALUES (?, 2, 'Asia/Shanghai', cast(? AS int4multirange), now())",
                    venue,
                    weekly);
        }
    }

    private void lecturer(int number) {
        UUID id = number % 3 == 2 ? city.lecturer(topics.get(1)) : city.lecturer(topics.toArray(UUID[]::new));
        lecturers.add(id);
        city.run("UPDATE lecturer SET tier = ? WHERE id = ?", number % 2 == 0 ? "county" : "municipal", id);
        if (number % 4 != 3) {
            city.place("lecturer", id, latitude(), longitude());
        }
        String weekly = switch (number % 4) {
            case 0 -> "{[540,1080),[1980,2520),[3420,3960),[4860,5400)}";
            case 1 -> "{[0,10080)}";
            case 2 -> "{[780,1260),[2220,2700),[3660,4140),[5100,5580),[6540,7020)}";
            default -> "{}";
        };
        city.run(
                "INSERT INTO lecturer_availability (lecturer_id, version, zone, weekly, lectures_per_day,"
                        + " lectures_per_week, notice_hours, updated_at)"
                        + " VALUES (?, 2, ?, cast(? AS int4multirange), ?, ?, ?, now())",
                id,
                number % 4 == 1 ? "Asia/Tokyo" : "Asia/Shanghai",
                weekly,
                1 + random.nextInt(3),
                2 + random.nextInt(4),
                number % 3 == 0 ? 24 * 22 : 0);
        if (number % 2 == 0) {
            city.run(
                    "INSERT INTO lecturer_exception (lecturer_id, on_date, windows)"
                            + " VALUES (?, ?, cast(? AS int4multirange))",
                    id,
                    day(),
                    random.nextBoolean() ? "{}" : "{[600,900)}");
        }
        LocalDate away = day();
        city.run(
                "INSERT INTO lecturer_blackout (id, lecturer_id, from_at, until_at)"
                        + " VALUES (gen_random_uuid(), ?, ?::date + interval '3 hours', ?::date + interval '30 hours')",
                id,
                away,
                away);
    }

    private void travelTime(UUID one, UUID other, int minutes) {
        if (!one.equals(other)) {
            city.run(
                    "INSERT INTO travel_time (one_place, other_place, version, minutes, provided, updated_at, updated_by)"
                            + " VALUES (least(cast(? AS uuid), cast(? AS uuid)), greatest(cast(? AS uuid), cast(? AS uuid)),"
                            + " 1, ?, false, now(), 'test') ON CONFLICT DO NOTHING",
                    one,
                    other,
                    one,
                    other,
                    minutes);
        }
    }

    /** Makes the second day of the window a public holiday until {@link #forgetHoliday}. */
    public void holiday() {
        city.run(
                "INSERT INTO calendar_year (year, version, announced, updated_at) VALUES (?, 2, false, now())"
                        + " ON CONFLICT DO NOTHING",
                from.plusDays(1).getYear());
        city.run(
                "INSERT INTO calendar_day (on_date, year, name, off) VALUES (?, ?, '丰收节', true) ON CONFLICT DO NOTHING",
                from.plusDays(1),
                from.plusDays(1).getYear());
    }

    public void forgetHoliday() {
        city.run("DELETE FROM calendar_day WHERE on_date = ? AND name = '丰收节'", from.plusDays(1));
    }

    /** An active campaign for all villages. */
    public UUID campaign(int interval, List<String> tiers) {
        Map<String, Object> body = new HashMap<>(drive.body());
        body.put("from", from.toString());
        body.put("until", until.toString());
        body.put("minIntervalDays", interval);
        body.put("tiers", tiers);
        return UUID.fromString(drive.active(body).id);
    }
}
