package org.lectern.scheduler.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.arc.Arc;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.inject.Singleton;
import java.util.Set;
import org.hibernate.validator.HibernateValidatorFactory;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.support.BackingStack;

/** A start leaves the constraints for later. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class LazyValidationTest {

    /** Would fail if the extension made its own validator again, which reads the constraints of all classes. */
    @Test
    void thatOfTheExtensionIsNeverMade() {
        Set<Bean<?>> ofTheExtension = Arc.container()
                .beanManager()
                .getBeans(HibernateValidatorFactory.class, NamedLiteral.of("quarkus-hibernate-validator-factory"));

        assertThat(ofTheExtension)
                .hasSize(1)
                .allSatisfy(bean -> assertThat(Arc.container()
                                .getActiveContext(Singleton.class)
                                .get(bean))
                        .isNull());
    }
}
