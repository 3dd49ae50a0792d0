package org.lectern.notification.calendar;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** Texts of calendars other than the lecture's own; Chinese in {@code messages/calendar_zh-CN.properties}. */
@MessageBundle("calendar")
public interface CalendarTexts {

    @Message("Lectures: {name}")
    String name(String name);

    @Message("Lectures")
    String nameless();

    @Message("[Cancelled] {topic}")
    String cancelled(String topic);

    @Message("Lecturer: {name}")
    String lecturer(String name);

    @Message("Host: {name}")
    String host(String name);

    @Message("Time: {time}")
    String time(String time);

    @Message("Link: {link}")
    String link(String link);
}
