package org.lectern.notification.inbound.message;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Recognises automatic replies by RFC 3834, and by older conventions. */
final class AutomaticReplies {

    private static final Set<String> PRECEDENCE = Set.of("auto_reply", "bulk", "junk", "list");

    private AutomaticReplies() {}

    static boolean isOne(MimeParts message) {
        boolean submitted = message.field("Auto-Submitted")
                .map(value -> !value.toLowerCase(Locale.ROOT).startsWith("no"))
                .orElse(false);
        boolean precedence = message.field("Precedence")
                .map(value -> PRECEDENCE.contains(value.strip().toLowerCase(Locale.ROOT)))
                .orElse(false);
        return submitted
                || precedence
                || Stream.of(
                                "X-Autoreply",
                                "X-Autorespond",
                                "X-Autoresponder",
                                "X-MS-Exchange-Inbox-Rules-Loop",
                                "List-Id")
                        .anyMatch(name -> message.field(name).isPresent());
    }
}
