package org.lectern.notification.followup;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.support.Lectures;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;

/** On the evening before, a lecturer gets one list of all lectures of the next day, in order. */
@ServiceTest
class DaySheetTest {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Inject
    Sql sql;

    @Inject
    Lectures lectures;

    @Inject
    DaySheets sheets;

    /** The day of the lectures: far enough ahead that no other test and no round of the service meets it. */
    private final ZonedDateTime day =
            Instant.now().plus(40, ChronoUnit.DAYS).atZone(ZONE).truncatedTo(ChronoUnit.DAYS);

    @Test
    void sheet_listsTheLecturesOfTheDayInOrder() {
        UUID lecturer = lecturer("en");
        told("confirmed", UUID.randomUUID(), 1, lecturer, 14);
        told("confirmed", UUID.randomUUID(), 1, lecturer, 9);
        told("confirmed", UUID.randomUUID(), 1, lecturer, 34); // the day after
        UUID off = UUID.randomUUID();
        told("confirmed", off, 1, lecturer, 18);
        told("cancelled", off, 2, lecturer, 18);

        sheets.send(evening("17:59"));
        assertThat(bodies(lecturer)).isEmpty();
        sheets.send(evening("18:00"));
        sheets.send(evening("19:00"));

        assertThat(bodies(lecturer)).hasSize(1);
        List<String> lines = bodies(lecturer).getFirst().lines().toList();
        assertThat(lines.stream().filter(line -> line.matches("\\d+\\. .*")).toList())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("1. ").contains("09:00–11:00"),
                        line -> assertThat(line).startsWith("2. ").contains("14:00–16:00"));
        assertThat(lines)
                .anyMatch(line -> line.startsWith("Place: "))
                .anyMatch(line -> line.startsWith("Map: https://"));
        assertThat(lines).filteredOn(line -> line.startsWith("Host: ")).hasSize(2);
        assertThat(sql.list(
                        "SELECT title FROM notice WHERE branch_id = ? AND kind = 'DAY_SHEET'",
                        row -> row.text("title"),
                        lecturer))
                .singleElement()
                .satisfies(title ->
                        assertThat(title).startsWith("Your lectures on ").endsWith(": 2"));
    }

    @Test
    void sheet_isSentOncePerEndpoint() {
        UUID lecturer = lecturer("zh-CN");
        UUID endpoint = lectures.endpoint(lecturer, true);
        told("confirmed", UUID.randomUUID(), 1, lecturer, 9);

        sheets.send(evening("20:00"));
        sheets.send(evening("20:01"));

        assertThat(sql.list("""
                SELECT d.endpoint_id FROM delivery d JOIN notice n ON n.id = d.notice_id
                WHERE n.branch_id = ? AND n.kind = 'DAY_SHEET'""", row -> row.id("endpoint_id"), lecturer)).containsExactly(endpoint);
        assertThat(bodies(lecturer).getFirst()).contains("场所：", "地图：https://", "主办单位：");
    }

    @Test
    void lecturerWithoutReminders_getsNoSheet() {
        UUID lecturer = lecturer("en");
        told("confirmed", UUID.randomUUID(), 1, lecturer, 9);
        sql.update("""
                INSERT INTO recipient_preference (branch_id, reminders, version, updated_at, updated_by)
                VALUES (?, false, 2, now(), 'test')""", lecturer);

        sheets.send(evening("18:00"));

        assertThat(bodies(lecturer)).isEmpty();
    }

    private UUID lecturer(String locale) {
        return lectures.lecturer("L-" + UUID.randomUUID(), locale);
    }

    /** A time on the day before. */
    private Instant evening(String time) {
        return day.minusDays(1).with(LocalTime.parse(time)).toInstant();
    }

    /** A version of a lecture that begins this many hours into the day. */
    private void told(String type, UUID booking, int version, UUID lecturer, int hour) {
        long ahead = ChronoUnit.HOURS.between(
                Instant.now().truncatedTo(ChronoUnit.HOURS), day.plusHours(hour).toInstant());
        UUID host = Scheduler.branch("DST-" + UUID.randomUUID(), null, "en");
        lectures.told(Scheduler.version(type, booking, version, host, ahead).by(lecturer), lecturer);
    }

    private List<String> bodies(UUID lecturer) {
        return sql.list(
                "SELECT body FROM notice WHERE branch_id = ? AND kind = 'DAY_SHEET'",
                row -> row.text("body"),
                lecturer);
    }
}
