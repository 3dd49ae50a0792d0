package org.lectern.notification.notice;

import java.util.List;
import org.lectern.notification.problem.Refusal;

/** The caller has as many streams open as anybody may. */
final class TooManyStreams extends Refusal {

    TooManyStreams(int most) {
        super(429, "too-many-streams", List.of(), most);
        header("Retry-After", "10");
    }
}
