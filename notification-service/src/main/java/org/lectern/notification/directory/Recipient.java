package org.lectern.notification.directory;

import java.util.UUID;

/** The facts about a branch or a lecturer that notices need. */
public record Recipient(
        UUID id, RecipientKind kind, String code, String name, String zone, String locale, boolean archived) {

    public boolean isLecturer() {
        return kind == RecipientKind.LECTURER;
    }
}
