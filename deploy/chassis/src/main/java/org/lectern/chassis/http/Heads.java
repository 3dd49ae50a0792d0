package org.lectern.chassis.http;

import io.vertx.core.MultiMap;
import java.util.Map;

/** The limit for the head of a request: all names and values of its headers together. */
public final class Heads {

    private static final int LONGEST = 16 * 1024;

    private Heads() {}

    public static boolean isTooLong(MultiMap headers) {
        long length = 0;
        for (Map.Entry<String, String> field : headers) {
            length += field.getKey().length() + field.getValue().length() + 4;
        }
        return length > LONGEST;
    }
}
