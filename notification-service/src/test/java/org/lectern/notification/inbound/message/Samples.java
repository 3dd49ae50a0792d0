package org.lectern.notification.inbound.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Messages in the form that programs write, invented for the tests. Their lines end in CR LF as on the wire. */
public final class Samples {

    /** The address for calendar replies. */
    public static final String ENTRY = "lectern+entrytoken@example.org";

    /** The address for bounces. */
    public static final String DELIVERY = "lectern+deliverytoken@example.org";

    /** The entry that they answer. */
    public static final String UID = "019a1b70-0c44-7d21-9a5e-7b1f3c2e4d01@lectern";

    private Samples() {}

    public static String text(String name) {
        try (@Nullable InputStream in = Samples.class.getResourceAsStream("/inbound/" + name + ".eml")) {
            if (in == null) {
                throw new IllegalArgumentException("There is no sample " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\n", "\r\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] octets(String name) {
        return text(name).getBytes(StandardCharsets.UTF_8);
    }
}
