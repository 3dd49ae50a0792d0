package org.lectern.chassis.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpClosedException;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.problem.ProblemDocument.FieldError;

/**
 * The only place that turns an error into an answer. Refusals provide their own text. Any other error reveals no
 * exception message, class name or SQL.
 */
public class Problems {

    private static final Logger LOG = Logger.getLogger(Problems.class);
    private static final Set<String> AWAY = Set.of("25006", "25P03", "55P03");
    private static final Set<String> AWAY_CLASSES = Set.of("08", "53", "57");
    /** Exceptions from these classes concern the body: its bytes or a form in it. */
    private static final List<String> BODY = List.of(
            "org.jboss.resteasy.reactive.server.vertx.VertxInputStream",
            "org.jboss.resteasy.reactive.server.core.multipart.");

    public static final String MEDIA_TYPE = "application/problem+json";

    private final HttpHeaders request;
    private final UriInfo address;
    private final Request method;
    private final Operations operations;
    private final Instance<ConstraintRefusals> constraints;

    @Inject
    Problems(
            @Context HttpHeaders request,
            @Context UriInfo address,
            @Context Request method,
            Operations operations,
            @Any Instance<ConstraintRefusals> constraints) {
        this.request = request;
        this.address = address;
        this.method = method;
        this.operations = operations;
        this.constraints = constraints;
    }

    @ServerExceptionMapper
    Response refused(Refusal refusal) {
        Locale language = language();
        var response = response(language, ProblemDocument.of(refusal, language));
        refusal.headers().forEach(response::header);
        return response.build();
    }

    /** The answer to a request with input violations. */
    public Response invalid(List<FieldError> errors) {
        return problem(400, "invalid-request", language(), errors, Map.of()).build();
    }

    @ServerExceptionMapper({MismatchedInputException.class, JsonMappingException.class})
    Response mismatched(JsonMappingException e) {
        return json(e);
    }

    @ServerExceptionMapper
    Response malformed(JsonProcessingException e) {
        return json(e);
    }

    @ServerExceptionMapper
    Response http(WebApplicationException e) {
        if (e.getCause() instanceof JsonProcessingException json) {
            return json(json);
        }
        if (e.getCause() instanceof Refusal refusal) {
            return refused(refusal);
        }
        int status = e.getResponse().getStatus();
        String code = switch (status) {
            case 401 -> "unauthenticated";
            case 403 -> "forbidden";
            case 404 -> "not-found";
            case 405 -> "method-not-allowed";
            case 406 -> "not-acceptable";
            case 413 -> "content-too-large";
            case 414 -> "uri-too-long";
            case 415 -> "unsupported-media-type";
            default -> status < 500 ? "invalid-request" : "internal-error";
        };
        if (status >= 500) {
            return unexpected(e);
        }
        var response = problem(status, code, language(), List.of(), Map.of());
        if (status == 405) {
            response.header(HttpHeaders.ALLOW, operations.allowed(address.getPath()));
        } else if (status == 415) {
            response.header(HttpHeaders.ACCEPT, operations.accepted(address.getPath(), method.getMethod()));
        }
        return response.build();
    }

    @ServerExceptionMapper({
        UnauthorizedException.class,
        AuthenticationFailedException.class,
        AuthenticationCompletionException.class
    })
    Response unauthenticated(Exception e) {
        return problem(401, "unauthenticated", language(), List.of(), Map.of())
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .build();
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException e) {
        return problem(403, "forbidden", language(), List.of(), Map.of()).build();
    }

    @ServerExceptionMapper
    Response unexpected(Throwable e) {
        String constraint = Transactions.violatedConstraint(e);
        if (constraint != null) {
            for (ConstraintRefusals each : constraints) {
                Refusal refusal = each.refusal(constraint);
                if (refusal != null) {
                    return refused(refusal);
                }
            }
        }
        if (databaseIsAway(e)) {
            LOG.warnf("The database did not answer: %s", e.toString());
            return problem(503, "unavailable", language(), List.of(), Map.of())
                    .header(HttpHeaders.RETRY_AFTER, 1)
                    .build();
        }
        if (bodyFailed(e)) {
            return problem(400, "invalid-request", language(), List.of(), Map.of())
                    .build(); // never read
        }
        LOG.error("Unexpected failure while answering a request", e);
        return problem(500, "internal-error", language(), List.of(), Map.of()).build();
    }

