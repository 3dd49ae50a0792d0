package org.lectern.notification.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.problem.Language;
import org.lectern.chassis.time.Zones;
import org.lectern.notification.event.EventReader;
import org.lectern.notification.event.EventType;
import org.lectern.notification.event.Unreadable;
import org.lectern.notification.support.Lectures;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;

/** An invalid detail for display, or an invalid trace, never blocks an event; invalid identity or version does. */
@ServiceTest
class ToleranceTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> UNUSABLE = List.of(
            "null", "\"\"", "\"  \"", "\"a\\u0000b\"", "\"a\\ud800b\"", "5", "true", "{}", "[1]", "{\"a\":[{}]}");

    @Inject
    Sql sql;

    @Inject
    Lectures lectures;

    private final EventReader reader = new EventReader();

    static Stream<Arguments> details() {
        List<Arguments> details = new ArrayList<>();
        List<String> ofBooking = List.of(
                "/lecturer/name",
                "/lecturer/code",
                "/lecturer/tier",
                "/topic/title",
                "/topic/code",
                "/branch/name",
                "/branch/code",
                "/venue/name",
                "/venue/code",
                "/venue/address",
                "/lecturer",
                "/topic",
                "/venue",
                "/format",
                "/zone",
                "/joinLink",
                "/reason",
                "/status",
                "/before",
                "/expectedHeadCount");
        for (EventType type : EventType.values()) {
            List<String> members = switch (type) {
                case BRANCH_CHANGED -> List.of("/name", "/kind", "/zone", "/locale");
                case REQUEST_CHANGED ->
                    Stream.concat(
                                    ofBooking.stream().filter(each -> !each.equals("/venue")),
                                    Stream.of(
                                            "/offer/lecturer/name",
                                            "/offer/venue/name",
                                            "/offer/venue",
                                            "/offer/lecturer"))
                            .toList();
                case LECTURER_ANSWER_CHANGED -> // the lecturer is identity here
                    ofBooking.stream().filter(each -> !each.equals("/lecturer")).toList();
                default -> ofBooking;
            };
            members.forEach(member -> details.add(arguments(type, member)));
        }
        return details.stream();
    }

    @ParameterizedTest
    @MethodSource("details")
    void unusableDetail_isReadAsAbsent(EventType type, String member) throws Exception {
        for (String unusable : UNUSABLE) {
            ObjectNode example = Scheduler.example(type.type().substring("lectern.".length()));
            int slash = member.lastIndexOf('/');
            if (example.at(member.substring(0, slash)) instanceof ObjectNode parent) {
                parent.set(member.substring(slash + 1), JSON.readTree(unusable));
            }
            assertThat(reader.read(type, example.toString().getBytes(StandardCharsets.UTF_8)))
                    .as(member + " " + unusable)
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"bookingId", "version", "start", "end", "branch"})
    void unusableIdentityOrTime_isRefused(String member) {
        ObjectNode example = Scheduler.example("booking.changed.v1");
        example.putNull(member);
        assertThatThrownBy(() -> reader.read(
                        EventType.BOOKING_CHANGED, example.toString().getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Unreadable.class);
    }

    @Test
    void branchWithoutCode_isRefused() {
        for (String code : List.of("null", "\"\"", "\"a\\u0000\"", "{}")) {
            ObjectNode example = Scheduler.example("branch.changed.v1");
            assertThatThrownBy(() -> {
                        example.set("code", JSON.readTree(code));
                        reader.read(EventType.BRANCH_CHANGED, example.toString().getBytes(StandardCharsets.UTF_8));
                    })
                    .as(code)
                    .isInstanceOf(Unreadable.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "en, en",
        "en-GB, en",
        "fr, en",
        "de-CN, en",
        "'', en",
        "x, en",
        "zh, zh-CN",
        "zh-TW, zh-CN",
        "zh-Hant-HK, zh-CN",
        "zh_CN.UTF-8, zh-CN",
        "ZH_cn, zh-CN",
        "yue-HK, zh-CN",
        "cmn, zh-CN",
        "und-Hans, zh-CN",
        "und-CN, zh-CN",
        "zhx, en",
        "not a tag, en",
        "中文, en"
    })
    void locale_fallsBackToTheNearestLanguage(String tag, String language) {
        assertThat(Language.nearest(tag)).isEqualTo(language);
    }

    @Test
    void branchWithUnknownLocaleAndZone_isNotified() {
        UUID branch = UUID.randomUUID();
        var described = Scheduler.described(branch, "TOL-" + branch, 1);
        described
                .data()
                .put("locale", "zh-Hant-TW")
                .put("zone", "Mars/Olympus")
                .putNull("name")
                .putNull("kind");
        Scheduler.send(described);
        var confirmed = Scheduler.confirmed(branch, 48);
        confirmed.data().put("zone", "Moon");
        ((ObjectNode) confirmed.data().get("lecturer")).put("name", " ");
        ((ObjectNode) confirmed.data().get("topic")).putNull("title").putNull("code");

        lectures.told(confirmed, branch);

        assertThat(sql.one(
                        "SELECT title || chr(10) || body AS text FROM notice WHERE branch_id = ?",
                        row -> row.text("text"),
                        branch))
                .hasValueSatisfying(
                        text -> assertThat(text).startsWith("宣讲已确定：—\n时间：").contains("讲师：L-007", "主题：—"));
        assertThat(sql.one(
                        "SELECT name || ' ' || zone || ' ' || locale AS row FROM recipient WHERE id = ?",
                        row -> row.text("row"),
                        branch))
                .hasValue("TOL-" + branch + " Asia/Shanghai zh-CN");
    }

    @Test
    void unknownStoredZone_isReadAsTheDefault() {
        UUID branch = lectures.branch("TOZ-" + UUID.randomUUID(), null, "en");
        UUID endpoint = lectures.endpoint(branch, true);
        sql.update("UPDATE recipient SET zone = 'Mars/Olympus' WHERE id = ?", branch);
        var confirmed = Scheduler.confirmed(branch, 48);
        lectures.told(confirmed, branch);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(sql.list(
                                "SELECT state FROM delivery WHERE endpoint_id = ?", row -> row.text("state"), endpoint))
                        .containsExactly("DELIVERED"));
        assertThat(Zones.of("Mars/Olympus")).isEqualTo(Zones.DEFAULT);
    }

    static Stream<List<String>> traces() {
        String good = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        return Stream.of(
                List.of("traceparent", good, "traceparent", good),
                List.of("traceparent", "00-" + "0".repeat(5000)),
                List.of("traceparent", "", "tracestate", "x".repeat(5000)),
                List.of("traceparent", "\u0000\uFFFF宣讲"),
                List.of("traceparent", good, "tracestate", "a=1", "tracestate", "b=2"));
    }

    @ParameterizedTest
    @MethodSource("traces")
    void unusableTrace_isDroppedAndTheEventTaken(List<String> trace) throws Exception {
        UUID branch = lectures.branch("TOT-" + UUID.randomUUID(), null, "en");
        var confirmed = Scheduler.confirmed(branch, 48);
        var message = new ProducerRecord<>(confirmed.topic(), confirmed.key(), confirmed.bytes());
        confirmed.headers().forEach((name, content) -> message.headers().add(name, content));
        for (int i = 0; i < trace.size(); i += 2) {
            message.headers().add(trace.get(i), trace.get(i + 1).getBytes(StandardCharsets.UTF_8));
        }
        try (var kafka = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class)),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            kafka.send(message).get();
        }
        lectures.awaitKinds(branch, confirmed.subject(), "CONFIRMED");
    }
}
