package org.lectern.notification.notice;

import java.time.Instant;
import java.util.Optional;
import org.lectern.notification.directory.Scope;

/** What a stream of notices writes to: one client's connection. */
interface StreamEnd {

    boolean isClosed();

    /** Writes an event and waits until it is on its way; false if the client is gone. */
    boolean notice(NoticeView notice);

    /** Writes a comment, which clients ignore; false if the client is gone. */
    boolean comment(String text);

    /** Says that a newer stream of the same caller takes its place, so that the client need not come back at once. */
    void replaced();

    /** Runs it as soon as the client is gone. */
    void onClose(Runnable action);

    void close();

    /** On whose behalf it is open. */
    record Listener(String caller, Scope scope, Optional<Instant> until) {}
}
