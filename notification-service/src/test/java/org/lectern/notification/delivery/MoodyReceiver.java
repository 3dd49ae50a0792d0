package org.lectern.notification.delivery;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Receivers that answer as configured, each under its own address, and record the messages. */
@Singleton
class MoodyReceiver implements Channel {

    private final Map<String, DeliveryOutcome> moods = new ConcurrentHashMap<>();
    private final Map<String, List<UUID>> received = new ConcurrentHashMap<>();
    private final Map<String, List<OutgoingMessage>> letters = new ConcurrentHashMap<>();

    @Override
    public String name() {
        return "moody";
    }

    void answers(String address, DeliveryOutcome outcome) {
        moods.put(address, outcome);
    }

    /** Answers like this about one booking or request, and accepts everything else. */
    void answersOnly(String address, UUID subject, DeliveryOutcome outcome) {
        moods.put(address + " " + subject, outcome);
        moods.remove(address);
    }

    Optional<DeliveryOutcome> mood(String address) {
        return Optional.ofNullable(moods.get(address));
    }

    List<UUID> received(String address) {
        return received.computeIfAbsent(address, key -> new CopyOnWriteArrayList<>());
    }

    List<OutgoingMessage> letters(String address) {
        return letters.computeIfAbsent(address, key -> new CopyOnWriteArrayList<>());
    }

    @Override
    public DeliveryOutcome deliver(OutgoingMessage letter) {
        letters(letter.address()).add(letter);
        received(letter.address()).add(letter.deliveryId());
        return mood(letter.address() + " " + letter.subjectId())
                .or(() -> mood(letter.address()))
                .orElseGet(() -> new DeliveryOutcome.Delivered("served"));
    }
}
