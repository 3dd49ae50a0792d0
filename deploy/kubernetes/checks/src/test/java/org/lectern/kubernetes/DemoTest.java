package org.lectern.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The demo keeps every rule that one node can keep, and needs one node. */
class DemoTest {

    /** Rules about a second copy, a second node or a backup. Argo CD is not part of it. */
    private static final Set<Rule> NEED_MORE = Set.of(
            Rule.DATABASES_FORGET_NOTHING,
            Rule.DATABASES_ARE_BACKED_UP,
            Rule.TOPICS_ARE_THOSE_OF_THE_CONTRACT,
            Rule.ENGINES_ARE_SPREAD,
            Rule.REPLICAS_ARE_SPREAD,
            Rule.EVERY_DEPLOYMENT_IS_SCALED_BY_ONE,
            Rule.DISRUPTIONS_ARE_BOUNDED,
            Rule.WAVES_BRING_WHAT_IS_NEEDED,
            Rule.MIGRATIONS_ARE_MADE_ANEW,
            Rule.SETTINGS_STAY_WHILE_THEY_ARE_USED);

    static Stream<Rule> rules() {
        return Stream.of(Rule.values()).filter(rule -> !NEED_MORE.contains(rule));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void demo_keepsTheRule(Rule rule) {
        assertThat(rule.brokenBy(Manifests.of("demo"))).isEmpty();
    }

    @Test
    void demo_needsOneNode() {
        Manifests demo = Manifests.of("demo");
        assertThat(demo.ofKind("Cluster"))
                .isNotEmpty()
                .allMatch(cluster -> cluster.at("/spec/instances").asInt() == 1
                        && !cluster.at("/spec/postgresql").has("synchronous"));
        assertThat(demo.ofKind("KafkaNodePool"))
                .singleElement()
                .matches(pool -> pool.at("/spec/replicas").asInt() == 1
                        && pool.at("/spec/roles").size() == 2
                        && pool.at("/spec/template/pod").isMissingNode());
        assertThat(demo.ofKind("KafkaTopic"))
                .isNotEmpty()
                .allMatch(topic -> topic.at("/spec/replicas").asInt() == 1);
        assertThat(demo.ofKind("Deployment"))
                .allMatch(deployment -> Resource.each(deployment.pod().path("topologySpreadConstraints"))
                        .noneMatch(spread ->
                                spread.path("whenUnsatisfiable").asText().equals("DoNotSchedule")));
    }
}
