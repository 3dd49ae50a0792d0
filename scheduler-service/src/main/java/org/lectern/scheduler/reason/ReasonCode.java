package org.lectern.scheduler.reason;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.hibernate.validator.constraintvalidation.HibernateConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/** One of the configured {@link ReasonConfig#codes}, or absent. */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = ReasonCode.Validator.class)
public @interface ReasonCode {

    /** For the description of the API. */
    String DESCRIPTION = "For filters and statistics: one of `GET /api/v1/choices`";

    String message() default "{org.lectern.ReasonCode.message}";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Names the codes. */
    @ApplicationScoped
    class Validator implements ConstraintValidator<ReasonCode, String> {

        private final ReasonConfig config;

        @Inject
        Validator(ReasonConfig config) {
            this.config = config;
        }

        @Override
        public boolean isValid(@Nullable String code, ConstraintValidatorContext context) {
            if (code == null || config.codes().contains(code)) {
                return true;
            }
            context.unwrap(HibernateConstraintValidatorContext.class)
                    .addMessageParameter("codes", String.join(", ", config.codes()));
            return false;
        }
    }
}
