package org.lectern.notification.notice;

import org.lectern.notification.directory.Recipient;

/** The titles of notices about one lecture: to a branch that hosts or joins it, or to the lecturer who gives it. */
record Titles(NoticeTexts say, Recipient reader, String topic) {

    String confirmed() {
        return reader.isLecturer() ? say.bookedTitle(topic) : say.confirmedTitle(topic);
    }

    /** @param hosts whether the reader, a branch, hosts the lecture */
    String news(boolean hosts) {
        return hosts || reader.isLecturer() ? confirmed() : say.joinedTitle(topic);
    }

    String moved() {
        return reader.isLecturer() ? say.yoursMovedTitle(topic) : say.rescheduledTitle(topic);
    }

    String changed() {
        return reader.isLecturer() ? say.yoursChangedTitle(topic) : say.reassignedTitle(topic);
    }

    String cancelled() {
        return reader.isLecturer() ? say.yoursCancelledTitle(topic) : say.cancelledTitle(topic);
    }
}
