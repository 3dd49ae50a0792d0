package org.lectern.notification.notice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lectern.notification.directory.Recipient;
import org.lectern.notification.directory.RecipientKind;
import org.lectern.notification.event.BookingEvent;
import org.lectern.notification.event.EventReader;
import org.lectern.notification.event.EventType;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;

/** The text that a branch reads for each of the contract's examples. */
@ServiceTest
class NoticeWriterTest {

    @Inject
    NoticeWriter writer;

    @Test
    void rescheduledNotice_hasBothTimesAndTheReason() throws Exception {
        assertThat(written(EventType.BOOKING_CHANGED, Scheduler.half("rescheduled"), "en"))
                .hasValueSatisfying(text -> {
                    assertThat(text.title()).isEqualTo("Lecture moved: 乡村振兴政策解读");
                    assertThat(text.lines())
                            .contains(
                                    "New time: Wed 2 Dec 2026, 09:00–11:00 (Asia/Shanghai)",
                                    "Before: Tue 1 Dec 2026, 14:00–16:00 (Asia/Shanghai)",
                                    "Reason: 礼堂检修");
                });
    }

    @Test
    void reassignedNotice_hasFormerAndNewValues() throws Exception {
        assertThat(written(EventType.BOOKING_CHANGED, Scheduler.half("reassigned"), "zh-CN"))
                .hasValueSatisfying(text -> assertThat(text.lines())
                        .contains("讲师：周明远（原：林晓岚）", "地点：云川市宣讲大厅，云川大道1号（原：青石村文化礼堂，青石村8号）", "原因：讲师临时有任务"));
    }

    @Test
    void changeOfTimeLecturerAndVenue_isOneNotice() throws Exception {
        assertThat(written(EventType.BOOKING_CHANGED, "en")).hasValueSatisfying(text -> {
            assertThat(text.title()).isEqualTo("Lecture changed: 乡村振兴政策解读");
            assertThat(text.lines())
                    .containsExactly(
                            "New time: Wed 2 Dec 2026, 09:00–11:00 (Asia/Shanghai)",
                            "Before: Tue 1 Dec 2026, 14:00–16:00 (Asia/Shanghai)",
                            "Venue: 云川市宣讲大厅, 云川大道1号 (before: 青石村文化礼堂, 青石村8号)",
                            "Lecturer: 周明远 (before: 林晓岚)",
                            "Topic: 乡村振兴政策解读",
                            "Branch: 青石村",
                            "Reason: 讲师临时有任务");
        });
        assertThat(written(EventType.BOOKING_CHANGED, "zh-CN")).hasValueSatisfying(text -> {
            assertThat(text.title()).isEqualTo("宣讲安排变更：乡村振兴政策解读");
            assertThat(text.lines())
                    .containsExactly(
                            "新时间：2026年12月2日（星期三）09:00–11:00",
                            "原时间：2026年12月1日（星期二）14:00–16:00",
                            "地点：云川市宣讲大厅，云川大道1号（原：青石村文化礼堂，青石村8号）",
                            "讲师：周明远（原：林晓岚）",
                            "主题：乡村振兴政策解读",
                            "单位：青石村",
                            "原因：讲师临时有任务");
        });
    }

    @Test
    void otherTopicAndFormat_areAnnounced() throws Exception {
        ObjectNode event = Scheduler.half("rescheduled");
        event.put("format", "panel").putArray("changed").add("topic").add("format");
        ObjectNode before = event.putObject("before");
        before.put("format", "lecture");
        before.set("topic", event.get("topic").deepCopy());
        ((ObjectNode) before.get("topic")).put("title", "Before");
        assertThat(written(EventType.BOOKING_CHANGED, event, "en"))
                .hasValueSatisfying(text -> assertThat(text.lines())
                        .contains("Topic: 乡村振兴政策解读 (before: Before)", "Format: panel (before: lecture)"));
        assertThat(written(EventType.BOOKING_CHANGED, event, "zh-CN"))
                .hasValueSatisfying(text -> assertThat(text.lines()).contains("形式：座谈（原：讲座）"));
    }

    @Test
    void headCountAndNote_areNoNews() throws Exception {
        ObjectNode event = Scheduler.half("rescheduled");
        event.putObject("before").put("expectedHeadCount", 20);
        event.putArray("changed").add("expectedHeadCount").add("note");
        assertThat(written(EventType.BOOKING_CHANGED, event, "en")).isEmpty();
    }

    @Test
    void cancelledNotice_hasTheReason() throws Exception {
        assertThat(written(EventType.BOOKING_CANCELLED, "zh-CN")).hasValueSatisfying(text -> {
            assertThat(text.title()).isEqualTo("宣讲取消：乡村振兴政策解读");
            assertThat(text.lines()).contains("原因：台风预警");
        });
    }

    @Test
    void completedLecture_isNotAnnounced() throws Exception {
        assertThat(written(EventType.BOOKING_COMPLETED, "en")).isEmpty();
    }

    private Optional<NoticeText> written(EventType type, String locale) throws Exception {
        return written(type, Scheduler.example(type.type().substring("lectern.".length())), locale);
    }

    private Optional<NoticeText> written(EventType type, ObjectNode example, String locale) throws Exception {
        var event = new EventReader().read(type, example.toString().getBytes(StandardCharsets.UTF_8));
        UUID host = ((BookingEvent) event).branch().id();
        return writer.write(
                (BookingEvent) event,
                new Recipient(host, RecipientKind.BRANCH, "QS-V-014", "青石村", "Asia/Shanghai", locale, false));
    }
}
