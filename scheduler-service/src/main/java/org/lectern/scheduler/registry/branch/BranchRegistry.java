package org.lectern.scheduler.registry.branch;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.http.Etag;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.Violation;
import org.lectern.scheduler.audit.Audit;
import org.lectern.scheduler.audit.AuditAction;
import org.lectern.scheduler.outbox.Outbox;
import org.lectern.scheduler.registry.References;

/** Creates, changes and archives branches; publishes every change. */
@ApplicationScoped
class BranchRegistry {

    private final Branches branches;
    private final BranchRules rules;
    private final Outbox outbox;
    private final References references;
    private final Audit audit;
    private final Clock clock;

    @Inject
    BranchRegistry(
            Branches branches, BranchRules rules, Outbox outbox, References references, Audit audit, Clock clock) {
        this.branches = branches;
        this.rules = rules;
        this.outbox = outbox;
        this.references = references;
        this.audit = audit;
        this.clock = clock;
    }

    BranchView create(BranchRequest request) {
        return Transactions.inNew(() -> {
            branches.lockTree();
            check(request, null);
            Branch branch = new Branch(rules.state(request, request.parentId()), clock.instant());
            branches.persistAndFlush(branch);
            outbox.append(branch.event());
            audit.append(List.of(branch.audited(AuditAction.ENTERED)));
            return branch.view();
        });
    }

    BranchView change(UUID id, int expected, BranchRequest request) {
        return Transactions.inNew(() -> {
            branches.lockTree();
            Branch branch = branches.locked(id);
            Etag.check(expected, branch.version());
            check(request, id);
            boolean archive = request.archived() == null ? branch.isArchived() : request.archived();
            if (archive && !branch.isArchived()) {
                references.demandFree("branch", id, "/archived");
            }
            apply(branch, rules.state(request, request.parentId()), archive);
            branches.flush();
            return branch.view();
        });
    }

    BranchView archive(UUID id, int expected) {
        return Transactions.inNew(() -> {
            branches.lockTree();
            Branch branch = branches.locked(id);
            Etag.check(expected, branch.version());
            references.demandFree("branch", id, "");
            if (branch.archive(clock.instant())) {
                outbox.append(branch.event());
                audit.append(List.of(branch.audited(AuditAction.ARCHIVED)));
            }
            return branch.view();
        });
    }

    /**
     * Changes a locked branch, and its future lectures when the permission for parallel lectures changes.
     *
     * @return whether anything changed
     */
    boolean apply(Branch branch, Branch.State state, boolean archive) {
        boolean wasParallel = branch.isParallel();
        if (!branch.change(state, archive, clock.instant())) {
            return false;
        }
        if (branch.isParallel() != wasParallel) {
            branches.flush();
            try {
                branches.excludeOthers(branch.id(), !branch.isParallel());
            } catch (PersistenceException e) {
                if ("branch_occupied".equals(Transactions.violatedConstraint(e))) {
                    throw new LecturesOverlap();
                }
                throw e;
            }
        }
        outbox.append(branch.event());
        audit.append(List.of(branch.audited(AuditAction.CHANGED)));
        return true;
    }

    private void check(BranchRequest request, @Nullable UUID itself) {
        List<Violation> violations = new ArrayList<>();
        rules.check(
                request.kind(),
                request.zone(),
                request.locale(),
                (member, key, argument) -> violations.add(new Violation("/" + member, key, argument)));
        UUID parent = request.parentId();
        if (parent != null && !branches.isInUse(parent)) {
            violations.add(new Violation("/parentId", "reference.unknown"));
        } else if (parent != null
                && itself != null
                && branches.subtreeOf(itself).contains(parent)) {
            violations.add(new Violation("/parentId", "branch.cycle"));
        }
        InvalidRequest.unlessEmpty(violations);
    }
}
