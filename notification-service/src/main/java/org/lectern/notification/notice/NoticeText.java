package org.lectern.notification.notice;

import java.util.List;

/** A title and lines in one language, as plain text. */
record NoticeText(NoticeKind kind, String title, List<String> lines) {

    String body() {
        return String.join("\n", lines);
    }
}
