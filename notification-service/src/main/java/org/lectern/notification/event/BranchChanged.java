package org.lectern.notification.event;

import java.time.ZoneId;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The present state of a branch; earlier ones may never have been seen. */
public record BranchChanged(
        UUID branchId,
        int version,
        String code,
        String name,
        String kind,
        @Nullable UUID parentId,
        ZoneId zone,
        String locale,
        boolean archived)
        implements Event {

    private static final Set<String> LOCALES = Set.of("en", "zh-CN");

    public BranchChanged {
        Complete.versioned(branchId, version);
        Complete.present(code, "code");
        Complete.present(name, "name");
        Complete.present(kind, "kind");
        Complete.present(zone, "zone");
        Complete.present(locale, "locale");
        if (!LOCALES.contains(locale)) {
            throw new IllegalArgumentException("locale must be one we can write in");
        }
    }

    @Override
    public UUID subject() {
        return branchId;
    }
}
