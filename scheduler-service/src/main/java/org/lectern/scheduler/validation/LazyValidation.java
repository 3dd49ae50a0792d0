package org.lectern.scheduler.validation;

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
 * Reads the constraints of a class when an instance is first validated. The extension's own validator reads those of
 * all classes at every start, which takes a third of the main thread's start time.
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
                // an intercepted resource has the constraints of its original class
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

    /** Everything is reachable: validated objects come from requests, so no member is lazily loaded. */
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
