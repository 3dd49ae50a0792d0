package org.lectern.chaos.system;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The addresses of the system. Databases and brokers are read directly, bypassing any proxies.
 *
 * @param schedulers base addresses of the replicas in the balance, without a trailing slash
 * @param bearer an organizer's token
 * @param kafka settings of the Kafka client
 */
public record SystemUnderTest(
        Supplier<List<String>> schedulers,
        Supplier<List<String>> notifications,
        Supplier<String> bearer,
        Database scheduler,
        Database notification,
        Map<String, Object> kafka,
        Optional<Receivers> receivers) {}
