package org.lectern.scheduler.validation;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;

/** A maximum number of characters in Unicode code points, not UTF-16 units or bytes. */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = MaxLength.Validator.class)
public @interface MaxLength {

    int value();

    String message() default "{org.lectern.MaxLength.message}";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Counts the code points. */
    final class Validator implements ConstraintValidator<MaxLength, CharSequence> {

        private int most;

        @Override
        public void initialize(MaxLength constraint) {
            most = constraint.value();
        }

        @Override
        public boolean isValid(@Nullable CharSequence text, ConstraintValidatorContext context) {
            return text == null || text.codePoints().count() <= most;
        }
    }
}
