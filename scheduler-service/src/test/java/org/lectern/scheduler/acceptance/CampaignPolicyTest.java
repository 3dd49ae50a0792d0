package org.lectern.scheduler.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lectern.scheduler.support.Registries.organizer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.campaign.Drive;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;

/** The policy of a campaign overrides that of the lecturer's tier, which overrides the default. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class CampaignPolicyTest {

    @Inject
    City city;

    @Test
    void campaignThatRequiresAnswers_asksEveryLecturer() {
        JsonPath booked = booked("municipal", Map.of("policy", "REQUIRED", "withinHours", 5));

        assertThat(booked.getString("lecturerAnswer.state")).isEqualTo("PENDING");
        assertThat(OffsetDateTime.parse(booked.getString("lecturerAnswer.dueAt"))
                        .toInstant())
                .isBefore(Instant.now().plus(Duration.ofHours(6)))
                .isAfter(Instant.now().plus(Duration.ofHours(4)));
    }

    @Test
    void campaignThatAsksNoLecturer_overridesATierThatMustAccept() {
        assertThat(booked("must-accept", Map.of("policy", "NONE")).getString("lecturerAnswer"))
                .isNull();
    }

    @Test
    void campaignWithoutAPolicy_leavesItToTheTier() {
        assertThat(booked("must-accept", null).getString("lecturerAnswer.state"))
                .isEqualTo("PENDING");
        assertThat(booked("municipal", null).getString("lecturerAnswer")).isNull();
    }

    private JsonPath booked(String tier, @Nullable Map<String, Object> policy) {
        Drive drive = new Drive(city, 1, 1);
        UUID lecturer = drive.lecturer(tier);
        Map<String, Object> body = drive.body();
        if (policy != null) {
            body.put("lecturerAnswer", policy);
        }
        drive.active(body);
        String id = drive.book(lecturer, drive.topics.getFirst(), drive.villages.getFirst(), 20, 10);
        return organizer().get("/api/v1/bookings/" + id).jsonPath();
    }
}
