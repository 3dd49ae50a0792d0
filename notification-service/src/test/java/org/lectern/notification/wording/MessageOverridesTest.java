package org.lectern.notification.wording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lectern.notification.notice.NoticeTexts;

/** Errors in an organisation's texts are found before any message uses them. */
class MessageOverridesTest {

    private static final List<Overridable> BUNDLES = List.of(new Overridable() {
        @Override
        public String name() {
            return "notice";
        }

        @Override
        public Class<?> texts() {
            return NoticeTexts.class;
        }
    });

    @TempDir
    Path folder;

    @Test
    void nearestTexts_countPerKey() throws IOException {
        both("", "cancelledTitle=Off: {topic}\nvenue=Where: {place}", "cancelledTitle=取消了：{topic}\nvenue=在：{place}");
        both("CN-ZJ", "cancelledTitle=Zhejiang, off: {topic}", "cancelledTitle=浙江，取消：{topic}");

        MessageOverrides overrides = MessageOverrides.read(folder, BUNDLES);

        assertThat(overrides.of("notice", "en", List.of("CN-ZJ-01", "CN-ZJ")))
                .containsOnly(
                        Map.entry("cancelledTitle", "Zhejiang, off: {topic}"), Map.entry("venue", "Where: {place}"));
        assertThat(overrides.of("notice", "zh-CN", List.of("CN-JS"))).containsEntry("cancelledTitle", "取消了：{topic}");
        assertThat(overrides.of("email", "en", List.of())).isEmpty();
    }

    @Test
    void allErrors_areReportedAtOnce() throws IOException {
        both(
                "",
                "cancelledTitle=Off: {topic} {lecturer}\ncanceledTitle=x\nvenue=Where: {place\nreason= ",
                "cancelledTitle=取消了\ncanceledTitle=x\nvenue=在\nreason=一\\n二");
        both("CN-ZJ", "topic=T: {title}", "");
        write("notices_en.properties", "topic=T");
        write("notice_fr.properties", "topic=T");

        assertThatThrownBy(() -> MessageOverrides.read(folder, BUNDLES))
                .isInstanceOf(InvalidTexts.class)
                .hasMessageContaining("notice_en.properties: cancelledTitle knows no {lecturer}")
                .hasMessageContaining("notice_en.properties: canceledTitle is no text of ours")
                .hasMessageContaining("notice_en.properties: venue has a brace that belongs to no placeholder")
                .hasMessageContaining("notice_en.properties: reason must be one line")
                .hasMessageContaining("notice_zh-CN.properties: reason must be one line")
                .hasMessageContaining("CN-ZJ/notice_zh-CN.properties: topic is worded in the other language only")
                .hasMessageContaining("notices_en.properties is none of notice_en.properties, notice_zh-CN.properties")
                .hasMessageContaining("notice_fr.properties is none of");
    }

    @Test
    void aFolderThatIsNotThereIsNoFolder() {
        assertThatThrownBy(() -> MessageOverrides.read(folder.resolve("elsewhere"), BUNDLES))
                .isInstanceOf(InvalidTexts.class);
    }

    @Test
    void textOfPeople_isNotATemplate() throws Exception {
        var message = NoticeTexts.class.getDeclaredMethod("place", String.class, String.class);
        assertThat(MessageOverrides.filled("{address}: {name}", message, new Object[] {"{address}$1\\", "A"}))
                .isEqualTo("A: {address}$1\\");
    }

    private void both(String subtree, String english, String chinese) throws IOException {
        String prefix = subtree.isEmpty() ? "" : subtree + "/";
        write(prefix + "notice_en.properties", english);
        write(prefix + "notice_zh-CN.properties", chinese);
    }

    private void write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content, StandardCharsets.UTF_8);
    }
}
