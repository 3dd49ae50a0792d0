package org.lectern.notification.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lectern.notification.notice.NoticeRequest;

/** The notices of a transaction: delivered, or for the inboxes only when the event precedes the start of alerts. */
final class NoticeBatch {

    private final Optional<Instant> silentBefore;
    private final List<NoticeRequest> aloud = new ArrayList<>();
    private final List<NoticeRequest> silent = new ArrayList<>();

    NoticeBatch(Optional<Instant> silentBefore) {
        this.silentBefore = silentBefore;
    }

    void add(NoticeRequest draft, Instant occurred) {
        boolean past = silentBefore.map(occurred::isBefore).orElse(false);
        (past ? silent : aloud).add(draft);
    }

    List<NoticeRequest> aloud() {
        return aloud;
    }

    List<NoticeRequest> silent() {
        return silent;
    }
}
