package org.lectern.notification.support;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.lectern.local.FreePort;
import org.lectern.local.TestStack;

/** Real PostgreSQL, Kafka and identity for the tests of this service; one set per test JVM. */
public final class BackingStack implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        // a limit for failing tests, not a statement about speed: a busy machine may be slow
        Awaitility.setDefaultTimeout(Duration.ofMinutes(2));
        TestStack stack = TestStack.start();
        Map<String, String> settings = new HashMap<>();
        settings.put("quarkus.datasource.jdbc.url", stack.jdbcUrl("notification"));
        settings.put("quarkus.datasource.username", "notification");
        settings.put("quarkus.datasource.password", "notification");
        settings.put("kafka.bootstrap.servers", stack.kafkaBootstrapServers());
        settings.put("quarkus.oidc.auth-server-url", stack.issuer());
        settings.put("lectern.test.issuer", stack.issuer());
        settings.put("quarkus.http.test-port", "0");
        settings.put("quarkus.management.test-port", "0");
        // the tests' own mail server, which they can stop: MailServer listens here
        settings.put("lectern.mail.host", "127.0.0.1");
        settings.put("lectern.mail.port", Integer.toString(FreePort.any()));
        // shorter times than in production
        settings.put("lectern.delivery.retry-schedule", "0s,100ms,100ms,100ms,1s,1s,1s,1s,1s,1s,1s,1s");
        settings.put("lectern.outbound-http.timeout", "6s");
        settings.put(
                "lectern.outbound-http.trusted-certificates",
                Certificates.trusted().toString());
        settings.put("lectern.endpoint-test.per-caller-and-minute", "1000");
        settings.put("lectern.confirmation.per-caller-and-hour", "1000");
        settings.put("lectern.confirmation.poll-interval", "100ms");
        settings.put("lectern.confirmation.initial-backoff", "100ms");
        int gateway = FreePort.any();
        settings.put("lectern.test.gateway", Integer.toString(gateway));
        settings.put("lectern.sms.url", "http://127.0.0.1:" + gateway + "/send");
        settings.put("lectern.sms.headers.authorization", "Bearer gateway-key");
        settings.put(
                "lectern.sms.body", "{\"phones\":[\"{to}\"],\"params\":{\"content\":\"{text}\"},\"outId\":\"{id}\"}");
        settings.put("lectern.sms.code-pointer", "/result/code");
        settings.put("lectern.sms.success-code", "OK");
        // the tests simulate the platforms of group robots and the SMS gateway
        int robots = FreePort.any();
        settings.put("lectern.test.robots", Integer.toString(robots));
        String platforms = "http://127.0.0.1:" + robots;
        settings.put("lectern.robot.wecom.addresses", platforms + "/cgi-bin/webhook/send?key=");
        settings.put("lectern.robot.dingtalk.addresses", platforms + "/robot/send?access_token=");
        settings.put("lectern.robot.feishu.addresses", platforms + "/open-apis/bot/v2/hook/");
        settings.put("lectern.robot.dingtalk.rate-limit-pause", "1s");
        settings.put("lectern.breaker.failure-threshold", "3");
        settings.put("lectern.breaker.pause", "500ms");
        settings.put("lectern.breaker.max-pause", "1s");
        settings.put("lectern.delivery.poll-interval", "100ms");
        settings.put("lectern.delivery.sweep-interval", "500ms");
        settings.put("lectern.intake.sweep-interval", "500ms");
        settings.put("lectern.reminder.poll-interval", "300ms");
        // tests skip whole days: every round examines all notices
        settings.put("lectern.reminder.look-back", "0s");
        settings.put("lectern.escalation.look-back", "0s");
        settings.put("lectern.escalation.poll-interval", "300ms");
        settings.put("lectern.escalation.organizer-branch", "ORGANIZERS");
        settings.put("lectern.organization.name", "Yunting Lecture Centre");
        settings.put("lectern.organization.name-zh-cn", "云汀市宣讲中心");
        settings.put("lectern.stream.poll-interval", "100ms");
        settings.put("lectern.stream.heartbeat", "500ms");
        settings.put("lectern.stream.check-interval", "500ms");
        return settings;
    }

    @Override
    public void stop() {
        // the stack ends with the JVM
    }
}
