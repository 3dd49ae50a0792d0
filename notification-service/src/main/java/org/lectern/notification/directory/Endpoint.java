package org.lectern.notification.directory;

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
import org.lectern.notification.directory.breaker.Failing;
import org.lectern.notification.directory.history.EndpointState;

/** An endpoint of a branch or a lecturer on one channel. */
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

    /** Whether it is a fallback, used only when no other endpoint reaches the branch. */
    private boolean fallback;

    private boolean pending;

    @Column(name = "disabled_reason")
    @Nullable
    private String disabledReason;

    @Column(name = "confirmed_at")
    @Nullable
    private Instant confirmedAt;

    /** The organizer who vouched; also for the next two. */
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

    /** Replaces the secret. */
    void keep(String sealed) {
        secret = sealed;
    }

    /** Activates a new secret and returns the former one, if any. */
    Optional<String> rotate(String sealed, Instant now) {
        Optional<String> before = Optional.ofNullable(secret);
        secret = sealed;
        updatedAt = now;
        return before;
    }

    /** Changes the address. The receiver may have to be verified again. */
    void move(String newAddress, boolean proveAnew, Instant now) {
        address = newAddress;
        pending = proveAnew;
        confirmedAt = null;
        vouchedBy = null;
        vouchedAt = null;
        vouchedReason = null;
        disabledReason = null; // the reason concerned the former address
        updatedAt = now;
    }

    /** Marks the address as confirmed on an organizer's word. */
    void vouch(String organizer, String reason, Instant now) {
        pending = false;
        vouchedBy = organizer;
        vouchedAt = now;
        vouchedReason = reason;
        disabledReason = null;
        updatedAt = now;
    }

    /** Sets or clears the fallback flag. */
    void keepForFallback(boolean wanted, Instant now) {
        if (wanted != fallback) {
            fallback = wanted;
            updatedAt = now;
        }
    }

    /** Enables or disables it. Enabling also resumes digests. */
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

    /** Removes it permanently and erases the address. The row stays for the delivery log. */
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

    /** Whether messages go there: it is enabled and, if required, verified. */
    boolean usable() {
        return enabled && !pending;
    }

    /** Whether verification by its receiver or confirmation by its owner is pending. */
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
     * The state for its history.
     *
     * @param masked its address, masked
     */
    EndpointState state(String masked) {
        return new EndpointState(masked, enabled, pending, fallback, vouchedAt != null, unsubscribedAt == null);
    }

    /**
     * The view for a reader.
     *
     * @param address the part of the address that the reader may see
     */
    EndpointView view(
            RecipientKind kind,
            @Nullable String address,
            @Nullable Failing failing,
            Owners.@Nullable ConfirmationRequest confirmation,
            @Nullable String newSecret,
            @Nullable Instant formerSecretsUntil) {
        return new EndpointView(
                id,
                kind.branch(branchId),
                kind.lecturer(branchId),
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
