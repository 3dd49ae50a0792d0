package org.lectern.notification.notice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A client of server-sent events. Writes one event at a time and waits for it, so that slow clients build no queue and
 * dead ones are detected. The data is JSON on one line, because JSON escapes line ends.
 */
final class ServerSentEvents implements StreamEnd {

    private static final Duration RETURN_AFTER_REPLACEMENT = Duration.ofMinutes(1);

    private final SseEventSink sink;
    private final Sse sse;
    private final ObjectMapper json;
    private final Duration timeout;

    ServerSentEvents(SseEventSink sink, Sse sse, ObjectMapper json, Duration timeout) {
        this.sink = sink;
        this.sse = sse;
        this.json = json;
        this.timeout = timeout;
    }

    @Override
    public boolean isClosed() {
        return sink.isClosed();
    }

    @Override
    public boolean notice(NoticeView notice) {
        try {
            return sent(sse.newEventBuilder()
                    .id(Long.toString(notice.sequence()))
                    .name("notice")
                    .data(json.writeValueAsString(notice))
                    .build());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A notice cannot be written as JSON", e);
        }
    }

    @Override
    public boolean comment(String text) {
        return sent(sse.newEventBuilder().comment(text).build());
    }

    @Override
    public void replaced() {
        sent(sse.newEventBuilder()
                .comment("replaced by a newer stream of the same caller")
                .name("replaced")
                .data("{\"code\":\"stream-replaced\"}")
                .reconnectDelay(RETURN_AFTER_REPLACEMENT.toMillis())
                .build());
    }

    @Override
    public void onClose(Runnable action) {
        SseBroadcaster broadcaster = sse.newBroadcaster();
        broadcaster.onClose(gone -> action.run());
        broadcaster.register(sink);
    }

    @Override
    public void close() {
        sink.close();
    }

    private boolean sent(OutboundSseEvent event) {
        if (sink.isClosed()) {
            return false;
        }
        try {
            sink.send(event).toCompletableFuture().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException | IllegalStateException gone) {
            return false;
        }
    }
}
