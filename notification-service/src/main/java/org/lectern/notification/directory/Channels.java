package org.lectern.notification.directory;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The channels that endpoints can select. */
@ApplicationScoped
public class Channels {

    private final Map<String, ChannelTerms> terms;

    @Inject
    Channels(@All List<ChannelTerms> terms) {
        this.terms = terms.stream()
                .collect(Collectors.toMap(
                        ChannelTerms::channel, Function.identity(), (one, other) -> one, TreeMap::new));
    }

    Optional<ChannelTerms> terms(String channel) {
        return Optional.ofNullable(terms.get(channel));
    }

    /** Their names, for an error message about an unknown channel. */
    String names() {
        return String.join(", ", terms.keySet());
    }

    /** An address, masked for readers that may not see it. */
    public String masked(String channel, String address) {
        return terms(channel).map(each -> each.masked(address)).orElse("***");
    }
}
