package org.lectern.scheduler.problem;

import jakarta.inject.Inject;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.ws.rs.core.Response;
import java.util.Comparator;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.lectern.chassis.problem.ProblemDocument.FieldError;
import org.lectern.chassis.problem.Problems;

/** Turns violations of Jakarta Validation into a problem document. */
class ConstraintViolations {

    private final Problems problems;

    @Inject
    ConstraintViolations(Problems problems) {
        this.problems = problems;
    }

    @ServerExceptionMapper
    Response invalid(ConstraintViolationException e) {
        List<FieldError> errors = e.getConstraintViolations().stream()
                .map(violation -> new FieldError(pointer(violation), violation.getMessage()))
                .sorted(Comparator.comparing(FieldError::pointer).thenComparing(FieldError::detail))
                .toList();
        return problems.invalid(errors);
    }

    /** {@code /home/latitude} for a member of the body, {@code ?limit} for a parameter. */
    private static String pointer(ConstraintViolation<?> violation) {
        String parameter = "";
        var pointer = new StringBuilder();
        for (Path.Node node : violation.getPropertyPath()) {
            switch (node.getKind()) {
                case PARAMETER -> parameter = "?" + node.getName();
                case PROPERTY, CONTAINER_ELEMENT -> {
                    if (node.getIndex() != null) {
                        pointer.append('/').append(node.getIndex());
                    }
                    if (node.getKind() == ElementKind.PROPERTY) {
                        pointer.append('/').append(node.getName());
                    }
                }
                default -> {
                    // method, bean and return value mean nothing to a caller
                }
            }
        }
        return pointer.isEmpty() ? parameter : pointer.toString();
    }
}
