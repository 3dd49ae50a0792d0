package org.lectern.notification.wording;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.qute.Engine;
import io.quarkus.qute.i18n.MessageBundles;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.inject.Inject;
import java.lang.reflect.Method;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lectern.notification.support.BackingStack;

/** A start does not load the texts. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class LazyMessagesTest {

    @Inject
    BeanManager beans;

    @Inject
    Engine engine;

    /** Fails if the library renames the method that reads all texts, or if the build ignores our extension. */
    @Test
    void nothingReadsAllTextsAtTheStart() {
        assertThat(MessageBundles.class.getDeclaredMethods())
                .extracting(Method::getName)
                .contains(LazyMessages.READS_ALL);
        assertThat(ofTexts(Engine.builder()))
                .as("the library still finds texts by their names")
                .isNotEmpty();
        assertThat(ofTexts(engine)).isEmpty();
    }

    private Stream<Class<?>> ofTexts(Object event) {
        return beans.resolveObserverMethods(event).stream()
                .<Class<?>>map(ObserverMethod::getBeanClass)
                .filter(MessageBundles.class::equals);
    }
}
