package org.lectern.scheduler.registry.topic;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Cursor;
import org.lectern.chassis.problem.NotFound;
import org.lectern.scheduler.registry.Search;

/** All topics. */
@ApplicationScoped
class Topics implements PanacheRepositoryBase<Topic, UUID> {

    List<TopicView> list(@Nullable String q, boolean archived, @Nullable Cursor cursor, int limit) {
        Search search = new Search()
                .and("archived = :archived", "archived", archived)
                .text(q, "code", "title")
                .after(cursor);
        return find(search.condition() + " order by code", search.values()).page(0, limit).list().stream()
                .map(Topic::view)
                .toList();
    }

    TopicView view(UUID id) {
        return findByIdOptional(id).orElseThrow(NotFound::new).view();
    }

    Topic locked(UUID id) {
        return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE).orElseThrow(NotFound::new);
    }

    /** The existing topics with these codes, locked, by code. */
    Map<String, Topic> lockedByCode(Collection<String> codes) {
        return find("code in ?1 order by id", codes).withLock(LockModeType.PESSIMISTIC_WRITE).list().stream()
                .collect(Collectors.toMap(Topic::code, Function.identity()));
    }
}
