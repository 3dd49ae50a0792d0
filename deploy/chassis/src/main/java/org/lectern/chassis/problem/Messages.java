package org.lectern.chassis.problem;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Texts in the language of the present request; in English for work that no request asked for. */
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
     * The word for a code out of a list that deployments may set themselves; the code itself where we have no word.
     *
     * @param list such as {@code kind} or {@code tier}
     */
    public String word(String list, String code) {
        return Texts.find(Language.of(wish()), list + "." + code).orElse(code);
    }

    /** A text in every language we speak. */
    public List<String> inEveryLanguage(String key, Object... arguments) {
        return Language.ALL.stream()
                .map(language -> Texts.text(language, key, arguments))
                .toList();
    }

    /** The language of the present request, as {@code Content-Language} says it. */
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
