package org.lectern.scheduler.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import java.io.UncheckedIOException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.lectern.scheduler.idempotency.IdempotencyKey;

/** Transfers between branches, for tests in other packages that do not test HTTP. */
@ApplicationScoped
@ActivateRequestContext
public class TransferDoor {

    private final TransferService service;
    private final ObjectMapper json;

    @Inject
    TransferDoor(TransferService service, ObjectMapper json) {
        this.service = service;
        this.json = json;
    }

    /** The bookings that cannot move. */
    public Set<UUID> impossible(UUID from, UUID to, OffsetDateTime begin, String actor) {
        return service.rehearse(from, request(to, begin, Set.of(), "rehearsal"), actor).impossible().stream()
                .map(each -> each.before().id())
                .collect(Collectors.toSet());
    }

    /** The bookings that moved. */
    public List<UUID> transfer(
            IdempotencyKey key, UUID from, UUID to, OffsetDateTime begin, Set<UUID> leave, String reason) {
        List<UUID> moved = new ArrayList<>();
        try {
            JsonNode view = json.readTree(service.transfer(key, from, request(to, begin, leave, reason))
                    .body());
            view.path("bookings").forEach(id -> moved.add(UUID.fromString(id.asText())));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
        return moved;
    }

    private static TransferRequest request(UUID to, OffsetDateTime begin, Set<UUID> leave, String reason) {
        return new TransferRequest(to, begin, leave, null, reason, null, null);
    }
}
