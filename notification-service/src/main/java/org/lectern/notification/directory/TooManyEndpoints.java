package org.lectern.notification.directory;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** The branch has the largest allowed number of endpoints, or of e-mail addresses. */
final class TooManyEndpoints extends Refusal {

    private TooManyEndpoints(String code, int there, int most) {
        super(409, code, List.of(), there, most);
        member("count", there);
        member("limit", most);
    }

    static TooManyEndpoints ofAllChannels(int there, int most) {
        return new TooManyEndpoints("too-many-endpoints", there, most);
    }

    static TooManyEndpoints mailboxes(int there, int most) {
        return new TooManyEndpoints("too-many-mailboxes", there, most);
    }
}
