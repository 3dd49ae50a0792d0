package org.lectern.notification.channel.chat;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.delivery.OutgoingMessage;
import org.lectern.notification.directory.RecipientKind;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;
import org.lectern.notification.support.WebReceiver;
import org.lectern.notification.support.WebReceiver.Reply;
import org.lectern.notification.support.WebReceiver.Request;
import org.lectern.testing.Tokens;

/** Messages to group robots match the rules of each platform; fakes behave as the platforms document. */
@ServiceTest
class RobotTest {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "SEC0123456789abcdef";
    private static final Map<String, String> TAKEN = Map.of(
            "wecom", "{\"errcode\":0,\"errmsg\":\"ok\"}",
            "dingtalk", "{\"errcode\":0,\"errmsg\":\"ok\"}",
            "feishu", "{\"code\":0,\"msg\":\"success\",\"data\":{}}");
    private static final AtomicReference<Function<Request, Reply>> MANNERS = new AtomicReference<>();
    private static WebReceiver platforms;

    @Inject
    Sql sql;

    private UUID branch;
    private String key;

    @BeforeAll
    static void thePlatformsAreUp() {
        int port = ConfigProvider.getConfig().getValue("lectern.test.robots", Integer.class);
        platforms = new WebReceiver(port, request -> MANNERS.get().apply(request));
    }

    @AfterAll
    static void andDown() {
        platforms.close();
    }

    @BeforeEach
    void aBranch() {
        key = "key-" + UUID.randomUUID();
        branch = Scheduler.branch("ROB-" + UUID.randomUUID(), null, "zh-CN");
        await().atMost(LONG)
                .untilAsserted(() -> given().auth()
                        .oauth2(Tokens.operator())
                        .get(endpoints())
                        .then()
                        .statusCode(200));
    }

