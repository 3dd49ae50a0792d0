package org.lectern.chassis.erasure;

import java.util.List;

/** The records of a service that may have a text as their address. They end before the text is replaced elsewhere. */
public interface PersonalRecords {

    /** How many records have one of these as their address. */
    int count(List<String> texts);

    /**
     * Ends those records as their own rules say, so that nothing is sent there any more.
     *
     * @param actor who demands it
     * @return how many
     */
    int end(List<String> texts, String actor);
}
