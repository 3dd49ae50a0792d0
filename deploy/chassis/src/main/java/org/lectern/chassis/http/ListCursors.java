package org.lectern.chassis.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.lectern.chassis.problem.InvalidRequest;

/**
 * Binds a cursor to its list and filters: another list, or the same one with other filters, refuses it. Its position
 * would be meaningless there, and pages would silently miss items.
 */
class ListCursors {

    static final char MARK = '.';

    private static final String CURSOR = "cursor";
    private static final Set<String> OF_THE_PAGE = Set.of(CURSOR, "limit");
    private static final int BYTES_OF_MARK = 6;

    @ServerRequestFilter
    void check(ContainerRequestContext request) {
        List<String> cursors = request.getUriInfo().getQueryParameters().get(CURSOR);
        if (cursors != null && cursors.size() == 1 && !cursors.getFirst().endsWith(mark(request.getUriInfo()))) {
            throw new InvalidRequest("?cursor", "cursor.not-ours");
        }
    }

    @ServerResponseFilter
    void bind(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getEntity() instanceof Page<?>(List<?> items, String next) && next != null) {
            response.setEntity(new Page<>(items, next + mark(request.getUriInfo())));
        } else if (response.getEntity() instanceof Paged paged) {
            String position = paged.nextCursor();
            if (position != null) {
                response.setEntity(paged.withCursor(position + mark(request.getUriInfo())));
            }
        }
    }

    /** The position without the mark of its list. */
    static String position(String cursor) {
        int mark = cursor.lastIndexOf(MARK);
        return mark < 0 ? cursor : cursor.substring(0, mark);
    }

    private static String mark(UriInfo address) {
        Map<String, List<String>> filters = new TreeMap<>(address.getQueryParameters());
        filters.keySet().removeAll(OF_THE_PAGE);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((address.getPath() + filters).getBytes(StandardCharsets.UTF_8));
            return MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, BYTES_OF_MARK));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
