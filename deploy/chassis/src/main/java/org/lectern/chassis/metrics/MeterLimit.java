package org.lectern.chassis.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** Last safeguard against unbounded labels: caps the number of meters and counts those it refuses. */
final class MeterLimit implements MeterFilter {

    private static final Logger LOG = Logger.getLogger(MeterLimit.class);

    private final int most;
    private final Set<Meter.Id> known = ConcurrentHashMap.newKeySet();
    private final AtomicLong refused = new AtomicLong();

    MeterLimit(int most) {
        this.most = most;
    }

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        if (known.contains(id)) {
            return MeterFilterReply.NEUTRAL;
        }
        if (known.size() >= most && !id.getName().equals(ResponseTimes.REFUSED)) {
            if (refused.incrementAndGet() == 1) {
                LOG.errorf("There are %d meters; %s and others are not measured", most, id.getName());
            }
            return MeterFilterReply.DENY;
        }
        known.add(id);
        return MeterFilterReply.NEUTRAL;
    }

    long refused() {
        return refused.get();
    }
}
