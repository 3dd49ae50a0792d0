package org.lectern.scheduler.validation;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A code that identifies a thing across systems: 1 to 60 letters, digits, dots, dashes and underscores of any script.
 */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@Pattern(regexp = "[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,59}")
@ReportAsSingleViolation
@Constraint(validatedBy = {})
public @interface Code {

    String message() default "{org.lectern.Code.message}";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
