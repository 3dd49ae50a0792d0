package org.lectern.chassis.openapi;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/**
 * Parameters with the same meaning in every operation, identified by name. An operation's own description takes
 * precedence.
 */
final class CommonParameters {

    static final String KEY = "Idempotency-Key";
    static final String IF_MATCH = "If-Match";
    static final String IF_NONE_MATCH = "If-None-Match";

    private static final Map<String, String> DESCRIPTIONS = Map.ofEntries(
            Map.entry("cursor", "`nextCursor` of the previous page; only with the same filters"),
            Map.entry("limit", "The maximum number of items, 1 to 200"),
            Map.entry("q", "Part of the code or the name, in any case"),
            Map.entry("archived", "Whether to list archived items instead of active ones"),
            Map.entry("dryRun", "Only report the outcome and store nothing"),
            Map.entry("bom", "Whether the file starts with a byte order mark, by which Excel recognises UTF-8"),
            Map.entry("lang", "`en` or `zh-CN`"),
            Map.entry("token", "The token in the link"),
            Map.entry("id", "The identifier (UUID)"),
            Map.entry("Accept-Language", "`en` or `zh-CN`"),
            Map.entry(IF_NONE_MATCH, "The ETag of the caller's copy"),
            Map.entry(IF_MATCH, "The ETag of the last read"),
            Map.entry(
                    KEY,
                    "A unique name for this change, 16 to 128 visible ASCII characters. Repeats with "
                            + "the same key have one effect and get the same response for 72 hours."));

    private static final Map<String, String> EXAMPLES =
            Map.of(IF_MATCH, "\"3\"", KEY, "3b1f0c4e-7d0a-4a63-9d0e-1f1f6a2c9a55");

    private CommonParameters() {}

    static void describe(Parameter parameter) {
        String name = parameter.getName();
        boolean described = parameter.getDescription() != null;
        if (EXAMPLES.containsKey(name)) {
            parameter
                    .example(EXAMPLES.get(name))
                    .schema(OASFactory.createSchema().addType(SchemaType.STRING));
            // an operation's own description states whether the parameter is optional
            parameter.setRequired(!described || Boolean.TRUE.equals(parameter.getRequired()) ? true : null);
        }
        if (described) {
            return;
        }
        parameter.setDescription(DESCRIPTIONS.getOrDefault(name, byName(name, parameter.getIn() == Parameter.In.PATH)));
        if (name.equals("limit") && isText(parameter.getSchema())) {
            // read as text, so that the service itself refuses an invalid number
            parameter.setSchema(OASFactory.createSchema()
                    .addType(SchemaType.INTEGER)
                    .minimum(BigDecimal.ONE)
                    .maximum(BigDecimal.valueOf(200))
                    .defaultValue(50));
        }
    }

    private static String byName(String name, boolean inPath) {
        if (!name.endsWith("Id")) {
            return (inPath ? "The " : "Only items with this ") + words(name);
        }
        String noun = words(name.substring(0, name.length() - 2));
        return (inPath ? "The " + noun : "Only items of this " + noun) + ", by its identifier (UUID)";
    }

    private static String words(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    private static boolean isText(Schema schema) {
        return List.of(SchemaType.STRING).equals(schema.getType());
    }
}
