package org.lectern.chaos.system;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where everything is; the databases and the brokers are asked directly, around all proxies that may be there.
 *
 * @param schedulers base addresses of the replicas that take requests at the moment, without a trailing slash
 * @param bearer an organizer's token
 * @param kafka settings of Kafka's client
 */
public record SystemUnderTest(
        Supplier<List<String>> schedulers,
        Supplier<List<String>> notifications,
        Supplier<String> bearer,
        Database scheduler,
        Database notification,
        Map<String, Object> kafka,
        Optional<Receivers> receivers) {}
