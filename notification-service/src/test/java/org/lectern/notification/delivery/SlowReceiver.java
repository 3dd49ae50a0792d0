package org.lectern.notification.delivery;

import jakarta.inject.Singleton;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A receiver that blocks first attempts until released, then gives a configured answer; retries succeed. */
@Singleton
class SlowReceiver implements Channel {

    volatile @Nullable CountDownLatch first;
    volatile DeliveryOutcome firstAnswer = new DeliveryOutcome.Failed("refused");

    @Override
    public String name() {
        return "slow";
    }

    @Override
    public DeliveryOutcome deliver(OutgoingMessage letter) {
        CountDownLatch latch = first;
        if (latch == null || letter.attempt() > 1) {
            return new DeliveryOutcome.Delivered("served");
        }
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return firstAnswer;
    }
}
