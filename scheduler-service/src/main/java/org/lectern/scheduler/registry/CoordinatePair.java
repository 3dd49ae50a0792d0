package org.lectern.scheduler.registry;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;

/** Latitude and longitude must come together; a violation points to the missing one. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = CoordinatePair.Validator.class)
@interface CoordinatePair {

    String message() default "{org.lectern.Place.pair}";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Finds the missing coordinate. */
    final class Validator implements ConstraintValidator<CoordinatePair, Place> {

        @Override
        public boolean isValid(@Nullable Place place, ConstraintValidatorContext context) {
            if (place == null || (place.latitude() == null) == (place.longitude() == null)) {
                return true;
            }
            context.disableDefaultConstraintViolation();
            context.buildConstraintViolationWithTemplate(context.getDefaultConstraintMessageTemplate())
                    .addPropertyNode(place.latitude() == null ? "latitude" : "longitude")
                    .addConstraintViolation();
            return false;
        }
    }
}
