package org.lectern.notification.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Begins spans with a parent in another process (W3C Trace Context). */
@ApplicationScoped
public class Traces {

    private static final TextMapGetter<String> HEADER = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String carrier) {
            return List.of("traceparent");
        }

        @Override
        public @Nullable String get(@Nullable String carrier, String key) {
            return key.equals("traceparent") ? carrier : null;
        }
    };

    private final Tracer tracer;

    @Inject
    Traces(Tracer tracer) {
        this.tracer = tracer;
    }

    /** Begins a span under that parent. Without a valid parent, it begins a new trace. */
    public Span begin(String name, SpanKind kind, @Nullable String traceparent) {
        SpanBuilder span = tracer.spanBuilder(name).setSpanKind(kind);
        return traceparent == null
                ? span.setNoParent().startSpan()
                : span.setParent(W3CTraceContextPropagator.getInstance().extract(Context.root(), traceparent, HEADER))
                        .startSpan();
    }

    /** The trace of a span as a header, for continuation elsewhere. */
    public static @Nullable String header(Span span) {
        var context = span.getSpanContext();
        return context.isValid()
                ? "00-" + context.getTraceId() + "-" + context.getSpanId() + "-"
                        + context.getTraceFlags().asHex()
                : null;
    }
}
