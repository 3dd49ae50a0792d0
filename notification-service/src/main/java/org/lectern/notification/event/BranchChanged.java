package org.lectern.notification.event;

import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.Language;

/** The present state of a branch. Earlier states may never have been received. */
public record BranchChanged(
        UUID branchId,
        int version,
        String code,
        String name,
        @Nullable UUID parentId,
        ZoneId zone,
        String locale,
        boolean archived)
        implements RecipientChanged {

    /** The code decides visibility, so it is required; display values get defaults. */
    public BranchChanged {
        Complete.versioned(branchId, version);
        Complete.code(code);
        name = Complete.named(name, code);
        zone = Complete.zone(zone);
        locale = Language.nearest(locale);
    }

    @Override
    public UUID subject() {
        return branchId;
    }
}
