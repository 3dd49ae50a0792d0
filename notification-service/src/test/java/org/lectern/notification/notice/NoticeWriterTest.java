package org.lectern.notification.notice;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lectern.notification.directory.Branch;
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
    void aRescheduledLectureSaysBothTimesAndWhy() throws Exception {
        assertThat(written(EventType.BOOKING_RESCHEDULED, "en")).hasValueSatisfying(text -> {
            assertThat(text.title()).isEqualTo("Lecture moved: 乡村振兴政策解读");
            assertThat(text.lines())
                    .contains(
                            "New time: Wed 2 Dec 2026, 09:00–11:00 (Asia/Shanghai)",
                            "Before: Tue 1 Dec 2026, 14:00–16:00 (Asia/Shanghai)",
                            "Reason: 礼堂检修");
        });
    }

    @Test
    void aReassignedLectureSaysWhoAndWhereBeforeAndNow() throws Exception {
        assertThat(written(EventType.BOOKING_REASSIGNED, "zh-CN"))
                .hasValueSatisfying(text -> assertThat(text.lines())
                        .contains("讲师：周明远（原：林晓岚）", "地点：云川市宣讲大厅，云川大道1号（原：青石村文化礼堂）", "原因：讲师临时有任务"));
    }

    @Test
    void aCancelledLectureSaysWhy() throws Exception {
        assertThat(written(EventType.BOOKING_CANCELLED, "zh-CN")).hasValueSatisfying(text -> {
            assertThat(text.title()).isEqualTo("宣讲取消：乡村振兴政策解读");
            assertThat(text.lines()).contains("原因：台风预警");
        });
    }

    @Test
    void aLectureThatWasHeldIsNoNews() throws Exception {
        assertThat(written(EventType.BOOKING_COMPLETED, "en")).isEmpty();
    }

    private Optional<NoticeText> written(EventType type, String locale) throws Exception {
        var example = Scheduler.example(type.type().substring("lectern.".length()));
        var event = new EventReader().read(type, example.toString().getBytes(StandardCharsets.UTF_8));
        UUID host = ((BookingEvent) event).branch().id();
        return writer.write((BookingEvent) event, new Branch(host, "QS-V-014", "青石村", "Asia/Shanghai", locale, false));
    }
}
