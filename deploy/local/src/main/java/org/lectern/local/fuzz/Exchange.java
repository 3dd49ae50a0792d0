package org.lectern.local.fuzz;

import java.time.Duration;
import java.util.List;

/**
 * What came back for one request.
 *
 * @param rest octets after the answers that are no HTTP/1.1
 * @param closed whether the server ended the connection
 * @param took until the first answer was complete, the connection ended or patience did
 * @param connected whether there was a connection at all
 */
record Exchange(List<Answer> answers, String rest, boolean closed, Duration took, boolean connected) {

    static Exchange refused(Duration took) {
        return new Exchange(List.of(), "", true, took, false);
    }

    int status() {
        return answers.isEmpty() ? 0 : answers.getFirst().status();
    }
}
