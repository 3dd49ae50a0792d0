package org.lectern.chassis.problem;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Texts in the language of the current request; English outside a request. */
@RequestScoped
public class Messages {

    private final HttpHeaders request;

    @Inject
    Messages(@Context HttpHeaders request) {
        this.request = request;
    }

    public String text(String key, Object... arguments) {
        return Texts.text(Language.of(wish()), key, arguments);
    }

    /**
     * The text for a configurable code, or the code itself if there is no text.
     *
     * @param list such as {@code kind} or {@code tier}
     */
    public String word(String list, String code) {
        return Texts.find(Language.of(wish()), list + "." + code).orElse(code);
    }

    /** A refusal that is part of an answer, as it would be described were it the answer. */
    public ProblemDocument problem(Refusal refusal) {
        return ProblemDocument.of(refusal, Language.of(wish()));
    }

    /** A text in every supported language. */
    public List<String> inEveryLanguage(String key, Object... arguments) {
        return Language.ALL.stream()
                .map(language -> Texts.text(language, key, arguments))
                .toList();
    }

    /** The language of the current request, as sent in {@code Content-Language}. */
    public String language() {
        return Language.of(wish()).toLanguageTag();
    }

    private @Nullable String wish() {
        try {
            return request.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE);
        } catch (IllegalStateException e) {
            return null; // there is no HTTP request
        }
    }
}
