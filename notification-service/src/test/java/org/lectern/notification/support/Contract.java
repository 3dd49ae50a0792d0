package org.lectern.notification.support;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The published contract of this service's events. */
public final class Contract {

    private static final Path FOLDER = Path.of("src/main/resources/contract");

    private Contract() {}

    /**
     * What the data of an event break of its schema.
     *
     * @param type without the prefix of all types, such as {@code notice.delivered.v1}
     */
    public static List<?> breaches(String type, String data) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(read("schema/" + type + ".schema.json"), InputFormat.JSON)
                .validate(data, InputFormat.JSON);
    }

    /** The published example of an event of that type. */
    public static String example(String type) {
        return read("example/" + type + ".json");
    }

    private static String read(String file) {
        try {
            return Files.readString(FOLDER.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
