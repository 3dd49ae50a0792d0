package org.lectern.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Runs work that does not count, until the just-in-time compilers of the services are idle. Active compilers take a
 * core from the measurement; a service that has run for a day does not compile.
 */
final class WarmUp {

    private static final int MOST_ROUNDS = 12;
    /** Fraction of one core that idle compilers may use. */
    static final double AT_REST = 0.1;

    private WarmUp() {}

    /**
     * Gives up after a dozen rounds.
     *
     * @param round a part of the work, at least ten seconds long
     */
    static void untilCompilersRest(List<Service> services, Callable<?> round) throws Exception {
        for (int i = 0; i < MOST_ROUNDS; i++) {
            double compiled = compiled(services);
            long begin = System.nanoTime();
            round.call();
            if (compiled(services) - compiled < AT_REST * (System.nanoTime() - begin) / 1e9) {
                return;
            }
        }
    }

    private static double compiled(List<Service> services) throws IOException {
        double seconds = 0;
        for (Service service : services) {
            seconds += service.compilerSeconds();
        }
        return seconds;
    }
}
