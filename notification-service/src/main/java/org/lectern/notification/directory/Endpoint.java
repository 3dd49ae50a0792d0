package org.lectern.notification.directory;

import org.lectern.notification.directory.breaker.Failing;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.time.Uuid7;
import org.lectern.notification.directory.history.EndpointState;

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

    /** Sealed. */
    @Nullable
    private String secret;

    private boolean enabled;

    /** Whether it only steps in when nothing else reaches the branch. */
    private boolean fallback;

    private boolean pending;

    @Column(name = "disabled_reason")
    @Nullable
    private String disabledReason;

    @Column(name = "confirmed_at")
    @Nullable
    private Instant confirmedAt;

    /** An organizer, as the next two. */
    @Column(name = "vouched_by")
    @Nullable
    private String vouchedBy;

    @Column(name = "vouched_at")
    @Nullable
    private Instant vouchedAt;

    @Column(name = "vouched_reason")
    @Nullable
    private String vouchedReason;

    @Column(name = "unsubscribed_at")
    @Nullable
    private Instant unsubscribedAt;

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

    Endpoint(UUID branchId, String channel, String address, boolean pending, boolean fallback, Instant now) {
        this.fallback = fallback;
        this.id = Uuid7.next();
        this.branchId = branchId;
        this.channel = channel;
        this.address = address;
        this.enabled = true;
        this.pending = pending;
        this.createdAt = now;
        this.updatedAt = now;
    }

    /** Keeps a secret with it, in place of any other. */
    void keep(String sealed) {
        secret = sealed;
    }

    /** Takes a new secret into use; the one before, if there was one. */
    Optional<String> rotate(String sealed, Instant now) {
        Optional<String> before = Optional.ofNullable(secret);
        secret = sealed;
        updatedAt = now;
        return before;
    }

    /** Moves it to another address, where the receiver may have to prove itself anew. */
    void move(String newAddress, boolean proveAnew, Instant now) {
        address = newAddress;
        pending = proveAnew;
        confirmedAt = null;
        vouchedBy = null;
        vouchedAt = null;
        vouchedReason = null;
        disabledReason = null; // it was about the former address
        updatedAt = now;
    }

    /** Takes its address as confirmed because an organizer says so. */
    void vouch(String organizer, String reason, Instant now) {
        pending = false;
        vouchedBy = organizer;
        vouchedAt = now;
        vouchedReason = reason;
        disabledReason = null;
        updatedAt = now;
    }

    /** Keeps it for when nothing else reaches the branch, or not. */
    void keepForFallback(boolean wanted, Instant now) {
        if (wanted != fallback) {
            fallback = wanted;
            updatedAt = now;
        }
    }

    /** Takes it into use or out of it; saying the same again changes nothing, but that digests are wanted again. */
    void use(boolean wanted, Instant now) {
        if (wanted && unsubscribedAt != null) {
            unsubscribedAt = null;
            updatedAt = now;
        }
        if (wanted != enabled) {
            enabled = wanted;
            disabledReason = null;
            updatedAt = now;
        }
    }

    /** Takes it out of use for good and forgets the address; the row stays for the log of deliveries. */
    void remove(Instant now) {
        address = null;
        secret = null;
        enabled = false;
        removedAt = now;
        updatedAt = now;
    }

    UUID id() {
        return id;
    }

    UUID branchId() {
        return branchId;
    }

    String channel() {
        return channel;
    }

    /** Whether anything goes there: it is switched on and its receiver has proved itself, if it must. */
    boolean usable() {
        return enabled && !pending;
    }

    /** Whether its receiver has yet to prove itself, or its owner to confirm it. */
    boolean pending() {
        return pending;
    }

    int version() {
        return version;
    }

    @Nullable
    String address() {
        return address;
    }

    /**
     * As its history keeps it.
     *
     * @param masked its address, masked
     */
    EndpointState state(String masked) {
        return new EndpointState(masked, enabled, pending, fallback, vouchedAt != null, unsubscribedAt == null);
    }

    /**
     * As others see it.
     *
     * @param address all of it, or as much as the reader may see
     */
    EndpointView view(
            @Nullable String address,
            @Nullable Failing failing,
            Owners.@Nullable Asked confirmation,
            @Nullable String newSecret,
            @Nullable Instant formerSecretsUntil) {
        return new EndpointView(
                id,
                branchId,
                channel,
                address,
                enabled,
                fallback,
                EndpointStatus.of(enabled, pending, failing),
                disabledReason,
                confirmation,
                confirmedAt,
                vouched(),
                unsubscribedAt,
                failing,
                newSecret,
                formerSecretsUntil,
                version,
                createdAt,
                updatedAt);
    }

    private EndpointView.@Nullable Vouched vouched() {
        return vouchedBy == null || vouchedAt == null || vouchedReason == null
                ? null
                : new EndpointView.Vouched(vouchedBy, vouchedAt, vouchedReason);
    }
}
