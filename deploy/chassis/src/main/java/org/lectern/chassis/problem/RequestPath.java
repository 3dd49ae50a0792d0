package org.lectern.chassis.problem;

import jakarta.ws.rs.core.UriInfo;

/** The decoded path of a request. */
public final class RequestPath {

    private RequestPath() {}

    /**
     * The path; empty if it cannot be decoded. The server decodes a path with matrix parameters itself, so a second
     * decoding fails at an escaped percent sign. No operation has such an address.
     */
    public static String of(UriInfo request) {
        try {
            return request.getPath();
        } catch (IllegalArgumentException undecodable) {
            return "";
        }
    }
}
