package org.lectern.local.fuzz;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.lectern.local.fuzz.Finding.Kind;
import org.lectern.local.fuzz.FuzzRequest.Expectation;

/** Judges answers by rules that apply to every request. */
final class Oracle {

    /** The maximum time of an answer. */
    static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

    private static final Pattern STACK_TRACE =
            Pattern.compile("\\tat [\\w.$/]+\\(|\\b(?:java|jakarta|org\\.hibernate)\\.[\\w.]+Exception");
    private static final int SETTINGS_FRAME = 4;
    private static final int ERROR_AT_MOST = 256 * 1024;
    /** The heap of the local stack, which may start small. */
    private static final long GROWTH_AT_MOST_MEBIBYTES = 256;

    private Oracle() {}

    /** A broken rule without its request. */
    record Judgement(Kind kind, String detail) {}

    static List<Judgement> judge(FuzzRequest request, Exchange exchange) {
        List<Judgement> broken = new ArrayList<>();
        if (!exchange.connected()) {
            return List.of(new Judgement(Kind.UNREACHABLE, "no connection"));
        }
        Expectation expectation = request.expectation();
        if (exchange.took().compareTo(ANSWER_WITHIN) > 0) {
            broken.add(new Judgement(Kind.SLOW, exchange.took().toMillis() + " ms"));
        }
        if (leftHttp1(exchange)) {
            broken.add(new Judgement(Kind.UPGRADED, exchange.status() == 101 ? "101" : "a frame of HTTP/2"));
            return broken;
        }
        if (exchange.answers().size() > 1) {
            broken.add(new Judgement(
                    Kind.SECOND_ANSWER,
                    exchange.answers().stream().map(Answer::status).toList().toString()));
        }
        if (exchange.answers().isEmpty()) {
            boolean mayEnd = switch (expectation) {
                case ANSWER -> false;
                case MAY_WAIT -> true;
                case BARE_ANSWER, REFUSAL, ONE_ANSWER, NO_UPGRADE -> exchange.closed();
            };
            if (!mayEnd) {
                broken.add(new Judgement(Kind.NO_ANSWER, exchange.closed() ? "the connection ended" : "nothing came"));
            }
            return broken;
        }
        judge(request, exchange.answers().getFirst(), broken);
        return broken;
    }

    /**
     * A service after the run.
     *
     * @param complaint the problem from its health check; empty if it is healthy
     * @param residentBefore in MiB
     * @param residentAfter in MiB
     */
    record ServiceState(String complaint, long residentBefore, long residentAfter, String metrics) {}

    static List<Judgement> judge(ServiceState state) {
        List<Judgement> broken = new ArrayList<>();
        if (!state.complaint().isEmpty()) {
            broken.add(new Judgement(Kind.UNHEALTHY, BodyMutations.shortened(state.complaint())));
        }
        if (state.residentAfter() - state.residentBefore() > GROWTH_AT_MOST_MEBIBYTES) {
            broken.add(new Judgement(
                    Kind.MEMORY, state.residentBefore() + " MiB before, " + state.residentAfter() + " MiB after"));
        }
        if (state.metrics().contains(ProtocolCases.INVENTED)) {
            broken.add(new Judgement(Kind.UNBOUNDED_LABEL, "an invented method is at /q/metrics"));
        }
        return broken;
    }

    private static void judge(FuzzRequest request, Answer answer, List<Judgement> broken) {
        Expectation expectation = request.expectation();
        int status = answer.status();
        if (status >= 500 && !unknownMethodOrVersion(expectation, status)) {
            broken.add(new Judgement(Kind.SERVER_ERROR, status + " " + answer.start()));
        }
        if (expectation == Expectation.REFUSAL && status < 400) {
            broken.add(new Judgement(Kind.NOT_REFUSED, "answered " + status));
        }
        if (expectation == Expectation.ANSWER && !answer.complete() && !answer.isStream()) {
            broken.add(new Judgement(Kind.NO_ANSWER, "the answer " + status + " stops in the middle"));
        }
        String content = answer.content();
        if (content == null) {
            broken.add(new Judgement(
                    Kind.UNREADABLE, status + " with Content-Encoding " + answer.header("content-encoding")));
            return;
        }
        boolean api = request.path().startsWith("/api/");
        if (api && expectation == Expectation.ANSWER && status >= 400 && !isProblem(answer)) {
            String type = answer.header("content-type");
            broken.add(new Judgement(
                    Kind.NO_PROBLEM,
                    status + (type == null ? " without a body" : " as " + type + ": " + answer.start())));
        }
        if (status >= 400 && content.length() > ERROR_AT_MOST) {
            broken.add(new Judgement(Kind.OVERSIZED, status + " of " + content.length() + " octets"));
        }
        if (status >= 400 && STACK_TRACE.matcher(content).find()) {
            broken.add(new Judgement(Kind.INTERNALS_SHOWN, Integer.toString(status)));
        }
        if (api && request.caller() == Caller.ANONYMOUS && status < 300) {
            broken.add(new Judgement(Kind.ANONYMOUS_SUCCESS, Integer.toString(status)));
        }
    }

    /** RFC 9110 defines 501 for an unknown method and 505 for an unknown version. */
    private static boolean unknownMethodOrVersion(Expectation expectation, int status) {
        return expectation == Expectation.REFUSAL && (status == 501 || status == 505);
    }

    private static boolean leftHttp1(Exchange exchange) {
        if (exchange.status() == 101) {
            return true;
        }
        // RFC 9113, section 4.1: three octets of length, then the type
        String rest = exchange.rest();
        return exchange.answers().isEmpty() && rest.length() >= 9 && rest.charAt(3) == SETTINGS_FRAME;
    }

    private static boolean isProblem(Answer answer) {
        String type = answer.header("content-type");
        return type != null
                && type.startsWith("application/problem+json")
                && !answer.problemCode().isBlank();
    }
}
