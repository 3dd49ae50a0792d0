package org.lectern.scheduler.registry.topic;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.http.Etag;
import org.lectern.scheduler.audit.Audit;
import org.lectern.scheduler.audit.AuditAction;
import org.lectern.scheduler.consequence.Consequences;
import org.lectern.scheduler.consequence.Consequences.Changed;
import org.lectern.scheduler.consequence.Consequences.Scope;
import org.lectern.scheduler.consequence.OutdatedBookings;
import org.lectern.scheduler.registry.References;

/** Creates, changes and archives topics. */
@ApplicationScoped
class TopicRegistry {

    private final Topics topics;
    private final References references;
    private final Sql sql;
    private final Audit audit;
    private final Consequences consequences;
    private final Clock clock;

    @Inject
    TopicRegistry(Topics topics, References references, Sql sql, Audit audit, Consequences consequences, Clock clock) {
        this.topics = topics;
        this.references = references;
        this.sql = sql;
        this.audit = audit;
        this.consequences = consequences;
        this.clock = clock;
    }

    TopicView create(TopicRequest request) {
        return Transactions.inNew(() -> {
            Topic topic = new Topic(request, clock.instant());
            topics.persistAndFlush(topic);
            audit.append(List.of(topic.audited(AuditAction.ENTERED)));
            return topic.view();
        });
    }

    TopicView change(UUID id, int expected, TopicRequest request, boolean rehearsal) {
        return Transactions.inNew(rehearsal, () -> {
            Topic topic = topics.locked(id);
            Etag.check(expected, topic.version());
            if (Boolean.TRUE.equals(request.archived()) && !topic.isArchived()) {
                references.demandFree("topic", id, "/archived");
            }
            Changed<TopicView> changed = consequences.of(Scope.ofTopic(id), () -> {
                if (topic.change(request, clock.instant())) {
                    topics.flush();
                    audit.append(List.of(topic.audited(AuditAction.CHANGED)));
                }
                return topic.view();
            });
            return changed.value()
                    .with(
                            changed.consequences(),
                            OutdatedBookings.of(sql, "topic", id).orElse(null));
        });
    }

    TopicView archive(UUID id, int expected) {
        return Transactions.inNew(() -> {
            Topic topic = topics.locked(id);
            Etag.check(expected, topic.version());
            references.demandFree("topic", id, "");
            if (topic.archive(clock.instant())) {
                audit.append(List.of(topic.audited(AuditAction.ARCHIVED)));
            }
            return topic.view();
        });
    }
}
