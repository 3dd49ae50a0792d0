package org.lectern.scheduler.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;

/** One change as returned by the API. */
@Schema(name = "AuditEntry")
@JsonInclude(JsonInclude.Include.NON_NULL)
record EntryView(
        UUID id,

        @Schema(
                description = "The position in the chain; absent for the seconds until the entry is sealed",
                examples = "1711")
        @Nullable
        Long position,

        @Schema(description = "SHA-256 of the chain up to here, in hex") @Nullable
        String hash,

        Kind kind,

        @Schema(
                description = "The subject: its identifier within its kind",
                examples = "0198c0de-7f3e-7a55-9d0e-1f1f6a2c9a55")
        String subject,

        @Schema(description = "The version of the subject after the change", examples = "2")
        int version,

        @Schema(examples = "CHANGED") String action,
        Instant at,

        @Schema(description = "Who made the change: the subject of the access token, or `system`")
        String actor,

        @Nullable String reason,

        @Schema(description = "The code of the reason, if one was chosen", examples = "weather") @Nullable
        String reasonCode,

        @Schema(description = "Why rules were overridden") @Nullable
        String overrideReason,

        @Schema(description = "The rules that were broken") @Nullable
        List<String> overridden,

        @Schema(
                type = SchemaType.OBJECT,
                description = "The state before; absent for the first entry of a subject. For contact data, a "
                        + "lecturer's home and the reason of a blackout it only says that they changed")
        @Nullable
        Map<String, Object> before,

        @Schema(type = SchemaType.OBJECT, description = "The state after")
        Map<String, Object> after) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static EntryView of(Sql.Row row) throws SQLException {
        Entry entry = Entry.of(row);
        String before = row.textOrNull("before");
        String hash = row.textOrNull("hash");
        return new EntryView(
                entry.id(),
                hash == null ? null : row.bigNumber("position"),
                hash,
                entry.kind(),
                entry.subject(),
                entry.version(),
                entry.action(),
                entry.at(),
                entry.actor(),
                entry.reason(),
                row.textOrNull("reason_code"),
                entry.overrideReason(),
                entry.overrideReason() == null ? null : entry.overridden(),
                before == null ? null : read(before),
                read(entry.state()));
    }

    private static Map<String, Object> read(String state) {
        try {
            return JSON.readValue(state, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored state cannot be read", e);
        }
    }
}