    @Test
    void weComResultCode_decidesTheOutcome() {
        answers(request -> Reply.json(TAKEN.get("wecom")));
        add("wecom", null);
        Scheduler.send(Scheduler.confirmed(branch, 30));
        await().atMost(LONG).untilAsserted(() -> assertThat(states()).containsExactly("DELIVERED"));
        assertThat(answers()).containsExactly("wecom-0");
        JsonNode message = read(ours().getFirst());
        assertThat(message.path("msgtype").asText()).isEqualTo("text");
        assertThat(message.path("text").path("content").asText()).contains("宣讲已确定", "讲师：");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wecom", "dingtalk", "feishu"})
    void offer_isAnsweredByItsLink(String channel) {
        answers(request -> Reply.json(TAKEN.get(channel)));
        add(channel, null);
        UUID request = UUID.randomUUID();
        Scheduler.send(Scheduler.request("requested", request, 1, branch));
        Scheduler.send(Scheduler.request("offered", request, 2, branch));
        await().atMost(LONG).untilAsserted(() -> assertThat(states()).containsExactly("DELIVERED"));

        String last = text(channel, ours().getLast()).lines().toList().getLast();

        assertThat(last).matches("请答复接受或谢绝：http://\\S+/o/[A-Za-z0-9_-]{64}");
        given().get(last.substring(last.indexOf("http"))).then().statusCode(200);
    }

    @Test
    void a200WithAnErrorCodeIsNoDelivery() {
        answers(request -> Reply.json("{\"errcode\":40058,\"errmsg\":\"text too long\"}"));
        add("wecom", null);
        Scheduler.send(Scheduler.confirmed(branch, 30));
        await().atMost(LONG).untilAsserted(() -> assertThat(states()).containsExactly("DEAD"));
        assertThat(answers()).containsExactly("wecom-40058");

        answers(request -> new Reply(200, Map.of(), "<html>login</html>"));
        Scheduler.send(Scheduler.confirmed(branch, 31));
        await().atMost(LONG).untilAsserted(() -> assertThat(answers()).contains("no-code"));
    }

    @Test
    void removedRobot_isDisabled() {
        answers(request -> Reply.json("{\"errcode\":93000,\"errmsg\":\"invalid webhook url\"}"));
        String path = add("wecom", null);
        Scheduler.send(Scheduler.confirmed(branch, 30));
        await().atMost(LONG).untilAsserted(() -> assertThat(states()).containsExactly("PARKED"));
        given().auth()
                .oauth2(Tokens.operator())
                .get(path)
                .then()
                .body("status", equalTo("disabled"))
                .body("disabledReason", equalTo("wecom-93000"));
    }

    @ParameterizedTest
    @CsvSource({
        "wecom, errcode, 93000, PARKED",
        "wecom, errcode, 93004, PARKED",
        "wecom, errcode, 45002, DEAD",
        "dingtalk, errcode, 300001, PARKED",
        "dingtalk, errcode, 400102, PARKED",
        "dingtalk, errcode, 430101, DEAD",
        "feishu, code, 19001, PARKED",
        "feishu, code, 9499, DEAD"
    })
    void codeThatMeansNever_endsTheAttempt(String channel, String member, int code, String state) {
        // also with another HTTP status
        answers(request -> new Reply(
                code % 2 == 0 ? 400 : 200,
                Map.of("Content-Type", "application/json"),
                "{\"" + member + "\":" + code + ",\"errmsg\":\"no\"}"));
        add(channel, null);
        Scheduler.send(Scheduler.confirmed(branch, 30));
        await().atMost(LONG).untilAsserted(() -> assertThat(states()).containsExactly(state));
        assertThat(answers()).containsExactly(channel + "-" + code);
    }

    @Test
    void dingTalkIsSignedInItsAddress() {
        answers(request -> {
            Map<String, String> query = query(request);
            return Reply.json(
                    dingTalkSignature(query.get("timestamp")).equals(query.get("sign"))
                            ? TAKEN.get("dingtalk")
                            : "{\"errcode\":310000,\"errmsg\":\"sign not match\"}");
        });
        add("dingtalk", SECRET);
        Scheduler.send(Scheduler.confirmed(branch, 30));
        await().atMost(LONG).untilAsserted(() -> assertThat(states()).containsExactly("DELIVERED"));
        assertThat(query(ours().getFirst()).get("access_token")).isEqualTo(key);
    }

    @Test
    void wrongSignature_isRetried() {
        answers(request -> Reply.json("{\"errcode\":310000,\"errmsg\":\"sign not match\"}"));
        add("dingtalk", "another-secret");
        Scheduler.send(Scheduler.confirmed(branch, 30));
        await().atMost(LONG).untilAsserted(() -> assertThat(answers()).contains("dingtalk-310000"));
        answers(request -> Reply.json(TAKEN.get("dingtalk")));
        await().atMost(LONG).untilAsserted(() -> assertThat(states()).containsExactly("DELIVERED"));
    }

    @Test
    void rateLimitedRobot_isPaused() {
        var times = new CopyOnWriteArrayList<Instant>();
        answers(request -> {
            times.add(Instant.now());
            return Reply.json(
                    times.size() == 1 ? "{\"errcode\":130101,\"errmsg\":\"send too fast\"}" : TAKEN.get("dingtalk"));
        });
        String path = add("dingtalk", SECRET);
        Scheduler.send(Scheduler.confirmed(branch, 30));
        await().atMost(LONG).untilAsserted(() -> assertThat(states()).containsExactly("DELIVERED"));
        assertThat(answers()).containsExactly("dingtalk-130101", "dingtalk-0");
        assertThat(Duration.between(times.get(0), times.get(1))).isGreaterThan(Duration.ofMillis(900));
        given().auth().oauth2(Tokens.operator()).get(path).then().body("status", equalTo("active"));
    }

    @Test
    void possibleRepeat_isMarked() {
        answers(request -> switch (ours().size()) {
            case 1 -> Reply.json("{\"errcode\":-1,\"errmsg\":\"system busy\"}");
            case 2 -> Reply.of(0);
            default -> Reply.json(TAKEN.get("wecom"));
        });
        add("wecom", null);
        Scheduler.send(Scheduler.confirmed(branch, 30));
        await().atMost(LONG).untilAsserted(() -> assertThat(states()).containsExactly("DELIVERED"));
        assertThat(answers()).containsExactly("wecom--1", "no-connection", "wecom-0");
        List<Boolean> marked = ours().stream()
                .map(request ->
                        read(request).path("text").path("content").asText().contains("（重发）"))
                .toList();
        assertThat(marked).containsExactly(false, false, true);
    }

    @Test
    void feishuIsSignedInItsBody() {
        answers(request -> {
            JsonNode body = read(request);
            return Reply.json(
                    feishuSignature(body.path("timestamp").asText())
                                    .equals(body.path("sign").asText())
                            ? TAKEN.get("feishu")
                            : "{\"code\":19021,\"msg\":\"sign match fail\"}");
        });
        add("feishu", SECRET);
        Scheduler.send(Scheduler.confirmed(branch, 30));
        await().atMost(LONG).untilAsserted(() -> assertThat(states()).containsExactly("DELIVERED"));
        JsonNode message = read(ours().getFirst());
        assertThat(message.path("msg_type").asText()).isEqualTo("text");
        assertThat(message.path("content").path("text").asText()).contains("宣讲已确定");
    }

    @Test
    void burst_becomesFewMessages() {
        answers(request -> Reply.json(TAKEN.get("feishu")));
        add("feishu", null);
        String path = endpoints() + "/" + endpoint();
        String shown = given().auth().oauth2(Tokens.operator()).get(path).path("address");
        put(path, "\"1\"", shown, false).statusCode(200);
        for (int i = 0; i < 30; i++) {
            Scheduler.send(Scheduler.confirmed(branch, 30 + i));
        }
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(states()).hasSize(30).containsOnly("PARKED"));
        put(path, "\"2\"", shown, true).statusCode(200);
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(states()).hasSize(30).containsOnly("DELIVERED"));
        List<String> texts = ours().stream()
                .map(request -> read(request).path("content").path("text").asText())
                .toList();
        assertThat(texts).hasSizeLessThan(20);
        assertThat(texts.stream()
                        .mapToInt(text -> text.split("宣讲已确定", -1).length - 1)
                        .sum())
                .isEqualTo(30);
        assertThat(sql.one(
                        "SELECT max(attempts) AS most FROM delivery WHERE branch_id = ?",
                        row -> row.number("most"),
                        branch))
                .as("waiting for its turn is no attempt")
                .hasValue(1);
    }

    @Test
    void keyOfARobot_isEncryptedAndHidden() {
        String path = add("feishu", SECRET);
        var shown = given().auth().oauth2(Tokens.organizer()).get(path).then();
        shown.body("address", containsString("/open-apis/bot/v2/hook/***")).body("address", not(containsString(key)));
        String row = sql.one(
                        "SELECT e::text AS row FROM endpoint e WHERE branch_id = ?", each -> each.text("row"), branch)
                .orElseThrow();
        assertThat(row).doesNotContain(key).doesNotContain(SECRET).contains("v1.development.");
        post("feishu", address("feishu"), SECRET).statusCode(409).body("code", equalTo("endpoint-exists"));
    }

    @Test
    void onlyRobotsOfThePlatformAreCalled() {
        for (String address : List.of(
                "http://qyapi.weixin.qq.com.evil.cn/cgi-bin/webhook/send?key=" + key,
                "https://evil@qyapi.weixin.qq.com/cgi-bin/webhook/send?key=" + key,
                address("wecom") + "&x=http://evil.cn",
                address("wecom") + "/../../other",
                address("wecom").substring(0, address("wecom").lastIndexOf('=') + 1))) {
            post("wecom", address, null).statusCode(400).body("errors.pointer", contains("/address"));
        }
        post("wecom", address("wecom"), SECRET).statusCode(400).body("errors.pointer", contains("/secret"));
        post("dingtalk", address("dingtalk"), "a b").statusCode(400).body("errors.pointer", contains("/secret"));
    }

    @Test
    void overlongNotice_keepsTimePlaceAndLinks() {
        String url = "https://lectern.example.org/a/" + "x".repeat(43);
        String join = "https://live.example.org/" + "r".repeat(300);
        String body = "时间：2026年12月1日\n地点：礼堂\n链接：" + join + "\n主题：" + "题".repeat(700) + "\n原因：" + "长".repeat(3000);
        String one = Words.of(List.of(letter("题".repeat(1000), body, url)), WeComChannel.MOST_BYTES);
        assertThat(bytes(one)).isLessThanOrEqualTo(WeComChannel.MOST_BYTES);
        assertThat(one.lines()).contains("时间：2026年12月1日", "地点：礼堂", "链接：" + join);
        assertThat(one).contains("查看全文").endsWith("请确认已知悉：" + url);
        assertThat(Words.of(List.of(letter("宣讲已确定", "短", url)), WeComChannel.MOST_BYTES))
                .isEqualTo("宣讲已确定\n短\n请确认已知悉：" + url);
        assertThat(Words.of(
                        List.of(letter("宣讲已确定", "长".repeat(900), "https://" + "y".repeat(2100))),
                        WeComChannel.MOST_BYTES))
                .as("half a link is worse than none")
                .doesNotContain("yyy");
    }

    @Test
    void noticesOfOneMessage_fitWhenSentAgain() {
        List<OutgoingMessage> letters = IntStream.range(0, 30)
                .mapToObj(i -> letter("宣讲已确定", "长".repeat(20 + i), "https://lectern.example.org/a/" + i))
                .toList();
        List<OutgoingMessage> fitting = Words.fitting(letters, WeComChannel.MOST_BYTES);
        assertThat(fitting).hasSizeBetween(2, 29);
        List<OutgoingMessage> repeated = fitting.stream()
                .map(letter -> new OutgoingMessage(
                        letter.deliveryId(),
                        2,
                        true,
                        letter.to(),
                        letter.subjectId(),
                        letter.locale(),
                        letter.title(),
                        letter.body(),
                        false,
                        null,
                        letter.answer()))
                .toList();
        assertThat(bytes(Words.of(repeated, WeComChannel.MOST_BYTES))).isLessThanOrEqualTo(WeComChannel.MOST_BYTES);
        assertThat(Words.fitting(repeated, WeComChannel.MOST_BYTES)).hasSameSizeAs(fitting);
        assertThat(Words.fitting(List.of(letter("宣讲", "长".repeat(5000), "https://x.example")), 2048))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wecom", "dingtalk", "feishu"})
    void links_surviveAndNamesAreDefused(String channel) {
        answers(request -> Reply.json(TAKEN.get(channel)));
        add(channel, null);
        String join = "https://live.example.org/会议(1)/a_b*c/@room?u=x@y.cn&n=%E4%B8%80&z=[1]#top";
        var message = Scheduler.confirmed(branch, 30);
        message.data().put("joinLink", join);
        ((ObjectNode) message.data().get("topic")).put("title", "[点我](https://evil.example/a@b) **粗** @所有人");
        ((ObjectNode) message.data().get("lecturer")).put("name", "<at user_id=\"all\">林</at> `x` <@all>");
        Scheduler.send(message);
        await().atMost(LONG).untilAsserted(() -> assertThat(states()).containsExactly("DELIVERED"));

        String text = text(channel, ours().getLast());
        assertThat(text.lines())
                .contains("链接：" + join.replace("[", "%5B").replace("]", "%5D"))
                .anyMatch(line -> line.startsWith("请确认已知悉：http://localhost"));
        assertThat(text)
                .contains("主题：［点我］(https://evil.example/a@b) ＊＊粗＊＊ ＠所有人", "讲师：＜at user_id=\"all\"＞林＜/at＞ ｀x｀ ＜＠all＞")
                .doesNotContain("<", ">", "](", "**", "`");
    }

    @Test
    void waitingNotices_areSentInOrderOfTheirLectures() {
        answers(request -> Reply.json(TAKEN.get("wecom")));
        add("wecom", null);
        String path = endpoints() + "/" + endpoint();
        String shown = given().auth().oauth2(Tokens.operator()).get(path).path("address");
        put(path, "\"1\"", shown, false).statusCode(200);
        for (int i = 0; i < 16; i++) {
            var message = Scheduler.confirmed(branch, 30 + i * 7 % 16);
            message.data().put("joinLink", "https://live.example.org/" + (30 + i * 7 % 16));
            Scheduler.send(message);
        }
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(states()).hasSize(16).containsOnly("PARKED"));
        put(path, "\"2\"", shown, true).statusCode(200);
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(states()).hasSize(16).containsOnly("DELIVERED"));

        List<String> texts =
                ours().stream().map(request -> text("wecom", request)).toList();
        assertThat(texts).allSatisfy(text -> assertThat(bytes(text)).isLessThanOrEqualTo(WeComChannel.MOST_BYTES));
        assertThat(texts).as("as many as fit").hasSizeLessThan(8);
        String all = String.join("\n", texts);
        assertThat(Pattern.compile("链接：https://live.example.org/(\\d+)")
                        .matcher(all)
                        .results()
                        .map(link -> Integer.valueOf(link.group(1))))
                .containsExactlyElementsOf(IntStream.range(30, 46).boxed().toList());
        assertThat(all.split("时间：", -1)).hasSize(17);
        assertThat(all.split("地点：", -1)).hasSize(17);
        assertThat(all).doesNotContain("查看全文");
    }

    private static String text(String channel, Request request) {
        JsonNode message = read(request);
        return channel.equals("feishu")
                ? message.path("content").path("text").asText()
                : message.path("text").path("content").asText();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static OutgoingMessage letter(String title, String body, String url) {
        return letter(title, body, new OutgoingMessage.AnswerPage(OutgoingMessage.Asks.ACKNOWLEDGEMENT, url));
    }

    private static OutgoingMessage letter(String title, String body, OutgoingMessage.AnswerPage page) {
        return new OutgoingMessage(
                UUID.randomUUID(),
                1,
                false,
                new OutgoingMessage.Addressee(
                        UUID.randomUUID(), RecipientKind.BRANCH, UUID.randomUUID(), "robot", null, List.of()),
                UUID.randomUUID(),
                "zh-CN",
                title,
                body,
                false,
                null,
                page);
    }

    @Test
    void aTextIsCutBetweenCharactersAndSaysSo() {
        String text = IntStream.range(0, 1000).mapToObj(i -> "宣👨‍👩‍👧").collect(Collectors.joining());
        String cut = Words.cut(text, WeComChannel.MOST_BYTES, "\n……");
        assertThat(cut.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(2000, 2048);
        assertThat(cut).endsWith("\n……").matches("(宣👨‍👩‍👧)+宣?\n……");
        assertThat(Words.cut("short", 5, "…")).isEqualTo("short");
    }

    private static String dingTalkSignature(String timestamp) {
        return Base64.getEncoder().encodeToString(hmac(SECRET, timestamp + "\n" + SECRET));
    }

    private static String feishuSignature(String timestamp) {
        return Base64.getEncoder().encodeToString(hmac(timestamp + "\n" + SECRET, ""));
    }

    private static byte[] hmac(String key, String message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> query(Request request) {
        return Arrays.stream(request.path().split("\\?", 2)[1].split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private void answers(Function<Request, Reply> manners) {
        MANNERS.set(request -> request.path().contains(key) ? manners.apply(request) : Reply.of(503));
    }

    private List<Request> ours() {
        return platforms.requests().stream()
                .filter(request -> request.path().contains(key))
                .toList();
    }

    private static JsonNode read(Request request) {
        try {
            return JSON.readTree(request.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String endpoints() {
        return "/api/v1/branches/" + branch + "/endpoints";
    }

    private String address(String channel) {
        return ConfigProvider.getConfig().getValue("lectern.robot." + channel + ".addresses", String.class) + key;
    }

    private String add(String channel, @Nullable String secret) {
        return endpoints() + "/"
                + post(channel, address(channel), secret)
                        .statusCode(201)
                        .extract()
                        .path("id");
    }

    private String endpoint() {
        return sql.one(
                        "SELECT id FROM endpoint WHERE branch_id = ?",
                        row -> row.id("id").toString(),
                        branch)
                .orElseThrow();
    }

    private ValidatableResponse post(String channel, String address, @Nullable String secret) {
        String body = "{\"channel\":\"" + channel + "\",\"address\":\"" + address + "\""
                + (secret == null ? "" : ",\"secret\":\"" + secret + "\"") + "}";
        return given().auth()
                .oauth2(Tokens.operator())
                .contentType(ContentType.JSON)
                .body(body)
                .post(endpoints())
                .then();
    }

    private static ValidatableResponse put(String path, String tag, String address, boolean enabled) {
        return given().auth()
                .oauth2(Tokens.operator())
                .contentType(ContentType.JSON)
                .header("If-Match", tag)
                .body("{\"address\":\"" + address + "\",\"enabled\":" + enabled + "}")
                .put(path)
                .then();
    }

    private List<String> states() {
        return sql.list(
                "SELECT state FROM delivery WHERE branch_id = ? ORDER BY sequence", row -> row.text("state"), branch);
    }

    private List<String> answers() {
        return sql.list("""
                SELECT coalesce(a.answer, '') AS answer FROM delivery_attempt a JOIN delivery d ON d.id = a.delivery_id
                WHERE d.branch_id = ? ORDER BY d.sequence, a.number""", row -> row.text("answer"), branch);
    }
}
