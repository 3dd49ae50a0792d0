package org.lectern.chassis.erasure;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What to erase, exactly as the person's record shows it. */
@Schema(
        name = "ErasureRequest",
        requiredProperties = {"texts"})
public record ErasureRequest(
        @Schema(
                description = "E-mail addresses and telephone numbers, 1 to 10. Case does not matter; another way of "
                        + "writing a number is another text",
                examples = "[\"li.wei@example.org\", \"+86 138 0013 8000\"]")
        @Nullable
        List<@Nullable String> texts) {}
