package org.lectern.notification.directory;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.problem.NotFound;

/** Endpoints as senders need them. */
@ApplicationScoped
public class Receivers {

    private static final String FIND = """
            SELECT e.id, b.kind, e.branch_id, e.channel, e.address, e.secret, e.pending, e.version, b.locale,
                   %s AS former_secrets
            FROM endpoint e JOIN recipient b ON b.id = e.branch_id
            WHERE e.id = ? AND e.branch_id = ? AND e.removed_at IS NULL""".formatted(FormerSecrets.OF_E);

    private final Recipients branches;
    private final Channels channels;
    private final Owners owners;
    private final Sql sql;

    @Inject
    Receivers(Recipients branches, Channels channels, Owners owners, Sql sql) {
        this.branches = branches;
        this.channels = channels;
        this.owners = owners;
        this.sql = sql;
    }

    /**
     * An endpoint with the data for sending to it; secrets are still sealed.
     *
     * @param version a verification counts only while the version is unchanged
     */
    public record Receiver(
            UUID id,
            RecipientKind kind,
            UUID branchId,
            String channel,
            String address,
            @Nullable String secret,
            List<String> formerSecrets,
            boolean pending,
            int version,
            String locale) {
        @Override
        public String toString() {
            return "endpoint " + id;
        }
    }

    /** @throws NotFound if there is none within the scope */
    public Receiver demand(Scope scope, UUID branch, UUID id) {
        branches.demandVisible(scope, branch);
        return sql.one(
                        FIND,
                        row -> new Receiver(
                                row.id("id"),
                                RecipientKind.valueOf(row.text("kind")),
                                row.id("branch_id"),
                                row.text("channel"),
                                row.text("address"),
                                row.textOrNull("secret"),
                                FormerSecrets.read(row.textOrNull("former_secrets")),
                                row.flag("pending"),
                                row.number("version"),
                                row.text("locale")),
                        id,
                        branch)
                .orElseThrow(NotFound::new);
    }

    /** Whether messages still go to that endpoint: it is enabled, confirmed and not removed. */
    public boolean isUsed(UUID id) {
        return sql.one("SELECT usable FROM endpoint WHERE id = ?", row -> row.flag("usable"), id)
                .orElse(false);
    }

    /**
     * Sends the owner another confirmation request, if the channel uses confirmation.
     *
     * @return whether the channel uses confirmation
     * @param requester the caller, with a limit of messages
     */
    public boolean askOwner(Receiver receiver, String requester) {
        if (!channels.terms(receiver.channel()).map(ChannelTerms::ownerConfirms).orElse(false)) {
            return false;
        }
        return Transactions.inNew(() -> {
            owners.ask(receiver.id(), receiver.branchId(), receiver.address(), requester);
            return true;
        });
    }
}
