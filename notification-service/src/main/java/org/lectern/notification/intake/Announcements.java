package org.lectern.notification.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lectern.notification.notice.Draft;

/** What a transaction has to tell: aloud, or only into the inboxes when it happened before alerts begin. */
final class Announcements {

    private final Optional<Instant> silentBefore;
    private final List<Draft> aloud = new ArrayList<>();
    private final List<Draft> silent = new ArrayList<>();

    Announcements(Optional<Instant> silentBefore) {
        this.silentBefore = silentBefore;
    }

    void add(Draft draft, Instant occurred) {
        boolean past = silentBefore.map(occurred::isBefore).orElse(false);
        (past ? silent : aloud).add(draft);
    }

    List<Draft> aloud() {
        return aloud;
    }

    List<Draft> silent() {
        return silent;
    }
}
