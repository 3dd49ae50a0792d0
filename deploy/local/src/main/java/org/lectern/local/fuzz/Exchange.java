package org.lectern.local.fuzz;

import java.time.Duration;
import java.util.List;

/**
 * The result of one request.
 *
 * @param rest octets after the answers that are not HTTP/1.1
 * @param closed true if the server closed the connection
 * @param took time until the first answer was complete, the connection ended, or the timeout
 * @param connected true if there was a connection
 */
record Exchange(List<Answer> answers, String rest, boolean closed, Duration took, boolean connected) {

    static Exchange refused(Duration took) {
        return new Exchange(List.of(), "", true, took, false);
    }

    int status() {
        return answers.isEmpty() ? 0 : answers.getFirst().status();
    }
}
