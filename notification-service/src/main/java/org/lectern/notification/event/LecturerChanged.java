package org.lectern.notification.event;

import java.time.ZoneId;
import java.util.UUID;
import org.lectern.chassis.problem.Language;

/** The present state of a lecturer, without contact data. */
public record LecturerChanged(
        UUID lecturerId, int version, String code, String name, ZoneId zone, String locale, boolean archived)
        implements RecipientChanged {

    /** The code decides visibility, so it is required; display values get defaults. */
    public LecturerChanged {
        Complete.versioned(lecturerId, version);
        Complete.code(code);
        name = Complete.named(name, code);
        zone = Complete.zone(zone);
        locale = Language.nearest(locale);
    }

    @Override
    public UUID subject() {
        return lecturerId;
    }
}
