package org.lectern.notification.directory;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.erasure.PersonalRecords;

/**
 * Removes the endpoints of a person who asks for it, and the hashes by which the address was recognised. The hash of an
 * address stays if its owner refused a branch: that branch cannot write there again.
 */
@ApplicationScoped
class EndpointErasure implements PersonalRecords {

    private static final String REACHED_BY = """
            SELECT id, branch_id, version FROM endpoint
            WHERE removed_at IS NULL AND lower(address) = ANY (cast(? AS text[])) ORDER BY id""";

    private static final String CONFIRMATIONS = """
            WITH sent AS (SELECT id FROM confirmation WHERE address_hash = ?),
                 attempts AS (DELETE FROM confirmation_attempt a USING sent WHERE a.confirmation_id = sent.id)
            SELECT count(*)::int AS rows FROM sent""";

    private final Endpoints endpoints;
    private final Sql sql;

    @Inject
    EndpointErasure(Endpoints endpoints, Sql sql) {
        this.endpoints = endpoints;
        this.sql = sql;
    }

    @Override
    public int count(List<String> texts) {
        return reachedBy(texts).size();
    }

    @Override
    public int end(List<String> texts, String actor) {
        List<Reached> found = reachedBy(texts);
        var editor = new Endpoints.Editor(Scope.EVERY, actor, true);
        found.forEach(each -> endpoints.remove(editor, each.branch(), each.endpoint(), each.version()));
        texts.forEach(text -> Transactions.inNew(() -> {
            byte[] hash = EmailAddress.fingerprint(text);
            sql.one(CONFIRMATIONS, row -> row.number("rows"), (Object) hash);
            sql.update("DELETE FROM confirmation WHERE address_hash = ?", (Object) hash);
            return sql.update("DELETE FROM bounced_address WHERE hash = ?", (Object) hash);
        }));
        return found.size();
    }

    private record Reached(UUID endpoint, UUID branch, int version) {}

    /** A number is also found as channels write it, without blanks and signs. */
    private List<Reached> reachedBy(List<String> texts) {
        return sql.list(
                REACHED_BY,
                row -> new Reached(row.id("id"), row.id("branch_id"), row.number("version")),
                texts.stream()
                        .map(text -> text.toLowerCase(Locale.ROOT))
                        .flatMap(text -> Stream.of(text, text.replaceAll("[ ()./-]", "")))
                        .distinct()
                        .toList());
    }
}
