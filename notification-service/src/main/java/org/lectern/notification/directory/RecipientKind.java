package org.lectern.notification.directory;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The two kinds of recipients. Everything kept for a recipient is the same for both. */
public enum RecipientKind {
    BRANCH,
    LECTURER;

    /** The id, if it is that of a branch. */
    public @Nullable UUID branch(UUID recipient) {
        return this == BRANCH ? recipient : null;
    }

    /** The id, if it is that of a lecturer. */
    public @Nullable UUID lecturer(UUID recipient) {
        return this == LECTURER ? recipient : null;
    }

    /** The collection of the API with the recipients of this kind. */
    public String collection() {
        return switch (this) {
            case BRANCH -> "branches";
            case LECTURER -> "lecturers";
        };
    }

    /** @param collection the name of one of the two collections */
    public static RecipientKind of(String collection) {
        return collection.equals(LECTURER.collection()) ? LECTURER : BRANCH;
    }
}
