package org.lectern.scheduler.support;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The published contract of the events. */
public final class Contract {

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private Contract() {}

    /** Asserts that the data of an event match its schema. */
    public static void validate(String type, String data) {
        var schema = SCHEMAS.getSchema(read("schema/" + name(type) + ".schema.json"), InputFormat.JSON);
        assertThat(schema.validate(
                        data,
                        InputFormat.JSON,
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true))))
                .as("%s: %s", type, data)
                .isEmpty();
    }

    /** The published example of an event of that type. */
    public static String example(String type) {
        return read("example/" + name(type) + ".json");
    }

    private static String name(String type) {
        return type.substring("lectern.".length());
    }

    private static String read(String file) {
        try (InputStream in = Contract.class.getResourceAsStream("/contract/" + file)) {
            assertThat(in).as("contract/%s", file).isNotNull();
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
