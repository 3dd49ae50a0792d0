package org.lectern.notification.notice;

import java.time.Instant;
import java.util.Optional;
import org.lectern.notification.directory.Scope;

/** The client connection of a notice stream. */
interface StreamEnd {

    boolean isClosed();

    /** Writes an event and waits until it is sent. False if the client is gone. */
    boolean notice(NoticeView notice);

    /** Writes a comment, which clients ignore. False if the client is gone. */
    boolean comment(String text);

    /** Announces that a newer stream of the same caller replaces it, so that the client does not reconnect at once. */
    void replaced();

    /** Runs the action as soon as the client is gone. */
    void onClose(Runnable action);

    void close();

    /** The caller of the stream. */
    record Listener(String caller, Scope scope, Optional<Instant> until) {}
}
