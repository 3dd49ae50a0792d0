package org.lectern.notification.delivery;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A receiver of digests that answers as configured and keeps each message. */
@Singleton
class DigestReceiver implements Channel {

    private final Map<String, DeliveryOutcome> moods = new ConcurrentHashMap<>();
    private final Map<String, List<List<OutgoingMessage>>> messages = new ConcurrentHashMap<>();

    @Override
    public String name() {
        return "digesting";
    }

    @Override
    public int digests() {
        return 100;
    }

    void answers(String address, DeliveryOutcome outcome) {
        moods.put(address, outcome);
    }

    List<List<OutgoingMessage>> messages(String address) {
        return messages.computeIfAbsent(address, key -> new CopyOnWriteArrayList<>());
    }

    @Override
    public DeliveryOutcome deliver(OutgoingMessage letter) {
        return digest(List.of(letter));
    }

    @Override
    public DeliveryOutcome digest(List<OutgoingMessage> letters) {
        String address = letters.getFirst().address();
        messages(address).add(List.copyOf(letters));
        return moods.getOrDefault(address, new DeliveryOutcome.Delivered("served"));
    }
}
