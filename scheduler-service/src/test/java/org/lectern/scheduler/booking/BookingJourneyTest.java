package org.lectern.scheduler.booking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.lectern.scheduler.booking.BookingApi.at;
import static org.lectern.scheduler.booking.BookingApi.book;
import static org.lectern.scheduler.booking.BookingApi.change;
import static org.lectern.scheduler.booking.BookingApi.lecture;
import static org.lectern.scheduler.booking.BookingApi.organizer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.scheduler.support.Contract;
import org.lectern.scheduler.support.Topic;

/** The whole life cycle of bookings, from the API to the topic. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class BookingJourneyTest {

    @Inject
    City city;

    @Test
    void everyChangeOfABookingIsAnsweredKeptAndPublishedInOrder() {
        City.Cast cast = city.cast();
        String start = lecture(cast, at(3, 14), at(3, 16)).get("start").toString();

        String id = book(lecture(cast, at(3, 14), at(3, 16)))
                .then()
                .statusCode(201)
                .header("ETag", "\"1\"")
                .body("version", equalTo(1), "status", equalTo("CONFIRMED"), "start", equalTo(start))
                .body("lecturer.name", equalTo("林晓岚"), "venue.address", equalTo("青石村8号"))
                .extract()
                .path("id");
        change(
                        id,
                        "change",
                        1,
                        Map.of("start", lecture(cast, at(4, 9), at(4, 11)).get("start"), "reason", "礼堂检修"))
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("version", equalTo(2), "reason", equalTo("礼堂检修"));
        var other = city.lecturer(cast.topic());
        change(id, "change", 2, Map.of("lecturerId", other, "reason", "讲师临时有任务"))
                .then()
                .statusCode(200)
                .body("version", equalTo(3), "lecturer.id", equalTo(other.toString()));
        change(id, "cancel", 3, Map.of("reason", "台风预警"))
                .then()
                .statusCode(200)
                .body("version", equalTo(4), "status", equalTo("CANCELLED"), "reason", equalTo("台风预警"));

        organizer()
                .get("/api/v1/bookings/{id}/history", id)
                .then()
                .statusCode(200)
                .body("items.action", contains("CONFIRMED", "CHANGED", "CHANGED", "CANCELLED"))
                .body("items.version", contains(1, 2, 3, 4))
                .body("items[0].before", nullValue(), "items[0].actor", equalTo("organizer"))
                .body("items[1].before.start", equalTo(start), "items[1].reason", equalTo("礼堂检修"))
                .body("items[2].after.lecturer.id", equalTo(other.toString()))
                .body("items[3].before.status", equalTo("CONFIRMED"));

        List<ConsumerRecord<String, String>> events = Topic.read("lectern.bookings", id, 4);
        assertThat(events)
                .extracting(event -> Topic.header(event, "ce_type"))
                .containsExactly(
                        "lectern.booking.confirmed.v1",
                        "lectern.booking.changed.v1",
                        "lectern.booking.changed.v1",
                        "lectern.booking.cancelled.v1");
        assertThat(events)
                .extracting(event -> Topic.header(event, "ce_sequence"))
                .containsExactly("1", "2", "3", "4");
        for (var event : events) {
            Contract.validate(Topic.header(event, "ce_type"), event.value());
            assertThat(Topic.header(event, "ce_subject")).isEqualTo(id).isEqualTo(event.key());
            assertThat(Topic.header(event, "ce_specversion")).isEqualTo("1.0");
            assertThat(Topic.header(event, "traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]");
            assertThat(event.value()).doesNotContain("example.org", "138 0000", "note");
        }
        assertThat(events.get(2).headers().headers("ce_id")).hasSize(1);
        assertThat(new String(
                        events.getFirst().headers().lastHeader("content-type").value(), UTF_8))
                .isEqualTo("application/json");
    }

    @Test
    void aLectureThatWasHeldIsCompletedWithItsHeadCount() {
        City.Cast cast = city.cast();
        String id = book(lecture(cast, at(-2, 9), at(-2, 11)))
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        change(id, "complete", 1, Map.of("headCount", 76, "note", "现场提问踊跃"))
                .then()
                .statusCode(200)
                .body("status", equalTo("COMPLETED"), "completion.headCount", equalTo(76));

        var events = Topic.read("lectern.bookings", id, 2);
        Contract.validate("lectern.booking.completed.v1", events.get(1).value());
        assertThat(events.get(1).value()).contains("\"headCount\":76").doesNotContain("现场提问踊跃");
    }

    @Test
    void anOnlineLectureNeedsNoVenue() {
        City.Cast cast = city.cast();
        Map<String, Object> body = lecture(cast, at(5, 9), at(5, 10));
        body.remove("venueId");
        body.put("format", "broadcast");
        body.put("joinLink", "https://live.example.org/r/17");

        String id = book(body)
                .then()
                .statusCode(201)
                .body("venue", nullValue(), "joinLink", equalTo("https://live.example.org/r/17"))
                .extract()
                .path("id");

        Contract.validate(
                "lectern.booking.confirmed.v1",
                Topic.read("lectern.bookings", id, 1).getFirst().value());
    }

    @Test
    void withoutAnEndALectureLastsAsLongAsItsTopic() {
        City.Cast cast = city.cast();
        Map<String, Object> body = lecture(cast, at(6, 9), at(6, 10));
        body.remove("end");

        book(body)
                .then()
                .statusCode(201)
                .body(
                        "end",
                        equalTo(lecture(cast, at(6, 9), at(6, 9).plusMinutes(90))
                                .get("end")));
    }
}
