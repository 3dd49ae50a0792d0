package org.lectern.scheduler.validation;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.text.Normalizer;
import java.util.regex.Pattern;
import org.hibernate.validator.constraintvalidation.HibernateConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/**
 * A code that identifies a thing across systems: 1 to 60 letters, digits, dots, dashes and underscores of any script.
 * Upper and lower case differ. Full-width and other compatibility characters are refused, because two codes that look
 * alike must not name two things.
 */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = Code.Validator.class)
public @interface Code {

    String message() default "{org.lectern.Code.message}";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Checks the form, and proposes the usual characters instead of compatibility characters. */
    final class Validator implements ConstraintValidator<Code, String> {

        private static final Pattern FORM = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,59}");

        @Override
        public boolean isValid(@Nullable String code, ConstraintValidatorContext context) {
            if (code == null) {
                return true;
            }
            String usual = Normalizer.normalize(code, Normalizer.Form.NFKC);
            if (usual.equals(code) || !FORM.matcher(usual).matches()) {
                return FORM.matcher(code).matches();
            }
            context.disableDefaultConstraintViolation();
            context.unwrap(HibernateConstraintValidatorContext.class)
                    .addMessageParameter("usual", usual)
                    .buildConstraintViolationWithTemplate("{org.lectern.Code.width}")
                    .addConstraintViolation();
            return false;
        }
    }
}
