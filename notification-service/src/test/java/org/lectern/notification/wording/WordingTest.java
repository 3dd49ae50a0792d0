package org.lectern.notification.wording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;

/** Branches get notices in the words of their organisation. */
@ServiceTest
@TestProfile(WordingTest.Worded.class)
class WordingTest {

    private static final String COUNTY = "WRD-" + UUID.randomUUID();

    @Inject
    Sql sql;

    /** Has texts for all branches, and others for one county. */
    public static final class Worded implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "wording");
                words(folder, "confirmedTitle=It is on: {topic}", "confirmedTitle=定了：{topic}");
                words(
                        Files.createDirectory(folder.resolve(COUNTY)),
                        "confirmedTitle=Our county announces {topic}",
                        "confirmedTitle=本县宣讲：{topic}");
                return Map.of("lectern.wording.folder", folder.toAbsolutePath().toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void words(Path folder, String english, String chinese) throws IOException {
            Files.writeString(folder.resolve("notice_en.properties"), english);
            Files.writeString(folder.resolve("notice_zh-CN.properties"), chinese);
        }
    }

    @Test
    void texts_comeFromTheNearestOrganisation() {
        UUID county = Scheduler.branch(COUNTY, null, "en");
        UUID village = Scheduler.branch("WRV-" + UUID.randomUUID(), county, "zh-CN");
        UUID elsewhere = Scheduler.branch("WRE-" + UUID.randomUUID(), null, "en");

        assertThat(told(county)).startsWith("Our county announces 乡村振兴政策解读\nTime: ");
        assertThat(told(village)).startsWith("本县宣讲：乡村振兴政策解读\n时间：");
        assertThat(told(elsewhere)).startsWith("It is on: 乡村振兴政策解读\nTime: ");
    }

    private String told(UUID branch) {
        Scheduler.send(Scheduler.confirmed(branch, 72));
        return await().atMost(Duration.ofMinutes(2))
                .until(
                        () -> sql.one(
                                "SELECT title || chr(10) || body AS text FROM notice WHERE branch_id = ?",
                                row -> row.text("text"),
                                branch),
                        found -> found.isPresent())
                .orElseThrow();
    }
}
