package org.lectern.notification.intake.review;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.intake.QuarantineAction;
import org.lectern.notification.intake.QuarantinedRecord;

/** A quarantined record, byte for byte, with the actions on it. */
@Schema(name = "QuarantinedRecordDetail")
record QuarantineDetail(
        @JsonUnwrapped QuarantineView record,

        @Schema(description = "Absent if the record has none") @Nullable
        Bytes key,

        @Schema(description = "Absent for a tombstone") @Nullable
        Bytes value,

        List<HeaderView> headers,
        List<QuarantineAction> actions) {

    /** Bytes, with their text if they are valid text. */
    @Schema(name = "Bytes")
    record Bytes(
            @Schema(examples = "eyJ9") String base64,

            @Schema(description = "The same as text, if it is UTF-8", examples = "{\"}") @Nullable
            String text) {

        static @Nullable Bytes of(byte @Nullable [] bytes) {
            return bytes == null ? null : new Bytes(Base64.getEncoder().encodeToString(bytes), utf8(bytes));
        }

        private static @Nullable String utf8(byte[] bytes) {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            } catch (CharacterCodingException e) {
                return null;
            }
        }
    }

    /** One header; a name may occur more than once. */
    @Schema(name = "RecordHeader")
    record HeaderView(
            @Schema(examples = "ce_type") String name,
            @Nullable Bytes value) {}

    static QuarantineDetail of(QuarantinedRecord record, List<QuarantineAction> actions) {
        return new QuarantineDetail(
                QuarantineView.of(record),
                Bytes.of(record.key()),
                Bytes.of(record.value()),
                record.origin().keptHeaders().stream()
                        .map(header -> new HeaderView(header.name(), Bytes.of(header.value())))
                        .toList(),
                actions);
    }
}
