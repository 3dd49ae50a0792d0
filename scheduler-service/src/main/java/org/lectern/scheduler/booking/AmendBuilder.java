package org.lectern.scheduler.booking;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonPOJOBuilder;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.booking.BookingCommand.Amend;

/** Reads a merge patch: only a setter tells a member that is {@code null} from one that is absent. */
@JsonPOJOBuilder(withPrefix = "set")
class AmendBuilder {

    private final Set<String> cleared = new TreeSet<>();
    private @Nullable Integer expectedHeadCount;
    private @Nullable String note;
    private @Nullable UUID topicId;
    private @Nullable String format;
    private @Nullable String reason;
    private @Nullable String reasonCode;
    private @Nullable RuleOverride override;

    @JsonProperty
    void setExpectedHeadCount(@Nullable Integer value) {
        expectedHeadCount = given("expectedHeadCount", value);
    }

    @JsonProperty
    void setNote(@Nullable String value) {
        note = given("note", value);
    }

    @JsonProperty
    void setTopicId(@Nullable UUID value) {
        topicId = given("topicId", value);
    }

    @JsonProperty
    void setFormat(@Nullable String value) {
        format = given("format", value);
    }

    @JsonProperty
    void setReason(@Nullable String value) {
        reason = value;
    }

    @JsonProperty
    void setReasonCode(@Nullable String value) {
        reasonCode = value;
    }

    @JsonProperty
    void setOverride(@Nullable RuleOverride value) {
        override = value;
    }

    private <T> @Nullable T given(String member, @Nullable T value) {
        if (value == null) {
            cleared.add(member);
        }
        return value;
    }

    Amend build() {
        return new Amend(expectedHeadCount, note, topicId, format, reason, reasonCode, override, cleared);
    }
}
