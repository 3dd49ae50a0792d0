package org.lectern.chassis.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.RequestPath;

/**
 * Conditional reads (RFC 9110 section 13): a GET with {@code If-None-Match}, or else with {@code If-Modified-Since},
 * answers 304 if the caller has the current state. The tag of a resource is its version, which a change needs. A
 * {@link Derived} view adds its content, and JSON without a version has a weak tag of its content alone.
 */
class ConditionalReads {

    private static final int BYTES_OF_TAG = 15;

    private final ObjectMapper json;

    @Inject
    ConditionalReads(ObjectMapper json) {
        this.json = json;
    }

    @ServerResponseFilter
    void check(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatus() != 200 || !isRead(request.getMethod())) {
            return;
        }
        String tag = response.getHeaderString(HttpHeaders.ETAG);
        if (isJson(request, response.getEntity())) {
            String exact = tag(tag, response.getEntity());
            if (!exact.equals(tag)) {
                tag = exact;
                response.getHeaders().putSingle(HttpHeaders.ETAG, tag);
            }
        }
        if (isCurrent(request, tag, response.getHeaderString(HttpHeaders.LAST_MODIFIED))) {
            response.setStatus(304);
            response.setEntity(null);
        }
    }

    private static boolean isRead(String method) {
        return method.equals("GET") || method.equals("HEAD");
    }

    /** Whether the answer is a value that is written as JSON, no stream and no file. */
    private static boolean isJson(ContainerRequestContext request, @Nullable Object entity) {
        return RequestPath.of(request.getUriInfo()).startsWith("/api/")
                && (entity instanceof Record || entity instanceof Iterable<?> || entity instanceof Map<?, ?>);
    }

    private String tag(@Nullable String version, Object entity) {
        if (version == null) {
            return "W/\"" + hash(entity) + '"';
        }
        return entity instanceof Derived
                ? version.substring(0, version.length() - 1) + '-' + hash(entity) + '"'
                : version;
    }

    private static boolean isCurrent(
            ContainerRequestContext request, @Nullable String tag, @Nullable String lastModified) {
        String wanted = request.getHeaderString(HttpHeaders.IF_NONE_MATCH);
        if (wanted != null) {
            return tag != null && matches(wanted, tag);
        }
        String since = request.getHeaderString(HttpHeaders.IF_MODIFIED_SINCE);
        return since != null && lastModified != null && !isAfter(lastModified, since);
    }

    /** The weak comparison of RFC 9110 section 13.1.2. */
    private static boolean matches(String wanted, String tag) {
        String opaque = tag.startsWith("W/") ? tag.substring(2) : tag;
        return Arrays.stream(wanted.split(","))
                .map(String::strip)
                .map(each -> each.startsWith("W/") ? each.substring(2) : each)
                .anyMatch(each -> each.equals("*") || each.equals(opaque));
    }

    /** Whether the first HTTP date is later; a date that cannot be read is as early as can be. */
    private static boolean isAfter(String one, String other) {
        try {
            return ZonedDateTime.parse(one, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .isAfter(ZonedDateTime.parse(other, DateTimeFormatter.RFC_1123_DATE_TIME));
        } catch (DateTimeException e) {
            return true;
        }
    }

    /** Memory is bounded: the answer may be large. */
    private String hash(Object entity) {
        try {
            var out = new DigestOutputStream(OutputStream.nullOutputStream(), MessageDigest.getInstance("SHA-256"));
            json.writeValue(out, entity);
            byte[] digest = out.getMessageDigest().digest();
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, BYTES_OF_TAG));
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("an answer cannot be written as JSON", e);
        }
    }
}
