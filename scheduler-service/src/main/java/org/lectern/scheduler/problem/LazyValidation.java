package org.lectern.scheduler.problem;

import io.quarkus.hibernate.validator.runtime.ArcConstraintValidatorFactoryImpl;
import io.quarkus.hibernate.validator.runtime.ArcProxyBeanMetaDataClassNormalizer;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.validation.Path;
import jakarta.validation.TraversableResolver;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.lang.annotation.ElementType;
import java.util.Locale;
import java.util.Set;
import org.hibernate.validator.HibernateValidator;
import org.hibernate.validator.HibernateValidatorFactory;
import org.lectern.chassis.problem.Language;
import org.lectern.chassis.problem.Messages;

/**
 * Has the constraints of a class be read when something of that class is first validated. The extension's own validator, in whose
 * place this one stands, reads those of all classes at every start, a third of what the main thread does then.
 */
@Alternative
@Priority(1)
@ApplicationScoped
class LazyValidation {

    @Produces
    @ApplicationScoped
    HibernateValidatorFactory factory(Messages messages) {
        return Validation.byProvider(HibernateValidator.class)
                .configure()
                .ignoreXmlConfiguration()
                .constraintValidatorFactory(new ArcConstraintValidatorFactoryImpl())
                // a resource that is intercepted has the constraints of the class it was written as
                .beanMetaDataClassNormalizer(new ArcProxyBeanMetaDataClassNormalizer())
                .traversableResolver(new Everything())
                .locales(Set.copyOf(Language.ALL))
                .defaultLocale(Locale.ENGLISH)
                .localeResolver(of -> Locale.forLanguageTag(messages.language()))
                .buildValidatorFactory()
                .unwrap(HibernateValidatorFactory.class);
    }

    void close(@Disposes HibernateValidatorFactory factory) {
        factory.close();
    }

    @Produces
    @ApplicationScoped
    Validator validator(HibernateValidatorFactory factory) {
        return factory.getValidator();
    }

    /** What is validated was read from a request: nothing of it is still to be loaded, as the default asks of each member. */
    private static final class Everything implements TraversableResolver {

        @Override
        public boolean isReachable(Object of, Path.Node member, Class<?> root, Path path, ElementType type) {
            return true;
        }

        @Override
        public boolean isCascadable(Object of, Path.Node member, Class<?> root, Path path, ElementType type) {
            return true;
        }
    }
}
