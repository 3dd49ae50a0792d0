package org.lectern.notification.directory;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.time.Uuid7;

/** Where a branch is reached over one channel. */
@Entity
@Table(name = "endpoint")
class Endpoint {

    @Id
    private UUID id;

    @Column(name = "branch_id")
    private UUID branchId;

    private String channel;

    @Nullable
    private String address;

    private boolean enabled;

    private boolean pending;

    @Column(name = "disabled_reason")
    @Nullable
    private String disabledReason;

    @Version
    private int version = 1;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    @Column(name = "removed_at")
    @Nullable
    private Instant removedAt;

    /** For Hibernate. */
    protected Endpoint() {}

    Endpoint(UUID branchId, String channel, String address, Instant now) {
        this.id = Uuid7.next();
        this.branchId = branchId;
        this.channel = channel;
        this.address = address;
        this.enabled = true;
        this.createdAt = now;
        this.updatedAt = now;
    }

    /** Changes where it leads and whether it is used; saying the same again changes nothing. */
    void change(String newAddress, boolean use, Instant now) {
        if (!newAddress.equals(address) || use != enabled) {
            address = newAddress;
            enabled = use;
            disabledReason = use ? null : disabledReason;
            updatedAt = now;
        }
    }

    /** Takes it out of use for good and forgets the address; the row stays for the log of deliveries. */
    void remove(Instant now) {
        address = null;
        enabled = false;
        removedAt = now;
        updatedAt = now;
    }

    UUID id() {
        return id;
    }

    String channel() {
        return channel;
    }

    boolean enabled() {
        return enabled;
    }

    int version() {
        return version;
    }

    EndpointView view(boolean addressShown, @Nullable Failing failing) {
        String shown = address == null || addressShown ? address : EmailAddress.masked(address);
        return new EndpointView(
                id,
                branchId,
                channel,
                shown,
                enabled,
                EndpointStatus.of(enabled, pending, failing),
                disabledReason,
                failing,
                version,
                createdAt,
                updatedAt);
    }
}
