package org.lectern.scheduler.campaign;

import static org.lectern.scheduler.support.Lectures.at;
import static org.lectern.scheduler.support.Lectures.day;
import static org.lectern.scheduler.support.Lectures.lecture;
import static org.lectern.scheduler.support.Lectures.post;
import static org.lectern.scheduler.support.Registries.organizer;

import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.lectern.scheduler.support.City;
import org.lectern.scheduler.support.City.Cast;

/** A campaign for one test: a county with two townships of villages below it, and its lecturers. */
public final class Drive {

    final City city;
    public final List<UUID> topics = new ArrayList<>();
    final List<UUID> townships = new ArrayList<>();
    public final List<UUID> villages = new ArrayList<>();
    public final UUID county;
    public String id = "";

    public Drive(City city, int topicCount, int villagesEach) {
        this.city = city;
        county = city.branch(null, "Asia/Shanghai", false);
        kind(county, "county");
        for (int i = 0; i < topicCount; i++) {
            topics.add(city.topic(90));
        }
        for (int i = 0; i < 2; i++) {
            UUID township = city.branch(county, "Asia/Shanghai", false);
            kind(township, "township");
            townships.add(township);
            for (int j = 0; j < villagesEach; j++) {
                villages.add(city.branch(township, "Asia/Shanghai", false));
            }
        }
    }

    public void kind(UUID branch, String kind) {
        city.run("UPDATE branch SET kind = ? WHERE id = ?", kind, branch);
    }

    public UUID lecturer(String tier) {
        UUID id = city.lecturer(topics.toArray(UUID[]::new));
        city.run("UPDATE lecturer SET tier = ? WHERE id = ?", tier, id);
        return id;
    }

    /** Targets all villages of the county, from three weeks ago to one month ahead. */
    public Map<String, Object> body() {
        Map<String, Object> body = new HashMap<>();
        body.put("code", "C-" + UUID.randomUUID());
        body.put("name", "冬季基层宣讲");
        body.put("topicIds", topics);
        body.put("targets", Map.of("subtreeOf", List.of(county), "kinds", List.of("village")));
        body.put("from", day(-21).toString());
        body.put("until", day(30).toString());
        return body;
    }

    public Drive active(Map<String, Object> body) {
        id = organizer()
                .body(body)
                .post("/api/v1/campaigns")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        change("activate", 1).then().statusCode(200);
        return this;
    }

    public Response change(String verb, int version) {
        return organizer().header("If-Match", "\"" + version + "\"").post("/api/v1/campaigns/" + id + "/" + verb);
    }

    /** A one-hour lecture of the campaign, which overrides the rules of the calendar. */
    public Map<String, Object> body(UUID lecturer, UUID topic, UUID branch, int days, int hour) {
        Cast cast = new Cast(lecturer, topic, branch, "", city.venue());
        Map<String, Object> body = lecture(cast, at(day(days), hour, 0), at(day(days), hour + 1, 0));
        body.put("campaignId", id);
        body.put("override", Map.of("reason", "按活动安排"));
        return body;
    }

    public String book(UUID lecturer, UUID topic, UUID branch, int days, int hour) {
        return post("/api/v1/bookings", body(lecturer, topic, branch, days, hour))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    public Response get(String path) {
        return organizer().get("/api/v1/campaigns/" + id + path);
    }
}
