package org.lectern.chassis.http;

import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that content negotiation wrongly accepts. These have a body without a content type, JSON in another
 * encoding than UTF-8 (RFC 8259 section 8.1), or an {@code Accept} of nothing ({@code q=0}).
 */
class StrictMediaTypes {

    @ServerRequestFilter
    void check(ContainerRequestContext request) {
        MediaType type = request.getMediaType();
        if (type == null && hasBody(request)) {
            throw new NotSupportedException();
        }
        if (type != null
                && type.getSubtype().endsWith("json")
                && !isUtf8(type.getParameters().get("charset"))) {
            throw new NotSupportedException();
        }
        List<MediaType> accepted = request.getAcceptableMediaTypes();
        if (request.getHeaderString(HttpHeaders.ACCEPT) != null
                && !accepted.isEmpty()
                && accepted.stream().allMatch(StrictMediaTypes::isRefused)) {
            throw new NotAcceptableException();
        }
    }

    private static boolean hasBody(ContainerRequestContext request) {
        String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        return request.getHeaderString("Transfer-Encoding") != null
                || length != null && !length.strip().equals("0");
    }

    private static boolean isUtf8(@Nullable String charset) {
        return charset == null || charset.equalsIgnoreCase("utf-8");
    }

    private static boolean isRefused(MediaType type) {
        String weight = type.getParameters().get("q");
        return weight != null && weight.matches("0(\\.0{0,3})?");
    }
}
