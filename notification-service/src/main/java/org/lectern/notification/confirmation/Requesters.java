package org.lectern.notification.confirmation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.lectern.chassis.problem.Language;
import org.lectern.chassis.problem.NotFound;
import org.lectern.chassis.time.Zones;
import org.lectern.notification.directory.Recipient;
import org.lectern.notification.directory.Recipients;

/** The branch as an address owner sees it: its name and its parent organisation only. */
@ApplicationScoped
class Requesters {

    /** Line ends, other control characters and bidirectional marks: a name must not forge a line. */
    private static final Pattern UNFIT =
            Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069\\u200E\\u200F]+");

    private final Recipients branches;

    @Inject
    Requesters(Recipients branches) {
        this.branches = branches;
    }

    ConfirmationState.Requester of(UUID id) {
        Recipient branch = branches.find(id).orElseThrow(NotFound::new);
        return new ConfirmationState.Requester(
                branch.kind(),
                oneLine(branch.name()),
                branches.above(id).map(above -> oneLine(above.name())).orElse(null),
                Zones.of(branch.zone()),
                branch.locale());
    }

    /** The name with the parent organisation, formatted for that language. */
    static String name(ConfirmationState.Requester requester, Locale language) {
        String above = requester.above();
        if (above == null) {
            return requester.name();
        }
        return Language.of(language.toLanguageTag()).getLanguage().equals("zh")
                ? requester.name() + "（" + above + "）"
                : requester.name() + " (" + above + ")";
    }

    private static String oneLine(String name) {
        return UNFIT.matcher(name).replaceAll(" ").strip();
    }
}
