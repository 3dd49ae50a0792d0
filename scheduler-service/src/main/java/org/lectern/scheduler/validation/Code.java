package org.lectern.scheduler.validation;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.text.Normalizer;
import org.hibernate.validator.constraintvalidation.HibernateConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/**
 * A code that identifies a thing across systems: 1 to 60 letters, digits, dots, dashes and underscores of any script.
 * Upper and lower case differ. Full-width and other compatibility characters are refused, because two codes that look
 * alike must not name two things.
 */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@Pattern(regexp = Code.FORM, message = "{org.lectern.Code.message}")
@Constraint(validatedBy = Code.Validator.class)
public @interface Code {

    /** The form, also in the description of the API. */
    String FORM = "[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,59}";

    String message() default "{org.lectern.Code.width}";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Proposes the usual characters instead of compatibility characters. A code of another form is refused as such. */
    final class Validator implements ConstraintValidator<Code, String> {

        @Override
        public boolean isValid(@Nullable String code, ConstraintValidatorContext context) {
            String usual = code == null ? null : Normalizer.normalize(code, Normalizer.Form.NFKC);
            if (code == null || code.equals(usual) || !code.matches(FORM)) {
                return true;
            }
            context.unwrap(HibernateConstraintValidatorContext.class).addMessageParameter("usual", usual);
            return false;
        }
    }
}
