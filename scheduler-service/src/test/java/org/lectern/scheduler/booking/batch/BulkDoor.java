package org.lectern.scheduler.booking.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import java.io.UncheckedIOException;
import org.lectern.scheduler.idempotency.IdempotencyKey;

/** Bulk changes, for tests in other packages that do not test HTTP. */
@ApplicationScoped
@ActivateRequestContext
public class BulkDoor {

    private static final int PAGE = 200;

    private final BulkService service;
    private final ObjectMapper json;

    @Inject
    BulkDoor(BulkService service, ObjectMapper json) {
        this.service = service;
        this.json = json;
    }

    public BulkPreview preview(BulkPreviewRequest request, String actor) {
        return service.preview(request, null, PAGE, actor);
    }

    public BulkResult apply(IdempotencyKey key, BulkRequest request) {
        try {
            return json.readValue(service.apply(key, request).body(), BulkResult.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