    private Response json(JsonProcessingException e) {
        String key;
        Object[] arguments = {};
        if (e instanceof UnrecognizedPropertyException) {
            key = "json.unknown-member";
        } else if (e instanceof StreamConstraintsException || e.getCause() instanceof StreamConstraintsException) {
            key = "json.too-large";
        } else if (e instanceof JsonMappingException mapping) {
            if (mapping.getCause() instanceof InvalidValue flawed) {
                key = flawed.key();
                arguments = flawed.arguments();
            } else {
                key = e.getCause() instanceof StreamReadException ? "json.malformed" : "json.wrong-type";
            }
        } else {
            key = e.getOriginalMessage() != null && e.getOriginalMessage().startsWith("Duplicate field")
                    ? "json.duplicate-member"
                    : "json.malformed";
        }
        String pointer = e instanceof JsonMappingException mapping ? pointer(mapping) : "";
        Locale language = language();
        var errors = List.of(new FieldError(pointer, Texts.text(language, key, arguments)));
        return problem(400, "invalid-request", language, errors, Map.of()).build();
    }

    private Response.ResponseBuilder problem(
            int status,
            String code,
            Locale language,
            List<FieldError> errors,
            Map<String, Object> members,
            Object... arguments) {
        return response(language, ProblemDocument.of(status, code, language, errors, members, arguments));
    }

    private static Response.ResponseBuilder response(Locale language, ProblemDocument document) {
        return Response.status(document.status())
                .type(MEDIA_TYPE)
                .header(HttpHeaders.CONTENT_LANGUAGE, language.toLanguageTag())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                .entity(document);
    }

    private Locale language() {
        return Language.of(request.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE));
    }

    private static String pointer(JsonMappingException e) {
        var pointer = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            pointer.append('/');
            if (step.getFieldName() == null) {
                pointer.append(step.getIndex());
            } else {
                pointer.append(step.getFieldName().replace("~", "~0").replace("/", "~1"));
            }
        }
        return pointer.toString();
    }

    /** Whether the body ended early or is malformed as HTTP: the caller's error. */
    private static boolean bodyFailed(Throwable e) {
        Throwable cause = e;
        for (int depth = 0; cause != null && depth < 10; depth++, cause = cause.getCause()) {
            if (cause instanceof HttpClosedException || isFromTheBody(cause)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isFromTheBody(Throwable e) {
        return Arrays.stream(e.getStackTrace())
                .anyMatch(frame -> BODY.stream().anyMatch(frame.getClassName()::startsWith));
    }

    /**
     * Whether the failure is temporary. SQLSTATE classes 08 (connection), 53 (resources exhausted), 57 (operator
     * intervention, timeout); 25006 (standby), 25P03 (idle in transaction), 55P03 (lock timeout); or a connection pool
     * timeout.
     */
    private static boolean databaseIsAway(Throwable e) {
        List<Throwable> causes = new ArrayList<>(List.of(e));
        for (int i = 0; i < causes.size(); i++) {
            Throwable cause = causes.get(i);
            if (saysThatTheDatabaseIsAway(cause)) {
                return true;
            }
            // a failed commit carries its cause among the suppressed exceptions
            Stream.concat(Stream.ofNullable(cause.getCause()), Arrays.stream(cause.getSuppressed()))
                    .filter(next -> !causes.contains(next))
                    .forEach(causes::add);
        }
        return false;
    }

    private static boolean saysThatTheDatabaseIsAway(Throwable cause) {
        if (cause instanceof SQLException sql) {
            String state = sql.getSQLState();
            return state == null
                    ? String.valueOf(sql.getMessage()).contains("cquisition timeout")
                    : AWAY.contains(state) || AWAY_CLASSES.contains(state.substring(0, 2));
        }
        if (cause instanceof AssertionError) {
            // the driver throws this instead of an SQLException when its connection breaks during a batch
            StackTraceElement[] from = cause.getStackTrace();
            return from.length > 0 && from[0].getClassName().startsWith("org.postgresql.");
        }
        return cause instanceof PersistenceException
                && cause.getCause() == null
                && String.valueOf(cause.getMessage()).contains("Unable to acquire JDBC Connection");
    }
}
